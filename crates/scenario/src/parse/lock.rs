//! `lock`: who grants a lock alone, and every way in which that can go wrong. Locks that several keep are in [`shared`].

use crate::model::{LockSpec, Memory, Participant, ReleaseMode, Role, Statement, SyncMode};
use crate::parse::problem::Problem;
use crate::parse::shared;
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
/// The statement after the word `lock`.
pub(crate) fn lock(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let name = words.name("the lock service's name")?;
    let named = words.last();
    // Who keeps the lock may be said anywhere in the line, and decides what else can be said.
    match words.ahead(&["replicated", "redlock"]) {
        Some("replicated") => return shared::replicated_lock(name, words),
        Some(_) => return shared::redlock(name, words),
        None => {}
    }
    let mut spec = LockSpec::default();
    let (mut has_lease, mut sound) = (false, true);
    let read = words.options("an option of the lock", &OPTIONS, &mut |option, words| {
        has_lease |= option == "lease";
        lock_option(option, words, &mut spec)
    });
    if let Err(problem) = read {
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
        "first-token" => spec.first_token = first_token(words)?,
        "expiry" => spec.expiry = expiry(words)?,
        "lock-delay" => spec.lock_delay = words.duration()?,
        "release" => {
            let known = [("compare", ReleaseMode::Compare), ("blind", ReleaseMode::Blind)];
            spec.release = words.choice("`compare` or `blind`", &known)?;
        }
        "counter" => spec.counter = memory(words)?,
        "leases" => spec.leases = memory(words)?,
        "restart" => spec.delayed_restart = restart(words)?,
        "session" => spec.session = Some(words.positive()?),
        "recheck" => spec.recheck = switch(words)?,
        "reentrant" => spec.reentrant = switch(words)?,
        "dedupe" => spec.dedupe = switch(words)?,
        _ => spec.sync = sync(words)?,
    }
    Ok(())
}

/// `10s`, `none`
pub(crate) fn lease(words: &mut Words<'_>) -> Result<Option<Duration>, Problem> {
    match words.take_if("none") {
        true => Ok(None),
        false => words.positive().map(Some),
    }
}

/// The number of the first token.
pub(crate) fn first_token(words: &mut Words<'_>) -> Result<u64, Problem> {
    words.number("the first token", 1, 1_000_000_000_000)
}

/// `mono`, `wall`
pub(crate) fn expiry(words: &mut Words<'_>) -> Result<Clock, Problem> {
    words.choice("`mono` or `wall`", &[("mono", Clock::Mono), ("wall", Clock::Wall)])
}

/// `now`, `delayed`
pub(crate) fn restart(words: &mut Words<'_>) -> Result<bool, Problem> {
    words.choice("`now` or `delayed`", &[("now", false), ("delayed", true)])
}

/// `on`, `off`
pub(crate) fn switch(words: &mut Words<'_>) -> Result<bool, Problem> {
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
