//! The lock service on one node (semantics 1.5, rules G1 to G6): grants one lock at a time, each grant with a new token
//! and, usually, a lease that ends on the service's own monotonic clock.
//!
//! It never looks at what the lock protects, unless the data lives in the same service: then the store's check and the
//! question "who holds the lock now?" are one atomic step. Replicated locks are not in this file.

use std::collections::{BTreeMap, VecDeque};

use fencepost_sim::{Duration, LocalTime, ParticipantId};
use fencepost_vocabulary::{FencingToken, Message, Note, Refusal, RequestId, Timer};

use crate::store::{Holder, Store};
use crate::{Effects, Input};

/// How a lock service is set up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LockConfig {
    /// How long a lease lasts; `None` for a lock that never expires.
    pub lease: Option<Duration>,
    /// The token of the first grant; 0 means "none" everywhere and is taken as 1.
    pub first_token: FencingToken,
    /// Release whatever is held, whoever asks. A bug to see.
    pub blind_release: bool,
    /// Answer the holder's own new acquire at once, with the token it has.
    pub reentrant: bool,
    /// Answer a repeated acquire with the stored reply.
    pub dedupe: bool,
    /// The store inside the service.
    pub data: Option<Store>,
}

/// A lock service at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeaseLock {
    config: LockConfig,
    next_token: FencingToken,
    grant: Option<Grant>,
    queue: VecDeque<Waiter>,
    replies: BTreeMap<(ParticipantId, RequestId), Message>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Grant {
    client: ParticipantId,
    token: FencingToken,
    expires_at: Option<LocalTime>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Waiter {
    client: ParticipantId,
    request: RequestId,
    since: LocalTime,
}

impl LeaseLock {
    /// A lock nobody holds.
    pub fn new(config: LockConfig) -> Self {
        let next_token = config.first_token.max(FencingToken(1));
        Self { config, next_token, grant: None, queue: VecDeque::new(), replies: BTreeMap::new() }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, now: LocalTime, effects: &mut Effects) {
        // A lease with expiry `e` is over at `now == e`, whatever else arrives at that moment.
        self.expire(now, effects);
        if let Input::Message { from, message } = input {
            self.serve(from, message, now, effects);
        }
    }

    fn serve(&mut self, from: ParticipantId, message: Message, now: LocalTime, effects: &mut Effects) {
        match message {
            Message::Acquire { request } => {
                self.acquire(Waiter { client: from, request, since: now }, now, effects);
            }
            Message::Renew { token, sent } => self.renew(from, token, sent, now, effects),
            Message::Release { token } => self.release(from, token, now, effects),
            Message::Write { .. } | Message::Read { .. } | Message::Announce { .. } => {
                self.serve_data(from, message, effects);
            }
            // Answers that were never asked for.
            _ => {}
        }
    }

    /// G1: a repeated request gets the stored reply, a free lock is granted, everyone else waits in line.
    fn acquire(&mut self, waiter: Waiter, now: LocalTime, effects: &mut Effects) {
        if self.config.dedupe && self.repeats(waiter, effects) {
            return;
        }
        match &self.grant {
            None => self.grant(waiter, now, effects),
            Some(grant) if self.config.reentrant && grant.client == waiter.client => {
                let lease = grant.expires_at.map(|expiry| expiry.since(now));
                let reply = Message::Granted {
                    request: waiter.request,
                    token: grant.token,
                    waited: Duration::ZERO,
                    lease,
                    seal: None,
                };
                self.reply(waiter, reply, effects);
            }
            Some(_) => {
                effects.note(Note::Queued { client: waiter.client, request: waiter.request });
                self.queue.push_back(waiter);
            }
        }
    }

    /// Whether this request was seen before; if it was answered, the answer goes out again.
    fn repeats(&self, waiter: Waiter, effects: &mut Effects) -> bool {
        if let Some(reply) = self.replies.get(&(waiter.client, waiter.request)) {
            effects.send(waiter.client, reply.clone());
            return true;
        }
        self.queue.iter().any(|other| other.client == waiter.client && other.request == waiter.request)
    }

    /// G2: a new token for every grant, and a lease that begins now.
    fn grant(&mut self, waiter: Waiter, now: LocalTime, effects: &mut Effects) {
        let token = self.next_token;
        self.next_token = FencingToken(token.0.saturating_add(1));
        let lease = self.config.lease;
        self.grant = Some(Grant { client: waiter.client, token, expires_at: lease.map(|lease| now + lease) });
        if let Some(lease) = lease {
            effects.set_timer(Timer::Lease, lease);
        }
        effects.note(Note::Granted { client: waiter.client, request: waiter.request, token, lease });
        let waited = now.since(waiter.since);
        self.reply(waiter, Message::Granted { request: waiter.request, token, waited, lease, seal: None }, effects);
    }

    fn reply(&mut self, waiter: Waiter, reply: Message, effects: &mut Effects) {
        if self.config.dedupe {
            self.replies.insert((waiter.client, waiter.request), reply.clone());
        }
        effects.send(waiter.client, reply);
    }

    /// G4: only the holder, only with its token, only before the end. The token stays.
    fn renew(
        &mut self,
        from: ParticipantId,
        token: FencingToken,
        sent: LocalTime,
        now: LocalTime,
        effects: &mut Effects,
    ) {
        let lease = self.config.lease;
        match &mut self.grant {
            Some(grant) if grant.client == from && grant.token == token => {
                grant.expires_at = lease.map(|lease| now + lease);
                if let Some(lease) = lease {
                    effects.set_timer(Timer::Lease, lease);
                }
                effects.note(Note::Extended { client: from, token, lease });
                effects.send(from, Message::Renewed { token, sent, lease });
            }
            _ => effects.send(from, Message::Refused { token: Some(token), reason: Refusal::NotHolder }),
        }
    }

    /// G5: at the end of the lease the grant is over and the next in line is served.
    fn expire(&mut self, now: LocalTime, effects: &mut Effects) {
        let due = |grant: &mut Grant| grant.expires_at.is_some_and(|expiry| now >= expiry);
        let Some(grant) = self.grant.take_if(due) else { return };
        effects.note(Note::Expired { client: grant.client, token: grant.token });
        self.freed(now, effects);
    }

    /// G6: compare and delete, or, as a bug to see, just delete.
    fn release(&mut self, by: ParticipantId, token: FencingToken, now: LocalTime, effects: &mut Effects) {
        let blind = self.config.blind_release;
        let released = self.grant.take_if(|grant| blind || (grant.client == by && grant.token == token));
        match &released {
            Some(grant) => effects.note(Note::Released { client: grant.client, token: grant.token, by }),
            None => effects.note(Note::ReleaseIgnored { by, token }),
        }
        effects.send(by, Message::Released { token });
        if released.is_some() {
            self.freed(now, effects);
        }
    }

    fn freed(&mut self, now: LocalTime, effects: &mut Effects) {
        effects.cancel_timer(Timer::Lease);
        if let Some(next) = self.queue.pop_front() {
            self.grant(next, now, effects);
        }
    }

    /// Lets the store inside answer, telling it who holds the lock at this very moment.
    fn serve_data(&mut self, from: ParticipantId, message: Message, effects: &mut Effects) {
        let holder = self.grant.as_ref().map(|grant| Holder { client: grant.client, token: grant.token });
        match &mut self.config.data {
            Some(store) => store.serve(from, message, holder, effects),
            None => {
                if let Message::Write { request, .. }
                | Message::Read { request, .. }
                | Message::Announce { request, .. } = message
                {
                    effects.send(from, Message::Rejected { request, reason: Refusal::NotMyJob });
                }
            }
        }
    }
}
