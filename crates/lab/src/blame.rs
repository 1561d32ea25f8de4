//! Which faults a bad end needs: the scenario is run again without each of them, and those whose absence undoes the
//! violation, or gets done what was stuck, are necessary. A fault that acts by absence, such as a lost message, is found as well as any other.
//!
//! It is no explanation and no causal past: that is in `fencepost_properties::causes`. Two faults of which either would
//! do are both found unnecessary, since the run goes wrong without each.

use fencepost_properties::{State, Verdict};
use fencepost_scenario::Scenario;
use fencepost_sim::Time;
use fencepost_vocabulary::PropertyClass;

use crate::run::{Run, run};

/// So many events may be run again for one answer: about a frame's worth.
const BUDGET: usize = 200_000;

/// What is known about one violation, or one promise that is stuck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// What it is about, as a place in the list of verdicts.
    pub verdict: usize,
    /// For each fault of the scenario that was run, whether it is needed for that. Empty if that was too much work.
    pub necessary: Vec<bool>,
}

/// The faults that this violation, or this standstill, needs: `verdict` is its place in `run.verdicts`, and `run` is the run of `scenario`.
pub fn blame(scenario: &Scenario, run: &Run, verdict: usize) -> Blame {
    let faults = scenario.faults.len();
    let affordable = run.trace.events.len().saturating_mul(faults) <= BUDGET;
    let needed = |fault| is_undone_without(scenario, &run.verdicts[verdict], fault);
    let necessary = if affordable { (0..faults).map(needed).collect() } else { Vec::new() };
    Blame { verdict, necessary }
}

/// The safety property that was violated first, by time; ties in the order in which a reader sees them.
pub fn first_violation(run: &Run) -> Option<usize> {
    let violated = run.verdicts.iter().enumerate().filter_map(|(index, verdict)| Some((violated_at(verdict)?, index)));
    violated.min().map(|(_, index)| index)
}

fn violated_at(verdict: &Verdict) -> Option<Time> {
    match verdict.state {
        State::Violated { at, .. } if verdict.property.class() == PropertyClass::Safety => Some(at),
        _ => None,
    }
}

fn is_undone_without(scenario: &Scenario, asked: &Verdict, fault: usize) -> bool {
    let mut without = scenario.clone();
    without.faults.remove(fault);
    let again = run(&without);
    let same = |other: &&Verdict| other.property == asked.property && other.subject == asked.subject;
    !again.verdicts.iter().filter(same).any(is_bad)
}

fn is_bad(verdict: &Verdict) -> bool {
    matches!(verdict.state, State::Violated { .. } | State::Stuck { .. })
}
