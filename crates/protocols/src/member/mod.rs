//! A member of a group that watches itself (semantics 1.9): gives signs of life, and suspects whoever gives none.
//!
//! A suspicion is a guess by one observer and nothing else: no clock tells a dead member from a slow one. What the group
//! makes of suspicions is in [`group`]; without `declare` it makes nothing of them.

mod config;
mod group;
#[cfg(test)]
mod tests;

pub use config::{Declare, MemberConfig};

use std::collections::BTreeSet;
use std::sync::Arc;

use fencepost_sim::{Disk, ParticipantId};
use fencepost_vocabulary::{Message, Note, Timer};

use crate::{Effects, Input, decline};
use group::{Change, Group};

/// A member at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    config: Arc<MemberConfig>,
    /// Whom it suspects.
    suspected: BTreeSet<ParticipantId>,
    group: Group,
}

impl Member {
    /// A member of a group in which everyone is alive.
    pub fn new(config: MemberConfig) -> Self {
        let group = Group::new(&config);
        Self { config: Arc::new(config), suspected: BTreeSet::new(), group }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, effects: &mut Effects) {
        match input {
            Input::Start => {
                self.beat(effects);
                self.watch(effects);
            }
            Input::Timer(Timer::Heartbeat) => self.beat(effects),
            Input::Timer(Timer::Suspect(of)) => self.suspect(of, effects),
            Input::Message { from, message } if self.config.members.contains(&from) => {
                self.hear(from, message, effects);
            }
            Input::Message { from, message } => decline(from, message, effects),
            _ => {}
        }
    }

    /// Gives a sign of life to everyone who watches; or, having been declared dead, asks to be taken in again.
    fn beat(&mut self, effects: &mut Effects) {
        effects.set_timer(Timer::Heartbeat, self.config.heartbeat);
        let incarnation = self.group.incarnation;
        if self.group.dead {
            return self.tell_members(&Message::Join { incarnation }, effects);
        }
        for observer in self.config.observers.iter().filter(|observer| **observer != self.config.id) {
            effects.send(*observer, Message::Heartbeat { incarnation });
        }
        self.vote_again(effects);
    }

    /// From now on expects a sign of life of everyone else.
    fn watch(&self, effects: &mut Effects) {
        if self.config.is_observer() && !self.group.dead {
            for other in self.config.others() {
                effects.set_timer(Timer::Suspect(other), self.config.suspect_after);
            }
        }
    }

    fn hear(&mut self, from: ParticipantId, message: Message, effects: &mut Effects) {
        match message {
            Message::Heartbeat { incarnation } => self.sign_of_life(from, incarnation, effects),
            Message::Suspicion { of, incarnation, view } => {
                self.hear_vote(from, view, Change::Left(of, incarnation), effects);
            }
            Message::Welcome { of, incarnation, view } => {
                self.hear_vote(from, view, Change::Back(of, incarnation), effects);
            }
            Message::View { number, members, .. } => self.hear_view(number, members, effects),
            Message::Dead { incarnation, view } => self.hear_dead(incarnation, view, effects),
            Message::Join { incarnation } => self.hear_join(from, incarnation, effects),
            message => decline(from, message, effects),
        }
    }

    fn sign_of_life(&mut self, from: ParticipantId, incarnation: u32, effects: &mut Effects) {
        if self.is_outcast(from, incarnation) {
            return self.tell_dead(from, incarnation, effects);
        }
        if self.config.is_observer() && !self.group.dead {
            effects.set_timer(Timer::Suspect(from), self.config.suspect_after);
            self.trust(from, effects);
        }
    }

    fn trust(&mut self, of: ParticipantId, effects: &mut Effects) {
        if self.suspected.remove(&of) {
            effects.note(Note::Trusts { of });
            self.report(of, false, effects);
        }
    }

    /// For too long nothing was heard of somebody.
    fn suspect(&mut self, of: ParticipantId, effects: &mut Effects) {
        self.suspected.insert(of);
        let incarnation = self.group.life_of(of);
        effects.note(Note::Suspects { of, incarnation });
        self.report(of, true, effects);
        self.object(effects);
    }

    fn report(&self, of: ParticipantId, suspected: bool, effects: &mut Effects) {
        for client in &self.config.report {
            effects.send(*client, Message::Report { of, suspected });
        }
    }

    fn tell_members(&self, message: &Message, effects: &mut Effects) {
        for other in self.config.others() {
            effects.send(other, message.clone());
        }
    }

    /// What a crash leaves: the view, its vote and which life it is in, for these are promises to the others. Whom it
    /// suspected, and what others have voted, is gone. On a wiped disk the promises are gone too.
    pub fn recover(&mut self, disk: Disk) {
        self.suspected.clear();
        if disk == Disk::Wiped {
            self.group = Group::new(&self.config);
        } else {
            self.group.forget_votes(self.config.id);
        }
    }
}
