//! Which events a reader wants to be told of. The sentences are the picture's own.

use fencepost_vocabulary::{Event, EventKind};

/// Whether a reader of the table wants to see this event. Timers and steps only move others, and a delivery is told
/// by what it brings about.
pub fn event_worth_a_row(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Started | EventKind::TimerFired(_) | EventKind::Stepped(_))
}
