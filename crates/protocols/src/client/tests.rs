//! What a client does that a run of a lock and a store does not show by itself.

mod keys;
mod register;
mod routing;
mod schedules;
mod waiting;

use fencepost_sim::{Disk, LocalTime, Now};
use fencepost_vocabulary::{
    Departure, FencingToken, Message, NameId, Note, Outside, Refusal, RequestId, Seal, Sequence, Timer, Version,
};

use super::*;
use crate::testing::*;

/// The lock service, and two stores.
const L: ParticipantId = B;
const S: ParticipantId = C;
const T: ParticipantId = ParticipantId(3);

const ACQUIRE: Instruction = Instruction::Acquire { lock: L };

fn write_to(store: ParticipantId) -> Instruction {
    Instruction::Write { store, value: WriteValue::Own, wait: false, token: None }
}

fn config(program: &[Instruction]) -> ClientConfig {
    ClientConfig {
        begins_after: Duration::ZERO,
        program: program.to_vec(),
        renew_every: None,
        trusts: ClientConfig::WHOLE,
        counting_stores: Vec::new(),
        objects: BTreeMap::new(),
        at: BTreeMap::new(),
        from: BTreeMap::new(),
        patience: BTreeMap::new(),
    }
}

/// Steps that ask again each time after so long.
fn retrying(steps: usize, retry: u64) -> BTreeMap<usize, Patience> {
    let patience = Patience { retry: Some(Retry::Every(millis(retry))), within: None };
    (0..steps).map(|step| (step, patience)).collect()
}

impl Client {
    /// One step, and all steps of its program that follow at the same moment.
    fn does(&mut self, input: Input, now: Now) -> Outcome {
        let mut outcome = Outcome::of(|effects| self.handle(input, now.mono, effects));
        while outcome.steps > 0 {
            let step = self.config.program.get(self.next).map_or(Step::Finish, Instruction::step);
            let next = Outcome::of(|effects| self.handle(Input::Step(step), now.mono, effects));
            outcome.sent.extend(next.sent);
            outcome.notes.extend(next.notes);
            outcome.timers.extend(next.timers);
            outcome.cancelled.extend(next.cancelled);
            outcome.steps = next.steps;
        }
        outcome
    }
}

/// The grant that answers a request, with a lease of ten seconds.
fn grant(request: u32, token: u64) -> Message {
    let (request, token) = (RequestId(request), FencingToken(token));
    Message::Granted { request, token, waited: Duration::ZERO, lease: Some(millis(10_000)), seal: None }
}

/// A client that has sent its acquire at 0 and been granted the lock with token 33 at 100 ms, and what it did then.
fn holding(config: ClientConfig) -> (Client, Outcome) {
    let mut client = Client::new(A, config);
    client.does(Input::Start, at(0));
    let did = client.does(message(L, grant(1, 33)), at(100));
    (client, did)
}

fn until(outcome: &Outcome) -> Option<LocalTime> {
    outcome.notes.iter().find_map(|note| match note {
        Note::Holds { until, .. } | Note::HoldsLonger { until, .. } => *until,
        _ => None,
    })
}

/// The numbers of the writes that were sent to a store.
fn numbers(outcome: &Outcome, to: ParticipantId) -> Vec<u32> {
    let sequence = |message: &Message| match message {
        Message::Write { sequence, .. } => Some(sequence.0),
        _ => None,
    };
    outcome.sent.iter().filter(|(whom, _)| *whom == to).filter_map(|(_, message)| sequence(message)).collect()
}

fn rejected(request: u32, reason: Refusal) -> Input {
    message(S, Message::Rejected { request: RequestId(request), reason })
}

#[test]
fn a_lease_is_counted_from_the_sending_of_the_request_plus_the_time_in_line() {
    assert_eq!(until(&holding(config(&[ACQUIRE])).1), Some(at(10_000).mono));
    let mut client = Client::new(A, config(&[ACQUIRE]));
    client.does(Input::Start, at(0));
    let Message::Granted { request, token, lease, seal, .. } = grant(1, 33) else { unreachable!() };
    let late = Message::Granted { request, token, waited: millis(9_000), lease, seal };
    assert_eq!(until(&client.does(message(L, late), at(9_100))), Some(at(19_000).mono));
}

#[test]
fn who_trusts_half_a_lease_uses_half_of_it_and_of_the_time_in_line() {
    let mut client = Client::new(A, ClientConfig { trusts: 500_000, ..config(&[ACQUIRE]) });
    client.does(Input::Start, at(0));
    let Message::Granted { request, token, lease, seal, .. } = grant(1, 33) else { unreachable!() };
    let late = Message::Granted { request, token, waited: millis(4_000), lease, seal };
    assert_eq!(until(&client.does(message(L, late), at(4_100))), Some(at(7_000).mono));
    let renewed = Message::Renewed { token, sent: at(5_000).mono, lease };
    assert_eq!(until(&client.does(message(L, renewed), at(5_100))), Some(at(10_000).mono));
}

#[test]
fn a_grant_with_a_lower_token_than_the_one_it_holds_is_from_long_ago() {
    let (mut client, _) = holding(config(&[ACQUIRE, ACQUIRE]));
    assert!(client.does(message(L, grant(2, 32)), at(200)).notes.is_empty());
    assert_eq!(client.beliefs.newest_token(), Some(FencingToken(33)));
    assert!(until(&client.does(message(L, grant(2, 34)), at(300))).is_some());
}

#[test]
fn a_grant_for_an_earlier_request_is_for_nobody() {
    let mut client = Client::new(A, config(&[ACQUIRE]));
    client.does(Input::Start, at(0));
    assert!(client.does(message(L, grant(7, 33)), at(100)).notes.is_empty());
}

#[test]
fn it_asks_the_lock_service_and_goes_on_only_if_its_token_stands() {
    let asks = [ACQUIRE, Instruction::Ask { lock: L }, write_to(S)];
    let (mut client, did) = holding(config(&asks));
    assert!(did.says(L, |it| matches!(it, Message::Ask { token: Some(FencingToken(33)), .. })));
    let answer = |valid| message(L, Message::Standing { request: RequestId(2), valid });
    assert_eq!(numbers(&client.clone().does(answer(true), at(200)), S), [1]);
    let stopped = client.does(answer(false), at(200));
    assert!(matches!(stopped.notes[..], [Note::Left { departure: Departure::Lost, .. }, Note::Stopped]));
}

#[test]
fn without_a_lock_it_asks_without_a_token_and_gives_up_when_told_no() {
    let mut client = Client::new(A, config(&[Instruction::Ask { lock: L }]));
    let asked = client.does(Input::Start, at(0));
    assert_eq!((asked.sent, asked.notes), (vec![(L, Message::Ask { request: RequestId(1), token: None })], vec![]));
    let no = message(L, Message::Standing { request: RequestId(1), valid: false });
    assert_eq!(client.does(no, at(100)).notes, [Note::Stopped]);
}

/// What is said without a lock to a participant that cannot serve it, and what becomes of the program.
#[test]
fn who_is_told_that_it_asked_the_wrong_one_gives_up() {
    for asks in [Instruction::Ask { lock: L }, Instruction::Release { lock: L }, ACQUIRE] {
        let mut client = Client::new(A, config(&[asks]));
        client.does(Input::Start, at(0));
        let no = message(L, Message::Refused { token: None, reason: Refusal::NotMyJob });
        assert_eq!(client.does(no, at(100)).notes, [Note::Stopped]);
    }
}

#[test]
fn what_it_does_outside_is_noted_with_the_grant_it_believes_in() {
    let acts = [Instruction::Effect(Outside::Payment), ACQUIRE, Instruction::Effect(Outside::Mail)];
    let mut client = Client::new(A, config(&acts));
    let before = client.does(Input::Start, at(0));
    assert_eq!(before.notes, [Note::Acted { what: Outside::Payment, grant: None }]);
    let after = client.does(message(L, grant(1, 33)), at(100));
    assert!(after.notes.contains(&Note::Acted { what: Outside::Mail, grant: Some((L, FencingToken(33))) }));
}

#[test]
fn it_waits_for_the_answer_to_a_ping() {
    let mut client = Client::new(A, config(&[Instruction::Ping { to: S }]));
    assert_eq!(client.does(Input::Start, at(0)).sent, [(S, Message::Ping { request: RequestId(1) })]);
    assert!(client.does(message(S, Message::Pong { request: RequestId(9) }), at(100)).notes.is_empty());
    assert_eq!(client.does(message(S, Message::Pong { request: RequestId(1) }), at(100)).notes, [Note::Finished]);
}

#[test]
fn an_invented_token_is_shown_without_a_seal_and_counted_by_itself() {
    let forges = Instruction::Write { store: S, value: WriteValue::Own, wait: false, token: Some(FencingToken(99)) };
    let (_, did) = holding(config(&[ACQUIRE, write_to(S), forges, forges, write_to(S)]));
    assert!(did.notes.contains(&Note::Forged { token: FencingToken(99) }));
    assert_eq!(numbers(&did, S), [1, 1, 2, 2]);
    assert!(did.says(S, |it| matches!(it, Message::Write { token: Some(FencingToken(99)), seal: None, .. })));
}

#[test]
fn the_seal_of_its_lock_goes_with_the_locks_token_and_with_no_other() {
    let forges = Instruction::Write { store: S, value: WriteValue::Own, wait: false, token: Some(FencingToken(99)) };
    let mut client = Client::new(A, config(&[ACQUIRE, write_to(S), forges]));
    client.does(Input::Start, at(0));
    let (request, token, sealed) = (RequestId(1), FencingToken(33), Some(Seal(7)));
    let granted = Message::Granted { request, token, waited: Duration::ZERO, lease: None, seal: sealed };
    let did = client.does(message(L, granted), at(100));
    let seals: Vec<_> = did
        .sent
        .iter()
        .filter_map(|(_, it)| match it {
            Message::Write { seal, .. } => Some(*seal),
            _ => None,
        })
        .collect();
    assert_eq!(seals, [sealed, None]);
}

#[test]
fn a_new_grant_begins_a_new_count_of_writes() {
    let (mut client, first) = holding(config(&[ACQUIRE, write_to(S), ACQUIRE, write_to(S)]));
    let second = client.does(message(L, grant(3, 34)), at(200));
    assert_eq!((numbers(&first, S), numbers(&second, S)), (vec![1], vec![1]));
}

#[test]
fn a_renewal_that_comes_late_shortens_nothing() {
    let (mut client, _) = holding(config(&[ACQUIRE, Instruction::Work(millis(5_000))]));
    let token = FencingToken(33);
    let late = Message::Renewed { token, sent: LocalTime(0), lease: Some(millis(2_000)) };
    client.does(message(L, late), at(1_000));
    assert_eq!(client.beliefs.of(L).and_then(|holding| holding.until), Some(at(10_000).mono));
}

#[test]
fn for_a_run_that_goes_round_only_what_is_left_of_a_lease_counts() {
    let (mut client, _) = holding(config(&[ACQUIRE, Instruction::Work(millis(5_000))]));
    client.rebase(at(1_000));
    assert_eq!(client.beliefs.of(L).and_then(|holding| holding.until), Some(at(9_000).mono));
}

#[test]
fn writes_under_one_grant_share_a_count_but_for_stores_that_count_alone() {
    let program = [ACQUIRE, write_to(S), write_to(T), write_to(S)];
    let (_, shared) = holding(config(&program));
    assert_eq!((numbers(&shared, S), numbers(&shared, T)), (vec![1, 3], vec![2]));
    let (_, alone) = holding(ClientConfig { counting_stores: vec![S, T], ..config(&program) });
    assert_eq!((numbers(&alone, S), numbers(&alone, T)), (vec![1, 2], vec![1]));
}

/// A client that has sent three writes to a store that leaves none out, and has no answers.
fn three_writes() -> Client {
    let program = [ACQUIRE, write_to(S), write_to(S), write_to(S)];
    holding(ClientConfig { counting_stores: vec![S], ..config(&program) }).0
}

#[test]
fn where_a_write_is_missing_it_sends_that_one_again_and_the_one_that_was_turned_away() {
    let mut client = three_writes();
    let resent = client.does(rejected(4, Refusal::Gap { expected: Sequence(1) }), at(200));
    assert_eq!(numbers(&resent, S), [1, 3]);
    client.does(message(S, Message::Ok { request: RequestId(2), version: Version(1) }), at(300));
    let resent = client.does(rejected(4, Refusal::Gap { expected: Sequence(2) }), at(300));
    assert_eq!(numbers(&resent, S), [2, 3]);
    let answered = client.does(rejected(2, Refusal::Gap { expected: Sequence(1) }), at(400));
    assert!(answered.sent.is_empty(), "that one was answered");
}

#[test]
fn a_write_that_was_applied_the_first_time_is_done() {
    let waits = Instruction::Write { store: S, value: WriteValue::Own, wait: true, token: None };
    let (mut client, _) = holding(config(&[ACQUIRE, waits]));
    let repeated = rejected(2, Refusal::Repeated { last: Sequence(1) });
    assert_eq!(client.does(repeated, at(200)).notes[0], Note::Finished);
}

#[test]
fn a_write_that_came_too_late_has_failed() {
    let (mut client, _) = holding(config(&[ACQUIRE, write_to(S), write_to(S), Instruction::Work(millis(5_000))]));
    let late = || rejected(2, Refusal::Repeated { last: Sequence(2) });
    assert_eq!(client.clone().does(late(), at(200)).notes[0], Note::Stopped);
    client.does(message(S, Message::Ok { request: RequestId(2), version: Version(1) }), at(200));
    assert!(client.does(late(), at(200)).notes.is_empty(), "but this one had been answered");
}

#[test]
fn where_none_is_left_out_a_write_that_comes_too_late_was_applied() {
    let program = [ACQUIRE, write_to(S), write_to(S), write_to(S), Instruction::Work(millis(5_000))];
    let (mut client, _) = holding(ClientConfig { counting_stores: vec![S], ..config(&program) });
    assert!(client.does(rejected(2, Refusal::Repeated { last: Sequence(3) }), at(200)).notes.is_empty());
}

#[test]
fn a_fenced_client_knows_that_it_is() {
    for reason in [Refusal::Stale { highest: FencingToken(34) }, Refusal::NotVouched, Refusal::NotHolder] {
        let (mut client, _) = holding(config(&[ACQUIRE, write_to(S), Instruction::Work(millis(5_000))]));
        let fenced = client.does(rejected(2, reason), at(200));
        assert!(matches!(fenced.notes[..], [Note::Left { departure: Departure::Fenced, .. }, Note::Stopped]));
    }
}

#[test]
fn a_no_for_another_reason_stops_it_and_leaves_its_belief() {
    for reason in [Refusal::TokenChanged { fixed: FencingToken(32) }, Refusal::BadSeal] {
        let (mut client, _) = holding(config(&[ACQUIRE, write_to(S), Instruction::Work(millis(5_000))]));
        assert_eq!(client.does(rejected(2, reason), at(200)).notes, [Note::Stopped]);
        assert_eq!(client.beliefs.newest_token(), Some(FencingToken(33)));
    }
}

#[test]
fn after_a_crash_it_begins_again_and_believes_nothing() {
    let (mut client, _) = holding(config(&[ACQUIRE, write_to(S)]));
    client.recover(Disk::Kept);
    let again = client.does(Input::Start, at(5_000));
    assert_eq!(again.sent, [(L, Message::Acquire { request: RequestId(3) })], "its requests are counted on");
    assert!(client.does(message(L, grant(1, 33)), at(5_100)).notes.is_empty(), "an answer to its former life");
}

#[test]
fn a_client_whose_disk_was_wiped_counts_its_requests_from_one() {
    let (mut client, _) = holding(config(&[ACQUIRE, write_to(S)]));
    client.recover(Disk::Wiped);
    assert_eq!(client.does(Input::Start, at(5_000)).sent, [(L, Message::Acquire { request: RequestId(1) })]);
}

#[test]
fn it_begins_when_its_clock_says_so_also_after_a_crash() {
    let mut client = Client::new(A, ClientConfig { begins_after: millis(5_000), ..config(&[ACQUIRE]) });
    assert_eq!(client.does(Input::Start, at(0)).timer(Timer::Begin).map(|it| it.1), Some(millis(5_000)));
    client.recover(Disk::Kept);
    assert_eq!(client.does(Input::Start, at(2_000)).timer(Timer::Begin).map(|it| it.1), Some(millis(3_000)));
    client.recover(Disk::Kept);
    assert!(!client.does(Input::Start, at(6_000)).sent.is_empty(), "or at once, if that is past");
}
