//! One pass over a trace that fills the ledger's books. What it costs is a match an event, and a look into an ordered
//! map for the few that matter.

use fencepost_sim::{ClockTrack, Duration, Fate, ParticipantId, Time};
use fencepost_vocabulary::{Event, EventKind, FencingToken, Message, Note, RequestId, Sequence, Trace};

use super::acquires::{AcquireBook, Answer};
use super::beliefs::{Belief, BeliefBook};
use super::deeds::{DeadGrant, Decision, Deed};
use super::downtimes::{DowntimeBook, Return};
use super::grants::{EndReason, GrantBook, Lease};
use super::membership::{Declaration, GroupBook, Installed, Suspicion};
use super::origin::{arrival_behind, request_behind, sending_behind};
use super::questions::{Asked, Question, QuestionBook};
use super::writes::{Effect, Restored, TurnedAway, Write, WriteBook};
use super::{Ledger, Moment};

pub(super) struct Reader<'t> {
    trace: &'t Trace,
    clocks: ClockTrack,
    grants: GrantBook,
    beliefs: BeliefBook,
    writes: WriteBook,
    acquires: AcquireBook,
    questions: QuestionBook,
    downtimes: DowntimeBook,
    group: GroupBook,
    decisions: Vec<Decision>,
    deeds: Vec<Deed>,
    dead_grants: Vec<DeadGrant>,
    faults_end: Time,
}

impl<'t> Reader<'t> {
    pub fn new(trace: &'t Trace) -> Self {
        Self {
            trace,
            clocks: ClockTrack::read(trace),
            grants: GrantBook::default(),
            beliefs: BeliefBook::default(),
            writes: WriteBook::default(),
            acquires: AcquireBook::default(),
            questions: QuestionBook::default(),
            downtimes: DowntimeBook::default(),
            group: GroupBook::default(),
            decisions: Vec::new(),
            deeds: Vec::new(),
            dead_grants: Vec::new(),
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
            restorations: self.writes.restorations,
            acquires: self.acquires.acquires,
            questions: self.questions.questions,
            downtimes: self.downtimes.downtimes,
            suspicions: self.group.suspicions,
            declarations: self.group.declarations,
            views: self.group.views,
            decisions: self.decisions,
            deeds: self.deeds,
            dead_grants: self.dead_grants,
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
            EventKind::Recovered { disk, incarnation, .. } => {
                let back = Return { at: Moment::of(event), disk: *disk, incarnation: *incarnation };
                self.recovered(event.participant, back);
            }
            EventKind::ClockSet { .. } => self.meddled(event.time),
            EventKind::Duplicated { arrives, .. } => self.meddled(*arrives),
            _ => {}
        }
    }

    fn crashed(&mut self, event: &Event, recovers: Option<Time>) {
        let (who, at) = (event.participant, Moment::of(event));
        self.meddled(recovers.unwrap_or(event.time));
        self.downtimes.crashed(who, at, recovers);
        self.beliefs.crashed(who, at);
        self.group.crashed(who, at);
    }

    fn recovered(&mut self, who: ParticipantId, back: Return) {
        self.downtimes.recovered(who, back);
        self.acquires.reborn(who);
        self.questions.reborn(who);
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
        let (from, at) = (event.participant, Moment::of(event));
        match message {
            Message::Acquire { request } => self.acquires.asked(from, to, *request, at),
            Message::Ok { request, .. } => self.writes.acknowledged(from, to, *request, at),
            Message::Ping { request } => self.asked(event, to, *request, Asked::Presence),
            Message::Ask { request, .. } => self.asked(event, to, *request, Asked::Standing),
            Message::Write { request, token, sequence, .. } => self.writes.sent(Write {
                store: to,
                writer: from,
                token: *token,
                sequence: *sequence,
                request: *request,
                sent: at,
                grant: self.writes.grant_of(from, *token),
                applied: None,
                turned_away: None,
                acknowledged: None,
                confirmed: None,
            }),
            _ => {}
        }
    }

    fn asked(&mut self, event: &Event, whom: ParticipantId, request: RequestId, what: Asked) {
        let (client, asked) = (event.participant, Moment::of(event));
        self.questions.asked(Question { client, whom, request, what, asked, answered: None });
    }

    fn arrived(&mut self, event: &Event, from: ParticipantId, message: &Message) {
        let (here, at) = (event.participant, Moment::of(event));
        match message {
            Message::Release { token } => self.grants.returned(here, from, *token, at),
            Message::Ok { request, .. } => self.writes.confirmed(from, here, *request, at),
            Message::Pong { request } | Message::Standing { request, .. } => {
                self.questions.answered(here, from, *request, at);
            }
            Message::Granted { request, token, .. } => self.answered(event, from, *request, Some(*token)),
            Message::Refused { .. } => self.refused(event, from),
            _ => {}
        }
    }

    /// An answer to an acquire arrives.
    fn answered(&mut self, event: &Event, from: ParticipantId, request: RequestId, token: Option<FencingToken>) {
        let Some(sending) = sending_behind(self.trace, event) else { return };
        let answer = Answer { sent: Moment::of(sending), arrived: Moment::of(event), token };
        self.acquires.answered(event.participant, from, request, answer);
    }

    /// A refusal arrives. It does not say what it answers, but its cause does.
    fn refused(&mut self, event: &Event, from: ParticipantId) {
        let sending = sending_behind(self.trace, event);
        let Some(asked) = sending.and_then(|sending| arrival_behind(self.trace, sending)) else { return };
        let EventKind::Delivered { message, .. } = &asked.kind else { return };
        match message {
            Message::Acquire { request } => self.answered(event, from, *request, None),
            Message::Ask { request, .. } => {
                self.questions.answered(event.participant, from, *request, Moment::of(event));
            }
            _ => {}
        }
    }

    fn note(&mut self, event: &Event, note: &Note) {
        let (here, at) = (event.participant, Moment::of(event));
        match note {
            Note::Granted { client, request, token, lease } => {
                let handler = event.cause.unwrap_or(event.id);
                let lease = lease.map(|length| self.lease(event, length));
                self.grants.granted(here, (*client, *request, *token), lease, (at, handler));
            }
            Note::Extended { client, token, lease } => {
                let ends = lease.map(|length| self.lease(event, length).ends);
                self.grants.extended(here, *client, *token, ends, at);
            }
            Note::Expired { client, token } => self.grants.ended(here, *client, *token, EndReason::Expired, at),
            Note::Released { .. } => self.released(event, note),
            Note::Reopened { holder, .. } => self.grants.reopened(here, *holder, at),
            Note::GrantedToDead { client, token } => {
                let grant = self.grants.latest(here, *client, *token);
                self.dead_grants.extend(grant.map(|grant| DeadGrant { grant, at }));
            }
            Note::Holds { .. } => self.holds(event, note),
            Note::HoldsLonger { lock, token, until } => self.beliefs.holds_longer(here, *lock, *token, *until),
            Note::Left { lock, token, departure } => {
                self.writes.left(here, *lock, *token);
                self.beliefs.left(here, *lock, *token, *departure, at);
            }
            Note::Applied { .. } => self.applied(event, note),
            Note::TurnedAway { .. } => self.turned_away(event, note),
            Note::Restored { version, highest } => {
                self.writes.restored(Restored { store: here, version: *version, highest: *highest, at });
            }
            Note::Acted { what, grant } => {
                let grant = grant.and_then(|(lock, token)| self.beliefs.grant_of(here, lock, token));
                self.deeds.push(Deed { client: here, what: *what, grant, at });
            }
            Note::Decided { attack } => self.decisions.push(Decision { by: here, attack: *attack, at }),
            _ => self.note_of_group(event, note),
        }
    }

    /// What a member says of the others.
    fn note_of_group(&mut self, event: &Event, note: &Note) {
        let (here, at) = (event.participant, Moment::of(event));
        match note {
            Note::Suspects { of, incarnation } => {
                let (of, incarnation) = (*of, *incarnation);
                self.group.suspects(Suspicion { observer: here, of, incarnation, from: at, ended: None });
            }
            Note::Trusts { of } => self.group.trusts(here, *of, at),
            Note::Declared { of, incarnation, view } => {
                let (of, incarnation, view) = (*of, *incarnation, *view);
                self.group.declarations.push(Declaration { by: here, of, incarnation, view, at });
            }
            Note::Installed { view, members } => {
                self.group.installed(Installed { by: here, view: *view, members: members.clone(), at });
            }
            _ => {}
        }
    }

    /// A lease that begins here and now, measured on the monotonic clock of the service.
    fn lease(&self, event: &Event, length: Duration) -> Lease {
        let begins = self.clocks.mono(event.participant, event.time);
        Lease { length, ends: self.clocks.when_mono(event.participant, begins + length) }
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
            lost: None,
        };
        let behind = request_behind(self.trace, event, *client, |message| is_write(message, *token, *sequence));
        self.writes.applied(effect, behind.map(|sending| sending.id));
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
            sent: request_behind(self.trace, event, *client, |message| {
                *sequence == Sequence(0) || is_write(message, *token, *sequence)
            })
            .map(Moment::of),
        });
    }
}

/// Whether this is the write that a store speaks of.
fn is_write(message: &Message, shown: Option<FencingToken>, number: Sequence) -> bool {
    matches!(message, Message::Write { token, sequence, .. } if (*token, *sequence) == (shown, number))
}
