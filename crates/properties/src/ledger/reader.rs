//! One pass over a trace that fills the ledger's books. What it costs is a match an event, and a look into an ordered
//! map for the few that matter.

use std::collections::BTreeMap;

use fencepost_sim::{Fate, ParticipantId, Time};
use fencepost_vocabulary::{Event, EventKind, Message, Note, RequestId, Trace};

use super::acquires::{AcquireBook, Answer};
use super::beliefs::{Belief, BeliefBook};
use super::grants::{EndReason, GrantBook};
use super::origin::{arrival_behind, sending_behind};
use super::writes::{Effect, TurnedAway, Write, WriteBook};
use super::{Ledger, Moment};

pub(super) struct Reader<'t> {
    trace: &'t Trace,
    grants: GrantBook,
    beliefs: BeliefBook,
    writes: WriteBook,
    acquires: AcquireBook,
    crashes: BTreeMap<ParticipantId, Moment>,
    faults_end: Time,
}

impl<'t> Reader<'t> {
    pub fn new(trace: &'t Trace) -> Self {
        Self {
            trace,
            grants: GrantBook::default(),
            beliefs: BeliefBook::default(),
            writes: WriteBook::default(),
            acquires: AcquireBook::default(),
            crashes: BTreeMap::new(),
            faults_end: Time::ZERO,
        }
    }

    pub fn read(mut self) -> Ledger {
        for event in &self.trace.events {
            self.event(event);
        }
        Ledger {
            grants: self.grants.by_lock,
            beliefs: self.beliefs.beliefs,
            writes: self.writes.writes,
            effects: self.writes.effects,
            refusals: self.writes.refusals,
            acquires: self.acquires.acquires,
            crashes: self.crashes,
            faults_end: self.faults_end,
        }
    }

    fn event(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Noted(note) => self.note(event, note),
            EventKind::Sent { to, message, fate, .. } => {
                self.fate(event.time, *fate);
                self.sent(event, *to, message);
            }
            EventKind::Delivered { from, message } => self.arrived(event, *from, message),
            EventKind::FaultStarted { until, .. } => self.meddled(until.unwrap_or(event.time)),
            EventKind::Crashed { recovers, .. } => self.crashed(event, *recovers),
            EventKind::ClockSet { .. } => self.meddled(event.time),
            EventKind::Duplicated { arrives, .. } => self.meddled(*arrives),
            _ => {}
        }
    }

    fn crashed(&mut self, event: &Event, recovers: Option<Time>) {
        self.meddled(recovers.unwrap_or(event.time));
        let at = Moment::of(event);
        self.crashes.entry(event.participant).or_insert(at);
        self.beliefs.crashed(event.participant, at);
    }

    fn fate(&mut self, sent: Time, fate: Fate) {
        if fate.fault().is_some() {
            self.meddled(fate.arrives().unwrap_or(sent));
        }
    }

    /// A fault was still at work at this moment.
    fn meddled(&mut self, moment: Time) {
        self.faults_end = self.faults_end.max(moment);
    }

    fn sent(&mut self, event: &Event, to: ParticipantId, message: &Message) {
        match message {
            Message::Acquire { request } => self.acquires.asked(event.participant, to, *request, Moment::of(event)),
            Message::Write { token, sequence, .. } => self.writes.writes.push(Write {
                store: to,
                writer: event.participant,
                token: *token,
                sequence: *sequence,
                sent: Moment::of(event),
                grant: self.writes.grant_of(event.participant, *token),
                applied: None,
                turned_away: None,
            }),
            _ => {}
        }
    }

    fn arrived(&mut self, event: &Event, from: ParticipantId, message: &Message) {
        match message {
            Message::Release { token } => self.grants.returned(event.participant, from, *token, Moment::of(event)),
            _ => self.answered(event, from, message),
        }
    }

    /// Books a message that answers an acquire; any other is none of its business.
    fn answered(&mut self, event: &Event, from: ParticipantId, message: &Message) {
        let Some(sending) = (match message {
            Message::Granted { .. } | Message::Refused { token: None, .. } => sending_behind(self.trace, event),
            _ => None,
        }) else {
            return;
        };
        let (request, token) = match message {
            Message::Granted { request, token, .. } => (Some(*request), Some(*token)),
            _ => (self.request_behind(sending), None),
        };
        let answer = Answer { sent: Moment::of(sending), arrived: Moment::of(event), token };
        if let Some(request) = request {
            self.acquires.answered(event.participant, from, request, answer);
        }
    }

    /// The acquire that a refusal answers. The refusal does not say, but its cause does.
    fn request_behind(&self, sending: &Event) -> Option<RequestId> {
        match arrival_behind(self.trace, sending)?.kind {
            EventKind::Delivered { message: Message::Acquire { request }, .. } => Some(request),
            _ => None,
        }
    }

    fn note(&mut self, event: &Event, note: &Note) {
        let (here, at) = (event.participant, Moment::of(event));
        match note {
            Note::Granted { client, request, token, lease } => {
                let handler = event.cause.unwrap_or(event.id);
                self.grants.granted(here, (*client, *request, *token), *lease, (at, handler));
            }
            Note::Extended { client, token, lease } => self.grants.extended(here, *client, *token, *lease, at),
            Note::Expired { client, token } => self.grants.ended(here, *client, *token, EndReason::Expired, at),
            Note::Released { .. } => self.released(event, note),
            Note::Holds { .. } => self.holds(event, note),
            Note::HoldsLonger { lock, token, until } => self.beliefs.holds_longer(here, *lock, *token, *until),
            Note::Left { lock, token, departure } => {
                self.writes.left(here, *lock, *token);
                self.beliefs.left(here, *lock, *token, *departure, at);
            }
            Note::Applied { .. } => self.applied(event, note),
            Note::TurnedAway { .. } => self.turned_away(event, note),
            _ => {}
        }
    }

    /// The service freed a grant because someone said so. Its holder's release gives it back, unless that release speaks
    /// of another of its grants and a blind service took it for this one.
    fn released(&mut self, event: &Event, note: &Note) {
        let Note::Released { client, token, by } = note else { return };
        let (lock, at) = (event.participant, Moment::of(event));
        self.grants.ended(lock, *client, *token, EndReason::Released { by: *by }, at);
        let arrival = arrival_behind(self.trace, event).map(|arrival| &arrival.kind);
        let of_another = matches!(arrival, Some(EventKind::Delivered { message: Message::Release { token: shown }, .. }) if shown != token);
        if by == client && !of_another {
            self.grants.returned(lock, *client, *token, at);
        }
    }

    fn holds(&mut self, event: &Event, note: &Note) {
        let Note::Holds { lock, token, until, .. } = note else { return };
        let client = event.participant;
        let sent = sending_behind(self.trace, event).map_or(event.id, |sending| sending.id);
        let grant = self.grants.behind(*lock, client, *token, sent);
        self.writes.holds(client, *lock, *token, grant);
        self.beliefs.holds(Belief {
            client,
            lock: *lock,
            token: *token,
            grant,
            from: Moment::of(event),
            ended: None,
            until_local: *until,
        });
    }

    fn applied(&mut self, event: &Event, note: &Note) {
        let Note::Applied { client, token, sequence, value, version, base } = note else { return };
        let effect = Effect {
            store: event.participant,
            writer: *client,
            token: *token,
            sequence: *sequence,
            value: *value,
            version: *version,
            base: *base,
            applied: Moment::of(event),
            sent: None,
            grant: None,
        };
        self.writes.applied(effect, sending_behind(self.trace, event).map(|sending| sending.id));
    }

    fn turned_away(&mut self, event: &Event, note: &Note) {
        let Note::TurnedAway { client, token, sequence, reason } = note else { return };
        self.writes.turned_away(TurnedAway {
            store: event.participant,
            client: *client,
            token: *token,
            sequence: *sequence,
            reason: *reason,
            at: Moment::of(event),
            sent: sending_behind(self.trace, event).map(Moment::of),
        });
    }
}
