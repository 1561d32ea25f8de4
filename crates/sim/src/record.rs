//! Provenance: what happened and why, kept beside the world so that it never makes two equal worlds differ.
//!
//! The world only ever writes here. A search that needs no trace passes [`Unrecorded`] and pays nothing.

use std::collections::BTreeMap;

use crate::actor::Vocabulary;
use crate::participant::ParticipantId;
use crate::queue::Phase;
use crate::time::Time;
use crate::trace::{End, Event, EventId, EventKind, Trace};

/// Whoever wants to know what happens in a world.
pub trait Recorder<V: Vocabulary> {
    /// Something happened. Returns the event's name, to be used as the cause of others. What it was is made only for
    /// a recorder that keeps it.
    fn record(
        &mut self,
        time: Time,
        phase: Phase,
        participant: ParticipantId,
        cause: Option<EventId>,
        kind: impl FnOnce() -> EventKind<V>,
    ) -> EventId;

    /// The queue's item `sequence` was put there by `cause`. Sequences come in ascending order.
    fn scheduled(&mut self, sequence: u64, cause: Option<EventId>);

    /// What put the queue's item `sequence` there.
    fn cause_of(&self, sequence: u64) -> Option<EventId>;

    /// Which message of its kind on its link is being sent, counted from 1.
    fn ordinal(&mut self, from: ParticipantId, to: ParticipantId, kind: V::MessageKind) -> u32;

    /// How many events were recorded.
    fn len(&self) -> u64;

    /// Whether nothing was recorded yet.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Records everything, for a [`Trace`].
#[derive(Clone, Debug)]
pub struct Recording<V: Vocabulary> {
    events: Vec<Event<V>>,
    causes: Vec<Option<EventId>>,
    sent: BTreeMap<(ParticipantId, ParticipantId, V::MessageKind), u32>,
    /// How many events were counted and not kept; `None` when they are kept.
    counted: Option<u64>,
}

impl<V: Vocabulary> Default for Recording<V> {
    fn default() -> Self {
        Self { events: Vec::new(), causes: Vec::new(), sent: BTreeMap::new(), counted: None }
    }
}

impl<V: Vocabulary> Recording<V> {
    /// Keeps nothing and only counts, like [`Unrecorded`], for a program that also records: every kind of recorder makes
    /// the whole kernel anew, and the page is downloaded.
    pub fn counting() -> Self {
        Self { counted: Some(0), ..Self::default() }
    }

    /// Closes the record of a run that ended for the reason `end`.
    pub fn finish(self, end: End, ended_at: Time, horizon: Time) -> Trace<V> {
        Trace { events: self.events, end, ended_at, horizon }
    }
}

impl<V: Vocabulary> Recorder<V> for Recording<V> {
    fn record(
        &mut self,
        time: Time,
        phase: Phase,
        participant: ParticipantId,
        cause: Option<EventId>,
        kind: impl FnOnce() -> EventKind<V>,
    ) -> EventId {
        if let Some(counted) = &mut self.counted {
            *counted += 1;
            return EventId(0);
        }
        let id = EventId(self.events.len() as u32);
        self.events.push(Event { id, time, phase, participant, cause, kind: kind() });
        id
    }

    fn scheduled(&mut self, sequence: u64, cause: Option<EventId>) {
        if self.counted.is_some() {
            return;
        }
        // What was queued before the recording began has no cause.
        self.causes.resize(sequence as usize, None);
        self.causes.push(cause);
    }

    fn cause_of(&self, sequence: u64) -> Option<EventId> {
        self.causes.get(sequence as usize).copied().flatten()
    }

    fn ordinal(&mut self, from: ParticipantId, to: ParticipantId, kind: V::MessageKind) -> u32 {
        let count = self.sent.entry((from, to, kind)).or_insert(0);
        *count += 1;
        *count
    }

    fn len(&self) -> u64 {
        self.counted.unwrap_or(self.events.len() as u64)
    }
}

/// Records nothing but how much happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unrecorded {
    count: u64,
}

impl<V: Vocabulary> Recorder<V> for Unrecorded {
    fn record(
        &mut self,
        _: Time,
        _: Phase,
        _: ParticipantId,
        _: Option<EventId>,
        _: impl FnOnce() -> EventKind<V>,
    ) -> EventId {
        self.count += 1;
        EventId(0)
    }

    fn scheduled(&mut self, _: u64, _: Option<EventId>) {}

    fn cause_of(&self, _: u64) -> Option<EventId> {
        None
    }

    fn ordinal(&mut self, _: ParticipantId, _: ParticipantId, _: V::MessageKind) -> u32 {
        0
    }

    fn len(&self) -> u64 {
        self.count
    }
}
