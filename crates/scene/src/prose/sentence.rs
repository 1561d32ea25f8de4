//! One event, one sentence.

use fencepost_sim::{Fate, ParticipantId};
use fencepost_vocabulary::{Departure, Event, EventKind, Message, Note, Refusal, Value};

use crate::layout::words;
use crate::view::View;

/// What happened at an event, with names and the time.
pub fn sentence(event: &Event, view: &View<'_>) -> String {
    let at = event.time;
    let who = view.cast.name(event.participant);
    let name = |id: &ParticipantId| view.cast.name(*id);
    match &event.kind {
        EventKind::Started => format!("{who} begins."),
        EventKind::FaultStarted { until, .. } => fault_started(event, until.map(|until| until.to_string()), view),
        EventKind::FaultEnded { .. } if event.participant == ParticipantId::NETWORK => format!("A cut heals at {at}."),
        EventKind::FaultEnded { .. } => format!("{who} wakes up at {at}."),
        EventKind::Crashed { recovers: None, .. } => format!("{who} crashes at {at}."),
        EventKind::Crashed { recovers: Some(back), .. } => format!("{who} crashes at {at}, until {back}."),
        EventKind::Recovered { .. } => format!("{who} is back at {at}."),
        EventKind::ClockSet { jumped: 0, .. } => format!("The clocks of {who} change their pace at {at}."),
        EventKind::ClockSet { .. } => format!("Someone sets the clock of {who} at {at}."),
        EventKind::Sent { to, message, fate, .. } => {
            format!("{who} sends {} {} at {at}{}.", name(to), saying(message, view), fate_of(*fate))
        }
        EventKind::Duplicated { to, arrives, .. } => {
            format!("The network makes a second copy for {}, which arrives at {arrives}.", name(to))
        }
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
        EventKind::Noted(note) => noted(note, event, view),
    }
}

fn fault_started(event: &Event, until: Option<String>, view: &View<'_>) -> String {
    let (at, who) = (event.time, view.cast.name(event.participant));
    match until {
        None => format!("{who} loses messages from {at} on."),
        Some(until) if event.participant == ParticipantId::NETWORK => {
            format!("The network is cut at {at}, until {until}.")
        }
        Some(until) => format!("{who} falls asleep at {at}, until {until}."),
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
        Message::Announce { .. } => "its token".to_owned(),
        Message::Announced { .. } => "the answer to the announcement".to_owned(),
        Message::Ask { .. } => "a question about its lease".to_owned(),
        Message::Standing { valid: true, .. } => "the answer that the token stands".to_owned(),
        Message::Standing { valid: false, .. } => "the answer that the token no longer stands".to_owned(),
        _ => format!("a {word}"),
    };
    match message.token() {
        Some(token) => format!("{what} with token {token}"),
        None => what,
    }
}

fn fate_of(fate: Fate) -> String {
    match fate {
        Fate::OnTime { .. } => String::new(),
        Fate::Delayed { arrives, .. } => format!(", which is slow and arrives at {arrives}"),
        Fate::Held { heals, arrives, .. } => {
            format!(", which a cut holds back until {heals} and which arrives at {arrives}")
        }
        Fate::Dropped { .. } => ", which is lost".to_owned(),
    }
}

fn noted(note: &Note, event: &Event, view: &View<'_>) -> String {
    let (at, who) = (event.time, view.cast.name(event.participant));
    let name = |id: &ParticipantId| view.cast.name(*id);
    match note {
        Note::Queued { client, .. } => format!("{who} lets {} wait at {at}, because the lock is taken.", name(client)),
        Note::Granted { client, token, lease, .. } => {
            let lease = lease.map_or(String::new(), |lease| format!(" for {lease}"));
            format!("{who} grants {} the lock{lease} at {at}, with token {token}.", name(client))
        }
        Note::Extended { client, token, lease } => {
            let lease = lease.map_or(String::new(), |lease| format!(" by {lease}"));
            format!("{who} extends the lease of {} under token {token}{lease} from {at}.", name(client))
        }
        Note::Expired { client, token } => {
            format!("The lease of {} under token {token} runs out at {who} at {at}.", name(client))
        }
        Note::Released { client, token, by } if client == by => {
            format!("{who} ends the grant of {} under token {token} at {at}, as it asked.", name(client))
        }
        Note::Released { client, token, by } => {
            format!(
                "{who} ends the grant of {} under token {token} at {at}, although it was {} who asked.",
                name(client),
                name(by)
            )
        }
        Note::ReleaseIgnored { by, token } => {
            format!(
                "{who} ignores the release of {} with token {token} at {at}: it no longer holds the lock.",
                name(by)
            )
        }
        Note::Applied { client, token, value, .. } => {
            let token = token.map_or(String::new(), |token| format!(" with token {token}"));
            format!(
                "{who} applies the write of {}{token} at {at}; its value is now {}.",
                name(client),
                words::value(*value, view.cast)
            )
        }
        Note::TurnedAway { client, reason, .. } => {
            format!("{who} turns {} away at {at}: {}.", name(client), because(*reason))
        }
        Note::HighestToken { token } => format!("The highest token {who} has seen is {token} from {at}."),
        Note::Holds { lock, token, until, .. } => {
            let until = until.map_or(String::new(), |until| format!(" until {until} by its own clock"));
            format!("{who} believes from {at} that it holds {} under token {token}{until}.", name(lock))
        }
        Note::HoldsLonger { lock, until, .. } => {
            let until = until.map_or(String::new(), |until| format!(" until {until} by its own clock"));
            format!("{who} learns at {at} that it may hold {} longer{until}.", name(lock))
        }
        Note::Left { lock, departure, .. } => {
            format!("{who} stops believing at {at} that it holds {}: {}.", name(lock), left(*departure))
        }
        Note::Checked { passed: true, .. } => format!("{who} looks at its clock at {at}: the lease still has time."),
        Note::Checked { passed: false, .. } => {
            format!("{who} looks at its clock at {at}: too little of the lease is left.")
        }
        Note::Finished => format!("{who} is done at {at}."),
        Note::Stopped => format!("{who} gives up at {at}."),
        // The words of the newer notes come with their pictures.
        _ => format!("{who} takes note of something at {at}."),
    }
}

fn left(departure: Departure) -> &'static str {
    match departure {
        Departure::Released => "it gives it back",
        Departure::Lost => "its lease is over",
        Departure::Fenced => "a store told it that someone newer holds it",
        Departure::Over => "it was done, and its lease is over",
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
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| std::iter::once(first.to_ascii_uppercase()).chain(letters).collect())
}
