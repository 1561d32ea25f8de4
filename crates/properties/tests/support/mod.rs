//! Traces written by hand: [`Trail`] lays one event after the other, [`story`] reads them from text.
//!
//! No protocol runs here, so a trace can hold what no honest service would do.

pub mod random;
pub mod story;
mod story_groups;
mod story_words;

use std::collections::BTreeMap;

use fencepost_sim::{Disk, Duration, End, EventId, Fate, FaultId, LocalTime, ParticipantId, Phase, Rate, Time};
use fencepost_vocabulary::{
    Departure, Event, EventKind, FencingToken, Message, Note, Refusal, RequestId, Sequence, Trace, Value, Version,
};

/// A message that can still arrive.
struct UnderWay {
    from: ParticipantId,
    to: ParticipantId,
    message: Message,
    event: EventId,
}

/// A trace in the making. What the causes are follows from who did what last.
#[derive(Default)]
pub struct Trail {
    events: Vec<Event>,
    under_way: Vec<UnderWay>,
    handlers: BTreeMap<ParticipantId, EventId>,
}

/// A write as a test speaks of it.
#[derive(Clone, Copy)]
pub struct WriteSpec {
    pub token: Option<FencingToken>,
    pub sequence: Sequence,
    pub base: Option<Version>,
}

impl WriteSpec {
    pub fn message(self) -> Message {
        Message::Write {
            request: RequestId(self.sequence.0),
            token: self.token,
            sequence: self.sequence,
            value: Value::Number(1),
            base: self.base,
            seal: None,
        }
    }
}

impl Trail {
    pub fn finish(self, end: End, ended_at: Time, horizon: Time) -> Trace {
        Trace { events: self.events, end, ended_at, horizon }
    }

    /// The number of events so far.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    pub fn send(&mut self, time: Time, from: ParticipantId, to: ParticipantId, message: Message, fate: Fate) {
        let kind = EventKind::Sent { to, message: message.clone(), ordinal: 1, fate };
        let event = self.push(time, from, self.handlers.get(&from).copied(), kind);
        if fate.arrives().is_some() {
            self.under_way.push(UnderWay { from, to, message, event });
        }
    }

    /// The network copies the last message sent on this link.
    pub fn copy(&mut self, time: Time, from: ParticipantId, to: ParticipantId) {
        let last = self.under_way.iter().rfind(|mail| mail.from == from && mail.to == to);
        let last = last.expect("a message to copy");
        let (message, cause) = (last.message.clone(), last.event);
        let kind = EventKind::Duplicated { fault: FaultId(0), to, arrives: time };
        let event = self.push(time, from, Some(cause), kind);
        self.under_way.push(UnderWay { from, to, message, event });
    }

    /// The oldest message on its way that `matches` arrives.
    pub fn deliver(&mut self, time: Time, from: ParticipantId, to: ParticipantId, matches: impl Fn(&Message) -> bool) {
        let place = self.under_way.iter().position(|mail| mail.from == from && mail.to == to && matches(&mail.message));
        let mail = self.under_way.remove(place.expect("a message of that kind is on its way"));
        let event = self.push(time, to, Some(mail.event), EventKind::Delivered { from, message: mail.message });
        self.handlers.insert(to, event);
    }

    pub fn note(&mut self, time: Time, who: ParticipantId, note: Note) {
        self.push(time, who, self.handlers.get(&who).copied(), EventKind::Noted(note));
    }

    /// The participant is down from now on; what it was doing causes nothing any more.
    pub fn crash(&mut self, time: Time, who: ParticipantId, recovers: Option<Time>) {
        let event = self.push(time, who, None, EventKind::Crashed { fault: FaultId(0), recovers });
        self.handlers.insert(who, event);
    }

    /// It is back.
    pub fn recover(&mut self, time: Time, who: ParticipantId, disk: Disk) {
        let cause = self.handlers.get(&who).copied();
        let lives = self
            .events
            .iter()
            .filter(|event| event.participant == who && matches!(event.kind, EventKind::Recovered { .. }));
        let incarnation = lives.count() as u32 + 2;
        let event = self.push(time, who, cause, EventKind::Recovered { fault: FaultId(0), disk, incarnation });
        self.handlers.insert(who, event);
    }

    /// Its clocks are set.
    pub fn set_clock(&mut self, time: Time, who: ParticipantId, rate: Rate, jumped: i64) {
        self.push(time, who, None, EventKind::ClockSet { fault: FaultId(0), rate, jumped });
    }

    pub fn fault(&mut self, time: Time, who: ParticipantId, until: Option<Time>) {
        self.push(time, who, None, EventKind::FaultStarted { fault: FaultId(0), until });
    }

    /// The lock service makes a grant and sends it.
    pub fn grant(
        &mut self,
        time: Time,
        lock: ParticipantId,
        (client, request, token): (ParticipantId, u32, u64),
        lease: Option<Duration>,
        fate: Fate,
    ) {
        let (request, token) = (RequestId(request), FencingToken(token));
        self.note(time, lock, Note::Granted { client, request, token, lease });
        self.send(
            time,
            lock,
            client,
            Message::Granted { request, token, waited: Duration::ZERO, lease, seal: None },
            fate,
        );
    }

    /// The grant reaches the client, which believes it.
    pub fn hold(&mut self, time: Time, client: ParticipantId, lock: ParticipantId, token: u64) {
        let token = FencingToken(token);
        self.deliver(time, lock, client, |message| message.token() == Some(token));
        let until = Some(LocalTime(time.0 + 10_000_000));
        self.note(time, client, Note::Holds { lock, request: RequestId(1), token, until });
    }

    pub fn leave(&mut self, time: Time, client: ParticipantId, lock: ParticipantId, token: u64, departure: Departure) {
        self.note(time, client, Note::Left { lock, token: FencingToken(token), departure });
    }

    pub fn write(&mut self, time: Time, client: ParticipantId, store: ParticipantId, write: WriteSpec, fate: Fate) {
        self.send(time, client, store, write.message(), fate);
    }

    pub fn apply(&mut self, time: Time, store: ParticipantId, client: ParticipantId, write: WriteSpec, version: u64) {
        self.deliver(time, client, store, |message| *message == write.message());
        self.applied(time, store, client, write, version);
    }

    /// As [`Trail::apply`], of a write that the store finds on its disk after a crash.
    pub fn applied(&mut self, time: Time, store: ParticipantId, client: ParticipantId, write: WriteSpec, version: u64) {
        let WriteSpec { token, sequence, base } = write;
        let note = Note::Applied { client, token, sequence, value: Value::Number(1), version: Version(version), base };
        self.note(time, store, note);
    }

    pub fn reject(
        &mut self,
        time: Time,
        store: ParticipantId,
        client: ParticipantId,
        write: WriteSpec,
        reason: Refusal,
    ) {
        self.deliver(time, client, store, |message| *message == write.message());
        self.rejected(time, store, client, write, reason);
    }

    /// As [`Trail::reject`], of what the store had taken in before: its last handler may be another's.
    pub fn rejected(
        &mut self,
        time: Time,
        store: ParticipantId,
        client: ParticipantId,
        write: WriteSpec,
        reason: Refusal,
    ) {
        let WriteSpec { token, sequence, .. } = write;
        self.note(time, store, Note::TurnedAway { client, token, sequence, reason });
    }

    fn push(&mut self, time: Time, participant: ParticipantId, cause: Option<EventId>, kind: EventKind) -> EventId {
        assert!(self.events.last().is_none_or(|last| last.time <= time), "a trail goes forward in time");
        let id = EventId(self.events.len() as u32);
        self.events.push(Event { id, time, phase: Phase::Delivery, participant, cause, kind });
        id
    }
}
