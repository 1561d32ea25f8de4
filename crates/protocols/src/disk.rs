//! What a service has put on its disk, and what of it is there for good.
//!
//! A service applies a request in one of three ways: it is on the disk in the same step (`sync now`); it is written down,
//! applied and answered when it is on the disk (`sync 5ms`); or it is applied and answered at once and reaches the disk
//! some time later (`sync every 1s`). Only in the last can a crash take back what was acknowledged.

use std::collections::VecDeque;

use fencepost_sim::{Disk, Duration};
use fencepost_vocabulary::Timer;

use crate::Effects;

/// Whether something survives a crash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Memory {
    /// It is on the disk.
    #[default]
    Stable,
    /// It is in memory only. A bug to see.
    Volatile,
}

/// When what a service remembers reaches the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SyncMode {
    /// In the same step, before the reply.
    #[default]
    Now,
    /// So long after it was written; it is applied and answered then.
    After(Duration),
    /// At most so long after it was applied and answered.
    Every(Duration),
}

/// The part of a disk that is not yet safe: requests written down and not applied, or a state that is older than the
/// one at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Journal<State, Job> {
    mode: SyncMode,
    /// With `sync every`: what a loss of power would leave.
    synced: Option<Box<State>>,
    /// With `sync 5ms`: what is written down and not applied.
    jobs: VecDeque<Job>,
    /// How many of the jobs the sync under way will cover.
    covered: usize,
    /// Whether a sync is under way.
    syncing: bool,
}

impl<State: Clone + PartialEq, Job> Journal<State, Job> {
    /// A journal of a service that begins like this.
    pub fn new(mode: SyncMode, initial: impl FnOnce() -> State) -> Self {
        let synced = matches!(mode, SyncMode::Every(_)).then(|| Box::new(initial()));
        Self { mode, synced, jobs: VecDeque::new(), covered: 0, syncing: false }
    }

    /// Whether a request must be on the disk before it is applied.
    pub fn is_first(&self) -> bool {
        matches!(self.mode, SyncMode::After(_))
    }

    /// Writes a request down, to be applied once it is on the disk.
    pub fn write(&mut self, job: Job, effects: &mut Effects) {
        self.jobs.push_back(job);
        self.cover(effects);
    }

    /// Begins a sync of all that is written down, unless one is under way: that one does not cover what came later.
    fn cover(&mut self, effects: &mut Effects) {
        if let (SyncMode::After(length), false, false) = (self.mode, self.syncing, self.jobs.is_empty()) {
            self.covered = self.jobs.len();
            self.sync(length, effects);
        }
    }

    fn sync(&mut self, after: Duration, effects: &mut Effects) {
        self.syncing = true;
        effects.set_timer(Timer::Sync, after);
    }

    /// A sync is done: gives out what may be applied now, in order.
    pub fn done(&mut self, state: impl FnOnce() -> State, effects: &mut Effects) -> Vec<Job> {
        self.syncing = false;
        if let Some(synced) = &mut self.synced {
            **synced = state();
        }
        let safe = self.jobs.drain(..std::mem::take(&mut self.covered)).collect();
        self.cover(effects);
        safe
    }

    /// After each step: sees to it that what has changed will be synced.
    pub fn settle(&mut self, state: impl FnOnce() -> State, effects: &mut Effects) {
        if let (SyncMode::Every(length), false, Some(synced)) = (self.mode, self.syncing, &self.synced)
            && **synced != state()
        {
            self.sync(length, effects);
        }
    }

    /// What a crash leaves of the state at work, which was `state`; or nothing.
    pub fn survive(&mut self, disk: Disk, state: State) -> Option<State> {
        self.syncing = false;
        self.covered = 0;
        match disk {
            Disk::Kept => return Some(state),
            Disk::Synced => self.jobs.clear(),
            Disk::Wiped => {
                self.jobs.clear();
                return None;
            }
        }
        Some(self.synced.as_deref().cloned().unwrap_or(state))
    }

    /// After a crash: what was written down and not applied, in order.
    pub fn replay(&mut self) -> VecDeque<Job> {
        std::mem::take(&mut self.jobs)
    }

    /// The state that a loss of power would leave, where it can be older than the one at work.
    pub fn synced(&mut self) -> Option<&mut State> {
        self.synced.as_deref_mut()
    }
}
