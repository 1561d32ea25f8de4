//! What the tests of all roles need: moments, and the effects of a step by kind.

use fencepost_sim::{Clock, Duration, Effect, LocalTime, Now, ParticipantId, WallTime};
use fencepost_vocabulary::{Message, Note, Timer};

use crate::{Effects, Input};

pub const A: ParticipantId = ParticipantId(0);
pub const B: ParticipantId = ParticipantId(1);
pub const C: ParticipantId = ParticipantId(2);

/// The moment at which both clocks show so many milliseconds.
pub fn at(millis: u64) -> Now {
    Now { mono: LocalTime(millis * 1_000), wall: WallTime(millis as i64 * 1_000) }
}

pub fn millis(length: u64) -> Duration {
    Duration::from_millis(length)
}

pub fn message(from: ParticipantId, message: Message) -> Input {
    Input::Message { from, message }
}

/// What came of one step.
#[derive(Debug, Default)]
pub struct Outcome {
    pub sent: Vec<(ParticipantId, Message)>,
    pub notes: Vec<Note>,
    pub timers: Vec<(Timer, Clock, Duration)>,
    pub cancelled: Vec<Timer>,
    pub steps: usize,
}

impl Outcome {
    /// Lists the effects of `step` by kind.
    pub fn of(step: impl FnOnce(&mut Effects)) -> Self {
        let mut effects = Effects::default();
        step(&mut effects);
        let mut outcome = Self::default();
        for effect in effects.drain() {
            match effect {
                Effect::Send { to, message } => outcome.sent.push((to, message)),
                Effect::Note(note) => outcome.notes.push(note),
                Effect::SetTimer { timer, clock, after } => outcome.timers.push((timer, clock, after)),
                Effect::Step(_) => outcome.steps += 1,
                Effect::CancelTimer(timer) => outcome.cancelled.push(timer),
                Effect::DropSteps => {}
            }
        }
        outcome
    }

    /// Whether it sent something to somebody that looks like this.
    pub fn says(&self, to: ParticipantId, is_it: impl Fn(&Message) -> bool) -> bool {
        self.sent.iter().any(|(whom, message)| *whom == to && is_it(message))
    }

    /// How long after this step a timer is set to go off, if it is set.
    pub fn timer(&self, name: Timer) -> Option<(Clock, Duration)> {
        self.timers.iter().find(|(timer, ..)| *timer == name).map(|(_, clock, after)| (*clock, *after))
    }
}
