//! What led to what: the past of an event, and the short list of what a verdict rests on.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::{Disk, EventId, ParticipantId};
use fencepost_vocabulary::{Event, EventKind, Note, Trace};

use crate::Verdict;

/// Everything that could have influenced these events, themselves included: the closure over causes and over the event
/// before at the same participant.
///
/// This is happens-before (Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System", 1978), with what
/// a crash changes about it. What a participant knew before a crash reaches it afterwards through its disk, so it does not
/// if the disk was wiped. A crash and the setting of a clock come from outside: nothing the participant did is their past.
/// But a clock that was set stays so through every crash, and is the past of all that its participant does later. Events
/// of the network have no memory, so a partition is not the past of the next one.
pub fn causal_past(trace: &Trace, events: &[EventId]) -> BTreeSet<EventId> {
    let before = predecessors(trace);
    closure(trace, events, |id| before[id.index()])
}

/// Whether one event led to a later one of the same moment, through causes and what the same participant did before.
pub(crate) fn led_to_at_once(trace: &Trace, from: EventId, to: EventId) -> bool {
    let (mut open, mut seen) = (vec![to], BTreeSet::new());
    while let Some(id) = open.pop() {
        let Some(event) = trace.events.get(id.index()).filter(|_| id >= from && seen.insert(id)) else { continue };
        if id == from {
            return true;
        }
        let earlier = trace.events[from.index()..id.index()].iter().rev();
        let own = earlier.into_iter().find(|other| other.participant == event.participant);
        open.extend(event.cause);
        open.extend(own.filter(|_| event.participant != ParticipantId::NETWORK).map(|own| own.id));
    }
    false
}

/// What a verdict rests on: its events, and the chain of causes of each back to its root. A picture lights these and
/// dims the rest.
pub fn causal_chain(trace: &Trace, verdict: &Verdict) -> BTreeSet<EventId> {
    closure(trace, &verdict.events, |_| Before::default())
}

/// Which of two things that happen at one moment came first, where anything says so: at one participant the order of its
/// own steps, in one log that of its entries, and else that one is in the past of the other. The order of the trace says
/// nothing: somebody had to stand first in it.
pub(crate) struct Ties<'a> {
    trace: &'a Trace,
    before: Vec<Before>,
}

impl<'a> Ties<'a> {
    pub fn of(trace: &'a Trace) -> Self {
        Self { trace, before: predecessors(trace) }
    }

    /// Whether one of two events of one moment is known to have come before the other.
    pub fn is_before(&self, one: EventId, other: EventId, is_one_log: bool) -> bool {
        let event = |id: EventId| self.trace.events.get(id.index());
        let (Some(first), Some(last)) = (event(one), event(other)) else { return false };
        match (place_in_log(first), place_in_log(last)) {
            (Some(a), Some(b)) if is_one_log => (a, one) < (b, other),
            _ if first.participant == last.participant => one < other,
            _ => self.is_in_past(one, other),
        }
    }

    /// Whether an event led to a later one, and all that lies between happened at the same moment. Causes stand before
    /// what they lead to, so one look at each event from back to front is enough.
    fn is_in_past(&self, one: EventId, other: EventId) -> bool {
        let (first, last) = (one.index(), other.index());
        if first >= last {
            return false;
        }
        let mut is_past = vec![false; last - first + 1];
        is_past[last - first] = true;
        for place in (first..=last).rev() {
            if is_past[place - first] {
                let Before { memory, clock } = self.before[place];
                let leading = [self.trace.events[place].cause, memory, clock].into_iter().flatten();
                leading.filter_map(|id| id.index().checked_sub(first)).for_each(|place| is_past[place] = true);
            }
        }
        is_past[0]
    }
}

/// The entry of the log that a node tells of. Who has no log shares none with anybody.
fn place_in_log(event: &Event) -> Option<u32> {
    match &event.kind {
        EventKind::Noted(Note::For { index, .. }) => Some(*index),
        _ => None,
    }
}

/// What an event's participant brings to it: what it did before, and its clocks.
#[derive(Clone, Copy, Default)]
struct Before {
    memory: Option<EventId>,
    clock: Option<EventId>,
}

/// Follows causes, and what the participants bring along, until nothing is new.
fn closure(trace: &Trace, events: &[EventId], before: impl Fn(EventId) -> Before) -> BTreeSet<EventId> {
    let mut past = BTreeSet::new();
    let mut open: Vec<EventId> = events.to_vec();
    while let Some(id) = open.pop() {
        let Some(event) = trace.events.get(id.index()) else { continue };
        if past.insert(id) {
            let Before { memory, clock } = before(id);
            open.extend([event.cause, memory, clock].into_iter().flatten());
        }
    }
    past
}

/// For every event what its participant brings to it.
fn predecessors(trace: &Trace) -> Vec<Before> {
    let mut latest: BTreeMap<ParticipantId, Before> = BTreeMap::new();
    let before = trace.events.iter().map(|event| match event.participant {
        ParticipantId::NETWORK => Before::default(),
        participant => remember(latest.entry(participant).or_default(), event),
    });
    before.collect()
}

/// What an event's participant brings to it, given what it would bring so far; and what it brings to the next one.
fn remember(latest: &mut Before, event: &Event) -> Before {
    let before = *latest;
    match event.kind {
        EventKind::ClockSet { .. } => {
            latest.clock = Some(event.id);
            Before { memory: None, ..before }
        }
        // No memory leads to it and it is none itself: the recovery has it as its cause.
        EventKind::Crashed { .. } => Before { memory: None, ..before },
        // Nobody has read it.
        EventKind::Lost { .. } | EventKind::Buffered { .. } => before,
        EventKind::Recovered { disk: Disk::Wiped, .. } => {
            latest.memory = Some(event.id);
            Before { memory: None, ..before }
        }
        _ => {
            latest.memory = Some(event.id);
            before
        }
    }
}
