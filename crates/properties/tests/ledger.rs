//! The books of a run: what the picture draws its bars from.

mod support;

use fencepost_properties::{BeliefLoss, EndReason, GrantNo, Ledger, find, judge};
use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::{Departure, PropertyKind};
use support::story::{self, Story};

const L: ParticipantId = ParticipantId(0);
const S: ParticipantId = ParticipantId(1);
const A: ParticipantId = ParticipantId(2);
const B: ParticipantId = ParticipantId(3);

fn read(text: &str) -> (Ledger, Story) {
    let story = story::read(&format!("cast L:lock:10s S:store A:client B:client\n{text}"));
    (Ledger::read(&story.trace, &story.cast), story)
}

fn ms(millis: u64) -> Time {
    Time::from_millis(millis)
}

#[test]
fn a_grant_knows_its_lease_its_extensions_and_its_end() {
    let (ledger, _) = read(
        "0ms A asks L
         50ms L hears A
         50ms L grants A 33
         5000ms L extends A 33
         15000ms L expires A 33
         15000ms L grants B 34",
    );
    let [first, second] = ledger.grants(L) else { panic!("two grants") };
    assert_eq!(first.lease_ends, Some(ms(15_000)));
    assert_eq!(first.renewals.iter().map(|renewal| renewal.at.time).collect::<Vec<_>>(), [ms(5_000)]);
    assert_eq!(first.ended.map(|end| (end.at.time, end.why)), Some((ms(15_000), EndReason::Expired)));
    assert_eq!((second.name.number, second.ended), (2, None));
    assert_eq!(ledger.successor(first.name), Some(second));
    assert_eq!(ledger.grant(GrantNo { lock: L, number: 0 }), None);
}

#[test]
fn a_strangers_release_ends_a_grant_but_does_not_give_it_back() {
    let (ledger, _) = read(
        "0ms A asks L
         50ms L hears A
         50ms L grants A 33
         90ms B releases L 1
         140ms L takes B 1
         140ms L frees A 33 by B",
    );
    let grant = &ledger.grants(L)[0];
    assert_eq!(grant.taken_by(), Some(B));
    assert_eq!(grant.returned, None);
}

#[test]
fn a_retry_is_the_same_request() {
    let (ledger, _) = read(
        "0ms A asks L dropped
         1000ms A asks L
         1050ms L hears A
         1050ms L grants A 33
         1100ms A holds L 33",
    );
    let [acquire] = &ledger.acquires[..] else { panic!("one request") };
    assert_eq!((acquire.times, acquire.asked.time), (2, ms(0)));
    assert_eq!(acquire.answer.map(|answer| (answer.sent.time, answer.arrived.time)), Some((ms(1_050), ms(1_100))));
}

#[test]
fn the_same_reply_twice_is_one_belief_and_a_new_token_is_another() {
    let (ledger, _) = read(
        "0ms A asks L
         50ms L hears A
         50ms L grants A 33
         50ms L repeats A 33
         100ms A holds L 33
         200ms A holds L 33
         10050ms L grants A 34 request 2
         10100ms A holds L 34
         11000ms A leaves L 33 over
         12000ms A leaves L 34 lost",
    );
    let [first, second] = &ledger.beliefs[..] else { panic!("two beliefs") };
    assert_eq!((first.from.time, first.until()), (ms(100), Some(ms(10_100))));
    assert_eq!(first.ended.map(|end| end.why), Some(BeliefLoss::Replaced));
    // The fixture's clients believe for ten seconds from the reply they got last.
    assert_eq!(first.until_local.map(|until| until.0), Some(10_200_000));
    assert_eq!(second.ended.map(|end| (end.at.time, end.why)), Some((ms(12_000), BeliefLoss::Left(Departure::Lost))));
    assert_eq!(second.grant, Some(GrantNo { lock: L, number: 2 }));
}

#[test]
fn a_crash_ends_the_beliefs_of_the_crashed_and_of_nobody_else() {
    let (ledger, _) = read(
        "50ms L grants A 33
         50ms L grants B 34
         100ms A holds L 33
         100ms B holds L 34
         200ms A crashes",
    );
    let ends: Vec<_> = ledger.beliefs.iter().map(|belief| belief.ended.map(|end| end.why)).collect();
    assert_eq!(ends, [Some(BeliefLoss::Crashed), None]);
    assert_eq!(ledger.crashes(A).map(|crash| crash.from.time).collect::<Vec<_>>(), [ms(200)]);
}

#[test]
fn an_effect_belongs_to_the_grant_its_writer_believed_in_when_it_sent_it() {
    let (ledger, _) = read(
        "50ms L grants A 33
         100ms A holds L 33
         200ms A writes S 33 #1 until 30s
         10050ms L grants A 34 request 2
         10100ms A holds L 34
         30000ms S applies A 33 #1 v1",
    );
    let [effect] = &ledger.effects[..] else { panic!("one effect") };
    assert_eq!(effect.grant, Some(GrantNo { lock: L, number: 1 }));
    assert_eq!((effect.sent.map(|sent| sent.time), effect.applied.time), (Some(ms(200)), ms(30_000)));
    assert_eq!(ledger.writes[0].applied, Some(effect.applied));
}

#[test]
fn a_copy_made_by_the_network_is_an_effect_of_the_same_write() {
    let (ledger, _) = read(
        "50ms L grants A 33
         100ms A holds L 33
         200ms A writes S 33 #1
         200ms A copies S
         250ms S applies A 33 #1 v1
         900ms S applies A 33 #1 v2",
    );
    let sends: Vec<_> = ledger.effects.iter().map(|effect| effect.sent.map(|sent| sent.time)).collect();
    assert_eq!(sends, [Some(ms(200)); 2]);
    assert_eq!(ledger.writes.len(), 1);
    assert_eq!(ledger.writes[0].applied.map(|applied| applied.time), Some(ms(250)));
}

#[test]
fn a_refused_write_is_known_with_its_reason() {
    let (ledger, _) = read(
        "50ms L grants A 33
         100ms A holds L 33
         200ms A writes S 33 #1
         250ms S rejects A 33 #1 stale",
    );
    assert_eq!(ledger.refusals.len(), 1);
    assert_eq!(ledger.writes[0].turned_away.map(|(at, _)| at.time), Some(ms(250)));
    assert_eq!(ledger.writes[0].applied, None);
}

#[test]
fn faults_end_with_the_last_thing_a_fault_touched() {
    let end = |text: &str| read(text).0.faults_end;
    assert_eq!(end("0ms A asks L"), ms(0));
    assert_eq!(end("0ms A asks L dropped"), ms(0));
    assert_eq!(end("5ms A asks L dropped"), ms(5));
    assert_eq!(end("0ms A asks L until 9s"), ms(9_000));
    assert_eq!(end("0ms A writes S 33 #1\n0ms A copies S\n50ms S applies A 33 #1 v1"), ms(0));
    assert_eq!(end("0ms A writes S 33 #1\n7ms A copies S\n50ms S applies A 33 #1 v1"), ms(7));
    assert_eq!(end("3ms A pauses until 8s"), ms(8_000));
    assert_eq!(end("3ms A crashes"), ms(3));
}

#[test]
fn a_trace_with_senseless_causes_is_read_all_the_same() {
    let (_, mut story) = read("0ms A asks L\n50ms L hears A\n50ms L grants A 33\n100ms A holds L 33");
    for event in &mut story.trace.events {
        event.cause = Some(fencepost_sim::EventId(event.id.0 ^ 1));
    }
    let verdicts = judge(&story.trace, &story.cast, &story.assumptions);
    assert!(verdicts.iter().any(|verdict| verdict.property == PropertyKind::TokenUnique));
}

#[test]
fn the_only_store_may_be_named_or_not() {
    let (_, story) = read("0ms A asks L");
    let verdicts = judge(&story.trace, &story.cast, &story.assumptions);
    let subject = |property, subject| find(&verdicts, property, subject, &story.cast).map(|verdict| verdict.subject);
    assert_eq!(subject(PropertyKind::EffectOrder, None), Some(None));
    assert_eq!(subject(PropertyKind::EffectOrder, Some(S)), Some(None));
    assert_eq!(subject(PropertyKind::EffectOrder, Some(A)), None);
    assert_eq!(subject(PropertyKind::LockExclusion, Some(L)), Some(None));
    assert_eq!(subject(PropertyKind::Grant, Some(B)), Some(Some(B)));
    // Two clients: nobody can tell whose grant is meant.
    assert_eq!(subject(PropertyKind::Grant, None), None);
}
