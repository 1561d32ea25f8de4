//! A group that keeps a lock: what is granted when, and what a deposed leader can do.

use fencepost_vocabulary::{FencingToken, Refusal, RequestId};

use super::*;
use crate::machine::LockRules;

const CLIENT: ParticipantId = ParticipantId(9);
const LOCK: ParticipantId = ParticipantId(12);
const TOKEN: FencingToken = FencingToken(34);

/// Leads in term 2 and keeps a lock with a lease of 10 s. The first entry of its term is no grant.
fn locking(ack: Ack) -> Node {
    let rules = LockRules { lease: Some(millis(10_000)), first_token: FencingToken(33), ..LockRules::default() };
    let machine = Some(MachineConfig { lock: Some((LOCK, rules)), ..MachineConfig::default() });
    let mut node = leader(NodeConfig { machine, ack, ..config() });
    node.hears(B, has(2, 1, 1_500), 1_600);
    node
}

fn acquire(request: u32) -> Message {
    Message::Acquire { request: RequestId(request) }
}

fn renew() -> Message {
    Message::Renew { token: TOKEN, sent: at(0).mono }
}

fn is_grant(message: &Message) -> bool {
    matches!(message, Message::Granted { token: TOKEN, .. })
}

fn granted(note: &Note) -> bool {
    matches!(note, Note::For { object: LOCK, index: 2, note } if matches!(**note, Note::Granted { .. }))
}

/// The same with the lock granted at 2 s.
fn granting() -> Node {
    let mut node = locking(Ack::Majority);
    node.hears(CLIENT, acquire(1), 1_900);
    node.hears(B, has(2, 2, 1_900), 2_000);
    node
}

#[test]
fn a_grant_is_told_when_it_is_committed_and_not_before() {
    let mut node = locking(Ack::Majority);
    let asked = node.hears(CLIENT, acquire(1), 1_900);
    assert!(!asked.says(CLIENT, is_grant) && !asked.notes.iter().any(granted));
    let copied = node.hears(B, has(2, 2, 1_900), 2_000);
    assert!(copied.says(CLIENT, is_grant));
    assert!(copied.notes.iter().any(granted));
    assert_eq!(copied.timer(Timer::Lease).map(|it| it.1), Some(millis(10_000)));
}

#[test]
fn a_dirty_grant_is_told_when_it_is_logged() {
    let mut node = locking(Ack::One);
    let asked = node.hears(CLIENT, acquire(1), 1_900);
    assert!(asked.says(CLIENT, is_grant) && asked.notes.iter().any(granted));
    let copied = node.hears(B, has(2, 2, 1_900), 2_000);
    assert!(!copied.says(CLIENT, is_grant), "once");
}

#[test]
fn a_leader_that_reaches_nobody_grants_nothing() {
    let mut node = locking(Ack::Majority);
    node.hears(CLIENT, acquire(1), 1_900);
    let deposed = node.hears(C, append(3, place(1, 2), &[3], 2), 5_000);
    assert!(deposed.notes.contains(&Note::Truncated { from: 2 }));
    assert!(!deposed.says(CLIENT, |_| true) && !deposed.notes.iter().any(granted));
}

#[test]
fn a_follower_applies_and_says_nothing_and_goes_on_where_the_leader_was() {
    let mut follower = locking(Ack::Majority);
    follower.hears(C, heartbeat(3), 1_700);
    let grant = Command::Serve { from: CLIENT, message: Arc::new(acquire(1)) };
    let entries = Entries(vec![Entry { term: Term(3), command: grant }]);
    let said = Message::Append { term: Term(3), previous: place(1, 2), entries, commit: 2, sent: at(7).mono };
    let applied = follower.hears(C, said, 1_800);
    assert!(!applied.says(CLIENT, |_| true) && !applied.notes.iter().any(granted));
    follower.wakes(Timer::Election, 5_000);
    let leads = follower.hears(C, vote(4), 5_100);
    assert_eq!(leads.timer(Timer::Lease).map(|it| it.1), Some(millis(10_000)), "the lease begins anew");
}

#[test]
fn the_end_of_a_lease_is_a_command_and_a_renewal_behind_it_comes_too_late() {
    let mut node = granting();
    let over = node.wakes(Timer::Lease, 12_000);
    let proposed = Entry { term: Term(2), command: Command::Expire { token: TOKEN } };
    assert_eq!(over.notes, [Note::Logged { index: 3, entry: proposed }], "nothing is over before it is committed");
    assert_eq!(node.hears(CLIENT, renew(), 12_050).notes.len(), 1, "nor is anybody told so");
    let ended = node.hears(B, has(2, 4, 12_050), 12_100);
    let refused = Message::Refused { token: Some(TOKEN), reason: Refusal::NotHolder };
    assert!(ended.says(CLIENT, |it| *it == refused), "{ended:?}");
}

#[test]
fn a_renewal_that_waits_in_the_log_comes_before_the_end_of_the_lease() {
    let mut node = granting();
    node.hears(CLIENT, renew(), 11_950);
    assert!(node.wakes(Timer::Lease, 12_000).notes.is_empty());
    let renewed = node.hears(B, has(2, 3, 11_950), 12_050);
    assert!(renewed.says(CLIENT, |it| matches!(it, Message::Renewed { .. })));
    assert_eq!(renewed.timer(Timer::Lease).map(|it| it.1), Some(millis(10_000)));
}

#[test]
fn who_no_longer_leads_watches_no_lease() {
    let mut node = granting();
    node.hears(C, heartbeat(3), 3_000);
    let woken = node.wakes(Timer::Lease, 12_000);
    assert!(woken.notes.is_empty() && woken.sent.is_empty());
}

#[test]
fn whoever_is_back_knows_what_it_had_applied_when_it_hears_how_far_the_log_is_committed() {
    let mut node = granting();
    node.recover(Disk::Kept);
    node.does(Input::Start, 3_000);
    node.hears(C, append(3, place(2, 2), &[], 2), 3_100);
    node.wakes(Timer::Election, 5_000);
    assert!(node.hears(C, vote(4), 5_100).timer(Timer::Lease).is_some(), "somebody holds the lock");
}
