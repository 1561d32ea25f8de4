//! What led to what.

mod support;

use std::collections::BTreeSet;

use fencepost_properties::causes::{causal_chain, causal_past};
use fencepost_properties::judge;
use fencepost_sim::{EventId, FaultId, ParticipantId, Phase, Time};
use fencepost_vocabulary::{Event, EventKind, PropertyKind, Trace};
use support::story::{self, Story};

/// Two clients that ask one after the other, and a third whom nobody hears.
const TALK: &str = "cast L:lock:10s A:client B:client C:client
0ms   A asks L
5ms   C asks L dropped
10ms  B asks L
50ms  L hears A
50ms  L grants A 33
60ms  L hears B
100ms A holds L 33";

fn ids(ids: impl IntoIterator<Item = u32>) -> BTreeSet<EventId> {
    ids.into_iter().map(EventId).collect()
}

/// The times of events, in milliseconds.
fn times(trace: &Trace, events: &BTreeSet<EventId>) -> Vec<u64> {
    events.iter().map(|id| trace.event(*id).time.0 / 1_000).collect()
}

#[test]
fn the_past_holds_causes_and_what_the_same_participant_knew_before() {
    let Story { trace, .. } = story::read(TALK);
    let last = EventId(trace.events.len() as u32 - 1);
    // B's request reached the lock after the grant, and nobody heard C.
    assert_eq!(times(&trace, &causal_past(&trace, &[last])), [0, 50, 50, 50, 100, 100]);
    let hears_b = trace.events.iter().find(|event| event.time == Time::from_millis(60)).expect("L hears B").id;
    assert_eq!(times(&trace, &causal_past(&trace, &[hears_b])), [0, 10, 50, 50, 50, 60]);
}

#[test]
fn the_past_of_nothing_is_empty_and_of_a_stranger_too() {
    let Story { trace, .. } = story::read(TALK);
    assert_eq!(causal_past(&trace, &[]), ids([]));
    assert_eq!(causal_past(&trace, &[EventId(9_999)]), ids([]));
}

#[test]
fn the_network_has_no_memory() {
    let partition = |id: u32| Event {
        id: EventId(id),
        time: Time(u64::from(id)),
        phase: Phase::Fault,
        participant: ParticipantId::NETWORK,
        cause: None,
        kind: EventKind::FaultStarted { fault: FaultId(0), until: Some(Time(9)) },
    };
    let Story { mut trace, .. } = story::read("cast A:client\nend quiescent");
    trace.events = vec![partition(0), partition(1)];
    assert_eq!(causal_past(&trace, &[EventId(1)]), ids([1]));
}

#[test]
fn a_chain_holds_the_conflict_and_its_causes_alone() {
    let Story { trace, cast, assumptions } = story::read(
        "cast L:lock:10s S:store A:client B:client
         0ms     A asks L
         50ms    L hears A
         50ms    L grants A 33
         100ms   A holds L 33
         1000ms  B asks L
         1050ms  L hears B
         10050ms L expires A 33
         10050ms L grants B 34
         10100ms B holds L 34
         10200ms B writes S 34 #1
         10250ms S applies B 34 #1 v1
         15150ms A writes S 33 #1
         15200ms S applies A 33 #1 v2",
    );
    let verdicts = judge(&trace, &cast, &assumptions);
    let verdict = verdicts.iter().find(|verdict| verdict.property == PropertyKind::EffectOrder).expect("a verdict");
    let chain = causal_chain(&trace, verdict);
    // Ask, hear, send, take in, write, arrive, apply: for both; the notes beside them are left out.
    assert_eq!(
        times(&trace, &chain),
        [0, 50, 50, 100, 1_000, 1_050, 10_050, 10_100, 10_200, 10_250, 10_250, 15_150, 15_200, 15_200]
    );
    assert!(chain.is_subset(&causal_past(&trace, &verdict.events)));
    assert!(verdict.events.iter().all(|event| chain.contains(event)));
}
