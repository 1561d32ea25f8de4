//! What a group of nodes keeps behind its log (semantics 1.6): a lock, a store, and claimed names.
//!
//! It is a function of the log. Every node applies the same commands in the same order and comes to the same state; only
//! the leader says aloud what follows from them, and only the leader's clock is ever looked at, to *propose* that a lease
//! is over. How a log comes to be the same everywhere is the business of the nodes and not known here. The rules of the
//! lock are in [`lock`], the store is the one of [`crate::Store`], and what a leader alone remembers is in [`watch`].

mod config;
mod lock;
mod names;
mod store;
#[cfg(test)]
mod tests;
mod watch;

pub use config::{LockRules, MachineConfig, StoreRules, TokenSource};

use fencepost_sim::{Now, ParticipantId};
use fencepost_vocabulary::{CheckMode, Command, Message, Note, Timer};

use crate::{Effects, decline};
use lock::Lock;
use names::Names;
use store::Shelf;
use watch::Watch;

/// The state behind a log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Machine {
    kept: Kept,
    /// What only a leader knows. It dies with the leadership.
    watch: Watch,
}

/// What every node has that has applied the same commands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Kept {
    lock: Option<Lock>,
    store: Option<Shelf>,
    names: Names,
}

/// Whether a node says what follows from a command, or only remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// It answers clients and tells the observers.
    Leader,
    /// It says nothing.
    Silent,
}

/// What has to happen to a message before it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// It must become an entry of the log: it may change something.
    Log,
    /// It changes nothing, and is answered by [`Machine::read`] once the node trusts its own state.
    Read,
    /// It is no request that a group could answer.
    Neither,
}

/// What comes of one entry, and whether it is said.
struct Telling<'a> {
    voice: Voice,
    index: u32,
    now: Now,
    effects: &'a mut Effects,
}

impl Machine {
    /// A machine to which nothing was applied.
    pub fn new(config: MachineConfig) -> Self {
        let lock = config.lock.map(|(id, rules)| Lock::new(id, rules));
        let store = config.store.map(|(id, rules)| Shelf::new(id, rules));
        Self { kept: Kept { lock, store, names: Names::default() }, watch: Watch::default() }
    }

    /// What has to happen to a message.
    pub fn way(&self, message: &Message) -> Way {
        match message {
            Message::Ask { .. } => Way::Read,
            Message::Read { .. } if self.kept.store.as_ref().map(Shelf::check) != Some(CheckMode::FencedRead) => {
                Way::Read
            }
            Message::Read { .. }
            | Message::Acquire { .. }
            | Message::Renew { .. }
            | Message::Release { .. }
            | Message::Write { .. }
            | Message::Announce { .. }
            | Message::Claim { .. } => Way::Log,
            _ => Way::Neither,
        }
    }

    /// A leader has received a request that it brings into the log. A client's wait for the lock is counted from here.
    pub fn arrived(&mut self, from: ParticipantId, message: &Message, now: Now) {
        if let Message::Acquire { request } = message {
            self.watch.arrived((from, *request), now.mono);
        }
    }

    /// Applies the entry that stands at this place of the log. The entries before it have been applied.
    pub fn apply(&mut self, index: u32, command: &Command, voice: Voice, now: Now, effects: &mut Effects) {
        let mut telling = Telling { voice, index, now, effects };
        match command {
            Command::Nothing => {}
            Command::Expire { token } => {
                if let Some(lock) = &mut self.kept.lock {
                    lock.expire(*token, &mut self.watch, &mut telling);
                }
            }
            Command::Serve { from, message } => self.serve(*from, message, &mut telling),
        }
    }

    fn serve(&mut self, from: ParticipantId, message: &Message, telling: &mut Telling<'_>) {
        let Kept { lock, store, names } = &mut self.kept;
        match (message, lock, store) {
            (Message::Claim { request, name }, ..) => names.claim(from, *request, *name, telling),
            (Message::Acquire { .. } | Message::Renew { .. } | Message::Release { .. }, Some(lock), _) => {
                lock.serve(from, message, &mut self.watch, telling);
            }
            (Message::Write { .. } | Message::Read { .. } | Message::Announce { .. }, lock, Some(store)) => {
                store.serve(from, message, lock.as_ref().and_then(Lock::holder), telling);
            }
            _ => telling.aloud(|effects| decline(from, message.clone(), effects)),
        }
    }

    /// Answers what changes nothing, from the state as it is. Whether that is the latest is for the node to know.
    pub fn read(&self, from: ParticipantId, message: &Message, now: Now, effects: &mut Effects) {
        match (message, &self.kept.lock, &self.kept.store) {
            (Message::Ask { request, token }, Some(lock), _) => {
                let is_holders = lock.holder().is_some_and(|holder| Some(holder.token) == *token);
                let valid = is_holders && !self.watch.is_over(now.mono);
                effects.send(from, Message::Standing { request: *request, valid });
            }
            (Message::Read { request, .. }, _, Some(store)) => store.show(from, *request, effects),
            _ => decline(from, message.clone(), effects),
        }
    }

    /// This node leads now. Nobody knows how much of a lease is left that another's clock has measured, so it begins
    /// anew, in full; and who waits in line has not waited for this leader yet.
    pub fn promoted(&mut self, now: Now, effects: &mut Effects) {
        self.watch = Watch::default();
        if let Some(lock) = &self.kept.lock {
            lock.arm(&mut self.watch, now, effects);
        }
    }

    /// This node leads no longer: no lease is its to watch.
    pub fn demoted(&mut self, effects: &mut Effects) {
        self.watch = Watch::default();
        effects.cancel_timer(Timer::Lease);
    }

    /// On [`Timer::Lease`]: what the leader proposes, if the lease is over on its clock. `pending` is what stands in its
    /// log and was not applied: while a renewal is among it, nothing is over yet. It will be applied first and sets the
    /// timer anew; an end that was proposed in between would cut it short.
    pub fn lease_over<'a>(&self, now: Now, pending: impl IntoIterator<Item = &'a Command>) -> Option<Command> {
        let token = self.kept.lock.as_ref().and_then(Lock::holder).filter(|_| self.watch.is_over(now.mono))?.token;
        let decides = |command: &Command| match command {
            Command::Serve { message, .. } => matches!(**message, Message::Renew { token: it, .. } if it == token),
            Command::Expire { token: it } => *it == token,
            Command::Nothing => false,
        };
        let is_decided = pending.into_iter().any(decides);
        (!is_decided).then_some(Command::Expire { token })
    }

    /// See [`fencepost_sim::Actor::rebase`].
    pub fn rebase(&mut self, now: Now) {
        self.watch.rebase(now);
    }
}

impl Telling<'_> {
    fn leads(&self) -> bool {
        self.voice == Voice::Leader
    }

    /// Does something only if it is to be heard.
    fn aloud(&mut self, say: impl FnOnce(&mut Effects)) {
        if self.leads() {
            say(self.effects);
        }
    }

    fn send(&mut self, to: ParticipantId, message: Message) {
        self.aloud(|effects| effects.send(to, message));
    }

    /// Tells the observers what has become of an object.
    fn note(&mut self, object: ParticipantId, note: Note) {
        let index = self.index;
        self.aloud(|effects| effects.note(Note::For { object, index, note: Box::new(note) }));
    }
}
