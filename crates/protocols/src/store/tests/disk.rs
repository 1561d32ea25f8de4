//! What a crash leaves.

use super::*;
use crate::{Memory, SyncMode};

/// A store that has applied one write with token 34, after a crash.
fn back(config: StoreConfig, disk: Disk) -> (Store, Outcome) {
    let mut store = Store::new(config);
    store.does(message(B, write(34, 1)));
    store.recover(disk);
    let began = store.does(Input::Start);
    (store, began)
}

fn restored(version: u64, highest: Option<u64>) -> Vec<Note> {
    vec![Note::Restored { version: Version(version), highest: highest.map(FencingToken) }]
}

#[test]
fn value_and_highest_token_survive_together() {
    let (mut store, began) = back(StoreConfig::new(CheckMode::Ge), Disk::Kept);
    assert_eq!(began.notes, restored(1, Some(34)));
    assert_eq!(store.judges(A, 33, 1), Err(Refusal::Stale { highest: FencingToken(34) }));
}

#[test]
fn a_volatile_highest_token_is_forgotten_and_the_older_one_let_in() {
    let config = StoreConfig { max: Memory::Volatile, ..StoreConfig::new(CheckMode::Ge) };
    let (mut store, began) = back(config, Disk::Kept);
    assert_eq!(began.notes, restored(1, None), "the value is still there");
    assert_eq!(store.judges(A, 33, 1), Ok(()));
}

#[test]
fn a_volatile_sequence_number_is_forgotten_too() {
    let config = StoreConfig { max: Memory::Volatile, ..StoreConfig::new(CheckMode::GeSeq) };
    assert_eq!(back(config, Disk::Kept).0.judges(B, 34, 1), Ok(()), "the same write a second time");
    let config = StoreConfig::new(CheckMode::GeSeq);
    assert_eq!(back(config, Disk::Kept).0.judges(B, 34, 1), Err(Refusal::Repeated { last: Sequence(1) }));
}

#[test]
fn on_a_wiped_disk_the_window_is_open_again() {
    let (mut store, began) = back(StoreConfig::new(CheckMode::Ge), Disk::Wiped);
    assert_eq!(began.notes, restored(0, None));
    assert_eq!(store.judges(A, 33, 1), Ok(()));
}

#[test]
fn in_one_durable_step_a_loss_of_power_takes_nothing() {
    assert_eq!(back(StoreConfig::new(CheckMode::Ge), Disk::Synced).1.notes, restored(1, Some(34)));
}

#[test]
fn with_a_slow_disk_a_write_is_applied_and_answered_when_it_is_on_it() {
    let mut store = Store::new(StoreConfig { sync: SyncMode::After(millis(5)), ..StoreConfig::new(CheckMode::Ge) });
    let came = store.does(message(B, write(34, 1)));
    assert_eq!((came.sent.len(), came.timer(Timer::Sync).map(|it| it.1)), (0, Some(millis(5))));
    assert_eq!(store.does(Input::Timer(Timer::Sync)).verdict(), Ok(()));
}

#[test]
fn a_loss_of_power_takes_only_what_was_not_acknowledged() {
    let config = StoreConfig { sync: SyncMode::After(millis(5)), ..StoreConfig::new(CheckMode::Ge) };
    assert_eq!(back(config, Disk::Synced).1.notes, restored(0, None));
    let began = back(config, Disk::Kept).1;
    assert!(began.is_applied() && began.sent.is_empty(), "written down, so done; but nobody is there to be told");
}

#[test]
fn synced_now_and_then_it_acknowledges_what_a_loss_of_power_takes_back() {
    let config = StoreConfig { sync: SyncMode::Every(millis(1_000)), ..StoreConfig::new(CheckMode::Ge) };
    assert_eq!(back(config, Disk::Synced).1.notes, restored(0, None));
    assert_eq!(back(config, Disk::Kept).1.notes, restored(1, Some(34)), "a crash of the process alone takes nothing");
    let mut store = Store::new(config);
    assert_eq!(store.judges(B, 34, 1), Ok(()));
    store.does(Input::Timer(Timer::Sync));
    store.recover(Disk::Synced);
    assert_eq!(store.does(Input::Start).notes, restored(1, Some(34)), "nor does anything after the sync");
}

#[test]
fn what_changed_during_a_sync_is_synced_by_the_next_one() {
    let config = StoreConfig { sync: SyncMode::Every(millis(1_000)), ..StoreConfig::new(CheckMode::Ge) };
    let mut store = Store::new(config);
    let first = store.does(message(B, write(34, 1)));
    assert!(first.timer(Timer::Sync).is_some());
    assert!(store.does(message(B, write(34, 2))).timer(Timer::Sync).is_none(), "one is under way and covers it");
    assert!(store.does(Input::Timer(Timer::Sync)).timer(Timer::Sync).is_none());
    assert!(store.does(message(B, write(34, 3))).timer(Timer::Sync).is_some());
}
