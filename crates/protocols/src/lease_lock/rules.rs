//! The rules G1 to G9 of a lock service, each where it is carried out.

use fencepost_sim::{Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{FencingToken, Message, Note, Refusal, RequestId, Timer};

use super::LeaseLock;
use super::line::Waiter;
use super::memory::Grant;
use crate::reading::Reading;
use crate::seal::seal;
use crate::store::Holder;
use crate::{Effects, decline};

impl LeaseLock {
    /// Does what somebody asked for.
    pub(super) fn serve(
        &mut self,
        from: ParticipantId,
        message: Message,
        arrived: LocalTime,
        now: Now,
        effects: &mut Effects,
    ) {
        match message {
            Message::Acquire { request } => {
                self.acquire(Waiter { client: from, request, since: arrived, heard: arrived }, now, effects);
            }
            Message::Renew { token, sent } => self.renew(from, token, sent, now, effects),
            Message::Release { token, request } => self.release(from, (token, request), now, effects),
            message => self.serve_data(from, message, now, effects),
        }
    }

    /// G1: a repeated request gets the stored reply, a free lock is granted, everyone else waits in line.
    fn acquire(&mut self, waiter: Waiter, now: Now, effects: &mut Effects) {
        if self.config.dedupe && self.repeats(waiter, effects) {
            return;
        }
        match &self.memory.grant {
            None if !self.memory.is_closed(now) => self.grant(waiter, now, effects),
            // G3: to the holder it is the same grant, and so the same token.
            Some(grant) if self.config.reentrant && grant.client == waiter.client => {
                let (token, lease) = (grant.token, grant.left(now));
                let reply = self.granted(waiter, token, Duration::ZERO, lease);
                self.reply(waiter, reply, effects);
            }
            _ => {
                effects.note(Note::Queued { client: waiter.client, request: waiter.request });
                self.line.join(waiter);
            }
        }
    }

    /// G9: a client that got no reply asks again, and must get the one it missed. Says whether this request was seen
    /// before; if it was answered, the answer goes out again.
    fn repeats(&self, waiter: Waiter, effects: &mut Effects) -> bool {
        if let Some(reply) = self.memory.replies.get(&(waiter.client, waiter.request)) {
            effects.send(waiter.client, reply.clone());
            return true;
        }
        self.line.has(&waiter)
    }

    /// G2: a new token for every grant, and a lease that begins now.
    fn grant(&mut self, waiter: Waiter, now: Now, effects: &mut Effects) {
        let token = self.memory.next_token;
        self.memory.next_token = FencingToken(token.0.saturating_add(1));
        let lease = self.config.lease;
        let expiry = lease.map(|lease| Reading::after(self.config.expiry, now, lease));
        self.memory.grant = Some(Grant { client: waiter.client, token, expiry });
        if let Some(expiry) = expiry {
            expiry.wake(Timer::Lease, now, effects);
        }
        effects.note(Note::Granted { client: waiter.client, request: waiter.request, token, lease });
        if waiter.is_dead(self.config.session, now.mono) {
            effects.note(Note::GrantedToDead { client: waiter.client, token });
        }
        let reply = self.granted(waiter, token, now.mono.since(waiter.since), lease);
        self.reply(waiter, reply, effects);
    }

    fn granted(&self, waiter: Waiter, token: FencingToken, waited: Duration, lease: Option<Duration>) -> Message {
        let seal = self.config.seals.then(|| seal(token, waiter.client));
        Message::Granted { request: waiter.request, token, waited, lease, seal }
    }

    fn reply(&mut self, waiter: Waiter, reply: Message, effects: &mut Effects) {
        if self.config.dedupe {
            self.memory.replies.insert((waiter.client, waiter.request), reply.clone());
        }
        effects.send(waiter.client, reply);
    }

    /// G4: only the holder, only with its token, only before the end. The token stays.
    fn renew(&mut self, from: ParticipantId, token: FencingToken, sent: LocalTime, now: Now, effects: &mut Effects) {
        let (lease, clock) = (self.config.lease, self.config.expiry);
        match &mut self.memory.grant {
            Some(grant) if grant.client == from && grant.token == token && !grant.is_over(now) => {
                grant.expiry = lease.map(|lease| Reading::after(clock, now, lease));
                if let Some(expiry) = grant.expiry {
                    expiry.wake(Timer::Lease, now, effects);
                }
                effects.note(Note::Extended { client: from, token, lease });
                effects.send(from, Message::Renewed { token, sent, lease });
            }
            _ => effects.send(from, Message::Refused { token: Some(token), reason: Refusal::NotHolder }),
        }
    }

    /// Whether the clock demands something: a lease is over, or the lock is free again and somebody waits.
    pub(super) fn is_turn(&self, now: Now) -> bool {
        match &self.memory.grant {
            Some(grant) => grant.is_over(now),
            None => self.memory.closed_until.is_some() && !self.memory.is_closed(now),
        }
    }

    /// G5: at the end of the lease the grant is over and, after the lock-delay, the next in line is served.
    pub(super) fn turn(&mut self, now: Now, effects: &mut Effects) {
        if let Some(grant) = self.memory.grant.take_if(|grant| grant.is_over(now)) {
            effects.note(Note::Expired { client: grant.client, token: grant.token });
            // G7: only here. Who released has said that nothing of his is under way.
            self.close_for(self.config.lock_delay, now, effects);
            self.freed(now, effects);
        } else if !self.memory.is_closed(now) && self.memory.closed_until.take().is_some() {
            self.serve_next(now, effects);
        }
    }

    /// Grants the lock to nobody for so long; no longer than it already would, if that is longer.
    fn close_for(&mut self, length: Duration, now: Now, effects: &mut Effects) {
        if length == Duration::ZERO || self.memory.closed_until.is_some_and(|until| until >= now.mono + length) {
            return;
        }
        self.memory.closed_until = Some(now.mono + length);
        effects.note(Note::LockDelayed { until_after: length });
        effects.set_timer(Timer::Delay, length);
    }

    /// After a crash: a lock-delay goes on, and a delayed restart waits until every lease it may have forgotten has
    /// run out. A lock without a lease has nothing to wait for.
    pub(super) fn reopen_late(&mut self, now: Now, effects: &mut Effects) {
        if let Some(until) = self.memory.closed_until.filter(|until| now.mono < *until) {
            effects.set_timer(Timer::Delay, until.since(now.mono));
        }
        if let (true, Some(lease)) = (self.config.delayed_restart, self.config.lease) {
            self.close_for(lease, now, effects);
        }
    }

    /// G6: compare and delete, or, as a bug to see, just delete.
    fn release(
        &mut self,
        by: ParticipantId,
        (token, request): (Option<FencingToken>, Option<RequestId>),
        now: Now,
        effects: &mut Effects,
    ) {
        let blind = self.config.blind_release;
        let released = self.memory.grant.take_if(|grant| blind || (grant.client == by && Some(grant.token) == token));
        match &released {
            Some(grant) => effects.note(Note::Released { client: grant.client, token: grant.token, by }),
            None => effects.note(Note::ReleaseIgnored { by, token }),
        }
        effects.send(by, Message::Released { token, request });
        if released.is_some() {
            self.freed(now, effects);
        }
    }

    fn freed(&mut self, now: Now, effects: &mut Effects) {
        effects.cancel_timer(Timer::Lease);
        if !self.memory.is_closed(now) {
            self.serve_next(now, effects);
        }
    }

    /// G8: grants the lock to the next in line who is still there; to the next, there or not, where nobody looks.
    fn serve_next(&mut self, now: Now, effects: &mut Effects) {
        while let Some(next) = self.line.next() {
            if !(self.config.recheck && next.is_dead(self.config.session, now.mono)) {
                return self.grant(next, now, effects);
            }
            effects.note(Note::SessionOver { client: next.client });
        }
    }

    /// Lets the store inside answer, telling it who holds the lock at this very moment.
    fn serve_data(&mut self, from: ParticipantId, message: Message, now: Now, effects: &mut Effects) {
        let holder = self.memory.live_grant(now).map(|grant| Holder { client: grant.client, token: grant.token });
        match &mut self.data {
            Some(store) => store.serve(from, message, holder, effects),
            None => decline(from, message, effects),
        }
    }
}
