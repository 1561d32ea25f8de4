//! How a client becomes the holder of a lock of independent nodes.

use super::*;

/// Three nodes of which two keys are enough, and the lock that they are for.
const NODES: [ParticipantId; 3] = [ParticipantId(4), ParticipantId(5), ParticipantId(6)];
const KEYS: ParticipantId = ParticipantId(7);

const SEEK: Instruction = Instruction::Acquire { lock: KEYS };
const GIVE_BACK: Instruction = Instruction::Release { lock: KEYS };
const LONG: Instruction = Instruction::Work(Duration::from_millis(60_000));

fn with_keys(program: &[Instruction]) -> ClientConfig {
    let keys = Access::Keys { nodes: NODES.to_vec(), quorum: 2, lease: millis(10_000) };
    ClientConfig { objects: BTreeMap::from([(KEYS, keys)]), ..config(program) }
}

/// A client that has asked for the keys at 0, under its request 1.
fn seeking(program: &[Instruction]) -> Client {
    let mut client = Client::new(A, with_keys(program));
    let asked = client.does(Input::Start, at(0));
    assert_eq!(asked.sent, to_all(&Message::Take { request: RequestId(1), lease: millis(10_000) }));
    client
}

/// A client that has had two keys since 100 ms.
fn holding_keys(program: &[Instruction]) -> (Client, Outcome) {
    let mut client = seeking(program);
    client.gets_key(0, 1, at(100));
    let did = client.gets_key(1, 1, at(100));
    (client, did)
}

fn to_all(message: &Message) -> Vec<(ParticipantId, Message)> {
    NODES.iter().map(|node| (*node, message.clone())).collect()
}

fn free(request: u32) -> Vec<(ParticipantId, Message)> {
    to_all(&Message::Free { request: RequestId(request) })
}

impl Client {
    fn gets_key(&mut self, node: usize, request: u32, now: Now) -> Outcome {
        self.does(message(NODES[node], Message::Taken { request: RequestId(request) }), now)
    }

    fn gets_none(&mut self, node: usize, request: u32, now: Now) -> Outcome {
        let (request, reason) = (RequestId(request), Refusal::KeyTaken);
        self.does(message(NODES[node], Message::Rejected { request, reason }), now)
    }

    fn alarm(&mut self, now: Now) -> Outcome {
        self.does(Input::Timer(Timer::Retry), now)
    }
}

#[test]
fn enough_keys_make_a_holder_and_the_lease_counts_from_the_asking() {
    let mut client = seeking(&[SEEK, LONG]);
    assert!(client.gets_key(0, 1, at(100)).notes.is_empty());
    assert!(client.gets_key(0, 1, at(100)).notes.is_empty(), "the same key twice is one key");
    let holds = client.gets_key(2, 1, at(100));
    let token = FencingToken::unordered(A, RequestId(1));
    assert_eq!(holds.notes, [Note::Holds { lock: KEYS, request: RequestId(1), token, until: Some(at(10_000).mono) }]);
    assert!(client.gets_key(1, 1, at(200)).notes.is_empty(), "more than enough is nothing new");
}

#[test]
fn keys_that_come_when_the_lease_is_over_are_given_back() {
    for (late, holds) in [(9_999, true), (10_000, false)] {
        let mut client = seeking(&[SEEK, LONG]);
        client.gets_key(0, 1, at(100));
        let did = client.gets_key(1, 1, at(late));
        assert_eq!(until(&did).is_some(), holds);
        assert_eq!(did.sent == free(1), !holds);
    }
}

#[test]
fn who_trusts_half_a_lease_has_half_of_it_to_get_the_keys_in() {
    let mut client = Client::new(A, ClientConfig { trusts: 500_000, ..with_keys(&[SEEK, LONG]) });
    client.does(Input::Start, at(0));
    client.gets_key(0, 1, at(100));
    assert_eq!(until(&client.clone().gets_key(1, 1, at(4_999))), Some(at(5_000).mono));
    assert_eq!(client.gets_key(1, 1, at(5_000)).sent, free(1));
}

#[test]
fn when_enough_keys_can_no_longer_come_it_gives_back_what_it_has_and_tries_anew() {
    let mut client = seeking(&[SEEK, LONG]);
    client.gets_key(0, 1, at(100));
    assert!(client.gets_none(1, 1, at(100)).sent.is_empty(), "two can still come");
    assert!(client.gets_none(1, 1, at(100)).sent.is_empty(), "the same no twice is one no");
    let failed = client.gets_none(2, 1, at(100));
    assert_eq!(failed.sent, free(1));
    assert_eq!(failed.timer(Timer::Retry).map(|it| it.1), Some(millis(500)));
    let again = client.alarm(at(600));
    assert_eq!(again.sent, to_all(&Message::Take { request: RequestId(2), lease: millis(10_000) }));
    client.gets_key(0, 2, at(700));
    assert_eq!(until(&client.gets_key(1, 2, at(700))), Some(at(10_600).mono));
}

#[test]
fn answers_to_an_attempt_that_is_over_count_for_nothing() {
    let mut client = seeking(&[SEEK, LONG]);
    client.gets_none(0, 1, at(100));
    client.gets_none(1, 1, at(100));
    assert!(client.gets_none(2, 1, at(100)).notes.is_empty(), "between two attempts");
    client.alarm(at(600));
    client.gets_key(0, 2, at(700));
    assert!(client.gets_key(1, 1, at(700)).notes.is_empty());
    client.gets_none(1, 1, at(700));
    assert!(client.gets_none(2, 1, at(700)).sent.is_empty());
    assert!(until(&client.gets_key(1, 2, at(700))).is_some());
    assert!(client.gets_none(2, 2, at(800)).notes.is_empty(), "nor once it holds the lock");
}

#[test]
fn it_waits_for_the_deciding_answer_as_long_as_its_program_says() {
    let mut patient = Client::new(A, with_keys(&[SEEK]));
    assert_eq!(patient.does(Input::Start, at(0)).timer(Timer::Retry), None);
    let mut client = Client::new(A, ClientConfig { patience: retrying(1, 1_000), ..with_keys(&[SEEK]) });
    assert_eq!(client.does(Input::Start, at(0)).timer(Timer::Retry).map(|it| it.1), Some(millis(1_000)));
    let given_up = client.alarm(at(1_000));
    assert_eq!((&given_up.sent, given_up.timer(Timer::Retry).map(|it| it.1)), (&free(1), Some(millis(1_000))));
    assert!(client.alarm(at(2_000)).says(NODES[0], |it| matches!(it, Message::Take { request: RequestId(2), .. })));
}

#[test]
fn it_gives_the_keys_back_under_their_request_and_waits_for_no_answer() {
    let (_, did) = holding_keys(&[SEEK, GIVE_BACK]);
    assert_eq!(did.sent, free(1));
    assert!(matches!(
        did.notes[..],
        [Note::Holds { .. }, Note::Left { departure: Departure::Released, .. }, Note::Finished]
    ));
}

#[test]
fn what_it_does_not_hold_it_gives_back_under_a_number_that_took_nothing() {
    let mut client = Client::new(A, with_keys(&[GIVE_BACK]));
    let did = client.does(Input::Start, at(0));
    assert_eq!((did.sent, did.notes), (free(1), vec![Note::Finished]));
}

#[test]
fn its_writes_carry_the_number_of_its_attempt() {
    let (_, did) = holding_keys(&[SEEK, write_to(S)]);
    let token = Some(FencingToken::unordered(A, RequestId(1)));
    assert!(did.says(S, |it| it.token() == token));
}

#[test]
fn such_a_lease_is_not_renewed_and_nobody_is_asked_about_it() {
    let mut client = Client::new(A, ClientConfig { renew_every: Some(millis(3_000)), ..with_keys(&[SEEK, LONG]) });
    client.does(Input::Start, at(0));
    client.gets_key(0, 1, at(100));
    assert_eq!(client.gets_key(1, 1, at(100)).timer(Timer::Renew), None);
    let renewed = client.does(Input::Timer(Timer::Renew), at(3_000));
    assert!(renewed.sent.is_empty() && renewed.timer(Timer::Renew).is_some(), "another lock may come to need it");
    let (_, asked) = holding_keys(&[SEEK, Instruction::Ask { lock: KEYS }]);
    assert!(asked.sent.is_empty() && asked.notes.contains(&Note::Stopped));
}

#[test]
fn for_a_run_that_goes_round_only_the_time_left_to_an_attempt_counts() {
    let mut first = seeking(&[SEEK, LONG]);
    let mut second = Client::new(A, with_keys(&[SEEK, LONG]));
    second.does(Input::Start, at(4_000));
    first.rebase(at(1_000));
    second.rebase(at(5_000));
    assert_eq!(first, second);
}

#[test]
fn who_gives_up_waiting_for_enough_keys_gives_back_what_it_has() {
    let patience = BTreeMap::from([(0, Patience { retry: None, within: Some(millis(1_000)) })]);
    let mut client = Client::new(A, ClientConfig { patience, ..with_keys(&[SEEK, LONG]) });
    let asked = client.does(Input::Start, at(0));
    assert_eq!(asked.timer(Timer::Within).map(|it| it.1), Some(millis(1_000)));
    client.gets_key(0, 1, at(100));
    let gave_up = client.does(Input::Timer(Timer::Within), at(1_000));
    assert_eq!(gave_up.notes, [Note::Unanswered { of: KEYS }, Note::Stopped]);
    assert_eq!(gave_up.sent, free(1), "all nodes: a key may be under way");
}
