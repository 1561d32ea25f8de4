//! Walks up the causes of an event to the message behind it.

use fencepost_sim::EventId;
use fencepost_vocabulary::{Event, EventKind, MessageKind, Trace};

/// How many causes to follow before giving up. A handler and its put-off steps are closer than this, even where a store
/// asks a lock service first, lets a worker apply the write and waits for its disk; and the bound keeps reading linear.
const REACH: usize = 12;

/// The sending of the message whose arrival led to `event`: behind a note its handler, behind that the send, with a
/// copy made by the network in between.
pub(super) fn sending_behind<'t>(trace: &'t Trace, event: &'t Event) -> Option<&'t Event> {
    climb(trace, event, |kind| matches!(kind, EventKind::Sent { .. }))
}

/// The sending of the request to a store behind `event`, across the questions that the store asked before it acted.
pub(super) fn request_behind<'t>(trace: &'t Trace, event: &'t Event) -> Option<&'t Event> {
    let is_request = |kind: MessageKind| matches!(kind, MessageKind::Write | MessageKind::Read | MessageKind::Announce);
    climb(trace, event, |kind| matches!(kind, EventKind::Sent { message, .. } if is_request(message.kind())))
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
