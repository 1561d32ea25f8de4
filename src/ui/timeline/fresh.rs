//! Faults as they are when a hand has just placed them: with measures that a reader will then change.

use fencepost_scenario::model::{CrashStart, FaultSpec, MessageName, PauseStart, Recovery, Sides};
use fencepost_sim::{Disk, Duration, PartitionMode, Time};

use super::steps::Step;

/// How long what has a length lasts at first.
pub const SECOND: Duration = Duration::from_secs(1);

/// A pause.
pub fn pause(participant: &str, at: Time, length: Duration) -> FaultSpec {
    FaultSpec::Pause { participant: participant.into(), start: PauseStart::At(at), length }
}

/// A pause for a second before a step.
pub fn pause_before(participant: &str, step: Step) -> FaultSpec {
    let start = PauseStart::Before { step: step.step, ordinal: step.ordinal };
    FaultSpec::Pause { participant: participant.into(), start, length: SECOND }
}

/// A crash for good.
pub fn crash(participant: &str, start: CrashStart) -> FaultSpec {
    FaultSpec::Crash { participant: participant.into(), start, recovery: None }
}

/// A crash before a step.
pub fn crash_before(participant: &str, step: Step) -> FaultSpec {
    crash(participant, CrashStart::Before { step: step.step, ordinal: step.ordinal })
}

/// A crash, and a recovery a second later with all that was on the disk.
pub fn restart(participant: &str, at: Time) -> FaultSpec {
    let recovery = Some(Recovery { at: at + SECOND, disk: Disk::Kept });
    FaultSpec::Crash { participant: participant.into(), start: CrashStart::At(at), recovery }
}

/// A second in which nothing that it sends arrives.
pub fn mute(participant: &str, from: Time) -> FaultSpec {
    FaultSpec::Mute { participant: participant.into(), from, until: Some(from + SECOND) }
}

/// A second in which nothing arrives that is sent to it.
pub fn deafen(participant: &str, from: Time) -> FaultSpec {
    FaultSpec::Deafen { participant: participant.into(), from, until: Some(from + SECOND) }
}

/// Clocks at half their speed.
pub fn clock_rate(participant: &str, from: Time) -> FaultSpec {
    FaultSpec::ClockRate { participant: participant.into(), change_ppm: -500_000, from }
}

/// A wall clock that someone sets ten seconds forward.
pub fn clock_jump(participant: &str, at: Time) -> FaultSpec {
    FaultSpec::ClockJump { participant: participant.into(), at, by: 10_000_000 }
}

/// A message that is kept back.
pub fn hold(message: &MessageName, until: Time) -> FaultSpec {
    FaultSpec::Hold { message: message.clone(), until }
}

/// A step that takes a second longer.
pub fn stall(participant: &str, step: Step) -> FaultSpec {
    FaultSpec::Stall { participant: participant.into(), step: step.step, ordinal: step.ordinal, by: SECOND }
}

/// A partition, both ways, that loses messages: everyone up to lane `left` on one side, the rest on the other.
pub fn partition(names: &[&str], left: usize, from: Time, length: Duration) -> Option<FaultSpec> {
    let (near, far) = names.split_at_checked(left + 1)?;
    if far.is_empty() {
        return None;
    }
    let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let sides = Sides { left: own(near), right: own(far), one_way: false };
    Some(FaultSpec::Partition { sides, from, until: from + length, mode: PartitionMode::Drop })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_no_partition_beyond_the_last_lane() {
        assert_eq!(partition(&["A", "L"], 1, Time::ZERO, Duration(1)), None);
        assert_eq!(partition(&["A", "L"], 7, Time::ZERO, Duration(1)), None);
    }
}
