//! Votes, terms, and the three cures.

use super::*;

#[test]
fn whoever_hears_of_no_leader_stands_for_election_in_the_next_term() {
    let mut node = node(config());
    let stands = node.wakes(Timer::Election, 1_500);
    assert_eq!(stands.notes, [Note::Enters { term: Term(2) }, Note::Campaigns { term: Term(2), trial: false }]);
    assert_eq!(stands.sent, [B, C].map(|to| (to, candidate(2, Position::default()))));
    assert_eq!(
        stands.timer(Timer::Election).map(|it| it.1),
        Some(millis(1_500)),
        "and tries again if nothing comes of it"
    );
}

#[test]
fn a_quorum_of_votes_makes_a_leader_and_a_vote_counts_once() {
    let mut node = node(NodeConfig { quorum: 3, ..config() });
    node.wakes(Timer::Election, 1_500);
    assert!(node.hears(B, vote(2), 1_600).notes.is_empty());
    assert!(node.hears(B, vote(2), 1_600).notes.is_empty(), "the same vote again");
    let led = node.hears(C, vote(2), 1_600);
    assert_eq!(led.notes, [Note::Leads { term: Term(2) }]);
    assert!(led.says(B, |it| matches!(it, Message::Append { term: Term(2), .. })), "and says so at once");
    assert_eq!(led.timer(Timer::Heartbeat).map(|it| it.1), Some(millis(100)));
}

#[test]
fn a_vote_of_another_term_does_not_count() {
    let mut node = node(config());
    node.wakes(Timer::Election, 1_500);
    node.wakes(Timer::Election, 3_000);
    assert!(node.hears(B, vote(2), 3_050).notes.is_empty(), "it stands in term 3 by now");
    assert!(!node.hears(B, vote(3), 3_050).notes.is_empty());
}

#[test]
fn it_votes_once_in_a_term_and_again_for_the_same() {
    let mut node = node(config());
    let first = node.hears(B, candidate(2, Position::default()), 10);
    assert_eq!(first.notes, [Note::Enters { term: Term(2) }, Note::Votes { term: Term(2), candidate: B }]);
    assert_eq!(first.sent, [(B, vote(2))]);
    assert_eq!(first.timer(Timer::Election).map(|it| it.1), Some(millis(1_500)), "and gives it time");
    assert_eq!(node.hears(C, candidate(2, Position::default()), 20).sent, [(C, no(2))]);
    let again = node.hears(B, candidate(2, Position::default()), 30);
    assert_eq!((again.sent, again.notes.len()), (vec![(B, vote(2))], 0));
}

#[test]
fn whoever_stands_has_voted_for_itself() {
    let mut node = node(config());
    node.wakes(Timer::Election, 1_500);
    assert_eq!(node.hears(B, candidate(2, Position::default()), 1_600).sent, [(B, no(2))]);
}

#[test]
fn a_candidate_of_an_older_term_is_told_of_the_newer_one() {
    let mut node = node(config());
    node.hears(B, heartbeat(5), 10);
    assert_eq!(node.hears(C, candidate(2, Position::default()), 20).sent, [(C, no(5))]);
    // And who is told enters it.
    let mut late = leader(config());
    let told = late.hears(C, no(5), 1_600);
    assert_eq!(told.notes, [Note::StepsDown { term: Term(2) }, Note::Enters { term: Term(5) }]);
    assert!(told.timer(Timer::Election).is_some());
}

#[test]
fn nobody_votes_for_a_log_that_is_older_than_its_own() {
    let mut node = node(config());
    node.hears(B, append(3, Position::default(), &[2, 3], 0), 10);
    let asked = |node: &mut Node, term, last| node.hears(C, candidate(term, last), 20).sent == [(C, vote(term))];
    assert!(!asked(&mut node, 4, place(9, 2)), "longer, and of an earlier term");
    assert!(!asked(&mut node, 5, place(1, 3)), "shorter");
    assert!(asked(&mut node, 6, place(2, 3)), "as long");
    assert!(asked(&mut node, 7, place(1, 4)), "of a later term");
}

#[test]
fn a_vote_survives_a_crash_unless_votes_are_volatile() {
    let again = |votes, disk| {
        let mut node = node(NodeConfig { votes, ..config() });
        node.hears(B, candidate(2, Position::default()), 10);
        node.recover(disk);
        node.does(Input::Start, 20);
        node.hears(C, candidate(2, Position::default()), 30).sent
    };
    assert_eq!(again(Memory::Stable, Disk::Kept), [(C, no(2))]);
    assert_eq!(again(Memory::Stable, Disk::Synced), [(C, no(2))], "it is on the disk before it is given");
    assert_eq!(again(Memory::Volatile, Disk::Kept), [(C, vote(2))]);
    assert_eq!(again(Memory::Stable, Disk::Wiped), [(C, vote(2))]);
}

#[test]
fn only_a_wiped_disk_forgets_the_term_and_the_log() {
    let restarted = |disk| {
        let mut node = node(NodeConfig { votes: Memory::Volatile, ..config() });
        node.hears(B, append(5, Position::default(), &[5], 0), 10);
        node.recover(disk);
        node.does(Input::Start, 20);
        node.hears(C, candidate(1, place(9, 9)), 30).sent
    };
    assert_eq!(restarted(Disk::Kept), [(C, no(5))]);
    assert_eq!(restarted(Disk::Wiped), [(C, vote(1))]);
}

#[test]
fn whoever_is_back_from_a_crash_leads_no_more_and_waits() {
    let mut node = leader(config());
    node.recover(Disk::Kept);
    let back = node.does(Input::Start, 5_000);
    assert!(back.sent.is_empty() && back.notes.is_empty());
    assert_eq!(node.office, Office::Following);
    assert_eq!(back.timer(Timer::Election).map(|it| it.1), Some(millis(1_500)));
}

#[test]
fn who_leads_at_the_beginning_is_known_to_all() {
    let mut first = Node::new(NodeConfig { leader: Some(A), term: Term(4), ..config() });
    let begins = first.does(Input::Start, 0);
    assert_eq!(begins.notes, [Note::Enters { term: Term(4) }, Note::Leads { term: Term(4) }]);
    assert!(begins.says(C, |it| matches!(it, Message::Append { term: Term(4), .. })));
    let mut other = node(NodeConfig { leader: Some(B), term: Term(4), ..config() });
    assert_eq!(other.hears(C, candidate(4, Position::default()), 10).sent, [(C, no(4))], "they voted for it");
}

#[test]
fn a_group_without_a_term_begins_before_the_first() {
    let begins = Node::new(NodeConfig { term: Term(0), ..config() }).does(Input::Start, 0);
    assert!(begins.notes.is_empty());
}

#[test]
fn a_leader_that_hears_of_a_later_one_steps_down_and_a_later_one_tells_an_earlier() {
    let mut node = leader(config());
    let older = node.hears(C, heartbeat(1), 1_600);
    assert!(older.notes.is_empty());
    assert!(older.says(C, |it| matches!(it, Message::Appended { term: Term(2), matched: None, .. })));
    let later = node.hears(C, heartbeat(3), 1_600);
    assert_eq!(later.notes, [Note::StepsDown { term: Term(2) }, Note::Enters { term: Term(3) }]);
}

#[test]
fn with_prevote_it_asks_first_and_stays_in_its_term() {
    let mut node = node(NodeConfig { prevote: true, ..config() });
    let asks = node.wakes(Timer::Election, 1_500);
    assert_eq!(asks.notes, [Note::Campaigns { term: Term(2), trial: true }]);
    assert_eq!(asks.sent, [B, C].map(|to| (to, trial(2))));
    let yes = Message::Vote { term: Term(2), granted: true, trial: true };
    let stands = node.hears(B, yes.clone(), 1_600);
    assert_eq!(stands.notes, [Note::Enters { term: Term(2) }, Note::Campaigns { term: Term(2), trial: false }]);
    assert!(node.hears(C, yes, 1_600).notes.is_empty(), "what would be a vote is none");
}

#[test]
fn a_trial_vote_promises_nothing_and_is_refused_while_a_leader_is_heard() {
    let answer = |granted, term| Message::Vote { term: Term(term), granted, trial: true };
    let mut node = node(config());
    let asked = node.hears(B, trial(2), 10);
    assert_eq!((asked.sent, asked.notes, asked.timers), (vec![(B, answer(true, 2))], vec![], vec![]));
    assert_eq!(node.hears(C, trial(2), 10).sent, [(C, answer(true, 2))], "and the next one gets the same");
    assert_eq!(node.hears(C, trial(1), 10).sent, [(C, answer(false, 1))], "not for a term that is here");
    node.hears(B, heartbeat(1), 5_000);
    assert_eq!(node.hears(C, trial(2), 5_999).sent, [(C, answer(false, 1))]);
    assert_eq!(node.hears(C, trial(2), 6_000).sent, [(C, answer(true, 2))], "the shortest timeout has passed");
    assert_eq!(leader(config()).hears(C, trial(3), 60_000).sent, [(C, answer(false, 2))], "a leader hears itself");
}

#[test]
fn sticky_nodes_take_no_notice_of_a_candidate_while_a_leader_is_heard() {
    let voted = |sticky, now| {
        let mut node = node(NodeConfig { sticky, ..config() });
        node.hears(B, heartbeat(1), 5_000);
        node.hears(C, candidate(8, Position::default()), now).sent
    };
    assert_eq!(voted(false, 5_100), [(C, vote(8))]);
    assert_eq!(voted(true, 5_100), [(C, no(1))], "and does not enter its term");
    assert_eq!(voted(true, 6_000), [(C, vote(8))]);
}

#[test]
fn with_check_quorum_a_leader_that_hears_of_too_few_steps_down() {
    let begins = |check_quorum| NodeConfig { check_quorum, leader: Some(A), ..config() };
    assert!(Node::new(begins(false)).does(Input::Start, 0).timer(Timer::Quorum).is_none());
    let mut node = Node::new(begins(true));
    assert_eq!(node.does(Input::Start, 0).timer(Timer::Quorum).map(|it| it.1), Some(millis(1_000)));
    node.hears(B, has(1, 0, 300), 400);
    let looks = node.wakes(Timer::Quorum, 1_000);
    assert_eq!((looks.notes.len(), looks.timer(Timer::Quorum).map(|it| it.1)), (0, Some(millis(400))));
    let gives_up = node.wakes(Timer::Quorum, 1_400);
    assert_eq!(gives_up.notes, [Note::StepsDown { term: Term(1) }]);
    assert!(gives_up.timer(Timer::Election).is_some(), "it may stand again");
}

#[test]
fn what_a_quorum_acknowledged_is_noted_each_time_it_advances() {
    let nodes = vec![A, B, C, ParticipantId(3)];
    let mut node = leader(NodeConfig { quorum: 3, nodes, ..config() });
    node.hears(B, has(2, 0, 1_600), 1_700);
    let backed = node.hears(C, has(2, 0, 1_500), 1_700);
    assert_eq!(backed.notes, [Note::Backed { term: Term(2), sent: at(1_500).mono }]);
    assert!(node.hears(C, has(2, 0, 1_500), 1_750).notes.is_empty(), "nothing later");
    let later = node.hears(C, has(2, 0, 1_700), 1_800);
    assert_eq!(later.notes, [Note::Backed { term: Term(2), sent: at(1_600).mono }], "B is the slower one");
}

#[test]
fn a_traitor_votes_for_everyone_and_acknowledges_everything() {
    let mut node = node(NodeConfig { traitor: true, ..config() });
    assert_eq!(node.hears(B, candidate(2, Position::default()), 10).sent, [(B, vote(2))]);
    assert_eq!(node.hears(C, candidate(2, Position::default()), 10).sent, [(C, vote(2))]);
    assert_eq!(node.hears(B, append(2, place(4, 2), &[2], 0), 20).sent, [(B, has(2, 5, 7))]);
    assert_eq!(node.hears(C, append(1, place(7, 1), &[], 0), 20).sent, [(C, has(1, 7, 7))]);
}

#[test]
fn one_who_needs_nobody_elects_itself() {
    let mut node = node(NodeConfig { quorum: 1, ..config() });
    assert!(node.wakes(Timer::Election, 1_500).notes.contains(&Note::Leads { term: Term(2) }));
}

#[test]
fn terms_can_all_be_lower_unless_timeouts_are_drawn_from_them() {
    let mut node = node(config());
    node.hears(B, append(9, Position::default(), &[4, 9], 0), 10);
    assert_eq!(node.least_term(), 4, "the first entry is of the least");
    node.lower_terms(3);
    assert_eq!(node.hears(C, candidate(5, place(2, 6)), 20).sent, [(C, no(6))], "it is in term 6 now");
    assert_eq!(node.hears(C, candidate(7, place(2, 6)), 20).sent, [(C, vote(7))], "and its log ends in term 6");
    let (low, high) = (millis(1), millis(2));
    assert_eq!(super::node(NodeConfig { timeout: Timeout::Drawn { low, high, salt: 1 }, ..config() }).least_term(), 0);
}

#[test]
fn how_long_ago_a_leader_was_heard_counts_up_to_the_shortest_timeout() {
    let rebased = |heard, now| {
        let mut node = node(config());
        node.hears(B, heartbeat(1), heard);
        node.rebase(at(now));
        node
    };
    assert_eq!(rebased(100, 200), rebased(5_000, 5_100));
    assert_ne!(rebased(100, 200), rebased(100, 300));
    assert_eq!(rebased(100, 1_100), rebased(100, 9_000));
}
