//! A client's program: `acquire L; work 50ms; write S`. A step that cannot be read is reported and left out.

use fencepost_sim::Duration;
use fencepost_vocabulary::Outside;

use crate::model::{Patience, ProgramStep, Retry, WriteValue};
use crate::parse::group::names;
use crate::parse::limits;
use crate::parse::problem::Problem;
use crate::parse::token::{Token, TokenKind};
use crate::parse::words::Words;

pub(crate) const STEPS: [&str; 11] =
    ["acquire", "check", "work", "write", "read", "announce", "release", "ask", "effect", "ping", "claim"];

/// The highest token that can be invented; a lock's first token has the same bound.
const HIGHEST_TOKEN: u64 = 1_000_000_000_000;

/// The steps up to the end of the line, divided by `;`.
pub(crate) fn program(words: &mut Words<'_>) -> Vec<ProgramStep> {
    let mut steps = Vec::new();
    let mut count = 0;
    while words.peek().is_some() {
        // An empty step between two semicolons says nothing, and harms nothing.
        if words.take_if(";") {
            continue;
        }
        match step(words)
            .and_then(|step| ended(words).map(|()| step))
            .and_then(|step| counted_in(step, &mut count, words))
        {
            Ok(step) => steps.push(step),
            Err(problem) => words.problems.push(problem),
        }
        words.skip_to(";");
    }
    steps
}

/// Repeated writes count as often as they are made: a short line must not make a long program.
fn counted_in(step: ProgramStep, count: &mut usize, words: &Words<'_>) -> Result<ProgramStep, Problem> {
    let weight = if let ProgramStep::Write { times, .. } = step { times as usize } else { 1 };
    if *count + weight > limits::STEPS {
        let said =
            format!("a program has at most {} steps, each repetition counted; this one is left out", limits::STEPS);
        return Err(Problem::error(words.last(), said));
    }
    *count += weight;
    Ok(step)
}

/// A step ends at `;` or with the line. A semicolon in quotes is a word, and ends nothing.
fn ended(words: &Words<'_>) -> Result<(), Problem> {
    match words.peek_text() {
        "" | ";" => Ok(()),
        _ => Err(words.expected(
            "`;` or the end of the line",
            &["retry", "within", "doubling", "margin", "pipelined", "token", "at", "from", ";"],
        )),
    }
}

fn step(words: &mut Words<'_>) -> Result<ProgramStep, Problem> {
    let step = words.choice("a step of a program", &STEPS.map(|step| (step, step)))?;
    words.begin_step(step);
    match step {
        "acquire" => acquire(words),
        "check" => check_lease(words),
        "work" => words.duration().map(ProgramStep::Work),
        "write" => write(words),
        "read" => read(words),
        "ask" => Ok(ProgramStep::Ask { lock: words.name("the lock service's name")?, patience: patience(words)? }),
        "effect" => effect(words),
        "ping" => {
            let to = words.name("the name of who is asked for a sign of life")?;
            Ok(ProgramStep::Ping { to, patience: patience(words)? })
        }
        "claim" => claim(words),
        "announce" => Ok(ProgramStep::Announce { store: words.name("the store's name")?, patience: patience(words)? }),
        _ => {
            let lock = words.name("the lock service's name")?;
            Ok(ProgramStep::Release { lock, at: node(words)?, patience: patience(words)? })
        }
    }
}

fn acquire(words: &mut Words<'_>) -> Result<ProgramStep, Problem> {
    let lock = words.name("the lock service's name")?;
    Ok(ProgramStep::Acquire { lock, at: node(words)?, patience: patience(words)? })
}

/// `at N2`: whom of those who keep something a step turns to first.
fn node(words: &mut Words<'_>) -> Result<Option<String>, Problem> {
    match words.take_if("at") {
        true => words.name("the name of who is asked").map(Some),
        false => Ok(None),
    }
}

/// `retry 1s within 10s`, in either order, or nothing.
fn patience(words: &mut Words<'_>) -> Result<Patience, Problem> {
    let mut patience = Patience::default();
    while ["retry", "within"].contains(&words.peek_text()) {
        more_patience(&mut patience, words)?;
    }
    Ok(patience)
}

/// One of its two clauses.
fn more_patience(patience: &mut Patience, words: &mut Words<'_>) -> Result<(), Problem> {
    let clause = words.peek_text();
    let is_said = if clause == "retry" { patience.retry.is_some() } else { patience.within.is_some() };
    if is_said {
        return Err(Problem::error(words.here(), format!("`{clause}` is said twice for this step")));
    }
    if words.take_if("retry") {
        patience.retry = Some(retry(words)?);
    } else if words.take_if("within") {
        patience.within = Some(words.positive()?);
    }
    Ok(())
}

/// `1s`, `1s..8s`, `1s doubling 8s`
fn retry(words: &mut Words<'_>) -> Result<Retry, Problem> {
    let (low, high) = words.times("a length of time")?;
    let mut lengths = (Duration(low), Duration(high));
    let place = words.last();
    let doubles = low == high && words.take_if("doubling");
    if doubles {
        lengths.1 = words.duration()?;
    }
    match lengths {
        (Duration::ZERO, _) => Err(Problem::error(place, "this must be longer than nothing".to_owned())),
        (low, high) if high < low => Err(Problem::error(words.last(), "the shorter time comes first".to_owned())),
        (low, high) if low == high => Ok(Retry::Every(low)),
        (first, most) if doubles => Ok(Retry::Doubling(first, most)),
        (low, high) => Ok(Retry::Drawn(low, high)),
    }
}

/// `X`, `X at N2`, `X from N1 N2`
fn read(words: &mut Words<'_>) -> Result<ProgramStep, Problem> {
    let store = words.name("the store's name")?;
    let at = node(words)?;
    let from = match at.is_none() && words.take_if("from") {
        true => names(words, "the name of who is asked", &["retry", "within"])?,
        false => Vec::new(),
    };
    Ok(ProgramStep::Read { store, at, from, patience: patience(words)? })
}

/// `alice at R1 retry 1s within 10s`
fn claim(words: &mut Words<'_>) -> Result<ProgramStep, Problem> {
    let name = words.name("the name that is claimed")?;
    words.require("at")?;
    let at = words.name("the name of who registers it")?;
    Ok(ProgramStep::Claim { name, at, patience: patience(words)? })
}

fn check_lease(words: &mut Words<'_>) -> Result<ProgramStep, Problem> {
    words.require("lease")?;
    let margin = match words.take_if("margin") {
        true => words.duration()?,
        false => Duration::ZERO,
    };
    Ok(ProgramStep::CheckLease { margin })
}

fn effect(words: &mut Words<'_>) -> Result<ProgramStep, Problem> {
    let known = Outside::ALL.map(|outside| (outside.word(), outside));
    words.choice("what is done outside, `mail` or `payment`", &known).map(ProgramStep::Effect)
}

fn write(words: &mut Words<'_>) -> Result<ProgramStep, Problem> {
    let store = words.name("the store's name")?;
    let (mut value, mut times, mut pipelined, mut forged) = (WriteValue::Own, 1, false, None);
    let (mut at, mut patience) = (None, Patience::default());
    let mut said = Vec::new();
    while let Some(token) = words.peek().filter(|token| token.kind == TokenKind::Word) {
        let option = token.text.trim_end_matches(|letter: char| letter.is_ascii_digit());
        if ["retry", "within"].contains(&token.text) {
            more_patience(&mut patience, words)?;
            continue;
        }
        if said.contains(&option) {
            let twice = format!("`{option}` is said twice for this write");
            return Err(Problem::error(words.here(), twice));
        }
        said.push(option);
        if let Some(addend) = token.text.strip_prefix("read+") {
            value = WriteValue::ReadPlus(counted(token, addend, "the number added", 1_000_000_000)?);
        } else if let Some(count) = token.text.strip_prefix('x').filter(|count| !count.is_empty()) {
            times = counted(token, count, "the number of writes", limits::STEPS as u64)? as u32;
        } else if token.text == "pipelined" {
            pipelined = true;
        } else if token.text == "token" {
            words.take();
            forged = Some(words.number("the invented token", 1, HIGHEST_TOKEN)?);
            continue;
        } else if token.text == "at" {
            at = node(words)?;
            continue;
        } else {
            break;
        }
        words.take();
    }
    if pipelined && patience != Patience::default() {
        let said = "a pipelined write waits for no answer, so it needs no `retry` and no `within`";
        return Err(Problem::error(words.last(), said.to_owned()));
    }
    Ok(ProgramStep::Write { store, at, value, times, pipelined, token: forged, patience })
}

/// The number within a word such as `x3` or `read+1`.
fn counted(token: Token<'_>, digits: &str, what: &str, most: u64) -> Result<u64, Problem> {
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u64>().ok()).flatten();
    number.filter(|number| (1..=most).contains(number)).ok_or_else(|| {
        Problem::error(token.start..token.end, format!("{what} must be between 1 and {most}, not `{digits}`"))
    })
}
