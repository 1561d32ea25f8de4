//! The steps each participant took, so that a fault can be placed before one of them: between looking at the clock and
//! acting there is often no moment to point at.

use fencepost_sim::{EventKind, ParticipantId, Time, Vocabulary};
use fencepost_vocabulary::{Fencepost, Trace};

/// A step that a participant took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub time: Time,
    /// Which.
    pub step: fencepost_vocabulary::Step,
    /// Which of the participant's steps of that name, counted from 1.
    pub ordinal: u32,
    /// Whether it takes time, and can take longer.
    pub timed: bool,
}

/// Each lane's steps in the order of time.
pub fn read(trace: &Trace, lanes: usize) -> Vec<Vec<Step>> {
    let mut all: Vec<Vec<Step>> = vec![Vec::new(); lanes];
    // By participant and kind of step, of which there are few.
    let mut counts: Vec<(ParticipantId, fencepost_vocabulary::Step, u32)> = Vec::new();
    for event in &trace.events {
        let (step, timed) = match &event.kind {
            EventKind::Stepped(step) => (Some(*step), false),
            EventKind::TimerFired(timer) => (Fencepost::timed_step(*timer), true),
            _ => (None, false),
        };
        if let (Some(step), Some(own)) = (step, all.get_mut(event.participant.index())) {
            let known = counts.iter().position(|(who, kind, _)| (*who, *kind) == (event.participant, step));
            let place = known.unwrap_or_else(|| {
                counts.push((event.participant, step, 0));
                counts.len() - 1
            });
            counts[place].2 += 1;
            own.push(Step { time: event.time, step, ordinal: counts[place].2, timed });
        }
    }
    all
}
