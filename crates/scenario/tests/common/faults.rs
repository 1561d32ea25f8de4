//! What goes wrong, made by chance: part of [`super`].

use fencepost_scenario::model::{CrashStart, FaultSpec, MessageName, PauseStart, Recovery, Sides};
use fencepost_sim::{Disk, PartitionMode, Time};
use fencepost_vocabulary::{MessageKind, Step};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{CLIENTS, LOCKS, STORES, anybody, length, micros, moment, together, two_of_them};

fn message() -> impl Strategy<Value = MessageName> {
    (two_of_them(), select(&MessageKind::ALL), 1..9_u32).prop_map(|((from, to), kind, ordinal)| MessageName {
        from,
        to,
        kind,
        ordinal,
    })
}

fn sides() -> impl Strategy<Value = Sides> {
    let drawn = subsequence([&LOCKS[..], &STORES, &CLIENTS].concat(), 2..5);
    (drawn, 1..4_usize, any::<bool>()).prop_map(|(names, cut, one_way)| {
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let (left, right) = names.split_at(cut.min(names.len() - 1));
        Sides { left: left.to_vec(), right: right.to_vec(), one_way }
    })
}

fn recovery() -> impl Strategy<Value = Option<(u64, Disk)>> {
    option::of((1..2_000_u64, select(&[Disk::Kept, Disk::Synced, Disk::Wiped])))
}

/// A participant stops: at a moment, before a step, or after a message of its own.
fn crash() -> impl Strategy<Value = FaultSpec> {
    let start = prop_oneof![
        (anybody(), (0..80_000_000_u64).prop_map(|at| CrashStart::At(Time(at)))),
        (anybody(), step_of_anybody().prop_map(|(step, ordinal)| CrashStart::Before { step, ordinal })),
        message().prop_map(|message| (message.from.clone(), CrashStart::AfterSending(message))),
    ];
    (start, recovery()).prop_map(|((participant, start), recovery)| {
        let begins = if let CrashStart::At(at) = start { at.0 } else { 0 };
        let recovery = recovery.map(|(later, disk)| Recovery { at: Time(begins + later), disk });
        FaultSpec::Crash { participant, start, recovery }
    })
}

fn step_of_anybody() -> impl Strategy<Value = (Step, u32)> + Clone {
    (select(&Step::ALL), 1..9_u32)
}

/// Someone cannot send, cannot receive, or takes too long.
fn hindrance() -> impl Strategy<Value = FaultSpec> {
    let span = || {
        (0..1_000_u64, option::of(1..1_000_u64))
            .prop_map(|(from, length)| (Time(from), length.map(|length| Time(from + length))))
    };
    let timed = select(&[Step::Apply, Step::Sync]);
    prop_oneof![
        (anybody(), span()).prop_map(|(participant, (from, until))| FaultSpec::Mute { participant, from, until }),
        (anybody(), span()).prop_map(|(participant, (from, until))| FaultSpec::Deafen { participant, from, until }),
        (anybody(), timed, 1..9_u32, length()).prop_map(|(participant, step, ordinal, by)| FaultSpec::Stall {
            participant,
            step,
            ordinal,
            by
        }),
    ]
}

fn wrong_clock() -> impl Strategy<Value = FaultSpec> {
    let change = prop_oneof![-99..=9_900_i32, Just(0)].prop_map(|percent| percent * 10_000);
    let change = prop_oneof![change, -990_000..=99_000_000_i32];
    prop_oneof![
        (anybody(), change, moment()).prop_map(|(participant, change_ppm, from)| FaultSpec::ClockRate {
            participant,
            change_ppm,
            from
        }),
        (anybody(), moment(), micros(), any::<bool>()).prop_map(|(participant, at, by, back)| {
            let by = if back { -(by as i64) } else { by as i64 };
            FaultSpec::ClockJump { participant, at, by }
        }),
    ]
}

/// Any fault.
pub fn fault() -> BoxedStrategy<FaultSpec> {
    let start = prop_oneof![
        moment().prop_map(PauseStart::At),
        step_of_anybody().prop_map(|(step, ordinal)| PauseStart::Before { step, ordinal }),
    ];
    let mode = select(&[PartitionMode::Drop, PartitionMode::Hold, PartitionMode::Sever]);
    prop_oneof![
        2 => (anybody(), start, length())
            .prop_map(|(participant, start, length)| FaultSpec::Pause { participant, start, length }),
        2 => crash(),
        2 => hindrance(),
        2 => wrong_clock(),
        1 => (sides(), 0..1_000_u64, 1..1_000_u64, mode).prop_map(|(sides, from, length, mode)| FaultSpec::Partition {
            sides,
            from: Time::from_millis(from),
            until: Time::from_millis(from + length),
            mode
        }),
        1 => message().prop_map(|message| FaultSpec::Drop { message }),
        1 => (message(), length()).prop_map(|(message, by)| FaultSpec::Delay { message, by }),
        1 => (message(), length()).prop_map(|(message, after)| FaultSpec::Duplicate { message, after }),
        1 => (message(), moment()).prop_map(|(message, until)| FaultSpec::Hold { message, until }),
        1 => together::lie(),
    ]
    .boxed()
}
