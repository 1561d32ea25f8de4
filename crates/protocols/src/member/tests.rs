//! A member of a group of three: what it makes of silence, of votes and of the news of its own death.

use fencepost_vocabulary::Membership;

use super::*;
use crate::testing::*;

const CLIENT: ParticipantId = ParticipantId(9);

fn config(declare: Declare) -> MemberConfig {
    MemberConfig {
        id: A,
        members: vec![A, B, C],
        heartbeat: millis(1_000),
        suspect_after: millis(5_000),
        observers: vec![A, B, C],
        report: vec![CLIENT],
        declare,
    }
}

impl Member {
    fn does(&mut self, input: Input) -> Outcome {
        Outcome::of(|effects| self.handle(input, effects))
    }

    fn hears(&mut self, from: ParticipantId, said: Message) -> Outcome {
        self.does(message(from, said))
    }

    fn misses(&mut self, of: ParticipantId) -> Outcome {
        self.does(Input::Timer(Timer::Suspect(of)))
    }
}

fn member(declare: Declare) -> Member {
    let mut member = Member::new(config(declare));
    member.does(Input::Start);
    member
}

fn suspicion(of: ParticipantId, view: u32) -> Message {
    Message::Suspicion { of, incarnation: 1, view }
}

fn installed(outcome: &Outcome) -> Option<(u32, Vec<ParticipantId>)> {
    outcome.notes.iter().find_map(|note| match note {
        Note::Installed { view, members } => Some((*view, members.0.iter().map(|(member, _)| *member).collect())),
        _ => None,
    })
}

#[test]
fn it_gives_a_sign_of_life_to_every_observer_and_expects_one_of_every_member() {
    let began = Member::new(MemberConfig { observers: vec![A, B], ..config(Declare::Off) }).does(Input::Start);
    assert_eq!(began.sent, [(B, Message::Heartbeat { incarnation: 1 })]);
    let expected: Vec<_> = [Timer::Heartbeat, Timer::Suspect(B), Timer::Suspect(C)].into();
    assert_eq!(began.timers.iter().map(|(timer, ..)| *timer).collect::<Vec<_>>(), expected);
    assert_eq!(began.timer(Timer::Suspect(B)).map(|it| it.1), Some(millis(5_000)));
}

#[test]
fn who_is_no_observer_watches_nobody() {
    let began = Member::new(MemberConfig { observers: vec![B], ..config(Declare::Off) }).does(Input::Start);
    assert_eq!(began.timers.len(), 1, "its own heartbeat");
}

#[test]
fn silence_makes_a_suspicion_and_a_sign_of_life_ends_it() {
    let mut member = member(Declare::Off);
    let silent = member.misses(B);
    assert_eq!(silent.notes, [Note::Suspects { of: B, incarnation: 1 }]);
    assert_eq!(silent.sent, [(CLIENT, Message::Report { of: B, suspected: true })]);
    let alive = member.hears(B, Message::Heartbeat { incarnation: 1 });
    assert_eq!(alive.notes, [Note::Trusts { of: B }]);
    assert_eq!(alive.sent, [(CLIENT, Message::Report { of: B, suspected: false })]);
    assert_eq!(alive.timer(Timer::Suspect(B)).map(|it| it.1), Some(millis(5_000)), "and it waits anew");
}

#[test]
fn one_suspicion_is_no_death() {
    let mut member = member(Declare::Majority);
    let silent = member.misses(B);
    assert_eq!(installed(&silent), None);
    for other in [B, C] {
        assert!(silent.says(other, |it| *it == suspicion(B, 2)));
    }
}

#[test]
fn a_majority_of_suspicions_is_a_death() {
    let mut member = member(Declare::Majority);
    member.misses(B);
    let decided = member.hears(C, suspicion(B, 2));
    assert_eq!(decided.notes[0], Note::Declared { of: B, incarnation: 1, view: 2 });
    assert_eq!(installed(&decided), Some((2, vec![A, C])));
    assert!(decided.says(B, |it| matches!(it, Message::View { number: 2, left: Some((B, 1)), .. })));
}

#[test]
fn a_vote_that_comes_twice_counts_once() {
    let mut member = member(Declare::Majority);
    assert_eq!(installed(&member.hears(C, suspicion(B, 2))), None);
    assert_eq!(installed(&member.hears(C, suspicion(B, 2))), None);
}

#[test]
fn votes_for_different_lives_do_not_add_up() {
    let mut member = member(Declare::Majority);
    member.misses(B);
    let other_life = Message::Suspicion { of: B, incarnation: 2, view: 2 };
    assert_eq!(installed(&member.hears(C, other_life)), None);
}

#[test]
fn half_of_the_members_are_no_majority() {
    let four = vec![A, B, C, ParticipantId(3)];
    let mut member = Member::new(MemberConfig { observers: four.clone(), members: four, ..config(Declare::Majority) });
    member.does(Input::Start);
    member.misses(B);
    assert_eq!(installed(&member.hears(C, suspicion(B, 2))), None, "two of four");
    let third = member.hears(ParticipantId(3), suspicion(B, 2));
    assert_eq!(installed(&third), Some((2, vec![A, C, ParticipantId(3)])), "three of four");
}

#[test]
fn it_votes_once_for_a_number_also_after_a_crash() {
    let mut member = member(Declare::Majority);
    member.misses(B);
    assert!(!member.misses(C).says(B, |it| matches!(it, Message::Suspicion { .. })));
    member.recover(Disk::Kept);
    let again = member.does(Input::Start);
    assert!(again.says(C, |it| *it == suspicion(B, 2)), "the vote it gave, it gives again");
    assert!(!member.misses(C).says(B, |it| *it == suspicion(C, 2)), "and no other");
    assert_eq!(installed(&member.hears(C, suspicion(B, 2))), Some((2, vec![A, C])), "its own still counts");
}

#[test]
fn a_member_whose_disk_was_wiped_votes_twice() {
    let mut member = member(Declare::Majority);
    member.misses(B);
    member.recover(Disk::Wiped);
    member.does(Input::Start);
    assert!(member.misses(C).says(B, |it| *it == suspicion(C, 2)));
}

#[test]
fn a_vote_that_was_not_decided_about_is_sent_with_every_heartbeat() {
    let mut member = member(Declare::Majority);
    member.misses(B);
    assert!(member.does(Input::Timer(Timer::Heartbeat)).says(C, |it| *it == suspicion(B, 2)));
    member.hears(C, suspicion(B, 2));
    assert!(!member.does(Input::Timer(Timer::Heartbeat)).says(C, |it| matches!(it, Message::Suspicion { .. })));
}

#[test]
fn any_observer_alone_declares_where_nobody_counts() {
    let decided = member(Declare::Alone).misses(B);
    assert_eq!(installed(&decided), Some((2, vec![A, C])));
}

/// A member that has installed view 2, without B.
fn without_b() -> Member {
    let mut member = member(Declare::Majority);
    member.misses(B);
    member.hears(C, suspicion(B, 2));
    member
}

#[test]
fn the_dead_are_told_and_not_heard() {
    let mut member = without_b();
    let answer = Message::Dead { incarnation: 1, view: 2 };
    let heartbeat = member.hears(B, Message::Heartbeat { incarnation: 1 });
    assert_eq!((heartbeat.sent, heartbeat.notes), (vec![(B, answer.clone())], vec![]));
    let vote = member.hears(B, suspicion(C, 3));
    assert_eq!(vote.sent, [(B, answer)]);
    member.misses(C);
    assert_eq!(installed(&member.hears(B, suspicion(C, 3))), None, "the vote of the dead does not count");
}

#[test]
fn whoever_votes_on_what_was_decided_is_told_the_view() {
    let said = without_b().hears(C, suspicion(B, 2));
    assert!(said.says(C, |it| matches!(it, Message::View { number: 2, .. })));
}

#[test]
fn the_news_of_its_death_makes_it_somebody_new() {
    let mut dead = member(Declare::Majority);
    let news = dead.hears(B, Message::Dead { incarnation: 1, view: 2 });
    assert_eq!(news.notes, [Note::LearnsDead { view: 2 }]);
    assert!(news.says(C, |it| *it == Message::Join { incarnation: 2 }));
    assert!(dead.hears(B, Message::Dead { incarnation: 1, view: 2 }).notes.is_empty(), "that one is over");
    let beat = dead.does(Input::Timer(Timer::Heartbeat));
    assert!(!beat.says(B, |it| matches!(it, Message::Heartbeat { .. })), "the dead give no sign of life");
    assert!(beat.says(B, |it| *it == Message::Join { incarnation: 2 }));
}

#[test]
fn a_view_without_it_is_the_news_of_its_death_too() {
    let mut dead = member(Declare::Majority);
    let view = Message::View { number: 2, left: Some((A, 1)), members: Membership(vec![(B, 1), (C, 1)]) };
    assert_eq!(dead.hears(B, view).notes, [Note::LearnsDead { view: 2 }]);
    let view = Message::View { number: 3, left: None, members: Membership(vec![(A, 2), (B, 1), (C, 1)]) };
    let back = dead.hears(B, view);
    assert_eq!(back.notes[0], Note::Rejoined { incarnation: 2 });
    assert_eq!(installed(&back), Some((3, vec![A, B, C])));
    assert!(back.says(B, |it| *it == Message::Heartbeat { incarnation: 2 }));
}

#[test]
fn a_member_that_dies_again_before_it_hears_of_its_return_learns_of_that_too() {
    let mut dead = member(Declare::Majority);
    dead.hears(B, Message::Dead { incarnation: 1, view: 2 });
    let again = dead.hears(B, Message::Dead { incarnation: 2, view: 4 });
    assert!(again.says(C, |it| *it == Message::Join { incarnation: 3 }));
}

#[test]
fn a_life_from_long_ago_is_told_that_it_is_over() {
    let mut member = without_b();
    member.hears(C, Message::Welcome { of: B, incarnation: 2, view: 3 });
    member.hears(B, Message::Join { incarnation: 2 });
    let wiped = member.hears(B, Message::Heartbeat { incarnation: 1 });
    assert_eq!(wiped.sent, [(B, Message::Dead { incarnation: 1, view: 3 })], "its newer life is not over");
}

#[test]
fn whoever_comes_back_is_voted_in_as_somebody_new() {
    let mut member = without_b();
    assert_eq!(
        member.hears(B, Message::Join { incarnation: 1 }).sent,
        [(B, Message::Dead { incarnation: 1, view: 2 })]
    );
    let welcome = Message::Welcome { of: B, incarnation: 2, view: 3 };
    assert!(member.hears(B, Message::Join { incarnation: 2 }).says(C, |it| *it == welcome));
    let back = member.hears(C, welcome);
    assert_eq!(installed(&back), Some((3, vec![A, B, C])));
    assert!(back.notes.contains(&Note::Trusts { of: B }));
    assert!(member.hears(B, Message::Heartbeat { incarnation: 1 }).says(B, |it| matches!(it, Message::Dead { .. })));
    assert!(member.hears(B, Message::Heartbeat { incarnation: 2 }).sent.is_empty());
}

#[test]
fn two_who_declare_alone_install_different_views_of_one_number_and_keep_them() {
    let mut member = member(Declare::Alone);
    member.misses(B);
    let theirs = Message::View { number: 2, left: Some((A, 1)), members: Membership(vec![(B, 1), (C, 1)]) };
    assert!(member.hears(B, theirs).notes.is_empty());
}
