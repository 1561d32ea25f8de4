//! When something happened: the true time and the event, which also settles what came first within one instant.

use fencepost_sim::{EventId, Time};
use fencepost_vocabulary::Event;

/// One event and its time. Moments of one trace compare as the engine ordered them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// When, in true time.
    pub time: Time,
    /// Which event.
    pub event: EventId,
}

impl Moment {
    pub(crate) fn of(event: &Event) -> Self {
        Self { time: event.time, event: event.id }
    }
}
