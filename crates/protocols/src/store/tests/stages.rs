//! Where check and write are not one step.

use super::*;

fn nonatomic(check: CheckMode) -> Store {
    Store::new(StoreConfig { nonatomic: true, ..StoreConfig::new(check) })
}

#[test]
fn a_nonatomic_store_checks_at_arrival_and_applies_later_whatever_came_between() {
    let mut store = nonatomic(CheckMode::Ge);
    let older = store.does(message(A, write(33, 1)));
    assert_eq!(older.notes, [Note::Checking { client: A, token: Some(FencingToken(33)), worker: 1 }]);
    assert_eq!(older.timer(Timer::Apply(1)).map(|it| it.1), Some(millis(1)));
    let newer = store.does(message(B, write(34, 1)));
    assert_eq!(newer.timer(Timer::Apply(2)).map(|it| it.1), Some(millis(1)), "each has a worker of its own");
    assert!(store.does(Input::Timer(Timer::Apply(2))).is_applied());
    assert!(store.does(Input::Timer(Timer::Apply(1))).is_applied(), "33 after 34: the race moved into the store");
    assert_eq!(store.judges(A, 33, 2), Err(Refusal::Stale { highest: FencingToken(34) }), "the next check sees both");
}

#[test]
fn an_atomic_store_checks_and_applies_in_one_step() {
    let mut store = store(CheckMode::Ge);
    let one = store.does(message(A, write(33, 1)));
    assert!(one.is_applied() && one.timers.is_empty());
}

#[test]
fn a_worker_that_is_done_is_free_for_the_next_write() {
    let mut store = nonatomic(CheckMode::None);
    store.does(message(A, write(33, 1)));
    store.does(Input::Timer(Timer::Apply(1)));
    assert!(store.does(message(A, write(33, 2))).timer(Timer::Apply(1)).is_some());
}

#[test]
fn a_crash_between_check_and_write_forgets_the_write() {
    let mut store = nonatomic(CheckMode::Ge);
    store.does(message(A, write(33, 1)));
    store.recover(Disk::Kept);
    store.does(Input::Start);
    assert!(!store.does(Input::Timer(Timer::Apply(1))).is_applied());
}

/// A store that asks C.
fn asking() -> Store {
    Store::new(StoreConfig { asks: Some(C), ..StoreConfig::new(CheckMode::AskFirst) })
}

fn standing(request: u32, valid: bool) -> Input {
    message(C, Message::Standing { request: RequestId(request), valid })
}

#[test]
fn ask_first_applies_what_the_lock_service_vouches_for() {
    let mut store = asking();
    let asked = store.does(message(A, write(33, 1)));
    assert!(asked.says(C, |it| *it == Message::Ask { request: RequestId(1), token: Some(FencingToken(33)) }));
    assert!(!asked.is_applied());
    assert!(store.does(standing(1, true)).is_applied());
    assert!(!store.does(standing(1, true)).is_applied(), "an answer that comes twice counts once");
    store.does(message(A, write(33, 2)));
    assert_eq!(store.does(standing(2, false)).verdict(), Err(Refusal::NotVouched));
}

#[test]
fn ask_first_applies_a_write_that_was_overtaken_while_it_asked() {
    let mut store = asking();
    store.does(message(A, write(33, 1)));
    store.does(message(B, write(34, 1)));
    assert!(store.does(standing(2, true)).is_applied());
    assert!(store.does(standing(1, true)).is_applied(), "it was true when it was said");
}

#[test]
fn ask_first_believes_nobody_but_the_one_it_asks() {
    let mut store = asking();
    store.does(message(A, write(33, 1)));
    let forged = message(A, Message::Standing { request: RequestId(1), valid: true });
    assert!(!store.does(forged).is_applied());
}

#[test]
fn an_answer_to_a_question_of_before_a_crash_vouches_for_nothing_new() {
    let mut store = asking();
    store.does(message(A, write(33, 1)));
    store.recover(Disk::Kept);
    store.does(message(B, write(34, 1)));
    assert!(!store.does(standing(1, true)).is_applied());
    assert!(store.does(standing(2, true)).is_applied());
}

#[test]
fn ask_first_with_nobody_to_ask_accepts_nothing() {
    assert_eq!(store(CheckMode::AskFirst).judges(A, 33, 1), Err(Refusal::NotVouched));
}
