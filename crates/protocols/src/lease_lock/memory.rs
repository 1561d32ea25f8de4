//! What a lock service remembers: the counter, the lease table, and which of it a crash leaves.

use std::collections::BTreeMap;

use fencepost_sim::{Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{FencingToken, Message, RequestId};

use super::LockConfig;
use crate::disk::Memory;
use crate::reading::Reading;

/// All that a lock service may keep on its disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct LockMemory {
    pub next_token: FencingToken,
    pub grant: Option<Grant>,
    /// What was answered to whom, for those who ask again.
    pub replies: BTreeMap<(ParticipantId, RequestId), Message>,
    /// Until when nobody is granted the lock.
    pub closed_until: Option<LocalTime>,
}

/// Who holds the lock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Grant {
    pub client: ParticipantId,
    pub token: FencingToken,
    /// What the clock of the leases will show at the end.
    pub expiry: Option<Reading>,
}

impl LockMemory {
    /// What a new service knows.
    pub fn new(config: &LockConfig) -> Self {
        let next_token = config.first_token.max(FencingToken(1));
        Self { next_token, grant: None, replies: BTreeMap::new(), closed_until: None }
    }

    /// Takes away what was in memory only.
    pub fn forget_volatile(&mut self, config: &LockConfig) {
        let fresh = Self::new(config);
        if config.counter == Memory::Volatile {
            self.next_token = fresh.next_token;
        }
        if config.leases == Memory::Volatile {
            *self = Self { next_token: self.next_token, ..fresh };
        }
    }

    /// The grant, if its lease has not run out.
    pub fn live_grant(&self, now: Now) -> Option<&Grant> {
        self.grant.as_ref().filter(|grant| !grant.is_over(now))
    }

    /// Whether nobody may be granted the lock yet.
    pub fn is_closed(&self, now: Now) -> bool {
        self.closed_until.is_some_and(|until| now.mono < until)
    }

    /// See [`fencepost_sim::Actor::rebase`].
    pub fn rebase(&mut self, now: Now) {
        if let Some(Grant { expiry: Some(expiry), .. }) = &mut self.grant {
            *expiry = expiry.rebased(now);
        }
        self.closed_until = self.closed_until.map(|until| LocalTime(until.since(now.mono).0));
    }
}

impl Grant {
    /// A lease with expiry `e` is over at `e`.
    pub fn is_over(&self, now: Now) -> bool {
        self.expiry.is_some_and(|expiry| expiry.left(now) == Duration::ZERO)
    }

    /// How much of the lease is left.
    pub fn left(&self, now: Now) -> Option<Duration> {
        self.expiry.map(|expiry| expiry.left(now))
    }
}
