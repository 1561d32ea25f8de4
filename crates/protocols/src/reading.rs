//! When something ends, on the clock that it is measured by: the one that only runs on, or, as a bug to see, the one that
//! people set.
//!
//! What ends then is the business of whoever wrote it down: leases in [`crate::lease_lock`], keys in [`crate::key_node`].

use fencepost_sim::{Clock, Duration, LocalTime, Now, WallTime};
use fencepost_vocabulary::Timer;

use crate::Effects;

/// A reading of one of a participant's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    Mono(LocalTime),
    Wall(WallTime),
}

impl Reading {
    /// What this clock will show when so much time has passed on it.
    pub fn after(clock: Clock, now: Now, length: Duration) -> Self {
        match clock {
            Clock::Mono => Self::Mono(now.mono + length),
            Clock::Wall => Self::Wall(now.wall + length),
        }
    }

    /// How much is left until then, on the same clock.
    pub fn left(self, now: Now) -> Duration {
        match self {
            Self::Mono(reading) => reading.since(now.mono),
            Self::Wall(reading) => reading.since(now.wall),
        }
    }

    /// Asks to be woken then.
    pub fn wake(self, timer: Timer, now: Now, effects: &mut Effects) {
        match self {
            Self::Mono(_) => effects.set_timer(timer, self.left(now)),
            Self::Wall(_) => effects.set_wall_timer(timer, self.left(now)),
        }
    }

    /// For [`fencepost_sim::Actor::rebase`]: what is over is over, however long ago.
    pub fn rebased(self, now: Now) -> Self {
        Self::Mono(LocalTime(self.left(now).0))
    }
}
