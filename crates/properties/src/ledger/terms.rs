//! Who led which group in which term, from when to when, and what showed that enough nodes went along.

use std::collections::BTreeMap;

use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::Term;

use super::Moment;

/// One node's time at the head of its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reign {
    /// The first node of the group, by which groups are told apart.
    pub group: ParticipantId,
    /// Who leads.
    pub node: ParticipantId,
    /// In which term.
    pub term: Term,
    /// When it came to lead.
    pub from: Moment,
    /// The first moment without: it stepped down, went on to another term or crashed. `None` if it led to the end.
    pub ended: Option<Moment>,
    /// When it learned that enough nodes acknowledged something it had sent later than all they acknowledged before.
    pub backed: Vec<Moment>,
}

impl Reign {
    /// The first moment without; `None` if it led to the end.
    pub fn until(&self) -> Option<Time> {
        self.ended.map(|ended| ended.time)
    }
}

/// Builds the list of reigns while a trace is read.
#[derive(Default)]
pub(super) struct TermBook {
    pub reigns: Vec<Reign>,
    /// The open reign of a node, as a place in the list.
    open: BTreeMap<ParticipantId, usize>,
}

impl TermBook {
    /// Said again in the same term, a reign goes on.
    pub fn leads(&mut self, group: ParticipantId, node: ParticipantId, term: Term, at: Moment) {
        if self.open.get(&node).is_some_and(|place| self.reigns[*place].term == term) {
            return;
        }
        self.ended(node, at);
        self.open.insert(node, self.reigns.len());
        self.reigns.push(Reign { group, node, term, from: at, ended: None, backed: Vec::new() });
    }

    /// A node that goes on to a later term does not lead in the one before.
    pub fn enters(&mut self, node: ParticipantId, term: Term, at: Moment) {
        if self.open.get(&node).is_some_and(|place| self.reigns[*place].term < term) {
            self.ended(node, at);
        }
    }

    pub fn steps_down(&mut self, node: ParticipantId, term: Term, at: Moment) {
        if self.open.get(&node).is_some_and(|place| self.reigns[*place].term == term) {
            self.ended(node, at);
        }
    }

    pub fn backed(&mut self, node: ParticipantId, term: Term, at: Moment) {
        if let Some(place) = self.open.get(&node).filter(|place| self.reigns[**place].term == term) {
            self.reigns[*place].backed.push(at);
        }
    }

    /// Whatever it was: this node leads no more.
    pub fn ended(&mut self, node: ParticipantId, at: Moment) {
        if let Some(place) = self.open.remove(&node) {
            self.reigns[place].ended = Some(at);
        }
    }
}
