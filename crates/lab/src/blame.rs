//! Which faults a bad end needs: the scenario is run again without each of them, and those whose absence undoes the
//! violation, or gets done what was stuck, are necessary. A fault that acts by absence, such as a lost message, is found as well as any other.
//!
//! It is no explanation and no causal past: that is in `fencepost_properties::causes`. Two faults of which either would
//! do are both found unnecessary, since the run goes wrong without each.

use fencepost_properties::{Reason, State, Verdict};
use fencepost_scenario::Scenario;
use fencepost_sim::{End, Limits, Time};
use fencepost_vocabulary::PropertyClass;

use crate::run::Run;
use crate::runner::{Effort, Runner};

/// So many events may be run again for one answer. They are counted as they happen: the run without a fault can be far
/// longer than the run with it.
const BUDGET: u64 = 200_000;

/// So many may be for one that is wanted at once, the search for circles among them.
const AT_ONCE: u64 = 10_000;

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
    let mut blaming = Blaming::new(scenario, run, verdict);
    loop {
        if let Some(blame) = blaming.go_on(u64::MAX) {
            return blame;
        }
    }
}

/// As [`blame`](fn@blame), if that is little work; otherwise nothing.
pub fn blame_at_once(scenario: &Scenario, run: &Run, verdict: usize) -> Option<Blame> {
    let faults = scenario.faults.len();
    if !is_affordable(run, faults, BUDGET) {
        return Some(Blame { verdict, necessary: Vec::new() });
    }
    if !is_affordable(run, faults, AT_ONCE) {
        return None;
    }
    let mut left = AT_ONCE;
    let necessary = (0..faults).map(|fault| {
        let limits = Limits { events: left, ..Limits::default() };
        let again = Runner::new(&without(scenario, fault), limits).within(Effort { lasso: left, ..Effort::AT_ONCE });
        let again = again.finish();
        // The search for a circle runs it all once more.
        left = left.saturating_sub(again.trace.events.len() as u64 * 2);
        if again.trace.end == End::Limit || left == 0 { None } else { undone(&again, &run.verdicts[verdict]) }
    });
    Some(Blame { verdict, necessary: necessary.collect::<Option<Vec<bool>>>()? })
}

/// The answer in the making, a few events at a time.
#[derive(Debug)]
pub struct Blaming {
    scenario: Scenario,
    asked: Verdict,
    blame: Blame,
    left: u64,
    again: Option<Runner>,
    is_affordable: bool,
}

impl Blaming {
    /// As for [`blame`](fn@blame).
    pub fn new(scenario: &Scenario, run: &Run, verdict: usize) -> Self {
        let is_affordable = is_affordable(run, scenario.faults.len(), BUDGET);
        let (asked, blame) = (run.verdicts[verdict].clone(), Blame { verdict, necessary: Vec::new() });
        Self { scenario: scenario.clone(), asked, blame, left: BUDGET, again: None, is_affordable }
    }

    /// How many faults have been tried, and how many there are to try.
    pub fn progress(&self) -> (usize, usize) {
        (self.blame.necessary.len(), self.scenario.faults.len())
    }

    /// Goes on for about so many events. The answer, once it is there.
    pub fn go_on(&mut self, events: u64) -> Option<Blame> {
        let fault = self.blame.necessary.len();
        if !self.is_affordable || fault == self.scenario.faults.len() {
            return Some(self.blame.clone());
        }
        let limits = Limits { events: self.left, ..Limits::default() };
        let runner = self.again.get_or_insert_with(|| Runner::new(&without(&self.scenario, fault), limits));
        let again = runner.go_on(events)?;
        self.again = None;
        self.left = self.left.saturating_sub(again.trace.events.len() as u64);
        // Once the events that were left are spent, nothing is said of any fault.
        let undone = undone(&again, &self.asked).filter(|_| again.trace.end != End::Limit);
        let Some(undone) = undone else {
            self.is_affordable = false;
            self.blame.necessary.clear();
            return Some(self.blame.clone());
        };
        self.blame.necessary.push(undone);
        None
    }
}

fn is_affordable(run: &Run, faults: usize, budget: u64) -> bool {
    (run.trace.events.len() as u64).saturating_mul(faults as u64) <= budget
}

fn without(scenario: &Scenario, fault: usize) -> Scenario {
    let mut without = scenario.clone();
    without.faults.remove(fault);
    without
}

/// What there is to blame for: the first violation, or else the first promise that is stuck; `None` where all ends well.
pub fn to_blame(run: &Run) -> Option<usize> {
    let stuck = || run.verdicts.iter().position(|verdict| matches!(verdict.state, State::Stuck { .. }));
    first_violation(run).or_else(stuck)
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

/// Whether this run no longer has it; nothing where that is left open.
fn undone(again: &Run, asked: &Verdict) -> Option<bool> {
    let same = |other: &&Verdict| other.property == asked.property && other.subject == asked.subject;
    let same: Vec<&Verdict> = again.verdicts.iter().filter(same).collect();
    let is_open = same.iter().any(|verdict| verdict.state == State::NoVerdict(Reason::Unfinished));
    (!is_open).then(|| !same.into_iter().any(is_bad))
}

fn is_bad(verdict: &Verdict) -> bool {
    matches!(verdict.state, State::Violated { .. } | State::Stuck { .. })
}
