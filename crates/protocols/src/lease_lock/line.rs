//! The line of clients that wait for the lock, first come, first served (G8: is whoever is next still there?).

use std::collections::VecDeque;

use fencepost_sim::{Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::RequestId;

/// A client that asked and has not been answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Waiter {
    pub client: ParticipantId,
    pub request: RequestId,
    /// When its request arrived.
    pub since: LocalTime,
    /// When it was last heard from.
    pub heard: LocalTime,
}

/// Everyone who waits, in order. It is never on the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Line(VecDeque<Waiter>);

impl Line {
    /// Whether this very request waits already.
    pub fn has(&self, waiter: &Waiter) -> bool {
        self.0.iter().any(|other| other.client == waiter.client && other.request == waiter.request)
    }

    /// Puts somebody at the end.
    pub fn join(&mut self, waiter: Waiter) {
        self.0.push_back(waiter);
    }

    /// Takes out who is next.
    pub fn next(&mut self) -> Option<Waiter> {
        self.0.pop_front()
    }

    /// A sign of life of a client.
    pub fn hear(&mut self, client: ParticipantId, now: LocalTime) {
        for waiter in self.0.iter_mut().filter(|waiter| waiter.client == client) {
            waiter.heard = now;
        }
    }

    /// A crash: nobody is remembered.
    pub fn forget(&mut self) {
        self.0.clear();
    }

    /// See [`fencepost_sim::Actor::rebase`].
    pub fn rebase(&mut self, session: Option<Duration>, now: Now) {
        for waiter in &mut self.0 {
            waiter.rebase(session, now);
        }
    }
}

impl Waiter {
    /// Whether it was not heard from for a whole session. A session that ends now has ended.
    pub fn is_dead(&self, session: Option<Duration>, now: LocalTime) -> bool {
        session.is_some_and(|session| now >= self.heard + session)
    }

    /// How much of the session is left is all that counts of when it was heard. When it asked stays as it is: nobody
    /// looks at that before the grant, so to wait longer is not to be somewhere else.
    fn rebase(&mut self, session: Option<Duration>, now: Now) {
        let left = session.map_or(Duration::ZERO, |session| (self.heard + session).since(now.mono));
        self.heard = LocalTime(left.0);
    }
}
