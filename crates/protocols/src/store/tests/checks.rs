//! The ways to check, one by one.

use super::*;

#[test]
fn without_a_check_everything_lands() {
    let mut store = store(CheckMode::None);
    assert!(accepts(&mut store, B, 34));
    assert!(accepts(&mut store, A, 33));
    let Message::Write { request, sequence, value, base, seal, .. } = write(33, 1) else { unreachable!() };
    let bare = Message::Write { request, token: None, sequence, value, base, seal };
    assert_eq!(store.does(message(A, bare)).verdict(), Ok(()), "without a token too");
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
    assert!(!accepts_at(&mut store, B, 33, None, holder), "the holder, with a token of before");
    assert!(!accepts_at(&mut store, B, 34, None, None), "nobody holds the lock");
    assert!(accepts_at(&mut store, B, 34, None, holder));
}

#[test]
fn an_announcement_fences_before_the_first_write() {
    let mut store = store(CheckMode::Announce);
    store.serve(B, announcement(), None, &mut crate::Effects::default());
    assert!(!accepts(&mut store, A, 33));
}

#[test]
fn a_store_that_takes_no_announcements_is_not_fenced_by_one() {
    let mut store = store(CheckMode::Ge);
    store.serve(B, announcement(), None, &mut crate::Effects::default());
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
            &mut crate::Effects::default(),
        );
        assert_eq!(accepts(&mut store, A, 33), accepted, "{check:?}");
    }
}

#[test]
fn ge_seq_takes_one_holders_writes_only_forwards() {
    let mut store = store(CheckMode::GeSeq);
    assert_eq!(store.judges(A, 33, 2), Ok(()), "a number may be left out");
    assert_eq!(store.judges(A, 33, 1), Err(Refusal::Repeated { last: Sequence(2) }), "and cannot come later");
    assert_eq!(store.judges(A, 33, 2), Err(Refusal::Repeated { last: Sequence(2) }), "nor come twice");
    assert_eq!(store.judges(A, 33, 3), Ok(()));
}

#[test]
fn ge_seq_is_a_fence_and_a_new_token_begins_a_new_count() {
    let mut store = store(CheckMode::GeSeq);
    assert_eq!(store.judges(A, 33, 5), Ok(()));
    assert_eq!(store.judges(B, 34, 1), Ok(()));
    assert_eq!(store.judges(A, 33, 6), Err(Refusal::Stale { highest: FencingToken(34) }));
}

#[test]
fn ge_next_takes_one_holders_writes_without_a_gap() {
    let mut store = store(CheckMode::GeNext);
    assert_eq!(store.judges(A, 33, 2), Err(Refusal::Gap { expected: Sequence(1) }));
    assert_eq!(store.judges(A, 33, 1), Ok(()));
    assert_eq!(store.judges(A, 33, 3), Err(Refusal::Gap { expected: Sequence(2) }));
    assert_eq!(store.judges(A, 33, 2), Ok(()));
    assert_eq!(store.judges(A, 33, 2), Err(Refusal::Repeated { last: Sequence(2) }));
}

#[test]
fn ge_next_is_a_fence_and_a_new_token_begins_at_one() {
    let mut store = store(CheckMode::GeNext);
    assert_eq!(store.judges(A, 33, 1), Ok(()));
    assert_eq!(store.judges(B, 34, 2), Err(Refusal::Gap { expected: Sequence(1) }));
    assert_eq!(store.judges(A, 33, 2), Ok(()), "what was turned away has fenced nobody off");
    assert_eq!(store.judges(B, 34, 1), Ok(()));
    assert_eq!(store.judges(A, 33, 3), Err(Refusal::Stale { highest: FencingToken(34) }));
}

#[test]
fn eq_knows_the_first_token_and_no_other() {
    let mut store = store(CheckMode::Eq);
    assert_eq!(store.judges(A, 33, 1), Ok(()));
    assert_eq!(store.judges(A, 33, 2), Ok(()));
    let fixed = FencingToken(33);
    assert_eq!(store.judges(B, 34, 1), Err(Refusal::TokenChanged { fixed }), "the lawful next holder");
    assert_eq!(store.judges(A, 32, 1), Err(Refusal::TokenChanged { fixed }));
}

#[test]
fn mac_takes_only_the_seal_of_the_lock_service_for_this_client_and_token() {
    let mut store = store(CheckMode::Mac);
    let mut judged = |client, token, seal| {
        let Message::Write { request, token, sequence, value, base, .. } = write(token, 1) else { unreachable!() };
        store.does(message(client, Message::Write { request, token, sequence, value, base, seal })).verdict()
    };
    let token = FencingToken;
    assert_eq!(judged(A, 1_000, None), Err(Refusal::BadSeal), "made up");
    assert_eq!(judged(A, 1_000, Some(seal(token(33), A))), Err(Refusal::BadSeal), "of another token");
    assert_eq!(judged(A, 33, Some(seal(token(33), B))), Err(Refusal::BadSeal), "of another client");
    assert_eq!(judged(B, 34, Some(seal(token(34), B))), Ok(()));
    let stale = Err(Refusal::Stale { highest: token(34) });
    assert_eq!(judged(A, 33, Some(seal(token(33), A))), stale, "and it is a fence");
}

#[test]
fn a_check_of_tokens_wants_a_token() {
    use CheckMode::{Announce, AskFirst, Eq, FencedRead, Ge, GeNext, GeSeq, Gt, Mac};
    for check in [Ge, GeSeq, GeNext, Gt, Eq, Announce, FencedRead, AskFirst, Mac] {
        let Message::Write { request, sequence, value, base, seal, .. } = write(33, 1) else { unreachable!() };
        let bare = Message::Write { request, token: None, sequence, value, base, seal };
        let said = store(check).does(message(A, bare));
        assert_eq!(said.verdict(), Err(Refusal::NoToken), "{check:?}");
    }
}

#[test]
fn what_is_not_a_stores_job_is_declined() {
    let mut store = store(CheckMode::None);
    let said = store.does(message(A, Message::Acquire { request: RequestId(1) }));
    assert!(said.says(A, |it| matches!(it, Message::Refused { reason: Refusal::NotMyJob, .. })));
    let said = store.does(message(A, Message::Ask { request: RequestId(1), token: Some(FencingToken(33)) }));
    assert!(said.says(A, |it| matches!(it, Message::Refused { token: Some(_), reason: Refusal::NotMyJob })));
}

#[test]
fn a_rejected_write_changes_nothing() {
    let mut store = store(CheckMode::Ge);
    accepts(&mut store, B, 34);
    let before = store.clone();
    accepts(&mut store, A, 33);
    assert_eq!(store, before);
}
