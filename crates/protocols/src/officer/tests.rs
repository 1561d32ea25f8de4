//! The rounds of officers, step by step, and what each decides.

use std::collections::BTreeMap;

use super::*;
use crate::testing::*;

const D: ParticipantId = ParticipantId(3);

fn config(id: ParticipantId, officers: &[ParticipantId]) -> OfficerConfig {
    OfficerConfig {
        id,
        officers: officers.to_vec(),
        relays: 1,
        signed: false,
        order: true,
        traitor: false,
        lies: Vec::new(),
        round: millis(1_000),
    }
}

/// One of three, under the commander A.
fn lieutenant(id: ParticipantId) -> Officer {
    Officer::new(config(id, &[A, B, C]))
}

fn traitor(id: ParticipantId, signed: bool, lies: &[Lie]) -> Officer {
    Officer::new(OfficerConfig { traitor: true, signed, lies: lies.to_vec(), ..config(id, &[A, B, C]) })
}

fn step(officer: &mut Officer, input: Input, millis: u64) -> Outcome {
    Outcome::of(|effects| officer.handle(input, at(millis).mono, effects))
}

fn order(path: &[ParticipantId], attack: bool) -> Message {
    Message::Order { path: Path(path.to_vec()), attack }
}

fn told(officer: &mut Officer, path: &[ParticipantId], attack: bool, millis: u64) {
    let from = *path.last().unwrap();
    let outcome = step(officer, message(from, order(path, attack)), millis);
    assert!(outcome.sent.is_empty(), "nothing is relayed before the round is over");
}

/// What it decides at the end of the second round.
fn decides(officer: &mut Officer) -> bool {
    let notes = step(officer, Input::Timer(Timer::Round), 2_000).notes;
    let [.., Note::Decided { attack }] = notes[..] else { panic!("no decision in {notes:?}") };
    attack
}

#[test]
fn the_commander_orders_everyone_and_does_what_it_ordered() {
    let mut commander = lieutenant(A);
    let begun = step(&mut commander, Input::Start, 0);
    assert_eq!(begun.notes, [Note::Proposed { attack: true }]);
    assert_eq!(begun.sent, [(B, order(&[A], true)), (C, order(&[A], true))]);
    assert_eq!(begun.timer(Timer::Round).map(|(_, after)| after), Some(millis(1_000)));
    let relayed = step(&mut commander, Input::Timer(Timer::Round), 1_000);
    assert!(relayed.sent.is_empty() && relayed.notes.is_empty(), "it has nothing to relay");
    assert_eq!(relayed.timer(Timer::Round).map(|(_, after)| after), Some(millis(1_000)));
    let decided = step(&mut commander, Input::Timer(Timer::Round), 2_000);
    assert_eq!(decided.notes, [Note::Decided { attack: true }]);
    assert!(decided.timers.is_empty(), "there is no third round");
}

#[test]
fn what_was_told_is_relayed_at_the_end_of_its_round() {
    let mut officer = lieutenant(B);
    told(&mut officer, &[A], true, 50);
    let relayed = step(&mut officer, Input::Timer(Timer::Round), 1_000);
    assert_eq!(relayed.sent, [(C, order(&[A, B], true))]);
}

#[test]
fn what_is_missing_is_a_retreat_and_is_relayed_as_one() {
    let mut officer = lieutenant(B);
    let relayed = step(&mut officer, Input::Timer(Timer::Round), 1_000);
    assert_eq!(relayed.sent, [(C, order(&[A, B], false))]);
}

#[test]
fn the_majority_counts_and_a_tie_is_a_retreat() {
    for (own, other, decision) in
        [(true, true, true), (true, false, false), (false, true, false), (false, false, false)]
    {
        let mut officer = lieutenant(B);
        told(&mut officer, &[A], own, 50);
        step(&mut officer, Input::Timer(Timer::Round), 1_000);
        told(&mut officer, &[A, C], other, 1_050);
        assert_eq!(decides(&mut officer), decision, "{own} {other}");
    }
}

#[test]
fn what_comes_at_the_end_of_its_round_comes_too_late() {
    let mut officer = lieutenant(B);
    let late = step(&mut officer, message(A, order(&[A], true)), 1_000);
    assert_eq!(late.sent, [(C, order(&[A, B], false))], "the round ended first, whoever woke it");
    told(&mut officer, &[A, C], true, 1_999);
    assert!(!decides(&mut officer), "one word of two");
}

#[test]
fn who_sleeps_through_two_rounds_has_heard_nothing() {
    let mut officer = lieutenant(B);
    let woken = step(&mut officer, message(A, order(&[A], true)), 5_000);
    assert_eq!(woken.sent, [(C, order(&[A, B], false))]);
    assert_eq!(woken.notes, [Note::Decided { attack: false }]);
    let after = step(&mut officer, message(C, order(&[A, C], true)), 5_001);
    assert!(after.notes.is_empty(), "it decides once");
}

#[test]
fn what_comes_before_its_round_from_somebody_with_a_fast_clock_counts() {
    let mut officer = lieutenant(B);
    told(&mut officer, &[A, C], true, 900);
    told(&mut officer, &[A], true, 950);
    step(&mut officer, Input::Timer(Timer::Round), 1_000);
    assert!(decides(&mut officer));
}

#[test]
fn an_order_that_cannot_have_come_this_way_is_nothing() {
    let unsound: [(ParticipantId, &[ParticipantId]); 6] = [
        (C, &[A]),       // handed over by somebody who has not signed it
        (C, &[C]),       // not from the commander
        (C, &[A, B, C]), // through its own hands
        (A, &[]),        // through nobody's hands
        (D, &[A, D]),    // through the hands of a stranger
        (C, &[A, C, C]), // twice through one hand
    ];
    let with = |relays| Officer::new(OfficerConfig { relays, ..config(B, &[A, B, C]) });
    for (from, path) in unsound {
        let mut officer = with(2);
        step(&mut officer, message(from, order(path, true)), 50);
        assert_eq!(officer, with(2), "{path:?}");
    }
    let mut officer = Officer::new(config(B, &[A, B, C, D]));
    step(&mut officer, message(D, order(&[A, C, D], true)), 50);
    assert_eq!(officer, Officer::new(config(B, &[A, B, C, D])), "too long");
}

#[test]
fn the_first_word_counts() {
    let mut officer = lieutenant(B);
    told(&mut officer, &[A], true, 50);
    told(&mut officer, &[A], false, 60);
    assert_eq!(step(&mut officer, Input::Timer(Timer::Round), 1_000).sent, [(C, order(&[A, B], true))]);
}

#[test]
fn a_traitor_says_what_it_is_told_to_and_it_is_noted_right_before() {
    let mut officer = traitor(B, false, &[Lie { to: C, about: None, says: false }]);
    told(&mut officer, &[A], true, 50);
    let lied = step(&mut officer, Input::Timer(Timer::Round), 1_000);
    assert_eq!(lied.notes, [Note::Lied { to: C, said: false, truth: true }]);
    assert_eq!(lied.sent, [(C, order(&[A, B], false))]);
}

#[test]
fn a_lie_that_says_the_truth_is_none_and_a_loyal_general_tells_none() {
    let lies = [Lie { to: C, about: None, says: false }];
    let mut truthful = traitor(B, false, &lies);
    told(&mut truthful, &[A], false, 50);
    assert!(step(&mut truthful, Input::Timer(Timer::Round), 1_000).notes.is_empty());
    let mut loyal = Officer::new(OfficerConfig { lies: lies.to_vec(), ..config(B, &[A, B, C]) });
    told(&mut loyal, &[A], true, 50);
    let relayed = step(&mut loyal, Input::Timer(Timer::Round), 1_000);
    assert_eq!((relayed.sent, relayed.notes), (vec![(C, order(&[A, B], true))], Vec::new()));
}

#[test]
fn a_lie_about_what_somebody_handed_over_takes_precedence_and_then_the_later_one() {
    let lie = |about, says| Lie { to: C, about, says };
    let lies = [lie(Some(A), false), lie(None, true), lie(Some(B), true), lie(Some(A), true), lie(None, false)];
    assert_eq!(chosen_lie(&lies, C, Some(A)), Some(3));
    assert_eq!(chosen_lie(&lies, C, Some(B)), Some(2));
    assert_eq!(chosen_lie(&lies, C, Some(D)), Some(4));
    assert_eq!(chosen_lie(&lies, C, None), Some(4));
    assert_eq!(chosen_lie(&lies, A, None), None);
}

#[test]
fn a_signed_relay_cannot_be_altered_and_nothing_is_noted() {
    let mut officer = traitor(B, true, &[Lie { to: C, about: None, says: false }]);
    told(&mut officer, &[A], true, 50);
    let relayed = step(&mut officer, Input::Timer(Timer::Round), 1_000);
    assert_eq!((relayed.sent, relayed.notes), (vec![(C, order(&[A, B], true))], Vec::new()));
}

#[test]
fn a_treacherous_commander_can_sign_two_orders_and_who_sees_both_retreats() {
    let mut commander = traitor(A, true, &[Lie { to: C, about: None, says: false }]);
    let begun = step(&mut commander, Input::Start, 0);
    assert_eq!(begun.notes[1..], [Note::Lied { to: C, said: false, truth: true }]);
    assert_eq!(begun.sent, [(B, order(&[A], true)), (C, order(&[A], false))]);
    let mut officer = Officer::new(OfficerConfig { signed: true, ..config(B, &[A, B, C]) });
    told(&mut officer, &[A], true, 50);
    step(&mut officer, Input::Timer(Timer::Round), 1_000);
    told(&mut officer, &[A, C], false, 1_050);
    assert!(!decides(&mut officer));
}

#[test]
fn under_signatures_one_order_is_obeyed_whoever_brought_it_and_none_is_a_retreat() {
    let signed = || Officer::new(OfficerConfig { signed: true, ..config(B, &[A, B, C]) });
    let mut late = signed();
    assert!(step(&mut late, Input::Timer(Timer::Round), 1_000).sent.is_empty(), "nothing to hand on");
    told(&mut late, &[A, C], true, 1_050);
    assert!(decides(&mut late));
    assert!(!decides(&mut signed()));
}

#[test]
fn a_signed_order_that_comes_before_its_round_does_not_keep_the_next_from_being_handed_on() {
    let mut officer = Officer::new(OfficerConfig { signed: true, ..config(B, &[A, B, C, D]) });
    told(&mut officer, &[A, C], true, 900);
    told(&mut officer, &[A], true, 950);
    let relayed = step(&mut officer, Input::Timer(Timer::Round), 1_000);
    assert_eq!(relayed.sent, [(C, order(&[A, B], true)), (D, order(&[A, B], true))]);
    let mut alone = Officer::new(OfficerConfig { signed: true, relays: 2, ..config(B, &[A, B, C, D]) });
    told(&mut alone, &[A, C], true, 900);
    assert!(step(&mut alone, Input::Timer(Timer::Round), 1_000).sent.is_empty(), "its round is still to come");
    let relayed = step(&mut alone, Input::Timer(Timer::Round), 2_000);
    assert_eq!(relayed.sent, [(D, order(&[A, C, B], true))]);
}

#[test]
fn a_signed_order_is_handed_on_once() {
    let mut officer = Officer::new(OfficerConfig { signed: true, relays: 2, ..config(B, &[A, B, C, D]) });
    told(&mut officer, &[A], true, 50);
    assert_eq!(step(&mut officer, Input::Timer(Timer::Round), 1_000).sent.len(), 2);
    told(&mut officer, &[A, C], true, 1_050);
    assert!(step(&mut officer, Input::Timer(Timer::Round), 2_000).sent.is_empty());
}

#[test]
fn a_crash_forgets_nothing_that_the_disk_keeps() {
    let mut commander = lieutenant(A);
    step(&mut commander, Input::Start, 0);
    commander.recover(Disk::Kept);
    let again = step(&mut commander, Input::Start, 400);
    assert!(again.sent.is_empty() && again.notes.is_empty(), "it orders once");
    assert_eq!(again.timer(Timer::Round).map(|(_, after)| after), Some(millis(600)));
    commander.recover(Disk::Wiped);
    assert_eq!(commander, lieutenant(A));
    let late = step(&mut commander, Input::Start, 1_500);
    assert!(late.sent.is_empty(), "the first round is over");
}

/// Four officers, two rounds of relaying: how many orders go in each round.
#[test]
fn everyone_relays_along_every_path_of_different_hands() {
    let all = [A, B, C, D];
    let mut officers: BTreeMap<ParticipantId, Officer> = BTreeMap::new();
    officers.extend(all.map(|id| (id, Officer::new(OfficerConfig { relays: 2, ..config(id, &all) }))));
    let mut sent = Vec::new();
    let mut counts = Vec::new();
    for round in 0..3 {
        let mut next = Vec::new();
        for id in all {
            let officer = officers.get_mut(&id).unwrap();
            for (from, _, said) in sent.iter().filter(|(_, to, _)| *to == id).cloned() {
                step(officer, message(from, said), round * 1_000 - 500);
            }
            let input = if round == 0 { Input::Start } else { Input::Timer(Timer::Round) };
            next.extend(step(officer, input, round * 1_000).sent.into_iter().map(|(to, said)| (id, to, said)));
        }
        counts.push(next.len());
        sent = next;
    }
    assert_eq!(counts, [3, 6, 6]);
}
