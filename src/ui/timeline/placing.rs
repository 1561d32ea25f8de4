//! Something being placed or changed by keys: what it is, what a step makes of it, and what keeping it would change.
//!
//! Pure steps over one fault or one delay. Which key asks for which step is in `super::keys`.

use fencepost_scenario::model::{FaultSpec, Scenario};
use fencepost_sim::{Disk, Duration, PartitionMode, Time};

use super::axis::Axis;
use super::change::{Change, Flight, Way};
use super::grid::Grid;
use super::{fresh, measure};

/// Something that Enter will keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placing {
    /// What.
    pub what: Placed,
    /// Whether it ends with the release of Shift or Alt, as a drag ends with the release of the button.
    pub held: bool,
}

/// What can be placed or changed by keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// A fault.
    Fault {
        /// Its place in the list, if it is not new.
        place: Option<usize>,
        /// What it is now.
        fault: FaultSpec,
    },
    /// A message that is made late.
    Late {
        /// Which message.
        flight: Flight,
        /// By how much.
        by: Duration,
    },
}

impl Placing {
    /// What keeping it would change; `None` if nothing.
    pub fn change(&self, scenario: &Scenario) -> Option<Change> {
        match &self.what {
            Placed::Fault { place: None, fault } => Some(Change::Add(fault.clone())),
            Placed::Fault { place: Some(place), fault } => {
                let same = scenario.faults.get(*place) == Some(fault);
                (!same).then(|| Change::Replace { fault: *place, with: fault.clone() })
            }
            Placed::Late { flight, by } if *by == flight.delay(&scenario.faults) => None,
            Placed::Late { flight, by } => flight.delayed(*by, &scenario.faults),
        }
    }

    /// What it amounts to, for the live region.
    pub fn words(&self) -> String {
        let measure = match &self.what {
            Placed::Fault { fault, .. } => measure::fault_words(fault),
            Placed::Late { by: Duration::ZERO, .. } => "on time".into(),
            Placed::Late { by, .. } => format!("{by} late"),
        };
        let end = if self.held { "Let go to keep it" } else { "Enter keeps it" };
        let more = match &self.what {
            Placed::Fault { fault: FaultSpec::Partition { .. }, .. } => {
                " Left and right choose the sides, O one way or both, H whether messages wait."
            }
            Placed::Fault { fault: FaultSpec::Crash { recovery: Some(_), .. }, .. } => " D says what the disk keeps.",
            Placed::Fault { fault: FaultSpec::Mute { .. } | FaultSpec::Deafen { .. }, .. } => {
                " H makes it last for ever."
            }
            _ => "",
        };
        format!("{measure}. {end}, Escape takes it back.{more}")
    }
}

/// A fault that is not in the scenario yet.
pub fn new_fault(fault: FaultSpec) -> Placed {
    Placed::Fault { place: None, fault }
}

/// A fault of the scenario, to be changed.
pub fn old_fault(place: usize, fault: &FaultSpec) -> Placed {
    Placed::Fault { place: Some(place), fault: fault.clone() }
}

/// One step more or less of its measure. A message can be on time.
pub fn lengthen(what: &mut Placed, longer: bool) {
    match what {
        Placed::Late { by, .. } => *by = measure::next_length(*by, longer, 0),
        Placed::Fault { fault, .. } => *fault = measure::stepped(fault, longer),
    }
}

/// A line of the grid later or earlier. `now` is when it begins, if its own words do not say.
pub fn move_start(what: &mut Placed, now: Time, later: bool, axis: &dyn Axis) {
    if let Placed::Fault { fault, .. } = what {
        let start = measure::start_of(fault).unwrap_or(now);
        *fault = measure::with_start(fault, stepped(start, later, axis));
    }
}

/// The next line of the grid, up or down.
pub fn stepped(time: Time, later: bool, axis: &dyn Axis) -> Time {
    let grid = Grid::new(axis);
    if later { grid.after(time) } else { grid.before(time) }
}

/// Another gap between the two sides.
pub fn move_cut(what: &mut Placed, right: bool, names: &[String]) {
    let Placed::Fault { fault: FaultSpec::Partition { sides, .. }, .. } = what else { return };
    let turned = Way::of(sides, names) == Way::Back;
    let near = if turned { sides.right.len() } else { sides.left.len() };
    let near = if right { near + 1 } else { near.saturating_sub(1) };
    let Some((left, far)) = names.split_at_checked(near) else { return };
    if left.is_empty() || far.is_empty() {
        return;
    }
    (sides.left, sides.right) = if turned { (far.into(), left.into()) } else { (left.into(), far.into()) };
}

/// Both ways, then only to the right, then only to the left.
pub fn turn_cut(what: &mut Placed, names: &[String]) {
    let Placed::Fault { fault: FaultSpec::Partition { sides, .. }, .. } = what else { return };
    let next = match Way::of(sides, names) {
        Way::Both => Way::Forth,
        Way::Forth => Way::Back,
        Way::Back => Way::Both,
    };
    next.turn(sides, names);
}

/// What becomes of messages: lost when sent, waiting for the heal, or lost on arrival too. A mute or deaf one becomes so
/// for ever, or for a second.
pub fn hold_cut(what: &mut Placed) {
    let Placed::Fault { fault, .. } = what else { return };
    match fault {
        FaultSpec::Partition { mode, .. } => {
            *mode = match mode {
                PartitionMode::Drop => PartitionMode::Hold,
                PartitionMode::Hold => PartitionMode::Sever,
                PartitionMode::Sever => PartitionMode::Drop,
            };
        }
        FaultSpec::Mute { from, until, .. } | FaultSpec::Deafen { from, until, .. } => {
            *until = if until.is_some() { None } else { Some(*from + fresh::SECOND) };
        }
        _ => {}
    }
}

/// What a crash leaves on the disk: everything, what was synced, nothing.
pub fn turn_disk(what: &mut Placed) {
    let Placed::Fault { fault: FaultSpec::Crash { recovery: Some(recovery), .. }, .. } = what else { return };
    recovery.disk = match recovery.disk {
        Disk::Kept => Disk::Synced,
        Disk::Synced => Disk::Wiped,
        Disk::Wiped => Disk::Kept,
    };
}
