//! What the world promises: how long messages take, and which model of timing and of failures is claimed.
//!
//! A model never changes a run. It is a lens: faults that it does not allow are shown as outside of it.

use fencepost_sim::{Duration, Time};

/// How long a message is on its way: `50ms`, or anything from `20ms..80ms`, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DelayRange {
    /// The shortest.
    pub low: Duration,
    /// The longest; at least `low`.
    pub high: Duration,
}

impl DelayRange {
    /// Always the same.
    pub fn fixed(delay: Duration) -> Self {
        Self { low: delay, high: delay }
    }

    /// Whether nothing is left to chance.
    pub fn is_fixed(self) -> bool {
        self.low == self.high
    }
}

/// What is claimed about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimingModel {
    /// `model synchronous delay 100ms pause 500ms drift 1%`: the bounds hold always.
    Synchronous(Bounds),
    /// `model partially-synchronous delay 100ms pause 500ms drift 1% gst 30s`: the bounds hold from some moment on.
    PartiallySynchronous {
        /// What holds then.
        bounds: Bounds,
        /// When: the global stabilisation time, which nobody in the run knows.
        gst: Time,
    },
    /// `model asynchronous`: there are no bounds.
    Asynchronous,
}

/// The bounds of a timing model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// No message takes longer.
    pub delay: Duration,
    /// No pause is longer. Default nothing.
    pub pause: Duration,
    /// No clock is faster or slower by more, in millionths. Default nothing.
    pub drift: u32,
}

/// What is claimed about failures: each of these allows all that the one before it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureModel {
    /// Participants stop for ever.
    CrashStop,
    /// They come back with what was on their disk.
    CrashRecovery,
    /// Messages can be lost.
    Omission,
    /// Anything.
    Byzantine,
}

impl FailureModel {
    /// Every model, each within the next.
    pub const ALL: [Self; 4] = [Self::CrashStop, Self::CrashRecovery, Self::Omission, Self::Byzantine];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::CrashStop => "crash-stop",
            Self::CrashRecovery => "crash-recovery",
            Self::Omission => "omission",
            Self::Byzantine => "byzantine",
        }
    }
}
