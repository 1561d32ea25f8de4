//! A run that a limit stopped before it was over: what can still be claimed of it, and what cannot.

use fencepost_lab::{Outcome, Run, check_run, json, run_within};
use fencepost_properties::{Reason, State};
use fencepost_scenario::{Document, Scenario};
use fencepost_sim::Limits;

/// By 700 ms A has written under a lease that was over, behind B, and N1 has lost its office. E holds M and is dead.
const TEXT: &str = "fencepost 1
until 60s
network delay 1ms
nodes N1 N2 N3 elect heartbeat 10ms timeouts 40ms 60ms 80ms leader N1
lock L lease 500ms
lock M lease none
store S
client A at 0s: acquire L; work 600ms; write S
client B at 100ms: acquire L; write S
client D at 300ms: acquire M
client E at 200ms: acquire M; work 1s
crash E at 250ms
crash N1 at 200ms
";

fn scenario(claim: &str) -> Scenario {
    let parsed = Document::new(format!("{TEXT}expect {claim}\n").as_str()).parse();
    assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
    parsed.scenario
}

fn cut(scenario: &Scenario) -> Run {
    let run = run_within(scenario, Limits { events: 750, ..Limits::default() });
    let ended = run.trace.ended_at.0;
    assert!(run.is_cut_short() && (700_000..1_100_000).contains(&ended), "{}", run.trace.ended_at);
    run
}

fn claimed(claim: &str) -> Outcome {
    let scenario = scenario(claim);
    check_run(None, &scenario, &cut(&scenario)).remove(0)
}

#[test]
fn what_happened_before_a_run_was_cut_short_has_happened() {
    let trace = format!("trace {:016x}", cut(&scenario("effect-order violated")).digest());
    for claim in [
        "effect-order violated",
        "effect-fresh violated",
        "belief-overlap seen",
        "grant(B) met",
        "grant(B) within 300ms violated",
        "grant(D) within 300ms violated",
        "answered(A) met",
        "elections >= 1",
        &trace,
    ] {
        let outcome = claimed(claim);
        assert!(outcome.holds, "{claim}: {}", outcome.found);
    }
}

#[test]
fn a_run_that_was_cut_short_holds_nothing_of_what_might_still_have_come() {
    let stopped = "; stopped after 75";
    for claim in [
        "token-unique held",
        "lock-exclusion held",
        "no-lost-update held",
        "two-leaders held",
        "grant(B) within 50s held",
        "grant(D) pending",
        "answered(D) met",
        "elections 1",
        "elections 0..5",
        "elections >= 100",
        "usable >= 1%",
        "usable < 100%",
    ] {
        let outcome = claimed(claim);
        assert!(!outcome.holds, "{claim}: {}", outcome.found);
        assert!(outcome.found.contains(stopped) && outcome.found.ends_with(" of 60 s"), "{claim}: {}", outcome.found);
    }
}

#[test]
fn nothing_reads_as_held_where_a_run_was_cut_short() {
    let scenario = scenario("effect-order violated");
    let run = cut(&scenario);
    for verdict in &run.verdicts {
        assert!(!matches!(verdict.state.word(), "held"), "{}", verdict.sentence);
    }
    let text = json::to_json(&scenario, &run);
    assert!(text.contains("\"cut_short\": \"stopped after 75"), "the JSON says so");
    assert!(text.contains("\"reason\": \"cut-short\"") && !text.contains("\"state\": \"held\""));
}

#[test]
fn a_claim_that_had_nothing_to_judge_holds_and_says_so() {
    for (claim, holds, nothing) in [
        ("no-lost-update held", true, true),
        ("no-lost-update violated", false, false),
        ("grant(C) met", true, true),
        ("grant(C) within 1s held", true, true),
        ("grant(C) within 1s violated", false, false),
        ("grant(A) met", true, false),
    ] {
        let text = format!(
            "fencepost 1\nlock L lease 10s\nstore S\nclient A at 0s: acquire L\nclient C at 0s: write S\nexpect {claim}\n"
        );
        let scenario = Document::new(text.as_str()).parse().scenario;
        let outcome = fencepost_lab::check(&scenario).remove(0);
        assert_eq!((outcome.holds, outcome.nothing_to_judge), (holds, nothing), "{claim}: {}", outcome.found);
        assert!(!nothing || outcome.found == "nothing to judge", "{claim}: {}", outcome.found);
    }
}

/// Twenty-one clients read one register at the same time.
#[test]
fn a_claim_on_too_many_operations_at_once_does_not_hold() {
    let clients: String = (1..=21).map(|number| format!("client C{number} at 1s: read X\n")).collect();
    let claims = "expect linearizable(X) held\nexpect linearizable(X) violated\nexpect sequential(X) held\n";
    let text = format!("fencepost 1\nregister X on R1 R2 R3\n{clients}{claims}");
    let parsed = Document::new(text.as_str()).parse();
    assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
    let outcomes = fencepost_lab::check(&parsed.scenario);
    assert!(outcomes.iter().all(|outcome| !outcome.holds), "{outcomes:?}");
    assert_eq!(outcomes[0].found, "no verdict: 21 operations overlap; this judge handles 20");
    let run = fencepost_lab::run(&parsed.scenario);
    let states: Vec<State> = run.verdicts.iter().map(|verdict| verdict.state).collect();
    assert!(states.contains(&State::NoVerdict(Reason::TooMany)), "{states:?}");
}
