//! Runs that nobody ran: a trace put together by hand, so that a picture can be looked at event by event.
#![allow(dead_code, reason = "each test file uses its part")]

use fencepost_properties::{Ledger, Verdict};
use fencepost_scenario::{Document, Scenario};
use fencepost_scene::{Options, Scene, View, lay_out};
use fencepost_sim::{Duration, End, EventId, Fate, FaultId, LocalTime, ParticipantId, Phase, Time};
use fencepost_vocabulary::{
    Cast, Command, Entries, Entry, Event, EventKind, Member, Message, Note, Object, ObjectKind, Position, RequestId,
    RoleKind, Term, Trace,
};
use std::sync::Arc;

/// Something that was put on the stage, by its place.
pub type Cue = usize;

struct Item {
    time: Time,
    who: ParticipantId,
    cause: Option<Cue>,
    kind: EventKind,
}

/// A run under construction.
pub struct Stage {
    pub cast: Cast,
    pub scenario: Scenario,
    pub verdicts: Vec<Verdict>,
    items: Vec<Item>,
    delay: u64,
}

/// A finished one.
pub struct Staged {
    pub cast: Cast,
    pub scenario: Scenario,
    pub verdicts: Vec<Verdict>,
    pub trace: Trace,
    pub ledger: Ledger,
}

pub fn ms(millis: u64) -> Time {
    Time::from_millis(millis)
}

pub fn id(place: u16) -> ParticipantId {
    ParticipantId(place)
}

/// A group of so many nodes, followed by these clients.
pub fn group(nodes: u16, clients: &[&str]) -> Cast {
    let quorum = u32::from(nodes) / 2 + 1;
    let (heartbeat, timeout) = (Duration::from_millis(100), Duration::from_millis(2_000));
    let role = RoleKind::Node { group: id(0), heartbeat, timeout, quorum, traitor: false };
    let mut members: Vec<Member> = (1..=nodes).map(|n| Member { name: format!("N{n}"), role }).collect();
    members.extend(clients.iter().map(|name| Member { name: (*name).to_owned(), role: RoleKind::Client }));
    Cast::of(members)
}

pub fn object(name: &str, kind: ObjectKind, nodes: std::ops::Range<u16>) -> Object {
    Object { name: name.to_owned(), kind, nodes: nodes.map(id).collect() }
}

/// An empty append.
pub fn beat(term: u32) -> Message {
    append(term, 0, &[], 0)
}

pub fn append(term: u32, previous: u32, entries: &[Entry], commit: u32) -> Message {
    let previous = Position { index: previous, term: Term(term) };
    Message::Append { term: Term(term), previous, entries: Entries(entries.to_vec()), commit, sent: LocalTime(0) }
}

pub fn appended(term: u32, matched: u32) -> Message {
    Message::Appended { term: Term(term), matched: Some(matched), length: matched, sent: LocalTime(0) }
}

pub fn vote(term: u32, granted: bool) -> Message {
    Message::Vote { term: Term(term), granted, trial: false }
}

pub fn request_vote(term: u32, trial: bool) -> Message {
    Message::RequestVote { term: Term(term), last: Position::default(), trial }
}

/// An entry that asks for a lock.
pub fn acquire(term: u32, from: ParticipantId) -> Entry {
    let message = Arc::new(Message::Acquire { request: RequestId(1) });
    Entry { term: Term(term), command: Command::Serve { from, message } }
}

impl Stage {
    pub fn new(cast: Cast, text: &str) -> Self {
        let scenario = Document::new(format!("fencepost 1\n{text}")).parse().scenario;
        Self { cast, scenario, verdicts: Vec::new(), items: Vec::new(), delay: 50 }
    }

    fn put(&mut self, at: u64, who: ParticipantId, cause: Option<Cue>, kind: EventKind) -> Cue {
        self.items.push(Item { time: ms(at), who, cause, kind });
        self.items.len() - 1
    }

    /// A message that arrives; the cue is its arrival.
    pub fn send(
        &mut self,
        at: u64,
        from: ParticipantId,
        to: ParticipantId,
        message: Message,
        cause: Option<Cue>,
    ) -> Cue {
        let arrives = ms(at + self.delay);
        self.travels(at, from, to, message, cause, Fate::OnTime { arrives })
    }

    /// A message with this fate; the cue is its arrival, or its sending if it never arrives.
    pub fn travels(
        &mut self,
        at: u64,
        from: ParticipantId,
        to: ParticipantId,
        message: Message,
        cause: Option<Cue>,
        fate: Fate,
    ) -> Cue {
        let alike = |item: &&Item| match &item.kind {
            EventKind::Sent { to: whom, message: other, .. } => {
                (item.who, *whom, other.kind()) == (from, to, message.kind())
            }
            _ => false,
        };
        let ordinal = self.items.iter().filter(alike).count() as u32 + 1;
        let sent = self.put(at, from, cause, EventKind::Sent { to, message: message.clone(), ordinal, fate });
        let Some(arrives) = fate.arrives() else { return sent };
        self.items.push(Item {
            time: arrives,
            who: to,
            cause: Some(sent),
            kind: EventKind::Delivered { from, message },
        });
        self.items.len() - 1
    }

    /// A message that the first fault of the scenario loses.
    pub fn lose(&mut self, at: u64, from: ParticipantId, to: ParticipantId, message: Message) {
        self.travels(at, from, to, message, None, Fate::Dropped { fault: FaultId(0) });
    }

    pub fn note(&mut self, at: u64, who: ParticipantId, note: Note, cause: Option<Cue>) -> Cue {
        self.put(at, who, cause, EventKind::Noted(note))
    }

    pub fn cut(&mut self, from: u64, until: u64) {
        let kind = EventKind::FaultStarted { fault: FaultId(0), until: Some(ms(until)) };
        self.put(from, ParticipantId::NETWORK, None, kind);
        self.put(until, ParticipantId::NETWORK, None, EventKind::FaultEnded { fault: FaultId(0) });
    }

    /// A leader's heartbeats from one moment to another, to those who hear them and to those who do not.
    pub fn beats(&mut self, (from, until): (u64, u64), leader: ParticipantId, term: u32, hear: &[u16], deaf: &[u16]) {
        for at in (from..until).step_by(100) {
            for node in deaf {
                self.lose(at, leader, id(*node), beat(term));
            }
            let mut last = None;
            for node in hear {
                let heard = self.send(at, leader, id(*node), beat(term), None);
                last = Some(self.send(at + self.delay, id(*node), leader, appended(term, 0), Some(heard)));
            }
            if last.is_some() {
                self.note(
                    at + 2 * self.delay,
                    leader,
                    Note::Backed { term: Term(term), sent: LocalTime(at * 1_000) },
                    last,
                );
            }
        }
    }

    /// An election that is won with the votes of these.
    pub fn elect(&mut self, at: u64, candidate: ParticipantId, term: u32, voters: &[u16]) {
        let term = Term(term);
        self.note(at, candidate, Note::Enters { term }, None);
        self.note(at, candidate, Note::Campaigns { term, trial: false }, None);
        self.note(at, candidate, Note::Votes { term, candidate }, None);
        let mut last = None;
        for voter in voters {
            let asked = self.send(at, candidate, id(*voter), request_vote(term.0, false), None);
            self.note(at + 50, id(*voter), Note::Enters { term }, Some(asked));
            self.note(at + 50, id(*voter), Note::Votes { term, candidate }, Some(asked));
            last = Some(self.send(at + 50, id(*voter), candidate, vote(term.0, true), Some(asked)));
        }
        self.note(at + 100, candidate, Note::Leads { term }, last);
    }

    pub fn ends(self, until: u64) -> Staged {
        let mut order: Vec<usize> = (0..self.items.len()).filter(|it| self.items[*it].time <= ms(until)).collect();
        order.sort_by_key(|place| (self.items[*place].time, *place));
        let mut ids = vec![None; self.items.len()];
        for (number, place) in order.iter().enumerate() {
            ids[*place] = Some(EventId(number as u32));
        }
        let event = |(number, place): (usize, &usize)| {
            let Item { time, who, cause, kind } = &self.items[*place];
            let cause = cause.and_then(|cue| ids[cue]);
            let id = EventId(number as u32);
            Event { id, time: *time, phase: Phase::Timer, participant: *who, cause, kind: kind.clone() }
        };
        let events = order.iter().enumerate().map(event).collect();
        let trace = Trace { events, end: End::Horizon, ended_at: ms(until), horizon: ms(until) };
        let ledger = Ledger::read(&trace, &self.cast);
        let Self { cast, scenario, verdicts, .. } = self;
        Staged { cast, scenario, verdicts, trace, ledger }
    }
}

impl Staged {
    pub fn view(&self) -> View<'_> {
        let Self { cast, scenario, verdicts, trace, ledger } = self;
        View { scenario, cast, trace, ledger, verdicts }
    }

    pub fn scene(&self, options: &Options) -> Scene {
        lay_out(&self.view(), options)
    }
}
