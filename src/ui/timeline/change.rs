//! What the reader's hand asks for: one change of the scenario, and the few words that follow the pointer meanwhile.
//!
//! It says what should become of the scenario, not of its lines: the document module finds those.

use fencepost_scenario::Edit;
use fencepost_scenario::model::{CrashStart, FaultSpec, MessageName, PauseStart, Sides};
use fencepost_sim::{Duration, PartitionMode, Time};
use fencepost_vocabulary::CheckMode;

/// One change. A fault is named by its place in the list of the scenario that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Place a new fault.
    Add(FaultSpec),
    /// Put another fault in the place of one.
    Replace {
        /// Which one.
        fault: usize,
        /// What it becomes.
        with: FaultSpec,
    },
    /// Delete a fault.
    Remove(usize),
    /// Keep a fault in the text, but without influence.
    SwitchOff(usize),
    /// How a store checks writes.
    Check {
        /// The store.
        store: String,
        /// Its new mode.
        mode: CheckMode,
    },
    /// How long a lock's lease lasts.
    Lease {
        /// The lock service.
        lock: String,
        /// The lease; `None` for a lock that never expires.
        lease: Option<Duration>,
    },
}

impl Change {
    /// What the change amounts to, for the small label at the pointer: "paused 9.5 s".
    pub fn readout(&self) -> String {
        match self {
            Self::Add(fault) | Self::Replace { with: fault, .. } => fault_words(fault),
            Self::Remove(_) => "removed".into(),
            Self::SwitchOff(_) => "switched off".into(),
            Self::Check { mode, .. } => format!("check {}", mode.word()),
            Self::Lease { lease: Some(lease), .. } => format!("lease {lease}"),
            Self::Lease { lease: None, .. } => "no lease".into(),
        }
    }
}

impl From<Change> for Edit {
    fn from(change: Change) -> Self {
        match change {
            Change::Add(fault) => Self::AddFault(fault),
            Change::Replace { fault: index, with } => Self::ReplaceFault { index, fault: with },
            Change::Remove(index) => Self::RemoveFault { index },
            Change::SwitchOff(index) => Self::DisableFault { index },
            Change::Check { store, mode } => Self::SetCheck { store, check: mode },
            Change::Lease { lock, lease } => Self::SetLease { lock, lease },
        }
    }
}

/// A fault in a few words that say its measure.
pub fn fault_words(fault: &FaultSpec) -> String {
    match fault {
        FaultSpec::Pause { length, .. } => format!("paused {length}"),
        FaultSpec::Crash { start: CrashStart::At(at), .. } => format!("crashed at {at}"),
        FaultSpec::Crash { .. } => "crashed".into(),
        FaultSpec::Mute { from, .. } => format!("mute from {from}"),
        FaultSpec::Deafen { from, .. } => format!("deaf from {from}"),
        FaultSpec::Hold { until, .. } => format!("held until {until}"),
        FaultSpec::Stall { by, .. } => format!("{by} late"),
        FaultSpec::ClockRate { .. } | FaultSpec::ClockJump { .. } => "a clock is wrong".into(),
        FaultSpec::Partition { sides, from, until, .. } => {
            let arrow = if sides.one_way { "→" } else { "|" };
            format!("{} {arrow} {} cut for {}", sides.left.join(" "), sides.right.join(" "), until.since(*from))
        }
        FaultSpec::Drop { .. } => "lost".into(),
        FaultSpec::Delay { by, .. } => format!("{by} late"),
        FaultSpec::Duplicate { after, .. } => format!("again after {after}"),
    }
}

/// A message under way, as far as a hand on its arrow needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// Which message.
    pub name: MessageName,
    /// When it was sent.
    pub sent: Time,
    /// When it arrives, if it does.
    pub arrives: Option<Time>,
}

/// The place of the fault that concerns this message alone, if there is one of the kind asked for.
pub fn fault_of(message: &MessageName, faults: &[FaultSpec], kind: fn(&FaultSpec) -> bool) -> Option<usize> {
    faults.iter().position(|fault| kind(fault) && message_of(fault) == Some(message))
}

/// The message a fault is about; `None` for a fault of participants.
pub fn message_of(fault: &FaultSpec) -> Option<&MessageName> {
    match fault {
        FaultSpec::Drop { message } | FaultSpec::Delay { message, .. } | FaultSpec::Duplicate { message, .. } => {
            Some(message)
        }
        _ => None,
    }
}

/// For [`fault_of`]: any delay.
pub fn is_delay(fault: &FaultSpec) -> bool {
    matches!(fault, FaultSpec::Delay { .. })
}

/// For [`fault_of`]: any loss.
pub fn is_drop(fault: &FaultSpec) -> bool {
    matches!(fault, FaultSpec::Drop { .. })
}

/// For [`fault_of`]: any second copy.
pub fn is_duplicate(fault: &FaultSpec) -> bool {
    matches!(fault, FaultSpec::Duplicate { .. })
}

/// The loss of a message, or its end if it is lost already.
pub fn toggle_drop(message: &MessageName, faults: &[FaultSpec]) -> Change {
    let lost = FaultSpec::Drop { message: message.clone() };
    fault_of(message, faults, is_drop).map_or(Change::Add(lost), Change::Remove)
}

/// A second copy of a message a second later, or its end if there is one already.
pub fn toggle_duplicate(message: &MessageName, faults: &[FaultSpec]) -> Change {
    let twice = FaultSpec::Duplicate { message: message.clone(), after: Duration::from_secs(1) };
    fault_of(message, faults, is_duplicate).map_or(Change::Add(twice), Change::Remove)
}

impl Flight {
    /// How late a fault makes it.
    pub fn delay(&self, faults: &[FaultSpec]) -> Duration {
        let own = fault_of(&self.name, faults, is_delay).and_then(|fault| length_of(&faults[fault]));
        own.unwrap_or(Duration::ZERO)
    }

    /// When it would arrive without its delay.
    pub fn natural_arrival(&self, faults: &[FaultSpec]) -> Option<Time> {
        self.arrives.map(|arrives| Time(arrives.0.saturating_sub(self.delay(faults).0)))
    }

    /// The change that makes it late by this much; `None` if it is on time anyway.
    pub fn delayed(&self, by: Duration, faults: &[FaultSpec]) -> Option<Change> {
        let with = FaultSpec::Delay { message: self.name.clone(), by };
        match (fault_of(&self.name, faults, is_delay), by) {
            (Some(fault), Duration::ZERO) => Some(Change::Remove(fault)),
            (None, Duration::ZERO) => None,
            (Some(fault), _) => Some(Change::Replace { fault, with }),
            (None, _) => Some(Change::Add(with)),
        }
    }
}

/// The same fault with another measure.
pub fn with_length(fault: &FaultSpec, length: Duration) -> FaultSpec {
    let mut changed = fault.clone();
    match &mut changed {
        FaultSpec::Pause { length: old, .. } => *old = length,
        FaultSpec::Partition { from, until, .. } => *until = *from + length,
        FaultSpec::Delay { by, .. } => *by = length,
        FaultSpec::Duplicate { after, .. } => *after = length,
        FaultSpec::Stall { by, .. } => *by = length,
        FaultSpec::Mute { from, until, .. } | FaultSpec::Deafen { from, until, .. } => *until = Some(*from + length),
        FaultSpec::Crash { .. }
        | FaultSpec::Drop { .. }
        | FaultSpec::Hold { .. }
        | FaultSpec::ClockRate { .. }
        | FaultSpec::ClockJump { .. } => {}
    }
    changed
}

/// The same fault from another moment on, for as long as before. A pause before a step becomes one at a time.
pub fn with_start(fault: &FaultSpec, start: Time) -> FaultSpec {
    let mut changed = fault.clone();
    match &mut changed {
        FaultSpec::Pause { start: old, .. } => *old = PauseStart::At(start),
        FaultSpec::Crash { start: old, .. } => *old = CrashStart::At(start),
        FaultSpec::Mute { from, until, .. } | FaultSpec::Deafen { from, until, .. } => {
            *until = until.map(|until| start + until.since(*from));
            *from = start;
        }
        FaultSpec::ClockRate { from, .. } => *from = start,
        FaultSpec::ClockJump { at, .. } => *at = start,
        FaultSpec::Partition { from, until, .. } => (*from, *until) = (start, start + until.since(*from)),
        FaultSpec::Drop { .. }
        | FaultSpec::Delay { .. }
        | FaultSpec::Duplicate { .. }
        | FaultSpec::Hold { .. }
        | FaultSpec::Stall { .. } => {}
    }
    changed
}

/// How long a fault lasts or how late it makes a message; `None` for one without a measure.
pub fn length_of(fault: &FaultSpec) -> Option<Duration> {
    match fault {
        FaultSpec::Pause { length, .. } => Some(*length),
        FaultSpec::Partition { from, until, .. } => Some(until.since(*from)),
        FaultSpec::Delay { by, .. } => Some(*by),
        FaultSpec::Duplicate { after, .. } => Some(*after),
        FaultSpec::Stall { by, .. } => Some(*by),
        FaultSpec::Mute { from, until, .. } | FaultSpec::Deafen { from, until, .. } => {
            until.map(|until| until.since(*from))
        }
        FaultSpec::Crash { .. }
        | FaultSpec::Drop { .. }
        | FaultSpec::Hold { .. }
        | FaultSpec::ClockRate { .. }
        | FaultSpec::ClockJump { .. } => None,
    }
}

/// When a fault is placed; `None` if that follows from a step or a message.
pub fn start_of(fault: &FaultSpec) -> Option<Time> {
    match fault {
        FaultSpec::Pause { start: PauseStart::At(at), .. } | FaultSpec::Crash { start: CrashStart::At(at), .. } => {
            Some(*at)
        }
        FaultSpec::Partition { from, .. } => Some(*from),
        _ => None,
    }
}

/// A new pause.
pub fn pause(participant: &str, at: Time, length: Duration) -> FaultSpec {
    FaultSpec::Pause { participant: participant.into(), start: PauseStart::At(at), length }
}

/// A new partition, both ways, that loses messages: everyone up to lane `left` on one side, the rest on the other.
pub fn partition(names: &[&str], left: usize, from: Time, length: Duration) -> Option<FaultSpec> {
    let (near, far) = names.split_at_checked(left + 1)?;
    if far.is_empty() {
        return None;
    }
    let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let sides = Sides { left: own(near), right: own(far), one_way: false };
    Some(FaultSpec::Partition { sides, from, until: from + length, mode: PartitionMode::Drop })
}

/// Which messages a partition cuts, as seen on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// All between the sides.
    Both,
    /// Only those from the side of the first lane.
    Forth,
    /// Only those towards it.
    Back,
}

impl Way {
    /// The way a partition cuts now.
    pub fn of(sides: &Sides, names: &[String]) -> Self {
        match (sides.one_way, first_is_left(sides, names)) {
            (false, _) => Self::Both,
            (true, true) => Self::Forth,
            (true, false) => Self::Back,
        }
    }

    /// Makes a partition cut this way.
    pub fn turn(self, sides: &mut Sides, names: &[String]) {
        if first_is_left(sides, names) == (self == Self::Back) {
            std::mem::swap(&mut sides.left, &mut sides.right);
        }
        sides.one_way = self != Self::Both;
    }
}

/// Whether the left side is the one with the first lane.
fn first_is_left(sides: &Sides, names: &[String]) -> bool {
    let place = |side: &[String]| names.iter().position(|name| side.contains(name)).unwrap_or(usize::MAX);
    place(&sides.left) <= place(&sides.right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fencepost_vocabulary::MessageKind;

    fn flight() -> Flight {
        let name = MessageName { from: "A".into(), to: "S".into(), kind: MessageKind::Write, ordinal: 1 };
        Flight { name, sent: Time(0), arrives: Some(Time::from_millis(80)) }
    }

    #[test]
    fn a_delay_taken_back_to_nothing_is_removed() {
        let late = flight().delayed(Duration::from_millis(30), &[]);
        let Some(Change::Add(delay)) = late else { panic!("a new fault") };
        let faults = [delay];
        assert_eq!(flight().natural_arrival(&faults), Some(Time::from_millis(50)));
        assert_eq!(flight().delayed(Duration::ZERO, &faults), Some(Change::Remove(0)));
        assert_eq!(flight().delayed(Duration::ZERO, &[]), None);
    }

    #[test]
    fn losing_a_lost_message_brings_it_back() {
        let Change::Add(lost) = toggle_drop(&flight().name, &[]) else { panic!("a new fault") };
        assert_eq!(toggle_drop(&flight().name, &[lost]), Change::Remove(0));
    }

    #[test]
    fn a_moved_partition_stays_as_long_as_it_was() {
        let cut = partition(&["A", "L", "S"], 0, Time::from_millis(100), Duration::from_millis(40)).expect("two sides");
        let moved = with_start(&cut, Time::from_millis(500));
        assert_eq!(length_of(&moved), Some(Duration::from_millis(40)));
        assert_eq!(fault_words(&moved), "A | L S cut for 40 ms");
    }

    #[test]
    fn there_is_no_partition_beyond_the_last_lane() {
        assert_eq!(partition(&["A", "L"], 1, Time::ZERO, Duration(1)), None);
        assert_eq!(partition(&["A", "L"], 7, Time::ZERO, Duration(1)), None);
    }
}
