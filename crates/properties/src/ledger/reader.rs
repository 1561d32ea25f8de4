//! One pass over a trace that fills the ledger's books. What it costs is a match an event, and a look into an ordered
//! map for the few that matter. What participants told the observers is read in [`super::notes`].

use fencepost_sim::{ClockTrack, Disk, Fate, ParticipantId, Time};
use fencepost_vocabulary::{Cast, Event, EventKind, FencingToken, Message, Operation, RequestId, Trace};

use super::acquires::{AcquireBook, Answer};
use super::beliefs::BeliefBook;
use super::calls::{CallBook, Giveback};
use super::deeds::{DeadGrant, Decision, Deed};
use super::downtimes::{DowntimeBook, Return};
use super::faults::{FaultBook, FaultEnd};
use super::grants::GrantBook;
use super::keepers::Keepers;
use super::keys::KeyBook;
use super::lineage::LineageBook;
use super::logs::LogBook;
use super::membership::GroupBook;
use super::orders::{Lie, Ownership, Proposal};
use super::origin::{arrival_behind, sending_behind};
use super::questions::{Asked, Question, QuestionBook};
use super::terms::TermBook;
use super::writes::{Write, WriteBook};
use super::{Ledger, Moment};

pub(super) struct Reader<'t> {
    pub(super) trace: &'t Trace,
    pub(super) keepers: Keepers,
    pub(super) clocks: ClockTrack,
    pub(super) grants: GrantBook,
    pub(super) beliefs: BeliefBook,
    pub(super) writes: WriteBook,
    pub(super) lineage: LineageBook,
    pub(super) acquires: AcquireBook,
    pub(super) questions: QuestionBook,
    pub(super) requests: QuestionBook,
    pub(super) downtimes: DowntimeBook,
    pub(super) group: GroupBook,
    pub(super) terms: TermBook,
    pub(super) logs: LogBook<'t>,
    pub(super) keys: KeyBook,
    pub(super) calls: CallBook,
    pub(super) owned: Vec<Ownership>,
    pub(super) proposals: Vec<Proposal>,
    pub(super) lies: Vec<Lie>,
    pub(super) decisions: Vec<Decision>,
    pub(super) deeds: Vec<Deed>,
    pub(super) dead_grants: Vec<DeadGrant>,
    faults: FaultBook,
}

impl<'t> Reader<'t> {
    pub fn new(trace: &'t Trace, cast: &Cast) -> Self {
        Self {
            trace,
            keepers: Keepers::of(cast),
            clocks: ClockTrack::read(trace),
            grants: GrantBook::default(),
            beliefs: BeliefBook::default(),
            writes: WriteBook::default(),
            lineage: LineageBook::default(),
            acquires: AcquireBook::default(),
            questions: QuestionBook::default(),
            requests: QuestionBook::default(),
            downtimes: DowntimeBook::default(),
            group: GroupBook::default(),
            terms: TermBook::default(),
            logs: LogBook::default(),
            keys: KeyBook::default(),
            calls: CallBook::default(),
            owned: Vec::new(),
            proposals: Vec::new(),
            lies: Vec::new(),
            decisions: Vec::new(),
            deeds: Vec::new(),
            dead_grants: Vec::new(),
            faults: FaultBook::default(),
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
            lineage: self.lineage.lineage,
            origins: self.lineage.origins,
            refusals: self.writes.refusals,
            restorations: self.writes.restorations,
            acquires: self.acquires.acquires,
            questions: self.questions.questions,
            requests: self.requests.questions,
            downtimes: self.downtimes.downtimes,
            suspicions: self.group.suspicions,
            declarations: self.group.declarations,
            views: self.group.views,
            reigns: self.terms.reigns,
            commits: self.logs.commits,
            calls: self.calls.calls,
            givebacks: self.calls.givebacks,
            owned: self.owned,
            proposals: self.proposals,
            lies: self.lies,
            decisions: self.decisions,
            deeds: self.deeds,
            dead_grants: self.dead_grants,
            last_fault: self.faults.last,
            endless: self.faults.endless,
        }
    }

    fn event(&mut self, event: &'t Event) {
        match &event.kind {
            EventKind::Noted(note) => self.note(event, event.participant, note),
            EventKind::Sent { to, message, fate, .. } => {
                self.fate(event.time, *fate);
                self.sent(event, *to, message);
            }
            EventKind::Delivered { from, message } => self.arrived(event, *from, message),
            EventKind::FaultStarted { fault, until } => self.faults.started(*fault, event.time, *until),
            EventKind::Crashed { recovers, .. } => self.crashed(event, *recovers),
            EventKind::Recovered { disk, incarnation, .. } => {
                let back = Return { at: Moment::of(event), disk: *disk, incarnation: *incarnation };
                self.recovered(event.participant, back);
            }
            EventKind::ClockSet { .. } => self.faults.note(event.time, FaultEnd::Struck),
            EventKind::Duplicated { arrives, .. } => self.faults.note(*arrives, FaultEnd::Over),
            _ => {}
        }
    }

    fn crashed(&mut self, event: &Event, recovers: Option<Time>) {
        let (who, at) = (event.participant, Moment::of(event));
        self.faults.crashed(event.time, recovers);
        self.downtimes.crashed(who, at, recovers);
        self.beliefs.crashed(who, at);
        self.writes.crashed(who);
        self.group.crashed(who, at);
        self.terms.ended(who, at);
        if recovers.is_none() {
            let undone = self.logs.died(&self.keepers, who);
            self.undone(undone, at);
        }
        if let Some(pair) = self.keepers.pair(who) {
            self.grants.are_given_back(pair, who, at);
        }
    }

    fn recovered(&mut self, who: ParticipantId, back: Return) {
        self.downtimes.recovered(who, back);
        self.calls.reborn(who);
        let undone = self.logs.reborn(&self.keepers, who, back.disk == Disk::Wiped);
        self.undone(undone, back.at);
        self.writes.reborn(who, back.at);
        self.acquires.reborn(who);
        self.questions.reborn(who);
        self.requests.reborn(who);
    }

    fn fate(&mut self, sent: Time, fate: Fate) {
        if let Some(fault) = fate.fault() {
            self.faults.hit(fault, sent, fate.arrives());
        }
    }

    fn sent(&mut self, event: &Event, to: ParticipantId, message: &Message) {
        let (from, at) = (event.participant, Moment::of(event));
        self.requested(event, to, message);
        match message {
            Message::Acquire { request } => self.acquires.asked(from, self.keepers.lock(to), *request, at),
            Message::Take { request, .. } => {
                let lock = self.keepers.keys(to).unwrap_or(to);
                self.acquires.wants(from, lock, *request, at);
            }
            Message::Release { token: Some(token), .. } => {
                self.gives_back(Giveback { client: from, lock: self.keepers.lock(to), token: *token, at });
            }
            Message::Read { request, .. } => {
                self.calls.began(from, self.keepers.store(to), *request, Operation::Read, at);
            }
            Message::Ok { request, .. } => {
                let sent = self.write_behind(event, to, *request);
                self.writes.acknowledged(self.keepers.store(from), to, (*request, sent), at);
            }
            Message::Value { version, .. } => self.shows(event, *version),
            Message::Ping { request } => self.asked(event, to, *request, Asked::Presence),
            Message::Ask { request, .. } => self.asked(event, self.keepers.lock(to), *request, Asked::Standing),
            Message::Write { .. } => self.write(event, self.keepers.store(to), message),
            _ => {}
        }
    }

    fn write(&mut self, event: &Event, store: ParticipantId, message: &Message) {
        let Message::Write { request, token, sequence, value, base, .. } = message else { return };
        let (writer, sent) = (event.participant, Moment::of(event));
        self.calls.began(writer, store, *request, Operation::Write(*value), sent);
        let write = Write {
            store,
            writer,
            token: *token,
            sequence: *sequence,
            request: *request,
            sent,
            footing: self.writes.footing(store, writer, *request, sent),
            applied: None,
            turned_away: None,
            acknowledged: None,
            confirmed: None,
        };
        let passed_on = sending_behind(self.trace, event).filter(|_| self.keepers.pair(writer).is_some());
        self.lineage.sent(&write, *base, passed_on.map(|sending| sending.id), &self.writes.writes);
        self.writes.sent(write);
    }

    pub(super) fn asked(&mut self, event: &Event, whom: ParticipantId, request: RequestId, what: Asked) {
        let (client, asked) = (event.participant, Moment::of(event));
        let question = Question { client, whom, request, what, asked, answered: None, given_up: None, dropped: false };
        match what {
            Asked::Presence | Asked::Standing => self.questions.asked(question),
            _ => self.requests.asked(question),
        }
    }

    fn arrived(&mut self, event: &Event, from: ParticipantId, message: &Message) {
        let (here, at) = (event.participant, Moment::of(event));
        self.replied(event, from, message);
        match message {
            // Where a group keeps the lock, a release counts when it is committed: its nodes have granted nothing themselves.
            Message::Release { token: Some(token), .. } => self.grants.returned(here, from, *token, at),
            Message::Ok { request, .. } => {
                let store = self.keepers.store(from);
                let sent = self.write_behind(event, here, *request);
                self.writes.confirmed(store, here, (*request, sent), at);
                self.calls.ended(here, store, *request, None, at);
            }
            Message::Value { request, value, version } => {
                self.sees(event, (here, self.keepers.store(from)), *request, *version);
                self.calls.ended(here, self.keepers.store(from), *request, Some(*value), at);
            }
            Message::Rejected { request, .. } => self.calls.refused(here, self.keepers.store(from), *request, at),
            Message::Pong { request } => self.questions.answered(here, from, *request, at),
            Message::Standing { request, .. } => {
                self.questions.answered(here, self.keepers.lock(from), *request, at);
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
        self.acquires.answered(event.participant, self.keepers.lock(from), request, answer);
    }

    /// A refusal arrives. It does not say what it answers, but its cause does.
    fn refused(&mut self, event: &Event, from: ParticipantId) {
        let sending = sending_behind(self.trace, event);
        let Some(asked) = sending.and_then(|sending| arrival_behind(self.trace, sending)) else { return };
        let EventKind::Delivered { message, .. } = &asked.kind else { return };
        match message {
            Message::Acquire { request } => self.answered(event, from, *request, None),
            Message::Ask { request, .. } => {
                self.questions.answered(event.participant, self.keepers.lock(from), *request, Moment::of(event));
            }
            Message::Read { request, .. } | Message::Write { request, .. } => {
                let store = self.keepers.store(from);
                self.requests.answered(event.participant, store, *request, Moment::of(event));
                self.calls.refused(event.participant, store, *request, Moment::of(event));
            }
            _ => {}
        }
    }
}
