//! What a client believes about its locks: its own account, kept with its own clock. It can be wrong; that is the point.

use fencepost_sim::{LocalTime, ParticipantId};
use fencepost_vocabulary::{FencingToken, RequestId, Sequence};

/// The locks a client believes it holds, the one acquired last at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Beliefs {
    held: Vec<Holding>,
    /// How many writes it sent since it held no lock.
    unheld: u32,
}

/// One lock a client believes it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Holding {
    pub lock: ParticipantId,
    pub token: FencingToken,
    /// When the lease is over, on the client's clock; `None` for a lock without a lease.
    pub until: Option<LocalTime>,
    /// How many writes were sent under this grant.
    pub writes: u32,
    /// The request that it answered; every later one was made under it.
    pub request: RequestId,
}

impl Beliefs {
    /// Begins to hold a lock. A new grant starts a new count of writes; the same grant, told again, goes on with its own.
    pub fn hold(&mut self, lock: ParticipantId, request: RequestId, token: FencingToken, until: Option<LocalTime>) {
        let same = self.of(lock).filter(|holding| holding.token == token);
        let (request, writes) = same.map_or((request, 0), |holding| (holding.request, holding.writes));
        self.leave(lock);
        self.held.push(Holding { lock, token, until, writes, request });
    }

    /// Takes a longer lease into account; says whether it was for a lock still held.
    pub fn extend(&mut self, lock: ParticipantId, token: FencingToken, until: Option<LocalTime>) -> bool {
        let held = self.held.iter_mut().find(|holding| holding.lock == lock && holding.token == token);
        held.map(|holding| holding.until = holding.until.max(until)).is_some()
    }

    /// Stops holding a lock.
    pub fn leave(&mut self, lock: ParticipantId) {
        self.unheld = self.sent();
        self.held.retain(|holding| holding.lock != lock);
    }

    /// The lock acquired last, whose token goes with every write.
    pub fn newest(&self) -> Option<&Holding> {
        self.held.last()
    }

    /// The token of the lock acquired last.
    pub fn newest_token(&self) -> Option<FencingToken> {
        self.newest().map(|holding| holding.token)
    }

    /// What it believes about this lock.
    pub fn of(&self, lock: ParticipantId) -> Option<&Holding> {
        self.held.iter().find(|holding| holding.lock == lock)
    }

    /// The number of the next write under the newest grant.
    pub fn next_sequence(&mut self) -> Sequence {
        let count = self.held.last_mut().map_or(&mut self.unheld, |holding| &mut holding.writes);
        *count += 1;
        Sequence(*count)
    }

    /// Whether a request was made under the newest grant, or, if none is held, at any time.
    pub fn is_current(&self, request: RequestId) -> bool {
        self.newest().is_none_or(|holding| holding.request < request)
    }

    /// How many writes were sent under the newest grant.
    fn sent(&self) -> u32 {
        self.newest().map_or(self.unheld, |holding| holding.writes)
    }

    /// A lock whose lease is over by now.
    pub fn over_at(&self, now: LocalTime) -> Option<Holding> {
        self.held.iter().find(|holding| holding.until.is_some_and(|until| until <= now)).copied()
    }

    /// When the next lease will be over.
    pub fn next_end(&self) -> Option<LocalTime> {
        self.held.iter().filter_map(|holding| holding.until).min()
    }
}
