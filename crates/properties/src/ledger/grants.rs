//! The grants of every lock, numbered by the observer. No actor ever sees these numbers.
//!
//! Tokens are what actors compare; they can repeat when a lock service forgets. Grant numbers cannot, so the effect
//! properties speak of them.

use std::collections::BTreeMap;

use fencepost_sim::{Duration, EventId, ParticipantId, Time};
use fencepost_vocabulary::{FencingToken, RequestId};

use super::Moment;

/// The name of a grant: the so-many-th of its lock. Numbers of different locks mean nothing to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrantNo {
    /// The lock service.
    pub lock: ParticipantId,
    /// Which of its grants, counted from 1.
    pub number: u32,
}

/// One grant and what became of it at the lock service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its name.
    pub name: GrantNo,
    /// The holder.
    pub client: ParticipantId,
    /// The request it answered.
    pub request: RequestId,
    /// The token it carries.
    pub token: FencingToken,
    /// When the service made it.
    pub granted: Moment,
    /// How long its lease was at first; `None` without a lease.
    pub lease: Option<Duration>,
    /// When its lease runs out, the last extension counted: the first moment at which it is over. It is measured on the
    /// service's monotonic clock, whatever clock the service goes by.
    pub lease_ends: Option<Time>,
    /// When it would have run out without any extension.
    pub first_lease_ends: Option<Time>,
    /// Each extension of the lease, in order.
    pub renewals: Vec<Renewal>,
    /// How the service ended it; `None` if it had not when the run ended.
    pub ended: Option<GrantEnd>,
    /// When its own holder's release first reached the service, whatever the service made of it.
    pub returned: Option<Moment>,
}

/// One extension of a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// When the service extended the lease.
    pub at: Moment,
    /// When the lease runs out from then on.
    pub lease_ends: Option<Time>,
}

/// The end of a grant at the lock service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantEnd {
    /// When.
    pub at: Moment,
    /// Why.
    pub why: EndReason,
}

/// Why a lock service ended a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// Someone asked for it; with a blind release it need not be the holder.
    Released {
        /// Who asked.
        by: ParticipantId,
    },
    /// The service's clock said that the lease was over.
    Expired,
    /// The service crashed and came back without it.
    Forgotten,
}

impl Grant {
    /// Whether the service ended it because somebody else released it.
    pub fn taken_by(&self) -> Option<ParticipantId> {
        match self.ended?.why {
            EndReason::Released { by } if by != self.client => Some(by),
            _ => None,
        }
    }

    /// Whether the service had forgotten it by then: it came back from a crash without it, or its log lost it.
    pub fn is_forgotten_by(&self, moment: Moment) -> bool {
        self.ended.is_some_and(|end| end.why == EndReason::Forgotten && end.at <= moment)
    }
}

/// Builds the list of grants while a trace is read.
#[derive(Default)]
pub(super) struct GrantBook {
    pub by_lock: BTreeMap<ParticipantId, Vec<Grant>>,
    /// Which grants of a lock a client got under a token, in order. More than one only if the token was repeated.
    index: BTreeMap<(ParticipantId, ParticipantId, FencingToken), Vec<Filed>>,
}

/// A lease as it is given: for how long, and until when that is.
#[derive(Clone, Copy)]
pub(super) struct Lease {
    pub length: Duration,
    pub ends: Time,
}

/// Where a grant is filed, and the handler that made it.
struct Filed {
    number: u32,
    handler: EventId,
}

impl GrantBook {
    pub fn granted(
        &mut self,
        lock: ParticipantId,
        (client, request, token): (ParticipantId, RequestId, FencingToken),
        lease: Option<Lease>,
        (at, handler): (Moment, EventId),
    ) -> GrantNo {
        let grants = self.by_lock.entry(lock).or_default();
        let number = grants.len() as u32 + 1;
        let name = GrantNo { lock, number };
        grants.push(Grant {
            name,
            client,
            request,
            token,
            granted: at,
            lease: lease.map(|lease| lease.length),
            lease_ends: lease.map(|lease| lease.ends),
            first_lease_ends: lease.map(|lease| lease.ends),
            renewals: Vec::new(),
            ended: None,
            returned: None,
        });
        self.index.entry((lock, client, token)).or_default().push(Filed { number, handler });
        name
    }

    pub fn extended(
        &mut self,
        lock: ParticipantId,
        client: ParticipantId,
        token: FencingToken,
        lease_ends: Option<Time>,
        at: Moment,
    ) {
        let Some(grant) = self.latest_mut(lock, client, token) else { return };
        grant.lease_ends = lease_ends;
        grant.renewals.push(Renewal { at, lease_ends: grant.lease_ends });
    }

    pub fn ended(
        &mut self,
        lock: ParticipantId,
        client: ParticipantId,
        token: FencingToken,
        why: EndReason,
        at: Moment,
    ) {
        let Some(grant) = self.latest_mut(lock, client, token) else { return };
        grant.ended.get_or_insert(GrantEnd { at, why });
    }

    /// The service is back and knows of no grant but this one, if of any. One that nobody had told of is on record from
    /// now on, with when it was `made` and its lease: it was on the disk and not yet said when the service crashed.
    pub fn reopened(
        &mut self,
        lock: ParticipantId,
        holder: Option<(ParticipantId, FencingToken)>,
        (made, lease): (Moment, Option<Lease>),
        at: Moment,
    ) {
        if let Some((client, token)) = holder.filter(|(client, token)| self.latest(lock, *client, *token).is_none()) {
            // Which request it answers is on the disk too, and nobody tells; requests are counted from 1.
            self.granted(lock, (client, RequestId(0), token), lease, (made, made.event));
        }
        let grants = self.by_lock.entry(lock).or_default();
        let forgotten = grants.iter_mut().filter(|grant| Some((grant.client, grant.token)) != holder);
        forgotten.for_each(|grant| {
            grant.ended.get_or_insert(GrantEnd { at, why: EndReason::Forgotten });
        });
    }

    /// The holder's own release has reached the service.
    pub fn returned(&mut self, lock: ParticipantId, client: ParticipantId, token: FencingToken, at: Moment) {
        let Some(grant) = self.latest_mut(lock, client, token) else { return };
        grant.returned.get_or_insert(at);
    }

    /// The grant that a lock service means by a client's token: the latest one.
    pub fn latest(&self, lock: ParticipantId, client: ParticipantId, token: FencingToken) -> Option<GrantNo> {
        let number = self.index.get(&(lock, client, token))?.last()?.number;
        Some(GrantNo { lock, number })
    }

    /// When a grant was made.
    pub fn granted_at(&self, name: GrantNo) -> Option<Moment> {
        let number = (name.number as usize).checked_sub(1)?;
        self.by_lock.get(&name.lock)?.get(number).map(|grant| grant.granted)
    }

    /// The grant that a reply sent by the event `sent` speaks of: the latest one made by then.
    pub fn behind(
        &self,
        lock: ParticipantId,
        client: ParticipantId,
        token: FencingToken,
        sent: EventId,
    ) -> Option<GrantNo> {
        let filed = self.index.get(&(lock, client, token))?;
        let latest = filed.iter().rev().find(|filed| filed.handler <= sent)?;
        Some(GrantNo { lock, number: latest.number })
    }

    /// Of a grant of which no single service knows: until when it lasts.
    pub fn lasts_until(&mut self, name: GrantNo, ends: Time) {
        if let Some(grant) = self.named(name) {
            (grant.lease_ends, grant.first_lease_ends) = (Some(ends), Some(ends));
        }
    }

    /// The same of how it ended.
    pub fn ends(&mut self, name: GrantNo, why: EndReason, at: Moment) {
        if let Some(grant) = self.named(name) {
            grant.ended.get_or_insert(GrantEnd { at, why });
        }
    }

    /// The same of its return by its own client.
    pub fn is_given_back(&mut self, name: GrantNo, at: Moment) {
        if let Some(grant) = self.named(name) {
            grant.returned.get_or_insert(at);
            grant.ended.get_or_insert(GrantEnd { at, why: EndReason::Released { by: grant.client } });
        }
    }

    /// All that a client still has of this lock it has no more.
    pub fn are_given_back(&mut self, lock: ParticipantId, client: ParticipantId, at: Moment) {
        let grants = self.by_lock.get_mut(&lock).into_iter().flatten();
        for grant in grants.filter(|grant| grant.client == client && grant.ended.is_none()) {
            grant.returned.get_or_insert(at);
            grant.ended.get_or_insert(GrantEnd { at, why: EndReason::Released { by: client } });
        }
    }

    /// A client gave a grant a token of its own making.
    pub fn is_called(&mut self, name: GrantNo, token: FencingToken) {
        let Some(grant) = self.named(name).filter(|grant| grant.token != token) else { return };
        grant.token = token;
        let (key, handler) = ((name.lock, grant.client, token), grant.granted.event);
        self.index.entry(key).or_default().push(Filed { number: name.number, handler });
    }

    fn named(&mut self, name: GrantNo) -> Option<&mut Grant> {
        self.by_lock.get_mut(&name.lock)?.get_mut((name.number as usize).checked_sub(1)?)
    }

    fn latest_mut(&mut self, lock: ParticipantId, client: ParticipantId, token: FencingToken) -> Option<&mut Grant> {
        let name = self.latest(lock, client, token)?;
        self.named(name)
    }
}
