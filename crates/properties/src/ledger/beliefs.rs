//! When which client believed that it held which lock. The service may know better; that is the whole story.

use std::collections::BTreeMap;

use fencepost_sim::{LocalTime, ParticipantId, Time};
use fencepost_vocabulary::{Departure, FencingToken};

use super::{GrantNo, Moment};

/// One unbroken belief of one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belief {
    /// Who believes.
    pub client: ParticipantId,
    /// To hold which lock.
    pub lock: ParticipantId,
    /// Under which token.
    pub token: FencingToken,
    /// The grant it rests on, if there ever was one.
    pub grant: Option<GrantNo>,
    /// When it began.
    pub from: Moment,
    /// When it ended, and how; `None` if it outlived the run.
    pub ended: Option<BeliefEnd>,
    /// Until when the client may believe it, on its own clock; `None` without a lease.
    pub until_local: Option<LocalTime>,
}

/// The end of a belief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeliefEnd {
    /// When: the first moment without the belief.
    pub at: Moment,
    /// How.
    pub why: BeliefLoss,
}

/// How a belief ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeliefLoss {
    /// The client came to know, or gave the lock back.
    Left(Departure),
    /// The client was granted the lock anew, under another token.
    Replaced,
    /// The client crashed.
    Crashed,
}

impl Belief {
    /// The first moment without the belief; `None` if it outlived the run.
    pub fn until(&self) -> Option<Time> {
        self.ended.map(|end| end.at.time)
    }
}

/// Builds the list of beliefs while a trace is read.
#[derive(Default)]
pub(super) struct BeliefBook {
    pub beliefs: Vec<Belief>,
    /// The open belief of a client in a lock, as an index into the list.
    open: BTreeMap<(ParticipantId, ParticipantId), usize>,
}

impl BeliefBook {
    /// A client says that it holds a lock. Said again under the same token, the belief goes on. Tells which one it is, as
    /// a place in the list.
    pub fn holds(&mut self, belief: Belief) -> usize {
        let key = (belief.client, belief.lock);
        if let Some(index) = self.open.get(&key) {
            let current = &mut self.beliefs[*index];
            if current.token == belief.token && current.grant == belief.grant {
                current.until_local = belief.until_local;
                return *index;
            }
            current.ended = Some(BeliefEnd { at: belief.from, why: BeliefLoss::Replaced });
        }
        self.open.insert(key, self.beliefs.len());
        self.beliefs.push(belief);
        self.beliefs.len() - 1
    }

    pub fn holds_longer(
        &mut self,
        client: ParticipantId,
        lock: ParticipantId,
        token: FencingToken,
        until: Option<LocalTime>,
    ) {
        let Some(index) = self.open.get(&(client, lock)) else { return };
        let belief = &mut self.beliefs[*index];
        if belief.token == token {
            belief.until_local = until;
        }
    }

    pub fn left(
        &mut self,
        client: ParticipantId,
        lock: ParticipantId,
        token: FencingToken,
        why: Departure,
        at: Moment,
    ) {
        let Some(index) = self.open.get(&(client, lock)).copied() else { return };
        if self.beliefs[index].token == token {
            self.beliefs[index].ended = Some(BeliefEnd { at, why: BeliefLoss::Left(why) });
            self.open.remove(&(client, lock));
        }
    }

    pub fn crashed(&mut self, client: ParticipantId, at: Moment) {
        let open = std::mem::take(&mut self.open);
        for ((believer, lock), index) in open {
            if believer == client {
                self.beliefs[index].ended = Some(BeliefEnd { at, why: BeliefLoss::Crashed });
            } else {
                self.open.insert((believer, lock), index);
            }
        }
    }

    /// The grant behind what a client believes of this lock now, if it believes in that token.
    pub fn grant_of(&self, client: ParticipantId, lock: ParticipantId, token: FencingToken) -> Option<GrantNo> {
        let belief = &self.beliefs[*self.open.get(&(client, lock))?];
        belief.grant.filter(|_| belief.token == token)
    }
}
