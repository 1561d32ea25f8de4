//! The measure of a fault: when it begins, how long it lasts, how far off a clock is; and the same fault with another.
//!
//! What a hand on a grip, a key and a number in a menu have in common.

use fencepost_scenario::model::{CrashStart, FaultSpec, PauseStart};
use fencepost_sim::{Duration, Time};

use super::axis::step_for;
use crate::words::{percent, signed};

/// A fault in a few words that say its measure.
pub fn fault_words(fault: &FaultSpec) -> String {
    match fault {
        FaultSpec::Pause { length, .. } => format!("paused {length}"),
        FaultSpec::Crash { start, recovery, .. } => match (start, recovery) {
            (CrashStart::At(at), None) => format!("crashed at {at}"),
            (CrashStart::At(at), Some(recovery)) => format!("down for {}", recovery.at.since(*at)),
            (_, None) => "crashed".into(),
            (_, Some(recovery)) => format!("down until {}", recovery.at),
        },
        FaultSpec::Mute { from, until, .. } => format!("mute {}", lasting(*from, *until)),
        FaultSpec::Deafen { from, until, .. } => format!("deaf {}", lasting(*from, *until)),
        FaultSpec::Hold { until, .. } => format!("held until {until}"),
        FaultSpec::Stall { by, .. } | FaultSpec::Delay { by, .. } => format!("{by} late"),
        FaultSpec::ClockRate { change_ppm, .. } => format!("clocks {}", percent(*change_ppm)),
        FaultSpec::ClockJump { by, .. } => format!("wall clock {}", signed(*by)),
        FaultSpec::Partition { sides, from, until, .. } => {
            let arrow = if sides.one_way { "→" } else { "|" };
            let until = Some(*until).filter(|until| *until < Time::NEVER);
            format!("{} {arrow} {} cut {}", sides.left.join(" "), sides.right.join(" "), lasting(*from, until))
        }
        FaultSpec::Drop { .. } => "lost".into(),
        FaultSpec::Duplicate { after, .. } => format!("again after {after}"),
        FaultSpec::Lie { to, says, .. } => format!("says {} to {to}", says.word()),
    }
}

fn lasting(from: Time, until: Option<Time>) -> String {
    until.map_or_else(|| format!("from {from} on"), |until| format!("for {}", until.since(from)))
}

/// How long a fault lasts or how late it makes something; `None` for one without such a measure.
pub fn length_of(fault: &FaultSpec) -> Option<Duration> {
    match fault {
        FaultSpec::Pause { length, .. } => Some(*length),
        FaultSpec::Delay { by, .. } | FaultSpec::Stall { by, .. } => Some(*by),
        FaultSpec::Duplicate { after, .. } => Some(*after),
        _ => end_of(fault).zip(start_of(fault)).map(|(end, start)| end.since(start)),
    }
}

/// The same fault with another length.
pub fn with_length(fault: &FaultSpec, length: Duration) -> FaultSpec {
    let mut changed = fault.clone();
    match &mut changed {
        FaultSpec::Pause { length: old, .. } => *old = length,
        FaultSpec::Delay { by, .. } | FaultSpec::Stall { by, .. } => *by = length,
        FaultSpec::Duplicate { after, .. } => *after = length,
        _ => return start_of(fault).map_or(changed, |start| with_end(fault, start + length)),
    }
    changed
}

/// When a fault ends, where its own words say so; `None` also for one that lasts for ever.
pub fn end_of(fault: &FaultSpec) -> Option<Time> {
    match fault {
        FaultSpec::Partition { until, .. } => Some(*until).filter(|until| *until < Time::NEVER),
        FaultSpec::Hold { until, .. } => Some(*until),
        FaultSpec::Mute { until, .. } | FaultSpec::Deafen { until, .. } => *until,
        FaultSpec::Crash { recovery, .. } => recovery.map(|recovery| recovery.at),
        _ => None,
    }
}

/// The same fault until another moment. One that cannot end stays what it is.
pub fn with_end(fault: &FaultSpec, end: Time) -> FaultSpec {
    let mut changed = fault.clone();
    match &mut changed {
        FaultSpec::Partition { until, .. } | FaultSpec::Hold { until, .. } => *until = end,
        FaultSpec::Mute { until, .. } | FaultSpec::Deafen { until, .. } => *until = Some(end),
        FaultSpec::Crash { recovery: Some(recovery), .. } => recovery.at = end,
        _ => {}
    }
    changed
}

/// When a fault is placed; `None` if that follows from a step or a message.
pub fn start_of(fault: &FaultSpec) -> Option<Time> {
    match fault {
        FaultSpec::Pause { start: PauseStart::At(at), .. }
        | FaultSpec::Crash { start: CrashStart::At(at), .. }
        | FaultSpec::ClockJump { at, .. } => Some(*at),
        FaultSpec::Partition { from, .. }
        | FaultSpec::Mute { from, .. }
        | FaultSpec::Deafen { from, .. }
        | FaultSpec::ClockRate { from, .. } => Some(*from),
        _ => None,
    }
}

/// The same fault from another moment on, for as long as before. One before a step becomes one at a time.
pub fn with_start(fault: &FaultSpec, start: Time) -> FaultSpec {
    let mut changed = fault.clone();
    let length = length_of(fault);
    match &mut changed {
        FaultSpec::Pause { start: old, .. } => *old = PauseStart::At(start),
        FaultSpec::Crash { start: old, recovery, .. } => {
            *old = CrashStart::At(start);
            if let Some(recovery) = recovery {
                // A recovery before the crash would never be one.
                recovery.at = length.map_or(recovery.at.max(start + Duration(1_000)), |length| start + length);
            }
        }
        FaultSpec::ClockRate { from, .. } => *from = start,
        FaultSpec::ClockJump { at, .. } => *at = start,
        FaultSpec::Partition { from, .. } | FaultSpec::Mute { from, .. } | FaultSpec::Deafen { from, .. } => {
            *from = start;
            return length.map_or(changed.clone(), |length| with_end(&changed, start + length));
        }
        _ => {}
    }
    changed
}

/// A clock's rate changes by tenths under a key, and its jump by seconds.
const TENTH: i32 = 100_000;
const SECOND: i64 = 1_000_000;

/// The same fault with one step more, or less, of its measure. A length keeps at least one step, and no clock becomes
/// right.
pub fn stepped(fault: &FaultSpec, more: bool) -> FaultSpec {
    let mut changed = fault.clone();
    match &mut changed {
        FaultSpec::ClockRate { change_ppm, .. } => {
            let next = if more { *change_ppm + TENTH } else { *change_ppm - TENTH };
            let next = if next == 0 { next + if more { TENTH } else { -TENTH } } else { next };
            *change_ppm = next.clamp(-9 * TENTH, 90 * TENTH);
        }
        FaultSpec::ClockJump { by, .. } => {
            let next = if more { *by + SECOND } else { *by - SECOND };
            *by = if next == 0 { next + if more { SECOND } else { -SECOND } } else { next };
        }
        _ => match (length_of(fault), end_of(fault)) {
            (Some(length), _) => return with_length(fault, next_length(length, more, step_for(Duration::ZERO).0)),
            (None, Some(end)) => {
                let step = step_for(Duration(2_000_000)).0;
                return with_end(fault, Time(if more { end.0 + step } else { end.0.saturating_sub(step) }));
            }
            (None, None) => {}
        },
    }
    changed
}

/// A length with one step more or less, and at least so much.
pub fn next_length(length: Duration, more: bool, least: u64) -> Duration {
    // Just below a boundary the step is the smaller one, so that down and up are inverse.
    let step = if more { step_for(length) } else { step_for(Duration(length.0.saturating_sub(1))) };
    let next = if more { length.0.saturating_add(step.0) } else { length.0.saturating_sub(step.0) };
    Duration(next.max(least))
}

#[cfg(test)]
mod tests {
    use super::super::fresh;
    use super::*;

    const FIVE: Time = Time::from_millis(5_000);

    #[test]
    fn a_moved_fault_lasts_as_long_as_before() {
        let cut = fresh::partition(&["A", "L", "S"], 0, Time::from_millis(100), Duration::from_millis(40));
        let all =
            [cut.expect("two sides"), fresh::restart("L", FIVE), fresh::mute("L", FIVE), fresh::deafen("L", FIVE)];
        for fault in all {
            let moved = with_start(&fault, Time::from_millis(500));
            assert_eq!(start_of(&moved), Some(Time::from_millis(500)), "{fault:?}");
            assert_eq!(length_of(&moved), length_of(&fault), "{fault:?}");
        }
    }

    #[test]
    fn a_fault_dragged_by_its_end_keeps_its_beginning() {
        for fault in [fresh::restart("L", FIVE), fresh::mute("L", FIVE), fresh::deafen("L", FIVE)] {
            let longer = with_end(&fault, Time::from_millis(9_000));
            assert_eq!((start_of(&longer), length_of(&longer)), (Some(FIVE), Some(Duration::from_secs(4))));
        }
        let forever = fresh::crash("L", CrashStart::At(FIVE));
        assert_eq!(with_end(&forever, Time::from_millis(9_000)), forever, "who crashed for good has no end to drag");
    }

    #[test]
    fn clocks_move_in_time_and_never_become_right() {
        let slow = fresh::clock_rate("A", FIVE);
        assert_eq!(start_of(&with_start(&slow, Time::ZERO)), Some(Time::ZERO));
        let faster = (0..4).fold(slow.clone(), |fault, _| stepped(&fault, true));
        assert_eq!(fault_words(&faster), "clocks −10 %");
        assert_eq!(fault_words(&stepped(&faster, true)), "clocks +10 %");
        let slowest = (0..20).fold(slow, |fault, _| stepped(&fault, false));
        assert_eq!(fault_words(&slowest), "clocks −90 %");
        let jump = (0..10).fold(fresh::clock_jump("L", FIVE), |fault, _| stepped(&fault, false));
        assert_eq!(fault_words(&jump), "wall clock −1 s");
    }

    #[test]
    fn up_and_down_are_inverse() {
        for fault in [fresh::restart("L", FIVE), fresh::mute("L", FIVE), fresh::clock_jump("L", FIVE)] {
            assert_eq!(stepped(&stepped(&fault, true), false), fault);
        }
    }
}
