//! What identifies a statement, so that a variant can replace or remove it.

use std::collections::BTreeSet;

use crate::model::{FaultSpec, Key, ObjectKindSpec, ObjectSpec, Participant, Role, Statement};
use crate::print::fault::{print_lie, print_message, print_sides};

/// What identifies a statement; `remove` takes it, and a variant's statement replaces by it.
pub(crate) fn key_of(statement: &Statement) -> Key {
    let words: &[&str] = match statement {
        Statement::Until(_) => &["until"],
        Statement::Seed(_) => &["seed"],
        Statement::Delay(_) => &["network", "delay"],
        Statement::Fifo => &["network", "fifo"],
        Statement::Link(link) => &["network", "delay", &format!("{}->{}", link.from, link.to)],
        Statement::Model(_) => &["model"],
        Statement::Failures(_) => &["failures"],
        Statement::Participant(Participant { name, role }) => &[role_word(role), name],
        Statement::Group(role) => &[role_word(role), role.kept().unwrap_or_else(|| first(role.group()))],
        Statement::Object(ObjectSpec { name, kind: ObjectKindSpec::Lock(_), .. }) => &["lock", name],
        Statement::Object(ObjectSpec { name, kind: ObjectKindSpec::Store(_), .. }) => &["store", name],
        Statement::Data { lock, .. } => &["store", lock],
        Statement::Guarded(guard) => &["store", &guard.store, "guarded-by"],
        Statement::Renew { client, .. } => &["client", client, "renew"],
        Statement::Trusts { client, .. } => &["client", client, "trusts"],
        Statement::Fault { fault, .. } => return key_of_fault(fault),
        Statement::Remove(Key(words)) => return Key(["remove".to_owned()].into_iter().chain(words.clone()).collect()),
    };
    Key(words.iter().map(|word| (*word).to_owned()).collect())
}

fn first(names: Option<&[String]>) -> &str {
    names.and_then(<[String]>::first).map_or("", |name| name)
}

fn role_word(role: &Role) -> &'static str {
    match role {
        Role::Lock(_) | Role::KeyNode(_) => "lock",
        Role::Store(_) => "store",
        Role::Client(_) => "client",
        Role::Member(_) => "members",
        Role::General(_) | Role::Officer(_) => "generals",
        Role::Node(_) => "nodes",
        Role::Replica(_) => "register",
        Role::Registry(_) => "registry",
        Role::Twin(_) => "pair",
    }
}

fn key_of_fault(fault: &FaultSpec) -> Key {
    let said = match fault {
        FaultSpec::Pause { participant, .. } => format!("pause {participant}"),
        FaultSpec::Crash { participant, .. } => format!("crash {participant}"),
        FaultSpec::Mute { participant, .. } => format!("mute {participant}"),
        FaultSpec::Deafen { participant, .. } => format!("deafen {participant}"),
        FaultSpec::Partition { sides, .. } => format!("partition {}", print_sides(sides)),
        FaultSpec::Drop { message } => format!("drop {}", print_message(message)),
        FaultSpec::Delay { message, .. } => format!("delay {}", print_message(message)),
        FaultSpec::Duplicate { message, .. } => format!("duplicate {}", print_message(message)),
        FaultSpec::Hold { message, .. } => format!("hold {}", print_message(message)),
        FaultSpec::Stall { participant, step, ordinal, .. } => format!("delay {participant} {} {ordinal}", step.word()),
        FaultSpec::ClockRate { participant, .. } => format!("clock {participant} rate"),
        FaultSpec::ClockJump { participant, .. } => format!("clock {participant} jump"),
        FaultSpec::Lie { from, to, about, .. } => format!("lie {}", print_lie(from, to, about.as_deref())),
    };
    normal(&Key(said.split(' ').map(str::to_owned).collect()))
}

/// A key in the one spelling that can be compared: `partition B A | L` cuts what `partition L | A B` cuts, so both have
/// one key. Which side of `->` a name stands on matters; the order within a side never does.
pub(crate) fn normal(key: &Key) -> Key {
    let Key(words) = key;
    let mark = words.iter().position(|word| word == "|" || word == "->");
    let (Some(mark), Some("partition")) = (mark, words.first().map(String::as_str)) else { return key.clone() };
    let sorted = |names: &[String]| -> Vec<String> {
        let mut set = BTreeSet::new();
        set.extend(names.iter().cloned());
        set.into_iter().collect()
    };
    let (mut left, mut right) = (sorted(&words[1..mark]), sorted(&words[mark + 1..]));
    if words[mark] == "|" && right < left {
        std::mem::swap(&mut left, &mut right);
    }
    let ends = [words[..1].to_vec(), left, vec![words[mark].clone()], right];
    Key(ends.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_has_one_key_however_it_is_said() {
        let key = |said: &str| normal(&Key(said.split(' ').map(str::to_owned).collect()));
        assert_eq!(key("partition L S | A B"), key("partition B A | S L"));
        assert_eq!(key("partition B A -> L"), key("partition A B -> L"));
        assert_ne!(key("partition A -> L"), key("partition L -> A"));
        assert_ne!(key("partition A -> L"), key("partition A | L"));
        assert_eq!(key("pause B"), Key(vec!["pause".into(), "B".into()]));
    }
}
