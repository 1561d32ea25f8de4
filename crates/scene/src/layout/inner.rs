//! Of whom a note speaks: of the one who made it, or of what several keep together.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Event, EventKind, Note};

/// Who says what: for something that several keep, that thing and what is noted for it.
pub fn said(event: &Event) -> Option<(ParticipantId, &Note)> {
    match &event.kind {
        EventKind::Noted(Note::For { object, note, .. }) => Some((*object, note)),
        EventKind::Noted(note) => Some((event.participant, note)),
        _ => None,
    }
}

/// What is noted, for whomever it is.
pub fn noted(note: &Note) -> &Note {
    match note {
        Note::For { note, .. } => note,
        note => note,
    }
}
