//! What led to what: the past of an event, and the short list of what a verdict rests on.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::{Disk, EventId, ParticipantId};
use fencepost_vocabulary::{Event, EventKind, Trace};

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
