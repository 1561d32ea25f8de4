//! Which properties have a row for which cast and run.

use crate::support::story::{self, Story};
use fencepost_properties::{Assumptions, Ledger, Reason, State, Verdict, cut_short, find, judge, judge_claimed};
use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{PropertyKind, Trace};

/// "token-unique grant(A)": the rows of a run, in order.
fn rows(text: &str) -> String {
    let story = story::read(text);
    told(&judge(&story.trace, &story.cast, &story.assumptions), &story)
}

/// The rows of a run about which all of these things are claimed.
fn claimed(text: &str, properties: &[PropertyKind]) -> String {
    let story = story::read(text);
    let ledger = Ledger::read(&story.trace, &story.cast);
    told(&judge_claimed(&ledger, &story.trace, &story.cast, &story.assumptions, properties), &story)
}

fn told(verdicts: &[Verdict], Story { cast, .. }: &Story) -> String {
    let row = |verdict: &Verdict| {
        let subject = verdict.subject.map_or(String::new(), |id| format!("({})", cast.name(id)));
        format!("{}{subject}", verdict.property.word())
    };
    verdicts.iter().map(row).collect::<Vec<_>>().join(" ")
}

const LOCK: &str = "lock-exclusion lease-contract token-unique token-monotonic";
const EFFECTS: &str = "effect-order effect-fresh effect-guarded effect-once no-lost-update";

#[test]
fn a_simple_scenario_has_the_rows_it_always_had() {
    let all = format!("{EFFECTS} {LOCK} grant(A) grant(B) accept belief-overlap");
    assert_eq!(rows("cast L:lock:10s S:store A:client B:client"), all);
    assert_eq!(rows("cast L:lock:10s:data A:client B:client"), all);
}

#[test]
fn nothing_is_said_of_what_is_not_there() {
    assert_eq!(rows("cast A:client"), "");
    assert_eq!(rows("cast L:lock:10s"), LOCK);
    assert_eq!(rows("cast S:store"), "no-lost-update");
    assert_eq!(rows("cast S:store A:client"), "no-lost-update");
    assert_eq!(rows("cast L:lock:10s S:store"), format!("{EFFECTS} {LOCK}"));
    assert_eq!(rows("cast L:lock:10s A:client"), format!("{LOCK} grant(A) belief-overlap"));
    assert_eq!(rows("cast N1:member"), "");
    assert_eq!(rows("cast N1:member N2:observer"), "detector-complete detector-accurate");
    assert_eq!(rows("cast G:general"), "agreement");
}

#[test]
fn what_is_rare_has_a_row_where_it_occurs() {
    let with = |what: &str| rows(&format!("cast S:store A:client N1:observer\n{what}"));
    let group = "detector-complete detector-accurate";
    assert_eq!(with("0ms S crashes"), format!("no-lost-update durable {group}"));
    assert_eq!(with("0ms A crashes"), format!("no-lost-update {group}"));
    assert_eq!(with("0ms N1 installs 1 N1"), format!("no-lost-update member-agreement {group}"));
    assert_eq!(with("0ms A pings N1"), format!("no-lost-update answered(A) {group}"));
    assert_eq!(with("0ms A acts mail"), format!("no-lost-update {group} outside-effect"));
    let revived = rows("cast L:lock:10s A:client\n0ms L grants A 1\n0ms L revives A 1");
    assert_eq!(revived, format!("{LOCK} grant(A) belief-overlap dead-grant"));
}

#[test]
fn groups_have_the_rows_of_leaders_and_more_where_there_is_more_to_say() {
    let nodes = "cast N1:node N2:node A:client";
    let leaders = "one-leader-per-term elect stable two-leaders";
    assert_eq!(rows(nodes), leaders);
    assert_eq!(rows(&format!("{nodes}\n0ms N1 logs 1 nothing@1\n1ms N1 commits 1")), format!("agreement {leaders}"));
    let asked = rows(&format!("{nodes}\nobject L:lock:10s on N1 N2\n0ms A asks N1"));
    let lock = "one-leader-per-term grant(A) elect stable terminate belief-overlap two-leaders";
    assert_eq!(asked, format!("{LOCK} {lock}"));
    let read = rows(&format!("{nodes}\nobject X:store on N1 N2\n0ms A reads N1"));
    assert_eq!(read, "no-lost-update one-leader-per-term linearizable(X) answered(A) elect stable two-leaders");
    let crashed = rows(&format!("{nodes}\nobject X:store on N1 N2\n0ms N1 crashes"));
    assert_eq!(crashed, "no-lost-update durable one-leader-per-term elect stable two-leaders");
    let lost = "0ms N1 logs 1 A:write@1\n1ms N1 for X 1 applies A - #1 v1\n2ms N1 truncates 1";
    let lost = rows(&format!("{nodes}\nobject X:store on N1 N2\n{lost}"));
    assert!(lost.contains("durable"), "nobody crashed, and a write is gone: {lost}");
}

#[test]
fn what_was_waited_for_has_a_row_if_something_of_it_was_not_answered() {
    let has_row =
        |what: &str| rows(&format!("cast S:store A:client\n0ms A writes S - #1\n{what}")).contains("answered");
    let answer = "50ms S hears A\n50ms S acks A #1 v1\n100ms A hears S";
    assert!(has_row(""));
    assert!(!has_row(answer));
    assert!(has_row(&format!("{answer}\n200ms A reads S request 2")));
    assert!(!has_row("200ms A stops"), "nobody waits");
}

#[test]
fn what_is_kept_without_a_leader_has_rows_of_its_own() {
    let keys = "cast N1:keynode A:client\nobject K:keys:10s:1 on N1";
    assert_eq!(rows(keys), format!("{LOCK} grant(A) belief-overlap"));
    let register = "cast N1:replica A:client\nobject X:register on N1";
    assert_eq!(rows(register), "");
    assert_eq!(rows(&format!("{register}\n0ms A begins X r1 read")), "linearizable(X)");
    // Nobody asks for the active role of a pair.
    let pair = "cast P:twin Q:twin A:client\nobject P/Q:pair on P Q";
    assert_eq!(rows(pair), format!("{LOCK} elect belief-overlap"));
    assert_eq!(rows("cast G1:commander G2:lieutenant"), "agreement validity integrity terminate");
    assert_eq!(rows("cast R1:registry A:client\nnames alice"), "unique-registration");
}

#[test]
fn orders_of_operations_are_judged_where_they_are_claimed() {
    let both = [PropertyKind::Linearizable, PropertyKind::Sequential];
    let judged = |cast: &str| {
        let all = claimed(cast, &both);
        let orders = |row: &&str| row.starts_with("linear") || row.starts_with("sequential");
        all.split(' ').filter(orders).map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    // What several keep comes first; what one keeps alone is judged only where there is nothing else.
    let together = "cast N1:node L:lock:10s S:store P:twin A:client\nobject M:lock:10s on N1\nobject X:store on N1\n\
                    object P/Q:pair on P";
    assert_eq!(judged(together), "linearizable(M) linearizable(X) sequential(M) sequential(X)");
    assert_eq!(
        judged("cast L:lock:10s S:store A:client"),
        "linearizable(L) linearizable(S) sequential(L) sequential(S)"
    );
}

/// None is better than a guess, and is said.
#[test]
fn a_history_that_is_too_long_has_no_verdict_and_says_why() {
    let reads = |count: u32| {
        let lines: Vec<String> = (1..=count).map(|number| format!("0ms A begins X r{number} write {number}")).collect();
        let ends: Vec<String> = (1..=count).map(|number| format!("9ms A ends X r{number}")).collect();
        let cast = "cast N1:replica A:client\nobject X:register on N1";
        let story = story::read(&format!("{cast}\n{}\n{}", lines.join("\n"), ends.join("\n")));
        let both = [PropertyKind::Linearizable, PropertyKind::Sequential];
        let ledger = Ledger::read(&story.trace, &story.cast);
        let verdicts = judge_claimed(&ledger, &story.trace, &story.cast, &story.assumptions, &both);
        let told =
            |of| verdicts.iter().find(|verdict| verdict.property == of).map(|it| (it.state, it.sentence.clone()));
        both.map(|of| told(of).expect("there is a row"))
    };
    assert!(reads(20).iter().all(|(state, _)| *state == State::Held));
    let [(linear, why), (sequential, whole)] = reads(23);
    assert_eq!([linear, sequential], [State::NoVerdict(Reason::TooMany); 2]);
    assert_eq!(why, "No verdict: 23 operations overlap; this judge handles 20.");
    assert_eq!(whole, "No verdict: 23 operations, each of which can explain any other; this judge handles 20.");
}

/// So many writes at once, and then a read of one of them, where the searches of the run may come to so many places.
fn searched(writes: u32, search: Option<usize>) -> State {
    let lines = |what: &str, end: &str| -> String {
        (1..=writes).map(|number| format!("{what} X r{number}{}\n", end.replace('#', &number.to_string()))).collect()
    };
    let (begins, ends) = (lines("0ms A begins", " write #"), lines("9ms A ends", ""));
    let read = "10ms A begins X r99 read\n12ms A ends X r99 1";
    let story = story::read(&format!("cast N1:replica A:client\nobject X:register on N1\n{begins}{ends}{read}"));
    let assumptions = Assumptions { search, ..story.assumptions };
    let verdicts = judge(&story.trace, &story.cast, &assumptions);
    find(&verdicts, PropertyKind::Linearizable, None, &story.cast).expect("a row").state
}

#[test]
fn what_was_not_looked_through_for_want_of_time_is_told_from_what_is_too_much_for_any() {
    assert_eq!([None, Some(1_000_000)].map(|search| searched(3, search)), [State::Held; 2]);
    assert_eq!(searched(3, Some(5)), State::NoVerdict(Reason::Unfinished));
    assert_eq!([None, Some(1_000_000)].map(|search| searched(19, search)), [State::NoVerdict(Reason::TooMany); 2]);
    assert_eq!(searched(19, Some(5)), State::NoVerdict(Reason::Unfinished));
}

#[test]
fn tokens_have_a_row_where_one_is_invented_or_looked_into() {
    let token = |cast: &str, what: &str| rows(&format!("cast L:lock:10s {cast} A:client\n{what}")).contains("genuine");
    assert!(!token("S:store", "0ms L grants A 1\n0ms A writes S 1 #1"));
    assert!(token("S:store", "0ms A writes S 1 #1"));
    assert!(token("S:store:mac", ""));
    assert!(!token("S:store", "0ms A writes S - #1"), "no token is no invention");
}

#[test]
fn what_is_claimed_has_a_row_if_it_makes_sense() {
    let all = PropertyKind::ALL;
    assert_eq!(claimed("cast L:lock:10s", &all), LOCK);
    assert_eq!(claimed("cast A:client", &all), "heal outside-effect");
    assert_eq!(claimed("cast S:store", &all), "no-lost-update durable token-genuine");
    assert_eq!(claimed("cast N1:observer", &all), "member-agreement detector-complete detector-accurate");
    assert_eq!(claimed("cast G:general", &all), "agreement integrity");
    assert_eq!(
        claimed("cast L:lock:10s A:client", &all),
        format!("{LOCK} linearizable(L) sequential(L) grant(A) progress heal belief-overlap outside-effect dead-grant")
    );
    assert_eq!(claimed("cast A:client", &[PropertyKind::Heal]), "heal");
}

#[test]
fn whether_writes_are_guarded_is_said_where_a_store_has_a_guard_or_somebody_asks() {
    let unguarded = "cast L:lock:10s S:store\nguard S by nobody";
    assert_eq!(rows(unguarded), format!("effect-order effect-fresh effect-once no-lost-update {LOCK}"));
    let story = story::read(unguarded);
    let ledger = Ledger::read(&story.trace, &story.cast);
    let asked = [PropertyKind::EffectGuarded];
    let verdicts = judge_claimed(&ledger, &story.trace, &story.cast, &story.assumptions, &asked);
    let verdict = find(&verdicts, PropertyKind::EffectGuarded, None, &story.cast).expect("a row");
    assert_eq!(verdict.sentence, "No lock guards a store, so there is nothing to judge.");
}

#[test]
fn the_only_one_of_its_kind_may_be_named() {
    let story = story::read("cast L:lock:10s S:store A:client N1:observer\n0ms A pings N1\n0ms A acts mail");
    let ledger = Ledger::read(&story.trace, &story.cast);
    let verdicts = judge_claimed(&ledger, &story.trace, &story.cast, &story.assumptions, &PropertyKind::ALL);
    for (place, properties) in [
        (
            0,
            "lock-exclusion lease-contract token-unique token-monotonic linearizable sequential progress belief-overlap \
             dead-grant",
        ),
        (
            1,
            "effect-order effect-fresh effect-guarded effect-once no-lost-update durable token-genuine linearizable \
             sequential",
        ),
        (2, "grant answered"),
        (3, ""),
    ] {
        let named = |property: &PropertyKind| {
            find(&verdicts, *property, Some(ParticipantId(place)), &story.cast).map(|_| property.word())
        };
        let mut words: Vec<_> = PropertyKind::ALL.iter().filter_map(named).collect();
        let mut expected: Vec<_> = properties.split_whitespace().collect();
        words.sort_unstable();
        expected.sort_unstable();
        assert_eq!(words, expected);
    }
}

#[test]
fn a_run_cut_short_has_no_verdict_where_nothing_bad_was_seen() {
    for (end, where_to) in [("limit", ""), ("zeno", ", where time no longer advanced")] {
        let story = story::read(&format!("cast L:lock:10s A:client\n0ms A asks L\nend {end} 5s"));
        let verdicts = judge(&story.trace, &story.cast, &story.assumptions);
        assert!(verdicts.len() > 3);
        assert_eq!(cut_short(&story.trace), Some(format!("stopped after 1 event, at 5 s of 5 s{where_to}")));
        for verdict in &verdicts {
            if matches!(verdict.state, State::Pending { .. }) {
                continue;
            }
            assert_eq!(verdict.state, State::NoVerdict(Reason::CutShort), "{}", verdict.sentence);
            assert!(verdict.sentence.starts_with("Until the run was cut short at 5 s: "), "{}", verdict.sentence);
        }
    }
}

/// The bounded form of each state, for a bound of five seconds.
#[test]
fn in_time_or_not_or_nobody_can_tell() {
    use fencepost_properties::Evidence;
    use fencepost_sim::{Duration, EventId, Time};
    let secs = Duration::from_secs;
    let at = |seconds: u64| Time::ZERO + secs(seconds);
    let within = |state: State| state.is_within(secs(5));
    let met = |after| State::Met { after: secs(after), at: at(9), event: EventId(0) };
    assert_eq!([5, 6].map(|after| within(met(after))), [Some(true), Some(false)]);
    assert_eq!([5, 6].map(|since| within(State::Quiet { since: at(since) })), [Some(true), Some(false)]);
    assert_eq!([5, 6].map(|age| within(State::Pending { age: secs(age) })), [None, Some(false)]);
    assert_eq!(within(State::Stuck { evidence: Evidence::Quiescent, since: at(0) }), Some(false));
    assert_eq!(within(State::NoVerdict(Reason::NothingToJudge)), Some(true));
    assert_eq!([Reason::CutShort, Reason::TooMany].map(|why| within(State::NoVerdict(why))), [None; 2]);
    assert_eq!([State::Held, State::Unseen, State::Seen { from: at(0), until: at(1) }].map(within), [None; 3]);
    assert_eq!(within(State::Violated { at: at(0), event: EventId(0) }), None);
}

#[test]
fn a_group_of_nodes_is_named_by_its_first() {
    let story = story::read("cast N1:node N2:node\n0ms N1 leads 1");
    let ledger = Ledger::read(&story.trace, &story.cast);
    let verdicts = judge_claimed(&ledger, &story.trace, &story.cast, &story.assumptions, &[]);
    for property in
        [PropertyKind::Elect, PropertyKind::Stable, PropertyKind::OneLeaderPerTerm, PropertyKind::TwoLeaders]
    {
        let named = |place| find(&verdicts, property, Some(ParticipantId(place)), &story.cast).is_some();
        assert_eq!([named(0), named(1)], [true, false], "{}", property.word());
    }
}

#[test]
fn where_a_run_was_cut_short_is_counted_in_threes() {
    let story = story::read("cast L:lock:10s A:client\n0ms A asks L\nend limit 5s");
    let event = &story.trace.events[0];
    let after = |number: usize| {
        let trace = Trace { events: vec![event.clone(); number], ..story.trace.clone() };
        cut_short(&trace).expect("it was")
    };
    for (number, said) in [
        (1, "1 event"),
        (2, "2 events"),
        (10, "10 events"),
        (999, "999 events"),
        (1_000, "1,000 events"),
        (12_345, "12,345 events"),
        (200_000, "200,000 events"),
    ] {
        assert_eq!(after(number), format!("stopped after {said}, at 5 s of 5 s"));
    }
}
