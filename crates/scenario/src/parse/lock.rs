//! `lock`: who grants a lock, and every way in which that can go wrong.

use crate::model::{LockSpec, Memory, Participant, ReleaseMode, Role, Statement, SyncMode};
use crate::parse::problem::Problem;
use crate::parse::words::Words;
use fencepost_sim::Duration;
use fencepost_vocabulary::Clock;

/// What can be said of a lock, each once and in any order.
pub(crate) const OPTIONS: [&str; 13] = [
    "lease",
    "first-token",
    "expiry",
    "lock-delay",
    "release",
    "counter",
    "leases",
    "restart",
    "session",
    "recheck",
    "reentrant",
    "dedupe",
    "sync",
];
const LATER_OPTIONS: [&str; 4] = ["replicated", "redlock", "dirty-grant", "quorum"];

/// The statement after the word `lock`.
pub(crate) fn lock(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let name = words.name("the lock service's name")?;
    let named = words.last();
    let mut spec = LockSpec::default();
    let (mut has_lease, mut sound) = (false, true);
    let read = words.options("an option of the lock", &OPTIONS, &mut |option, words| {
        has_lease |= option == "lease";
        lock_option(option, words, &mut spec)
    });
    if let Err(problem) = read {
        let word = words.peek_text();
        let later = LATER_OPTIONS.contains(&word);
        let problem = if later { Problem::not_yet(words.here(), &format!("`{word}`")) } else { problem };
        words.give_up(problem);
        sound = false;
    }
    if !has_lease && sound {
        let said = "a lock service needs `lease` and a time, or `lease none` for a lock that never expires";
        words.problems.push(Problem::error(named, said.to_owned()));
    }
    Ok(Statement::Participant(Participant { name, role: Role::Lock(spec) }))
}

fn lock_option(option: &str, words: &mut Words<'_>, spec: &mut LockSpec) -> Result<(), Problem> {
    match option {
        "lease" => spec.lease = lease(words)?,
        "first-token" => spec.first_token = words.number("the first token", 1, 1_000_000_000_000)?,
        "expiry" => spec.expiry = words.choice("`mono` or `wall`", &[("mono", Clock::Mono), ("wall", Clock::Wall)])?,
        "lock-delay" => spec.lock_delay = words.duration()?,
        "release" => {
            let known = [("compare", ReleaseMode::Compare), ("blind", ReleaseMode::Blind)];
            spec.release = words.choice("`compare` or `blind`", &known)?;
        }
        "counter" => spec.counter = memory(words)?,
        "leases" => spec.leases = memory(words)?,
        "restart" => spec.delayed_restart = words.choice("`now` or `delayed`", &[("now", false), ("delayed", true)])?,
        "session" => spec.session = Some(words.positive()?),
        "recheck" => spec.recheck = switch(words)?,
        "reentrant" => spec.reentrant = switch(words)?,
        "dedupe" => spec.dedupe = switch(words)?,
        _ => spec.sync = sync(words)?,
    }
    Ok(())
}

fn lease(words: &mut Words<'_>) -> Result<Option<Duration>, Problem> {
    match words.take_if("none") {
        true => Ok(None),
        false => words.positive().map(Some),
    }
}

fn switch(words: &mut Words<'_>) -> Result<bool, Problem> {
    words.choice("`on` or `off`", &[("on", true), ("off", false)])
}

/// `stable`, `volatile`
pub(crate) fn memory(words: &mut Words<'_>) -> Result<Memory, Problem> {
    words.choice("`stable` or `volatile`", &[("stable", Memory::Stable), ("volatile", Memory::Volatile)])
}

/// `now`, `5ms`, `every 1s`
pub(crate) fn sync(words: &mut Words<'_>) -> Result<SyncMode, Problem> {
    if words.take_if("now") {
        return Ok(SyncMode::Now);
    }
    match words.take_if("every") {
        true => words.positive().map(SyncMode::Every),
        false => words.positive().map(SyncMode::After),
    }
}
