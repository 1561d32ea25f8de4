//! G1 to G6 and G9 in a log, and what a leader's clock has to do with them.

use fencepost_vocabulary::Refusal;

use super::*;

#[test]
fn a_token_is_the_place_of_the_grant_in_the_log() {
    let mut machine = machine(rules());
    assert_eq!(machine.leads(1, &acquire(A, 1), at(0)).grants(A), [(33, 0)]);
    let queued = machine.leads(2, &acquire(B, 1), at(100));
    assert!(matches!(queued.of_object(LOCK)[..], [(2, Note::Queued { client: B, .. })]) && queued.sent.is_empty());
    let freed = machine.leads(7, &release(A, 33), at(200));
    assert_eq!(freed.grants(B), [(39, 0)], "33 - 1 + 7");
    assert!(matches!(
        freed.of_object(LOCK)[..],
        [(7, Note::Released { client: A, .. }), (7, Note::Granted { client: B, token: FencingToken(39), .. })]
    ));
}

#[test]
fn a_counter_gives_the_same_token_again_where_an_entry_was_lost() {
    let counts = || machine(LockRules { tokens: TokenSource::Counter, ..rules() });
    let (mut dirty, mut next) = (counts(), counts());
    assert_eq!(dirty.leads(1, &acquire(A, 1), at(0)).grants(A), [(33, 0)]);
    assert_eq!(next.leads(2, &acquire(B, 1), at(0)).grants(B), [(33, 0)]);
    next.leads(3, &release(B, 33), at(0));
    assert_eq!(next.leads(9, &acquire(A, 2), at(0)).grants(A), [(34, 0)]);
}

#[test]
fn no_grant_carries_the_token_that_means_none() {
    for tokens in [TokenSource::Index, TokenSource::Counter] {
        let mut machine = machine(LockRules { first_token: FencingToken(0), tokens, ..rules() });
        assert_eq!(machine.leads(1, &acquire(A, 1), at(0)).grants(A), [(1, 0)]);
    }
}

#[test]
fn who_asks_again_is_told_of_the_same_grant_also_by_another_leader() {
    let (mut first, mut second) = (machine(rules()), machine(rules()));
    let ask = Message::Acquire { request: RequestId(1) };
    first.arrived(A, &ask, at(0));
    assert_eq!(first.leads(1, &acquire(A, 1), at(100)).grants(A), [(33, 100)]);
    first.arrived(A, &ask, at(900));
    let again = first.leads(2, &acquire(A, 1), at(1_000));
    assert_eq!((again.grants(A), again.notes.len(), again.lease()), (vec![(33, 1_000)], 0, Some(millis(9_100))));
    second.follows(1, &acquire(A, 1));
    Outcome::of(|effects| second.promoted(at(500), effects));
    let again = second.leads(2, &acquire(A, 1), at(1_000));
    assert_eq!((again.grants(A), again.notes.len(), again.lease()), (vec![(33, 0)], 0, Some(millis(9_500))));
}

#[test]
fn of_a_grant_that_is_over_nothing_is_left() {
    let mut machine = machine(rules());
    machine.leads(1, &acquire(A, 1), at(0));
    machine.leads(2, &expire(33), at(10_000));
    machine.leads(3, &acquire(B, 1), at(11_000));
    let again = machine.leads(4, &acquire(A, 1), at(12_000));
    assert_eq!((again.grants(A), again.lease()), (vec![(33, 0)], Some(millis(0))));
    let endless = || Machine::new(MachineConfig { lock: Some((LOCK, LockRules::default())), store: None });
    assert_eq!(endless().leads(1, &acquire(A, 1), at(0)).lease(), None, "and all of one that never ends");
}

#[test]
fn who_waits_and_asks_again_stands_in_line_once() {
    let mut machine = machine(rules());
    for (index, command) in [acquire(A, 1), acquire(B, 1), acquire(B, 1)].iter().enumerate() {
        machine.follows(index as u32 + 1, command);
    }
    machine.follows(4, &release(A, 33));
    machine.follows(5, &release(B, 36));
    assert_eq!(machine.holder(), None);
}

#[test]
fn who_came_first_is_served_first() {
    let mut machine = machine(rules());
    for (index, client) in [(1, A), (2, B), (3, C)] {
        machine.follows(index, &acquire(client, 1));
    }
    assert_eq!(machine.leads(4, &release(A, 33), at(0)).grants(B), [(36, 0)]);
    assert_eq!(machine.leads(5, &expire(36), at(0)).grants(C), [(37, 0)]);
}

#[test]
fn without_deduplication_a_repeated_acquire_waits_behind_its_own_grant() {
    let mut machine = machine(LockRules { dedupe: false, ..rules() });
    machine.leads(1, &acquire(A, 1), at(0));
    assert!(machine.leads(2, &acquire(A, 1), at(1_000)).sent.is_empty());
    assert_eq!(machine.leads(3, &expire(33), at(10_000)).grants(A), [(35, 0)]);
}

#[test]
fn the_wait_is_counted_from_the_arrival_at_this_leader() {
    let mut machine = machine(rules());
    machine.arrived(B, &Message::Acquire { request: RequestId(1) }, at(500));
    machine.leads(1, &acquire(A, 1), at(600));
    machine.arrived(B, &Message::Acquire { request: RequestId(1) }, at(650));
    machine.leads(2, &acquire(B, 1), at(700));
    assert_eq!(machine.leads(3, &expire(33), at(10_600)).grants(B), [(35, 10_100)]);
}

#[test]
fn a_new_leader_counts_a_lease_from_its_promotion_and_knows_of_no_wait() {
    let mut machine = machine(rules());
    machine.follows(1, &acquire(A, 1));
    machine.follows(2, &acquire(B, 1));
    let promoted = Outcome::of(|effects| machine.promoted(at(8_000), effects));
    assert_eq!(promoted.timer(Timer::Lease).map(|it| it.1), Some(millis(10_000)));
    assert_eq!(machine.lease_over(at(17_999), []), None);
    assert_eq!(machine.lease_over(at(18_000), []), Some(expire(33)));
    assert_eq!(machine.leads(3, &expire(33), at(18_100)).grants(B), [(35, 0)]);
}

#[test]
fn who_no_longer_leads_watches_no_lease() {
    let mut machine = machine(rules());
    machine.leads(1, &acquire(A, 1), at(0));
    Outcome::of(|effects| machine.demoted(effects));
    assert_eq!(machine.lease_over(at(99_000), []), None);
}

#[test]
fn only_the_log_ends_a_lease() {
    let mut machine = machine(rules());
    let granted = machine.leads(1, &acquire(A, 1), at(0));
    assert_eq!(granted.timer(Timer::Lease).map(|it| it.1), Some(millis(10_000)));
    assert_eq!(machine.lease_over(at(10_000), []), Some(expire(33)));
    assert_eq!(machine.holder(), Some((A, 33)), "it is only proposed");
    assert!(machine.leads(2, &renew(A, 33), at(10_050)).says(A, |it| matches!(it, Message::Renewed { .. })));
    assert_eq!(machine.lease_over(at(20_049), []), None);
    let over = machine.leads(3, &expire(33), at(20_100));
    assert!(matches!(over.of_object(LOCK)[..], [(3, Note::Expired { client: A, token: FencingToken(33) })]));
}

#[test]
fn while_a_renewal_stands_in_the_log_no_end_is_proposed() {
    let mut machine = machine(rules());
    machine.leads(1, &acquire(A, 1), at(0));
    for (pending, proposes) in [
        (renew(A, 33), false),
        (expire(33), false),
        (renew(A, 32), true),
        (acquire(B, 1), true),
        (Command::Nothing, true),
    ] {
        assert_eq!(machine.lease_over(at(10_000), [&pending]).is_some(), proposes, "{pending:?}");
    }
    // It was nobody's to renew, and the timer that was passed over must go off again.
    let refused = machine.leads(2, &renew(B, 33), at(10_100));
    assert_eq!(refused.timer(Timer::Lease).map(|it| it.1), Some(millis(0)));
}

#[test]
fn a_renewal_is_the_holders_alone_and_comes_too_late_after_the_end() {
    let mut machine = machine(rules());
    machine.leads(1, &acquire(A, 1), at(0));
    let refused = |outcome: &Outcome, whom| {
        outcome.notes.is_empty()
            && outcome.says(whom, |it| matches!(it, Message::Refused { reason: Refusal::NotHolder, .. }))
    };
    assert!(refused(&machine.leads(2, &renew(B, 33), at(100)), B));
    assert!(refused(&machine.leads(3, &renew(A, 32), at(100)), A));
    let extended = machine.leads(4, &renew(A, 33), at(100));
    assert!(matches!(extended.of_object(LOCK)[..], [(4, Note::Extended { client: A, .. })]));
    machine.leads(5, &expire(33), at(10_100));
    assert!(refused(&machine.leads(6, &renew(A, 33), at(10_200)), A));
}

#[test]
fn the_end_of_another_grant_ends_nothing() {
    let mut machine = machine(rules());
    machine.leads(1, &acquire(A, 1), at(0));
    assert!(machine.leads(2, &expire(32), at(10_000)).notes.is_empty());
    assert_eq!(machine.holder(), Some((A, 33)));
}

#[test]
fn a_release_compares_and_deletes() {
    let mut machine = machine(rules());
    machine.leads(1, &acquire(A, 1), at(0));
    for (index, stranger) in [(2, release(B, 33)), (3, release(A, 32))] {
        let ignored = machine.leads(index, &stranger, at(100));
        assert!(matches!(ignored.of_object(LOCK)[..], [(_, Note::ReleaseIgnored { .. })]));
        assert_eq!(ignored.sent.len(), 1, "and is answered");
    }
    assert_eq!(machine.holder(), Some((A, 33)));
    machine.leads(4, &release(A, 33), at(200));
    assert_eq!((machine.holder(), machine.lease_over(at(10_000), [])), (None, None));
}

#[test]
fn a_blind_release_frees_whatever_is_held() {
    let mut machine = machine(LockRules { blind_release: true, ..rules() });
    machine.leads(1, &acquire(A, 1), at(0));
    let freed = machine.leads(2, &release(B, 32), at(100));
    assert!(matches!(freed.of_object(LOCK)[..], [(2, Note::Released { client: A, by: B, .. })]));
}

/// A release under this number, by somebody who shows no token.
fn numbered(from: ParticipantId, request: u32) -> Command {
    asks(from, Message::Release { token: None, request: Some(RequestId(request)) })
}

#[test]
fn a_release_that_comes_twice_is_carried_out_once_and_answered_twice() {
    let begun = |dedupe| {
        let mut machine = machine(LockRules { blind_release: true, dedupe, ..rules() });
        machine.leads(1, &acquire(A, 1), at(0));
        machine.leads(2, &acquire(B, 1), at(0));
        machine.leads(3, &numbered(C, 1), at(100));
        let again = machine.leads(4, &numbered(C, 1), at(200));
        assert!(again.says(C, |it| *it == Message::Released { token: None, request: Some(RequestId(1)) }));
        machine
    };
    let mut machine = begun(true);
    assert_eq!(machine.holder(), Some((B, 35)), "the second deletion would have freed it");
    machine.leads(5, &numbered(C, 2), at(300));
    assert_eq!(machine.holder(), None, "another request is another release");
    assert_eq!(begun(false).holder(), None, "without deduplication it is one, too");
}

#[test]
fn to_the_holder_it_is_the_same_grant_if_it_is_set_up_so() {
    let mut plain = machine(rules());
    plain.leads(1, &acquire(A, 1), at(0));
    assert!(plain.leads(2, &acquire(A, 2), at(100)).sent.is_empty());
    let mut reentrant = machine(LockRules { reentrant: true, ..rules() });
    reentrant.leads(1, &acquire(A, 1), at(0));
    let again = reentrant.leads(2, &acquire(A, 2), at(4_000));
    assert_eq!((again.grants(A), again.lease(), again.notes.len()), (vec![(33, 0)], Some(millis(6_000)), 0));
}

#[test]
fn a_question_about_a_token_is_answered_from_the_state_and_the_clock() {
    let mut machine = machine(rules());
    machine.leads(1, &acquire(A, 1), at(0));
    let stands = |token, now| {
        let ask = Message::Ask { request: RequestId(1), token: Some(FencingToken(token)) };
        let said = Outcome::of(|effects| machine.read(B, &ask, now, effects));
        said.says(B, |it| matches!(it, Message::Standing { valid: true, .. }))
    };
    assert_eq!([stands(33, at(9_999)), stands(32, at(9_999)), stands(33, at(10_000))], [true, false, false]);
}

#[test]
fn for_a_run_that_goes_round_only_what_is_left_of_a_lease_counts() {
    let mut machine = machine(rules());
    machine.leads(1, &acquire(A, 1), at(0));
    machine.rebase(at(4_000));
    assert_eq!(machine.lease_over(at(5_999), []), None);
    assert_eq!(machine.lease_over(at(6_000), []), Some(expire(33)));
}

#[test]
fn a_seal_goes_with_the_token_where_somebody_looks_at_it() {
    let sealed = |seals| {
        let mut machine = machine(LockRules { seals, ..rules() });
        machine.leads(1, &acquire(A, 1), at(0)).says(A, |it| matches!(it, Message::Granted { seal: Some(_), .. }))
    };
    assert_eq!((sealed(true), sealed(false)), (true, false));
}
