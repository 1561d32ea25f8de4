//! One event, one sentence.

use fencepost_scenario::model::FaultSpec;
use fencepost_sim::{FaultId, ParticipantId, Time};
use fencepost_vocabulary::{Event, EventKind, Message, MessageKind, Refusal, Value};

use super::{clocks, letters, notes, spans};
use crate::layout::words;
use crate::view::View;

/// What happened at an event, with names and the time.
pub fn sentence(event: &Event, view: &View<'_>) -> String {
    told(event, view) + &clocks::shown(event, view)
}

/// The same without what clocks show.
pub(super) fn told(event: &Event, view: &View<'_>) -> String {
    let at = event.time;
    let who = view.cast.name(event.participant);
    let name = |id: &ParticipantId| view.cast.name(*id);
    match &event.kind {
        EventKind::Started => format!("{who} begins."),
        EventKind::FaultStarted { fault, until } => fault_started(event, *fault, *until, view),
        EventKind::FaultEnded { .. } if event.participant == ParticipantId::NETWORK => format!("A cut heals at {at}."),
        EventKind::FaultEnded { fault } => match view.scenario.faults.get(fault.index()) {
            Some(FaultSpec::Mute { .. }) => format!("What {who} sends gets through again from {at} on."),
            Some(FaultSpec::Deafen { .. }) => format!("What is sent to {who} gets through again from {at} on."),
            _ => format!("{who} wakes up at {at}."),
        },
        EventKind::Crashed { recovers: None, .. } => format!("{who} crashes at {at}."),
        EventKind::Crashed { recovers: Some(back), .. } => {
            format!("{who} crashes at {at} and is to come back at {back}.")
        }
        EventKind::Recovered { disk, incarnation, .. } => {
            format!("{who} is back at {at}, in its life number {incarnation}; {}.", words::disk(*disk))
        }
        EventKind::ClockSet { rate, jumped: 0, .. } => {
            format!("From {at} on the clocks of {who} run at {} of true time.", words::pace(*rate))
        }
        EventKind::ClockSet { jumped, .. } => {
            format!("The wall clock of {who} jumps by {} at {at}.", words::jump(*jumped))
        }
        // In the words of its arrow.
        EventKind::Sent { .. } | EventKind::Duplicated { .. } => spans::sent(event, view).unwrap_or_default(),
        EventKind::Buffered { from, message } => {
            format!(
                "{} from {} arrives at {at} and waits, because {who} sleeps.",
                capital(&saying(message, view)),
                name(from)
            )
        }
        EventKind::Delivered { from, message } => {
            format!("{who} takes in {} from {} at {at}.", saying(message, view), name(from))
        }
        EventKind::Lost { from, message } => {
            format!("{} from {} reaches {who} at {at}, which has crashed.", capital(&saying(message, view)), name(from))
        }
        EventKind::TimerFired(_) => format!("A timer of {who} fires at {at}."),
        EventKind::Stepped(step) => format!("{who} begins to {} at {at}.", step.word()),
        EventKind::Noted(note) => notes::noted(note, event, view),
    }
}

fn fault_started(event: &Event, fault: FaultId, until: Option<Time>, view: &View<'_>) -> String {
    let (at, who) = (event.time, view.cast.name(event.participant));
    let until = until.map_or("for ever".to_owned(), |until| format!("until {until}"));
    match view.scenario.faults.get(fault.index()) {
        Some(FaultSpec::Mute { .. }) => format!("From {at} on nothing that {who} sends gets through, {until}."),
        Some(FaultSpec::Deafen { .. }) => format!("From {at} on nothing that is sent to {who} gets through, {until}."),
        _ if event.participant == ParticipantId::NETWORK => format!("The network is cut at {at}, {until}."),
        _ => format!("{who} falls asleep at {at}, {until}."),
    }
}

/// A message in words: "a write with token 33".
pub fn saying(message: &Message, view: &View<'_>) -> String {
    let word = message.kind().word();
    let what = match message {
        Message::Acquire { .. } => "a request for the lock".to_owned(),
        Message::Granted { .. } => "the grant".to_owned(),
        Message::Renew { .. } => "a request to extend the lease".to_owned(),
        Message::Renewed { .. } => "the extension of the lease".to_owned(),
        Message::Release { .. } => "a release of the lock".to_owned(),
        Message::Released { .. } => "the answer to the release".to_owned(),
        Message::Refused { reason, .. } | Message::Rejected { reason, .. } => {
            format!("a refusal ({})", because(*reason))
        }
        Message::Write { value: Value::Number(number), .. } => format!("a write of {number}"),
        Message::Value { value, .. } => format!("the value {}", words::value(*value, view.cast)),
        Message::Ok { .. } => "an ok".to_owned(),
        Message::Announce { token: Some(_), .. } => "its token".to_owned(),
        Message::Announce { token: None, .. } => "an announcement".to_owned(),
        Message::Announced { .. } => "the answer to the announcement".to_owned(),
        Message::Write { .. } | Message::Read { .. } | Message::Heartbeat { .. } => format!("a {word}"),
        _ => letters::among_equals(message, view),
    };
    let shows_none = matches!(message.kind(), MessageKind::Release | MessageKind::Announce | MessageKind::Ask);
    match message.token() {
        Some(token) => format!("{what} with token {token}"),
        None if shows_none => format!("{what} without a token"),
        None => what,
    }
}

/// Why a service says no.
pub fn because(reason: Refusal) -> String {
    match reason {
        Refusal::Stale { highest } => format!("the token is older than {highest}"),
        Refusal::TokenUsed { highest } => format!("the token is not newer than {highest}"),
        Refusal::VersionChanged { current } => format!("the version is now {}", current.0),
        Refusal::NoToken => "it carries no token".to_owned(),
        Refusal::NoVersion => "it carries no version".to_owned(),
        Refusal::NotHolder => "the sender does not hold the lock".to_owned(),
        Refusal::NoAnnouncements => "this store takes no announcements".to_owned(),
        Refusal::NotMyJob => "that is not its job".to_owned(),
        Refusal::Repeated { last } => format!("write {} under its token was applied already", last.0),
        Refusal::Gap { expected } => format!("write {} under its token has not come yet", expected.0),
        Refusal::TokenChanged { fixed } => format!("the token is not {fixed}"),
        Refusal::NotVouched => "the lock service does not vouch for the token".to_owned(),
        Refusal::BadSeal => "the token has no seal of the lock service".to_owned(),
        Refusal::KeyTaken => "somebody else has the key".to_owned(),
        Refusal::NameTaken { .. } => "somebody else has the name".to_owned(),
        Refusal::NotActive => "it is not the active one".to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| std::iter::once(first.to_ascii_uppercase()).chain(letters).collect())
}
