//! One option said anew: what stands around it stays, and what it means is what was meant.

use fencepost_scenario::{Document, Edit, EditError, Told};

const TEXT: &str = "fencepost 1
nodes N1 N2 N3 elect heartbeat 200ms  leader N2 # who
lock L lease 10s replicated on N1 N2 N3 first-token 33
store X replicated on N1 N2 N3 check ge ack one # w:1
  lock M lease 5s lock-delay 2s
store M check same-store
generals G1 G2 G3 rounds 1 traitor G2 G3 order attack
registry R1 R2
client A at 0s: acquire L
variant v
  nodes N1 N2 N3 elect quorum 1
";

fn said(subject: &str, option: &str, value: Option<&str>, variant: Option<&str>) -> Result<Vec<String>, EditError> {
    let edit = Edit::SetOption { subject: subject.into(), option: option.into(), value: value.map(str::to_owned) };
    let after = Document::new(TEXT).apply(&edit, variant)?;
    let old: Vec<&str> = TEXT.split('\n').collect();
    let changed = after.lines().enumerate().filter(|(number, line)| old.get(*number) != Some(line));
    Ok(changed.map(|(_, line)| line.to_owned()).collect())
}

#[track_caller]
fn check(subject: &str, option: &str, value: Option<&str>, line: &str) {
    assert_eq!(said(subject, option, value, None), Ok(vec![line.to_owned()]));
}

#[test]
fn an_option_of_a_group_is_said_in_the_line_of_all() {
    check("N3", "prevote", Some("on"), "nodes N1 N2 N3 elect heartbeat 200ms  leader N2 prevote on # who");
    check("N1", "heartbeat", None, "nodes N1 N2 N3 elect  leader N2 # who");
    check("G1", "traitor", Some("G2"), "generals G1 G2 G3 rounds 1 traitor G2 order attack");
    check("R2", "nonatomic", Some(""), "registry R1 R2 nonatomic");
}

#[test]
fn what_a_group_keeps_and_what_a_lock_service_keeps_have_options_too() {
    check("L", "dirty-grant", Some("on"), "lock L lease 10s replicated on N1 N2 N3 first-token 33 dirty-grant on");
    check("X", "ack", None, "store X replicated on N1 N2 N3 check ge # w:1");
    check("M", "lock-delay", Some("15s"), "  lock M lease 5s lock-delay 15s");
    check("M", "max", Some("volatile"), "store M check same-store max volatile");
}

#[test]
fn a_variant_is_edited_in_its_own_line() {
    let line = "  nodes N1 N2 N3 elect quorum 2".to_owned();
    assert_eq!(said("N1", "quorum", Some("2"), Some("v")), Ok(vec![line]));
}

/// Who leads at first begins in term 1, and nobody in term 0: that need not be said, unless something else is.
#[test]
fn what_is_not_said_may_follow_from_what_is() {
    check("N1", "leader", None, "nodes N1 N2 N3 elect heartbeat 200ms # who");
    check("N1", "leader", Some("N3"), "nodes N1 N2 N3 elect heartbeat 200ms leader N3 # who");
}

#[test]
fn what_cannot_be_said_is_not() {
    let refused = |subject, option, value| said(subject, option, Some(value), None).map_err(|error| error.to_string());
    let why = "the scenario cannot be changed so: this must be a number for how many are enough from 1 to 1000";
    assert!(refused("N1", "quorum", "lots").is_err(), "{why}");
    assert!(refused("N1", "quorum", "2 prevote on").is_ok(), "two options in one edit are still what they say");
    assert!(refused("N1", "lease", "2s").is_err() && refused("Z", "quorum", "2").is_err());
    assert!(refused("N1", "quorum", "2\npause N1 at 1s for 2s").is_err(), "an option is no way to a new line");
}

#[test]
fn what_is_said_is_read_word_by_word() {
    let scenario = Document::new(TEXT).parse().scenario;
    let told = |name| Told::of(&scenario, name).expect("it is there");
    assert_eq!((told("N2").kind, told("N2").value("leader"), told("N2").value("prevote")), ("nodes", Some("N2"), None));
    assert_eq!((told("X").kind, told("X").value("check")), ("replicated store", Some("ge")));
    assert_eq!((told("G3").kind, told("G3").value("traitor")), ("officers", Some("G2 G3")));
    assert_eq!((told("M").kind, told("M").value("lease")), ("lock", Some("5s")));
    assert_eq!(
        Told::of_data(&scenario, "M").and_then(|told| told.value("check").map(str::to_owned)),
        Some("same-store".into())
    );
    assert_eq!((told("A").kind, told("A").options), ("client", &[][..]));
    assert!(Told::of(&scenario, "Z").is_none() && Told::of_data(&scenario, "N1").is_none());
}
