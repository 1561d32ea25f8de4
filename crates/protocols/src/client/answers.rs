//! What a client makes of the answers it gets.

use fencepost_sim::{Duration, LocalTime, ParticipantId};
use fencepost_vocabulary::{Departure, FencingToken, Message, Note, Refusal, RequestId, Seal, Sequence, Timer};

use super::belief::Holding;
use super::{Client, ClientConfig, Unanswered, Waiting};
use crate::Effects;

impl Client {
    pub(super) fn message(&mut self, from: ParticipantId, message: Message, now: LocalTime, effects: &mut Effects) {
        if self.told_by_one_of_many(from, &message, now, effects) {
            return;
        }
        if let Message::Redirected { request, leader } = message {
            return self.redirected(from, request, leader, now, effects);
        }
        let from = self.speaker(from, &message);
        self.heard(&message, now, effects);
        match message {
            Message::Granted { request, token, waited, lease, seal } => {
                let after = lease.map(|lease| self.share(waited + lease));
                self.granted(from, request, (token, seal), (waited, after), effects);
            }
            Message::Renewed { token, sent, lease } => {
                self.renewed(from, token, lease.map(|lease| sent + self.share(lease)), effects)
            }
            Message::Refused { token, .. } => self.refused(from, token, now, effects),
            Message::Ok { request, .. } => {
                self.unanswered.remove(&request);
                self.answered(from, request, effects);
            }
            Message::Announced { request, .. } | Message::Pong { request } => self.answered(from, request, effects),
            Message::Value { request, value, version } => {
                if self.awaits(from, request) {
                    self.read.insert(from, (value, version));
                }
                self.answered(from, request, effects);
            }
            Message::Released { token, request }
                if self.waiting == (Waiting::Released { lock: from, token, request }) =>
            {
                self.proceed(effects);
            }
            Message::Rejected { request, reason } => self.rejected(from, request, reason, now, effects),
            Message::Standing { request, valid } if self.awaits(from, request) => {
                self.told_standing(from, valid, now, effects);
            }
            Message::Claimed { request, .. } => self.claimed(from, request, effects),
            // Answers it no longer waits for, and requests, which are not for a client.
            _ => {}
        }
    }

    /// How much of a lease it uses. Rounded down, to be on the safe side.
    pub(super) fn share(&self, length: Duration) -> Duration {
        let used = u128::from(length.0) * u128::from(self.config.trusts.min(ClientConfig::WHOLE));
        Duration((used / u128::from(ClientConfig::WHOLE)) as u64)
    }

    /// Whether it waits for what this lock service says to it.
    fn waits_for(&self, asked: ParticipantId) -> bool {
        self.waits_on() == Some(asked)
    }

    fn awaits(&self, of: ParticipantId, request: RequestId) -> bool {
        self.waiting == (Waiting::Answer { of, request })
    }

    /// Goes on if this is the answer it waits for. An answer that comes twice, or late, is for nobody.
    fn answered(&mut self, of: ParticipantId, request: RequestId, effects: &mut Effects) {
        if self.awaits(of, request) {
            self.proceed(effects);
        }
    }

    /// Becomes a holder. The lease is counted from when it first *asked*, plus the time it stood in line: counted from
    /// the reply it would end too late, counted from the request alone a queued grant would be dead on arrival. A token
    /// lower than the one it holds is an answer from long ago.
    fn granted(
        &mut self,
        lock: ParticipantId,
        request: RequestId,
        (token, seal): (FencingToken, Option<Seal>),
        (waited, after_asking): (Duration, Option<Duration>),
        effects: &mut Effects,
    ) {
        let Waiting::Grant { lock: asked, request: awaited, sent, .. } = self.waiting else { return };
        let is_old = self.beliefs.of(lock).is_some_and(|held| token < held.token);
        if (asked, awaited) != (lock, request) || is_old {
            return;
        }
        let until = after_asking.map(|length| self.asked_first(lock, sent, waited) + length);
        effects.note(Note::Holds { lock, request, token, until });
        self.beliefs.hold(Holding::new(lock, request, token, seal, until));
        if let Some(every) = self.config.renew_every {
            effects.set_timer(Timer::Renew, every);
        }
        self.proceed(effects);
    }

    /// The name is its own, as far as whoever was asked can tell.
    fn claimed(&mut self, by: ParticipantId, answers: RequestId, effects: &mut Effects) {
        let Waiting::Claimed { registry, request, name, .. } = self.waiting else { return };
        if (registry, request) == (by, answers) {
            effects.note(Note::Owns { name, registry });
            self.proceed(effects);
        }
    }

    fn renewed(&mut self, lock: ParticipantId, token: FencingToken, until: Option<LocalTime>, effects: &mut Effects) {
        if self.beliefs.extend(lock, token, until) {
            effects.note(Note::HoldsLonger { lock, token, until });
        }
    }

    /// The lock service has said whether the token is still the holder's. It was true when it said so.
    fn told_standing(&mut self, lock: ParticipantId, valid: bool, now: LocalTime, effects: &mut Effects) {
        if valid {
            return self.proceed(effects);
        }
        if let Some(holding) = self.beliefs.of(lock).cloned() {
            self.leave(&holding, Departure::Lost, effects);
        }
        self.end(Note::Stopped, now, effects);
    }

    /// A lock service says no: the lock is lost, or was never to be had.
    fn refused(&mut self, lock: ParticipantId, token: Option<FencingToken>, now: LocalTime, effects: &mut Effects) {
        match token {
            Some(token) => {
                let Some(holding) = self.beliefs.of(lock).filter(|holding| holding.token == token).cloned() else {
                    return;
                };
                self.leave(&holding, Departure::Lost, effects);
                self.end(Note::Stopped, now, effects);
            }
            None if self.waits_for(lock) => self.end(Note::Stopped, now, effects),
            None => {}
        }
    }

    /// A store says no. A newer holder exists, or the write was computed from something gone: either way, stop. Never
    /// try again with the same token. A no to what was asked under an earlier grant no longer matters. Two kinds of no
    /// are different: a write is missing, which it sends again, or it was applied already.
    fn rejected(
        &mut self,
        store: ParticipantId,
        request: RequestId,
        reason: Refusal,
        now: LocalTime,
        effects: &mut Effects,
    ) {
        match reason {
            Refusal::NoAnnouncements => return self.answered(store, request, effects),
            Refusal::Gap { expected } => return self.resend(store, (request, expected), now, effects),
            Refusal::Repeated { last } if self.was_applied(store, request, last) => {
                self.unanswered.remove(&request);
                return self.answered(store, request, effects);
            }
            _ => {}
        }
        self.unanswered.remove(&request);
        if !self.beliefs.is_current(request) {
            return;
        }
        if let Some(holding) = self.beliefs.newest().filter(|holding| is_fenced_off(holding, reason)).cloned() {
            self.leave(&holding, Departure::Fenced, effects);
        }
        if self.waiting != Waiting::Nothing {
            self.end(Note::Stopped, now, effects);
        }
    }

    /// Sends the write that is missing, and the one that was turned away because of it. Others that were turned away
    /// bring their own answers.
    fn resend(
        &mut self,
        store: ParticipantId,
        (request, expected): (RequestId, Sequence),
        now: LocalTime,
        effects: &mut Effects,
    ) {
        let Some(refused) = self.unanswered.get(&request).filter(|_| self.beliefs.is_current(request)) else { return };
        let is_wanted = |number: Sequence| number == expected || number == refused.sequence;
        let is_kin = |write: &Unanswered| write.store == store && write.message.token() == refused.message.token();
        let writes = self.unanswered.range(..=request).map(|(_, write)| write);
        let again = writes.filter(|write| is_kin(write) && is_wanted(write.sequence)).map(|it| it.message.clone());
        for message in again.collect::<Vec<_>>() {
            self.send(store, message, now, effects);
        }
    }

    /// Whether a write that is too late here was applied the first time it came: it was answered before, or it is the
    /// last one applied, or the store leaves none out.
    fn was_applied(&self, store: ParticipantId, request: RequestId, last: Sequence) -> bool {
        let sent = self.unanswered.get(&request);
        sent.is_none_or(|sent| sent.sequence == last || self.counts_alone(store))
    }
}

/// Whether a store that says this can mean the token of this grant. A late answer to a write under another lock may name
/// a token that this one does not fall short of.
fn is_fenced_off(holding: &Holding, reason: Refusal) -> bool {
    match reason {
        Refusal::Stale { highest } => holding.token < highest,
        Refusal::TokenUsed { highest } => holding.token == highest,
        Refusal::NotHolder | Refusal::NotVouched => true,
        _ => false,
    }
}
