//! One run of one scenario: the trace, what it means, and which faults never struck.

use fencepost_properties::{Figures, Ledger, Reason, State, Verdict};
use fencepost_scenario::model::{Expectation, Scenario};
use fencepost_sim::{Duration, End, Limits};
use fencepost_vocabulary::{Cast, PropertyKind, Trace};

use crate::dangling::Dangling;
use crate::runner::{Effort, Runner};

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

    /// Whether every verdict is there. What [`run_at_once`] has left open has the reason [`Reason::Unfinished`].
    pub fn is_whole(&self) -> bool {
        !self.verdicts.iter().any(|verdict| verdict.state == State::NoVerdict(Reason::Unfinished))
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
    Runner::new(scenario, limits).finish()
}

/// As [`run`](fn@run), where what is costly to judge is left open: see [`Run::is_whole`].
pub fn run_at_once(scenario: &Scenario) -> Run {
    Runner::new(scenario, Limits::default()).within(Effort::AT_ONCE).finish()
}

/// What the scenario claims something about: that has a row among the verdicts, however little there is to say.
pub(crate) fn claimed(scenario: &Scenario) -> Vec<PropertyKind> {
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
