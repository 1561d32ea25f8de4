//! A variant's changes worked into the base: what replaces what, by its key.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Key, Participant, Role, Scenario, Statement};
use crate::print::{key_of, normal};
use crate::view::Located;

/// A variant's `store L …` speaks of the data of the lock service `L`, if there is one.
pub(crate) fn settle(changes: Vec<Located>, base: &Scenario) -> Vec<Located> {
    let mut locks: BTreeSet<String> = lock_names(changes.iter().map(|change| &change.statement));
    let is_lock = |participant: &&Participant| matches!(participant.role, Role::Lock(_));
    locks.extend(base.participants.iter().filter(is_lock).map(|participant| participant.name.clone()));
    changes.into_iter().map(|change| as_data(change, &locks)).collect()
}

pub(super) fn lock_names<'a>(statements: impl Iterator<Item = &'a Statement>) -> BTreeSet<String> {
    let name = |statement: &Statement| match statement {
        Statement::Participant(Participant { name, role: Role::Lock(_) }) => Some(name.clone()),
        _ => None,
    };
    let mut names = BTreeSet::new();
    names.extend(statements.filter_map(name));
    names
}

/// `store L` as the data of the lock `L`; and the data of no lock as a store of its own.
pub(super) fn as_data(located: Located, locks: &BTreeSet<String>) -> Located {
    let statement = match located.statement {
        Statement::Participant(Participant { name, role: Role::Store(store) }) if locks.contains(&name) => {
            Statement::Data { lock: name, store }
        }
        Statement::Data { lock, store } if !locks.contains(&lock) => {
            Statement::Participant(Participant { name: lock, role: Role::Store(store) })
        }
        other => other,
    };
    Located { statement, ..located }
}

/// The base statements with the changes of a variant worked in.
pub(crate) fn merged(base: Vec<Located>, changes: Vec<Located>) -> Vec<Located> {
    let mut removed = BTreeSet::new();
    let mut replaced: BTreeMap<Key, Vec<Located>> = BTreeMap::new();
    let mut order = Vec::new();
    for change in changes {
        match &change.statement {
            Statement::Remove(key) => removed.extend(with_dependents(&normal(key))),
            statement => {
                let key = key_of(statement);
                order.push(key.clone());
                replaced.entry(key).or_default().push(change);
            }
        }
    }
    let mut all = Vec::new();
    for statement in base {
        let key = key_of(&statement.statement);
        match replaced.get_mut(&key) {
            Some(instead) => all.append(instead),
            None if removed.contains(&key) => {}
            None => all.push(statement),
        }
    }
    order.iter().for_each(|key| all.append(replaced.entry(key.clone()).or_default()));
    all
}

/// Who removes a client or a store removes what else is said of it.
fn with_dependents(key: &Key) -> Vec<Key> {
    let more: &[&str] = match &key.0[..] {
        [word, _] if word == "client" => &["renew", "trusts"],
        [word, _] if word == "store" => &["guarded-by"],
        _ => &[],
    };
    let dependent = |word: &&str| Key(key.0.iter().cloned().chain([(*word).to_owned()]).collect());
    std::iter::once(key.clone()).chain(more.iter().map(dependent)).collect()
}
