//! How a run ends.

use crate::puppet::*;
use fencepost_sim::*;

fn end_of(script: &[(u64, Act)], horizon: u64) -> (End, Time) {
    let mut world = world(&[script], vec![]);
    let end = run(&mut world, Time::from_millis(horizon), Limits::default(), &mut Unrecorded::default());
    (end, world.now())
}

#[test]
fn a_run_that_has_nothing_left_is_quiescent_at_its_last_event() {
    assert_eq!(end_of(&[(20, Act::Steps(1))], 100), (End::Quiescent, Time::from_millis(20)));
}

#[test]
fn the_horizon_is_not_part_of_the_run() {
    assert_eq!(end_of(&[(20, Act::Steps(1))], 20), (End::Horizon, Time::from_millis(20)));
    assert_eq!(end_of(&[(20, Act::Steps(1))], 21), (End::Quiescent, Time::from_millis(20)));
}

#[test]
fn steps_that_never_let_time_pass_are_stopped() {
    assert_eq!(end_of(&[(20, Act::Spin)], 100), (End::Zeno, Time::from_millis(20)));
}

#[test]
fn the_budget_of_events_is_kept() {
    let script: Vec<_> = (1..=100).map(|at| (at, Act::Steps(1))).collect();
    let mut world = world(&[&script], vec![]);
    let limits = Limits { events: 50, ..Limits::default() };
    let mut recording = Recording::default();
    let end = run(&mut world, Time::from_millis(1_000), limits, &mut recording);
    let trace = recording.finish(end, world.now(), Time::from_millis(1_000));
    assert_eq!(end, End::Limit);
    assert!((50..60).contains(&trace.events.len()), "{} events", trace.events.len());
}
