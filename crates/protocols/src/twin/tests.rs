//! The pair, step by step: who shoots, who takes over, what the disk says.

use fencepost_sim::Clock;
use fencepost_vocabulary::{Refusal, Value, Version};

use super::*;
use crate::Role;
use crate::testing::*;

/// The pair is A and B; C is a client.
const DISK: ParticipantId = ParticipantId(3);
const PAIR: ParticipantId = ParticipantId(4);

const UNCONFIRMED: Stonith = Stonith::Unconfirmed { takeover: Duration::from_millis(100) };

fn config(id: ParticipantId, stonith: Stonith) -> TwinConfig {
    TwinConfig {
        id,
        peer: if id == A { B } else { A },
        pair: PAIR,
        is_first: id == A,
        heartbeat: millis(1_000),
        timeout: millis(5_000),
        stonith,
        disk: Some(DISK),
    }
}

fn begun(id: ParticipantId, stonith: Stonith) -> Twin {
    let mut twin = Twin::new(config(id, stonith));
    step(&mut twin, Input::Start);
    twin
}

fn step(twin: &mut Twin, input: Input) -> Outcome {
    Outcome::of(|effects| twin.handle(input, effects))
}

fn hear(twin: &mut Twin, from: ParticipantId, said: Message) -> Outcome {
    step(twin, message(from, said))
}

fn silence(twin: &mut Twin) -> Outcome {
    step(twin, Input::Timer(Timer::Takeover))
}

fn for_pair(note: Note) -> Note {
    Note::For { object: PAIR, index: 0, note: Box::new(note) }
}

fn granted(client: ParticipantId, request: u32, epoch: u64) -> [Note; 2] {
    let (request, token) = (RequestId(request), FencingToken(epoch));
    let granted = Note::Granted { client, request, token, lease: None };
    [for_pair(granted), Note::Holds { lock: PAIR, request, token, until: None }]
}

fn ceased(client: ParticipantId, epoch: u64, departure: Departure) -> [Note; 2] {
    let token = FencingToken(epoch);
    [for_pair(Note::Released { client, token, by: client }), Note::Left { lock: PAIR, token, departure }]
}

fn write(request: u32) -> Message {
    Message::Write {
        request: RequestId(request),
        token: Some(FencingToken(77)),
        sequence: Sequence(9),
        value: Value::Number(5),
        base: Some(Version(3)),
        seal: None,
    }
}

fn forwarded(request: u32, epoch: u64, sequence: u32) -> (ParticipantId, Message) {
    let (request, token, sequence) = (RequestId(request), Some(FencingToken(epoch)), Sequence(sequence));
    let (value, base) = (Value::Number(5), Some(Version(3)));
    (DISK, Message::Write { request, token, sequence, value, base, seal: None })
}

#[test]
fn the_first_is_active_in_the_beginning_and_both_give_signs_of_life() {
    let first = step(&mut Twin::new(config(A, UNCONFIRMED)), Input::Start);
    assert_eq!(first.notes, granted(A, 1, 1));
    assert_eq!(first.sent, [(B, Message::Heartbeat { incarnation: 1 })]);
    assert_eq!(first.timer(Timer::Takeover), Some((Clock::Mono, millis(5_000))));
    assert_eq!(first.timer(Timer::Heartbeat), Some((Clock::Mono, millis(1_000))));
    let second = step(&mut Twin::new(config(B, UNCONFIRMED)), Input::Start);
    assert!(second.notes.is_empty());
    assert_eq!(second.sent, [(A, Message::Heartbeat { incarnation: 1 })]);
}

#[test]
fn unconfirmed_both_shoot_and_the_passive_one_takes_over_without_an_answer() {
    let (mut first, mut second) = (begun(A, UNCONFIRMED), begun(B, UNCONFIRMED));
    assert_eq!(silence(&mut first).sent, [(B, Message::Stonith)]);
    let shot = silence(&mut second);
    assert_eq!(shot.sent, [(A, Message::Stonith)]);
    assert_eq!(shot.timer(Timer::Takeover), Some((Clock::Mono, millis(100))));
    assert!(silence(&mut first).notes.is_empty(), "it stays what it was");
    let taken = silence(&mut second);
    assert_eq!((taken.notes, taken.sent), (granted(B, 1, 2).to_vec(), Vec::new()));
}

#[test]
fn confirmed_it_takes_over_when_the_other_says_that_it_is_off_and_not_before() {
    let mut second = begun(B, Stonith::Confirmed);
    let shot = silence(&mut second);
    assert_eq!((shot.sent, shot.timers.len()), (vec![(A, Message::Stonith)], 0));
    assert!(hear(&mut second, C, Message::Off).notes.is_empty(), "not from anybody");
    assert_eq!(hear(&mut second, A, Message::Off).notes, granted(B, 1, 2));
}

#[test]
fn confirmed_the_active_one_shoots_nobody() {
    let mut first = begun(A, Stonith::Confirmed);
    let silent = silence(&mut first);
    assert!(silent.sent.is_empty() && silent.timers.is_empty());
    assert_eq!(hear(&mut first, C, write(1)).sent, [forwarded(2, 1, 1)]);
}

#[test]
fn a_sign_of_life_counts_the_silence_anew_and_calls_the_takeover_off() {
    let mut second = begun(B, UNCONFIRMED);
    silence(&mut second);
    let heard = hear(&mut second, A, Message::Heartbeat { incarnation: 1 });
    assert_eq!(heard.timer(Timer::Takeover), Some((Clock::Mono, millis(5_000))));
    let silent = silence(&mut second);
    assert_eq!((silent.sent, silent.notes), (vec![(A, Message::Stonith)], Vec::new()));
    let other = hear(&mut second, C, Message::Heartbeat { incarnation: 1 });
    assert!(other.timers.is_empty(), "only the other one's");
}

#[test]
fn who_is_shot_says_so_and_is_off_for_good() {
    let mut first = begun(A, UNCONFIRMED);
    let off = hear(&mut first, B, Message::Stonith);
    let [released, left] = ceased(A, 1, Departure::Released);
    assert_eq!(off.notes, [released, left, Note::PoweredOff]);
    assert_eq!(off.sent, [(B, Message::Off)]);
    for disk in [Disk::Kept, Disk::Wiped] {
        first.recover(disk);
        for input in [Input::Start, message(C, write(1)), message(B, Message::Stonith), message(B, Message::Off)] {
            let nothing = step(&mut first, input);
            assert!(nothing.sent.is_empty() && nothing.notes.is_empty() && nothing.timers.is_empty());
        }
    }
}

#[test]
fn a_stranger_shoots_nobody() {
    let mut first = begun(A, UNCONFIRMED);
    assert!(hear(&mut first, C, Message::Stonith).notes.is_empty() && !first.is_off());
}

#[test]
fn who_is_off_gives_no_sign_of_life_to_anybody() {
    let ping = || message(C, Message::Ping { request: RequestId(1) });
    let mut role = Role::Twin(begun(B, UNCONFIRMED));
    let ask = |role: &mut Role, input| Outcome::of(|effects| fencepost_sim::Actor::handle(role, input, at(0), effects));
    assert_eq!(ask(&mut role, ping()).sent, [(C, Message::Pong { request: RequestId(1) })]);
    let off = ask(&mut role, message(A, Message::Stonith));
    assert_eq!(off.notes, [Note::PoweredOff], "it was not the active one");
    assert!(ask(&mut role, ping()).sent.is_empty());
}

#[test]
fn once_the_other_is_off_for_sure_nobody_is_waited_for() {
    let mut second = begun(B, UNCONFIRMED);
    silence(&mut second);
    let mut effects = Effects::default();
    second.handle(message(A, Message::Off), &mut effects);
    let cancelled = effects.drain().filter_map(|effect| match effect {
        fencepost_sim::Effect::CancelTimer(timer) => Some(timer),
        _ => None,
    });
    assert_eq!(cancelled.collect::<Vec<_>>(), [Timer::Takeover, Timer::Heartbeat]);
}

#[test]
fn the_active_one_asks_the_disk_under_its_own_epoch_and_brings_back_the_answer() {
    let mut first = begun(A, UNCONFIRMED);
    assert_eq!(hear(&mut first, C, write(7)).sent, [forwarded(2, 1, 1)]);
    assert_eq!(hear(&mut first, C, write(8)).sent, [forwarded(3, 1, 2)]);
    let read = hear(&mut first, C, Message::Read { request: RequestId(9), token: None });
    assert_eq!(read.sent, [(DISK, Message::Read { request: RequestId(4), token: Some(FencingToken(1)) })]);
    let ok = |request, version| Message::Ok { request: RequestId(request), version: Version(version) };
    assert_eq!(hear(&mut first, DISK, ok(3, 2)).sent, [(C, ok(8, 2))]);
    assert!(hear(&mut first, DISK, ok(3, 2)).sent.is_empty(), "an answer that comes twice is for nobody");
    let value = |request| Message::Value { request: RequestId(request), value: Value::Number(5), version: Version(2) };
    assert_eq!(hear(&mut first, DISK, value(4)).sent, [(C, value(9))]);
    assert!(hear(&mut first, C, ok(2, 1)).sent.is_empty(), "a client does not answer for the disk");
}

#[test]
fn the_passive_one_asks_the_disk_nothing() {
    let mut second = begun(B, UNCONFIRMED);
    let reason = Refusal::NotActive;
    let written = hear(&mut second, C, write(7));
    assert_eq!(written.sent, [(C, Message::Rejected { request: RequestId(7), reason })]);
    let (token, sequence) = (Some(FencingToken(77)), Sequence(9));
    assert_eq!(written.notes, [Note::TurnedAway { client: C, token, sequence, reason }]);
    let read = hear(&mut second, C, Message::Read { request: RequestId(8), token: None });
    assert_eq!(read.sent, [(C, Message::Rejected { request: RequestId(8), reason })]);
}

#[test]
fn who_hears_of_a_newer_epoch_from_the_disk_steps_down_and_knows_the_next() {
    let mut first = begun(A, UNCONFIRMED);
    hear(&mut first, C, write(7));
    let stale = Refusal::Stale { highest: FencingToken(2) };
    let told = hear(&mut first, DISK, Message::Rejected { request: RequestId(2), reason: stale });
    let (token, sequence, reason) = (Some(FencingToken(77)), Sequence(9), Refusal::NotActive);
    let [released, left] = ceased(A, 1, Departure::Fenced);
    assert_eq!(told.notes, [released, left, Note::TurnedAway { client: C, token, sequence, reason }]);
    let not_active = Message::Rejected { request: RequestId(7), reason: Refusal::NotActive };
    assert_eq!(told.sent, [(C, not_active)]);
    assert_eq!(hear(&mut first, B, Message::Off).notes, granted(A, 3, 3));
    assert_eq!(hear(&mut first, C, write(8)).sent, [forwarded(4, 3, 1)], "its writes are counted anew");
}

#[test]
fn a_no_to_what_was_asked_in_an_old_epoch_deposes_nobody_and_other_reasons_are_passed_on() {
    let mut first = begun(A, UNCONFIRMED);
    hear(&mut first, C, write(7));
    hear(&mut first, C, write(8));
    let own = Refusal::Stale { highest: FencingToken(1) };
    let told = hear(&mut first, DISK, Message::Rejected { request: RequestId(2), reason: own });
    assert_eq!(told.notes.len(), 1, "only that the client is turned away");
    let reason = Refusal::NoVersion;
    let told = hear(&mut first, DISK, Message::Rejected { request: RequestId(3), reason });
    assert_eq!(told.sent, [(C, Message::Rejected { request: RequestId(8), reason })]);
}

#[test]
fn without_a_disk_nothing_can_be_written() {
    let mut first = Twin::new(TwinConfig { disk: None, ..config(A, UNCONFIRMED) });
    let reason = Refusal::NotMyJob;
    assert_eq!(hear(&mut first, C, write(7)).sent, [(C, Message::Rejected { request: RequestId(7), reason })]);
}

#[test]
fn back_from_a_crash_it_is_as_active_as_before_and_has_forgotten_who_asked() {
    let mut first = begun(A, UNCONFIRMED);
    hear(&mut first, C, write(7));
    first.recover(Disk::Kept);
    let back = step(&mut first, Input::Start);
    assert_eq!(back.notes, granted(A, 3, 1), "in its old epoch");
    let ok = Message::Ok { request: RequestId(2), version: Version(1) };
    assert!(hear(&mut first, DISK, ok).sent.is_empty());
    first.recover(Disk::Wiped);
    assert_eq!(step(&mut first, Input::Start).notes, granted(A, 4, 1));
    let mut second = begun(B, UNCONFIRMED);
    hear(&mut second, A, Message::Off);
    second.recover(Disk::Kept);
    assert_eq!(step(&mut second, Input::Start).notes, granted(B, 2, 2));
    second.recover(Disk::Wiped);
    assert!(step(&mut second, Input::Start).notes.is_empty(), "it begins from what it was set up to be");
}
