//! Which faults a bad end needs: the scenario is run again without each of them, and those whose absence undoes the
//! violation, or gets done what was stuck, are necessary. A fault that acts by absence, such as a lost message, is found as well as any other.
//!
//! It is no explanation and no causal past: that is in `fencepost_properties::causes`. Two faults of which either would
//! do are both found unnecessary, since the run goes wrong without each.

use fencepost_properties::{State, Verdict};
use fencepost_scenario::Scenario;
use fencepost_sim::{End, Limits, Time};
use fencepost_vocabulary::PropertyClass;

use crate::run::{Run, run_within};

/// So many events may be run again for one answer: about a frame's worth. They are counted as they happen: the run
/// without a fault can be far longer than the run with it.
const BUDGET: u64 = 200_000;

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
    let affordable = (run.trace.events.len() as u64).saturating_mul(faults as u64) <= BUDGET;
    let mut left = BUDGET;
    let needed = |fault| is_undone_without(scenario, &run.verdicts[verdict], fault, &mut left);
    let necessary = affordable.then(|| (0..faults).map(needed).collect::<Option<Vec<bool>>>()).flatten();
    Blame { verdict, necessary: necessary.unwrap_or_default() }
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

/// Whether the run without this fault no longer has it; nothing once the events that were left are spent.
fn is_undone_without(scenario: &Scenario, asked: &Verdict, fault: usize, left: &mut u64) -> Option<bool> {
    let mut without = scenario.clone();
    without.faults.remove(fault);
    let again = run_within(&without, Limits { events: *left, ..Limits::default() });
    *left = left.saturating_sub(again.trace.events.len() as u64);
    if again.trace.end == End::Limit {
        return None;
    }
    let same = |other: &&Verdict| other.property == asked.property && other.subject == asked.subject;
    Some(!again.verdicts.iter().filter(same).any(is_bad))
}

fn is_bad(verdict: &Verdict) -> bool {
    matches!(verdict.state, State::Violated { .. } | State::Stuck { .. })
}
