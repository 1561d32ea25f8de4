//! What led to what: the past of an event, and the short list of what a verdict rests on.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::Trace;

use crate::Verdict;

/// Everything that could have influenced these events, themselves included: the closure over causes and over the event
/// before at the same participant.
///
/// This is happens-before (Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System", 1978). Events of
/// the network have no memory, so a partition is not the past of the next one.
pub fn causal_past(trace: &Trace, events: &[EventId]) -> BTreeSet<EventId> {
    let before = predecessors(trace);
    closure(trace, events, |id| before[id.index()])
}

/// What a verdict rests on: its events, and the chain of causes of each back to its root. A picture lights these and
/// dims the rest.
pub fn causal_chain(trace: &Trace, verdict: &Verdict) -> BTreeSet<EventId> {
    closure(trace, &verdict.events, |_| None)
}

/// Follows causes, and one more step if there is one, until nothing is new.
fn closure(trace: &Trace, events: &[EventId], also: impl Fn(EventId) -> Option<EventId>) -> BTreeSet<EventId> {
    let mut past = BTreeSet::new();
    let mut open: Vec<EventId> = events.to_vec();
    while let Some(id) = open.pop() {
        let Some(event) = trace.events.get(id.index()) else { continue };
        if past.insert(id) {
            open.extend(event.cause.into_iter().chain(also(id)));
        }
    }
    past
}

/// For every event the one before it at the same participant.
fn predecessors(trace: &Trace) -> Vec<Option<EventId>> {
    let mut latest: BTreeMap<ParticipantId, EventId> = BTreeMap::new();
    let before = trace.events.iter().map(|event| match event.participant {
        ParticipantId::NETWORK => None,
        participant => latest.insert(participant, event.id),
    });
    before.collect()
}
