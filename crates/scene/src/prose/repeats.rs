//! What was said again and again, in words.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{Event, EventKind, Message, Note};

use crate::view::View;

/// The words of a count's label, from long to short.
pub(crate) fn repeated((first, last): (EventId, EventId), count: u32, view: &View<'_>) -> Vec<String> {
    match view.trace.events.get(first.index()).map(|event| &event.kind) {
        Some(EventKind::Sent { message, .. }) => {
            let words = in_short(message);
            vec![format!("{words}: {count} times more"), format!("{count}× {words}")]
        }
        _ if are_rounds(first, last, view) => {
            let rounds = format!("{count} more rounds");
            vec![format!("{rounds} of “would you vote?”"), format!("{count}× would you vote?"), rounds]
        }
        _ => vec![format!("{count} more elections"), format!("{count} elections")],
    }
}

/// Whether everybody asks whether it would win, and nobody stands.
fn are_rounds(first: EventId, last: EventId, view: &View<'_>) -> bool {
    let events = view.trace.events.get(first.index()..last.index()).unwrap_or_default();
    !events.iter().any(|event| matches!(event.kind, EventKind::Noted(Note::Campaigns { trial: false, .. })))
}

/// What stands along its arrow, without a number and without a token: what is said again and again has several of those.
fn in_short(message: &Message) -> &'static str {
    match message {
        Message::RequestVote { trial: true, .. } => "would you vote?",
        Message::RequestVote { .. } => "vote?",
        _ => message.kind().word(),
    }
}

/// The sentence for one that points at it.
pub(super) fn told(first: &Event, last: &Event, count: u32, view: &View<'_>) -> Option<String> {
    let who = view.cast.name(first.participant);
    let (from, until) = (first.time, last.time);
    if let EventKind::Sent { message, .. } = &first.kind {
        let word = message.kind().word();
        return Some(format!(
            "{who} sends `{word}` {count} times more from {from} to {until}, and nothing new comes of it."
        ));
    }
    if are_rounds(first.id, last.id, view) {
        return Some(format!(
            "From {from} to {until} there are {count} more rounds of “would you vote?”, and nobody stands for election."
        ));
    }
    let mut wins: BTreeMap<ParticipantId, u32> = BTreeMap::new();
    for event in view.trace.events.get(first.id.index()..last.id.index())? {
        if let EventKind::Noted(Note::Leads { .. }) = event.kind {
            *wins.entry(event.participant).or_default() += 1;
        }
    }
    let winners = wins.iter().map(|(who, times)| format!("{} comes to lead in {times}", view.cast.name(*who)));
    let winners: Vec<String> = winners.collect();
    let outcome = if winners.is_empty() { "nobody comes to lead".to_owned() } else { winners.join(", ") };
    Some(format!(
        "From {from} to {until} there are {count} more elections, of which nothing comes but the next: {outcome}."
    ))
}
