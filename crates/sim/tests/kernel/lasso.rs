//! A run that comes back to where it was goes round for ever; one that counts on never does.

use crate::puppet::*;
use fencepost_sim::*;

fn lasso(scripts: &[&[(u64, Act)]], faults: Vec<Fault<Words>>) -> Option<Lasso> {
    find_lasso(world(scripts, faults), Time::from_millis(60_000), Limits::default()).lasso()
}

/// Asks again every second and remembers when it last did.
const RETRY: &[(u64, Act)] = &[(100, Act::Every(1_000, 1, 'x'))];

#[test]
fn asking_a_dead_server_again_and_again_is_a_loop() {
    let lasso = lasso(&[RETRY, &[(8_000, Act::Steps(1))]], vec![crash(1, 3_000)]).expect("a loop");
    assert_eq!(lasso.length, Duration::from_secs(1));
    assert!(lasso.from > Time::from_millis(3_000));
    // A timer that the dead one had set for the end of time is nothing still to come.
    let forever: &[(u64, Act)] = &[(50_000_000, Act::Steps(1))];
    assert!(self::lasso(&[RETRY, forever], vec![crash(1, 3_000)]).is_some());
}

#[test]
fn two_rhythms_make_one_loop() {
    let found = lasso(&[RETRY, &[(0, Act::Every(700, 0, 'y'))]], vec![]);
    assert_eq!(found.expect("a loop").length, Duration::from_secs(7));
}

#[test]
fn a_loop_is_found_by_clocks_that_go_wrong() {
    // A third too slow: the loop is three rounds long, until the parts of a microsecond come round as well.
    let found = lasso(&[&[(100, Act::Every(1, 1, 'x'))], &[]], vec![rate(0, 700_000, 0), jump(0, 50, -7)]);
    assert_eq!(found.expect("a loop").length, Duration::from_millis(10));
}

#[test]
fn one_who_counts_never_comes_back() {
    assert_eq!(lasso(&[RETRY, &[(0, Act::Count(1_000))]], vec![]), None);
}

#[test]
fn what_ends_is_no_loop() {
    assert_eq!(lasso(&[&[(10, Act::Send(1, 'x'))], &[]], vec![]), None);
}

#[test]
fn there_is_no_loop_while_a_fault_is_still_to_come_or_to_end() {
    let found = |fault| lasso(&[RETRY, &[]], vec![fault]).map(|lasso| lasso.from >= Time::from_millis(20_000));
    assert_eq!(found(pause(0, 19_000, 1_000)), Some(true));
    assert_eq!(found(crash_until(1, 5, 20_000, Disk::Kept)), Some(true));
    assert_eq!(found(partition(&[(0, 1)], 5, 20_000, PartitionMode::Hold)), Some(true));
    assert_eq!(found(jump(1, 20_000, 5)), Some(true));
    assert_eq!(found(crash(1, 70_000)), None, "not within the horizon");
    // One that never ends is part of the loop.
    assert_eq!(found(omission(0, OmissionSide::Sending, 5, None)), Some(false));
    let cut = Fault::Partition {
        links: vec![(ParticipantId(0), ParticipantId(1))],
        from: Time(5),
        until: Time::NEVER,
        mode: PartitionMode::Drop,
    };
    assert_eq!(found(cut), Some(false));
}

#[test]
fn the_search_begins_afresh_when_the_last_fault_is_over() {
    // Twenty thousand rounds before that must not make it look only every thirty thousand rounds.
    let world = world(&[&[(0, Act::Every(1, 1, 'x'))], &[]], vec![pause(1, 19_000, 1_000)]);
    let found = find_lasso(world, Time::from_millis(20_200), Limits::default()).lasso().expect("a loop");
    assert_eq!(found.length, Duration::from_millis(1));
}

#[test]
fn a_fault_that_waits_for_a_message_which_never_comes_is_no_hindrance() {
    assert!(lasso(&[RETRY, &[]], vec![Fault::Drop { target: target('y', 1) }]).is_some());
    // One that counts the messages of the loop is: each round brings it nearer.
    assert_eq!(lasso(&[RETRY, &[]], vec![Fault::Drop { target: target('x', 1_000) }]), None);
}

#[test]
fn drawn_delays_make_every_round_another_one() {
    let mut network = Network::new(2, Duration::from_millis(50));
    let (a, b) = (ParticipantId(0), ParticipantId(1));
    network.set_range(a, b, Duration(1), Duration(9), 7);
    network.set_fifo(a, b);
    let horizon = Time::from_millis(60_000);
    assert_eq!(find_lasso(world_with(network, &[RETRY, &[]], vec![]), horizon, Limits::default()).lasso(), None);
}

#[test]
fn a_search_among_too_much_that_is_under_way_is_given_up_and_says_so() {
    // Three thousand messages are always under way, and one who counts keeps every moment from being like another.
    let search = |lasso_work| {
        let crowd = world_with(
            Network::new(2, Duration::from_secs(3)),
            &[&[(0, Act::Every(1, 1, 'x'))], &[(0, Act::Count(1))]],
            vec![],
        );
        find_lasso(crowd, Time::from_millis(6_000), Limits { lasso_work, ..Limits::default() })
    };
    assert_eq!(search(1_000_000), LassoSearch::GaveUp);
    assert_eq!(search(u64::MAX), LassoSearch::NotFound, "the horizon comes first");
}

#[test]
fn a_fault_planned_for_the_end_is_seen_without_looking_through_all_that_comes_before() {
    // Four thousand moments with a thousand messages under way: four million looks from the front, one a moment from the end.
    let busy = world_with(
        Network::new(2, Duration::from_secs(1)),
        &[&[(0, Act::Every(1, 1, 'x'))], &[]],
        vec![crash(1, 59_000)],
    );
    let limits = Limits { lasso_work: 20_000, ..Limits::default() };
    assert_eq!(find_lasso(busy, Time::from_millis(5_000), limits), LassoSearch::NotFound);
}

#[test]
fn equal_in_normal_form_means_the_same_future() {
    let mut network = Network::new(3, Duration::from_millis(50));
    network.set_fifo(ParticipantId(0), ParticipantId(1));
    let scripts: &[&[(u64, Act)]] = &[RETRY, &[(0, Act::Every(500, 2, 'y'))], &[(10, Act::Every(250, 0, 'z'))]];
    let plan = vec![rate(1, 500_000, 0), jump(1, 10, 77), crash(2, 400)];
    let start = world_with(network, scripts, plan);
    let loops = find_lasso(start.clone(), Time::from_millis(60_000), Limits::default()).lasso().expect("a loop");
    let at = |moment: Time| {
        let mut world = start.clone();
        run(&mut world, moment + Duration(1), Limits::default(), &mut Unrecorded::default());
        world
    };
    let (mut early, mut late) = (at(loops.from), at(loops.from + loops.length));
    assert_eq!(early.normalised(), late.normalised());
    assert_ne!(early, late);
    for _ in 0..100 {
        let next = |world: &World<Puppet>| world.next_time().expect("it never ends");
        assert_eq!(next(&early) + loops.length, next(&late));
        early.advance(&mut Unrecorded::default());
        late.advance(&mut Unrecorded::default());
        assert_eq!(early.normalised(), late.normalised());
    }
}
