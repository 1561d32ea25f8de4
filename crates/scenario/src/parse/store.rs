//! `store`: who keeps the data, and how it checks writes.

use crate::model::{GuardSpec, Participant, Role, Statement, StoreSpec};
use crate::parse::lock;
use crate::parse::problem::Problem;
use crate::parse::shared;
use crate::parse::token::TokenKind;
use crate::parse::words::Words;
use fencepost_vocabulary::CheckMode;

/// What can be said of a store, each once and in any order.
pub(crate) const OPTIONS: [&str; 4] = ["check", "max", "nonatomic", "sync"];

/// The statement after the word `store`.
pub(crate) fn store(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let name = words.name("the store's name")?;
    if words.take_if("guarded-by") {
        return guards(words).map(|locks| Statement::Guarded(GuardSpec { store: name, locks }));
    }
    if words.ahead_of(["replicated", "on"]) {
        return shared::replicated_store(name, words);
    }
    let mut spec = StoreSpec::new(CheckMode::None);
    let read = words.options("an option of the store", &OPTIONS, &mut |option, words| {
        match option {
            "check" => check(words, &mut spec)?,
            "max" => spec.max = lock::memory(words)?,
            "nonatomic" => spec.nonatomic = true,
            _ => spec.sync = lock::sync(words)?,
        }
        Ok(())
    });
    if let Err(problem) = read {
        words.give_up(problem);
    }
    Ok(Statement::Participant(Participant { name, role: Role::Store(spec) }))
}

/// The names of the locks after `guarded-by`, each once, or `none`.
fn guards(words: &mut Words<'_>) -> Result<Vec<String>, Problem> {
    let mut locks: Vec<String> = Vec::new();
    if words.take_if("none") {
        return Ok(locks);
    }
    while locks.is_empty() || words.peek().is_some() {
        let place = words.here();
        let name = words.name("a lock's name, or `none`")?;
        match locks.contains(&name) {
            true => words.problems.push(Problem::warning(place, format!("`{name}` is named twice"))),
            false => locks.push(name),
        }
    }
    Ok(locks)
}

fn check(words: &mut Words<'_>, spec: &mut StoreSpec) -> Result<(), Problem> {
    let word = words.peek_text();
    spec.check = words.choice("a way to check writes", &CheckMode::ALL.map(|mode| (mode.word(), mode)))?;
    // Who is asked may be left out where there is one lock service only.
    let named = words.peek().is_some_and(|token| token.kind == TokenKind::Word && !is_option(token.text));
    spec.asks = match word == "ask-first" && named {
        true => Some(words.name("the lock service's name")?),
        false => None,
    };
    Ok(())
}

/// Whether this word is an option of the store, and so not the name of whom it asks.
pub(crate) fn is_option(word: &str) -> bool {
    OPTIONS.contains(&word)
}
