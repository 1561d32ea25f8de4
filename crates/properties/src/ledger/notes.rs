//! The part of the pass over a trace that reads what the participants told the observers.

use fencepost_sim::{Duration, EventId, ParticipantId, Time};
use fencepost_vocabulary::{
    Command, Departure, Event, EventKind, FencingToken, Message, Note, RequestId, Sequence, Version,
};

use super::beliefs::Belief;
use super::calls::Giveback;
use super::deeds::{DeadGrant, Decision, Deed};
use super::grants::{EndReason, Lease};
use super::origin::{arrival_behind, request_behind, sending_behind};
use super::reader::Reader;
use super::writes::{Effect, Restored, TurnedAway};
use super::{Content, Moment};

impl<'t> Reader<'t> {
    /// Reads what was told `here`: by a participant, or by a node in the name of what it keeps with others.
    pub(super) fn note(&mut self, event: &'t Event, here: ParticipantId, note: &'t Note) {
        let at = Moment::of(event);
        match note {
            Note::Granted { client, request, token, lease } => {
                let handler = event.cause.unwrap_or(event.id);
                let lease = lease.map(|length| self.lease(event.participant, event.time, length));
                self.grants.granted(here, (*client, *request, *token), lease, (at, handler));
            }
            Note::Extended { client, token, lease } => {
                let ends = lease.map(|length| self.lease(event.participant, event.time, length).ends);
                self.grants.extended(here, *client, *token, ends, at);
            }
            Note::Expired { client, token } => self.grants.ended(here, *client, *token, EndReason::Expired, at),
            Note::Released { .. } => self.released(event, here, note),
            Note::Reopened { holder, .. } => self.reopened(here, *holder, at),
            Note::GrantedToDead { client, token } => {
                let grant = self.grants.latest(here, *client, *token);
                self.dead_grants.extend(grant.map(|grant| DeadGrant { grant, at }));
            }
            Note::Holds { .. } => self.holds(event, note),
            Note::HoldsLonger { lock, token, until } => self.beliefs.holds_longer(here, *lock, *token, *until),
            Note::Left { lock, token, departure } => {
                self.beliefs.left(here, *lock, *token, *departure, at);
                if *departure == Departure::Released {
                    self.gives_back(Giveback { client: here, lock: *lock, token: *token, at });
                }
            }
            Note::Applied { .. } => self.applied(event, here, note),
            Note::TurnedAway { .. } => self.turned_away(event, here, note),
            Note::Restored { version, highest } => {
                self.lineage.restored(here, *version, &self.writes.effects);
                let holds = self.lineage.content(here);
                self.writes.restored(Restored { store: here, version: *version, highest: *highest, holds, at });
            }
            Note::Acted { what, grant } => {
                let grant = grant.and_then(|(lock, token)| self.beliefs.grant_of(here, lock, token));
                self.deeds.push(Deed { client: here, what: *what, grant, at });
            }
            Note::Decided { attack } => self.decisions.push(Decision { by: here, attack: *attack, at }),
            Note::Unanswered { of } => {
                self.questions.given_up(here, *of, at);
                self.requests.given_up(here, *of, at);
                self.acquires.given_up(here, *of, at);
            }
            Note::Stopped => self.requests.dropped(here),
            _ => self.note_of_member(event, note),
        }
    }

    /// A lease that begins at a moment, measured on the monotonic clock of the service.
    pub(super) fn lease(&self, service: ParticipantId, begins: Time, length: Duration) -> Lease {
        let begins = self.clocks.mono(service, begins);
        Lease { length, ends: self.clocks.when_mono(service, begins + length) }
    }

    /// The service is back, with the grant that its disk has kept. One that nobody had told of was made by the step in
    /// which the service crashed, and its lease has run from then on.
    fn reopened(&mut self, lock: ParticipantId, holder: Option<(ParticipantId, FencingToken)>, at: Moment) {
        let made = self.downtimes.latest(lock).map_or(at, |down| down.from);
        let lease = self.keepers.lease(lock).map(|length| self.lease(lock, made.time, length));
        self.grants.reopened(lock, holder, (made, lease), at);
    }

    /// The service freed a grant because someone said so. Its holder's release gives it back, unless that release speaks
    /// of another of its grants and a blind service took it for this one.
    fn released(&mut self, event: &Event, lock: ParticipantId, note: &Note) {
        let Note::Released { client, token, by } = note else { return };
        let at = Moment::of(event);
        self.grants.ended(lock, *client, *token, EndReason::Released { by: *by }, at);
        if by != client {
            return;
        }
        let arrival = arrival_behind(self.trace, event);
        match arrival.map(|arrival| &arrival.kind) {
            Some(EventKind::Delivered { message: Message::Release { token: Some(shown), .. }, .. })
                if shown != token => {}
            Some(EventKind::Delivered { message: Message::Release { token: None, .. }, .. }) => {
                let said = arrival.and_then(|arrival| sending_behind(self.trace, arrival)).map(Moment::of);
                self.returned_unnamed(lock, (*client, *token), said, at);
            }
            _ => self.grants.returned(lock, *client, *token, at),
        }
    }

    /// A holder's release that shows no token, of a program that does not know that it holds the lock. It is about what
    /// its sender had when it said so, and not about what it was granted only later.
    fn returned_unnamed(
        &mut self,
        lock: ParticipantId,
        (client, token): (ParticipantId, FencingToken),
        said: Option<Moment>,
        at: Moment,
    ) {
        let granted = self.grants.latest(lock, client, token).and_then(|name| self.grants.granted_at(name));
        if let (Some(granted), Some(said)) = (granted, said)
            && granted < said
        {
            self.grants.returned(lock, client, token, at);
            self.gives_back(Giveback { client, lock, token, at: said });
        }
    }

    fn holds(&mut self, event: &Event, note: &Note) {
        let Note::Holds { lock, token, until, .. } = note else { return };
        let client = event.participant;
        let grant = match self.keepers.ring(*lock) {
            Some(_) => self.has_keys(event, note),
            None if self.keepers.is_pair(*lock) => self.grants.latest(*lock, client, *token),
            None => {
                let sent = sending_behind(self.trace, event).map_or(event.id, |sending| sending.id);
                self.grants.behind(*lock, client, *token, sent)
            }
        };
        let (from, until_local) = (Moment::of(event), *until);
        let belief = Belief { client, lock: *lock, token: *token, grant, from, ended: None, until_local };
        let belief = self.beliefs.holds(belief);
        if grant.is_some() {
            self.writes.holds(client, *lock, belief);
        }
    }

    fn applied(&mut self, event: &Event, store: ParticipantId, note: &Note) {
        let Note::Applied { client, token, sequence, value, version, base } = note else { return };
        let effect = Effect {
            store,
            writer: *client,
            token: *token,
            sequence: *sequence,
            value: *value,
            version: *version,
            base: *base,
            applied: Moment::of(event),
            sent: None,
            footing: None,
            lost: None,
        };
        let number = self.logged_request(event);
        let is_it =
            |message: &Message| is_write(message, *token, *sequence) && number.is_none_or(|its| is_of(message, its));
        let behind = request_behind(self.trace, event, *client, is_it);
        let over = self.held_before(event, store);
        self.writes.applied(effect, behind.map(|sending| sending.id), number);
        self.lineage.applied(over, &self.writes.writes, &self.writes.effects);
    }

    /// The number of the request that stands in the log of the node that tells of its consequence.
    fn logged_request(&self, event: &Event) -> Option<RequestId> {
        let EventKind::Noted(Note::For { index, .. }) = &event.kind else { return None };
        match &self.logs.entry(event.participant, *index)?.command {
            Command::Serve { message, .. } => match **message {
                Message::Write { request, .. } => Some(request),
                _ => None,
            },
            Command::Nothing | Command::Expire { .. } => None,
        }
    }

    /// What a store held before the write of this event was applied: in the log of the node that tells of it, if several
    /// keep the store.
    fn held_before(&self, event: &Event, store: ParticipantId) -> Content {
        match &event.kind {
            EventKind::Noted(Note::For { index, .. }) => {
                self.logs.latest_write(event.participant, (store, *index), |_| true)
            }
            _ => self.lineage.content(store),
        }
    }

    /// Somebody answers a read. What a node shows is the write in its own log that left this version.
    pub(super) fn shows(&mut self, event: &Event, version: Version) {
        let (store, effects) = (self.keepers.store(event.participant), &self.writes.effects);
        let content = match self.keepers.shares_store(event.participant) {
            true => {
                let place = (store, u32::MAX);
                self.logs.latest_write(event.participant, place, |effect| effects[effect].version == version).map(Some)
            }
            false => self.lineage.at_version(self.lineage.content(store), version, effects),
        };
        if let Some(content) = content {
            self.lineage.shows(event.id, content);
        }
    }

    /// The answer to a read arrives; it counts if nobody has answered that before.
    pub(super) fn sees(
        &mut self,
        event: &Event,
        (client, store): (ParticipantId, ParticipantId),
        request: RequestId,
        version: Version,
    ) {
        if let Some(answer) = sending_behind(self.trace, event).filter(|_| self.calls.is_open(client, store, request)) {
            self.lineage.sees((client, store), version, answer.id);
        }
    }

    /// The sending of the write that an answer answers, if its causes tell.
    pub(super) fn write_behind(&self, event: &Event, writer: ParticipantId, number: RequestId) -> Option<EventId> {
        request_behind(self.trace, event, writer, |message| is_of(message, number)).map(|sending| sending.id)
    }

    fn turned_away(&mut self, event: &Event, store: ParticipantId, note: &Note) {
        let Note::TurnedAway { client, token, sequence, reason } = note else { return };
        self.writes.turned_away(TurnedAway {
            store,
            client: *client,
            token: *token,
            sequence: *sequence,
            reason: *reason,
            at: Moment::of(event),
            sent: request_behind(self.trace, event, *client, |message| {
                *sequence == Sequence(0) || is_write(message, *token, *sequence)
            })
            .map(Moment::of),
        });
    }
}

/// Whether this is a write under this number.
fn is_of(message: &Message, number: RequestId) -> bool {
    matches!(message, Message::Write { request, .. } if *request == number)
}

/// Whether this is the write that a store speaks of.
fn is_write(message: &Message, shown: Option<FencingToken>, number: Sequence) -> bool {
    matches!(message, Message::Write { token, sequence, .. } if (*token, *sequence) == (shown, number))
}
