//! A node of a group that elects a leader and lets it write one log for all: Raft, as small as it can be (semantics 1.6).
//!
//! Without anything to keep the log stays empty and the group only elects. Who leads is in [`election`], how the log
//! becomes everyone's in [`replication`], what clients ask for in [`service`] and [`reads`], what a leader knows of the
//! others in [`reign`]. What the entries of the log do is not here but in the state machine.

mod config;
mod election;
mod log;
mod reads;
mod reign;
mod replication;
mod service;
#[cfg(test)]
mod tests;

pub use config::{Ack, NodeConfig, Reads, Timeout};

use std::collections::BTreeSet;
use std::sync::Arc;

use fencepost_sim::{Disk, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{Message, Note, Term, Timer};

use crate::disk::Memory;
use crate::{Effects, Input, decline};
use election::Ballot;
use log::Log;
use reign::{Reign, age};
use replication::{Appended, Receipt};
use service::Service;

/// A node at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    config: Arc<NodeConfig>,
    /// On the disk: the term, its vote in it, and the log (R1).
    term: Term,
    voted: Option<ParticipantId>,
    log: Log,
    /// Up to where it knows the log to be committed.
    commit: u32,
    /// Whom it takes for the leader.
    leader: Option<ParticipantId>,
    /// When it last heard the leader of this term.
    heard: Option<LocalTime>,
    office: Office,
    service: Option<Service>,
    /// Whether the run is yet to begin for it.
    unborn: bool,
}

/// What a node is at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum Office {
    /// It does as the leader says.
    #[default]
    Following,
    /// It asks for votes, or how the vote would go, and has these.
    Asking { trial: bool, votes: BTreeSet<ParticipantId> },
    /// It leads.
    Leading(Box<Reign>),
}

impl Node {
    /// A node before the run begins. If there is a leader then, everyone knows it and has voted for it.
    pub fn new(config: NodeConfig) -> Self {
        Self {
            term: config.term,
            voted: config.leader,
            log: Log::default(),
            commit: 0,
            leader: config.leader,
            heard: None,
            office: Office::Following,
            service: config.machine.as_ref().map(Service::new),
            unborn: true,
            config: Arc::new(config),
        }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, now: Now, effects: &mut Effects) {
        match input {
            Input::Start => self.start(now, effects),
            Input::Timer(Timer::Heartbeat) => self.beat(now, effects),
            Input::Timer(Timer::Election) => self.lost_patience(now, effects),
            Input::Timer(Timer::Quorum) => self.check_quorum(now, effects),
            Input::Timer(Timer::Lease) => self.lease_is_over(now, effects),
            Input::Message { from, message } if self.config.nodes.contains(&from) => {
                self.receive(from, message, now, effects);
            }
            Input::Message { from, message } => self.requested(from, message, now, effects),
            _ => {}
        }
    }

    fn start(&mut self, now: Now, effects: &mut Effects) {
        let begins = std::mem::take(&mut self.unborn);
        if begins && self.term > Term(0) {
            effects.note(Note::Enters { term: self.term });
        }
        if begins && self.leader == Some(self.config.id) {
            return self.lead(true, now, effects);
        }
        self.heard = self.leader.map(|_| now.mono);
        self.wait(effects);
    }

    fn receive(&mut self, from: ParticipantId, message: Message, now: Now, effects: &mut Effects) {
        match message {
            Message::RequestVote { term, last, trial } => {
                self.asked(from, Ballot { term, last, trial }, now, effects);
            }
            Message::Vote { term, granted, trial } => self.answered(from, term, granted, trial, now, effects),
            Message::Append { term, previous, entries, commit, sent } => {
                self.hear(from, Appended { term, previous, entries, commit, sent }, now, effects);
            }
            Message::Appended { term, matched, length, sent } => {
                self.acknowledged(from, Receipt { term, matched, length, sent }, now, effects);
            }
            message => decline(from, message, effects),
        }
    }

    /// What a crash leaves: the term, the vote and the log, for these are promises to the others. With volatile votes it
    /// forgets whom it voted for, and on a wiped disk it never promised anything.
    pub fn recover(&mut self, disk: Disk) {
        if disk == Disk::Wiped {
            (self.term, self.log) = (Term(0), Log::default());
        }
        if disk == Disk::Wiped || self.config.votes == Memory::Volatile {
            self.voted = None;
        }
        (self.commit, self.leader, self.heard, self.office) = (0, None, None, Office::Following);
        self.service = self.config.machine.as_ref().map(Service::new);
        self.unborn = false;
    }

    /// See [`fencepost_sim::Actor::rebase`].
    pub fn rebase(&mut self, now: Now) {
        let shortest = self.config.shortest;
        // A leader that was not heard for so long is as good as never heard.
        self.heard = self.heard.map(|heard| age(heard, shortest, now)).filter(|age| age.0 < shortest.0);
        if let Office::Leading(reign) = &mut self.office {
            reign.rebase(shortest, now);
        }
        if let Some(service) = &mut self.service {
            service.machine.rebase(now);
        }
    }

    /// See [`fencepost_sim::Actor::least_count`]: terms are only compared, unless a timeout is drawn from them.
    pub fn least_term(&self) -> u32 {
        if self.config.timeout.looks_at_the_term() {
            return 0;
        }
        self.log.least_term().unwrap_or(self.term).min(self.term).0
    }

    /// See [`fencepost_sim::Actor::lower_counts`].
    pub fn lower_terms(&mut self, by: u32) {
        self.term = Term(self.term.0.saturating_sub(by));
        self.log.lower_terms(by);
    }
}
