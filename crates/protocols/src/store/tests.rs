//! Each way to check, and what a crash leaves of a store.

use fencepost_sim::Effect;

use super::*;

fn store(check: CheckMode) -> Store {
    Store::new(StoreConfig::new(check))
}

const A: ParticipantId = ParticipantId(0);
const B: ParticipantId = ParticipantId(1);

fn announcement() -> Message {
    Message::Announce { request: RequestId(1), token: FencingToken(34) }
}

/// Sends a write and says whether it was accepted.
fn accepts(store: &mut Store, client: ParticipantId, token: u64) -> bool {
    accepts_at(store, client, token, None, None)
}

fn accepts_at(store: &mut Store, client: ParticipantId, token: u64, base: Option<u64>, holder: Option<Holder>) -> bool {
    let mut effects = Effects::default();
    let message = Message::Write {
        request: RequestId(1),
        token: Some(FencingToken(token)),
        sequence: Sequence(1),
        value: Value::Number(token),
        base: base.map(Version),
        seal: None,
    };
    store.serve(client, message, holder, &mut effects);
    effects.drain().any(|effect| matches!(effect, Effect::Send { message: Message::Ok { .. }, .. }))
}

#[test]
fn without_a_check_everything_lands() {
    let mut store = store(CheckMode::None);
    assert!(accepts(&mut store, B, 34));
    assert!(accepts(&mut store, A, 33));
}

#[test]
fn ge_rejects_the_older_and_lets_the_holder_write_twice() {
    let mut store = store(CheckMode::Ge);
    assert_eq!([34, 34, 33, 35].map(|token| accepts(&mut store, A, token)), [true, true, false, true]);
}

#[test]
fn gt_rejects_the_holders_second_write() {
    let mut store = store(CheckMode::Gt);
    assert_eq!([33, 33, 34, 33].map(|token| accepts(&mut store, A, token)), [true, false, true, false]);
}

#[test]
fn cas_knows_versions_and_no_tokens() {
    let mut store = store(CheckMode::Cas);
    assert!(!accepts_at(&mut store, A, 99, None, None), "a write that was computed from nothing");
    assert!(accepts_at(&mut store, A, 34, Some(0), None));
    assert!(!accepts_at(&mut store, A, 35, Some(0), None));
    assert!(accepts_at(&mut store, A, 33, Some(1), None), "an older token, but the current version");
}

#[test]
fn same_store_asks_who_holds_the_lock_now() {
    let mut store = store(CheckMode::SameStore);
    let holder = Some(Holder { client: B, token: FencingToken(34) });
    assert!(!accepts_at(&mut store, A, 33, None, holder));
    assert!(!accepts_at(&mut store, A, 34, None, holder), "the right token from the wrong client");
    assert!(!accepts_at(&mut store, B, 34, None, None), "nobody holds the lock");
    assert!(accepts_at(&mut store, B, 34, None, holder));
}

#[test]
fn an_announcement_fences_before_the_first_write() {
    let mut store = store(CheckMode::Announce);
    store.serve(B, announcement(), None, &mut Effects::default());
    assert!(!accepts(&mut store, A, 33));
}

#[test]
fn a_store_that_takes_no_announcements_is_not_fenced_by_one() {
    let mut store = store(CheckMode::Ge);
    store.serve(B, announcement(), None, &mut Effects::default());
    assert!(accepts(&mut store, A, 33));
}

#[test]
fn a_fenced_read_fences_before_the_reader_computes() {
    for (check, accepted) in [(CheckMode::FencedRead, false), (CheckMode::Ge, true)] {
        let mut store = store(check);
        store.serve(
            B,
            Message::Read { request: RequestId(1), token: Some(FencingToken(34)) },
            None,
            &mut Effects::default(),
        );
        assert_eq!(accepts(&mut store, A, 33), accepted, "{check:?}");
    }
}

#[test]
fn a_rejected_write_changes_nothing() {
    let mut store = store(CheckMode::Ge);
    accepts(&mut store, B, 34);
    let before = store.clone();
    accepts(&mut store, A, 33);
    assert_eq!(store, before);
}
