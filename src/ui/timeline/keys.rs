//! The keyboard's grammar: every gesture of the pointer, without one.
//!
//! A state machine over the [`Board`]: one stop has the focus, arrows move it, letters place faults, and a fault being
//! placed or changed is shown at once and kept by Enter. It knows no browser; `super::view` translates its key events.

use fencepost_scenario::model::{FaultSpec, Scenario};
use fencepost_sim::{Duration, PartitionMode, Time};

use super::axis::{Axis, grid_at, snap_time, step_for};
use super::board::{Board, Stop, Thing};
use super::change::{self, Change, Flight, Way};

/// A key, as far as the diagram listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// ↑
    Up,
    /// ↓
    Down,
    /// ←
    Left,
    /// →
    Right,
    /// Home
    Home,
    /// End
    End,
    /// Enter
    Enter,
    /// Escape
    Escape,
    /// Delete or Backspace
    Delete,
    /// A character, in lower case
    Char(char),
}

/// A key with the modifiers that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// The key.
    pub key: Key,
    /// Shift is held.
    pub shift: bool,
    /// Alt is held.
    pub alt: bool,
}

/// What the diagram should do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Not ours: the browser or the page may have it.
    Ignored,
    /// Ours, and nothing happens.
    Quiet,
    /// The focus moved.
    Moved,
    /// Show the run with this change; `None`: as it is without.
    Preview(Option<Change>),
    /// Keep this change, as one undo step.
    Commit(Change),
    /// Show the run as it was.
    Revert,
    /// Open the menu of what has the focus.
    Open(Stop),
}

/// What keys are pressed upon.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// What can have the focus.
    pub board: &'a Board,
    /// The scenario as it was before what is being placed.
    pub scenario: &'a Scenario,
    /// Its axis.
    pub axis: &'a dyn Axis,
}

/// The keyboard's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// What has the focus; `None` before the reader came.
    pub at: Option<Stop>,
    /// What is being placed or changed.
    pub placing: Option<Placing>,
    /// A fault just kept, to be focused once it is in the run.
    pub expected: Option<FaultSpec>,
}

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
            Placed::Fault { fault, .. } => change::fault_words(fault),
            Placed::Late { by: Duration::ZERO, .. } => "on time".into(),
            Placed::Late { by, .. } => format!("{by} late"),
        };
        let end = if self.held { "Let go to keep it" } else { "Enter keeps it" };
        let more = match &self.what {
            Placed::Fault { fault: FaultSpec::Partition { .. }, .. } => {
                " Left and right choose the sides, O one way or both, H whether messages wait."
            }
            _ => "",
        };
        format!("{measure}. {end}, Escape takes it back.{more}")
    }
}

impl Keys {
    /// Takes one key.
    pub fn press(&mut self, press: Press, desk: Desk<'_>) -> Answer {
        let at = self.at.clone().unwrap_or_else(|| desk.board.first());
        match self.placing.take() {
            Some(placing) => self.place(placing, press, desk),
            None => self.work(&at, press, desk),
        }
    }

    /// Shift or Alt was let go.
    pub fn release(&mut self, desk: Desk<'_>) -> Answer {
        if self.placing.as_ref().is_some_and(|placing| placing.held) { self.leave(desk) } else { Answer::Ignored }
    }

    /// The focus left the diagram, or a held modifier was let go: what is being placed is kept.
    pub fn leave(&mut self, desk: Desk<'_>) -> Answer {
        self.placing.take().map_or(Answer::Ignored, |placing| self.keep(&placing, desk))
    }

    /// A new run: the focus stays on the same thing, or goes to the fault just kept.
    pub fn rerun(&mut self, board: &Board, scenario: &Scenario) {
        let expected = self.expected.as_ref().and_then(|new| scenario.faults.iter().position(|fault| fault == new));
        let Some(at) = &mut self.at else { return };
        if let Some(place) = expected {
            at.thing = Thing::Fault(place);
            self.expected = None;
        }
        *at = board.again(at);
    }

    fn keep(&mut self, placing: &Placing, desk: Desk<'_>) -> Answer {
        let change = placing.change(desk.scenario);
        self.expected = match &change {
            Some(Change::Add(fault)) if change::message_of(fault).is_none() => Some(fault.clone()),
            _ => None,
        };
        change.map_or(Answer::Revert, Answer::Commit)
    }

    /// A key while nothing is being placed.
    fn work(&mut self, at: &Stop, press: Press, desk: Desk<'_>) -> Answer {
        match press.key {
            Key::Up | Key::Down if press.alt => self.resize(at, press.key == Key::Down, true, desk),
            Key::Char('+' | '=') => self.resize(at, true, false, desk),
            Key::Char('-') => self.resize(at, false, false, desk),
            Key::Up | Key::Down if press.shift => self.shift(at, press.key == Key::Down, desk),
            _ if press.alt => Answer::Ignored,
            Key::Char(letter) => self.letter(at, letter, desk),
            Key::Delete => delete(at, desk),
            Key::Enter => Answer::Open(at.clone()),
            Key::Escape => Answer::Ignored,
            _ => self.walk(at, press.key, desk.board),
        }
    }

    fn walk(&mut self, at: &Stop, key: Key, board: &Board) -> Answer {
        let next = match key {
            Key::Up | Key::Down => board.along(at, key == Key::Down).cloned(),
            Key::Left | Key::Right => board.across(at, key == Key::Right),
            _ => board.edge(at.lane, key == Key::End).cloned(),
        };
        self.go(next, at)
    }

    fn go(&mut self, next: Option<Stop>, at: &Stop) -> Answer {
        self.at = Some(next.unwrap_or_else(|| at.clone()));
        Answer::Moved
    }

    fn letter(&mut self, at: &Stop, letter: char, desk: Desk<'_>) -> Answer {
        let names: Vec<&str> = desk.board.names.iter().map(String::as_str).collect();
        let Some(name) = names.get(at.lane) else { return Answer::Ignored };
        match letter {
            'p' => self.show(new_fault(change::pause(name, at.time, Duration::from_secs(1))), false, desk),
            'n' => match cut_beside(&names, at) {
                Some(cut) => self.show(new_fault(cut), false, desk),
                None => Answer::Quiet,
            },
            'x' => self.crash(name, at.time),
            'd' => match &at.thing {
                Thing::Message(message) => Answer::Commit(change::toggle_duplicate(message, &desk.scenario.faults)),
                _ => Answer::Quiet,
            },
            '[' | ']' => self.go(desk.board.pin(at, letter == ']').cloned(), at),
            _ => Answer::Ignored,
        }
    }

    fn crash(&mut self, name: &str, at: Time) -> Answer {
        let crash = FaultSpec::Crash { participant: name.into(), at };
        self.expected = Some(crash.clone());
        Answer::Commit(Change::Add(crash))
    }

    /// Longer or shorter: the pause or the cut that has the focus, or the way of the message.
    fn resize(&mut self, at: &Stop, longer: bool, held: bool, desk: Desk<'_>) -> Answer {
        let what = match &at.thing {
            Thing::Fault(place) => desk.scenario.faults.get(*place).map(|fault| old_fault(*place, fault)),
            Thing::Message(name) => desk
                .board
                .flight(name)
                .filter(|flight| flight.arrives.is_some())
                .map(|flight| Placed::Late { by: flight.delay(&desk.scenario.faults), flight: flight.clone() }),
            _ => None,
        };
        let Some(mut what) = what else { return Answer::Quiet };
        lengthen(&mut what, longer);
        self.show(what, held, desk)
    }

    /// Later or earlier: the fault that has the focus, or else the moment.
    fn shift(&mut self, at: &Stop, later: bool, desk: Desk<'_>) -> Answer {
        if let Thing::Fault(place) = at.thing {
            let Some(fault) = desk.scenario.faults.get(place) else { return Answer::Quiet };
            let mut what = old_fault(place, fault);
            move_start(&mut what, at.time, later, desk.axis);
            return self.show(what, true, desk);
        }
        let time = stepped(at.time, later, desk.axis).min(desk.board.end);
        self.go(Some(desk.board.moment(at.lane, time)), at)
    }

    fn show(&mut self, what: Placed, held: bool, desk: Desk<'_>) -> Answer {
        let placing = Placing { what, held };
        let change = placing.change(desk.scenario);
        self.placing = Some(placing);
        Answer::Preview(change)
    }

    /// A key while something is being placed.
    fn place(&mut self, mut placing: Placing, press: Press, desk: Desk<'_>) -> Answer {
        match press.key {
            Key::Enter => return self.keep(&placing, desk),
            Key::Escape => return Answer::Revert,
            Key::Up | Key::Down if press.shift => {
                let now = self.at.as_ref().map_or(Time::ZERO, |at| at.time);
                move_start(&mut placing.what, now, press.key == Key::Down, desk.axis);
            }
            Key::Up | Key::Char('-') => lengthen(&mut placing.what, false),
            Key::Down | Key::Char('+' | '=') => lengthen(&mut placing.what, true),
            Key::Left | Key::Right => move_cut(&mut placing.what, press.key == Key::Right, &desk.board.names),
            Key::Char('o') => turn_cut(&mut placing.what, &desk.board.names),
            Key::Char('h') => hold_cut(&mut placing.what),
            _ => {}
        }
        let Placing { what, held } = placing;
        self.show(what, held, desk)
    }
}

fn new_fault(fault: FaultSpec) -> Placed {
    Placed::Fault { place: None, fault }
}

fn old_fault(place: usize, fault: &FaultSpec) -> Placed {
    Placed::Fault { place: Some(place), fault: fault.clone() }
}

/// A partition for a second in the gap right of a lane; of the last lane, left.
fn cut_beside(names: &[&str], at: &Stop) -> Option<FaultSpec> {
    let left = at.lane.min(names.len().checked_sub(2)?);
    change::partition(names, left, at.time, Duration::from_secs(1))
}

fn delete(at: &Stop, desk: Desk<'_>) -> Answer {
    match &at.thing {
        Thing::Message(message) => Answer::Commit(change::toggle_drop(message, &desk.scenario.faults)),
        Thing::Fault(place) => Answer::Commit(Change::Remove(*place)),
        _ => Answer::Quiet,
    }
}

/// One step more or less. A fault keeps at least one step, a message can be on time.
fn lengthen(what: &mut Placed, longer: bool) {
    let next = |length: Duration, least: u64| {
        // Just below a boundary the step is the smaller one, so that down and up are inverse.
        let step = if longer { step_for(length) } else { step_for(Duration(length.0.saturating_sub(1))) };
        let next = if longer { length.0.saturating_add(step.0) } else { length.0.saturating_sub(step.0) };
        Duration(next.max(least))
    };
    match what {
        Placed::Late { by, .. } => *by = next(*by, 0),
        Placed::Fault { fault, .. } => {
            if let Some(length) = change::length_of(fault) {
                *fault = change::with_length(fault, next(length, step_for(Duration::ZERO).0));
            }
        }
    }
}

fn move_start(what: &mut Placed, now: Time, later: bool, axis: &dyn Axis) {
    if let Placed::Fault { fault, .. } = what {
        let start = change::start_of(fault).unwrap_or(now);
        *fault = change::with_start(fault, stepped(start, later, axis));
    }
}

/// The next line of the grid, up or down.
fn stepped(time: Time, later: bool, axis: &dyn Axis) -> Time {
    let step = grid_at(axis, axis.y_at(time));
    let next = if later { time + step } else { Time(time.0.saturating_sub(step.0)) };
    snap_time(next, step)
}

/// Another gap between the two sides.
fn move_cut(what: &mut Placed, right: bool, names: &[String]) {
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
fn turn_cut(what: &mut Placed, names: &[String]) {
    let Placed::Fault { fault: FaultSpec::Partition { sides, .. }, .. } = what else { return };
    let next = match Way::of(sides, names) {
        Way::Both => Way::Forth,
        Way::Forth => Way::Back,
        Way::Back => Way::Both,
    };
    next.turn(sides, names);
}

fn hold_cut(what: &mut Placed) {
    let Placed::Fault { fault: FaultSpec::Partition { mode, .. }, .. } = what else { return };
    *mode = match mode {
        PartitionMode::Drop => PartitionMode::Hold,
        PartitionMode::Hold => PartitionMode::Drop,
    };
}

#[cfg(test)]
mod tests;
