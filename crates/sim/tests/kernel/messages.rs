//! The fate of single messages: drop, delay, duplicate, each addressed by kind and ordinal.

use crate::puppet::*;
use fencepost_sim::*;

const THREE: &[(u64, Act)] = &[(10, Act::Send(1, 'x')), (20, Act::Send(1, 'y')), (30, Act::Send(1, 'x'))];

#[test]
fn a_dropped_message_never_arrives() {
    check(
        &[THREE, &[]],
        vec![Fault::Drop { target: target('x', 2) }],
        &["30 ms: A sends x in vain", "60 ms: B reads x at 60 ms", "70 ms: B reads y at 70 ms"],
    );
}

#[test]
fn a_delayed_message_is_overtaken() {
    let slow = Fault::Delay { target: target('x', 1), by: Duration::from_millis(100) };
    check(
        &[THREE, &[]],
        vec![slow],
        &["70 ms: B reads y at 70 ms", "80 ms: B reads x at 80 ms", "160 ms: B reads x at 160 ms"],
    );
}

#[test]
fn a_duplicate_arrives_as_much_later_as_it_is_told() {
    let twice = Fault::Duplicate { target: target('y', 1), after: Duration::from_millis(200) };
    check(
        &[THREE, &[]],
        vec![twice],
        &[
            "60 ms: B reads x at 60 ms",
            "70 ms: B reads y at 70 ms",
            "80 ms: B reads x at 80 ms",
            "270 ms: B reads y at 270 ms",
        ],
    );
}

#[test]
fn two_faults_on_one_message_both_count_it_and_both_act() {
    let slow = |by| Fault::Delay { target: target('y', 1), by: Duration::from_millis(by) };
    check(
        &[THREE, &[]],
        vec![slow(100), slow(1_000)],
        &["60 ms: B reads x at 60 ms", "80 ms: B reads x at 80 ms", "1.17 s: B reads y at 1.17 s"],
    );
}

#[test]
fn a_fault_whose_message_never_comes_waits_and_is_reported() {
    let mut world = world(&[THREE, &[]], vec![Fault::Drop { target: target('x', 3) }]);
    run(&mut world, Time::from_millis(10_000), Limits::default(), &mut Unrecorded::default());
    assert_eq!(world.waiting_faults().collect::<Vec<_>>(), [FaultId(0)]);
}

#[test]
fn a_link_can_have_its_own_delay_in_one_direction() {
    let mut network = Network::new(2, Duration::from_millis(50));
    network.set_delay(ParticipantId(0), ParticipantId(1), Duration::from_millis(5));
    let puppets = world(&[&[(10, Act::Send(1, 'x'))], &[(10, Act::Send(0, 'y'))]], vec![]);
    let actors = [0, 1].map(|index| puppets.actor(ParticipantId(index)).expect("a puppet").clone());
    let diary = diary(&trace(World::new(actors.to_vec(), network, vec![])));
    assert_eq!(
        diary.iter().filter(|line| line.contains("reads")).collect::<Vec<_>>(),
        ["15 ms: B reads x at 15 ms", "60 ms: A reads y at 60 ms"]
    );
}
