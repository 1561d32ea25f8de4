//! One run of one scenario: the trace, what it means, and which faults never struck.

use fencepost_properties::{Assumptions, Evidence, Figures, Ledger, State, Verdict, figures, judge_claimed};
use fencepost_scenario::model::{Expectation, Scenario};
use fencepost_sim::{Duration, End, FaultId, Limits, Recording, find_lasso};
use fencepost_vocabulary::{Cast, PropertyKind, Trace};

use crate::compile::{Compiled, compile};
use crate::dangling::{Dangling, dangling};

/// What came of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Who is who.
    pub cast: Cast,
    /// What happened.
    pub trace: Trace,
    /// Grants, beliefs and effects, read out of the trace.
    pub ledger: Ledger,
    /// What each property says about it.
    pub verdicts: Vec<Verdict>,
    /// How often nodes came to lead, and for what part of the time enough of them said that they hear the leader; `None`
    /// without nodes.
    pub figures: Option<Figures>,
    /// Faults that never struck.
    pub dangling: Vec<Dangling>,
}

impl Run {
    /// The digest of the trace: equal for equal texts on every platform.
    pub fn digest(&self) -> u64 {
        self.trace.digest()
    }

    /// Whether a limit stopped it before it was over.
    pub fn is_cut_short(&self) -> bool {
        matches!(self.trace.end, End::Limit | End::Zeno)
    }
}

/// Runs a scenario, without its variants, within the usual limits.
pub fn run(scenario: &Scenario) -> Run {
    run_within(scenario, Limits::default())
}

/// Runs a scenario, without its variants, within these limits.
pub fn run_within(scenario: &Scenario, limits: Limits) -> Run {
    let Compiled { mut world, cast, unresolved, planned } = compile(scenario);
    let mut recording = Recording::default();
    let end = fencepost_sim::run(&mut world, scenario.until, limits, &mut recording);
    let mut trace = recording.finish(end, world.now(), scenario.until);
    let place = |fault: FaultId| planned.get(fault.index()).copied().unwrap_or(fault);
    trace.rename_faults(place);
    let dangling = dangling(scenario, &cast, unresolved, world.waiting_faults().map(place), &trace);
    let ledger = Ledger::read(&trace, &cast);
    let claimed = claimed(scenario);
    let mut assumptions = Assumptions { max_delay: longest_delay(scenario), lasso: None };
    let mut verdicts = judge_claimed(&ledger, &trace, &cast, &assumptions, &claimed);
    let asks_of_stable = claimed.contains(&PropertyKind::Stable);
    if verdicts.iter().any(|verdict| asks_for_a_lasso(verdict, asks_of_stable)) {
        assumptions.lasso = find_lasso(compile(scenario).world, scenario.until, limits).lasso();
        if assumptions.lasso.is_some() {
            verdicts = judge_claimed(&ledger, &trace, &cast, &assumptions, &claimed);
        }
    }
    let figures = figures(&ledger, &trace, &cast, &assumptions);
    Run { cast, trace, ledger, verdicts, figures, dangling }
}

/// Whether a run that goes round in a circle would settle what this leaves open. To look for one is to run it all again:
/// that a leader may change once more, which no run with an election rules out, is reason for it only where something
/// is claimed of it.
fn asks_for_a_lasso(verdict: &Verdict, asks_of_stable: bool) -> bool {
    let may_change = asks_of_stable && verdict.property == PropertyKind::Stable;
    match verdict.state {
        State::Pending { .. } | State::Stuck { evidence: Evidence::Horizon, .. } => true,
        State::Quiet { .. } => may_change,
        _ => false,
    }
}

/// What the scenario claims something about: that has a row among the verdicts, however little there is to say.
fn claimed(scenario: &Scenario) -> Vec<PropertyKind> {
    let properties = scenario.expectations.iter().filter_map(|expectation| match expectation {
        Expectation::Property { property, .. } => Some(*property),
        Expectation::Trace(_) | Expectation::Elections { .. } | Expectation::Usable { .. } => None,
    });
    properties.collect()
}

/// The longest that a message of this scenario can take, faults aside.
pub(crate) fn longest_delay(scenario: &Scenario) -> Duration {
    scenario.links.iter().map(|link| link.delay.high).fold(scenario.delay.high, Duration::max)
}
