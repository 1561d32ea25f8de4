//! The lock service on one node (semantics 1.5): grants one lock at a time, each grant with a new token and, usually, a
//! lease that ends on the service's own clock.
//!
//! It never looks at what the lock protects, unless the data lives in the same service: then the store's check and the
//! question "who holds the lock now?" are one atomic step. This file brings requests, timers and crashes to the rules;
//! the rules G1 to G9 are in [`rules`], what is remembered in [`memory`], who waits in [`line`]. Replicated locks are
//! not here.

mod config;
mod line;
mod memory;
mod rules;
#[cfg(test)]
mod tests;

pub use config::LockConfig;

use fencepost_sim::{Disk, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{Message, Note, Timer};

use crate::disk::Journal;
use crate::store::{Store, StoreMemory};
use crate::{Effects, Input};
use line::Line;
use memory::{Grant, LockMemory};

/// A lock service at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeaseLock {
    config: LockConfig,
    memory: LockMemory,
    line: Line,
    /// The store inside.
    data: Option<Store>,
    journal: Journal<OnDisk, Job>,
    /// Whether what the clock demands is written down already and waits for the disk.
    turning: bool,
    /// Whether it is back from a crash and has not begun again.
    recovering: bool,
}

/// Everything a lock service keeps on its disk.
type OnDisk = (LockMemory, Option<StoreMemory>);

/// Something to apply, at once or when it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Job {
    /// What the clock demands: a lease is over, or the lock may be granted again.
    Turn,
    /// What somebody asked for, and when that arrived.
    Serve { from: ParticipantId, message: Message, arrived: LocalTime },
}

impl LeaseLock {
    /// A lock nobody holds.
    pub fn new(mut config: LockConfig) -> Self {
        let (memory, data) = (LockMemory::new(&config), config.data.take().map(Store::on_the_disk_of_another));
        let journal = Journal::new(config.sync, || (memory.clone(), data.as_ref().map(Store::memory)));
        Self { config, memory, line: Line::default(), data, journal, turning: false, recovering: false }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, now: Now, effects: &mut Effects) {
        if std::mem::take(&mut self.recovering) {
            self.reopen(now, effects);
        }
        // A lease with expiry `e` is over at `now == e`, whatever else arrives at that moment.
        self.watch_the_clock(now, effects);
        match input {
            Input::Message { from, message } => self.receive(from, message, now, effects),
            Input::Timer(Timer::Sync) => self.synced(now, effects),
            Input::Timer(Timer::Apply(worker)) => {
                if let Some(store) = &mut self.data {
                    store.apply_checked(worker, effects);
                }
            }
            _ => {}
        }
        let (memory, data) = (&self.memory, &self.data);
        self.journal.settle(|| (memory.clone(), data.as_ref().map(Store::memory)), effects);
    }

    fn watch_the_clock(&mut self, now: Now, effects: &mut Effects) {
        if self.turning || !self.is_turn(now) {
            return;
        }
        if self.journal.is_first() {
            self.turning = true;
            self.journal.write(Job::Turn, effects);
        } else {
            self.turn(now, effects);
        }
    }

    fn receive(&mut self, from: ParticipantId, message: Message, now: Now, effects: &mut Effects) {
        self.line.hear(from, now.mono);
        if let Message::Ask { request, token } = message {
            let valid = self.memory.live_grant(now).is_some_and(|grant| Some(grant.token) == token);
            return effects.send(from, Message::Standing { request, valid });
        }
        let is_request = is_request(&message);
        let job = Job::Serve { from, message, arrived: now.mono };
        if self.journal.is_first() && is_request {
            self.journal.write(job, effects);
        } else {
            self.apply(job, now, effects);
        }
    }

    fn synced(&mut self, now: Now, effects: &mut Effects) {
        let (memory, data) = (&self.memory, &self.data);
        let safe = self.journal.done(|| (memory.clone(), data.as_ref().map(Store::memory)), effects);
        for job in safe {
            self.apply(job, now, effects);
        }
    }

    fn apply(&mut self, job: Job, now: Now, effects: &mut Effects) {
        match job {
            Job::Turn => {
                self.turning = false;
                self.turn(now, effects);
            }
            Job::Serve { from, message, arrived } => self.serve(from, message, arrived, now, effects),
        }
    }

    /// What a crash leaves. The line, and whatever is set up to live in memory only, is gone.
    pub fn recover(&mut self, disk: Disk) {
        let state = (self.memory.clone(), self.data.as_ref().map(Store::memory));
        let (memory, data) = self.journal.survive(disk, state).unwrap_or_else(|| (LockMemory::new(&self.config), None));
        self.memory = memory;
        self.memory.forget_volatile(&self.config);
        if let Some(store) = &mut self.data {
            store.recover_as(data, disk);
        }
        self.line.forget();
        self.turning = false;
        self.recovering = true;
    }

    /// Begins again after a crash: says what it still knows, and sets the timers that went with the crash. What was
    /// written down and not applied is applied now, and answered when its sender asks again.
    fn reopen(&mut self, now: Now, effects: &mut Effects) {
        let holder = self.memory.grant.as_ref().map(|grant| (grant.client, grant.token));
        effects.note(Note::Reopened { next_token: self.memory.next_token, holder });
        if let Some(store) = &mut self.data {
            store.tell_restored(effects);
        }
        if let Some(Grant { expiry: Some(expiry), .. }) = &self.memory.grant {
            expiry.wake(Timer::Lease, now, effects);
        }
        self.reopen_late(now, effects);
        let mut unanswered = Effects::default();
        for job in self.journal.replay() {
            self.apply(job, now, &mut unanswered);
        }
        crate::without_sends(unanswered, effects);
    }

    /// See [`fencepost_sim::Actor::rebase`].
    pub fn rebase(&mut self, now: Now) {
        self.memory.rebase(now);
        self.line.rebase(self.config.session, now);
        if let Some((memory, _)) = self.journal.synced() {
            memory.rebase(now);
        }
    }
}

/// Whether a message is one that may change what is on the disk.
fn is_request(message: &Message) -> bool {
    matches!(
        message,
        Message::Acquire { .. }
            | Message::Renew { .. }
            | Message::Release { .. }
            | Message::Write { .. }
            | Message::Read { .. }
            | Message::Announce { .. }
    )
}
