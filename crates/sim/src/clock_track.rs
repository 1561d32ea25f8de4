//! What every clock showed at every moment of a run, read out of its trace.
//!
//! Whoever judges or draws a run knows true time only; this tells what the participants saw. It runs nothing.

use crate::actor::Vocabulary;
use crate::clock::{Clocks, Deadline};
use crate::participant::ParticipantId;
use crate::time::{LocalTime, Now, Time, WallTime};
use crate::trace::{EventKind, Trace};

/// All changes of clocks in one run. A participant that is not named has clocks that nobody touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClockTrack {
    changes: Vec<(ParticipantId, Clocks)>,
}

impl ClockTrack {
    /// Reads the changes out of a trace.
    pub fn read<V: Vocabulary>(trace: &Trace<V>) -> Self {
        let mut track = Self::default();
        for event in &trace.events {
            if let EventKind::ClockSet { rate, jumped, .. } = event.kind {
                let changed = track.clocks(event.participant, event.time).changed(event.time, rate, jumped);
                track.changes.push((event.participant, changed));
            }
        }
        track
    }

    /// Whether nobody touched any clock.
    pub fn is_untouched(&self) -> bool {
        self.changes.is_empty()
    }

    /// What both clocks of a participant showed at a moment, after all changes of that moment.
    pub fn now(&self, id: ParticipantId, moment: Time) -> Now {
        self.clocks(id, moment).at(moment)
    }

    /// What its monotonic clock showed.
    pub fn mono(&self, id: ParticipantId, moment: Time) -> LocalTime {
        self.now(id, moment).mono
    }

    /// What its wall clock showed.
    pub fn wall(&self, id: ParticipantId, moment: Time) -> WallTime {
        self.now(id, moment).wall
    }

    /// The first moment at which its monotonic clock showed this reading or more; the run may have ended before.
    pub fn when_mono(&self, id: ParticipantId, reading: LocalTime) -> Time {
        let deadline = Deadline::Mono(reading);
        let mut moment = Clocks::default().when(deadline);
        for (_, clocks) in self.changes.iter().filter(|(who, _)| *who == id) {
            if moment >= clocks.since {
                moment = clocks.when(deadline);
            }
        }
        moment
    }

    fn clocks(&self, id: ParticipantId, moment: Time) -> Clocks {
        let found = self.changes.iter().rev().find(|(who, clocks)| *who == id && clocks.since <= moment);
        found.map_or_else(Clocks::default, |(_, clocks)| *clocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Rate;

    const A: ParticipantId = ParticipantId(0);
    const B: ParticipantId = ParticipantId(1);

    /// A runs at half speed from 100 on and is set forward at 200; B is left alone.
    fn track() -> ClockTrack {
        let half = Clocks::default().changed(Time(100), Rate(500_000), 0);
        ClockTrack { changes: vec![(A, half), (A, half.changed(Time(200), Rate(500_000), 1_000))] }
    }

    #[test]
    fn every_moment_is_read_with_the_clocks_of_that_moment() {
        let track = track();
        assert_eq!([50, 100, 150, 200].map(|at| track.mono(A, Time(at)).0), [50, 100, 125, 150]);
        assert_eq!([199, 200].map(|at| track.wall(A, Time(at)).0), [149, 1_150]);
        assert_eq!(track.now(B, Time(150)), Clocks::default().at(Time(150)));
    }

    #[test]
    fn and_back_again() {
        let track = track();
        assert_eq!([50, 100, 101, 126, 160].map(|it| track.when_mono(A, LocalTime(it)).0), [50, 100, 102, 152, 220]);
        assert_eq!(track.when_mono(B, LocalTime(160)), Time(160));
    }
}
