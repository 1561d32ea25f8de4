//! Blame, one finding at a time: which faults a bad end needs, found by leaving each out.
#![cfg(not(target_arch = "wasm32"))]

use fencepost_lab::{blame, first_violation, run};
use fencepost_properties::Verdict;
use fencepost_scenario::{Document, Scenario};
use fencepost_vocabulary::PropertyKind;

/// A client that sleeps through its lease, and another that takes the lock over.
const LATE: &str = "fencepost 1\nlock L lease 10s\nstore S check none\nclient A at 0s: acquire L; work 50ms; write S\n\
    client B at 1s: acquire L; work 100ms; write S\n";

fn scenario(faults: &str) -> Scenario {
    let parsed = Document::new(format!("{LATE}{faults}")).parse();
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    parsed.scenario
}

/// Which faults the first violation of a run with these faults needs.
fn needed(faults: &str) -> Vec<bool> {
    let scenario = scenario(faults);
    let run = run(&scenario);
    blame(&scenario, &run, first_violation(&run).expect("it goes wrong")).necessary
}

#[test]
fn the_one_fault_that_matters_is_found_wherever_it_stands() {
    assert_eq!(needed("pause A at 150ms for 15s\n"), [true]);
    assert_eq!(needed("pause B at 20s for 10ms\npause A at 150ms for 15s\n"), [false, true]);
    assert_eq!(needed("delay A->S write 1 by 20s\npause A at 20s for 1s\n"), [true, false]);
}

#[test]
fn two_faults_of_which_either_would_do_are_both_unnecessary() {
    assert_eq!(needed("pause A at 150ms for 15s\ndelay A->S write 1 by 20s\n"), [false, false]);
}

#[test]
fn a_standstill_has_its_faults_too() {
    let text = "fencepost 1\nlock L lease none\nclient A at 0s: acquire L; work 50ms; release L\n\
        client B at 1s: acquire L\ncrash A at 120ms\npause B at 20s for 10ms\n";
    let scenario = Document::new(text).parse().scenario;
    let run = run(&scenario);
    let is_stuck = |verdict: &Verdict| verdict.property == PropertyKind::Grant && verdict.state.word() == "stuck";
    let verdict = run.verdicts.iter().position(is_stuck).expect("B waits for ever");
    assert_eq!(blame(&scenario, &run, verdict).necessary, [true, false]);
}

#[test]
fn what_would_take_too_long_is_not_begun() {
    let many = "pause B at 20s for 10ms\n".repeat(999);
    let scenario = scenario(&format!("pause A at 150ms for 15s\n{many}"));
    let run = run(&scenario);
    assert!(blame(&scenario, &run, first_violation(&run).expect("it goes wrong")).necessary.is_empty());
}

#[test]
fn a_fault_whose_absence_frees_a_storm_ends_the_search() {
    // As it stands the run is short: both of the pair are dead. Without either crash the other sends for ever.
    let scenario = scenario(
        "pair P Q heartbeat 1us timeout 2us\ncrash P at 0s\ncrash Q at 0s\npause A at 150ms for 15s\nuntil 30s\n",
    );
    let run = run(&scenario);
    assert!(run.trace.events.len() < 200, "{}", run.trace.events.len());
    assert!(blame(&scenario, &run, first_violation(&run).expect("it goes wrong")).necessary.is_empty());
}

#[test]
fn a_lie_can_be_blamed() {
    let text = "fencepost 1\ngenerals G1 G2 G3 G4 G5 G6 G7 rounds 1 traitor G1 G7\nlie G1 to G5 says retreat\n\
        lie G1 to G6 says retreat\nlie G7 to G2 says retreat\nlie G7 to G1 says attack\n";
    let scenario = Document::new(text).parse().scenario;
    let run = run(&scenario);
    let is_parted =
        |verdict: &Verdict| verdict.property == PropertyKind::Agreement && verdict.state.word() == "violated";
    let verdict = run.verdicts.iter().position(is_parted).expect("the word of G7 decides");
    assert_eq!(blame(&scenario, &run, verdict).necessary, [true, true, true, false]);
}
