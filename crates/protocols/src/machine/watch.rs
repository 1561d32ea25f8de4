//! What a leader alone remembers of the lock: readings of its own clock, which mean nothing to anybody else.

use std::collections::BTreeMap;

use fencepost_sim::{Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::RequestId;

/// Whose request, and which.
pub(super) type Ask = (ParticipantId, RequestId);

/// A leader's readings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Watch {
    /// When the lease is over, if it ends.
    expiry: Option<LocalTime>,
    /// When each acquire arrived here first.
    arrivals: BTreeMap<Ask, LocalTime>,
}

impl Watch {
    /// A lease begins now.
    pub fn arm(&mut self, lease: Duration, now: LocalTime) -> LocalTime {
        *self.expiry.insert(now + lease)
    }

    /// There is no lease any more.
    pub fn disarm(&mut self) {
        self.expiry = None;
    }

    /// When the lease is over, if it ends.
    pub fn expiry(&self) -> Option<LocalTime> {
        self.expiry
    }

    /// A lease with expiry `e` is over at `e`.
    pub fn is_over(&self, now: LocalTime) -> bool {
        self.expiry.is_some_and(|expiry| expiry <= now)
    }

    /// An acquire has arrived, or has arrived again, which does not count.
    pub fn arrived(&mut self, ask: Ask, now: LocalTime) {
        self.arrivals.entry(ask).or_insert(now);
    }

    /// For how long it has waited here. One that came to another leader has not waited for this one.
    pub fn waited(&self, ask: Ask, now: LocalTime) -> Duration {
        self.arrivals.get(&ask).map_or(Duration::ZERO, |arrived| now.since(*arrived))
    }

    /// See [`fencepost_sim::Actor::rebase`]. When a request arrived stays as it is: nobody looks at that before the
    /// grant, so to wait longer is not to be somewhere else.
    pub fn rebase(&mut self, now: Now) {
        self.expiry = self.expiry.map(|expiry| LocalTime(expiry.since(now.mono).0));
    }
}
