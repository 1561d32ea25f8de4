//! The storage service (semantics 1.7): a value, its version, and the highest token it has seen.
//!
//! A write is checked and applied in one atomic step, which cannot be separated, unless the store is set up to be
//! `nonatomic` or to ask the lock service first. A store knows nothing of leases or of time; what it can know of the lock
//! is what the token tells it. The one exception is a store inside the lock service itself, to which
//! [`crate::LeaseLock`] tells who the current holder is. The ways to check are in [`checks`].

mod checks;
mod config;
mod stages;
#[cfg(test)]
mod tests;

pub use config::StoreConfig;

use std::collections::BTreeMap;

use fencepost_sim::{Disk, ParticipantId};
use fencepost_vocabulary::{
    CheckMode, FencingToken, Message, Note, Refusal, RequestId, Seal, Sequence, Timer, Value, Version,
};

use crate::disk::{Journal, Memory, SyncMode};
use crate::{Effects, Input, decline};

/// A store and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Store {
    config: StoreConfig,
    memory: StoreMemory,
    journal: Journal<StoreMemory, Job>,
    /// Writes that were checked and wait for their worker.
    workers: BTreeMap<u32, Write>,
    /// Writes that wait for what the lock service says, by the number of the question.
    asking: BTreeMap<RequestId, Write>,
    /// How many questions it has asked.
    questions: u32,
    /// Whether it is back from a crash and has not begun again.
    recovering: bool,
}

/// All that a store may keep on its disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct StoreMemory {
    value: Value,
    version: Version,
    highest: Option<FencingToken>,
    /// The number of the last write applied under the highest token.
    last: Sequence,
}

/// Who holds the lock at this very moment: known only to a store that lives inside the lock service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    pub client: ParticipantId,
    pub token: FencingToken,
}

/// Who asked, and in which of its requests: where the answer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Asker {
    client: ParticipantId,
    request: RequestId,
}

/// A write as it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Write {
    from: Asker,
    token: Option<FencingToken>,
    sequence: Sequence,
    value: Value,
    base: Option<Version>,
    seal: Option<Seal>,
}

/// Something that changes what is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Job {
    /// Check a write and apply it; or only apply it, if it was checked before.
    Write {
        write: Write,
        checked: bool,
    },
    Announce {
        from: Asker,
        token: Option<FencingToken>,
    },
    FencedRead {
        from: Asker,
        token: Option<FencingToken>,
    },
}

impl Store {
    /// An empty store that has seen no token.
    pub fn new(config: StoreConfig) -> Self {
        let memory = StoreMemory::default();
        Self {
            config,
            memory,
            journal: Journal::new(config.sync, || memory),
            workers: BTreeMap::new(),
            asking: BTreeMap::new(),
            questions: 0,
            recovering: false,
        }
    }

    /// The same store inside a service that sees to what is on the disk.
    pub(crate) fn on_the_disk_of_another(self) -> Self {
        Self::new(StoreConfig { sync: SyncMode::Now, ..self.config })
    }

    /// Takes one step as a participant of its own.
    pub fn handle(&mut self, input: Input, effects: &mut Effects) {
        if std::mem::take(&mut self.recovering) {
            self.reopen(effects);
        }
        match input {
            Input::Message { from, message } => self.serve(from, message, None, effects),
            Input::Timer(Timer::Apply(worker)) => self.apply_checked(worker, effects),
            Input::Timer(Timer::Sync) => {
                for job in self.journal.done(|| self.memory, effects) {
                    self.perform(job, None, effects);
                }
            }
            _ => {}
        }
        self.journal.settle(|| self.memory, effects);
    }

    /// Answers one request. `holder` is what the lock service around this store knows, if there is one.
    pub(crate) fn serve(
        &mut self,
        client: ParticipantId,
        message: Message,
        holder: Option<Holder>,
        effects: &mut Effects,
    ) {
        match message {
            Message::Write { request, token, sequence, value, base, seal } => {
                let from = Asker { client, request };
                self.write(Write { from, token, sequence, value, base, seal }, holder, effects);
            }
            Message::Read { request, token } => self.read(Asker { client, request }, token, effects),
            Message::Announce { request, token } => {
                let from = Asker { client, request };
                self.commit(Job::Announce { from, token }, holder, effects);
            }
            Message::Standing { request, valid } => self.vouched(client, request, valid, effects),
            message => decline(client, message, effects),
        }
    }

    /// A plain read changes nothing and is answered at once; a fenced one is as good as an announcement.
    fn read(&mut self, from: Asker, token: Option<FencingToken>, effects: &mut Effects) {
        if self.config.check == CheckMode::FencedRead {
            self.commit(Job::FencedRead { from, token }, None, effects);
        } else {
            self.tell_value(from, effects);
        }
    }

    fn tell_value(&self, from: Asker, effects: &mut Effects) {
        let (request, value, version) = (from.request, self.memory.value, self.memory.version);
        effects.send(from.client, Message::Value { request, value, version });
    }

    /// Tells somebody what it holds, which changes nothing.
    pub(crate) fn show(&self, client: ParticipantId, request: RequestId, effects: &mut Effects) {
        self.tell_value(Asker { client, request }, effects);
    }

    /// Carries out what changes the disk: at once, or when it is there.
    fn commit(&mut self, job: Job, holder: Option<Holder>, effects: &mut Effects) {
        if self.journal.is_first() {
            self.journal.write(job, effects);
        } else {
            self.perform(job, holder, effects);
        }
    }

    fn perform(&mut self, job: Job, holder: Option<Holder>, effects: &mut Effects) {
        match job {
            Job::Write { write, checked } => match if checked { Ok(()) } else { self.check(&write, holder) } {
                Ok(()) => self.apply(write, effects),
                Err(reason) => turn_away(write.from, write.token, write.sequence, reason, effects),
            },
            Job::Announce { from, token } => self.announce(from, token, effects),
            Job::FencedRead { from, token } => match self.not_older(token) {
                Ok(()) => {
                    token.into_iter().for_each(|token| self.raise(token, effects));
                    self.tell_value(from, effects);
                }
                Err(reason) => turn_away(from, token, Sequence(0), reason, effects),
            },
        }
    }

    fn apply(&mut self, write: Write, effects: &mut Effects) {
        if let (true, Some(token)) = (self.remembers_tokens(), write.token) {
            self.raise(token, effects);
            if self.memory.highest == Some(token) {
                self.memory.last = write.sequence;
            }
        }
        self.memory.value = write.value;
        self.memory.version = Version(self.memory.version.0 + 1);
        let (value, version) = (self.memory.value, self.memory.version);
        let Write { from, token, sequence, base, .. } = write;
        effects.note(Note::Applied { client: from.client, token, sequence, value, version, base });
        effects.send(from.client, Message::Ok { request: from.request, version });
    }

    fn announce(&mut self, from: Asker, token: Option<FencingToken>, effects: &mut Effects) {
        let listens = matches!(self.config.check, CheckMode::Announce | CheckMode::FencedRead);
        let shown = if listens {
            self.not_older(token).and(token.ok_or(Refusal::NoToken))
        } else {
            Err(Refusal::NoAnnouncements)
        };
        match shown {
            Ok(token) => {
                self.raise(token, effects);
                effects.send(from.client, Message::Announced { request: from.request, token });
            }
            Err(reason) => turn_away(from, token, Sequence(0), reason, effects),
        }
    }

    fn raise(&mut self, token: FencingToken, effects: &mut Effects) {
        if self.memory.highest.is_none_or(|highest| token > highest) {
            self.memory.highest = Some(token);
            self.memory.last = Sequence(0);
            effects.note(Note::HighestToken { token });
        }
    }

    /// What is on the disk, were it brought there now.
    pub(crate) fn memory(&self) -> StoreMemory {
        self.memory
    }

    /// What a crash leaves.
    pub fn recover(&mut self, disk: Disk) {
        let left = self.journal.survive(disk, self.memory);
        self.recover_as(left, disk);
    }

    /// As [`Store::recover`], for a store on somebody else's disk. Workers and questions are gone. A question is counted
    /// on, lest the answer to an old one be taken for the answer to a new one.
    pub(crate) fn recover_as(&mut self, left: Option<StoreMemory>, disk: Disk) {
        self.memory = left.unwrap_or_default();
        if self.config.max == Memory::Volatile {
            (self.memory.highest, self.memory.last) = (None, Sequence(0));
        }
        if disk == Disk::Wiped {
            self.questions = 0;
        }
        self.workers.clear();
        self.asking.clear();
        self.recovering = true;
    }

    /// Begins again after a crash. What was written down and not applied is applied now; nobody is told.
    fn reopen(&mut self, effects: &mut Effects) {
        self.tell_restored(effects);
        let mut unanswered = Effects::default();
        for job in self.journal.replay() {
            self.perform(job, None, &mut unanswered);
        }
        crate::without_sends(unanswered, effects);
    }

    /// Says what the disk still had.
    pub(crate) fn tell_restored(&mut self, effects: &mut Effects) {
        self.recovering = false;
        effects.note(Note::Restored { version: self.memory.version, highest: self.memory.highest });
    }
}

fn turn_away(from: Asker, token: Option<FencingToken>, sequence: Sequence, reason: Refusal, effects: &mut Effects) {
    effects.note(Note::TurnedAway { client: from.client, token, sequence, reason });
    effects.send(from.client, Message::Rejected { request: from.request, reason });
}
