//! Two clocks for everybody: one that never jumps, one that people set.

use crate::puppet::*;
use fencepost_sim::*;

const A: ParticipantId = ParticipantId(0);

#[test]
fn a_slow_clock_fires_late_and_reads_low() {
    check(
        &[&[(10, Act::Steps(1)), (20, Act::Send(1, 'x'))], &[(30, Act::Send(0, 'y'))]],
        vec![rate(0, 500_000, 0)],
        &[
            "0 ms: A has clocks at 500000 ppm, jumping 0",
            "20 ms: A steps",
            "80 ms: A reads y at 40 ms",
            "90 ms: B reads x at 90 ms",
        ],
    );
}

#[test]
fn a_change_of_pace_moves_the_timers_that_are_already_set() {
    // Set at 0 for 100 ms; half of it has passed when the pace changes.
    let script: &[(u64, Act)] = &[(100, Act::Steps(1))];
    check(
        &[script],
        vec![rate(0, 2_000_000, 50)],
        &["50 ms: A has clocks at 2000000 ppm, jumping 0", "75 ms: A steps"],
    );
    check(&[script], vec![rate(0, 500_000, 50)], &["50 ms: A has clocks at 500000 ppm, jumping 0", "150 ms: A steps"]);
    check(
        &[script],
        vec![rate(0, 500_000, 50), rate(0, 1_000_000, 90)],
        &[
            "50 ms: A has clocks at 500000 ppm, jumping 0",
            "90 ms: A has clocks at 1000000 ppm, jumping 0",
            "120 ms: A steps",
        ],
    );
}

#[test]
fn timers_that_fall_together_keep_the_order_in_which_they_were_set() {
    let letters: &[(u64, Act)] = &[(100, Act::Send(1, 'x')), (100, Act::Send(1, 'y')), (100, Act::Send(1, 'z'))];
    let trace = trace(world(&[letters, &[]], vec![rate(0, 2_000_000, 50), rate(0, 700_000, 60)]));
    let read: Vec<_> = diary(&trace).into_iter().filter(|line| line.contains("reads")).collect();
    // 100 ms on A's clock: 50 at the true pace, 20 at the double one, 30 at seven tenths of it.
    let at = |letter| format!("152.858 ms: B reads {letter} at 152.858 ms");
    assert_eq!(read, ['x', 'y', 'z'].map(at));
}

#[test]
fn also_after_one_among_them_was_set_anew() {
    // The alarm is the first of the timers that are set, and is then replaced; x is asked for before y.
    let script: &[(u64, Act)] = &[
        (1, Act::Alarm(500)),
        (10, Act::Every(9_000, 1, 'x')),
        (10, Act::Every(9_000, 1, 'y')),
        (20, Act::Alarm(500)),
    ];
    let trace = trace(world(&[script, &[]], vec![rate(0, 2_000_000, 50)]));
    let read: String = diary(&trace).iter().filter_map(|line| line.split("reads ").nth(1)?.chars().next()).collect();
    assert_eq!(read, "xyxyxy");
}

#[test]
fn a_jump_is_seen_by_the_wall_clock_alone() {
    check(
        &[&[(10, Act::Alarm(100)), (120, Act::Steps(1))], &[(30, Act::Send(0, 'y'))]],
        vec![jump(0, 50, -20)],
        &[
            "50 ms: A has clocks at 1000000 ppm, jumping -20000",
            "80 ms: A reads y at 80 ms",
            "120 ms: A steps",
            // Set for 110 ms on the wall, which now comes 20 ms later.
            "130 ms: A hears its alarm at 110 ms on the wall",
        ],
    );
}

#[test]
fn a_jump_past_an_alarm_sets_it_off_in_that_moment_behind_the_mail() {
    check(
        &[&[(10, Act::Alarm(100))], &[(10, Act::Send(0, 'y'))]],
        vec![jump(0, 60, 5_000)],
        &[
            "60 ms: A has clocks at 1000000 ppm, jumping 5000000",
            "60 ms: A reads y at 60 ms",
            "60 ms: A hears its alarm at 5.06 s on the wall",
        ],
    );
}

#[test]
fn an_alarm_due_in_the_moment_of_a_jump_back_is_put_off() {
    check(
        &[&[(10, Act::Alarm(100))]],
        vec![jump(0, 110, -5)],
        &["110 ms: A has clocks at 1000000 ppm, jumping -5000", "115 ms: A hears its alarm at 110 ms on the wall"],
    );
}

#[test]
fn an_alarm_that_came_due_in_a_pause_has_come_due() {
    check(
        &[&[(10, Act::Alarm(40))]],
        vec![pause(0, 20, 100), jump(0, 80, -1_000)],
        &[
            "20 ms: A fault starts",
            "80 ms: A has clocks at 1000000 ppm, jumping -1000000",
            "120 ms: A fault ends",
            "120 ms: A hears its alarm at −880 ms on the wall",
        ],
    );
}

#[test]
fn both_clocks_run_on_through_pauses_and_crashes() {
    check(
        &[&[], &[(150, Act::Send(0, 'y'))]],
        vec![crash_until(0, 20, 120, Disk::Kept), rate(0, 500_000, 100), pause(0, 10, 5)],
        &[
            "10 ms: A fault starts",
            "15 ms: A fault ends",
            "20 ms: A crashes until 120 ms",
            "100 ms: A has clocks at 500000 ppm, jumping 0",
            "120 ms: A recovers",
            "120 ms: A begins life 2 with its disk kept",
            "200 ms: A reads y at 150 ms",
        ],
    );
}

#[test]
fn however_fast_the_clock_time_passes() {
    // A microsecond on a clock a hundred times too fast is less than one of true time, and still takes one.
    let mut world = world(&[&[(0, Act::Every(0, 0, 'x'))]], vec![rate(0, 100_000_000, 0)]);
    let end = run(
        &mut world,
        Time(500),
        Limits { events: 10_000, events_per_instant: 10, ..Limits::default() },
        &mut Unrecorded::default(),
    );
    assert_eq!(end, End::Horizon);
}

#[test]
fn a_track_read_from_the_trace_shows_what_the_actors_saw() {
    let faults =
        vec![rate(0, 333_333, 7), jump(0, 20, -70), rate(0, 1_777_777, 31), jump(0, 60, 400), rate(1, 10_000, 5)];
    let scripts: &[&[(u64, Act)]] =
        &[&[(3, Act::Every(4, 1, 'x')), (1, Act::Alarm(30))], &[(1, Act::Every(1, 0, 'y'))]];
    let horizon = Time::from_millis(200);
    let (mut world, mut recording) = (world(scripts, faults), Recording::default());
    let mut seen = Vec::new();
    while world.next_time().is_some_and(|next| next < horizon) {
        world.advance(&mut recording);
        // Read after the whole moment, as the track reads it.
        if world.next_time() != Some(world.now()) {
            seen.push((world.now(), [A, ParticipantId(1)].map(|id| world.clocks(id))));
        }
    }
    let track = ClockTrack::read(&recording.finish(End::Horizon, horizon, horizon));
    assert!(seen.len() > 50 && !track.is_untouched());
    for (moment, clocks) in seen {
        assert_eq!([A, ParticipantId(1)].map(|id| track.now(id, moment)), clocks, "at {moment}");
        let back = track.when_mono(A, clocks[0].mono);
        assert_eq!(track.mono(A, back), clocks[0].mono);
        assert!(back <= moment && (back == Time::ZERO || track.mono(A, Time(back.0 - 1)) < clocks[0].mono));
    }
}
