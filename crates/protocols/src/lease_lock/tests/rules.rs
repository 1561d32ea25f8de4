//! The rules G1 to G9, one test and more for each.

use fencepost_sim::{Clock, WallTime};
use fencepost_vocabulary::Timer;

use super::*;
use crate::Input;

#[test]
fn g1_a_free_lock_is_granted_and_who_finds_it_taken_waits_in_order() {
    let mut lock = LeaseLock::new(config());
    assert_eq!(lock.asked(A, 1, at(0)).granted(A), Some(33));
    assert!(lock.asked(B, 1, at(1)).noted(|note| matches!(note, Note::Queued { client: B, .. })));
    lock.asked(C, 1, at(2));
    assert_eq!(lock.released(A, 33, at(3)).granted(B), Some(34));
    assert_eq!(lock.released(B, 34, at(4)).granted(C), Some(35));
}

#[test]
fn g1_a_request_that_comes_again_while_it_waits_does_not_wait_twice() {
    let mut lock = LeaseLock::new(config());
    for (client, request) in [(A, 1), (B, 1), (B, 1)] {
        lock.asked(client, request, at(0));
    }
    lock.released(A, 33, at(1));
    let after = lock.released(B, 34, at(2));
    assert_eq!(after.granted(B), None, "its one request was answered");
}

#[test]
fn g2_every_grant_has_a_new_token_and_a_full_lease() {
    let mut lock = LeaseLock::new(config());
    let first = lock.asked(A, 1, at(7));
    assert_eq!(first.timer(Timer::Lease), Some((Clock::Mono, millis(10_000))));
    lock.released(A, 33, at(8));
    assert_eq!(lock.asked(A, 2, at(9)).granted(A), Some(34), "to the same client, and still another token");
}

#[test]
fn g2_a_reply_says_how_long_its_request_has_waited() {
    let mut lock = LeaseLock::new(config());
    lock.asked(A, 1, at(0));
    lock.asked(B, 1, at(1_000));
    let served = lock.released(A, 33, at(5_000));
    assert!(served.says(B, |it| matches!(it, Message::Granted { waited, .. } if *waited == millis(4_000))));
}

#[test]
fn g2_token_zero_means_none_and_is_never_granted() {
    let mut lock = LeaseLock::new(LockConfig { first_token: FencingToken(0), ..config() });
    assert_eq!(lock.asked(A, 1, at(0)).granted(A), Some(1));
}

#[test]
fn g3_the_holder_that_asks_again_has_the_token_it_has() {
    let mut lock = LeaseLock::new(LockConfig { reentrant: true, ..config() });
    lock.asked(A, 1, at(0));
    let again = lock.asked(A, 2, at(4_000));
    assert_eq!(again.granted(A), Some(33));
    assert!(!again.noted(|note| matches!(note, Note::Granted { .. })), "it is no new grant");
    assert!(again.says(A, |it| matches!(it, Message::Granted { lease, .. } if *lease == Some(millis(6_000)))));
    let mut plain = LeaseLock::new(config());
    plain.asked(A, 1, at(0));
    assert_eq!(plain.asked(A, 2, at(1)).granted(A), None, "without the switch it waits for itself");
}

#[test]
fn g4_a_renewal_at_the_expiry_is_refused() {
    let renewed_at = |moment| {
        let mut lock = LeaseLock::new(config());
        lock.asked(A, 1, at(0));
        lock.renewed(A, 33, moment)
    };
    assert!(renewed_at(at(9_999)));
    assert!(!renewed_at(at(10_000)));
}

#[test]
fn g4_a_renewal_needs_the_holder_and_its_token() {
    let mut lock = LeaseLock::new(config());
    lock.asked(A, 1, at(0));
    assert!(!lock.renewed(B, 33, at(1)));
    assert!(!lock.renewed(A, 32, at(1)));
    assert!(lock.renewed(A, 33, at(1)));
}

#[test]
fn g4_a_renewal_begins_the_lease_anew_and_keeps_the_token() {
    let mut lock = LeaseLock::new(config());
    lock.asked(A, 1, at(0));
    lock.renewed(A, 33, at(6_000));
    assert!(lock.vouches(33, at(15_999)));
    assert!(!lock.vouches(33, at(16_000)));
}

#[test]
fn g4_the_reply_carries_the_senders_own_stamp() {
    let mut lock = LeaseLock::new(config());
    lock.asked(A, 1, at(0));
    let renewal = Message::Renew { token: FencingToken(33), sent: at(123).mono };
    let said = lock.says(message(A, renewal), at(1_000));
    assert!(said.says(A, |it| matches!(it, Message::Renewed { sent, .. } if *sent == at(123).mono)));
}

#[test]
fn g5_a_lease_is_over_at_its_expiry_and_not_before() {
    let mut lock = LeaseLock::new(config());
    lock.asked(A, 1, at(0));
    lock.asked(B, 1, at(1));
    assert_eq!(lock.says(Input::Timer(Timer::Lease), at(9_999)).granted(B), None);
    let over = lock.says(Input::Timer(Timer::Lease), at(10_000));
    assert!(over.noted(|note| matches!(note, Note::Expired { client: A, .. })));
    assert_eq!(over.granted(B), Some(34));
}

#[test]
fn g5_a_lock_without_a_lease_never_ends() {
    let mut lock = LeaseLock::new(LockConfig { lease: None, ..config() });
    assert_eq!(lock.asked(A, 1, at(0)).timers, []);
    assert!(lock.vouches(33, at(1_000_000_000)));
}

#[test]
fn g5_on_the_wall_clock_a_lease_ends_when_that_clock_says_so() {
    let mut lock = LeaseLock::new(LockConfig { expiry: Clock::Wall, ..config() });
    let granted = lock.asked(A, 1, at(0));
    assert_eq!(granted.timer(Timer::Lease), Some((Clock::Wall, millis(10_000))));
    lock.asked(B, 1, at(1_000));
    let set_forward = Now { wall: WallTime(12_000_000), ..at(2_000) };
    assert_eq!(lock.says(Input::Timer(Timer::Lease), set_forward).granted(B), Some(34));
    let set_back = Now { wall: WallTime(2_000_000), ..at(12_000) };
    assert!(lock.vouches(34, set_back), "ten seconds on, and it has not ended");
}

#[test]
fn g6_a_release_needs_the_holder_and_its_token() {
    let mut lock = LeaseLock::new(config());
    lock.asked(A, 1, at(0));
    for (client, token) in [(B, 33), (A, 32)] {
        let ignored = lock.released(client, token, at(1));
        assert!(ignored.noted(|note| matches!(note, Note::ReleaseIgnored { .. })));
        assert!(ignored.says(client, |it| matches!(it, Message::Released { .. })), "the answer is the same");
    }
    assert!(lock.released(A, 33, at(2)).noted(|note| matches!(note, Note::Released { client: A, by: A, .. })));
}

#[test]
fn g6_a_blind_release_takes_the_lock_from_a_stranger() {
    let mut lock = LeaseLock::new(LockConfig { blind_release: true, ..config() });
    lock.asked(A, 1, at(0));
    assert!(lock.released(B, 7, at(1)).noted(|note| matches!(note, Note::Released { client: A, by: B, .. })));
}

#[test]
fn g7_a_lock_delay_comes_after_an_expiry_and_not_after_a_release() {
    let delayed = || {
        let mut lock = LeaseLock::new(LockConfig { lock_delay: millis(15_000), ..config() });
        lock.asked(A, 1, at(50));
        lock.asked(B, 1, at(1_050));
        lock
    };
    assert_eq!(delayed().released(A, 33, at(2_000)).granted(B), Some(34));
    let mut lock = delayed();
    let over = lock.says(Input::Timer(Timer::Lease), at(10_050));
    assert_eq!((over.granted(B), over.timer(Timer::Delay)), (None, Some((Clock::Mono, millis(15_000)))));
    assert_eq!(lock.says(Input::Timer(Timer::Delay), at(25_049)).granted(B), None);
    assert_eq!(lock.says(Input::Timer(Timer::Delay), at(25_050)).granted(B), Some(34));
}

#[test]
fn g7_who_asks_during_the_delay_waits_behind_those_who_waited_before() {
    let mut lock = LeaseLock::new(LockConfig { lock_delay: millis(5_000), ..config() });
    lock.asked(A, 1, at(0));
    lock.says(Input::Timer(Timer::Lease), at(10_000));
    assert!(lock.asked(B, 1, at(11_000)).noted(|note| matches!(note, Note::Queued { client: B, .. })));
    let at_the_end = lock.asked(C, 1, at(15_000));
    assert_eq!((at_the_end.granted(B), at_the_end.granted(C)), (Some(34), None));
}

#[test]
fn g8_a_waiter_that_fell_silent_is_passed_over() {
    let after_silence = |recheck, heard: u64| {
        let mut lock = LeaseLock::new(LockConfig { session: Some(millis(3_000)), recheck, ..config() });
        lock.asked(A, 1, at(0));
        lock.asked(B, 1, at(1_000));
        lock.asked(B, 1, at(heard));
        lock.says(Input::Timer(Timer::Lease), at(10_000))
    };
    assert_eq!(after_silence(true, 7_001).granted(B), Some(34), "it was heard within a session");
    let passed = after_silence(true, 7_000);
    assert_eq!(passed.granted(B), None, "its session ends at this very moment");
    assert!(passed.noted(|note| matches!(note, Note::SessionOver { client: B })));
    let unseen = after_silence(false, 6_000);
    assert_eq!(unseen.granted(B), Some(34));
    assert!(unseen.noted(|note| matches!(note, Note::GrantedToDead { client: B, .. })));
}

#[test]
fn g8_the_next_one_who_is_there_gets_the_lock() {
    let mut lock = LeaseLock::new(LockConfig { session: Some(millis(3_000)), ..config() });
    lock.asked(A, 1, at(0));
    lock.asked(B, 1, at(1_000));
    lock.asked(C, 1, at(9_000));
    assert_eq!(lock.says(Input::Timer(Timer::Lease), at(10_000)).granted(C), Some(34));
}

#[test]
fn g9_whoever_missed_the_reply_asks_again_and_gets_the_same_one() {
    let mut lock = LeaseLock::new(config());
    lock.asked(A, 1, at(0));
    let again = lock.asked(A, 1, at(1_000));
    assert_eq!(again.granted(A), Some(33));
    assert!(!again.noted(|note| matches!(note, Note::Granted { .. })), "it is no new grant");
}

#[test]
fn g9_without_deduplication_whoever_missed_the_reply_waits_for_itself() {
    let mut lock = LeaseLock::new(LockConfig { dedupe: false, ..config() });
    lock.asked(A, 1, at(50));
    assert_eq!(lock.asked(A, 1, at(1_050)).granted(A), None);
    assert_eq!(lock.says(Input::Timer(Timer::Lease), at(10_050)).granted(A), Some(34));
}

#[test]
fn g9_without_deduplication_whoever_asks_again_in_line_stands_in_it_twice() {
    let mut lock = LeaseLock::new(LockConfig { dedupe: false, ..config() });
    for (client, request) in [(A, 1), (B, 1), (B, 1)] {
        lock.asked(client, request, at(0));
    }
    assert_eq!(lock.released(A, 33, at(1)).granted(B), Some(34));
    assert_eq!(lock.released(B, 34, at(2)).granted(B), Some(35));
}

#[test]
fn asked_about_a_token_it_says_whether_it_is_the_holders_now() {
    let mut lock = LeaseLock::new(config());
    lock.asked(A, 1, at(0));
    assert!(lock.vouches(33, at(9_999)));
    assert!(!lock.vouches(34, at(9_999)));
    assert!(!lock.vouches(33, at(10_000)));
}

#[test]
fn a_seal_is_put_on_a_token_only_where_it_is_wanted() {
    let sealed = |seals| {
        let granted = LeaseLock::new(LockConfig { seals, ..config() }).asked(A, 1, at(0));
        granted.says(A, |it| matches!(it, Message::Granted { seal: Some(_), .. }))
    };
    assert_eq!((sealed(true), sealed(false)), (true, false));
}
