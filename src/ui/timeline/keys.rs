//! The keyboard's grammar: every gesture of the pointer, without one.
//!
//! A state machine over the [`Board`]: one stop has the focus, arrows move it, letters place faults, and a fault being
//! placed or changed is shown at once and kept by Enter. It knows no browser; `super::view` translates its key events.

use fencepost_scenario::model::{CrashStart, FaultSpec, Scenario};
use fencepost_sim::Time;

use super::axis::Axis;
use super::board::{Board, Stop, Thing};
use super::change::{self, Change};
use super::fresh;
use super::placing::{
    Placed, Placing, hold_cut, lengthen, move_cut, move_start, new_fault, old_fault, stepped, turn_cut, turn_disk,
};

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
            // On some keyboards brackets are typed with Alt.
            Key::Char(bracket @ ('[' | ']')) => self.letter(at, Press { key: Key::Char(bracket), ..press }, desk),
            _ if press.alt => Answer::Ignored,
            Key::Char(_) => self.letter(at, press, desk),
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

    fn letter(&mut self, at: &Stop, press: Press, desk: Desk<'_>) -> Answer {
        let Key::Char(letter) = press.key else { return Answer::Ignored };
        let Some(name) = desk.board.names.get(at.lane) else { return Answer::Ignored };
        if let Some(fault) = placed_by(letter, press.shift, name, at, desk) {
            return self.show(new_fault(fault), false, desk);
        }
        match letter {
            '[' | ']' => self.go(desk.board.pin(at, letter == ']').cloned(), at),
            'x' => self.crash(name, press.shift, at, desk),
            'd' | 'h' | 'k' => self.message(at, letter, desk),
            'p' | 'n' | 's' => Answer::Quiet,
            _ => Answer::Ignored,
        }
    }

    /// A letter that means something only on a message.
    fn message(&mut self, at: &Stop, letter: char, desk: Desk<'_>) -> Answer {
        let Thing::Message(message) = &at.thing else { return Answer::Quiet };
        let faults = &desk.scenario.faults;
        match letter {
            'd' => Answer::Commit(change::toggle_duplicate(message, faults)),
            'k' => Answer::Commit(change::toggle_kill(message, faults)),
            _ => match (change::fault_of(message, faults, change::is_hold), desk.board.flight(message)) {
                (Some(held), _) => Answer::Commit(Change::Remove(held)),
                (None, Some(flight)) => {
                    let until = flight.sent + fresh::SECOND;
                    self.show(new_fault(fresh::hold(message, until)), false, desk)
                }
                (None, None) => Answer::Quiet,
            },
        }
    }

    /// For good; with Shift before the next step.
    fn crash(&mut self, name: &str, before: bool, at: &Stop, desk: Desk<'_>) -> Answer {
        let crash = match (before, desk.board.next_step(at)) {
            (true, None) => return Answer::Quiet,
            (true, Some(step)) => fresh::crash_before(name, step),
            (false, _) => fresh::crash(name, CrashStart::At(at.time)),
        };
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
            Key::Char('d') => turn_disk(&mut placing.what),
            _ => {}
        }
        let Placing { what, held } = placing;
        self.show(what, held, desk)
    }
}

/// The fault that a letter begins to place on a lane.
fn placed_by(letter: char, shift: bool, name: &str, at: &Stop, desk: Desk<'_>) -> Option<FaultSpec> {
    let step = || desk.board.next_step(at);
    match (letter, shift) {
        ('p', false) => Some(fresh::pause(name, at.time, fresh::SECOND)),
        ('p', true) => step().map(|step| fresh::pause_before(name, step)),
        ('n', _) => cut_beside(&desk.board.names, at),
        ('r', _) => Some(fresh::restart(name, at.time)),
        ('m', _) => Some(fresh::mute(name, at.time)),
        ('e', _) => Some(fresh::deafen(name, at.time)),
        ('c', _) => Some(fresh::clock_rate(name, at.time)),
        ('j', _) => Some(fresh::clock_jump(name, at.time)),
        ('s', _) => desk.board.next_timed_step(at).map(|step| fresh::stall(name, step)),
        _ => None,
    }
}

/// A partition for a second in the gap right of a lane; of the last lane, left.
fn cut_beside(names: &[String], at: &Stop) -> Option<FaultSpec> {
    let left = at.lane.min(names.len().checked_sub(2)?);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    fresh::partition(&names, left, at.time, fresh::SECOND)
}

fn delete(at: &Stop, desk: Desk<'_>) -> Answer {
    match &at.thing {
        Thing::Message(message) => Answer::Commit(change::toggle_drop(message, &desk.scenario.faults)),
        Thing::Fault(place) => Answer::Commit(Change::Remove(*place)),
        _ => Answer::Quiet,
    }
}

#[cfg(test)]
mod tests;
