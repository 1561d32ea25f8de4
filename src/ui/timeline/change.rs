//! What the reader's hand asks for: one change of the scenario, and the few words that follow the pointer meanwhile.
//!
//! It says what should become of the scenario, not of its lines: the document module finds those.

use fencepost_scenario::Edit;
use fencepost_scenario::model::{CrashStart, FaultSpec, MessageName, Order, Sides};
use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::CheckMode;

use super::{fresh, measure};

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
    /// Any other option, as the edit it is.
    Option(Edit),
}

impl Change {
    /// What the change amounts to, for the small label at the pointer: "paused 9.5 s".
    pub fn readout(&self) -> String {
        match self {
            Self::Add(fault) | Self::Replace { with: fault, .. } => measure::fault_words(fault),
            Self::Remove(_) => "removed".into(),
            Self::SwitchOff(_) => "switched off".into(),
            Self::Check { mode, .. } => format!("check {}", mode.word()),
            Self::Lease { lease: Some(lease), .. } => format!("lease {lease}"),
            Self::Lease { lease: None, .. } => "no lease".into(),
            Self::Option(Edit::SetOption { option, value, .. }) => {
                format!("{option} {}", value.as_deref().unwrap_or("as usual"))
            }
            Self::Option(_) => String::new(),
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
            Change::Option(edit) => edit,
        }
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
        FaultSpec::Drop { message }
        | FaultSpec::Delay { message, .. }
        | FaultSpec::Duplicate { message, .. }
        | FaultSpec::Hold { message, .. } => Some(message),
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

/// For [`fault_of`]: any holding back.
pub fn is_hold(fault: &FaultSpec) -> bool {
    matches!(fault, FaultSpec::Hold { .. })
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

/// The crash of its sender right after a message, or its end if there is one already.
pub fn toggle_kill(message: &MessageName, faults: &[FaultSpec]) -> Change {
    let kills = |fault: &FaultSpec| matches!(fault, FaultSpec::Crash { start: CrashStart::AfterSending(after), .. } if after == message);
    let kill = fresh::crash(&message.from, CrashStart::AfterSending(message.clone()));
    faults.iter().position(kills).map_or(Change::Add(kill), Change::Remove)
}

/// The opposite of what a traitor says in a message, or the truth again if it lies there already. `about` is whose word
/// it passes on.
pub fn toggle_lie(message: &MessageName, about: Option<&str>, says: Order, faults: &[FaultSpec]) -> Change {
    // A lie about somebody's word goes before one about anybody's, and of two alike the later counts.
    let told = |of: Option<&str>| {
        faults.iter().rposition(|fault| {
            matches!(fault, FaultSpec::Lie { from, to, about, .. }
                if *from == message.from && *to == message.to && about.as_deref() == of)
        })
    };
    let told = about.and_then(|about| told(Some(about))).or_else(|| told(None));
    let opposite = if says == Order::Attack { Order::Retreat } else { Order::Attack };
    let lie = FaultSpec::Lie {
        from: message.from.clone(),
        to: message.to.clone(),
        about: about.map(str::to_owned),
        says: opposite,
    };
    told.map_or(Change::Add(lie), Change::Remove)
}

impl Flight {
    /// Until when a fault keeps it from leaving; the moment it was sent if none does.
    pub fn held_until(&self, faults: &[FaultSpec]) -> Time {
        let own = fault_of(&self.name, faults, is_hold).map(|fault| &faults[fault]);
        if let Some(FaultSpec::Hold { until, .. }) = own { *until } else { self.sent }
    }

    /// The change that keeps it until a moment; `None` if it is not kept anyway.
    pub fn held(&self, until: Time, faults: &[FaultSpec]) -> Option<Change> {
        let with = fresh::hold(&self.name, until);
        match (fault_of(&self.name, faults, is_hold), until > self.sent) {
            (Some(fault), true) => Some(Change::Replace { fault, with }),
            (Some(fault), false) => Some(Change::Remove(fault)),
            (None, true) => Some(Change::Add(with)),
            (None, false) => None,
        }
    }

    /// How late a fault makes it.
    pub fn delay(&self, faults: &[FaultSpec]) -> Duration {
        let own = fault_of(&self.name, faults, is_delay).and_then(|fault| measure::length_of(&faults[fault]));
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
    fn a_message_held_until_it_was_sent_is_not_held() {
        let Some(Change::Add(held)) = flight().held(Time::from_millis(500), &[]) else { panic!("a new fault") };
        let faults = [held];
        assert_eq!(flight().held_until(&faults), Time::from_millis(500));
        assert_eq!(flight().held(Time::ZERO, &faults), Some(Change::Remove(0)));
        assert_eq!(flight().held(Time::ZERO, &[]), None);
    }

    #[test]
    fn who_lies_already_is_made_to_say_the_truth() {
        let name = MessageName { from: "G2".into(), to: "G3".into(), kind: MessageKind::Order, ordinal: 1 };
        let Change::Add(lie) = toggle_lie(&name, None, Order::Attack, &[]) else { panic!("a new fault") };
        assert_eq!(crate::words::fault_sentence(&lie), "G2 tells G3 to retreat");
        assert_eq!(toggle_lie(&name, Some("G1"), Order::Retreat, &[lie]), Change::Remove(0), "it speaks of G1 too");
        let Change::Add(other) = toggle_lie(&name, Some("G1"), Order::Retreat, &[]) else { panic!("a new fault") };
        assert!(matches!(toggle_lie(&name, Some("G4"), Order::Attack, &[other]), Change::Add(_)));
    }

    #[test]
    fn a_sender_that_dies_of_a_message_can_be_spared() {
        let Change::Add(kill) = toggle_kill(&flight().name, &[]) else { panic!("a new fault") };
        assert_eq!(toggle_kill(&flight().name, &[kill]), Change::Remove(0));
    }
}
