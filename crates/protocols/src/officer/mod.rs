//! One of several generals of whom some may be traitors (semantics 1.10; Lamport, Shostak and Pease). Not one of two
//! loyal generals whose messengers are caught: that is [`crate::General`], and another problem.
//!
//! The first is the commander and gives an order. In round after round of fixed length the others tell each other what
//! they were told, and at the end of the last one each decides. What comes after its round is missing. What they tell,
//! and how they decide, differs: by word of mouth in [`oral`], under signatures in [`signed`].
//!
//! A traitor follows the rules but for its lies. It can also stay silent; that is a fault of the network between it and
//! the others, and looks the same. A loyal general never lies, whatever it is told to say.

mod config;
mod oral;
mod signed;
#[cfg(test)]
mod tests;

pub use config::{Lie, OfficerConfig, chosen_lie, giver};

use std::sync::Arc;

use fencepost_sim::{Disk, LocalTime, ParticipantId};
use fencepost_vocabulary::{Message, Note, Path, Timer};

use crate::{Effects, Input, decline};
use oral::Oral;
use signed::Signed;

/// What nobody ordered is to retreat: it stands for a message that is missing, and decides a tie.
const RETREAT: bool = false;

/// An officer at work. All of it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Officer {
    config: Arc<OfficerConfig>,
    /// Which round it is, counted from 1; one more than the last once it has decided.
    round: u32,
    /// Whether it has given the order that it has to give.
    ordered: bool,
    heard: Heard,
}

/// What it was told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Heard {
    Oral(Oral),
    Signed(Signed),
}

impl Officer {
    /// An officer who has heard nothing.
    pub fn new(config: OfficerConfig) -> Self {
        let heard = if config.signed { Heard::Signed(Signed::default()) } else { Heard::Oral(Oral::default()) };
        Self { config: Arc::new(config), round: 1, ordered: false, heard }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, now: LocalTime, effects: &mut Effects) {
        // What comes at the end of a round comes too late for it.
        while self.round <= self.last_round() && now >= self.end_of(self.round) {
            self.end_round(effects);
        }
        match input {
            Input::Start => self.start(now, effects),
            Input::Timer(Timer::Round) => self.wait(now, effects),
            Input::Message { from, message: Message::Order { path, attack } } => self.hear(from, path, attack),
            Input::Message { from, message } => decline(from, message, effects),
            _ => {}
        }
    }

    fn start(&mut self, now: LocalTime, effects: &mut Effects) {
        if self.config.is_commander() && self.round == 1 && !self.ordered {
            self.ordered = true;
            effects.note(Note::Proposed { attack: self.config.order });
            self.tell(&Path::default(), self.config.order, effects);
        }
        self.wait(now, effects);
    }

    /// One round for the order, and one for each time it is relayed.
    fn last_round(&self) -> u32 {
        self.config.relays.saturating_add(1)
    }

    fn end_of(&self, round: u32) -> LocalTime {
        (0..round).fold(LocalTime::default(), |end, _| end + self.config.round)
    }

    fn wait(&self, now: LocalTime, effects: &mut Effects) {
        if self.round <= self.last_round() {
            effects.set_timer(Timer::Round, self.end_of(self.round).since(now));
        }
    }

    /// Takes in what somebody says, unless the round in which it would have counted is over.
    fn hear(&mut self, from: ParticipantId, path: Path, attack: bool) {
        let is_late = path.0.len() < self.round as usize || self.round > self.last_round();
        if is_late || self.config.is_commander() || !self.config.is_sound(&path, from) {
            return;
        }
        match &mut self.heard {
            Heard::Oral(oral) => oral.hear(path, attack),
            Heard::Signed(signed) => signed.hear(path, attack),
        }
    }

    /// Passes on what came in this round; after the last one, decides.
    fn end_round(&mut self, effects: &mut Effects) {
        let round = self.round;
        self.round += 1;
        if round == self.last_round() {
            let attack = self.decision();
            return effects.note(Note::Decided { attack });
        }
        if self.config.is_commander() {
            return;
        }
        let relays = match &mut self.heard {
            Heard::Oral(oral) => oral.relays(&self.config, round as usize),
            Heard::Signed(signed) => signed.relays(round as usize),
        };
        for (path, attack) in relays {
            self.tell(&path, attack, effects);
        }
    }

    /// The commander does what it ordered.
    fn decision(&self) -> bool {
        match &self.heard {
            _ if self.config.is_commander() => self.config.order,
            Heard::Oral(oral) => oral.decision(&self.config),
            Heard::Signed(signed) => signed.decision(),
        }
    }

    /// Hands on what came by this path to everyone who does not know it from there.
    fn tell(&self, path: &Path, truth: bool, effects: &mut Effects) {
        let mut signed = path.clone();
        signed.0.push(self.config.id);
        for to in self.config.others(path) {
            let said = self.config.said(to, &signed, truth);
            if said != truth {
                effects.note(Note::Lied { to, said, truth });
            }
            effects.send(to, Message::Order { path: signed.clone(), attack: said });
        }
    }

    /// What a crash leaves: what it was told, and what it has said and decided.
    pub fn recover(&mut self, disk: Disk) {
        if disk == Disk::Wiped {
            *self = Self::new(OfficerConfig::clone(&self.config));
        }
    }
}
