//! When a lock service answers, and what a loss of power takes back.

use fencepost_sim::Disk;
use fencepost_vocabulary::Timer;

use super::*;
use crate::{Input, SyncMode};

fn synced(sync: SyncMode) -> LeaseLock {
    LeaseLock::new(LockConfig { sync, ..config() })
}

#[test]
fn g2_with_a_slow_disk_the_reply_waits_until_the_token_is_on_it() {
    let mut lock = synced(SyncMode::After(millis(5)));
    let asked = lock.asked(A, 1, at(50));
    assert_eq!((asked.granted(A), asked.timer(Timer::Sync).map(|it| it.1)), (None, Some(millis(5))));
    assert!(asked.notes.is_empty(), "nothing was granted yet");
    let done = lock.says(Input::Timer(Timer::Sync), at(55));
    assert_eq!(done.granted(A), Some(33));
    assert_eq!(done.timer(Timer::Lease).map(|it| it.1), Some(millis(10_000)), "the lease begins with the grant");
}

#[test]
fn what_changes_nothing_is_not_written_down() {
    let mut lock = synced(SyncMode::After(millis(5)));
    let said = lock.says(message(A, Message::Ping { request: RequestId(1) }), at(0));
    assert!(said.timers.is_empty());
    assert!(!lock.vouches(33, at(1)), "a question is answered at once");
}

#[test]
fn what_comes_during_a_sync_is_covered_by_the_next_one() {
    let mut lock = synced(SyncMode::After(millis(5)));
    lock.asked(A, 1, at(0));
    lock.asked(B, 1, at(2));
    let first = lock.says(Input::Timer(Timer::Sync), at(5));
    assert!(!first.noted(|note| matches!(note, Note::Queued { .. })));
    assert_eq!(first.timer(Timer::Sync).map(|it| it.1), Some(millis(5)));
    assert!(lock.says(Input::Timer(Timer::Sync), at(10)).noted(|note| matches!(note, Note::Queued { .. })));
}

#[test]
fn with_a_slow_disk_a_lease_that_is_over_is_over_for_renewals_and_questions_at_once() {
    let mut lock = synced(SyncMode::After(millis(5)));
    lock.asked(A, 1, at(0));
    lock.says(Input::Timer(Timer::Sync), at(5));
    let over = lock.says(Input::Timer(Timer::Lease), at(10_005));
    assert!(over.notes.is_empty() && over.timer(Timer::Sync).is_some(), "the end is written down first");
    assert!(!lock.vouches(33, at(10_006)));
    lock.renewed(A, 33, at(10_007));
    let turned = lock.says(Input::Timer(Timer::Sync), at(10_010));
    assert!(turned.noted(|note| matches!(note, Note::Expired { .. })));
    let refused = lock.says(Input::Timer(Timer::Sync), at(10_015));
    assert!(refused.says(A, |it| matches!(it, Message::Refused { .. })));
}

#[test]
fn g4_a_renewal_that_reaches_the_disk_after_the_expiry_is_refused() {
    let mut lock = synced(SyncMode::After(millis(5)));
    lock.asked(A, 1, at(0));
    lock.says(Input::Timer(Timer::Sync), at(5));
    lock.renewed(A, 33, at(10_002));
    let late = lock.says(Input::Timer(Timer::Sync), at(10_007));
    assert!(late.says(A, |it| matches!(it, Message::Refused { .. })));
}

#[test]
fn a_loss_of_power_takes_what_was_never_answered() {
    let mut lock = synced(SyncMode::After(millis(5)));
    lock.asked(A, 1, at(0));
    lock.recover(Disk::Synced);
    lock.says(Input::Start, at(1_000));
    lock.asked(B, 1, at(1_001));
    assert_eq!(lock.says(Input::Timer(Timer::Sync), at(1_006)).granted(B), Some(33), "nobody ever heard of 33");
}

#[test]
fn what_was_written_down_is_done_after_a_crash_and_told_to_who_asks_again() {
    let mut lock = synced(SyncMode::After(millis(5)));
    lock.asked(A, 1, at(0));
    lock.recover(Disk::Kept);
    let began = lock.says(Input::Start, at(1_000));
    assert!(began.noted(|note| matches!(note, Note::Granted { client: A, .. })));
    assert_eq!(began.granted(A), None);
    lock.asked(A, 1, at(1_001));
    assert_eq!(lock.says(Input::Timer(Timer::Sync), at(1_006)).granted(A), Some(33));
}

#[test]
fn a_disk_that_is_synced_now_and_then_loses_tokens_that_were_handed_out() {
    let mut lock = synced(SyncMode::Every(millis(1_000)));
    let asked = lock.asked(A, 1, at(0));
    assert_eq!((asked.granted(A), asked.timer(Timer::Sync).map(|it| it.1)), (Some(33), Some(millis(1_000))));
    let mut late = lock.clone();
    lock.recover(Disk::Synced);
    assert_eq!(lock.asked(B, 1, at(900)).granted(B), Some(33), "the same token again");
    late.says(Input::Timer(Timer::Sync), at(1_000));
    late.recover(Disk::Synced);
    assert_eq!(late.asked(B, 1, at(1_100)).granted(B), None, "after the sync nothing is lost");
}

#[test]
fn nothing_is_synced_when_nothing_has_changed() {
    let mut lock = synced(SyncMode::Every(millis(1_000)));
    lock.asked(A, 1, at(0));
    assert_eq!(lock.says(Input::Timer(Timer::Sync), at(1_000)).timer(Timer::Sync), None);
}
