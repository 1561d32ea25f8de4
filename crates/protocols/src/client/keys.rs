//! How a client becomes the holder of a lock of independent nodes (Redlock): it takes as many of their keys as it gets, and
//! with enough of them, in time, it holds the lock.
//!
//! Its lease counts from the moment before the first key was asked for, on its own clock. It looks at that clock once, when
//! the deciding answer comes, and not again before it acts. Without enough keys it gives back what it may have got and
//! tries again, as somebody new to the nodes. A lease of this kind is not renewed.

use std::collections::BTreeSet;

use fencepost_sim::{Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{Departure, FencingToken, Message, Note, RequestId, Timer};

use super::belief::Holding;
use super::{Access, Client, Waiting};
use crate::Effects;

/// How long it waits between two attempts, if its program does not say so.
const PAUSE: Duration = Duration::from_millis(500);

/// An attempt to get enough keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attempt {
    lock: ParticipantId,
    request: RequestId,
    /// When the lease is over that it would get, on its own clock.
    until: LocalTime,
    /// Who gave it a key.
    taken: BTreeSet<ParticipantId>,
    /// Who gave it none.
    refused: BTreeSet<ParticipantId>,
}

impl Attempt {
    /// See [`fencepost_sim::Actor::rebase`]. What is over is over, however long ago.
    pub fn rebase(&mut self, now: Now) {
        self.until = LocalTime(self.until.since(now.mono).0);
    }
}

impl Attempt {
    /// The lock that it is after.
    pub fn lock(&self) -> ParticipantId {
        self.lock
    }
}

impl Client {
    /// Gives back the keys of an attempt that it gives up for good.
    pub(super) fn free_what_it_took(&self, effects: &mut Effects) {
        if let Waiting::Keys(attempt) = &self.waiting {
            self.tell_nodes(attempt.lock, &Message::Free { request: attempt.request }, effects);
        }
    }

    /// Asks all nodes for their keys, under a request of its own for each attempt.
    pub(super) fn seek_keys(&mut self, lock: ParticipantId, now: LocalTime, effects: &mut Effects) {
        let Some(&Access::Keys { lease, .. }) = self.config.objects.get(&lock) else { return };
        let (request, until) = (self.next_request(), now + self.share(lease));
        let (taken, refused) = (BTreeSet::new(), BTreeSet::new());
        self.waiting = Waiting::Keys(Box::new(Attempt { lock, request, until, taken, refused }));
        self.tell_nodes(lock, &Message::Take { request, lease }, effects);
        self.wait_for_an_answer(effects);
    }

    /// Says the same to all nodes that keep an object.
    pub(super) fn tell_nodes(&self, object: ParticipantId, message: &Message, effects: &mut Effects) {
        for node in self.config.objects.get(&object).map(Access::nodes).unwrap_or_default() {
            effects.send(*node, message.clone());
        }
    }

    /// How many keys of a lock there are, and how many are enough.
    fn keys_of(&self, lock: ParticipantId) -> (usize, usize) {
        match self.config.objects.get(&lock) {
            Some(Access::Keys { nodes, quorum, .. }) => (nodes.len(), *quorum),
            _ => (0, 0),
        }
    }

    /// One more key. With enough of them it holds the lock, unless getting them took as long as the lease lasts.
    pub(super) fn key_taken(&mut self, from: ParticipantId, answers: RequestId, now: LocalTime, effects: &mut Effects) {
        let Waiting::Keys(attempt) = &mut self.waiting else { return };
        if attempt.request != answers {
            return;
        }
        attempt.taken.insert(from);
        let (lock, taken, is_in_time) = (attempt.lock, attempt.taken.len(), now < attempt.until);
        if taken < self.keys_of(lock).1 {
            return;
        }
        if is_in_time { self.hold_keys(effects) } else { self.give_up_attempt(effects) }
    }

    fn hold_keys(&mut self, effects: &mut Effects) {
        let Waiting::Keys(attempt) = &self.waiting else { return };
        let (lock, request, until) = (attempt.lock, attempt.request, Some(attempt.until));
        let token = FencingToken::unordered(self.id, request);
        effects.note(Note::Holds { lock, request, token, until });
        self.beliefs.hold(Holding::new(lock, request, token, None, until));
        self.proceed(effects);
    }

    /// One key less to be had. When enough can no longer come, it does not wait for the rest.
    pub(super) fn key_refused(&mut self, from: ParticipantId, answers: RequestId, effects: &mut Effects) {
        let Waiting::Keys(attempt) = &mut self.waiting else { return };
        if attempt.request != answers {
            return;
        }
        attempt.refused.insert(from);
        let (lock, refused) = (attempt.lock, attempt.refused.len());
        let (nodes, quorum) = self.keys_of(lock);
        if nodes.saturating_sub(refused) < quorum {
            self.give_up_attempt(effects);
        }
    }

    /// Gives back what it got and what it may yet get, and waits before it tries again.
    fn give_up_attempt(&mut self, effects: &mut Effects) {
        let Waiting::Keys(attempt) = &self.waiting else { return };
        let (lock, request) = (attempt.lock, attempt.request);
        self.tell_nodes(lock, &Message::Free { request }, effects);
        self.waiting = Waiting::NextAttempt { lock };
        match self.retry() {
            Some(_) => self.wait_for_an_answer(effects),
            None => effects.set_timer(Timer::Retry, PAUSE),
        }
    }

    /// Whether it is after the keys of a lock, and its next alarm is about that.
    pub(super) fn is_after_keys(&self) -> bool {
        matches!(self.waiting, Waiting::Keys(_) | Waiting::NextAttempt { .. })
    }

    /// Enough answers have not come in time, or it is time for the next attempt.
    pub(super) fn lose_patience_with_keys(&mut self, now: LocalTime, effects: &mut Effects) {
        match self.waiting {
            Waiting::NextAttempt { lock } => self.seek_keys(lock, now, effects),
            _ => self.give_up_attempt(effects),
        }
    }

    /// Gives the lock back. No node answers that, so it does not wait. Who holds none says so under a number under which
    /// it took no key, and frees none.
    pub(super) fn give_keys_back(&mut self, lock: ParticipantId, effects: &mut Effects) {
        let request = match self.beliefs.of(lock).cloned() {
            Some(holding) => {
                self.leave(&holding, Departure::Released, effects);
                holding.request
            }
            None => self.next_request(),
        };
        self.tell_nodes(lock, &Message::Free { request }, effects);
        self.proceed(effects);
    }

    /// Whether this lock is one of independent nodes, whose lease is not renewed.
    pub(super) fn is_of_keys(&self, lock: ParticipantId) -> bool {
        matches!(self.config.objects.get(&lock), Some(Access::Keys { .. }))
    }
}
