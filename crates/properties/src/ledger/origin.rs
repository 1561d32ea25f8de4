//! Walks up the causes of an event to the message behind it.

use fencepost_sim::EventId;
use fencepost_vocabulary::{Event, EventKind, Trace};

/// How many causes to follow before giving up. A handler and its put-off steps are closer than this, and the bound
/// keeps reading linear.
const REACH: usize = 8;

/// The sending of the message whose arrival led to `event`: behind a note its handler, behind that the send, with a
/// copy made by the network in between.
pub(super) fn sending_behind<'t>(trace: &'t Trace, event: &'t Event) -> Option<&'t Event> {
    climb(trace, event, |kind| matches!(kind, EventKind::Sent { .. }))
}

/// The arrival of a message that led to `event`.
pub(super) fn arrival_behind<'t>(trace: &'t Trace, event: &'t Event) -> Option<&'t Event> {
    climb(trace, event, |kind| matches!(kind, EventKind::Delivered { .. }))
}

fn climb<'t>(trace: &'t Trace, event: &'t Event, found: impl Fn(&EventKind) -> bool) -> Option<&'t Event> {
    let mut current = event;
    for _ in 0..REACH {
        current = earlier(trace, current.cause?, current.id)?;
        if found(&current.kind) {
            return Some(current);
        }
    }
    None
}

/// The event with this id, unless it does not come before `event`: causes of a sound trace always do.
fn earlier(trace: &Trace, id: EventId, event: EventId) -> Option<&Event> {
    (id < event).then(|| trace.events.get(id.index())).flatten()
}
