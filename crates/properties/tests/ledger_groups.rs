//! What the ledger makes of what several keep together.

use crate::support::story;
use fencepost_properties::{EndReason, Ledger, Moment};
use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::{FencingToken, Operation, RequestId, Term, Value};

fn ledger(text: &str) -> Ledger {
    let story = story::read(text);
    Ledger::read(&story.trace, &story.cast)
}

fn millis(moment: Moment) -> u64 {
    moment.time.0 / 1_000
}

#[test]
fn every_lock_has_its_list_of_grants_also_one_without_a_lane() {
    let ledger = ledger(
        "cast L:lock:10s N1:node N2:node K1:keynode P:twin\nobject M:lock:10s on N1 N2\nobject X:store on N1 N2\n\
         object K:keys:10s:1 on K1\nobject R:register on K1\nobject P/Q:pair on P\n0ms N1 leads 1",
    );
    let ids: Vec<u16> = ledger.locks().map(|lock| lock.0).collect();
    assert_eq!(ids, [0, 5, 7, 9], "L, M, K and the pair; no store and no register");
}

#[test]
fn what_is_said_to_a_node_is_said_to_what_it_keeps() {
    let ledger = ledger(
        "cast N1:node N2:node A:client\nobject M:lock:10s on N1 N2\nobject X:store on N1 N2\n0ms A asks N1\n\
         10ms A writes N1 - #1\n20ms A checks N1 33\n30ms A reads N1 request 9\n40ms A releases N1 33\n50ms A pings N1\n\
         60ms A asks N2\n70ms A writes N2 - #1",
    );
    let (lock, store) = (ParticipantId(3), ParticipantId(4));
    let [acquire] = &ledger.acquires[..] else { panic!("asked twice, it is one request: {:?}", ledger.acquires) };
    assert_eq!((acquire.lock, acquire.times), (lock, 2));
    assert!(ledger.writes.iter().all(|write| write.store == store) && ledger.writes.len() == 2);
    let asked: Vec<ParticipantId> = ledger.questions.iter().map(|question| question.whom).collect();
    assert_eq!(asked, [lock, ParticipantId(0)], "a ping is for the node itself");
    assert_eq!((ledger.givebacks[0].lock, ledger.givebacks[0].token), (lock, FencingToken(33)));
    let calls: Vec<_> = ledger.calls.iter().map(|call| (call.object, call.request.0, millis(call.began))).collect();
    assert_eq!(calls, [(store, 1, 10), (store, 9, 30)], "a write that is sent again began when it was sent first");
}

#[test]
fn a_call_ends_with_the_first_answer() {
    let ledger = ledger(
        "cast N1:node A:client\nobject X:store on N1\n0ms A reads N1 request 9\n50ms N1 tells A 5 request 9\n\
         60ms N1 tells A 6 request 9\n100ms A hears N1\n110ms A hears N1\n120ms A writes N1 - #2\n\
         170ms N1 declines A request 2\n220ms A hears N1\n300ms A begins X r4 write 7\n310ms A begins X r4 write 7\n\
         400ms A ends X r4",
    );
    let [read, declined, write] = &ledger.calls[..] else { panic!("{:?}", ledger.calls) };
    assert_eq!((read.ended.map(millis), read.read, read.refused), (Some(100), Some(Value::Number(5)), false));
    assert_eq!((declined.ended.map(millis), declined.refused), (Some(220), true));
    assert_eq!((write.what, millis(write.began)), (Operation::Write(Value::Number(7)), 300));
    assert_eq!((write.ended.map(millis), write.read, write.request), (Some(400), None, RequestId(4)));
}

#[test]
fn a_new_life_repeats_no_old_call() {
    let ledger = ledger(
        "cast X1:replica A:client\nobject X:register on X1\n0ms A begins X r1 write 1\n10ms A crashes until 20ms\n\
         20ms A recovers kept\n30ms A begins X r1 write 2\n40ms A ends X r1",
    );
    let ended: Vec<Option<u64>> = ledger.calls.iter().map(|call| call.ended.map(millis)).collect();
    assert_eq!(ended, [None, Some(40)]);
}

#[test]
fn a_reign_knows_when_it_was_backed_and_when_it_ended() {
    let ledger = ledger(
        "cast N1:node N2:node\n0ms N1 leads 1\n100ms N1 backed 1\n200ms N1 backed 2\n250ms N2 backed 1\n\
         300ms N1 enters 2\n400ms N1 backed 1\n500ms N1 leads 2",
    );
    let [first, second] = &ledger.reigns[..] else { panic!("{:?}", ledger.reigns) };
    assert_eq!((first.term, first.until(), first.backed.len()), (Term(1), Some(Time::from_millis(300)), 1));
    assert_eq!((second.term, second.until(), second.backed.len()), (Term(2), None, 0));
}

#[test]
fn an_effect_is_lost_with_its_entry_and_not_with_another() {
    let lost = |what: &str| {
        let text = format!(
            "cast N1:node N2:node A:client\nobject X:store on N1 N2\n0ms N1 logs 2 A:write@1\n10ms N1 for X 2 applies A - #1 v1\n{what}"
        );
        ledger(&text).effects[0].lost.map(millis)
    };
    assert_eq!(lost("20ms N1 truncates 2"), Some(20));
    assert_eq!(lost("20ms N1 truncates 1"), Some(20));
    assert_eq!(lost("20ms N1 truncates 3"), None, "what stands behind it");
    assert_eq!(lost("20ms N2 truncates 2"), None, "another's log");
    assert_eq!(lost("15ms N2 logs 2 nothing@2\n20ms N2 commits 2"), Some(20));
    assert_eq!(lost("15ms N2 logs 2 A:write@1\n20ms N2 commits 2"), None, "the same entry");
    assert_eq!(lost("15ms N2 logs 1 nothing@2\n20ms N2 commits 1"), None, "another place");
    let twice = "15ms N2 logs 2 nothing@2\n20ms N2 commits 2\n30ms N1 truncates 2";
    assert_eq!(lost(twice), Some(20), "it can be lost once");
}

#[test]
fn a_grant_is_forgotten_with_the_last_node_that_keeps_it_if_the_others_have_gone_on() {
    let forgotten = |what: &str| {
        let text = format!(
            "cast N1:node N2:node N3:node A:client\nobject L:lock:60s on N1 N2 N3\n0ms N1 logs 1 A:acquire@1\n\
             10ms N1 commits 1\n10ms N1 for L 1 grants A 33\n{what}"
        );
        let ends = ledger(&text).all_grants().map(|grant| grant.ended).collect::<Vec<_>>();
        let [end] = ends[..] else { panic!("one grant") };
        end.map(|end| {
            assert_eq!(end.why, EndReason::Forgotten);
            millis(end.at)
        })
    };
    let (others, dies) = ("15ms N3 logs 1 nothing@2\n20ms N3 commits 1", "30ms N1 crashes");
    assert_eq!(forgotten(others), None, "N1 keeps it");
    assert_eq!(forgotten(dies), None, "nobody has gone on");
    assert_eq!(forgotten(&format!("{others}\n{dies}")), Some(30));
    assert_eq!(forgotten(&format!("{others}\n{dies} until 1s")), None, "N1 will be back");
    assert_eq!(forgotten(&format!("{dies}\n40ms N3 logs 1 nothing@2\n50ms N3 commits 1")), Some(50));
    assert_eq!(forgotten(&format!("12ms N2 logs 1 A:acquire@1\n{others}\n{dies}")), None, "N2 keeps it too");
    assert_eq!(forgotten(&format!("{others}\n30ms N3 crashes")), None, "another's end");
}
