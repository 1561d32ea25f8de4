//! Which locks guard which store, as the programs use them: nobody says so, but whoever writes under a lock shows it.
//!
//! For each `write` the locks that its program has acquired and not released are looked at. A store is guarded by the
//! locks that are common to all writes under any lock; if none is, by all of them, and that is worth a warning. A write
//! under no lock at all says nothing: it may be the mistake that is to be found. A pair guards its disk, for its active
//! node writes there under its epoch.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ClientSpec, ObjectKindSpec, ProgramStep, Role, Scenario};

/// What guards one store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guards {
    /// The locks, by name; the active role of a pair by both its nodes.
    pub locks: BTreeSet<String>,
    /// Whether some writes have no lock in common with others.
    pub is_torn: bool,
}

/// Under which locks a program writes.
struct Write<'a> {
    store: &'a str,
    locks: BTreeSet<&'a str>,
}

/// What guards each store that anything guards: what is said, else what the programs show.
pub fn guards(scenario: &Scenario) -> BTreeMap<String, Guards> {
    let mut guards = shown(scenario);
    let (locks, stores) = (locks(scenario), stores(scenario));
    for said in scenario.guards.iter().filter(|said| stores.contains(said.store.as_str())) {
        let mut named = BTreeSet::new();
        named.extend(said.locks.iter().filter(|lock| locks.contains(lock.as_str())).cloned());
        match named.is_empty() {
            true => guards.remove(&said.store),
            false => guards.insert(said.store.clone(), Guards { locks: named, is_torn: false }),
        };
    }
    guards
}

/// The names of all locks that a client can ask for.
pub(crate) fn locks(scenario: &Scenario) -> BTreeSet<&str> {
    let mut locks = names(scenario, is_lock, |kind| matches!(kind, ObjectKindSpec::Lock(_)));
    locks.extend(scenario.participants.iter().filter_map(|one| match &one.role {
        Role::KeyNode(spec) => Some(spec.lock.as_str()),
        _ => None,
    }));
    locks
}

/// The names of all stores whose writes can be guarded: no register is among them, and no node of a pair.
pub(crate) fn stores(scenario: &Scenario) -> BTreeSet<&str> {
    names(scenario, is_store, |kind| matches!(kind, ObjectKindSpec::Store(_)))
}

/// The locks whose tokens are shown to each store: with a write, an announcement or a read, that of the lock taken last
/// and still held; with what a pair asks of its disk, its epoch.
pub(crate) fn shown_tokens(scenario: &Scenario) -> BTreeMap<&str, BTreeSet<String>> {
    let locks = locks(scenario);
    let mut shown: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for participant in &scenario.participants {
        match &participant.role {
            Role::Client(spec) => {
                for (store, lock) in tokens(spec, &locks) {
                    shown.entry(store).or_default().insert(lock.to_owned());
                }
            }
            Role::Twin(spec) => {
                if let Some(disk) = &spec.disk {
                    shown.entry(disk).or_default().insert(spec.object());
                }
            }
            _ => {}
        }
    }
    shown
}

/// What a program shows to which store.
fn tokens<'a>(spec: &'a ClientSpec, locks: &BTreeSet<&str>) -> Vec<(&'a str, &'a str)> {
    let mut held: Vec<&str> = Vec::new();
    let mut shown = Vec::new();
    for step in &spec.program {
        match step {
            ProgramStep::Acquire { lock, .. } if locks.contains(lock.as_str()) => {
                held.retain(|other| other != lock);
                held.push(lock);
            }
            ProgramStep::Release { lock, .. } => held.retain(|other| other != lock),
            ProgramStep::Write { store, token: None, .. }
            | ProgramStep::Announce { store, .. }
            | ProgramStep::Read { store, .. } => shown.extend(held.last().map(|lock| (store.as_str(), *lock))),
            _ => {}
        }
    }
    shown
}

/// What guards each store as the programs show it.
fn shown(scenario: &Scenario) -> BTreeMap<String, Guards> {
    let (locks, stores) = (locks(scenario), stores(scenario));
    let mut held: BTreeMap<&str, Vec<BTreeSet<String>>> = BTreeMap::new();
    for participant in &scenario.participants {
        match &participant.role {
            Role::Client(spec) => {
                for write in writes(spec, &locks).into_iter().filter(|write| stores.contains(write.store)) {
                    let mut under = BTreeSet::new();
                    under.extend(write.locks.into_iter().map(str::to_owned));
                    held.entry(write.store).or_default().push(under);
                }
            }
            Role::Twin(spec) => {
                if let Some(disk) = spec.disk.as_deref().filter(|disk| stores.contains(disk)) {
                    held.entry(disk).or_default().push(BTreeSet::from([spec.object()]));
                }
            }
            _ => {}
        }
    }
    let mut guards = BTreeMap::new();
    guards.extend(held.into_iter().filter_map(|(store, held)| Some((store.to_owned(), in_common(held)?))));
    guards
}

fn is_lock(role: &Role) -> bool {
    matches!(role, Role::Lock(_))
}

fn is_store(role: &Role) -> bool {
    match role {
        Role::Store(_) => true,
        Role::Lock(spec) => spec.data.is_some(),
        _ => false,
    }
}

/// The names of all that is of this kind, with a lane or without.
fn names(
    scenario: &Scenario,
    alone: impl Fn(&Role) -> bool,
    together: impl Fn(&ObjectKindSpec) -> bool,
) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let lanes = scenario.participants.iter().filter(|one| alone(&one.role));
    names.extend(lanes.map(|one| one.name.as_str()));
    names.extend(scenario.objects.iter().filter(|object| together(&object.kind)).map(|object| object.name.as_str()));
    names
}

/// The writes of a program, each with the locks that are its own by then if all goes well.
fn writes<'a>(spec: &'a ClientSpec, locks: &BTreeSet<&str>) -> Vec<Write<'a>> {
    let mut held: BTreeSet<&str> = BTreeSet::new();
    let mut writes = Vec::new();
    for step in &spec.program {
        match step {
            ProgramStep::Acquire { lock, .. } if locks.contains(lock.as_str()) => {
                held.insert(lock);
            }
            ProgramStep::Release { lock, .. } => {
                held.remove(lock.as_str());
            }
            ProgramStep::Write { store, .. } => writes.push(Write { store, locks: held.clone() }),
            _ => {}
        }
    }
    writes
}

/// What is common to all that hold anything, or else all of it; `None` if nobody holds anything.
fn in_common(held: Vec<BTreeSet<String>>) -> Option<Guards> {
    let held: Vec<_> = held.into_iter().filter(|locks| !locks.is_empty()).collect();
    let common = held.iter().skip(1).fold(held.first()?.clone(), |common, locks| &common & locks);
    if !common.is_empty() {
        return Some(Guards { locks: common, is_torn: false });
    }
    let mut all = BTreeSet::new();
    all.extend(held.into_iter().flatten());
    Some(Guards { locks: all, is_torn: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// What guards S in a text: "K L", "K L, torn", or nothing.
    fn guard_of(lines: &str) -> String {
        let text = format!("fencepost 1\nlock K lease 5s\nlock L lease 5s\nstore S check none\n{lines}\n");
        let found = guards(&Document::new(text).parse().scenario).remove("S").unwrap_or_default();
        let names = found.locks.into_iter().collect::<Vec<_>>().join(" ");
        if found.is_torn { names + ", torn" } else { names }
    }

    #[test]
    fn a_store_is_guarded_by_what_all_who_hold_anything_hold() {
        assert_eq!(guard_of("client A at 0s: acquire K; write S"), "K");
        assert_eq!(guard_of("client A at 0s: acquire K; acquire L; write S"), "K L");
        assert_eq!(guard_of("client A at 0s: acquire K; acquire L; write S\nclient B at 0s: acquire L; write S"), "L");
        assert_eq!(guard_of("client A at 0s: acquire K; acquire L; release K; write S"), "L");
    }

    #[test]
    fn who_writes_under_no_lock_says_nothing_of_guards() {
        assert_eq!(guard_of("client A at 0s: write S"), "");
        assert_eq!(guard_of("client A at 0s: acquire K; release K; write S"), "");
        assert_eq!(guard_of("client A at 0s: acquire K; write S; release K; write S\nclient B at 0s: write S"), "K");
    }

    #[test]
    fn without_a_lock_in_common_all_guard_and_it_is_torn() {
        assert_eq!(guard_of("client A at 0s: acquire K; write S\nclient B at 0s: acquire L; write S"), "K L, torn");
    }

    #[test]
    fn what_is_said_counts_and_nothing_else() {
        let client = "client A at 0s: acquire K; write S";
        assert_eq!(guard_of(&format!("{client}\nstore S guarded-by L")), "L");
        assert_eq!(guard_of(&format!("{client}\nstore S guarded-by K L")), "K L");
        assert_eq!(guard_of(&format!("{client}\nstore S guarded-by none")), "");
        assert_eq!(guard_of(&format!("{client}\nstore T guarded-by L")), "K");
    }

    #[test]
    fn the_token_of_the_lock_taken_last_is_shown() {
        let shown = |program: &str| {
            let text = format!("fencepost 1\nlock K lease 5s\nlock L lease 5s\nstore S\nclient A at 0s: {program}\n");
            let scenario = Document::new(text).parse().scenario;
            shown_tokens(&scenario).get("S").map(|locks| locks.iter().cloned().collect::<Vec<_>>().join(" "))
        };
        assert_eq!(shown("acquire K; acquire L; write S").as_deref(), Some("L"));
        assert_eq!(shown("acquire K; acquire L; release L; write S").as_deref(), Some("K"));
        assert_eq!(shown("acquire K; acquire L; acquire K; announce S").as_deref(), Some("K"));
        assert_eq!(shown("acquire K; write S token 9; write S; release K; acquire L; read S").as_deref(), Some("K L"));
        assert_eq!(shown("write S; acquire K; release K; write S"), None);
    }

    #[test]
    fn what_is_no_lock_guards_nothing() {
        assert_eq!(guard_of("client A at 0s: acquire S; acquire X; write S"), "");
    }

    #[test]
    fn a_pair_guards_its_disk() {
        assert_eq!(guard_of("pair P Q heartbeat 1s timeout 3s disk S\nclient A at 0s: acquire K; write P"), "P/Q");
        assert_eq!(
            guard_of("pair P Q heartbeat 1s timeout 3s disk S\nclient A at 0s: acquire K; write S"),
            "K P/Q, torn"
        );
    }
}
