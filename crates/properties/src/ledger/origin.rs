//! Walks up the causes of an event to the message behind it.

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{Event, EventKind, Message, Trace};

/// How many causes to follow before giving up. A handler and its put-off steps are closer than this, even where a store
/// asks a lock service first, lets a worker apply the write and waits for its disk; and the bound keeps reading linear.
const REACH: usize = 12;

/// The sending of the message whose arrival led to `event`: behind a note its handler, behind that the send, with a
/// copy made by the network in between.
pub(super) fn sending_behind<'t>(trace: &'t Trace, event: &'t Event) -> Option<&'t Event> {
    climb(trace, event, |event| matches!(event.kind, EventKind::Sent { .. }))
}

/// The sending of what a client asked of a store, when that led to `event`. Not always the nearest sending: the store may
/// have asked somebody else in between, or waited for its disk together with the request of another.
pub(super) fn request_behind<'t>(
    trace: &'t Trace,
    event: &'t Event,
    client: ParticipantId,
    is_it: impl Fn(&Message) -> bool,
) -> Option<&'t Event> {
    climb(trace, event, |event| {
        event.participant == client && matches!(&event.kind, EventKind::Sent { message, .. } if is_it(message))
    })
}

/// The arrival of a message that led to `event`.
pub(super) fn arrival_behind<'t>(trace: &'t Trace, event: &'t Event) -> Option<&'t Event> {
    climb(trace, event, |event| matches!(event.kind, EventKind::Delivered { .. }))
}

fn climb<'t>(trace: &'t Trace, event: &'t Event, found: impl Fn(&Event) -> bool) -> Option<&'t Event> {
    let mut current = event;
    for _ in 0..REACH {
        current = earlier(trace, current.cause?, current.id)?;
        if found(current) {
            return Some(current);
        }
    }
    None
}

/// The event with this id, unless it does not come before `event`: causes of a sound trace always do.
fn earlier(trace: &Trace, id: EventId, event: EventId) -> Option<&Event> {
    (id < event).then(|| trace.events.get(id.index())).flatten()
}
