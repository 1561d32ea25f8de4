//! The total order: time, then phase, then participant, then the order of asking.

use crate::puppet::*;
use fencepost_sim::*;

#[test]
fn at_one_moment_the_mail_comes_before_the_clock() {
    // A's letter arrives at B at 60 ms, the moment of B's own timer; C's timer is at that moment too.
    let trace = trace(world(&[&[(10, Act::Send(1, 'x'))], &[(60, Act::Steps(1))], &[(60, Act::Steps(1))]], vec![]));
    let diary: Vec<_> = diary(&trace).into_iter().filter(|line| line.starts_with("60 ms")).collect();
    assert_eq!(
        diary,
        [
            "60 ms: B reads x at 60 ms",
            "60 ms: B timer 0",
            // The step B put off there comes before anybody else's timer: a handler that was split is still one act.
            "60 ms: B steps",
            "60 ms: C timer 0",
            "60 ms: C steps",
        ]
    );
}

#[test]
fn among_equals_the_participant_further_left_comes_first() {
    check(
        &[&[], &[(10, Act::Send(0, 'b'))], &[(10, Act::Send(1, 'c'))], &[(10, Act::Send(0, 'd'))]],
        vec![],
        &["60 ms: A reads b at 60 ms", "60 ms: A reads d at 60 ms", "60 ms: B reads c at 60 ms"],
    );
}

#[test]
fn every_event_but_the_first_ones_has_a_cause_before_it() {
    let trace = trace(world(&[&[(10, Act::Send(1, 'x')), (20, Act::Steps(3))], &[]], vec![pause(1, 30, 100)]));
    for event in &trace.events {
        let begins = matches!(event.kind, EventKind::Started | EventKind::FaultStarted { .. });
        assert_eq!(event.cause.is_none(), begins, "{event:?}");
        assert!(event.cause.is_none_or(|cause| cause < event.id && trace.event(cause).time <= event.time));
    }
}

#[test]
fn the_cause_of_reading_is_the_sending_even_after_a_pause() {
    let trace = trace(world(&[&[(10, Act::Send(1, 'x'))], &[]], vec![pause(1, 30, 100)]));
    let read = trace.events.iter().find(|event| matches!(event.kind, EventKind::Delivered { .. }));
    let read = read.expect("the letter is read after the pause");
    assert_eq!(read.time, Time::from_millis(130));
    assert!(matches!(trace.event(read.cause.expect("it was sent")).kind, EventKind::Sent { .. }));
}
