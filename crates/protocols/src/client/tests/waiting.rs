//! How a client asks again and gives up, and when it turns to another node of a group.

use super::routing::{LOCK, N1, N2, N3, READ_LED, STORE, begun, patient, whom};
use super::*;

const ACQUIRE_LED: Instruction = Instruction::Acquire { lock: LOCK };

fn waits(instruction: Instruction) -> Instruction {
    match instruction {
        Instruction::Write { store, value, token, .. } => Instruction::Write { store, value, wait: true, token },
        other => other,
    }
}

fn silence(client: &mut Client, now: u64) -> Outcome {
    client.does(Input::Timer(Timer::Resend), at(now))
}

#[test]
fn what_a_group_does_not_answer_goes_to_the_next_node_under_its_number() {
    for step in
        [READ_LED, waits(write_to(STORE)), Instruction::Announce { store: STORE }, Instruction::Ask { lock: LOCK }]
    {
        let (mut client, did) = begun(&[step], &[]);
        assert_eq!(did.timer(Timer::Resend).map(|it| it.1), Some(millis(1_000)), "{step:?}");
        let next = silence(&mut client, 1_000);
        assert_eq!(next.sent, [(N2, did.sent[0].1.clone())], "{step:?}");
        assert_eq!(whom(&silence(&mut client, 2_000)), [N3]);
        assert_eq!(whom(&silence(&mut client, 3_000)), [N1], "and round again");
    }
}

#[test]
fn a_release_goes_to_the_next_node_too() {
    let (mut client, did) = begun(&[Instruction::Release { lock: LOCK }], &[]);
    assert_eq!(silence(&mut client, 1_000).sent, [(N2, did.sent[0].1.clone())]);
    let done = Message::Released { token: None, request: Some(RequestId(1)) };
    assert_eq!(client.does(message(N2, done), at(1_100)).notes, [Note::Finished]);
    assert!(whom(&silence(&mut client, 2_000)).is_empty(), "that was answered");
}

#[test]
fn a_second_is_a_second() {
    let (mut client, _) = begun(&[READ_LED], &[]);
    assert!(
        whom(&client.clone().does(Input::Timer(Timer::Resend), Now { mono: LocalTime(999_999), ..at(0) })).is_empty()
    );
    assert_eq!(whom(&silence(&mut client, 1_000)), [N2]);
}

#[test]
fn a_step_that_names_its_node_waits_and_so_does_who_asks_for_a_lock() {
    for (step, named) in
        [(READ_LED, Some(N1)), (ACQUIRE_LED, None), (Instruction::Claim { registry: N2, name: NameId(0) }, None)]
    {
        let at_nodes: Vec<_> = named.map(|node| (0, node)).into_iter().collect();
        let (mut client, did) = begun(&[step], &at_nodes);
        assert_eq!((did.timer(Timer::Resend), whom(&silence(&mut client, 1_000))), (None, vec![]), "{step:?}");
    }
    let (mut client, did) = patient(&[READ_LED], &[]);
    assert_eq!((did.timer(Timer::Resend), whom(&silence(&mut client, 1_000))), (None, vec![]), "it asks by itself");
}

#[test]
fn two_questions_to_one_silent_node_turn_away_from_it_once() {
    let (mut client, _) = begun(&[write_to(STORE), write_to(STORE), Instruction::Work(millis(9_000))], &[]);
    assert_eq!(whom(&silence(&mut client, 1_000)), [N2, N2]);
    let ok = |request| message(N2, Message::Ok { request: RequestId(request), version: Version(1) });
    client.does(ok(1), at(1_100));
    assert_eq!(whom(&silence(&mut client, 2_000)), [N3], "one of them was answered");
    client.does(message(N3, Message::Ok { request: RequestId(2), version: Version(2) }), at(2_100));
    assert!(whom(&silence(&mut client, 3_000)).is_empty());
}

#[test]
fn a_question_that_came_back_is_not_said_twice() {
    let (mut client, _) = begun(&[READ_LED], &[]);
    let nobody = Message::Redirected { request: Some(RequestId(1)), leader: None };
    client.does(message(N1, nobody), at(950));
    assert!(whom(&silence(&mut client, 1_000)).is_empty(), "it is about to be said again");
    assert_eq!(whom(&client.does(Input::Timer(Timer::Retry), at(1_050))), [N2]);
    assert_eq!(whom(&silence(&mut client, 2_050)), [N3], "and a second later, if nobody answers");
}

fn renewing() -> Client {
    let nodes = Access::Led { nodes: vec![N1, N2, N3] };
    let objects = BTreeMap::from([(LOCK, nodes)]);
    let program = [ACQUIRE_LED, Instruction::Work(millis(60_000))];
    let mut client = Client::new(A, ClientConfig { objects, renew_every: Some(millis(1_000)), ..config(&program) });
    client.does(Input::Start, at(0));
    client.does(message(N1, grant(1, 33)), at(100));
    client
}

#[test]
fn a_renewal_that_nobody_answered_is_followed_by_one_to_the_next_node() {
    let mut client = renewing();
    let renews = |client: &mut Client, now| whom(&client.does(Input::Timer(Timer::Renew), at(now)));
    assert_eq!(renews(&mut client, 1_100), [N1]);
    let renewed = Message::Renewed { token: FencingToken(33), sent: at(1_100).mono, lease: Some(millis(10_000)) };
    client.does(message(N1, renewed), at(1_200));
    assert_eq!(
        (renews(&mut client, 2_100), renews(&mut client, 3_100)),
        (vec![N1], vec![N2]),
        "the first was answered"
    );
    let unnumbered = Message::Redirected { request: None, leader: None };
    client.does(message(N2, unnumbered), at(3_200));
    assert_eq!(renews(&mut client, 4_100), [N3], "who knows no leader is passed over once and not twice");
}

/// A client with one step that waits in this way.
fn with_patience(step: Instruction, retry: Option<Retry>, within: Option<u64>) -> (Client, Outcome) {
    let patience = BTreeMap::from([(0, Patience { retry, within: within.map(millis) })]);
    let mut client = Client::new(A, ClientConfig { patience, ..config(&[step]) });
    let did = client.does(Input::Start, at(0));
    (client, did)
}

#[test]
fn every_step_that_waits_asks_again_under_its_number() {
    let steps = [
        ACQUIRE,
        Instruction::Read { store: S },
        waits(write_to(S)),
        Instruction::Announce { store: S },
        Instruction::Ask { lock: L },
        Instruction::Release { lock: L },
        Instruction::Ping { to: S },
        Instruction::Claim { registry: S, name: NameId(0) },
    ];
    for step in steps {
        let doubling = Retry::Doubling { first: millis(100), most: millis(200) };
        let (mut client, did) = with_patience(step, Some(doubling), None);
        let mut waited = vec![did.timer(Timer::Retry).map(|it| it.1)];
        for now in [100, 300, 500] {
            let again = client.does(Input::Timer(Timer::Retry), at(now));
            assert_eq!(again.sent, did.sent, "{step:?}");
            waited.push(again.timer(Timer::Retry).map(|it| it.1));
        }
        assert_eq!(waited, [100, 200, 200, 200].map(|length| Some(millis(length))), "{step:?}");
    }
}

#[test]
fn a_program_gives_up_when_it_has_waited_long_enough() {
    let (mut client, did) = with_patience(Instruction::Read { store: S }, Some(Retry::Every(millis(300))), Some(1_000));
    assert_eq!(did.timer(Timer::Within).map(|it| it.1), Some(millis(1_000)));
    let again = client.does(Input::Timer(Timer::Retry), at(300));
    assert_eq!(again.timer(Timer::Within), None, "asking again does not lengthen its patience");
    let gave_up = client.does(Input::Timer(Timer::Within), at(1_000));
    assert_eq!(gave_up.notes, [Note::Unanswered { of: S }, Note::Stopped]);
    assert!(whom(&client.does(Input::Timer(Timer::Retry), at(1_200))).is_empty());
}

#[test]
fn an_answer_ends_the_waiting() {
    let (mut client, _) = with_patience(Instruction::Ping { to: S }, None, Some(1_000));
    assert_eq!(client.does(message(S, Message::Pong { request: RequestId(1) }), at(100)).notes, [Note::Finished]);
    assert!(client.does(Input::Timer(Timer::Within), at(1_000)).notes.is_empty());
}

#[test]
fn the_patience_of_one_step_does_not_end_the_next() {
    let patience = BTreeMap::from([(0, Patience { retry: None, within: Some(millis(1_000)) })]);
    let program = [Instruction::Ping { to: S }, Instruction::Read { store: T }];
    let mut client = Client::new(A, ClientConfig { patience, ..config(&program) });
    client.does(Input::Start, at(0));
    let reads = client.does(message(S, Message::Pong { request: RequestId(1) }), at(100));
    assert_eq!(whom(&reads), [T]);
    assert!(reads.cancelled.contains(&Timer::Within), "it waits for the value as long as that takes");
    assert_eq!(reads.timer(Timer::Within), None);
}
