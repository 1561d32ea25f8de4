//! The replicated store: checked as any store, and each request once.

use fencepost_vocabulary::{Refusal, Sequence, Value, Version};

use super::*;

fn write(from: ParticipantId, request: u32, token: u64, sequence: u32) -> Command {
    let message = Message::Write {
        request: RequestId(request),
        token: Some(FencingToken(token)),
        sequence: Sequence(sequence),
        value: Value::Number(u64::from(request)),
        base: None,
        seal: None,
    };
    asks(from, message)
}

fn with(check: CheckMode) -> Machine {
    Machine::new(MachineConfig { lock: Some((LOCK, rules())), store: Some((STORE, StoreRules { check })) })
}

fn value(machine: &Machine) -> (Value, Version) {
    let read = Message::Read { request: RequestId(9), token: None };
    let said = Outcome::of(|effects| machine.read(C, &read, at(0), effects));
    match said.sent[..] {
        [(C, Message::Value { value, version, .. })] => (value, version),
        _ => panic!("one answer to one read"),
    }
}

#[test]
fn a_write_is_applied_and_told_for_the_store() {
    let mut machine = with(CheckMode::None);
    let applied = machine.leads(4, &write(A, 1, 33, 1), at(0));
    assert!(matches!(applied.of_object(STORE)[..], [(4, Note::Applied { client: A, version: Version(1), .. })]));
    assert!(applied.says(A, |it| matches!(it, Message::Ok { version: Version(1), .. })));
    assert_eq!(value(&machine), (Value::Number(1), Version(1)));
}

#[test]
fn a_write_that_comes_twice_is_applied_once_and_answered_twice() {
    let mut machine = with(CheckMode::None);
    machine.follows(1, &write(A, 1, 33, 1));
    machine.follows(2, &write(B, 1, 34, 1));
    let again = machine.leads(3, &write(A, 1, 33, 1), at(0));
    assert!(again.notes.is_empty() && again.says(A, |it| matches!(it, Message::Ok { version: Version(1), .. })));
    assert_eq!(value(&machine).1, Version(2));
}

#[test]
fn a_write_that_was_turned_away_may_come_again_under_its_number() {
    let mut machine = with(CheckMode::GeNext);
    let early = machine.leads(1, &write(A, 2, 33, 2), at(0));
    assert!(matches!(early.of_object(STORE)[..], [(1, Note::TurnedAway { reason: Refusal::Gap { .. }, .. })]));
    machine.follows(2, &write(A, 1, 33, 1));
    assert!(machine.leads(3, &write(A, 2, 33, 2), at(0)).says(A, |it| matches!(it, Message::Ok { .. })));
}

#[test]
fn the_fence_is_in_the_log_too() {
    let mut machine = with(CheckMode::Ge);
    machine.follows(1, &write(B, 1, 34, 1));
    let late = machine.leads(2, &write(A, 1, 33, 1), at(0));
    let highest = FencingToken(34);
    assert!(late.says(A, |it| *it == Message::Rejected { request: RequestId(1), reason: Refusal::Stale { highest } }));
}

#[test]
fn beside_the_lock_it_asks_who_holds_that_now() {
    let mut machine = with(CheckMode::SameStore);
    machine.follows(1, &acquire(A, 1));
    assert!(machine.leads(2, &write(A, 2, 33, 1), at(0)).says(A, |it| matches!(it, Message::Ok { .. })));
    machine.follows(3, &expire(33));
    assert!(machine.leads(4, &write(A, 3, 33, 2), at(0)).says(A, |it| matches!(it, Message::Rejected { .. })));
}

#[test]
fn an_announcement_raises_the_fence_for_everybody() {
    let mut machine = with(CheckMode::Announce);
    let announce = asks(B, Message::Announce { request: RequestId(1), token: Some(FencingToken(34)) });
    machine.follows(1, &announce);
    assert!(machine.leads(2, &write(A, 1, 33, 1), at(0)).says(A, |it| matches!(it, Message::Rejected { .. })));
    assert!(machine.leads(3, &announce, at(0)).says(B, |it| matches!(it, Message::Announced { .. })));
}
