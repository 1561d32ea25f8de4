//! How each election went: who voted for the candidate, as a chip where the last vote came or where it came to lead.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{Event, EventKind, Message, Note, Term};

use crate::layout::quorums;
use crate::picture::Tale;
use crate::view::View;

/// One candidacy and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Who stood.
    pub candidate: ParticipantId,
    /// In which term.
    pub term: Term,
    /// The event with which it began.
    pub began: EventId,
    /// The vote that came last, or that the candidate leads.
    pub last: EventId,
    /// Who voted for it, itself first.
    pub voters: Vec<ParticipantId>,
    /// How many could have.
    pub of: usize,
    /// Whether it came to lead.
    pub won: bool,
}

impl Tally {
    /// What its chip says, from long to short.
    pub fn forms(&self) -> Vec<String> {
        let count = format!("{} of {}", self.voters.len(), self.of);
        let sign = if self.won { " ✓" } else { "" };
        vec![format!("{count} votes{sign}"), format!("{count}{sign}")]
    }

    /// What it stands for.
    pub fn tale(&self) -> Tale {
        Tale::Tally { began: self.began, event: self.last }
    }
}

/// All of them, in the order in which they ended.
pub fn all(view: &View<'_>) -> Vec<Tally> {
    let (mut open, mut over) = (BTreeMap::new(), Vec::new());
    for event in &view.trace.events {
        take(event, view, &mut open, &mut over);
    }
    over.extend(open.into_values());
    over
}

fn take(event: &Event, view: &View<'_>, open: &mut BTreeMap<ParticipantId, Tally>, over: &mut Vec<Tally>) {
    let who = event.participant;
    match &event.kind {
        EventKind::Noted(Note::Campaigns { term, trial: false }) => {
            let (began, last) = (event.id, event.id);
            let of = quorums::group_of(who, view);
            let tally = Tally { candidate: who, term: *term, began, last, voters: vec![who], of, won: false };
            over.extend(open.insert(who, tally));
        }
        EventKind::Delivered { from, message: Message::Vote { term, granted: true, trial: false } } => {
            if let Some(tally) = open.get_mut(&who).filter(|it| it.term == *term && !it.voters.contains(from)) {
                tally.voters.push(*from);
                tally.last = event.id;
            }
        }
        EventKind::Noted(Note::Leads { .. }) => {
            over.extend(open.remove(&who).map(|tally| Tally { last: event.id, won: true, ..tally }));
        }
        EventKind::Noted(Note::Enters { term }) if open.get(&who).is_some_and(|it| it.term != *term) => {
            over.extend(open.remove(&who));
        }
        EventKind::Crashed { .. } => over.extend(open.remove(&who)),
        _ => {}
    }
}
