//! Events and notes in words, for listings. The picture has its own, shorter words.

use std::cmp::Ordering;

use fencepost_sim::{Disk, Duration, End, Fate, LocalTime, ParticipantId, Rate};
use fencepost_vocabulary::{Cast, Departure, EventKind, Message, Note, Outside, Refusal, Timer, Value};

use crate::node_words;
use crate::run::Run;

/// What an actor told the observers, as a phrase whose subject is that actor.
pub fn note(note: &Note, cast: &Cast) -> String {
    match note {
        Note::Queued { client, .. } => format!("puts {} in line", cast.name(*client)),
        Note::Granted { client, token, lease: Some(lease), .. } => {
            format!("grants the lock to {} with token {token} for {lease}", cast.name(*client))
        }
        Note::Granted { client, token, lease: None, .. } => {
            format!("grants the lock to {} with token {token}, without a lease", cast.name(*client))
        }
        Note::Extended { client, token, .. } => format!("extends the lease of {} (token {token})", cast.name(*client)),
        Note::Expired { client, token } => format!("ends the lease of {} (token {token})", cast.name(*client)),
        Note::Released { client, token, by } if client == by => {
            format!("frees the lock that {} gives back (token {token})", cast.name(*client))
        }
        Note::Released { client, token, by } => {
            format!("frees the lock of {} (token {token}) because {} says so", cast.name(*client), cast.name(*by))
        }
        Note::ReleaseIgnored { by, token: None } => {
            format!("ignores a release by {}, which shows no token", cast.name(*by))
        }
        Note::ReleaseIgnored { by, token: Some(token) } => {
            format!("ignores a release by {}, whose grant with token {token} is over", cast.name(*by))
        }
        Note::Applied { client, value, version, .. } => {
            format!("applies {}'s write: {}, version {}", cast.name(*client), self::value(*value, cast), version.0)
        }
        Note::TurnedAway { client, reason, .. } => format!("turns {} away: {}", cast.name(*client), refusal(*reason)),
        Note::HighestToken { token } => format!("has now seen tokens up to {token}"),
        Note::Holds { lock, token, until, .. } => {
            format!("believes it holds {} with token {token}{}", cast.name(*lock), until_words(*until))
        }
        Note::HoldsLonger { lock, until, .. } => {
            format!("believes it holds {}{}", cast.name(*lock), until_words(*until))
        }
        Note::Left { lock, departure, .. } => {
            format!("no longer believes it holds {}: {}", cast.name(*lock), self::departure(*departure))
        }
        Note::Checked { passed: true, .. } => "looks at its clock: enough of the lease is left".to_owned(),
        Note::Checked { passed: false, .. } => "looks at its clock: too little of the lease is left".to_owned(),
        Note::Finished => "is done".to_owned(),
        Note::Stopped => "gives up".to_owned(),
        Note::Unanswered { of } => format!("has no answer of {} and waits no longer", cast.name(*of)),
        _ => self::later_note(note, cast),
    }
}

/// As [`note`], for what only some scenarios have: recoveries, sessions, groups, generals.
fn later_note(note: &Note, cast: &Cast) -> String {
    match note {
        Note::Restored { version, highest: Some(highest) } => {
            format!("finds version {} and highest token {highest} on its disk", version.0)
        }
        Note::Restored { version, highest: None } => {
            format!("finds version {} and no token on its disk", version.0)
        }
        Note::Reopened { next_token, holder: Some((holder, token)) } => {
            let holder = cast.name(*holder);
            format!("finds on its disk that {holder} holds the lock (token {token}) and that {next_token} comes next")
        }
        Note::Reopened { next_token, holder: None } => {
            format!("finds nobody holding the lock and will grant token {next_token} next")
        }
        Note::SessionOver { client } => {
            format!("takes {} out of the line: it was not heard from for too long", cast.name(*client))
        }
        Note::GrantedToDead { client, token } => {
            format!("has granted token {token} to {}, whose session is over", cast.name(*client))
        }
        Note::LockDelayed { until_after } => format!("grants the lock to nobody for {until_after}"),
        Note::Checking { client, token: Some(token), .. } => {
            format!("finds {}'s write with token {token} in order and is about to apply it", cast.name(*client))
        }
        Note::Checking { client, token: None, .. } => {
            format!("finds {}'s write in order and is about to apply it", cast.name(*client))
        }
        Note::Acted { what: Outside::Mail, .. } => "sends an e-mail".to_owned(),
        Note::Acted { what: Outside::Payment, .. } => "makes a payment".to_owned(),
        Note::Forged { token } => format!("makes up token {token}"),
        Note::Suspects { of, .. } => format!("suspects {}", cast.name(*of)),
        Note::Trusts { of } => format!("trusts {} again", cast.name(*of)),
        Note::Declared { of, view, .. } => format!("declares {} dead from view {view} on", cast.name(*of)),
        Note::Installed { view, members } => {
            let names: Vec<&str> = members.0.iter().map(|(member, _)| cast.name(*member)).collect();
            format!("installs view {view}: {}", names.join(", "))
        }
        Note::Rejoined { incarnation } => format!("belongs to the group again, in life {incarnation}"),
        Note::LearnsDead { view } => format!("learns that it is dead since view {view}"),
        Note::Decided { attack: true } => "decides to attack".to_owned(),
        // One of two generals stays where it is; one of several was ordered to go back.
        Note::Decided { attack: false } if cast.iter().any(|(id, _)| cast.is_officer(id)) => {
            "decides to retreat".to_owned()
        }
        Note::Decided { attack: false } => "decides to stay".to_owned(),
        _ => node_words::note(note, cast),
    }
}

/// A stored value as a reader knows it.
pub fn value(value: Value, cast: &Cast) -> String {
    match value {
        Value::Empty => "nothing".to_owned(),
        Value::By { writer, ordinal: 1 } => format!("what {} wrote", cast.name(writer)),
        Value::By { writer, ordinal } => format!("what {} wrote in its write {ordinal}", cast.name(writer)),
        Value::Number(number) => number.to_string(),
    }
}

/// Why a service said no.
pub fn refusal(reason: Refusal) -> String {
    match reason {
        Refusal::Stale { highest } => format!("its token is older than {highest}"),
        Refusal::TokenUsed { highest } => format!("token {highest} has been used once already"),
        Refusal::VersionChanged { current } => format!("the version is now {}", current.0),
        Refusal::NoToken => "it shows no token".to_owned(),
        Refusal::NoVersion => "its write was not computed from a read".to_owned(),
        Refusal::NotHolder => "it does not hold the lock".to_owned(),
        Refusal::NoAnnouncements => "no announcements are taken here".to_owned(),
        Refusal::NotMyJob => "that is not done here".to_owned(),
        Refusal::Repeated { last } => format!("write {} under its token was applied already", last.0),
        Refusal::Gap { expected } => format!("write {} under its token has not come yet", expected.0),
        Refusal::TokenChanged { fixed } => format!("its token is not {fixed}"),
        Refusal::NotVouched => "the lock service does not vouch for its token".to_owned(),
        Refusal::BadSeal => "its token has no seal of the lock service".to_owned(),
        Refusal::KeyTaken => "somebody else has the key".to_owned(),
        Refusal::NameTaken { .. } => "somebody else has the name".to_owned(),
        Refusal::NotActive => "it is not the active one".to_owned(),
    }
}

fn departure(departure: Departure) -> &'static str {
    match departure {
        Departure::Released => "it gives it back",
        Departure::Lost => "it learns that its lease is over",
        Departure::Fenced => "it is turned away with its token",
        Departure::Over => "its program is done and its lease has run out",
    }
}

fn until_words(until: Option<LocalTime>) -> String {
    until.map_or(String::new(), |until| format!(" until {until} on its clock"))
}

/// The whole run, an event a line: when, who, what.
pub fn transcript(run: &Run) -> String {
    let width = run.cast.iter().map(|(_, member)| member.name.chars().count()).max().unwrap_or(0).max("network".len());
    let mut text = String::new();
    for event in &run.trace.events {
        let who =
            if event.participant == ParticipantId::NETWORK { "network" } else { run.cast.name(event.participant) };
        let time = event.time.to_string();
        text.push_str(&format!("{time:>10}  {who:width$}  {}\n", self::event(&event.kind, &run.cast)));
    }
    text.push_str(&format!("{:>10}  {}\n", run.trace.ended_at.to_string(), end(run.trace.end)));
    text
}

/// What happened, as a phrase whose subject is the participant of the event.
pub fn event(kind: &EventKind, cast: &Cast) -> String {
    match kind {
        EventKind::Started => "begins".to_owned(),
        EventKind::FaultStarted { fault, until: Some(until) } => {
            format!("meets fault {}, until {until}", fault.index() + 1)
        }
        EventKind::FaultStarted { fault, until: None } => format!("meets fault {}, for ever", fault.index() + 1),
        EventKind::Crashed { fault, recovers: Some(at) } => {
            format!("stops because of fault {}, and will be back at {at}", fault.index() + 1)
        }
        EventKind::Crashed { fault, recovers: None } => format!("meets fault {}, for ever", fault.index() + 1),
        EventKind::Recovered { incarnation, disk, .. } => {
            format!("is back in its life {incarnation}, {}", self::disk(*disk))
        }
        EventKind::ClockSet { rate, jumped, .. } => clock(*rate, *jumped),
        EventKind::FaultEnded { fault } => format!("is through with fault {}", fault.index() + 1),
        EventKind::Sent { to, message, fate, .. } => {
            format!("sends {} to {}, {}", self::message(message), cast.name(*to), self::fate(*fate))
        }
        EventKind::Duplicated { to, arrives, .. } => {
            format!("sees its message to {} doubled, arriving again at {arrives}", cast.name(*to))
        }
        EventKind::Buffered { from, message } => {
            format!("has {} from {} waiting", self::message(message), cast.name(*from))
        }
        EventKind::Delivered { from, message } => {
            format!("takes in {} from {}", self::message(message), cast.name(*from))
        }
        EventKind::Lost { from, message } => {
            format!("is no longer there for {} from {}", self::message(message), cast.name(*from))
        }
        EventKind::TimerFired(timer) => format!("sees its {} timer go off", self::timer(*timer)),
        EventKind::Stepped(step) => format!("goes on to: {}", step.word()),
        EventKind::Noted(note) => self::note(note, cast),
    }
}

fn disk(disk: Disk) -> &'static str {
    match disk {
        Disk::Kept => "with all that it had written",
        Disk::Synced => "with what had reached its disk",
        Disk::Wiped => "with an empty disk",
    }
}

fn clock(rate: Rate, jumped: i64) -> String {
    let length = Duration(jumped.unsigned_abs());
    match jumped {
        0 => format!("has clocks that from now on run {}", pace(rate)),
        1.. => format!("has its wall clock set forward by {length}"),
        _ => format!("has its wall clock set back by {length}"),
    }
}

fn pace(rate: Rate) -> String {
    let off = rate.0.abs_diff(Rate::EXACT.0);
    let share = if off.is_multiple_of(10_000) { format!("{} %", off / 10_000) } else { format!("{off} ppm") };
    match rate.cmp(&Rate::EXACT) {
        Ordering::Less => format!("{share} slow"),
        Ordering::Equal => "true".to_owned(),
        Ordering::Greater => format!("{share} fast"),
    }
}

fn message(message: &Message) -> String {
    let kind = message.kind().word();
    if let Message::Order { attack, .. } = message {
        return format!("`{kind}` ({})", node_words::order(*attack));
    }
    match message.token() {
        Some(token) => format!("`{kind}` with token {token}"),
        None => format!("`{kind}`"),
    }
}

fn fate(fate: Fate) -> String {
    match fate {
        Fate::OnTime { arrives } => format!("arriving at {arrives}"),
        Fate::Delayed { arrives, fault } => format!("arriving at {arrives} because of fault {}", fault.index() + 1),
        Fate::Held { heals, arrives, fault } => {
            format!("held until {heals} by fault {}, arriving at {arrives}", fault.index() + 1)
        }
        Fate::Dropped { fault } => format!("lost to fault {}", fault.index() + 1),
    }
}

pub(crate) fn timer(timer: Timer) -> &'static str {
    match timer {
        Timer::Lease => "lease",
        Timer::Begin => "begin",
        Timer::Work => "work",
        Timer::Retry => "retry",
        Timer::Renew => "renewal",
        Timer::LeaseOver => "own lease",
        Timer::Apply(_) => "apply",
        Timer::Sync => "sync",
        Timer::Delay => "delay",
        Timer::Heartbeat => "heartbeat",
        Timer::Suspect(_) => "suspicion",
        Timer::Resend => "resend",
        Timer::Dawn => "dawn",
        Timer::Election => "election",
        Timer::Quorum => "quorum",
        Timer::Replicate(_) => "copy",
        Timer::Round => "round",
        Timer::Takeover => "takeover",
        Timer::Within => "within",
    }
}

fn end(end: End) -> &'static str {
    match end {
        End::Quiescent => "nothing is left that could happen",
        End::Horizon => "the run ends here, with something still to come",
        End::Limit => "stopped at the limit of events",
        End::Zeno => "stopped because time no longer advances",
    }
}
