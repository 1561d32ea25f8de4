//! Which messages are lies, and what would have been true: a note tells of each, made where it was sent.

use std::collections::BTreeMap;

use fencepost_sim::EventId;
use fencepost_vocabulary::{Event, EventKind, Message, Note};

use crate::view::View;

/// The sendings that are lies, each with what a loyal general would have said.
pub fn read(view: &View<'_>) -> BTreeMap<EventId, bool> {
    let events = &view.trace.events;
    let mut lies = BTreeMap::new();
    for (place, noted) in events.iter().enumerate() {
        let EventKind::Noted(Note::Lied { to, said, truth }) = &noted.kind else { continue };
        let is_it = |event: &&Event| match &event.kind {
            EventKind::Sent { to: whom, message: Message::Order { attack, .. }, .. } => {
                whom == to && attack == said && !lies.contains_key(&event.id)
            }
            _ => false,
        };
        // Sent in the same handler: right after the note, or right before it.
        let same = |event: &&Event| (event.participant, event.cause) == (noted.participant, noted.cause);
        let after = events[place + 1..].iter().take_while(same).find(is_it);
        let sending = after.or_else(|| events[..place].iter().rev().take_while(same).find(is_it));
        lies.extend(sending.map(|sending| (sending.id, *truth)));
    }
    lies
}
