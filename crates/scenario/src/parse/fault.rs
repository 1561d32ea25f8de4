//! What goes wrong, each perhaps switched off with `off`: `pause`, `crash`, `mute`, `deafen`, `clock`, `partition`,
//! `drop`, `delay`, `duplicate`, `hold`, `lie`.

use fencepost_sim::{Disk, PartitionMode, Time};
use fencepost_vocabulary::{MessageKind, Step};

use crate::model::{CrashStart, FaultSpec, MessageName, PauseStart, Recovery, Sides, Statement};
use crate::parse::clock::clock;
use crate::parse::group::order;
use crate::parse::problem::Problem;
use crate::parse::token::TokenKind;
use crate::parse::words::Words;
use crate::parse::world::arrow;

/// The words that begin a fault.
pub(crate) const FAULTS: [&str; 11] =
    ["pause", "crash", "mute", "deafen", "clock", "partition", "drop", "delay", "duplicate", "hold", "lie"];

/// The steps of services, which take time. All others are steps of programs.
pub(crate) const TIMED: [Step; 2] = [Step::Apply, Step::Sync];

/// Ordinals are small: nobody counts to a million by eye.
const LARGEST_ORDINAL: u64 = 1_000_000;

/// The statement after the word `off`.
pub(crate) fn switched_off(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let word = words.choice("a fault to switch off", &FAULTS.map(|fault| (fault, fault)))?;
    Ok(Statement::Fault { fault: fault(word, words)?, off: true })
}

/// The fault after its first word.
pub(crate) fn fault(word: &str, words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    match word {
        "pause" => pause(words),
        "crash" => crash(words),
        "mute" => silence(words).map(|(participant, from, until)| FaultSpec::Mute { participant, from, until }),
        "deafen" => silence(words).map(|(participant, from, until)| FaultSpec::Deafen { participant, from, until }),
        "clock" => clock(words),
        "partition" => partition(words),
        "drop" => Ok(FaultSpec::Drop { message: message(words)? }),
        "delay" => delay(words),
        "hold" => hold(words),
        "lie" => lie(words),
        _ => duplicate(words),
    }
}

fn pause(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let participant = words.name("the name of who pauses")?;
    let start = if words.take_if("at") {
        PauseStart::At(words.time()?)
    } else if words.take_if("before") {
        let (step, ordinal) = step(words)?;
        PauseStart::Before { step, ordinal }
    } else {
        return Err(words.expected("`at` and a time, or `before` and a step", &["at", "before"]));
    };
    words.require("for")?;
    Ok(FaultSpec::Pause { participant, start, length: words.positive()? })
}

/// `write 1`
fn step(words: &mut Words<'_>) -> Result<(Step, u32), Problem> {
    let step = words.choice("a step", &Step::ALL.map(|step| (step.word(), step)))?;
    Ok((step, ordinal(words)?))
}

fn crash(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let participant = words.name("the name of who crashes")?;
    let start = if words.take_if("at") {
        CrashStart::At(words.time()?)
    } else if words.take_if("before") {
        let (step, ordinal) = step(words)?;
        CrashStart::Before { step, ordinal }
    } else if words.take_if("after") {
        CrashStart::AfterSending(sent_by(&participant, words)?)
    } else {
        let what = "`at` and a time, `before` and a step, or `after` and a message";
        return Err(words.expected(what, &["at", "before", "after"]));
    };
    let recovery = recovery(&start, words)?;
    Ok(FaultSpec::Crash { participant, start, recovery })
}

/// The message after which its sender crashes.
fn sent_by(sender: &str, words: &mut Words<'_>) -> Result<MessageName, Problem> {
    let place = words.here();
    let message = message(words)?;
    match message.from == sender {
        true => Ok(message),
        false => Err(Problem::error(place, format!("`{sender}` crashes after a message of its own"))),
    }
}

/// `, recover at 7s, disk kept`; the commas may be left out.
fn recovery(start: &CrashStart, words: &mut Words<'_>) -> Result<Option<Recovery>, Problem> {
    let comma = words.take_if(",");
    if words.peek().is_none() && !comma {
        return Ok(None);
    }
    words.require("recover")?;
    words.require("at")?;
    let at = words.time()?;
    if matches!(start, CrashStart::At(crash) if at <= *crash) {
        return Err(Problem::error(words.last(), "a participant recovers after it has crashed".to_owned()));
    }
    let comma = words.take_if(",");
    let disk = match comma || words.peek_text() == "disk" {
        true => disk(words)?,
        false => Disk::Kept,
    };
    Ok(Some(Recovery { at, disk }))
}

fn disk(words: &mut Words<'_>) -> Result<Disk, Problem> {
    words.require("disk")?;
    let known = [("kept", Disk::Kept), ("synced", Disk::Synced), ("wiped", Disk::Wiped)];
    words.choice("what is left on the disk", &known)
}

/// `N1 from 2s to 9s`
fn silence(words: &mut Words<'_>) -> Result<(String, Time, Option<Time>), Problem> {
    let participant = words.name("a participant's name")?;
    words.require("from")?;
    let from = words.time()?;
    if !words.take_if("to") {
        return Ok((participant, from, None));
    }
    let until = words.time()?;
    match from < until {
        true => Ok((participant, from, Some(until))),
        false => Err(Problem::error(words.last(), "this must end after it begins".to_owned())),
    }
}

fn partition(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let left = side(words)?;
    let one_way = words.take_if("->");
    if !one_way && !words.take_if("|") {
        return Err(words.expected("`|` between the sides, or `->` for one way", &["|", "->"]));
    }
    let right = side(words)?;
    if let Some(both) = left.iter().find(|name| right.contains(name)) {
        return Err(Problem::error(words.last(), format!("`{both}` is on both sides of the partition")));
    }
    words.require("from")?;
    let from = words.time()?;
    let until = if words.take_if("to") { words.time()? } else { Time::NEVER };
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
    let known = [("hold", PartitionMode::Hold), ("sever", PartitionMode::Sever), ("drop", PartitionMode::Drop)];
    let found = known.into_iter().find(|(word, _)| words.take_if(word));
    found.map_or(PartitionMode::Drop, |(_, mode)| mode)
}

fn delay(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    if words.peek().is_some() && words.second_text() != "->" {
        return stall(words);
    }
    let message = message(words)?;
    words.require("by")?;
    Ok(FaultSpec::Delay { message, by: words.positive()? })
}

/// `S apply 1 by 10s`
fn stall(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let participant = words.name("a participant's name")?;
    let timed = TIMED.map(|step| (step.word(), step));
    let step = words.choice("`->` and who receives the message, or a step that takes time", &timed)?;
    let ordinal = ordinal(words)?;
    words.require("by")?;
    Ok(FaultSpec::Stall { participant, step, ordinal, by: words.positive()? })
}

/// `A->S write 1 until 20s`
fn hold(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let message = message(words)?;
    words.require("until")?;
    Ok(FaultSpec::Hold { message, until: words.time()? })
}

/// `G3 to G1 about G2 says retreat`
fn lie(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let from = words.name("the name of who lies")?;
    words.require("to")?;
    let to = words.name("the name of who is lied to")?;
    if from == to {
        return Err(Problem::error(words.last(), format!("`{to}` does not lie to itself")));
    }
    let about = match words.take_if("about") {
        true => Some(words.name("the name of whose order it is")?),
        false => None,
    };
    words.require("says")?;
    Ok(FaultSpec::Lie { from, to, about, says: order(words)? })
}

fn duplicate(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let message = message(words)?;
    words.require("after")?;
    Ok(FaultSpec::Duplicate { message, after: words.duration()? })
}

/// `A->S write 1`
fn message(words: &mut Words<'_>) -> Result<MessageName, Problem> {
    let (from, to) = arrow(words)?;
    let kind = words.choice("a kind of message", &MessageKind::ALL.map(|kind| (kind.word(), kind)))?;
    Ok(MessageName { from, to, kind, ordinal: ordinal(words)? })
}

fn ordinal(words: &mut Words<'_>) -> Result<u32, Problem> {
    words.number("a count from 1", 1, LARGEST_ORDINAL).map(|number| number as u32)
}
