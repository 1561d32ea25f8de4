//! Crashes, and what comes back from one: a new life on the old machine.

use crate::puppet::*;
use fencepost_sim::*;

#[test]
fn a_new_life_begins_at_the_recovery_and_knows_nothing_of_the_old_one() {
    // A's own step at 40 ms, x on its way to B, the letter that arrives while it is down: only x survives.
    check(
        &[&[(10, Act::Send(1, 'x')), (40, Act::Steps(1))], &[(5, Act::Send(0, 'y')), (100, Act::Send(0, 'z'))]],
        vec![crash_until(0, 20, 100, Disk::Synced)],
        &[
            "20 ms: A crashes until 100 ms",
            "55 ms: A loses y",
            "60 ms: B reads x at 60 ms",
            "100 ms: A recovers",
            "100 ms: A begins life 2 with its disk synced",
            "140 ms: A steps",
            "150 ms: A reads z at 150 ms",
            "160 ms: B reads x at 160 ms",
        ],
    );
}

#[test]
fn every_life_has_its_number() {
    check(
        &[&[]],
        vec![crash_until(0, 10, 20, Disk::Kept), crash_until(0, 30, 40, Disk::Wiped), crash(0, 50)],
        &[
            "10 ms: A crashes until 20 ms",
            "20 ms: A recovers",
            "20 ms: A begins life 2 with its disk kept",
            "30 ms: A crashes until 40 ms",
            "40 ms: A recovers",
            "40 ms: A begins life 3 with its disk wiped",
            "50 ms: A crashes",
        ],
    );
}

#[test]
fn mail_that_arrives_in_the_moment_of_the_recovery_is_read() {
    check(
        &[&[], &[(50, Act::Send(0, 'y'))]],
        vec![crash_until(0, 10, 100, Disk::Kept)],
        &[
            "10 ms: A crashes until 100 ms",
            "100 ms: A recovers",
            "100 ms: A begins life 2 with its disk kept",
            "100 ms: A reads y at 100 ms",
        ],
    );
}

#[test]
fn a_crash_before_a_step_takes_the_step_with_it() {
    let before_second = CrashStart::Before { step: Number(1), ordinal: 2 };
    check(
        &[&[(10, Act::Steps(3))]],
        vec![crash_at(0, before_second, Some((100, Disk::Kept)))],
        &[
            "10 ms: A steps",
            "10 ms: A crashes until 100 ms",
            "100 ms: A recovers",
            "100 ms: A begins life 2 with its disk kept",
            "110 ms: A steps",
            "110 ms: A steps",
            "110 ms: A steps",
        ],
    );
}

#[test]
fn a_crash_and_a_pause_before_one_step_are_a_crash() {
    let before = |start| Fault::Pause { participant: ParticipantId(0), start, length: Duration::from_millis(500) };
    let pause = before(PauseStart::Before { step: Number(1), ordinal: 1 });
    let crash = crash_at(0, CrashStart::Before { step: Number(1), ordinal: 1 }, None);
    check(&[&[(10, Act::Steps(1))]], vec![pause, crash], &["10 ms: A crashes"]);
}

#[test]
fn a_crash_in_the_middle_of_a_broadcast_lets_the_first_half_go() {
    let after_first = CrashStart::AfterSending { target: target('x', 1) };
    check(
        &[&[(10, Act::Broadcast(&[1, 2, 3], 'x'))], &[], &[], &[]],
        vec![crash_at(0, after_first.clone(), None)],
        &["10 ms: A crashes", "60 ms: B reads x at 60 ms"],
    );
    let after_second = CrashStart::AfterSending { target: MessageTarget { to: ParticipantId(2), ..target('x', 1) } };
    check(
        &[&[(10, Act::Broadcast(&[1, 2, 3], 'x'))], &[], &[], &[]],
        vec![crash_at(0, after_second, None)],
        &["10 ms: A crashes", "60 ms: B reads x at 60 ms", "60 ms: C reads x at 60 ms"],
    );
    // Also when that message itself is lost: it was sent.
    check(
        &[&[(10, Act::Broadcast(&[1, 2], 'x'))], &[], &[]],
        vec![Fault::Drop { target: target('x', 1) }, crash_at(0, after_first, None)],
        &["10 ms: A sends x in vain", "10 ms: A crashes"],
    );
}

#[test]
fn the_cause_of_a_crash_after_sending_is_the_sending() {
    let start = CrashStart::AfterSending { target: target('x', 1) };
    let trace = trace(world(&[&[(10, Act::Send(1, 'x'))], &[]], vec![crash_at(0, start, None)]));
    let crashed = trace.events.iter().find(|event| matches!(event.kind, EventKind::Crashed { .. })).expect("it does");
    assert!(matches!(trace.event(crashed.cause.expect("the sending")).kind, EventKind::Sent { .. }));
}

#[test]
fn a_life_comes_of_a_recovery_and_a_recovery_of_a_crash() {
    let trace = trace(world(&[&[]], vec![crash_until(0, 10, 20, Disk::Kept)]));
    let last = trace.events.iter().rfind(|event| event.kind == EventKind::Started).expect("it began anew");
    let back = trace.event(last.cause.expect("the recovery"));
    assert!(matches!(back.kind, EventKind::Recovered { fault: FaultId(0), disk: Disk::Kept, incarnation: 2 }));
    assert!(matches!(trace.event(back.cause.expect("the crash")).kind, EventKind::Crashed { .. }));
}

#[test]
fn a_crash_ends_a_pause_and_the_new_life_does_not_wake_from_it() {
    check(
        &[&[(60, Act::Steps(1))]],
        vec![pause(0, 10, 100), crash_until(0, 50, 80, Disk::Kept)],
        &[
            "10 ms: A fault starts",
            "50 ms: A crashes until 80 ms",
            "80 ms: A recovers",
            "80 ms: A begins life 2 with its disk kept",
            // Nothing at 110 ms, when the old life would have woken.
            "140 ms: A steps",
        ],
    );
}

#[test]
fn what_waited_in_a_pause_is_gone_with_the_crash() {
    check(
        &[&[], &[(10, Act::Send(0, 'y'))]],
        vec![pause(0, 20, 100), crash_until(0, 70, 80, Disk::Kept), pause(0, 90, 10)],
        &[
            "20 ms: A fault starts",
            "60 ms: A has y waiting",
            "70 ms: A crashes until 80 ms",
            "80 ms: A recovers",
            "80 ms: A begins life 2 with its disk kept",
            "90 ms: A fault starts",
            "100 ms: A fault ends",
        ],
    );
}

#[test]
fn a_pause_does_nothing_to_who_is_down() {
    check(
        &[&[(60, Act::Steps(1))]],
        vec![pause(0, 30, 100), crash_until(0, 10, 40, Disk::Kept)],
        &[
            "10 ms: A crashes until 40 ms",
            "40 ms: A recovers",
            "40 ms: A begins life 2 with its disk kept",
            "100 ms: A steps",
        ],
    );
}

#[test]
fn the_first_crash_says_when_it_is_over() {
    check(
        &[&[]],
        vec![crash_until(0, 10, 100, Disk::Kept), crash(0, 20), crash_until(0, 30, 50, Disk::Wiped)],
        &["10 ms: A crashes until 100 ms", "100 ms: A recovers", "100 ms: A begins life 2 with its disk kept"],
    );
}

#[test]
fn a_crash_that_strikes_later_than_its_recovery_never_recovers() {
    let before = CrashStart::Before { step: Number(1), ordinal: 1 };
    check(&[&[(50, Act::Steps(1))]], vec![crash_at(0, before, Some((49, Disk::Kept)))], &["50 ms: A crashes"]);
}

#[test]
fn a_crash_may_last_no_time_at_all() {
    check(
        &[&[(10, Act::Steps(1))], &[]],
        vec![crash_until(0, 10, 10, Disk::Kept)],
        &[
            "10 ms: A crashes until 10 ms",
            "10 ms: A recovers",
            "10 ms: A begins life 2 with its disk kept",
            "20 ms: A steps",
        ],
    );
}

#[test]
fn a_crash_can_strike_before_a_timed_step_and_a_pause_too() {
    let start = |ordinal| CrashStart::Before { step: APPLY, ordinal };
    check(
        &[&[(10, Act::Apply(1))]],
        vec![crash_at(0, start(1), Some((100, Disk::Synced)))],
        &[
            "11 ms: A crashes until 100 ms",
            "100 ms: A recovers",
            "100 ms: A begins life 2 with its disk synced",
            "111 ms: A has applied at 111 ms",
        ],
    );
    let pause = Fault::Pause {
        participant: ParticipantId(0),
        start: PauseStart::Before { step: APPLY, ordinal: 2 },
        length: Duration::from_millis(100),
    };
    check(
        &[&[(10, Act::Apply(1)), (20, Act::Apply(1)), (30, Act::Steps(1))]],
        vec![pause],
        &[
            "11 ms: A has applied at 11 ms",
            "21 ms: A fault starts",
            "121 ms: A fault ends",
            "121 ms: A has applied at 121 ms",
            "121 ms: A steps",
        ],
    );
}

/// B asks A for a step, and perhaps to take none; A sleeps until both letters are there, and a crash waits for its step.
fn asked_in_its_sleep(and_then: Option<Letter>) -> Vec<String> {
    let more = and_then.map(|letter| (30, Act::Send(0, letter.0)));
    let letters: Vec<_> = [(20, Act::Send(0, STEP.0))].into_iter().chain(more).collect();
    let before = crash_at(0, CrashStart::Before { step: Number(1), ordinal: 1 }, None);
    diary(&trace(world(&[&[], &letters], vec![pause(0, 10, 190), before])))
}

#[test]
fn no_fault_strikes_at_a_step_that_was_given_up() {
    let is_crash = |line: &&String| line.contains("A crashes");
    assert_eq!(asked_in_its_sleep(None).iter().filter(is_crash).count(), 1);
    let given_up = asked_in_its_sleep(Some(STOP));
    assert_eq!(given_up.last().map(String::as_str), Some("200 ms: A reads - at 200 ms"), "{given_up:?}");
}

#[test]
fn only_steps_are_given_up_and_only_ones_own() {
    // B wakes before its step in the moment in which A gives up its own; A's timer fires all the same.
    let start = PauseStart::Before { step: Number(1), ordinal: 1 };
    let before = Fault::Pause { participant: ParticipantId(1), start, length: Duration::from_millis(180) };
    let letters = [(20, Act::Send(0, STEP.0)), (30, Act::Send(0, STOP.0))];
    check(
        &[&[(300, Act::Send(1, 'x'))], &[(20, Act::Steps(1))], &letters],
        vec![pause(0, 10, 190), before],
        &[
            "10 ms: A fault starts",
            "20 ms: B fault starts",
            "70 ms: A has + waiting",
            "80 ms: A has - waiting",
            "200 ms: A fault ends",
            "200 ms: B fault ends",
            "200 ms: A reads + at 200 ms",
            "200 ms: A reads - at 200 ms",
            "200 ms: B steps",
            "350 ms: B reads x at 350 ms",
        ],
    );
}
