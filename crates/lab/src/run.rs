//! One run of one scenario: the trace, what it means, and which faults never struck.

use fencepost_properties::{Assumptions, Ledger, Verdict, judge_ledger};
use fencepost_scenario::model::Scenario;
use fencepost_sim::{Duration, End, EventKind, FaultId, Limits, Recording, sort_by_rank};
use fencepost_vocabulary::{Cast, Trace};

use crate::compile::{Compiled, compile};

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
    /// Faults that never struck.
    pub dangling: Vec<Dangling>,
}

/// A fault that never struck, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// Which fault.
    pub fault: FaultId,
    /// Why not, in a sentence for the reader.
    pub reason: String,
}

impl Run {
    /// The digest of the trace: equal for equal texts on every platform.
    pub fn digest(&self) -> u64 {
        self.trace.digest()
    }
}

/// Runs a scenario, without its variants, within the usual limits.
pub fn run(scenario: &Scenario) -> Run {
    run_within(scenario, Limits::default())
}

/// Runs a scenario, without its variants, within these limits.
pub fn run_within(scenario: &Scenario, limits: Limits) -> Run {
    let Compiled { mut world, cast, unresolved } = compile(scenario);
    let mut recording = Recording::default();
    let end = fencepost_sim::run(&mut world, scenario.until, limits, &mut recording);
    let trace = recording.finish(end, world.now(), scenario.until);
    let mut dangling: Vec<Dangling> = unresolved
        .into_iter()
        .map(|(fault, name)| Dangling { fault, reason: format!("Nobody here is called {name}.") })
        .collect();
    dangling.extend(world.waiting_faults().map(|fault| never_came(fault, &trace)));
    dangling.extend(too_late(scenario, &trace, &dangling));
    sort_by_rank(&mut dangling, |dangling| (u64::from(dangling.fault.0), 0));
    let ledger = Ledger::read(&trace, &cast);
    let assumptions = Assumptions { max_delay: longest_delay(scenario) };
    let verdicts = judge_ledger(&ledger, &trace, &cast, &assumptions);
    Run { cast, trace, ledger, verdicts, dangling }
}

fn never_came(fault: FaultId, trace: &Trace) -> Dangling {
    let reason = match trace.end {
        End::Quiescent => "What it waits for does not happen in this run.",
        End::Horizon | End::Limit | End::Zeno => "What it waits for had not happened when the run ended.",
    };
    Dangling { fault, reason: reason.to_owned() }
}

/// Timed faults that were still to come when the run ended.
fn too_late(scenario: &Scenario, trace: &Trace, known: &[Dangling]) -> Vec<Dangling> {
    use fencepost_scenario::model::{FaultSpec, PauseStart};
    let started = |id: FaultId| {
        trace.events.iter().any(|event| matches!(event.kind, EventKind::FaultStarted { fault, .. } | EventKind::Crashed { fault, .. } if fault == id))
    };
    let ids = scenario.faults.iter().enumerate().map(|(index, spec)| (FaultId(index as u16), spec));
    let timed = ids.filter(|(_, spec)| {
        matches!(
            spec,
            FaultSpec::Pause { start: PauseStart::At(_), .. } | FaultSpec::Crash { .. } | FaultSpec::Partition { .. }
        )
    });
    timed
        .filter(|(id, _)| known.iter().all(|dangling| dangling.fault != *id) && !started(*id))
        .map(|(fault, _)| Dangling { fault, reason: "It never began in this run.".to_owned() })
        .collect()
}

/// The longest that a message of this scenario can take, faults aside.
pub(crate) fn longest_delay(scenario: &Scenario) -> Duration {
    scenario.links.iter().map(|link| link.delay.high).fold(scenario.delay.high, Duration::max)
}
