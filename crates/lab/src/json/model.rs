//! The faults of a run, what needs them, and which models allow them.

use fencepost_scenario::{Scenario, print_fault};
use serde::Serialize;

use crate::lens::{Oddity, Outside, Row};
use crate::run::Run;

/// One fault, in its place in the list.
#[derive(Serialize)]
pub(super) struct FaultView {
    /// As a line of the scenario.
    text: String,
    /// Whether the first violation needs it; left out where nothing is violated or that is too much to find out.
    #[serde(skip_serializing_if = "Option::is_none")]
    necessary: Option<bool>,
}

/// The run seen through the models.
#[derive(Serialize)]
pub(super) struct LensView {
    timing: Vec<RowView>,
    failures: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    model: &'static str,
    stated: bool,
    promise: String,
    /// What of this run it does not allow.
    outside: Vec<OutsideView>,
}

#[derive(Serialize)]
struct OutsideView {
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<u32>,
    why: String,
}

pub(super) fn fault_views(scenario: &Scenario, run: &Run) -> Vec<FaultView> {
    let blame = crate::first_violation(run).map(|verdict| crate::blame(scenario, run, verdict));
    let faults = scenario.faults.iter().enumerate().map(|(index, fault)| FaultView {
        text: print_fault(fault),
        necessary: blame.as_ref().and_then(|blame| blame.necessary.get(index).copied()),
    });
    faults.collect()
}

pub(super) fn lens_view(scenario: &Scenario, run: &Run) -> LensView {
    let lens = crate::lens(scenario, run);
    let rows = |rows: &[Row]| rows.iter().map(row_view).collect();
    LensView { timing: rows(&lens.timing), failures: rows(&lens.failures) }
}

fn row_view(row: &Row) -> RowView {
    let outside = row.outside.iter().map(outside_view).collect();
    RowView { model: row.word, stated: row.stated, promise: row.promise.clone(), outside }
}

fn outside_view(outside: &Outside) -> OutsideView {
    let (fault, event) = match outside.what {
        Oddity::Fault(fault) => (Some(fault.0), None),
        Oddity::Event(event) => (None, Some(event.0)),
    };
    OutsideView { fault, event, why: outside.why.clone() }
}
