//! How long a step of a program waits for its answer.

use fencepost_sim::Duration;

/// `retry 1s..8s within 10s`: when a step asks again, and when the program gives up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Patience {
    /// When it asks again; `None` never does, or as a client of a group does.
    pub retry: Option<Retry>,
    /// How long it waits in all; `None` waits for ever.
    pub within: Option<Duration>,
}

/// How long a step waits before it asks again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// `retry 1s`: always as long.
    Every(Duration),
    /// `retry 1s..8s`: drawn anew each time; the first is shorter than the second.
    Drawn(Duration, Duration),
    /// `retry 1s doubling 8s`: twice as long each time, up to the second, which is longer than the first.
    Doubling(Duration, Duration),
}

impl Patience {
    /// Asks again each time after so long, and never gives up.
    pub fn every(retry: Duration) -> Self {
        Self { retry: Some(Retry::Every(retry)), within: None }
    }
}
