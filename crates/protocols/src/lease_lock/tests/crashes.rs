//! What a lock service knows after a crash.

use fencepost_sim::Disk;
use fencepost_vocabulary::Timer;

use super::*;
use crate::{Input, Memory};

/// A lock that A was granted at 0 with token 33 and B waits for, after a crash, beginning again at `now`.
fn back(config: LockConfig, disk: Disk, now: Now) -> (LeaseLock, Outcome) {
    let mut lock = LeaseLock::new(config);
    lock.asked(A, 1, at(0));
    lock.asked(B, 1, at(1));
    lock.recover(disk);
    let began = lock.says(Input::Start, now);
    (lock, began)
}

#[test]
fn the_lease_table_and_the_counter_survive_and_the_line_does_not() {
    let (mut lock, began) = back(config(), Disk::Kept, at(5_000));
    let holder = Some((A, FencingToken(33)));
    assert_eq!(began.notes, [Note::Reopened { next_token: FencingToken(34), holder }]);
    assert_eq!(began.timer(Timer::Lease).map(|(_, after)| after), Some(millis(5_000)));
    let over = lock.says(Input::Timer(Timer::Lease), at(10_000));
    assert_eq!(over.granted(B), None, "nobody remembers that B waits");
    assert_eq!(lock.asked(B, 1, at(10_001)).granted(B), Some(34));
}

#[test]
fn a_reply_that_got_lost_in_the_crash_is_given_again() {
    let (mut lock, _) = back(config(), Disk::Kept, at(5_000));
    assert_eq!(lock.asked(A, 1, at(5_001)).granted(A), Some(33));
}

#[test]
fn a_lease_that_ran_out_during_the_crash_is_over_when_the_service_is_back() {
    let (_, began) = back(config(), Disk::Kept, at(12_000));
    assert!(matches!(began.notes[..], [Note::Reopened { .. }, Note::Expired { client: A, .. }]));
}

#[test]
fn a_volatile_counter_begins_anew_and_grants_the_same_token_again() {
    let config = LockConfig { counter: Memory::Volatile, leases: Memory::Volatile, ..config() };
    let (mut lock, _) = back(config, Disk::Kept, at(5_100));
    assert_eq!(lock.asked(B, 1, at(5_250)).granted(B), Some(33), "while A's lease has half of its time left");
}

#[test]
fn a_volatile_counter_with_a_stable_table_repeats_the_token_after_the_lease() {
    let (mut lock, _) = back(LockConfig { counter: Memory::Volatile, ..config() }, Disk::Kept, at(5_000));
    assert_eq!(lock.asked(B, 1, at(5_001)).granted(B), None);
    assert_eq!(lock.says(Input::Timer(Timer::Lease), at(10_000)).granted(B), Some(33));
}

#[test]
fn volatile_leases_are_forgotten_and_the_lock_is_granted_too_early_with_a_higher_token() {
    let (mut lock, began) = back(LockConfig { leases: Memory::Volatile, ..config() }, Disk::Kept, at(5_000));
    assert_eq!(began.notes, [Note::Reopened { next_token: FencingToken(34), holder: None }]);
    assert_eq!(lock.asked(B, 1, at(5_001)).granted(B), Some(34));
}

#[test]
fn a_delayed_restart_grants_nothing_for_a_full_lease() {
    let config = LockConfig { leases: Memory::Volatile, delayed_restart: true, ..config() };
    let (mut lock, began) = back(config, Disk::Kept, at(5_000));
    assert!(began.noted(|note| *note == Note::LockDelayed { until_after: millis(10_000) }));
    assert_eq!(lock.asked(B, 2, at(14_999)).granted(B), None);
    assert_eq!(lock.says(Input::Timer(Timer::Delay), at(15_000)).granted(B), Some(34));
}

#[test]
fn a_lock_delay_goes_on_through_a_crash() {
    let mut lock = LeaseLock::new(LockConfig { lock_delay: millis(5_000), ..config() });
    lock.asked(A, 1, at(0));
    lock.says(Input::Timer(Timer::Lease), at(10_000));
    lock.recover(Disk::Kept);
    let began = lock.says(Input::Start, at(12_000));
    assert_eq!(began.timer(Timer::Delay).map(|(_, after)| after), Some(millis(3_000)));
    assert_eq!(lock.asked(B, 1, at(14_999)).granted(B), None);
    assert_eq!(lock.says(Input::Timer(Timer::Delay), at(15_000)).granted(B), Some(34));
}

#[test]
fn on_a_wiped_disk_nothing_is_left() {
    let (mut lock, _) = back(config(), Disk::Wiped, at(5_000));
    assert_eq!(lock.asked(B, 1, at(5_001)).granted(B), Some(33));
}
