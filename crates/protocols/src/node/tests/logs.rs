//! How one log becomes everyone's.

use super::*;

/// What the log holds, as terms.
fn log(node: &Node) -> Vec<u32> {
    node.log.behind(0).iter().map(|entry| entry.term.0).collect()
}

/// A node whose log has these terms, as a leader of the last of them made it.
fn with_log(terms: &[u32]) -> Node {
    let mut node = node(keeping());
    node.hears(B, append(*terms.last().expect("some"), Position::default(), terms, 0), 10);
    node
}

fn acquire(request: u32) -> Message {
    Message::Acquire { request: fencepost_vocabulary::RequestId(request) }
}

const CLIENT: ParticipantId = ParticipantId(9);

#[test]
fn entries_are_taken_over_where_the_logs_agree_and_said_so() {
    let mut node = with_log(&[1, 2]);
    let said = node.hears(B, append(2, place(2, 2), &[2, 2], 0), 20);
    assert_eq!(log(&node), [1, 2, 2, 2]);
    assert_eq!(said.sent, [(B, has(2, 4, 7))]);
    assert_eq!(said.notes.len(), 2);
}

#[test]
fn where_the_logs_do_not_agree_nothing_is_taken_over() {
    let mut node = with_log(&[1, 2]);
    // Too far ahead, it says how long its log is; where another entry stands, to look before that.
    for (previous, length) in [(place(2, 1), 1), (place(3, 2), 2), (place(9, 2), 2)] {
        let said = node.hears(B, append(2, previous, &[2], 3), 20);
        let not = Message::Appended { term: Term(2), matched: None, length, sent: at(7).mono };
        assert_eq!(said.sent, [(B, not)]);
    }
    assert_eq!((log(&node), node.commit), (vec![1, 2], 0));
}

#[test]
fn what_contradicts_a_later_leader_is_thrown_away_with_all_behind() {
    let mut node = with_log(&[1, 1, 1]);
    let said = node.hears(C, append(3, place(1, 1), &[2, 3], 0), 20);
    assert_eq!(log(&node), [1, 2, 3]);
    assert!(said.notes.contains(&Note::Truncated { from: 2 }));
}

#[test]
fn an_old_message_throws_nothing_away() {
    let mut node = with_log(&[1, 1, 1]);
    let said = node.hears(B, append(1, place(0, 0), &[1], 0), 20);
    assert!(said.says(B, |it| matches!(it, Message::Appended { matched: Some(1), length: 3, .. })));
    assert_eq!(log(&node), [1, 1, 1]);
}

#[test]
fn it_knows_to_be_committed_what_the_leader_says_and_it_has_for_certain() {
    let mut node = with_log(&[1, 1, 1]);
    assert!(node.hears(B, append(1, place(1, 1), &[1], 9), 20).notes.contains(&Note::Committed { upto: 2 }));
    assert!(node.hears(B, append(1, place(1, 1), &[], 1), 20).notes.is_empty(), "it never knows less");
    node.recover(Disk::Kept);
    node.does(Input::Start, 30);
    assert_eq!((log(&node), node.commit), (vec![1, 1, 1], 0), "that is not on the disk, the log is");
}

#[test]
fn a_request_is_logged_and_sent_at_once() {
    let mut node = leader(keeping());
    let asked = node.hears(CLIENT, acquire(1), 1_650);
    let sent = |it: &Message| matches!(it, Message::Append { previous, entries, .. } if *previous == place(1, 2) && entries.0.len() == 1);
    assert!(asked.says(B, sent) && asked.says(C, sent));
    assert!(matches!(asked.notes[..], [Note::Logged { index: 2, .. }]));
}

#[test]
fn what_waits_in_the_log_is_not_logged_again() {
    let mut node = leader(keeping());
    node.hears(CLIENT, acquire(1), 1_650);
    assert!(node.hears(CLIENT, acquire(1), 1_700).sent.is_empty());
    assert_eq!(node.hears(B, acquire(1), 1_700).notes.len(), 0, "a node asks for nothing");
    assert_eq!(node.hears(CLIENT, acquire(2), 1_700).notes.len(), 1);
}

#[test]
fn an_entry_is_committed_when_a_quorum_has_it() {
    let mut node = leader(NodeConfig { quorum: 3, nodes: vec![A, B, C, ParticipantId(3)], ..keeping() });
    node.hears(CLIENT, acquire(1), 1_600);
    assert!(!node.hears(B, has(2, 2, 1_600), 1_700).notes.iter().any(|note| matches!(note, Note::Committed { .. })));
    assert!(node.hears(C, has(2, 1, 1_600), 1_700).notes.contains(&Note::Committed { upto: 1 }));
    assert!(node.hears(C, has(2, 2, 1_600), 1_700).notes.contains(&Note::Committed { upto: 2 }));
}

#[test]
fn entries_of_earlier_terms_are_committed_by_one_of_its_own_and_never_by_themselves() {
    // Without anything to keep nothing is put on top of them.
    let mut node = node(config());
    node.hears(B, append(1, Position::default(), &[1], 0), 10);
    node.wakes(Timer::Election, 1_600);
    node.hears(B, vote(2), 1_650);
    assert!(!node.hears(B, has(2, 1, 1_650), 1_700).notes.iter().any(|note| matches!(note, Note::Committed { .. })));
    node.append(Command::Nothing, at(1_700), &mut Effects::default());
    assert!(node.hears(B, has(2, 2, 1_700), 1_800).notes.contains(&Note::Committed { upto: 2 }));
}

#[test]
fn a_new_leader_begins_with_an_entry_that_does_nothing_and_the_first_one_does_not() {
    assert_eq!(log(&leader(keeping())), [2]);
    assert_eq!(log(&leader(config())), [], "unless there is nothing to keep");
    assert_eq!(log(&node(NodeConfig { leader: Some(A), ..keeping() })), []);
}

#[test]
fn whoever_lacks_something_is_sent_it_from_where_its_log_ends() {
    let mut node = with_log(&[1, 1, 1]);
    node.wakes(Timer::Election, 1_600);
    node.hears(C, vote(2), 1_650);
    let lacks = |length| Message::Appended { term: Term(2), matched: None, length, sent: at(1_650).mono };
    let again = node.hears(B, lacks(1), 1_750);
    let from = |place: Position, count| move |it: &Message| matches!(it, Message::Append { previous, entries, .. } if *previous == place && entries.0.len() == count);
    assert!(again.says(B, from(place(1, 1), 3)), "{again:?}");
    assert!(node.hears(C, lacks(9), 1_750).says(C, from(place(4, 2), 0)), "nobody has more than there is");
    // One that had everything and has lost its disk.
    node.hears(B, has(2, 4, 1_650), 1_800);
    assert!(node.hears(B, lacks(0), 1_850).says(B, from(place(0, 0), 4)));
}

#[test]
fn a_lost_entry_is_found_missing_at_the_next_heartbeat() {
    let mut node = leader(keeping());
    node.hears(CLIENT, acquire(1), 1_650);
    let beat = node.wakes(Timer::Heartbeat, 1_700);
    let heartbeat = |it: &Message| matches!(it, Message::Append { previous, entries, .. } if previous.index == 2 && entries.0.is_empty());
    assert!(beat.says(B, heartbeat), "it says what must stand before, and sends nothing twice");
    let mut other = with_log(&[1]);
    let (_, said) = beat.sent.into_iter().find(|(to, _)| *to == B).expect("sent");
    assert!(other.hears(B, said, 1_750).says(B, |it| matches!(it, Message::Appended { matched: None, length: 1, .. })));
}

#[test]
fn two_leaders_of_one_term_do_not_obey_each_other() {
    let mut node = leader(config());
    let said = node.hears(C, append(2, Position::default(), &[2], 1), 1_600);
    assert!(said.notes.is_empty() && log(&node).is_empty());
}

#[test]
fn logs_that_went_apart_come_together_in_a_few_messages() {
    let mut leader = with_log(&[1, 2, 3, 3]);
    leader.wakes(Timer::Election, 1_600);
    let mut said = leader.hears(C, vote(4), 1_650).sent;
    // B has much that nobody else has, and nothing of the rest but the first entry.
    let mut other = Node::new(NodeConfig { id: B, ..keeping() });
    other.hears(C, append(2, Position::default(), &[1, 1, 1, 1, 1, 1, 1], 0), 10);
    let mut rounds = 0;
    while let Some((_, append)) = said.into_iter().find(|(to, _)| *to == B) {
        rounds += 1;
        let answer = other.hears(A, append, 1_700).sent.remove(0).1;
        said = leader.hears(B, answer, 1_750).sent;
    }
    assert_eq!(log(&other), [1, 2, 3, 3, 4]);
    assert_eq!(rounds, 4, "back to the fourth place, the third, the second, and forth from the first");
}
