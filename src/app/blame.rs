//! Which faults a violation needs: the scenario is run again without each of them, and those whose absence undoes the
//! violation are necessary. A fault that acts by absence, such as a lost message, is found as well as any other.

use fencepost_lab::Run;
use fencepost_properties::{State, Verdict};
use fencepost_scenario::Scenario;
use fencepost_sim::Time;
use fencepost_vocabulary::PropertyClass;

use crate::app::Picture;

/// So many events may be run again for one answer: about a frame's worth.
const BUDGET: usize = 200_000;

/// What is known about one violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// The violation, as a place in the list of verdicts.
    pub verdict: usize,
    /// For each fault of the scenario that was run, whether the violation needs it. Empty if that was too much work.
    pub necessary: Vec<bool>,
}

impl Blame {
    /// The blame for the first violation of a picture; `None` where nothing is violated.
    pub fn of(picture: &Picture) -> Option<Self> {
        let verdict = first_violation(&picture.run)?;
        let faults = picture.view.scenario.faults.len();
        let affordable = picture.run.trace.events.len().saturating_mul(faults) <= BUDGET;
        let needed = |fault| is_undone_without(&picture.view.scenario, &picture.run, verdict, fault);
        let necessary = if affordable { (0..faults).map(needed).collect() } else { Vec::new() };
        Some(Self { verdict, necessary })
    }
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

fn is_undone_without(view: &Scenario, run: &Run, verdict: usize, fault: usize) -> bool {
    let mut without = view.clone();
    without.faults.remove(fault);
    let again = fencepost_lab::run(&without);
    let asked = &run.verdicts[verdict];
    let same = |other: &&Verdict| other.property == asked.property && other.subject == asked.subject;
    !again.verdicts.iter().filter(same).any(|other| violated_at(other).is_some())
}
