//! What a client believes about its locks: its own account, kept with its own clock. It can be wrong; that is the point.

use std::collections::BTreeMap;

use fencepost_sim::{LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{FencingToken, RequestId, Seal, Sequence};

/// The locks a client believes it holds, the one acquired last at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Beliefs {
    held: Vec<Holding>,
    /// How many writes it sent since it held no lock.
    unheld: Writes,
}

/// How many writes were sent: to each store that wants a count of its own, and to all others together.
type Writes = BTreeMap<Option<ParticipantId>, u32>;

/// One lock a client believes it holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Holding {
    pub lock: ParticipantId,
    pub token: FencingToken,
    /// The seal on the token, if it came with one.
    pub seal: Option<Seal>,
    /// When the lease is over, on the client's clock; `None` for a lock without a lease.
    pub until: Option<LocalTime>,
    /// How many writes were sent under this grant.
    writes: Writes,
    /// The request that it answered; every later one was made under it.
    pub request: RequestId,
}

impl Holding {
    /// A lock just granted, under which nothing was written yet.
    pub fn new(
        lock: ParticipantId,
        request: RequestId,
        token: FencingToken,
        seal: Option<Seal>,
        until: Option<LocalTime>,
    ) -> Self {
        Self { lock, token, seal, until, writes: Writes::new(), request }
    }
}

impl Beliefs {
    /// Begins to hold a lock. A new grant starts a new count of writes; the same grant, told again, goes on with its own.
    pub fn hold(&mut self, mut holding: Holding) {
        if let Some(same) = self.held.iter().find(|it| (it.lock, it.token) == (holding.lock, holding.token)) {
            (holding.request, holding.writes) = (same.request, same.writes.clone());
        }
        self.leave(holding.lock);
        self.held.push(holding);
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

    /// The number of the next write under the newest grant: of those to `alone`, if that one has a count of its own.
    pub fn next_sequence(&mut self, alone: Option<ParticipantId>) -> Sequence {
        let writes = self.held.last_mut().map_or(&mut self.unheld, |holding| &mut holding.writes);
        let count = writes.entry(alone).or_default();
        *count += 1;
        Sequence(*count)
    }

    /// Whether a request was made under the newest grant, or, if none is held, at any time.
    pub fn is_current(&self, request: RequestId) -> bool {
        self.newest().is_none_or(|holding| holding.request < request)
    }

    /// How many writes were sent under the newest grant.
    fn sent(&self) -> Writes {
        self.newest().map_or(&self.unheld, |holding| &holding.writes).clone()
    }

    /// A lock whose lease is over by now.
    pub fn over_at(&self, now: LocalTime) -> Option<Holding> {
        self.held.iter().find(|holding| holding.until.is_some_and(|until| until <= now)).cloned()
    }

    /// See [`fencepost_sim::Actor::rebase`].
    pub fn rebase(&mut self, now: Now) {
        for holding in &mut self.held {
            // What is over is over, however long ago.
            holding.until = holding.until.map(|until| LocalTime(until.since(now.mono).0));
        }
    }

    /// When the next lease will be over.
    pub fn next_end(&self) -> Option<LocalTime> {
        self.held.iter().filter_map(|holding| holding.until).min()
    }
}
