//! `lock`, `store` and `client`: who takes part. A slip in an option or a step costs that option, not the whole lane.

use crate::model::{ClientSpec, LockSpec, Participant, ReleaseMode, Role, Statement, StoreSpec};
use crate::parse::problem::Problem;
use crate::parse::program::program;
use crate::parse::words::Words;
use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::CheckMode;

const LOCK_OPTIONS: [&str; 5] = ["lease", "first-token", "release", "reentrant", "dedupe"];
const LATER_LOCK_OPTIONS: [&str; 10] =
    ["expiry", "lock-delay", "counter", "leases", "replicated", "redlock", "dirty-grant", "quorum", "volatile", "wall"];
const LATER_CHECKS: [&str; 6] = ["ge+seq", "ge+next", "eq", "ask-first", "mac", "nonatomic"];

/// The statement after the word `lock`.
pub(crate) fn lock(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let name = words.name("the lock service's name")?;
    let named = words.last();
    let mut spec = LockSpec::default();
    let mut seen = Vec::new();
    while words.peek().is_some() {
        let option = words.peek_text();
        let place = words.here();
        if let Err(problem) = lock_option(words, &mut spec) {
            words.give_up(problem);
            break;
        }
        if seen.contains(&option) {
            words.problems.push(Problem::warning(place, format!("`{option}` is said twice; the last one counts")));
        }
        seen.push(option);
    }
    if !seen.contains(&"lease") && words.problems.is_empty() {
        let said = "a lock service needs `lease` and a time, or `lease none` for a lock that never expires";
        words.problems.push(Problem::error(named, said.to_owned()));
    }
    Ok(Statement::Participant(Participant { name, role: Role::Lock(spec) }))
}

fn lock_option(words: &mut Words<'_>, spec: &mut LockSpec) -> Result<(), Problem> {
    let word = words.peek_text();
    if LATER_LOCK_OPTIONS.contains(&word) {
        return Err(Problem::not_yet(words.here(), &format!("`{word}`")));
    }
    let option = words.one_of("an option of the lock", LOCK_OPTIONS, |word| {
        LOCK_OPTIONS.into_iter().find(|option| *option == word)
    })?;
    match option {
        "lease" => spec.lease = lease(words)?,
        "first-token" => spec.first_token = words.number("the first token", 1, 1_000_000_000_000)?,
        "release" => spec.release = words.one_of("`compare` or `blind`", ["compare", "blind"], release_mode)?,
        "reentrant" => spec.reentrant = switch(words)?,
        _ => spec.dedupe = switch(words)?,
    }
    Ok(())
}

fn lease(words: &mut Words<'_>) -> Result<Option<Duration>, Problem> {
    match words.take_if("none") {
        true => Ok(None),
        false => words.positive().map(Some),
    }
}

fn release_mode(word: &str) -> Option<ReleaseMode> {
    match word {
        "compare" => Some(ReleaseMode::Compare),
        "blind" => Some(ReleaseMode::Blind),
        _ => None,
    }
}

fn switch(words: &mut Words<'_>) -> Result<bool, Problem> {
    words.one_of("`on` or `off`", ["on", "off"], |word| match word {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    })
}

/// The statement after the word `store`.
pub(crate) fn store(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let name = words.name("the store's name")?;
    let mut spec = StoreSpec::new(CheckMode::None);
    if words.peek().is_some()
        && let Err(problem) = store_check(words, &mut spec)
    {
        words.give_up(problem);
    }
    Ok(Statement::Participant(Participant { name, role: Role::Store(spec) }))
}

fn store_check(words: &mut Words<'_>, spec: &mut StoreSpec) -> Result<(), Problem> {
    words.require("check")?;
    spec.check = check_mode(words)?;
    match LATER_CHECKS.contains(&words.peek_text()) || words.peek_text() == "max" {
        true => Err(Problem::not_yet(words.here(), &format!("`{}`", words.peek_text()))),
        false => words.end(),
    }
}

fn check_mode(words: &mut Words<'_>) -> Result<CheckMode, Problem> {
    let word = words.peek_text();
    if LATER_CHECKS.contains(&word) {
        return Err(Problem::not_yet(words.here(), &format!("`check {word}`")));
    }
    words.one_of("a way to check writes", CheckMode::ALL.map(CheckMode::word), CheckMode::from_word)
}

/// The statements after the word `client`. `client C at 0s renew every 3s: …` is short for two.
pub(crate) fn client(words: &mut Words<'_>) -> Result<Vec<Statement>, Problem> {
    let name = words.name("the client's name")?;
    if words.peek_text() == "renew" {
        let every = renewal(words)?.unwrap_or_default();
        if words.peek_text() == ":" {
            let said = "before its program a client needs `at` and a time: `client A at 0s renew every 3s: …`";
            return Err(Problem::error(words.here(), said.to_owned()));
        }
        return words.end().map(|()| vec![Statement::Renew { client: name, every }]);
    }
    let mut spec = ClientSpec::new(Time::ZERO, Vec::new());
    let mut renew = None;
    match client_head(words, &mut spec) {
        Ok(every) => {
            renew = every;
            spec.program = program(words);
        }
        Err(problem) => words.give_up(problem),
    }
    let renew = renew.map(|every| Statement::Renew { client: name.clone(), every });
    let client = Statement::Participant(Participant { name, role: Role::Client(spec) });
    Ok(std::iter::once(client).chain(renew).collect())
}

/// `at 0s renew every 3s:`
fn client_head(words: &mut Words<'_>, spec: &mut ClientSpec) -> Result<Option<Duration>, Problem> {
    if words.take_if("at") {
        spec.at = words.time()?;
    }
    let every = renewal(words)?;
    match words.take_if(":") {
        true => Ok(every),
        false => Err(words.expected("`:` and a program", ["at", "renew"])),
    }
}

fn renewal(words: &mut Words<'_>) -> Result<Option<Duration>, Problem> {
    if !words.take_if("renew") {
        return Ok(None);
    }
    words.require("every")?;
    words.positive().map(Some)
}
