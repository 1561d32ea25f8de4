//! What nodes tell the observers, in words for listings: elections, logs, keys, registers, names, orders. The other words
//! are in [`crate::words`].

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Cast, Command, Note, ObjectKind, Operation};

use crate::words;

/// What a node, or somebody who deals with nodes, told the observers; empty for every other note.
pub(crate) fn note(note: &Note, cast: &Cast) -> String {
    match note {
        Note::For { object, note, .. } => for_object(note, *object, cast),
        Note::Enters { term } => format!("enters term {term}"),
        Note::Campaigns { term, trial: false } => format!("stands for election in term {term}"),
        Note::Campaigns { term, trial: true } => format!("asks whether it could be elected in term {term}"),
        Note::Votes { term, candidate } => format!("votes for {} in term {term}", cast.name(*candidate)),
        Note::Leads { term } => format!("leads in term {term}"),
        Note::StepsDown { term } => format!("no longer leads in term {term}"),
        Note::Backed { term, sent } => format!("is still acknowledged as the leader of term {term}, as of {sent}"),
        Note::Logged { index, entry } => {
            format!("writes to its log, place {index}, term {}: {}", entry.term, command(&entry.command, cast))
        }
        Note::Truncated { from } => format!("throws its log away from place {from} on"),
        Note::Committed { upto } => format!("knows its log to be committed up to place {upto}"),
        Note::Keyed { client, lease, .. } => format!("gives its key to {} for {lease}", cast.name(*client)),
        Note::Unkeyed { client, expired: true, .. } => format!("takes its key back from {}", cast.name(*client)),
        Note::Unkeyed { client, expired: false, .. } => format!("gets its key back from {}", cast.name(*client)),
        Note::FoundKey { holder: Some((client, _)) } => format!("finds that {} has its key", cast.name(*client)),
        Note::FoundKey { holder: None } => "finds its key free".to_owned(),
        _ => of_clients(note, cast),
    }
}

/// What somebody notes on behalf of an object. Nobody grants the active role of a pair: to take it is to have it.
fn for_object(note: &Note, object: ParticipantId, cast: &Cast) -> String {
    let name = cast.name(object);
    let is_pair = cast.object(object).is_some_and(|object| object.kind == ObjectKind::Pair);
    match note {
        Note::Granted { token, .. } if is_pair => format!("becomes the active one of {name}, in epoch {token}"),
        Note::Released { token, .. } if is_pair => format!("is no longer the active one of {name} (epoch {token})"),
        note => format!("{} (for {name})", words::note(note, cast)),
    }
}

fn of_clients(note: &Note, cast: &Cast) -> String {
    match note {
        Note::Began { object, operation: Operation::Read, .. } => format!("begins to read {}", cast.name(*object)),
        Note::Began { object, operation: Operation::Write(value), .. } => {
            format!("begins to write {} to {}", words::value(*value, cast), cast.name(*object))
        }
        Note::Ended { object, value: Some(value), .. } => {
            format!("has read {} from {}", words::value(*value, cast), cast.name(*object))
        }
        Note::Ended { object, value: None, .. } => format!("has written to {}", cast.name(*object)),
        Note::Owns { name, .. } => format!("is told that {} is its own", cast.claimed(*name)),
        Note::Registered { name, owner } => {
            format!("registers {} for {}", cast.claimed(*name), cast.name(*owner))
        }
        Note::Proposed { attack } => format!("orders to {}", order(*attack)),
        Note::Lied { to, said, truth } => {
            format!("tells {} to {} and not to {}", cast.name(*to), order(*said), order(*truth))
        }
        Note::PoweredOff => "is powered off".to_owned(),
        // Every other note has its words elsewhere.
        _ => String::new(),
    }
}

/// What is ordered, as a word of the scenario language.
pub(crate) fn order(attack: bool) -> &'static str {
    if attack { "attack" } else { "retreat" }
}

fn command(command: &Command, cast: &Cast) -> String {
    match command {
        Command::Nothing => "nothing, as the first entry of its term".to_owned(),
        Command::Serve { from, message } => format!("`{}` of {}", message.kind().word(), cast.name(*from)),
        Command::Expire { token } => format!("the lease of token {token} is over"),
    }
}
