//! The run in plain English, for those who read it and those who have it read to them.
//!
//! Everything that can be pointed at in the picture has its sentence here; [`describe`] tells the whole run in a
//! paragraph, and [`rows`] is a table of all events, the picture's equal twin.

pub(crate) mod clocks;
mod letters;
mod nodes;
mod notes;
mod repeats;
mod sentence;
mod spans;
mod tale;
mod verdicts;

pub(crate) use repeats::repeated;
pub use sentence::sentence;
pub use tale::tell;
pub(crate) use verdicts::heading;

use fencepost_sim::{End, EventId, Time};
use fencepost_vocabulary::{Event, EventKind, Message, Note};

use crate::layout::inner;
use crate::view::View;

/// How many events a description tells before it sums up.
const TOLD: usize = 40;

/// One line of the table of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The event.
    pub event: EventId,
    /// When it happened.
    pub time: Time,
    /// At whom.
    pub who: String,
    /// What happened, as a sentence.
    pub what: String,
}

/// The name of the picture.
pub fn title(view: &View<'_>) -> String {
    match view.scenario.title.as_str() {
        "" => "A run of a lock and its clients".to_owned(),
        title => title.to_owned(),
    }
}

/// Every event that a reader can see, in order.
pub fn rows(view: &View<'_>) -> Vec<Row> {
    let events = view.trace.events.iter().filter(|event| is_told(event));
    let row = |event: &Event| Row {
        event: event.id,
        time: event.time,
        who: view.cast.name(event.participant).to_owned(),
        what: sentence(event, view),
    };
    events.map(row).collect()
}

/// The run in a paragraph: what happened, how it ended, what that violates.
pub fn describe(view: &View<'_>) -> String {
    let mut told: Vec<String> = Vec::new();
    told.extend((!view.scenario.about.is_empty()).then(|| view.scenario.about.clone()));
    let events: Vec<&Event> = view.trace.events.iter().filter(|event| is_told(event) && !is_answer(event)).collect();
    let mut clocks = String::new();
    for event in events.iter().take(TOLD) {
        let shown = clocks::shown(event, view);
        // What a clock shows is said once for a moment.
        let repeated = shown == std::mem::replace(&mut clocks, shown.clone());
        told.push(sentence::told(event, view) + if repeated { "" } else { &shown });
    }
    if events.len() > TOLD {
        told.push(format!("{} more events follow.", events.len() - TOLD));
    }
    told.push(ending(view));
    told.extend(verdicts::summary(view));
    told.join(" ")
}

fn ending(view: &View<'_>) -> String {
    let at = view.trace.ended_at;
    match view.trace.end {
        End::Quiescent => format!("Nothing is left to happen at {at}."),
        End::Horizon => format!("The run ends at {at}."),
        End::Limit => format!("The run was stopped at {at}, because it had used up its budget of events."),
        End::Zeno => format!("The run was stopped at {at}, because too much happened at one moment."),
    }
}

/// Whether an event says something that no other event says: it has a row of its own in a table of events.
pub fn is_told(event: &Event) -> bool {
    match &event.kind {
        EventKind::Started | EventKind::TimerFired(_) | EventKind::Stepped(_) => false,
        EventKind::Noted(note) => match inner::noted(note) {
            Note::HighestToken { .. } | Note::Stopped | Note::Finished | Note::Backed { .. } => false,
            // The message that was sent says it.
            Note::Lied { .. } => false,
            _ => true,
        },
        _ => true,
    }
}

/// Whether it only carries on what the event before it began; a short account leaves it out.
fn is_answer(event: &Event) -> bool {
    match &event.kind {
        EventKind::Delivered { .. } => true,
        EventKind::Sent { message, .. } => {
            use fencepost_vocabulary::MessageKind::{
                Announced, Appended, Got, Granted, Kept, Ok, Rejected, Released, Renewed, Taken,
            };
            let is_answer = matches!(message.kind(), Granted | Ok | Rejected | Released | Announced | Renewed);
            is_answer || matches!(message.kind(), Appended | Got | Kept | Taken) || is_beat(message)
        }
        _ => false,
    }
}

/// A leader's sign of life: a short account of a run with an election would be of nothing else.
fn is_beat(message: &Message) -> bool {
    matches!(message, Message::Append { entries, .. } if entries.0.is_empty())
}
