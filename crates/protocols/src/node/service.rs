//! What the group does for its clients: requests into the log, entries out of it into the state machine.
//!
//! The leader answers when an entry is committed (R4), or, as a bug to see, when it stands in its own log. What the
//! machine makes of an entry is in [`crate::machine`], how reads are answered in [`super::reads`].

use std::sync::Arc;

use fencepost_sim::{Now, ParticipantId};
use fencepost_vocabulary::{Command, Message};

use super::config::Ack;
use super::reign::Reign;
use super::{Node, Office};
use crate::machine::{Machine, MachineConfig, Voice, Way};
use crate::{Effects, decline, question};

/// The state machine of a node, and how much of the log it has seen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Service {
    pub machine: Machine,
    pub applied: u32,
}

impl Service {
    pub fn new(config: &MachineConfig) -> Self {
        Self { machine: Machine::new(config.clone()), applied: 0 }
    }
}

impl Node {
    /// Hears what a client wants.
    pub(super) fn requested(&mut self, from: ParticipantId, message: Message, now: Now, effects: &mut Effects) {
        let way = self.service.as_ref().map_or(Way::Neither, |service| service.machine.way(&message));
        match (way, &self.office) {
            (Way::Neither, _) => decline(from, message, effects),
            (Way::Log, Office::Leading(_)) => self.propose(from, message, now, effects),
            (Way::Read, Office::Leading(_)) => self.read(from, message, now, effects),
            (Way::Log | Way::Read, _) => {
                effects.send(from, Message::Redirected { request: question(&message), leader: self.leader });
            }
        }
    }

    /// Leader: puts a request into the log, unless it waits there already.
    fn propose(&mut self, from: ParticipantId, message: Message, now: Now, effects: &mut Effects) {
        if let Some(service) = &mut self.service {
            service.machine.arrived(from, &message, now);
        }
        let command = Command::Serve { from, message: Arc::new(message) };
        if !self.log.behind(self.commit).iter().any(|entry| entry.command == command) {
            self.append(command, now, effects);
        }
    }

    /// Leader: the timer of the lease has fired. The end of a lease is a command like any other (R2).
    pub(super) fn lease_is_over(&mut self, now: Now, effects: &mut Effects) {
        let (Office::Leading(_), Some(service)) = (&self.office, &self.service) else { return };
        let pending = self.log.behind(service.applied).iter().map(|entry| &entry.command);
        if let Some(command) = service.machine.lease_over(now, pending) {
            self.append(command, now, effects);
        }
    }

    /// Applies what is committed and was not applied; aloud where this node leads.
    pub(super) fn apply_committed(&mut self, now: Now, effects: &mut Effects) {
        let leads = matches!(self.office, Office::Leading(_));
        self.apply_up_to(self.commit, if leads { Voice::Leader } else { Voice::Silent }, now, effects);
    }

    /// Leader that does not wait for copies: applies what it has just appended.
    pub(super) fn applied_at_once(&mut self, now: Now, effects: &mut Effects) {
        if self.config.ack == Ack::One {
            self.apply_up_to(self.log.last(), Voice::Leader, now, effects);
        }
    }

    fn apply_up_to(&mut self, upto: u32, voice: Voice, now: Now, effects: &mut Effects) {
        let Some(service) = &mut self.service else { return };
        while let Some(entry) = self.log.get(service.applied + 1).filter(|_| service.applied < upto) {
            service.applied += 1;
            service.machine.apply(service.applied, &entry.command, voice, now, effects);
        }
    }

    /// All from this place on is no longer in the log. What was applied of it is undone by doing all the rest again.
    pub(super) fn undo(&mut self, from: u32, now: Now, effects: &mut Effects) {
        let (Some(config), Some(service)) = (&self.config.machine, &mut self.service) else { return };
        if service.applied >= from {
            *service = Service::new(config);
            self.apply_up_to(from - 1, Voice::Silent, now, effects);
        }
    }

    /// Comes to lead: every lease begins anew on its own clock. Who does not wait for copies stands by all of its log;
    /// the leader who wrote it has told of it.
    pub(super) fn promote(&mut self, now: Now, effects: &mut Effects) {
        if self.config.ack == Ack::One {
            self.apply_up_to(self.log.last(), Voice::Silent, now, effects);
        }
        if let Some(service) = &mut self.service {
            service.machine.promoted(now, effects);
        }
    }

    /// No longer leads: whoever waits for an answer to a read may ask the next one. Of what stands in the log nobody
    /// knows yet what becomes of it.
    pub(super) fn demote(&mut self, reign: Reign, effects: &mut Effects) {
        if let Some(service) = &mut self.service {
            service.machine.demoted(effects);
        }
        for read in reign.reads {
            effects.send(read.from, Message::Redirected { request: question(&read.message), leader: None });
        }
    }
}
