//! The replicated lock: the rules G1 to G6 and G9 of the lock service, as commands that every node applies.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use fencepost_sim::{Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{FencingToken, Message, Note, Refusal, RequestId, Timer};

use super::watch::{Ask, Watch};
use super::{LockRules, Telling, TokenSource};
use crate::Effects;
use crate::seal::seal;
use crate::store::Holder;

/// A lock in a log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lock {
    object: ParticipantId,
    rules: LockRules,
    grant: Option<Grant>,
    line: VecDeque<Ask>,
    /// What each acquire was granted, for those who ask again.
    granted: BTreeMap<Ask, FencingToken>,
    /// Which releases were carried out.
    released: BTreeSet<Ask>,
    /// How many grants there were.
    grants: u64,
}

/// Who holds the lock. When that ends is no part of the state: it is over when the log says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Grant {
    client: ParticipantId,
    token: FencingToken,
}

impl Lock {
    /// A lock nobody holds.
    pub fn new(object: ParticipantId, rules: LockRules) -> Self {
        Self {
            object,
            rules,
            grant: None,
            line: VecDeque::new(),
            granted: BTreeMap::new(),
            released: BTreeSet::new(),
            grants: 0,
        }
    }

    /// Who holds it.
    pub fn holder(&self) -> Option<Holder> {
        self.grant.map(|Grant { client, token }| Holder { client, token })
    }

    /// Does what somebody asked for.
    pub fn serve(&mut self, from: ParticipantId, message: &Message, watch: &mut Watch, telling: &mut Telling<'_>) {
        match *message {
            Message::Acquire { request } => self.acquire((from, request), watch, telling),
            Message::Renew { token, sent } => self.renew(from, token, sent, watch, telling),
            Message::Release { token, request } => self.release(from, (token, request), watch, telling),
            _ => {}
        }
    }

    /// G1: a repeated request gets the grant it got, a free lock is granted, everyone else waits in line.
    fn acquire(&mut self, ask: Ask, watch: &mut Watch, telling: &mut Telling<'_>) {
        if self.rules.dedupe {
            if let Some(token) = self.granted.get(&ask) {
                return self.tell_again(ask, *token, watch, telling);
            }
            if self.line.contains(&ask) {
                return;
            }
        }
        match self.grant {
            None => self.grant(ask, watch, telling),
            // G3: to the holder it is the same grant, and so the same token.
            Some(grant) if self.rules.reentrant && grant.client == ask.0 => {
                self.granted.insert(ask, grant.token);
                self.tell_again(ask, grant.token, watch, telling);
            }
            Some(_) => {
                self.line.push_back(ask);
                telling.note(self.object, Note::Queued { client: ask.0, request: ask.1 });
            }
        }
    }

    /// G2: a new token for every grant, and on the leader's clock a lease that begins now.
    fn grant(&mut self, ask: Ask, watch: &mut Watch, telling: &mut Telling<'_>) {
        let ((client, request), lease) = (ask, self.rules.lease);
        let token = self.next_token(telling.index);
        self.grants += 1;
        self.grant = Some(Grant { client, token });
        self.granted.insert(ask, token);
        telling.note(self.object, Note::Granted { client, request, token, lease });
        if telling.leads() {
            self.arm(watch, telling.now, telling.effects);
            self.tell(ask, token, lease, watch, telling);
        }
    }

    /// R3: the place in the log, which nothing else has; or a counter, which a lost entry sets back.
    fn next_token(&self, index: u32) -> FencingToken {
        let so_many = match self.rules.tokens {
            TokenSource::Index => u64::from(index.saturating_sub(1)),
            TokenSource::Counter => self.grants,
        };
        FencingToken(self.rules.first_token.0.max(1).saturating_add(so_many))
    }

    /// The lease begins anew on the leader's clock.
    pub fn arm(&self, watch: &mut Watch, now: Now, effects: &mut Effects) {
        if let (Some(lease), Some(_)) = (self.rules.lease, self.grant) {
            watch.arm(lease, now.mono);
            effects.set_timer(Timer::Lease, lease);
        }
    }

    /// G9: a client that got no reply asks again, and must get the one it missed: the same grant, with what is left of
    /// its lease on this leader's clock.
    fn tell_again(&self, ask: Ask, token: FencingToken, watch: &Watch, telling: &mut Telling<'_>) {
        let expiry = watch.expiry().filter(|_| self.grant.is_some_and(|grant| grant.token == token));
        let left = expiry.map(|expiry| expiry.since(telling.now.mono)).unwrap_or_default();
        self.tell(ask, token, self.rules.lease.map(|_| left), watch, telling);
    }

    fn tell(
        &self,
        (client, request): Ask,
        token: FencingToken,
        lease: Option<Duration>,
        watch: &Watch,
        telling: &mut Telling<'_>,
    ) {
        let waited = watch.waited((client, request), telling.now.mono);
        let seal = self.rules.seals.then(|| seal(token, client));
        telling.send(client, Message::Granted { request, token, waited, lease, seal });
    }

    /// G4: only the holder, only with its token, only before the log says that it is over. The token stays.
    fn renew(
        &mut self,
        from: ParticipantId,
        token: FencingToken,
        sent: LocalTime,
        watch: &mut Watch,
        telling: &mut Telling<'_>,
    ) {
        let lease = self.rules.lease;
        if self.grant == Some(Grant { client: from, token }) {
            telling.note(self.object, Note::Extended { client: from, token, lease });
            telling.send(from, Message::Renewed { token, sent, lease });
            if telling.leads() {
                self.arm(watch, telling.now, telling.effects);
            }
        } else {
            telling.send(from, Message::Refused { token: Some(token), reason: Refusal::NotHolder });
            // The timer may have gone off while this stood in the log and looked like a renewal.
            if let (true, Some(expiry)) = (telling.leads(), watch.expiry()) {
                telling.effects.set_timer(Timer::Lease, expiry.since(telling.now.mono));
            }
        }
    }

    /// G5: the lease is over for everybody at this place in the log, and the next in line is served.
    pub fn expire(&mut self, token: FencingToken, watch: &mut Watch, telling: &mut Telling<'_>) {
        if let Some(Grant { client, token }) = self.grant.take_if(|grant| grant.token == token) {
            telling.note(self.object, Note::Expired { client, token });
            self.freed(watch, telling);
        }
    }

    /// G6: compare and delete, or, as a bug to see, just delete. R8: once for each request, however often it comes; a
    /// second deletion might free a lock that somebody else has got meanwhile.
    fn release(
        &mut self,
        by: ParticipantId,
        (token, request): (Option<FencingToken>, Option<RequestId>),
        watch: &mut Watch,
        telling: &mut Telling<'_>,
    ) {
        if self.rules.dedupe && request.is_some_and(|request| !self.released.insert((by, request))) {
            return telling.send(by, Message::Released { token, request });
        }
        let blind = self.rules.blind_release;
        let released = self.grant.take_if(|grant| blind || (grant.client == by && Some(grant.token) == token));
        let note = match released {
            Some(Grant { client, token }) => Note::Released { client, token, by },
            None => Note::ReleaseIgnored { by, token },
        };
        telling.note(self.object, note);
        telling.send(by, Message::Released { token, request });
        if released.is_some() {
            self.freed(watch, telling);
        }
    }

    fn freed(&mut self, watch: &mut Watch, telling: &mut Telling<'_>) {
        watch.disarm();
        telling.aloud(|effects| effects.cancel_timer(Timer::Lease));
        if let Some(next) = self.line.pop_front() {
            self.grant(next, watch, telling);
        }
    }
}
