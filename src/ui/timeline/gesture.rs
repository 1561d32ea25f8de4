//! The pointer's grammar: what a press, a drag and a release on the diagram mean.
//!
//! A state machine over points of the picture and what lies under them. It knows no browser, paints nothing and runs
//! nothing: each step answers with what should be shown, kept or opened. Finding what lies under the pointer is
//! `super::hit`'s, the same intents by keyboard are `super::keys`'.

use fencepost_scenario::model::{FaultSpec, Scenario};
use fencepost_scene::Key;
use fencepost_sim::{EventId, Time};

use super::axis::Axis;
use super::change::{Change, Flight};
use super::grid::Grid;
use super::{fresh, measure};

/// A place in the picture, in its own units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// The part of a fault's shape that the hand holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The grip at its beginning.
    Start,
    /// All of it.
    Body,
    /// The grip at its end.
    End,
}

/// What lies under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub enum Hit {
    /// A lane, at the pointer's height.
    Lane(usize),
    /// The space right of a lane.
    Gap(usize),
    /// A pause or a partition.
    Fault {
        /// Which fault.
        fault: usize,
        /// Which part of it.
        part: Part,
        /// When it begins and ends in this run.
        span: (Time, Time),
    },
    /// A fault that is a moment: a crash for good, a clock that is set.
    Moment(usize),
    /// A message's arrow; `head` at its tip.
    Message {
        /// The message.
        flight: Flight,
        /// Whether the tip is held.
        head: bool,
    },
    /// Where a property was violated, or a hazard first seen.
    Pin(EventId),
    /// The count of what was said again and again.
    Repeat(Key),
    /// Nothing of the diagram.
    Nothing,
}

/// What the hand does.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// It presses.
    Down {
        /// Where.
        at: Point,
        /// On what.
        hit: Hit,
    },
    /// It moves.
    Move {
        /// Where to.
        at: Point,
        /// Whether Shift or Alt asks for the fine grid.
        fine: bool,
    },
    /// It lets go where it last was.
    Up,
    /// Escape, or the browser took the pointer away.
    Cancel,
}

/// What the diagram should do about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Response {
    /// Nothing.
    Quiet,
    /// Show the run with this change; `None`: as it is without.
    Preview(Option<Change>),
    /// Keep this change, as one undo step.
    Commit(Change),
    /// Show the run as it was.
    Revert,
    /// It was a click: open what belongs to the thing.
    Open {
        /// The thing.
        hit: Hit,
        /// Where.
        at: Point,
    },
}

/// What a gesture is made upon. Both stay the same while it lasts.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    /// The scenario that was run.
    pub scenario: &'a Scenario,
    /// Its frozen axis.
    pub axis: &'a dyn Axis,
}

/// Below this many pixels a press is a click.
pub const THRESHOLD: f64 = 4.0;

/// Where the hand is in its gesture.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// Nowhere.
    #[default]
    Idle,
    /// Pressed, and not yet moved enough to mean something.
    Pressed {
        /// Where.
        at: Point,
        /// On what.
        hit: Hit,
    },
    /// Moved too far for a click, in a direction that means nothing.
    Void,
    /// Dragging.
    Dragging {
        /// What.
        drag: Drag,
        /// From the pointer's height to that of the thing held.
        offset: f64,
        /// What letting go now would keep.
        change: Option<Change>,
    },
}

/// What is being dragged.
#[derive(Clone, Debug, PartialEq)]
pub enum Drag {
    /// A new pause of a lane, from the moment first touched.
    NewPause(usize, Time),
    /// A new partition in the gap right of a lane, from the moment first touched.
    NewPartition(usize, Time),
    /// The part of a pause, a partition or a crash; with its beginning and end.
    Fault(usize, Part, (Time, Time)),
    /// The tip of a message that would arrive at this moment undelayed.
    Tip(Flight, Time),
}

impl Gesture {
    /// Takes one input.
    pub fn step(self, input: Input, field: Field<'_>) -> (Self, Response) {
        match (self, input) {
            (Self::Idle, Input::Down { at, hit }) => (Self::Pressed { at, hit }, Response::Quiet),
            (Self::Pressed { at: from, hit }, Input::Move { at, fine }) if far(from, at) => {
                begin(from, at, hit, fine, field)
            }
            (Self::Dragging { drag, offset, .. }, Input::Move { at, fine }) => go_on(drag, offset, at, fine, field),
            (Self::Pressed { at, hit }, Input::Up) if hit != Hit::Nothing => (Self::Idle, Response::Open { hit, at }),
            (Self::Dragging { change, .. }, Input::Up) => (Self::Idle, keep(change)),
            (Self::Dragging { .. }, Input::Cancel) => (Self::Idle, Response::Revert),
            (_, Input::Up | Input::Cancel) => (Self::Idle, Response::Quiet),
            (state, _) => (state, Response::Quiet),
        }
    }

    /// Whether a drag is going on.
    pub fn is_dragging(&self) -> bool {
        matches!(self, Self::Dragging { .. })
    }

    /// The words that follow the pointer.
    pub fn readout(&self) -> Option<String> {
        match self {
            Self::Dragging { change, .. } => Some(change.as_ref().map_or_else(|| "no change".into(), Change::readout)),
            _ => None,
        }
    }
}

fn far(from: Point, to: Point) -> bool {
    (to.x - from.x).abs().max((to.y - from.y).abs()) >= THRESHOLD
}

fn keep(change: Option<Change>) -> Response {
    change.map_or(Response::Revert, Response::Commit)
}

/// The press turns out to be a drag.
fn begin(from: Point, to: Point, hit: Hit, fine: bool, field: Field<'_>) -> (Gesture, Response) {
    match drag_of(from, to, hit, field) {
        Some((drag, offset)) => go_on(drag, offset, to, fine, field),
        None => (Gesture::Void, Response::Quiet),
    }
}

/// What a drag from here to there takes hold of, and how far from the pointer that is.
fn drag_of(from: Point, to: Point, hit: Hit, field: Field<'_>) -> Option<(Drag, f64)> {
    let sideways = (to.x - from.x).abs() > (to.y - from.y).abs();
    let moment = || Grid::new(field.axis).nearest(from.y);
    match hit {
        Hit::Lane(lane) if !sideways => Some((Drag::NewPause(lane, moment()), 0.0)),
        Hit::Lane(lane) => {
            let gap = if to.x > from.x { Some(lane) } else { lane.checked_sub(1) };
            Some((Drag::NewPartition(gap?, moment()), 0.0))
        }
        Hit::Gap(left) if sideways => Some((Drag::NewPartition(left, moment()), 0.0)),
        Hit::Fault { fault, part, span } => {
            let held = if part == Part::End { span.1 } else { span.0 };
            Some((Drag::Fault(fault, part, span), field.axis.y_at(held) - from.y))
        }
        Hit::Moment(fault) => {
            let at = measure::start_of(field.scenario.faults.get(fault)?)?;
            Some((Drag::Fault(fault, Part::Body, (at, at)), field.axis.y_at(at) - from.y))
        }
        Hit::Message { flight, head: true } => {
            let natural = flight.natural_arrival(&field.scenario.faults)?;
            let offset = field.axis.y_at(flight.arrives?) - from.y;
            Some((Drag::Tip(flight, natural), offset))
        }
        _ => None,
    }
}

/// The drag is now here.
fn go_on(drag: Drag, offset: f64, at: Point, fine: bool, field: Field<'_>) -> (Gesture, Response) {
    let change = come_to(&drag, offset, at.y, fine, field).and_then(|moment| change_of(&drag, moment, field.scenario));
    let response = Response::Preview(change.clone());
    (Gesture::Dragging { drag, offset, change }, response)
}

/// The moment that the held end, tip or beginning has come to when the pointer is at this height. It never gets earlier
/// as the pointer goes down. `None` where there is nothing to hold.
pub fn come_to(drag: &Drag, offset: f64, pointer: f64, fine: bool, field: Field<'_>) -> Option<Time> {
    let y = pointer + offset;
    let grid = Grid::new(field.axis).fine(fine);
    let beyond = |least: Time| grid.from(least).nearest(y).max(grid.from(least).after(least));
    Some(match drag {
        // A pause that is new lasts at least a step, in either direction.
        Drag::NewPause(_, from) if field.axis.y_at(*from) <= y => beyond(*from),
        Drag::NewPause(_, from) => grid.from(*from).nearest(y).min(grid.from(*from).before(*from)),
        Drag::NewPartition(_, from) => grid.from(*from).nearest(y).max(*from),
        Drag::Tip(_, natural) => grid.from(*natural).nearest(y).max(*natural),
        Drag::Fault(fault, part, (start, end)) => {
            let old = field.scenario.faults.get(*fault)?;
            match part {
                // What ends at a moment of its own ends there, also where its beginning is not its own.
                Part::End if ends_by_itself(old) => grid.nearest(y).max(grid.after(*start)),
                Part::End => beyond(*start),
                Part::Start => grid.nearest(y).min(grid.before(*end)),
                Part::Body => grid.nearest(y).max(under_pointer(old, *start, offset, pointer, grid, field.axis)),
            }
        }
    })
}

fn ends_by_itself(fault: &FaultSpec) -> bool {
    measure::start_of(fault).is_none() && measure::length_of(fault).is_none()
}

/// How early what is dragged as a whole may begin, so that it still lies under the pointer: on an axis that is folded a
/// second is not everywhere as high.
fn under_pointer(fault: &FaultSpec, start: Time, offset: f64, pointer: f64, grid: Grid<'_>, axis: &dyn Axis) -> Time {
    let Some(length) = measure::length_of(fault) else { return Time::ZERO };
    let pressed = axis.y_at(start) - offset;
    let below = (pressed - axis.y_at(start + length)).max(0.0);
    let end = grid.from(Time(length.0)).nearest(pointer - below);
    Time(end.0.saturating_sub(length.0))
}

/// What a drag that has come to this moment means; `None` when everything stays what it is.
fn change_of(drag: &Drag, now: Time, scenario: &Scenario) -> Option<Change> {
    match drag {
        Drag::NewPause(lane, from) => {
            let name = &scenario.participants.get(*lane)?.name;
            let (start, end) = ((*from).min(now), (*from).max(now));
            (start < end).then(|| Change::Add(fresh::pause(name, start, end.since(start))))
        }
        Drag::NewPartition(left, from) => {
            let names: Vec<&str> = scenario.participants.iter().map(|one| one.name.as_str()).collect();
            (now > *from).then_some(())?;
            Some(Change::Add(fresh::partition(&names, *left, *from, now.since(*from))?))
        }
        Drag::Fault(fault, part, span) => {
            let old = scenario.faults.get(*fault)?;
            let with = dragged(*part, *span, now, old);
            (with != *old).then_some(Change::Replace { fault: *fault, with })
        }
        Drag::Tip(flight, natural) => flight.delayed(now.since(*natural), &scenario.faults),
    }
}

/// What becomes of a fault one part of which is dragged to this moment.
fn dragged(part: Part, (start, end): (Time, Time), now: Time, old: &FaultSpec) -> FaultSpec {
    match part {
        Part::End if ends_by_itself(old) => measure::with_end(old, now),
        Part::End => measure::with_length(old, now.since(start)),
        Part::Body => measure::with_start(old, now),
        Part::Start => measure::with_length(&measure::with_start(old, now), end.since(now)),
    }
}

#[cfg(test)]
mod sweep;
#[cfg(test)]
mod tests;
