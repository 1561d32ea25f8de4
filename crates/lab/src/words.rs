//! Notes in words, for listings. The picture has its own, shorter words.

use fencepost_sim::LocalTime;
use fencepost_vocabulary::{Cast, Departure, Note, Refusal, Value};

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
        Note::ReleaseIgnored { by, token } => {
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
