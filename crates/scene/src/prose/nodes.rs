//! The sentences of nodes that keep something together: terms, votes, logs, quorums, keys, registers and names, and those of
//! officers.

use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::{Command, Entry, Event, EventKind, Note, Operation};

use super::sentence::saying;
use crate::layout::{quorums, votes, words};
use crate::view::View;

/// What a node, one of its clients or an officer notes.
pub(super) fn noted(note: &Note, event: &Event, view: &View<'_>) -> String {
    let (at, who) = (event.time, view.cast.name(event.participant));
    let name = |id: &ParticipantId| view.cast.name(*id);
    match note {
        Note::Enters { term } => format!("{who} enters term {term} at {at}."),
        Note::Campaigns { term, trial: false } => format!("{who} stands for election in term {term} at {at}."),
        Note::Campaigns { term, trial: true } => {
            format!("{who} asks at {at} whether it would win an election in term {term}.")
        }
        Note::Votes { term, candidate } if *candidate == event.participant => {
            format!("{who} votes for itself in term {term} at {at}.")
        }
        Note::Votes { term, candidate } => format!("{who} votes for {} in term {term} at {at}.", name(candidate)),
        Note::Leads { term } => format!("{who} leads from {at} on, in term {term}."),
        Note::StepsDown { term } => format!("{who} no longer leads from {at} on; it did so in term {term}."),
        Note::Backed { term, .. } => format!("{who} knows at {at} that enough nodes acknowledge it in term {term}."),
        Note::Logged { index, entry } => {
            format!(
                "{who} writes entry {index} into its log at {at}, in term {}: {}.",
                entry.term,
                command(entry, view)
            )
        }
        Note::Truncated { from } => format!("{who} throws entry {from} and all behind it out of its log at {at}."),
        Note::Committed { upto } => format!("{who} knows at {at} that its log is committed up to entry {upto}."),
        Note::Proposed { attack } => format!("{who} wants at {at} to {}.", words::order(*attack)),
        Note::Lied { to, said, truth } => format!(
            "{who} lies to {} at {at}: it says to {}, and should say to {}.",
            name(to),
            words::order(*said),
            words::order(*truth)
        ),
        _ => of_keepers(note, event, view),
    }
}

fn of_keepers(note: &Note, event: &Event, view: &View<'_>) -> String {
    let (at, who) = (event.time, view.cast.name(event.participant));
    let name = |id: &ParticipantId| view.cast.name(*id);
    match note {
        Note::Keyed { client, lease, .. } => format!("{who} gives {} its key for {lease} at {at}.", name(client)),
        Note::Unkeyed { client, expired: true, .. } => {
            format!("The time of {} at {who} is over at {at}, and the key is free.", name(client))
        }
        Note::Unkeyed { client, .. } => format!("{who} has its key back from {} at {at}.", name(client)),
        Note::FoundKey { holder: Some((client, _)) } => {
            format!("{who} finds on its disk at {at} that {} has its key.", name(client))
        }
        Note::FoundKey { holder: None } => format!("{who} knows at {at} of nobody who has its key."),
        Note::Began { object, operation: Operation::Read, .. } => {
            format!("{who} begins to read {} at {at}.", name(object))
        }
        Note::Began { object, operation: Operation::Write(value), .. } => {
            format!("{who} begins to write {} to {} at {at}.", words::value(*value, view.cast), name(object))
        }
        Note::Ended { object, value: Some(value), .. } => {
            format!("{who} has read {} from {} at {at}.", words::read(*object, *value, view.cast), name(object))
        }
        Note::Ended { object, value: None, .. } => format!("{who} has written to {} at {at}.", name(object)),
        Note::Owns { name: claimed, registry } => {
            format!(
                "{who} is told by {} at {at} that the name {} is its own.",
                name(registry),
                view.cast.claimed(*claimed)
            )
        }
        Note::Registered { name: claimed, owner } => {
            format!("{who} takes the name {} for that of {} from {at} on.", view.cast.claimed(*claimed), name(owner))
        }
        Note::PoweredOff => format!("{who} is powered off at {at}, for good."),
        _ => String::new(),
    }
}

fn command(entry: &Entry, view: &View<'_>) -> String {
    match &entry.command {
        Command::Nothing => "an empty entry; once a quorum has it, all before it is committed".to_owned(),
        Command::Serve { from, message } => format!("{} from {}", saying(message, view), view.cast.name(*from)),
        Command::Expire { token } => format!("the lease under token {token} is over"),
    }
}

pub(super) fn term(began: &Event, until: Time, view: &View<'_>) -> Option<String> {
    let (who, from) = (view.cast.name(began.participant), began.time);
    let term = term_at(began, view)?;
    Some(format!("{who} is in term {term} from {from} to {until}."))
}

/// The last term that a node had entered by some event.
fn term_at(event: &Event, view: &View<'_>) -> Option<fencepost_vocabulary::Term> {
    let before = view.trace.events.get(..=event.id.index())?.iter().rev();
    before.filter(|it| it.participant == event.participant).find_map(|it| match it.kind {
        EventKind::Noted(Note::Enters { term } | Note::Leads { term }) => Some(term),
        _ => None,
    })
}

pub(super) fn stands(began: &Event, until: Time, view: &View<'_>) -> Option<String> {
    let EventKind::Noted(Note::Campaigns { term, .. }) = began.kind else { return None };
    let (who, from) = (view.cast.name(began.participant), began.time);
    Some(format!("{who} stands for election in term {term} from {from} to {until}."))
}

pub(super) fn leads(began: &Event, (from, until): (Time, Time), backed: bool, view: &View<'_>) -> Option<String> {
    let EventKind::Noted(Note::Leads { term }) = began.kind else { return None };
    let who = view.cast.name(began.participant);
    let how = if backed {
        "and enough nodes acknowledge it"
    } else {
        "and too few nodes acknowledge it to get anything done"
    };
    Some(format!("From {from} to {until} {who} leads in term {term}, {how}."))
}

pub(super) fn tally(began: &Event, last: &Event, view: &View<'_>) -> Option<String> {
    let tally = votes::all(view).into_iter().find(|it| (it.began, it.last) == (began.id, last.id))?;
    let who = view.cast.name(tally.candidate);
    let others: Vec<&str> = tally.voters[1..].iter().map(|id| view.cast.name(*id)).collect();
    let by = match others.is_empty() {
        true => "Nobody else votes for it".to_owned(),
        false => format!("It votes for itself, and so does {}", others.join(", and ")),
    };
    let count = format!("{} of {}", tally.voters.len(), tally.of);
    let end = if tally.won {
        format!("and it leads from {} on", last.time)
    } else {
        "and it does not come to lead".to_owned()
    };
    Some(format!("{who} stands for election in term {} at {}. {by}: {count} votes, {end}.", tally.term, began.time))
}

pub(super) fn quorum(event: &Event, view: &View<'_>) -> Option<String> {
    let reached = quorums::all(view).into_iter().find(|it| it.event == event.id)?;
    let names: Vec<&str> = reached.nodes.iter().map(|id| view.cast.name(*id)).collect();
    let (at, who) = (event.time, view.cast.name(event.participant));
    Some(format!(
        "At {at} {who} has the word of {}: {} of {}. {}",
        names.join(", "),
        names.len(),
        reached.of,
        super::sentence(event, view)
    ))
}
