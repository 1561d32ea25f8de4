//! What a group does for its clients, as far as the node decides it.

use fencepost_vocabulary::{FencingToken, RequestId};

use super::*;

const CLIENT: ParticipantId = ParticipantId(9);

fn read(request: u32) -> Message {
    Message::Read { request: RequestId(request), token: None }
}

fn reading(reads: Reads) -> NodeConfig {
    NodeConfig { reads, ..keeping() }
}

/// How many reads wait.
fn waiting(node: &Node) -> usize {
    match &node.office {
        Office::Leading(reign) => reign.reads.len(),
        _ => 0,
    }
}

#[test]
fn whoever_does_not_lead_says_who_does() {
    let mut node = node(keeping());
    node.hears(C, heartbeat(1), 10);
    let told = |leader| Message::Redirected { request: Some(RequestId(4)), leader };
    assert_eq!(node.hears(CLIENT, read(4), 20).sent, [(CLIENT, told(Some(C)))]);
    let renew = Message::Renew { token: FencingToken(1), sent: at(1).mono };
    assert_eq!(node.hears(CLIENT, renew, 20).sent, [(CLIENT, Message::Redirected { request: None, leader: Some(C) })]);
    node.wakes(Timer::Election, 1_510);
    assert_eq!(node.hears(CLIENT, read(4), 1_520).sent, [(CLIENT, told(None))]);
}

#[test]
fn a_group_with_nothing_to_keep_declines() {
    let refused = leader(config()).hears(CLIENT, read(1), 1_600);
    assert!(refused.says(CLIENT, |it| matches!(it, Message::Rejected { .. })));
}

#[test]
fn a_local_read_is_answered_whatever_the_others_say() {
    let mut node = leader(reading(Reads::Local));
    assert!(node.hears(CLIENT, read(1), 60_000).sent.iter().all(|(to, _)| *to == CLIENT));
    assert_eq!(waiting(&node), 0);
}

#[test]
fn an_index_read_waits_until_a_quorum_acknowledges_what_was_sent_after_it_came() {
    let mut node = leader(reading(Reads::Index));
    node.hears(B, has(2, 1, 1_500), 1_600);
    let asked = node.hears(CLIENT, read(1), 1_650);
    assert!(asked.says(C, |it| matches!(it, Message::Append { .. })), "it asks at once");
    assert_eq!(waiting(&node), 1);
    node.hears(CLIENT, read(1), 1_660);
    assert_eq!(waiting(&node), 1, "a read that waits is not asked twice");
    node.hears(C, has(2, 1, 1_649), 1_700);
    assert_eq!(waiting(&node), 1);
    node.hears(C, has(2, 1, 1_650), 1_750);
    assert_eq!(waiting(&node), 0);
}

#[test]
fn a_new_leader_answers_no_read_before_an_entry_of_its_own_is_committed() {
    let mut node = leader(reading(Reads::Index));
    node.hears(CLIENT, read(1), 1_550);
    node.hears(C, Message::Appended { term: Term(2), matched: None, length: 0, sent: at(1_550).mono }, 1_650);
    assert_eq!(waiting(&node), 1, "the leader is one, but of its log nothing is known");
    node.hears(C, has(2, 1, 1_650), 1_750);
    assert_eq!(waiting(&node), 0);
    let mut first = super::node(NodeConfig { leader: Some(A), ..reading(Reads::Index) });
    first.hears(CLIENT, read(1), 10);
    first.hears(B, has(1, 0, 10), 110);
    assert_eq!(waiting(&first), 0, "who led when the run began knows all there is");
}

#[test]
fn a_lease_read_is_answered_at_once_for_a_twentieth_less_than_the_shortest_timeout() {
    let left = |now: u64| {
        let mut node = leader(reading(Reads::Lease));
        node.hears(B, has(2, 1, 1_500), 1_600);
        let asked = Outcome::of(|effects| {
            let now = Now { mono: LocalTime(1_500_000 + now), ..at(0) };
            node.handle(message(CLIENT, read(1)), now, effects);
        });
        assert!(asked.sent.iter().all(|(to, _)| *to == CLIENT), "nobody else is asked");
        waiting(&node)
    };
    assert_eq!(left(952_379), 0);
    assert_eq!(left(952_380), 1, "1 s divided by 1.05");
}

#[test]
fn a_leader_that_steps_down_sends_those_who_wait_for_a_read_away() {
    let mut node = leader(reading(Reads::Index));
    node.hears(CLIENT, read(1), 1_650);
    let gone = node.hears(C, heartbeat(3), 1_700);
    assert!(gone.says(CLIENT, |it| matches!(it, Message::Redirected { request: Some(RequestId(1)), leader: None })));
}

#[test]
fn a_read_that_waits_is_older_or_younger_than_what_was_acknowledged() {
    let state = |acked| {
        let mut node = leader(reading(Reads::Index));
        node.hears(C, has(2, 0, acked), 4_000);
        node.hears(CLIENT, read(1), 3_000);
        node.rebase(at(9_000));
        node
    };
    assert_ne!(state(2_500), state(2_600), "however long ago both were");
}

#[test]
fn who_does_not_wait_for_copies_applies_what_it_appends_and_undoes_what_is_thrown_away() {
    let applied = |node: &Node| node.service.as_ref().map(|service| service.applied);
    let write = Message::Acquire { request: RequestId(1) };
    let mut patient = leader(keeping());
    patient.hears(CLIENT, write.clone(), 1_600);
    assert_eq!(applied(&patient), Some(0));
    patient.hears(B, has(2, 2, 1_600), 1_700);
    assert_eq!(applied(&patient), Some(2));
    let mut hasty = leader(NodeConfig { ack: Ack::One, ..keeping() });
    hasty.hears(CLIENT, write, 1_600);
    assert_eq!(applied(&hasty), Some(2));
    hasty.hears(C, append(3, place(1, 2), &[3], 0), 1_700);
    assert_eq!(applied(&hasty), Some(1), "the second entry is another now");
}
