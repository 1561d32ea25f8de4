//! An event as a sentence, for the table of events and for the reasons behind a verdict.

use fencepost_sim::{FaultId, ParticipantId};
use fencepost_vocabulary::{Cast, Departure, Event, EventKind, FencingToken, Message, Note, Refusal, Value};

/// Whether a reader of the table wants to see this event. Timers and steps only move others, and a delivery is told
/// by what it brings about.
pub fn event_worth_a_row(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Started | EventKind::TimerFired(_) | EventKind::Stepped(_))
}

/// What happened, with names, without the time and without a full stop.
pub fn event_sentence(cast: &Cast, event: &Event) -> String {
    let who = cast.name(event.participant);
    match &event.kind {
        EventKind::Started => format!("{who} begins"),
        EventKind::FaultStarted { fault, until } => fault_begins(who, *fault, until.is_some()),
        EventKind::Crashed { .. } => format!("{who} crashes"),
        EventKind::Recovered { .. } => format!("{who} is back"),
        EventKind::ClockSet { .. } => format!("the clock of {who} is set"),
        EventKind::FaultEnded { .. } if event.participant == ParticipantId::NETWORK => "the partition heals".into(),
        EventKind::FaultEnded { .. } => format!("{who} wakes up"),
        EventKind::Sent { to, message, fate, .. } => {
            let lost = if fate.arrives().is_none() { ", and it is lost" } else { "" };
            format!("{who} sends {} to {}{lost}", message_words(message), cast.name(*to))
        }
        EventKind::Duplicated { to, .. } => format!("the network copies a message to {}", cast.name(*to)),
        EventKind::Buffered { from, message } => {
            format!("{} from {} waits for {who} to wake", message_words(message), cast.name(*from))
        }
        EventKind::Delivered { from, message } => {
            format!("{who} receives {} from {}", message_words(message), cast.name(*from))
        }
        EventKind::Lost { from, message } => {
            format!("{} from {} finds {who} crashed", message_words(message), cast.name(*from))
        }
        EventKind::TimerFired(_) => format!("a timer of {who} fires"),
        EventKind::Stepped(step) => format!("{who} takes its next step, {}", step.word()),
        EventKind::Noted(note) => note_sentence(cast, who, note),
    }
}

fn fault_begins(who: &str, _: FaultId, ends: bool) -> String {
    match (who, ends) {
        ("the network", _) => "a partition begins".into(),
        (_, true) => format!("{who} falls asleep"),
        (_, false) => format!("{who} begins to lose messages"),
    }
}

fn message_words(message: &Message) -> String {
    match message.token() {
        Some(token) => format!("{} {token}", message.kind().word()),
        None => message.kind().word().into(),
    }
}

fn note_sentence(cast: &Cast, who: &str, note: &Note) -> String {
    match note {
        Note::Applied { .. } | Note::TurnedAway { .. } | Note::HighestToken { .. } => store_note(cast, who, note),
        Note::Holds { .. }
        | Note::HoldsLonger { .. }
        | Note::Left { .. }
        | Note::Checked { .. }
        | Note::Finished
        | Note::Stopped => client_note(cast, who, note),
        _ => lock_note(cast, who, note),
    }
}

fn lock_note(cast: &Cast, who: &str, note: &Note) -> String {
    match note {
        Note::Queued { client, .. } => format!("{who} lets {} wait in line", cast.name(*client)),
        Note::Granted { client, token, .. } => {
            format!("{who} grants the lock to {}, token {token}", cast.name(*client))
        }
        Note::Extended { client, .. } => format!("{who} extends the lease of {}", cast.name(*client)),
        Note::Expired { client, token } => format!("the lease of {} on {who} ends, token {token}", cast.name(*client)),
        Note::Released { client, by, .. } if client == by => format!("{} gives {who} back", cast.name(*client)),
        Note::Released { client, by, .. } => {
            format!("{} releases {who}, which was held by {}", cast.name(*by), cast.name(*client))
        }
        Note::ReleaseIgnored { by, .. } => format!("{who} ignores the release by {}", cast.name(*by)),
        _ => String::new(),
    }
}

fn store_note(cast: &Cast, who: &str, note: &Note) -> String {
    match note {
        Note::Applied { client, token, value, .. } => {
            format!("{who} applies {}’s write{}{}", cast.name(*client), with_token(*token), now_holding(*value))
        }
        Note::TurnedAway { client, token, reason, .. } => {
            format!("{who} turns {}{} away: {}", cast.name(*client), with_token(*token), refusal(*reason))
        }
        Note::HighestToken { token } => format!("the highest token {who} has seen is now {token}"),
        _ => String::new(),
    }
}

fn client_note(cast: &Cast, who: &str, note: &Note) -> String {
    match note {
        Note::Holds { lock, token, .. } => format!("{who} believes that it holds {}, token {token}", cast.name(*lock)),
        Note::HoldsLonger { lock, .. } => format!("{who} believes that it holds {} for longer", cast.name(*lock)),
        Note::Left { lock, departure, .. } => {
            format!("{who} no longer believes that it holds {}{}", cast.name(*lock), parting(*departure))
        }
        Note::Checked { passed: true, .. } => format!("{who} looks at its clock and goes on"),
        Note::Checked { passed: false, .. } => format!("{who} looks at its clock and stops"),
        Note::Finished => format!("{who} is done"),
        Note::Stopped => format!("{who} gives up"),
        _ => String::new(),
    }
}

fn with_token(token: Option<FencingToken>) -> String {
    token.map_or_else(String::new, |token| format!(" with token {token}"))
}

fn now_holding(value: Value) -> String {
    match value {
        Value::Number(number) => format!("; the value is now {number}"),
        Value::Empty | Value::By { .. } => String::new(),
    }
}

fn parting(departure: Departure) -> &'static str {
    match departure {
        Departure::Released => ": it gave it back",
        Departure::Lost => ": its lease was lost",
        Departure::Fenced => ": the store turned it away",
        Departure::Over => ": its lease is over",
    }
}

fn refusal(reason: Refusal) -> String {
    match reason {
        Refusal::Stale { highest } => format!("it has already seen {highest}"),
        Refusal::TokenUsed { highest } => format!("it wants a token higher than {highest}"),
        Refusal::VersionChanged { .. } => "something else was written meanwhile".into(),
        Refusal::NoToken => "there is no token".into(),
        Refusal::NoVersion => "nothing was read before".into(),
        Refusal::NotHolder => "it does not hold the lock".into(),
        Refusal::NoAnnouncements => "it takes no announcements".into(),
        Refusal::NotMyJob => "it does not do that".into(),
        Refusal::Repeated { .. } => "it has applied that already".into(),
        Refusal::Gap { expected } => format!("write {} has not come yet", expected.0),
        Refusal::TokenChanged { fixed } => format!("it knows no token but {fixed}"),
        Refusal::NotVouched => "the lock service does not vouch for it".into(),
        Refusal::BadSeal => "the token has no seal".into(),
    }
}
