//! What messages say, in words: those of groups and generals, and those of nodes that keep something together.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Entries, Message};

use crate::layout::words;
use crate::view::View;

/// The messages of groups, of generals, and of those who ask.
pub(super) fn among_equals(message: &Message, view: &View<'_>) -> String {
    let name = |id: &ParticipantId| view.cast.name(*id);
    match message {
        Message::Ask { .. } => "the question whether its grant stands".to_owned(),
        Message::Standing { valid: true, .. } => "the answer that the grant stands".to_owned(),
        Message::Standing { valid: false, .. } => "the answer that the grant no longer stands".to_owned(),
        Message::Suspicion { of, view: number, .. } => {
            format!("its vote for view {number}, without {}", name(of))
        }
        Message::Welcome { of, view: number, .. } => format!("its vote for view {number}, with {} again", name(of)),
        Message::View { number, .. } => format!("view {number}"),
        Message::Dead { view: number, .. } => format!("the news that it is dead since view {number}"),
        Message::Join { incarnation } => format!("the wish to belong again, in its life number {incarnation}"),
        Message::Report { of, suspected: true } => format!("the report that {} is suspected", name(of)),
        Message::Report { of, suspected: false } => format!("the report that {} is alive", name(of)),
        Message::Messenger { number } => format!("messenger {number}"),
        _ => among_nodes(message, view),
    }
}

/// The messages of nodes that keep something together, and between them and their clients.
fn among_nodes(message: &Message, view: &View<'_>) -> String {
    let name = |id: &ParticipantId| view.cast.name(*id);
    match message {
        Message::RequestVote { term, trial: false, .. } => format!("the request for its vote in term {term}"),
        Message::RequestVote { term, trial: true, .. } => {
            format!("the question whether it would have its vote in term {term}")
        }
        Message::Vote { term, granted: true, trial: false } => format!("its vote for term {term}"),
        Message::Vote { granted: false, trial: false, .. } => "the answer that it does not have its vote".to_owned(),
        Message::Vote { granted: true, trial: true, .. } => "the answer that it would have its vote".to_owned(),
        Message::Vote { granted: false, trial: true, .. } => "the answer that it would not have its vote".to_owned(),
        Message::Append { term, previous, entries, .. } => match entries {
            Entries(entries) if entries.is_empty() => format!("a heartbeat of term {term}"),
            Entries(entries) if entries.len() == 1 => format!("entry {} of the log", previous.index + 1),
            Entries(entries) => {
                format!("entries {} to {} of the log", previous.index + 1, previous.index + entries.len() as u32)
            }
        },
        Message::Appended { matched: Some(0), .. } => "the acknowledgement".to_owned(),
        Message::Appended { matched: Some(index), .. } => format!("the acknowledgement of all up to entry {index}"),
        Message::Appended { matched: None, .. } => "the answer that its log is another one".to_owned(),
        Message::Redirected { leader: Some(leader), .. } => format!("the answer that {} leads", name(leader)),
        Message::Redirected { leader: None, .. } => "the answer that it does not lead".to_owned(),
        Message::Get { .. } => "the question what its copy is".to_owned(),
        Message::Got { value, .. } => format!("the answer that its copy is {}", words::kept(*value, view.cast)),
        Message::Put { value, .. } => format!("the value {} to keep", words::kept(*value, view.cast)),
        Message::Kept { .. } => "the answer that it keeps that, or something later".to_owned(),
        Message::Take { lease, .. } => format!("a request for its key for {lease}"),
        Message::Taken { .. } => "its key".to_owned(),
        Message::Free { .. } => "the word that it no longer wants the key".to_owned(),
        Message::Claim { name, .. } => format!("its claim to the name {}", view.cast.claimed(*name)),
        Message::Claimed { name, .. } => format!("the answer that the name {} is its own", view.cast.claimed(*name)),
        Message::Replicate { name: claimed, owner } => {
            format!("the news that the name {} belongs to {}", view.cast.claimed(*claimed), name(owner))
        }
        Message::Stonith => "the order to power off".to_owned(),
        Message::Off => "the answer that it is off".to_owned(),
        Message::Order { path, attack } => {
            let what = words::order(*attack);
            match &path.0[..] {
                [.., before, _] => format!("word that {} says to {what}", name(before)),
                _ => format!("the order to {what}"),
            }
        }
        _ => format!("a {}", message.kind().word()),
    }
}
