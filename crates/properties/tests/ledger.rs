//! The books of a run: what the picture draws its bars from.

use crate::support::story::{self, Story};
use fencepost_properties::{BeliefLoss, EndReason, Footing, GrantNo, Ledger, find, judge};
use fencepost_sim::{Disk, Duration, ParticipantId, Time};
use fencepost_vocabulary::{Departure, FencingToken, PropertyKind, Version};

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
fn a_holder_that_gives_back_its_own_is_no_stranger() {
    let (ledger, _) = read(
        "50ms L grants A 33
         90ms A releases L 33
         140ms L takes A 33
         140ms L frees A 33 by A",
    );
    let grant = &ledger.grants(L)[0];
    assert_eq!((grant.taken_by(), grant.returned.map(|at| at.time)), (None, Some(ms(140))));
}

#[test]
fn a_service_that_comes_back_without_a_grant_has_forgotten_it() {
    let (ledger, _) = read(
        "50ms L grants A 33
         60ms L grants B 34
         5000ms L crashes until 6s
         6000ms L recovers kept
         6000ms L reopens 35 for B 34",
    );
    let ends: Vec<_> = ledger.grants(L).iter().map(|grant| grant.ended.map(|end| (end.at.time, end.why))).collect();
    assert_eq!(ends, [Some((ms(6_000), EndReason::Forgotten)), None]);
}

#[test]
fn a_lease_is_as_long_as_the_clock_of_its_service_says() {
    let (ledger, _) = read(
        "0ms L ticks 500000
         50ms L grants A 33
         10050ms L ticks 1000000
         12000ms L extends A 33",
    );
    let grant = &ledger.grants(L)[0];
    assert_eq!((grant.lease, grant.first_lease_ends), (Some(Duration::from_secs(10)), Some(ms(15_050))));
    assert_eq!(grant.lease_ends, Some(ms(22_000)));
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
fn an_extension_moves_the_end_of_the_belief_it_speaks_of() {
    let (ledger, _) = read(
        "50ms L grants A 33
         100ms A holds L 33
         3000ms A keeps L 33
         4000ms A keeps L 32",
    );
    assert_eq!(ledger.beliefs[0].until_local.map(|until| until.0), Some(13_000_000));
}

#[test]
fn the_same_token_of_another_grant_is_another_belief() {
    let (ledger, _) = read(
        "50ms L grants A 33
         100ms A holds L 33
         5000ms L grants A 33 request 2
         5050ms A holds L 33",
    );
    let grants: Vec<_> = ledger.beliefs.iter().map(|belief| belief.grant.map(|grant| grant.number)).collect();
    assert_eq!(grants, [Some(1), Some(2)]);
    assert_eq!(ledger.beliefs[0].ended.map(|end| end.why), Some(BeliefLoss::Replaced));
}

/// The grant of a lock on which a write or an effect stands.
fn stands_on(ledger: &Ledger, footing: &Footing, lock: ParticipantId) -> Option<u32> {
    ledger.standing(footing, lock)?.grant.map(|grant| grant.number)
}

#[test]
fn a_write_stands_on_the_last_grant_of_each_lock_whatever_token_it_shows() {
    let (ledger, _) = read(
        "50ms L grants A 33
         60ms A writes S - #1
         100ms A holds L 33
         200ms A writes S 33 #2
         300ms A leaves L 33 released
         400ms A writes S - #3
         500ms L grants A 34 request 2
         550ms A writes S 99 #4
         600ms A holds L 34
         650ms A writes S 33 #5",
    );
    let grants: Vec<_> = ledger.writes.iter().map(|write| stands_on(&ledger, &write.footing, L)).collect();
    assert_eq!(grants, [None, Some(1), Some(1), Some(1), Some(2)]);
}

#[test]
fn of_two_locks_a_write_stands_on_a_grant_of_each() {
    let story = story::read(
        "cast L:lock:10s M:lock:10s A:client S:store
         50ms L grants A 33
         50ms M grants A 33
         100ms A holds L 33
         110ms A holds M 33
         200ms A writes S 33 #1
         300ms A leaves M 33 released
         400ms A writes S 33 #2",
    );
    let ledger = Ledger::read(&story.trace, &story.cast);
    for write in &ledger.writes {
        assert_eq!([0, 1].map(|lock| stands_on(&ledger, &write.footing, ParticipantId(lock))), [Some(1), Some(1)]);
    }
}

#[test]
fn a_write_that_is_sent_again_stands_where_it_first_stood() {
    let (ledger, _) = read(
        "50ms L grants A 33
         100ms A holds L 33
         200ms A writes S 33 #1
         5050ms L grants A 34 request 2
         5100ms A holds L 34
         5200ms A writes S 33 #1
         5300ms A writes S 34 #2",
    );
    let footings: Vec<_> = ledger.writes.iter().map(|write| &write.footing).collect();
    assert_eq!(footings[0], footings[1]);
    let grants: Vec<_> = footings.iter().map(|footing| stands_on(&ledger, footing, L)).collect();
    assert_eq!(grants, [Some(1), Some(1), Some(2)]);
}

#[test]
fn a_new_life_stands_on_nothing_and_repeats_no_old_request() {
    let (ledger, _) = read(
        "50ms L grants A 33
         100ms A holds L 33
         200ms A writes S 33 #1
         300ms A crashes until 400ms
         400ms A recovers wiped
         500ms A writes S - #1",
    );
    let [old, new] = &ledger.writes[..] else { panic!("two writes") };
    assert_eq!([old, new].map(|write| stands_on(&ledger, &write.footing, L)), [Some(1), None]);
    assert_ne!(old.footing.made, new.footing.made);
}

#[test]
fn an_answer_that_was_not_taken_in_is_no_grant_to_stand_on() {
    let (ledger, _) = read(
        "50ms L grants A 33
         60ms L grants A 34 request 2
         100ms A holds L 34
         110ms A hears L
         200ms A writes S 34 #1",
    );
    assert_eq!(stands_on(&ledger, &ledger.writes[0].footing, L), Some(2));
}

#[test]
fn a_crash_is_a_time_between_two_moments() {
    let (ledger, _) = read(
        "100ms A crashes until 5s
         5000ms A recovers synced
         6000ms A crashes until 7s
         6500ms B crashes
         7000ms A recovers wiped",
    );
    let told: Vec<_> = ledger
        .downtimes
        .iter()
        .map(|down| {
            (down.participant, down.from.time, down.ended.map(|back| (back.at.time, back.disk, back.incarnation)))
        })
        .collect();
    assert_eq!(
        told,
        [
            (A, ms(100), Some((ms(5_000), Disk::Synced, 2))),
            (A, ms(6_000), Some((ms(7_000), Disk::Wiped, 3))),
            (B, ms(6_500), None)
        ]
    );
    assert_eq!(ledger.crashes(A).count(), 2);
    let first = ledger.downtimes[0].from;
    assert_eq!(ledger.crash_after(A, first).map(|down| down.from.time), Some(ms(6_000)));
    assert!(ledger.crash_for_good(A).is_none());
    assert_eq!(ledger.crash_for_good(B).map(|down| down.from.time), Some(ms(6_500)));
}

#[test]
fn a_crash_that_is_to_end_is_not_for_good_even_if_the_run_ends_before() {
    let (ledger, _) = read("100ms A crashes until 90s");
    assert_eq!(ledger.downtimes[0].recovers, Some(ms(90_000)));
    assert!(!ledger.downtimes[0].is_for_good());
}

#[test]
fn a_store_that_comes_back_has_lost_what_is_newer_and_its_own() {
    let story = story::read(
        "cast S:store T:store A:client
         0ms A writes S - #1
         0ms A writes S - #2
         0ms A writes T - #3
         50ms S applies A - #1 v1
         60ms S applies A - #2 v2
         60ms T applies A - #3 v2
         70ms S acks A #1 v1
         100ms S crashes until 200ms
         200ms S recovers synced
         200ms S restores v1 33
         300ms S crashes until 400ms
         400ms S recovers synced
         400ms S restores v0
         500ms A hears S",
    );
    let ledger = Ledger::read(&story.trace, &story.cast);
    let lost: Vec<_> = ledger.effects.iter().map(|effect| effect.lost.map(|lost| lost.time)).collect();
    assert_eq!(lost, [Some(ms(400)), Some(ms(200)), None]);
    let [first, second, _] = &ledger.effects[..] else { panic!("three effects") };
    let [restored, again] = &ledger.restorations[..] else { panic!("two returns") };
    assert!(second.is_lost_by(restored.at) && !first.is_lost_by(restored.at) && first.is_lost_by(again.at));
    assert_eq!((restored.version, restored.highest), (Version(1), Some(FencingToken(33))));
    assert_eq!((restored.holds, again.holds), (Some(0), None), "what it holds is an effect and no number");
    assert_eq!(ledger.writes[0].acknowledged.map(|at| at.time), Some(ms(70)));
    assert_eq!(ledger.writes[0].confirmed.map(|at| at.time), Some(ms(500)));
    assert_eq!((ledger.writes[1].acknowledged, ledger.writes[1].confirmed), (None, None));
}

#[test]
fn a_write_found_on_the_disk_is_the_latest_one_like_it() {
    let (ledger, _) = read(
        "50ms L grants A 33
         50ms L grants B 33
         100ms A holds L 33
         100ms B holds L 33
         200ms A writes S 33 #1
         300ms A writes S 33 #1
         310ms A writes S 33 #2
         320ms B writes S 33 #1
         400ms S crashes until 500ms
         500ms S recovers kept
         500ms S restores v0
         500ms S finds A 33 #1 v1",
    );
    let [effect] = &ledger.effects[..] else { panic!("one effect") };
    assert_eq!(effect.sent.map(|sent| sent.time), Some(ms(300)));
    assert_eq!(stands_on(&ledger, effect.footing.as_ref().expect("a sender"), L), Some(1));
    let applied: Vec<_> = ledger.writes.iter().map(|write| write.applied.is_some()).collect();
    assert_eq!(applied, [false, true, false, false]);
}

#[test]
fn an_answer_belongs_to_the_write_it_speaks_of_whatever_was_taken_in_last() {
    let (ledger, _) = read(
        "50ms L grants A 33
         100ms A holds L 33
         200ms A writes S 33 #1
         210ms A writes S 33 #2
         220ms A writes S 33 #3
         250ms S hears A
         260ms S spurns A 33 #2 stale
         270ms S finds A 33 #3 v1",
    );
    let told: Vec<_> =
        ledger.writes.iter().map(|write| (write.turned_away.is_some(), write.applied.is_some())).collect();
    assert_eq!(told, [(false, false), (false, false), (false, true)]);
    assert_eq!(ledger.refusals[0].sent, None, "nothing leads from this refusal to its write");
}

#[test]
fn a_refused_announcement_has_no_number_and_is_known_all_the_same() {
    let (ledger, _) = read("200ms A pings S\n250ms S hears A\n250ms S spurns A 33 #0 stale");
    assert_eq!(ledger.refusals[0].sent.map(|sent| sent.time), Some(ms(200)));
}

#[test]
fn only_the_holder_gives_a_grant_back_whoever_shows_its_token() {
    let (ledger, _) = read(
        "50ms L grants A 33
         90ms B releases L 33
         140ms L takes B 33
         140ms L frees A 33 by B",
    );
    assert_eq!(ledger.grants(L)[0].returned, None);
    let (ledger, _) = read("50ms L grants A 33\n140ms L frees A 33 by A");
    assert_eq!(ledger.grants(L)[0].returned.map(|returned| returned.time), Some(ms(140)));
}

#[test]
fn an_act_outside_is_of_the_grant_its_doer_believes_in() {
    let (ledger, _) = read(
        "50ms L grants A 33
         100ms A holds L 33
         200ms A acts mail under L 33
         300ms A acts payment under L 32
         400ms A acts mail
         500ms A leaves L 33 lost
         600ms A acts mail under L 33",
    );
    let grants: Vec<_> = ledger.deeds.iter().map(|deed| deed.grant.map(|grant| grant.number)).collect();
    assert_eq!(grants, [Some(1), None, None, None]);
}

#[test]
fn what_a_group_decides_is_written_down() {
    let story = story::read(
        "cast N1:member N2:observer N3:observer
         5000ms N2 suspects N1
         5000ms N3 suspects N1
         5100ms N2 declares N1 view 2
         5200ms N2 installs 2 N2 N3
         6000ms N2 crashes until 7s
         7000ms N2 recovers kept",
    );
    let ledger = Ledger::read(&story.trace, &story.cast);
    let ends: Vec<_> = ledger.suspicions.iter().map(|suspicion| suspicion.until()).collect();
    assert_eq!(ends, [Some(ms(6_000)), None], "a crash ends what the crashed one suspects and nobody else");
    let [declared] = &ledger.declarations[..] else { panic!("one declaration") };
    assert_eq!((declared.by.0, declared.of.0, declared.incarnation, declared.view), (1, 0, 1, 2));
    assert_eq!(ledger.views.len(), 1);
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
    assert_eq!(stands_on(&ledger, effect.footing.as_ref().expect("a sender"), L), Some(1));
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
