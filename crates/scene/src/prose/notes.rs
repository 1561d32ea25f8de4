//! What participants tell the observers, in sentences.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Departure, Event, FencingToken, Note, Outside};

use super::nodes;
use super::sentence::because;
use crate::layout::words;
use crate::view::View;

pub(super) fn noted(note: &Note, event: &Event, view: &View<'_>) -> String {
    match note {
        Note::For { object, note, .. } => {
            if let Some(said) = of_pair(*object, note, event, view) {
                return said;
            }
            let who = format!("{} ({})", view.cast.name(*object), view.cast.name(event.participant));
            by(&who, note, event, view)
        }
        _ => by(view.cast.name(event.participant), note, event, view),
    }
}

/// What a node of a pair says in its name: nobody grants anything there, whoever takes the role over has it. The epoch is
/// what a disk that compares tokens sees as its token.
fn of_pair(object: ParticipantId, note: &Note, event: &Event, view: &View<'_>) -> Option<String> {
    let pair = Some(object).filter(|it| words::is_pair(*it, view.cast)).map(|it| view.cast.name(it))?;
    let (at, who) = (event.time, view.cast.name(event.participant));
    match note {
        Note::Granted { token, .. } => Some(format!(
            "{who} makes itself the active one of {pair} at {at}; its writes carry epoch {token} as their token."
        )),
        Note::Released { token, .. } => {
            Some(format!("{who} is no longer the active one of {pair} from {at} on; epoch {token} ends."))
        }
        _ => None,
    }
}

/// What a node of a pair thinks of itself.
fn of_belief(pair: ParticipantId, note: &Note, event: &Event, view: &View<'_>) -> Option<String> {
    let pair = Some(pair).filter(|it| words::is_pair(*it, view.cast)).map(|it| view.cast.name(it))?;
    let (at, who) = (event.time, view.cast.name(event.participant));
    match note {
        Note::Holds { token, .. } => {
            Some(format!("{who} believes from {at} that it is the active one of {pair}, in epoch {token}."))
        }
        Note::Left { .. } => Some(format!("{who} stops believing at {at} that it is the active one of {pair}.")),
        _ => None,
    }
}

/// A note of somebody by this name.
fn by(who: &str, note: &Note, event: &Event, view: &View<'_>) -> String {
    let at = event.time;
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
            let (client, by) = (name(client), name(by));
            format!("{who} ends the grant of {client} under token {token} at {at}, although it was {by} who asked.")
        }
        Note::ReleaseIgnored { by, token } => {
            let (with, why) = match token {
                None => (String::new(), "it shows no token"),
                Some(token) => (format!(" with token {token}"), "it no longer holds the lock"),
            };
            format!("{who} ignores the release of {}{with} at {at}: {why}.", name(by))
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
        Note::Holds { lock, .. } | Note::Left { lock, .. } if words::is_pair(*lock, view.cast) => {
            of_belief(*lock, note, event, view).unwrap_or_default()
        }
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
        Note::Restored { .. } | Note::Reopened { .. } | Note::SessionOver { .. } | Note::GrantedToDead { .. } => {
            of_service(who, note, event, view)
        }
        Note::LockDelayed { .. } | Note::Checking { .. } => of_service(who, note, event, view),
        Note::Acted { .. } | Note::Forged { .. } | Note::Unanswered { .. } => of_client(note, event, view),
        _ => of_group(note, event, view),
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

fn of_service(who: &str, note: &Note, event: &Event, view: &View<'_>) -> String {
    let at = event.time;
    let name = |id: &ParticipantId| view.cast.name(*id);
    match note {
        Note::Restored { version, highest: Some(highest) } => {
            format!("{who} finds version {} on its disk at {at}, and token {highest} as the highest.", version.0)
        }
        Note::Restored { version, highest: None } => {
            format!("{who} finds version {} on its disk at {at}, and no token.", version.0)
        }
        Note::Reopened { next_token, holder: Some((client, token)) } => {
            format!(
                "{who} finds on its disk at {at} that {} holds the lock under token {token}; the next token is {next_token}.",
                name(client)
            )
        }
        Note::Reopened { next_token, holder: None } => {
            format!("{who} knows at {at} of nobody who holds the lock; the next token is {next_token}.")
        }
        Note::SessionOver { client } => {
            format!("{who} has not heard from {} for too long at {at} and takes it out of the line.", name(client))
        }
        Note::GrantedToDead { client, token } => {
            format!(
                "{who} grants {} the lock at {at}, under token {token}, although its session is over.",
                name(client)
            )
        }
        Note::LockDelayed { until_after } => {
            format!("The lock is free at {at}, but {who} grants it to nobody for {until_after}.")
        }
        Note::Checking { client, .. } => {
            format!("{who} has checked the write of {} at {at} and is still to do it.", name(client))
        }
        _ => String::new(),
    }
}

fn of_client(note: &Note, event: &Event, view: &View<'_>) -> String {
    let (at, who) = (event.time, view.cast.name(event.participant));
    let under = |grant: &Option<(ParticipantId, FencingToken)>| match grant {
        Some((lock, token)) => format!(", believing that it holds {} under token {token}", view.cast.name(*lock)),
        None => ", without a lock".to_owned(),
    };
    match note {
        Note::Acted { what: Outside::Mail, grant } => format!("{who} sends a letter at {at}{}.", under(grant)),
        Note::Acted { what: Outside::Payment, grant } => format!("{who} makes a payment at {at}{}.", under(grant)),
        Note::Forged { token } => format!("{who} makes up token {token} at {at}."),
        Note::Unanswered { of } => {
            format!("{who} has no answer from {} at {at} and waits no longer.", view.cast.name(*of))
        }
        _ => String::new(),
    }
}

fn of_group(note: &Note, event: &Event, view: &View<'_>) -> String {
    let (at, who) = (event.time, view.cast.name(event.participant));
    let name = |id: &ParticipantId| view.cast.name(*id);
    match note {
        Note::Suspects { of, .. } => {
            format!("{who} has not heard from {} for too long at {at} and suspects it.", name(of))
        }
        Note::Trusts { of } => format!("{who} hears from {} at {at} and no longer suspects it.", name(of)),
        Note::Declared { of, view: number, .. } => {
            format!("{who} declares {} dead at {at}: view {number} is without it.", name(of))
        }
        Note::Installed { view: number, members } => {
            format!("{who} installs view {number} at {at}: {}.", words::members(members, view.cast).join(", "))
        }
        Note::Rejoined { incarnation } => format!("{who} belongs again at {at}, in its life number {incarnation}."),
        Note::LearnsDead { view: number } => format!("{who} learns at {at} that it is dead since view {number}."),
        Note::Decided { attack: true } => format!("{who} decides at {at} to attack."),
        Note::Decided { attack: false } if view.cast.is_general(event.participant) => {
            format!("{who} decides at {at} to stay where it is.")
        }
        Note::Decided { attack: false } => format!("{who} decides at {at} to retreat."),
        _ => nodes::noted(note, event, view),
    }
}
