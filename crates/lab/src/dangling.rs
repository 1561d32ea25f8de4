//! The faults of a scenario that never struck, and why. They are shown and never moved to something else.

use fencepost_scenario::model::{CrashStart, FaultSpec, PauseStart, Scenario};
use fencepost_sim::{End, EventKind, FaultId, sort_by_rank};
use fencepost_vocabulary::{Cast, Trace};

use crate::lies::{lie_told, why_untold};

/// A fault that never struck, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// Which fault.
    pub fault: FaultId,
    /// Why not, in a sentence for the reader.
    pub reason: String,
}

/// All that dangle, in the order of the scenario: those that speak of nobody, those that wait for something that did
/// not come, and those of which the trace says nothing although it should.
pub(crate) fn dangling(
    scenario: &Scenario,
    cast: &Cast,
    unresolved: Vec<(FaultId, String)>,
    waiting: impl Iterator<Item = FaultId>,
    trace: &Trace,
) -> Vec<Dangling> {
    let nobody = |(fault, name)| Dangling { fault, reason: format!("Nobody here is called {name}.") };
    let mut all: Vec<Dangling> = unresolved.into_iter().map(nobody).collect();
    all.extend(waiting.map(|fault| never_came(fault, trace)));
    let seen = seen(scenario, cast, trace);
    for (index, spec) in scenario.faults.iter().enumerate() {
        let fault = FaultId(index as u16);
        if seen[index] || all.iter().any(|dangling| dangling.fault == fault) {
            continue;
        }
        let reason = unseen(spec).map(str::to_owned).or_else(|| why_untold(spec, scenario));
        all.extend(reason.map(|reason| Dangling { fault, reason }));
    }
    sort_by_rank(&mut all, |dangling| (u64::from(dangling.fault.0), 0));
    all
}

fn never_came(fault: FaultId, trace: &Trace) -> Dangling {
    let reason = match trace.end {
        End::Quiescent => "What it waits for does not happen in this run.",
        End::Horizon | End::Limit | End::Zeno => "What it waits for had not happened when the run ended.",
    };
    Dangling { fault, reason: reason.to_owned() }
}

/// Which faults some event names.
fn seen(scenario: &Scenario, cast: &Cast, trace: &Trace) -> Vec<bool> {
    let mut seen = vec![false; scenario.faults.len()];
    for event in &trace.events {
        let fault = match &event.kind {
            EventKind::FaultStarted { fault, .. }
            | EventKind::Crashed { fault, .. }
            | EventKind::ClockSet { fault, .. } => Some(*fault),
            EventKind::Sent { fate, .. } => fate.fault(),
            EventKind::Noted(_) => lie_told(event, scenario, cast, trace),
            _ => None,
        };
        if let Some(place) = fault.and_then(|fault| seen.get_mut(fault.index())) {
            *place = true;
        }
    }
    seen
}

/// What it means that no event names this fault; nothing where it may have struck all the same.
fn unseen(spec: &FaultSpec) -> Option<&'static str> {
    match spec {
        FaultSpec::Pause { start: PauseStart::At(_), .. }
        | FaultSpec::Crash { start: CrashStart::At(_), .. }
        | FaultSpec::Partition { .. }
        | FaultSpec::Mute { .. }
        | FaultSpec::Deafen { .. }
        | FaultSpec::ClockRate { .. }
        | FaultSpec::ClockJump { .. } => Some("It never began in this run."),
        // Nothing strikes a liar, who does all of it alone; see [`why_untold`].
        FaultSpec::Lie { .. } => None,
        FaultSpec::Hold { .. } => Some("Its message leaves later anyway, or meets another fault."),
        // These left the list of those that wait, so they struck, though perhaps together with another one.
        FaultSpec::Pause { .. }
        | FaultSpec::Crash { .. }
        | FaultSpec::Stall { .. }
        | FaultSpec::Drop { .. }
        | FaultSpec::Delay { .. }
        | FaultSpec::Duplicate { .. } => None,
    }
}
