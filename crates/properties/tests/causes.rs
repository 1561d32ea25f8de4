//! What led to what.

use std::collections::BTreeSet;

use crate::support::story::{self, Story};
use fencepost_properties::causes::{causal_chain, causal_past};
use fencepost_properties::judge;
use fencepost_sim::{EventId, FaultId, ParticipantId, Phase, Time};
use fencepost_vocabulary::{Event, EventKind, Message, PropertyKind, RequestId, Trace};

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

/// A hears the lock, crashes, comes back and asks again. The lock's clock is set twice.
fn reborn(disk: &str) -> Trace {
    let text = format!(
        "cast L:lock:10s A:client B:client
         0ms   A ticks 500000
         10ms  A asks L
         60ms  L hears A
         60ms  L refuses A
         110ms A hears L
         120ms A jumps +10s
         130ms B asks A
         200ms A crashes until 900ms
         900ms A recovers {disk}
         950ms A asks L request 2"
    );
    story::read(&text).trace
}

#[test]
fn what_the_disk_kept_is_remembered_and_what_was_wiped_is_not() {
    let last = |trace: &Trace| EventId(trace.events.len() as u32 - 1);
    let past = |disk: &str| {
        let trace = reborn(disk);
        times(&trace, &causal_past(&trace, &[last(&trace)]))
    };
    assert_eq!(past("kept"), [0, 10, 60, 60, 110, 120, 200, 900, 950]);
    assert_eq!(past("synced"), past("kept"));
    // The clocks belong to the machine: they stay as they were set.
    assert_eq!(past("wiped"), [0, 120, 200, 900, 950]);
}

#[test]
fn a_crash_and_the_setting_of_a_clock_come_from_outside() {
    let trace = reborn("kept");
    let at = |millis: u64| trace.events.iter().find(|event| event.time == Time::from_millis(millis)).expect("one").id;
    assert_eq!(times(&trace, &causal_past(&trace, &[at(120)])), [0, 120]);
    assert_eq!(times(&trace, &causal_past(&trace, &[at(200)])), [0, 120, 200]);
}

#[test]
fn mail_that_nobody_read_influences_nobody() {
    let Story { trace, .. } = story::read(
        "cast A:client B:client
         0ms   B asks A
         10ms  A crashes until 90ms
         90ms  A recovers kept
         95ms  A asks B",
    );
    let unread = |lost: bool| {
        let mut trace = trace.clone();
        let (from, message) = (ParticipantId(1), Message::Acquire { request: RequestId(1) });
        let (time, kind) = match lost {
            true => (Time::from_millis(50), EventKind::Lost { from, message }),
            false => (Time::from_millis(5), EventKind::Buffered { from, message }),
        };
        let place = trace.events.iter().position(|event| event.time > time).expect("one is later");
        let event =
            Event { time, kind, cause: Some(EventId(0)), participant: ParticipantId(0), ..trace.events[0].clone() };
        trace.events.insert(place, event);
        // The events behind it have moved by one, and so have their causes.
        for (index, event) in trace.events.iter_mut().enumerate() {
            let moved = event.cause.filter(|cause| index > place && cause.index() >= place);
            event.cause = moved.map(|cause| EventId(cause.0 + 1)).or(event.cause);
            event.id = EventId(index as u32);
        }
        let last = EventId(trace.events.len() as u32 - 1);
        times(&trace, &causal_past(&trace, &[last]))
    };
    assert_eq!(unread(true), [10, 90, 95]);
    assert_eq!(unread(false), [10, 90, 95]);
}
