//! What goes wrong: `pause`, `crash`, `partition`, `drop`, `delay`, `duplicate`, each perhaps switched off with `off`.

use fencepost_sim::PartitionMode;
use fencepost_vocabulary::{MessageKind, Step};

use crate::model::{CrashStart, FaultSpec, MessageName, PauseStart, Sides, Statement};
use crate::parse::network::arrow;
use crate::parse::problem::Problem;
use crate::parse::words::{TokenKind, Words};

/// The words that begin a fault.
pub(crate) const FAULTS: [&str; 6] = ["pause", "crash", "partition", "drop", "delay", "duplicate"];

/// Ordinals are small: nobody counts to a million by eye.
const LARGEST_ORDINAL: u64 = 1_000_000;

/// The statement after the word `off`.
pub(crate) fn switched_off(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let word = words.one_of("a fault to switch off", FAULTS, |word| FAULTS.into_iter().find(|fault| *fault == word))?;
    Ok(Statement::Fault { fault: fault(word, words)?, off: true })
}

/// The fault after its first word.
pub(crate) fn fault(word: &str, words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    match word {
        "pause" => pause(words),
        "crash" => crash(words),
        "partition" => partition(words),
        "drop" => Ok(FaultSpec::Drop { message: message(words)? }),
        "delay" => delay(words),
        _ => duplicate(words),
    }
}

fn pause(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let participant = words.name("the name of who pauses")?;
    let start = if words.take_if("at") {
        PauseStart::At(words.time()?)
    } else if words.take_if("before") {
        let step = words.one_of("a step of a program", Step::ALL.map(Step::word), Step::from_word)?;
        PauseStart::Before { step, ordinal: ordinal(words)? }
    } else {
        return Err(words.expected("`at` and a time, or `before` and a step", ["at", "before"]));
    };
    words.require("for")?;
    Ok(FaultSpec::Pause { participant, start, length: words.positive()? })
}

fn crash(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let participant = words.name("the name of who crashes")?;
    words.require("at")?;
    let at = words.time()?;
    match words.peek_text() {
        "," | "recover" => Err(Problem::not_yet(words.here(), "recovery from a crash")),
        _ => Ok(FaultSpec::Crash { participant, start: CrashStart::At(at), recovery: None }),
    }
}

fn partition(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let left = side(words)?;
    let one_way = words.take_if("->");
    if !one_way && !words.take_if("|") {
        return Err(words.expected("`|` between the sides, or `->` for one way", ["|", "->"]));
    }
    let right = side(words)?;
    if let Some(both) = left.iter().find(|name| right.contains(name)) {
        return Err(Problem::error(words.last(), format!("`{both}` is on both sides of the partition")));
    }
    words.require("from")?;
    let from = words.time()?;
    words.require("to")?;
    let until = words.time()?;
    if until <= from {
        return Err(Problem::error(words.last(), "a partition must end after it begins".to_owned()));
    }
    let mode = partition_mode(words);
    Ok(FaultSpec::Partition { sides: Sides { left, right, one_way }, from, until, mode })
}

fn side(words: &mut Words<'_>) -> Result<Vec<String>, Problem> {
    let mut names = vec![words.name("a participant's name")?];
    while words.peek().is_some_and(|token| token.kind == TokenKind::Word && token.text != "from") {
        let name = words.name("a participant's name")?;
        if names.contains(&name) {
            return Err(Problem::error(words.last(), format!("`{name}` is named twice on one side")));
        }
        names.push(name);
    }
    Ok(names)
}

fn partition_mode(words: &mut Words<'_>) -> PartitionMode {
    if words.take_if("hold") {
        return PartitionMode::Hold;
    }
    words.take_if("drop");
    PartitionMode::Drop
}

fn delay(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    if words.second_text() == "apply" {
        return Err(Problem::not_yet(words.here(), "a delay within a store"));
    }
    let message = message(words)?;
    words.require("by")?;
    Ok(FaultSpec::Delay { message, by: words.positive()? })
}

fn duplicate(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let message = message(words)?;
    words.require("after")?;
    Ok(FaultSpec::Duplicate { message, after: words.duration()? })
}

/// `A->S write 1`
fn message(words: &mut Words<'_>) -> Result<MessageName, Problem> {
    let (from, to) = arrow(words)?;
    let kind = words.one_of("a kind of message", MessageKind::ALL.map(MessageKind::word), MessageKind::from_word)?;
    Ok(MessageName { from, to, kind, ordinal: ordinal(words)? })
}

fn ordinal(words: &mut Words<'_>) -> Result<u32, Problem> {
    words.number("a count from 1", 1, LARGEST_ORDINAL).map(|number| number as u32)
}
