//! How a client finds who answers for something that several nodes keep.

use fencepost_vocabulary::{NameId, Operation, Value};

use super::*;

/// Three nodes, and the lock and the store that they keep.
pub(super) const N1: ParticipantId = ParticipantId(4);
pub(super) const N2: ParticipantId = ParticipantId(5);
pub(super) const N3: ParticipantId = ParticipantId(6);
pub(super) const LOCK: ParticipantId = ParticipantId(7);
pub(super) const STORE: ParticipantId = ParticipantId(8);

const ACQUIRE_LED: Instruction = Instruction::Acquire { lock: LOCK };
pub(super) const READ_LED: Instruction = Instruction::Read { store: STORE };

fn led(program: &[Instruction], at: &[(usize, ParticipantId)]) -> Client {
    let nodes = || Access::Led { nodes: vec![N1, N2, N3] };
    let objects = BTreeMap::from([(LOCK, nodes()), (STORE, nodes()), (N2, Access::Led { nodes: vec![N2, N1, N3] })]);
    let at = at.iter().copied().collect();
    Client::new(A, ClientConfig { objects, at, ..config(program) })
}

pub(super) fn begun(program: &[Instruction], at_nodes: &[(usize, ParticipantId)]) -> (Client, Outcome) {
    let mut client = led(program, at_nodes);
    let did = client.does(Input::Start, at(0));
    (client, did)
}

/// The same, with steps that ask again after a second.
pub(super) fn patient(program: &[Instruction], at_nodes: &[(usize, ParticipantId)]) -> (Client, Outcome) {
    let config = (*led(program, at_nodes).config).clone();
    let mut client = Client::new(A, ClientConfig { patience: retrying(program.len(), 1_000), ..config });
    let did = client.does(Input::Start, at(0));
    (client, did)
}

fn redirected(from: ParticipantId, request: u32, leader: Option<ParticipantId>) -> Input {
    message(from, Message::Redirected { request: Some(RequestId(request)), leader })
}

pub(super) fn whom(outcome: &Outcome) -> Vec<ParticipantId> {
    outcome.sent.iter().map(|(to, _)| *to).collect()
}

#[test]
fn the_first_node_is_asked_unless_the_step_names_another() {
    assert_eq!(whom(&begun(&[ACQUIRE_LED], &[]).1), [N1]);
    assert_eq!(whom(&begun(&[ACQUIRE_LED], &[(0, N3)]).1), [N3]);
}

#[test]
fn what_a_node_grants_is_the_objects_grant() {
    let (mut client, _) = begun(&[ACQUIRE_LED], &[]);
    let holds = client.does(message(N1, grant(1, 33)), at(100));
    assert!(matches!(holds.notes[0], Note::Holds { lock: LOCK, token: FencingToken(33), .. }));
    assert_eq!(client.beliefs.of(LOCK).map(|held| held.token), Some(FencingToken(33)));
}

#[test]
fn a_stranger_cannot_answer_for_an_object() {
    let (mut client, _) = begun(&[ACQUIRE_LED], &[]);
    assert!(client.does(message(S, grant(1, 33)), at(100)).notes.is_empty());
}

#[test]
fn it_asks_the_leader_that_it_is_told_of_and_remembers_it() {
    let (mut client, _) = begun(&[ACQUIRE_LED, READ_LED], &[]);
    let again = client.does(redirected(N1, 1, Some(N3)), at(100));
    assert_eq!(again.sent, [(N3, Message::Acquire { request: RequestId(1) })]);
    assert_eq!(whom(&client.does(message(N3, grant(1, 33)), at(200))), [N3], "the whole group has one leader");
}

/// A grant by a node that says how long the request has waited there.
fn after(waited: u64) -> Message {
    let Message::Granted { request, token, lease, seal, .. } = grant(1, 33) else { unreachable!() };
    Message::Granted { request, token, waited: millis(waited), lease, seal }
}

#[test]
fn a_wait_counts_from_the_first_asking_of_whoever_tells_of_it() {
    let begun = || {
        let (mut client, _) = begun(&[ACQUIRE_LED], &[]);
        client.does(redirected(N1, 1, Some(N3)), at(5_000));
        client
    };
    assert_eq!(until(&begun().does(message(N3, after(200)), at(5_300))), Some(at(15_200).mono));
    assert_eq!(until(&begun().does(message(N1, after(200)), at(5_300))), Some(at(10_200).mono));
    // It tells of no wait, so it may have granted the lock before it was asked.
    assert_eq!(until(&begun().does(message(N3, after(0)), at(5_300))), Some(at(10_000).mono));
    assert_eq!(until(&begun().does(message(N2, after(0)), at(5_300))), Some(at(10_000).mono), "it was never asked");
}

#[test]
fn where_nobody_knows_the_leader_it_waits_a_little_and_asks_the_next() {
    let (mut client, _) = begun(&[ACQUIRE_LED], &[(0, N3)]);
    let told = client.does(redirected(N3, 1, None), at(100));
    assert_eq!((whom(&told), told.timer(Timer::Retry).map(|it| it.1)), (vec![], Some(millis(100))));
    assert_eq!(whom(&client.does(Input::Timer(Timer::Retry), at(200))), [N1]);
    assert!(whom(&client.does(Input::Timer(Timer::Retry), at(300))).is_empty(), "once");
}

#[test]
fn who_says_that_it_leads_itself_and_redirects_is_asked_no_more() {
    let (mut client, _) = begun(&[ACQUIRE_LED], &[]);
    assert!(whom(&client.does(redirected(N1, 1, Some(N1)), at(100))).is_empty());
    assert_eq!(whom(&client.does(Input::Timer(Timer::Retry), at(200))), [N2]);
}

#[test]
fn an_old_redirection_does_not_turn_it_back() {
    let (mut client, _) = begun(&[ACQUIRE_LED], &[]);
    client.does(redirected(N1, 1, Some(N3)), at(100));
    assert_eq!(whom(&client.does(redirected(N1, 1, Some(N2)), at(110))), [N3]);
    client.does(message(N3, grant(1, 33)), at(200));
    assert!(whom(&client.does(redirected(N1, 1, Some(N2)), at(210))).is_empty(), "that was answered");
}

#[test]
fn who_does_not_answer_is_passed_over_unless_the_program_names_it() {
    let (mut client, _) = patient(&[ACQUIRE_LED], &[]);
    assert_eq!(whom(&client.does(Input::Timer(Timer::Retry), at(1_000))), [N2]);
    let (mut client, _) = patient(&[ACQUIRE_LED], &[(0, N1)]);
    assert_eq!(whom(&client.does(Input::Timer(Timer::Retry), at(1_000))), [N1]);
    client.does(redirected(N1, 1, Some(N3)), at(1_100));
    assert_eq!(whom(&client.does(Input::Timer(Timer::Retry), at(2_000))), [N1], "N3 is not the one that is named");
}

#[test]
fn who_asks_again_by_itself_asks_the_next_node_only_then() {
    let (mut client, _) = patient(&[ACQUIRE_LED], &[]);
    let told = client.does(redirected(N1, 1, None), at(100));
    assert_eq!((whom(&told), told.timers), (vec![], vec![]));
}

#[test]
fn a_renewal_and_a_release_find_the_leader_too() {
    let (mut client, _) = begun(&[ACQUIRE_LED, Instruction::Release { lock: LOCK }], &[]);
    let gives = client.does(message(N1, grant(1, 33)), at(100));
    assert!(gives.says(N1, |it| matches!(it, Message::Release { .. })));
    let unnumbered = |from, leader| message(from, Message::Redirected { request: None, leader });
    let again = client.does(redirected(N1, 2, Some(N2)), at(200));
    let (token, request) = (Some(FencingToken(33)), Some(RequestId(2)));
    assert_eq!(again.sent, [(N2, Message::Release { token, request })], "a group tells it by its number");
    let done = client.does(message(N2, Message::Released { token, request }), at(300));
    assert_eq!(done.notes, [Note::Finished]);

    let mut client = Client::new(
        A,
        ClientConfig {
            objects: BTreeMap::from([(LOCK, Access::Led { nodes: vec![N1, N2] })]),
            renew_every: Some(millis(3_000)),
            ..config(&[ACQUIRE_LED, Instruction::Work(millis(9_000))])
        },
    );
    client.does(Input::Start, at(0));
    client.does(message(N1, grant(1, 33)), at(100));
    assert_eq!(whom(&client.does(Input::Timer(Timer::Renew), at(3_100))), [N1]);
    let again = client.does(unnumbered(N1, Some(N2)), at(3_200));
    assert!(again.says(N2, |it| matches!(it, Message::Renew { sent, .. } if *sent == at(3_200).mono)));
    let renewed = Message::Renewed { token: FencingToken(33), sent: at(3_200).mono, lease: Some(millis(10_000)) };
    assert!(
        client
            .does(message(N2, renewed), at(3_300))
            .notes
            .iter()
            .any(|note| { matches!(note, Note::HoldsLonger { lock: LOCK, .. }) })
    );
    assert!(whom(&client.does(unnumbered(N2, None), at(3_400))).is_empty(), "the next renewal comes by itself");
}

#[test]
fn an_operation_on_a_replicated_store_has_a_beginning_and_an_end() {
    let (mut client, did) = begun(&[write_to(STORE), READ_LED, write_to(S)], &[]);
    let value = Value::By { writer: A, ordinal: 1 };
    let began = |request, operation| Note::Began { object: STORE, request: RequestId(request), operation };
    assert_eq!(did.notes, [began(1, Operation::Write(value)), began(2, Operation::Read)]);
    let ok = message(N1, Message::Ok { request: RequestId(1), version: Version(1) });
    let ended = |request, value| Note::Ended { object: STORE, request: RequestId(request), value };
    assert_eq!(client.does(ok, at(100)).notes, [ended(1, None)]);
    let told = message(N1, Message::Value { request: RequestId(2), value, version: Version(1) });
    assert_eq!(client.does(told, at(100)).notes, [ended(2, Some(value)), Note::Finished], "and none on a plain store");
}

#[test]
fn all_writes_that_came_back_are_sent_again() {
    let (mut client, _) = begun(&[write_to(STORE), write_to(STORE), Instruction::Work(millis(50))], &[]);
    client.does(redirected(N1, 1, None), at(100));
    client.does(redirected(N1, 2, None), at(100));
    let done = client.does(Input::Timer(Timer::Work), at(150));
    assert!(done.timer(Timer::Retry).is_some(), "though its program is done");
    let again = client.does(Input::Timer(Timer::Retry), at(250));
    assert_eq!((whom(&again), numbers(&again, N2)), (vec![N2, N2], vec![1, 2]));
}

#[test]
fn who_gives_up_says_nothing_again() {
    let (mut client, _) = begun(&[write_to(STORE), Instruction::Check { margin: millis(0) }], &[]);
    assert!(whom(&client.does(redirected(N1, 1, None), at(100))).is_empty());
    assert!(whom(&client.does(Input::Timer(Timer::Retry), at(200))).is_empty());

    let looks_later = [write_to(STORE), Instruction::Work(millis(50)), Instruction::Check { margin: millis(0) }];
    let (mut client, _) = begun(&looks_later, &[]);
    client.does(redirected(N1, 1, None), at(10));
    assert!(client.does(Input::Timer(Timer::Work), at(50)).notes.contains(&Note::Stopped));
    assert!(whom(&client.does(Input::Timer(Timer::Retry), at(110))).is_empty(), "nor what came back before");
}

#[test]
fn a_name_is_claimed_of_a_participant_or_of_whoever_leads() {
    let claims = |registry| Instruction::Claim { registry, name: NameId(0) };
    let claimed = |from| message(from, Message::Claimed { request: RequestId(1), name: NameId(0) });
    let owns = |registry| Note::Owns { name: NameId(0), registry };
    let (mut client, did) = begun(&[claims(S)], &[]);
    assert_eq!(did.sent, [(S, Message::Claim { request: RequestId(1), name: NameId(0) })]);
    assert_eq!(client.does(claimed(S), at(100)).notes, [owns(S), Note::Finished]);

    let (mut client, did) = begun(&[claims(N2)], &[]);
    assert_eq!(whom(&did), [N2]);
    assert_eq!(whom(&client.does(redirected(N2, 1, Some(N1)), at(100))), [N1]);
    assert_eq!(client.does(claimed(N1), at(200)).notes, [owns(N2), Note::Finished]);
}

#[test]
fn who_hears_that_the_name_is_taken_gives_up() {
    let (mut client, _) = patient(&[Instruction::Claim { registry: S, name: NameId(0) }], &[]);
    let again = client.does(Input::Timer(Timer::Retry), at(1_000));
    assert_eq!(again.sent, [(S, Message::Claim { request: RequestId(1), name: NameId(0) })]);
    let taken = Message::Rejected { request: RequestId(1), reason: Refusal::NameTaken { owner: B } };
    assert_eq!(client.does(message(S, taken), at(1_100)).notes, [Note::Stopped]);
}

#[test]
fn for_a_run_that_goes_round_only_the_age_of_a_question_counts() {
    let aged = |asked: u64, now: u64| {
        let mut client = led(&[READ_LED], &[]);
        client.does(Input::Start, at(asked));
        client.rebase(at(now));
        client
    };
    assert_eq!(aged(0, 400), aged(5_000, 5_400));
    assert_ne!(aged(0, 400), aged(0, 600), "the next node is asked sooner");
}

#[test]
fn how_long_it_has_waited_where_it_asks_nobody_else_does_not_count() {
    for (step, named) in [(READ_LED, vec![(0, N1)]), (ACQUIRE_LED, vec![])] {
        let (client, _) = begun(&[step], &named);
        let seen = |now| {
            let mut client = client.clone();
            client.rebase(at(now));
            client
        };
        assert_eq!(seen(400), seen(9_000), "{step:?}: it asks nobody else, however long that takes");
    }
}
