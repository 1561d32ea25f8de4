//! What the network does beyond a fixed delay: draw delays, keep an order, hold, sever, fall silent.

use crate::puppet::*;
use fencepost_sim::*;

const A: ParticipantId = ParticipantId(0);
const B: ParticipantId = ParticipantId(1);

/// Two participants, and A's letters to B take between 20 and 80 ms.
fn drawn() -> Network {
    let mut network = Network::new(2, Duration::from_millis(50));
    network.set_range(A, B, Duration::from_millis(20), Duration::from_millis(80), 7);
    network
}

fn fifo() -> Network {
    let mut network = Network::new(2, Duration::from_millis(50));
    network.set_fifo(A, B);
    network
}

/// How long each letter `x` from A was under way, in microseconds; nothing for one that was lost.
fn delays(script: &[(u64, Act)], faults: Vec<Fault<Words>>) -> Vec<Option<u64>> {
    let trace = trace(world_with(drawn(), &[script, &[]], faults));
    let sent = trace.events.iter().filter_map(|event| match event.kind {
        EventKind::Sent { message: Letter('x'), fate, .. } => Some(fate.arrives().map(|at| at.since(event.time).0)),
        _ => None,
    });
    sent.collect()
}

const LETTERS: &[(u64, Act)] = &[(10, Act::Send(1, 'x')), (20, Act::Send(1, 'x')), (30, Act::Send(1, 'x'))];

#[test]
fn a_drawn_delay_belongs_to_its_message_whatever_happens_to_others() {
    let alone = delays(LETTERS, vec![]);
    assert!(alone.iter().all(|delay| (20_000..=80_000).contains(&delay.expect("it arrives"))));
    assert!(alone[0] != alone[1] && alone[1] != alone[2]);
    // Sent at other times, among others, and with the first one lost: the same delays.
    let among: &[(u64, Act)] = &[
        (5, Act::Send(1, 'y')),
        (11, Act::Send(1, 'x')),
        (12, Act::Send(1, 'y')),
        (500, Act::Send(1, 'x')),
        (900, Act::Send(1, 'x')),
    ];
    assert_eq!(delays(among, vec![]), alone);
    let lost = delays(LETTERS, vec![Fault::Drop { target: target('x', 1) }]);
    assert_eq!(lost, [None, alone[1], alone[2]]);
    let slow = delays(LETTERS, vec![Fault::Delay { target: target('x', 2), by: Duration(1_000) }]);
    assert_eq!(slow, [alone[0], alone[1].map(|delay| delay + 1_000), alone[2]]);
}

#[test]
fn on_a_fifo_link_nothing_is_overtaken() {
    let script: &[(u64, Act)] = &[(10, Act::Send(1, 'x')), (20, Act::Send(1, 'y')), (300, Act::Send(1, 'z'))];
    let slow = Fault::Delay { target: target('x', 1), by: Duration::from_millis(100) };
    check_world(
        world_with(fifo(), &[script, &[]], vec![slow.clone()]),
        &["160 ms: B reads x at 160 ms", "160 ms: B reads y at 160 ms", "350 ms: B reads z at 350 ms"],
    );
    // Who waits behind a slow one is slow because of the same fault.
    let trace = trace(world_with(fifo(), &[script, &[]], vec![slow]));
    let fates = trace.events.iter().filter_map(|event| match event.kind {
        EventKind::Sent { fate, .. } => Some(fate.fault()),
        _ => None,
    });
    assert_eq!(fates.collect::<Vec<_>>(), [Some(FaultId(0)), Some(FaultId(0)), None]);
}

#[test]
fn on_a_fifo_link_nobody_waits_for_what_is_lost() {
    let script: &[(u64, Act)] = &[(10, Act::Send(1, 'x')), (20, Act::Send(1, 'y'))];
    let slow = Fault::Delay { target: target('x', 1), by: Duration::from_millis(100) };
    check_world(
        world_with(fifo(), &[script, &[]], vec![slow, omission(1, OmissionSide::Receiving, 150, Some(170))]),
        &["10 ms: A sends x in vain", "70 ms: B reads y at 70 ms", "150 ms: B fault starts", "170 ms: B fault ends"],
    );
}

#[test]
fn drawn_delays_on_a_fifo_link_keep_the_order() {
    let mut network = drawn();
    network.set_fifo(A, B);
    let script: Vec<_> = (0..26_u8).map(|at| (u64::from(at), Act::Send(1, char::from(b'a' + at)))).collect();
    let trace = trace(world_with(network, &[&script, &[]], vec![]));
    let read: String = trace
        .events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Delivered { message: Letter(letter), .. } => Some(letter),
            _ => None,
        })
        .collect();
    assert_eq!(read, "abcdefghijklmnopqrstuvwxyz");
}

#[test]
fn a_held_message_leaves_when_it_is_told_and_then_takes_its_time() {
    let hold = |until| Fault::Hold { target: target('x', 1), until: Time::from_millis(until) };
    let script: &[(u64, Act)] = &[(10, Act::Send(1, 'x')), (20, Act::Send(1, 'y'))];
    check(&[script, &[]], vec![hold(1_000)], &["70 ms: B reads y at 70 ms", "1.05 s: B reads x at 1.05 s"]);
    // It meets the cuts of the moment it leaves, not those of the moment it was written.
    check(
        &[script, &[]],
        vec![hold(30), partition(&[(0, 1)], 5, 15, PartitionMode::Drop), hold(25)],
        &[
            "5 ms: network fault starts",
            "15 ms: network fault ends",
            "70 ms: B reads y at 70 ms",
            "80 ms: B reads x at 80 ms",
        ],
    );
    check(&[script, &[]], vec![hold(5)], &["60 ms: B reads x at 60 ms", "70 ms: B reads y at 70 ms"]);
}

#[test]
fn a_severed_link_loses_what_is_sent_and_what_would_arrive() {
    let script: &[(u64, Act)] = &[
        (9, Act::Send(1, 'v')),
        (10, Act::Send(1, 'w')),
        (69, Act::Send(1, 'x')),
        (60, Act::Send(1, 'y')),
        (70, Act::Send(1, 'z')),
    ];
    check(
        &[script, &[]],
        vec![partition(&[(0, 1)], 60, 70, PartitionMode::Sever)],
        &[
            // Sent at 9, it is there before the cut; sent at 10, it would arrive in the first moment of it.
            "10 ms: A sends w in vain",
            "59 ms: B reads v at 59 ms",
            "60 ms: network fault starts",
            "60 ms: A sends y in vain",
            "69 ms: A sends x in vain",
            "70 ms: network fault ends",
            "120 ms: B reads z at 120 ms",
        ],
    );
}

#[test]
fn what_was_under_way_all_through_a_severing_arrives() {
    check(
        &[&[(10, Act::Send(1, 'x'))], &[]],
        vec![partition(&[(0, 1)], 20, 60, PartitionMode::Sever)],
        &["20 ms: network fault starts", "60 ms: network fault ends", "60 ms: B reads x at 60 ms"],
    );
}

#[test]
fn a_copy_that_would_arrive_in_a_severing_is_not_made() {
    let twice = Fault::Duplicate { target: target('x', 1), after: Duration::from_millis(40) };
    check(
        &[&[(10, Act::Send(1, 'x'))], &[]],
        vec![twice, partition(&[(0, 1)], 100, 110, PartitionMode::Sever)],
        &["60 ms: B reads x at 60 ms", "100 ms: network fault starts", "110 ms: network fault ends"],
    );
}

#[test]
fn who_is_mute_is_not_heard_by_others_and_hears_them() {
    check(
        &[
            &[(9, Act::Send(1, 'w')), (10, Act::Broadcast(&[0, 1], 'x')), (20, Act::Send(1, 'y'))],
            &[(10, Act::Send(0, 'z'))],
        ],
        vec![omission(0, OmissionSide::Sending, 10, Some(20))],
        &[
            "10 ms: A fault starts",
            "10 ms: A sends x in vain",
            "20 ms: A fault ends",
            "59 ms: B reads w at 59 ms",
            // It still hears itself.
            "60 ms: A reads x at 60 ms",
            "60 ms: A reads z at 60 ms",
            "70 ms: B reads y at 70 ms",
        ],
    );
}

#[test]
fn who_is_deaf_loses_what_arrives_and_is_heard() {
    check(
        &[&[(10, Act::Send(1, 'x'))], &[(9, Act::Send(0, 'w')), (10, Act::Send(0, 'y')), (20, Act::Send(0, 'z'))]],
        vec![omission(0, OmissionSide::Receiving, 60, None)],
        &[
            "10 ms: B sends y in vain",
            "20 ms: B sends z in vain",
            "59 ms: A reads w at 59 ms",
            "60 ms: A fault starts",
            "60 ms: B reads x at 60 ms",
        ],
    );
}

#[test]
fn an_omission_is_no_pause_and_no_sleeper_wakes_at_its_end() {
    check(
        &[&[(30, Act::Steps(1))]],
        vec![
            pause(0, 10, 100),
            omission(0, OmissionSide::Sending, 5, Some(50)),
            omission(0, OmissionSide::Sending, 60, Some(60)),
        ],
        &[
            "5 ms: A fault starts",
            "10 ms: A fault starts",
            "50 ms: A fault ends",
            "110 ms: A fault ends",
            "110 ms: A steps",
        ],
    );
}

#[test]
fn an_omission_is_of_the_network_and_ends_whether_or_not_anybody_is_there() {
    check(
        &[&[]],
        vec![crash(0, 10), omission(0, OmissionSide::Sending, 5, Some(50))],
        &["5 ms: A fault starts", "10 ms: A crashes", "50 ms: A fault ends"],
    );
}

#[test]
fn a_stalled_step_takes_longer_and_the_next_one_does_not() {
    let stall = |ordinal, by| Fault::Stall { participant: A, step: APPLY, ordinal, by: Duration::from_millis(by) };
    let script: &[(u64, Act)] = &[(10, Act::Apply(1)), (500, Act::Apply(1)), (40, Act::Steps(1))];
    check(
        &[script],
        vec![stall(1, 100), stall(1, 10)],
        &["40 ms: A steps", "121 ms: A has applied at 121 ms", "501 ms: A has applied at 501 ms"],
    );
    // On the clock its timer goes by, and a pause before the same step strikes when the stall is over.
    let before = PauseStart::Before { step: APPLY, ordinal: 1 };
    check(
        &[script],
        vec![
            rate(0, 500_000, 0),
            stall(1, 100),
            Fault::Pause { participant: A, start: before, length: Duration::from_millis(7) },
        ],
        &[
            "0 ms: A has clocks at 500000 ppm, jumping 0",
            "80 ms: A steps",
            "222 ms: A fault starts",
            "229 ms: A fault ends",
            "229 ms: A has applied at 114.5 ms",
            "1.002 s: A has applied at 501 ms",
        ],
    );
}

#[test]
fn a_stalled_step_goes_by_its_own_clock() {
    let stall = Fault::Stall { participant: A, step: APPLY, ordinal: 1, by: Duration::from_millis(100) };
    check(
        &[&[(10, Act::Apply(1))]],
        vec![stall, jump(0, 50, 1_000)],
        &["50 ms: A has clocks at 1000000 ppm, jumping 1000000", "111 ms: A has applied at 111 ms"],
    );
}

#[test]
fn a_stalled_timer_can_still_be_replaced() {
    let stall = Fault::Stall { participant: A, step: APPLY, ordinal: 1, by: Duration::from_millis(100) };
    check(&[&[(10, Act::Apply(1)), (20, Act::Apply(5))]], vec![stall], &["25 ms: A has applied at 25 ms"]);
}
