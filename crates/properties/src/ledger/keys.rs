//! The grants of a lock of independent nodes (Redlock), of which no node knows. A grant begins when enough nodes have the
//! key for one request. It is over when its client took back so many that fewer are left, or when their time was over. A
//! node that forgets its key ends nothing: the client's right lasts until its lease has run out.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::{FencingToken, RequestId};

use super::grants::{EndReason, GrantBook, Lease};
use super::keepers::KeyRing;
use super::{GrantNo, Moment};

/// What a key was lent for.
type Request = (ParticipantId, RequestId);

/// What one request has got so far.
#[derive(Default)]
struct Attempt {
    /// The nodes that gave it their key and did not get it back, whether or not they remember, and until when each lent it.
    lent: BTreeMap<ParticipantId, Time>,
    /// Those of them that have forgotten.
    forgotten: BTreeSet<ParticipantId>,
    grant: Option<GrantNo>,
}

/// Follows the keys while a trace is read.
#[derive(Default)]
pub(super) struct KeyBook {
    attempts: BTreeMap<(ParticipantId, Request), Attempt>,
    /// Whose key each node has lent, as far as it knows.
    holders: BTreeMap<ParticipantId, Request>,
}

/// A node of a lock of keys, at the moment at which it says something.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub lock: ParticipantId,
    pub node: ParticipantId,
    pub ring: KeyRing,
    pub at: Moment,
}

impl KeyBook {
    pub fn keyed(&mut self, grants: &mut GrantBook, here: Here, request: Request, ends: Time) {
        // Whoever has it now, the one before had not given it back.
        if self.holders.get(&here.node).is_some_and(|holder| *holder != request) {
            self.forgets(grants, here);
        }
        self.holders.insert(here.node, request);
        let attempt = self.attempts.entry((here.lock, request)).or_default();
        attempt.lent.insert(here.node, ends);
        attempt.forgotten.remove(&here.node);
        if attempt.lent.len() < here.ring.quorum {
            return;
        }
        let lease = Lease { length: here.ring.lease, ends: attempt.lease_ends(here.ring.quorum) };
        match attempt.grant {
            Some(grant) => grants.lasts_until(grant, lease.ends),
            None => {
                let (client, number) = request;
                let made = (client, number, FencingToken(0));
                attempt.grant = Some(grants.granted(here.lock, made, Some(lease), (here.at, here.at.event)));
            }
        }
    }

    pub fn unkeyed(&mut self, grants: &mut GrantBook, here: Here, request: Request, expired: bool) {
        if self.holders.get(&here.node) == Some(&request) {
            self.holders.remove(&here.node);
        }
        let Some(attempt) = self.attempts.get_mut(&(here.lock, request)) else { return };
        attempt.lent.remove(&here.node);
        attempt.forgotten.remove(&here.node);
        if let Some(grant) = attempt.grant.filter(|_| attempt.lent.len() < here.ring.quorum) {
            match expired {
                true => grants.ends(grant, EndReason::Expired, here.at),
                false => grants.is_given_back(grant, here.at),
            }
        }
    }

    /// A node is back, and this is whose key it has lent as far as it knows.
    pub fn found(&mut self, grants: &mut GrantBook, here: Here, holder: Option<Request>) {
        if self.holders.get(&here.node).is_some_and(|known| Some(*known) != holder) {
            self.forgets(grants, here);
        }
    }

    fn forgets(&mut self, grants: &mut GrantBook, here: Here) {
        let Some(request) = self.holders.remove(&here.node) else { return };
        let Some(attempt) = self.attempts.get_mut(&(here.lock, request)) else { return };
        attempt.forgotten.insert(here.node);
        let left = attempt.lent.len() - attempt.forgotten.len().min(attempt.lent.len());
        if let Some(grant) = attempt.grant.filter(|_| left < here.ring.quorum) {
            grants.ends(grant, EndReason::Forgotten, here.at);
        }
    }

    /// The grant that a client has got for this request, which from now on has a token.
    pub fn held(
        &self,
        grants: &mut GrantBook,
        lock: ParticipantId,
        request: Request,
        token: FencingToken,
    ) -> Option<GrantNo> {
        let grant = self.attempts.get(&(lock, request))?.grant?;
        grants.is_called(grant, token);
        Some(grant)
    }
}

impl Attempt {
    /// When so many of the keys are overdue that fewer than a quorum are left.
    fn lease_ends(&self, quorum: usize) -> Time {
        let mut ends: Vec<Time> = self.lent.values().copied().collect();
        ends.sort_unstable();
        ends[self.lent.len() - quorum]
    }
}
