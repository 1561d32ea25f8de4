//! A run as JSON, for other programs. Output only: the scenario's text is the one form that is read back.
//!
//! Times are integers of microseconds in fields that end in `_us`; participants and properties are their words. Fields
//! may be added later, none will change its meaning.

mod event;
mod model;

use fencepost_properties::{Evidence, Reason, State, Verdict, cut_short};
use fencepost_scenario::Scenario;
use fencepost_sim::End;
use fencepost_vocabulary::{Cast, PropertyClass};
use serde::Serialize;

use crate::run::Run;
use event::{EventView, event_view};
use model::{FaultView, LensView, fault_views, lens_view};

/// A run, its verdicts and its whole trace.
#[derive(Serialize)]
struct RunView<'run> {
    /// The digest of the trace, as an `expect trace` line writes it.
    digest: String,
    end: &'static str,
    /// How a limit stopped the run before it was over, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_short: Option<String>,
    ended_at_us: u64,
    horizon_us: u64,
    participants: Vec<&'run str>,
    verdicts: Vec<VerdictView<'run>>,
    /// What is measured where nodes elect.
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<FiguresView>,
    dangling_faults: Vec<DanglingView<'run>>,
    faults: Vec<FaultView>,
    models: LensView,
    events: Vec<EventView<'run>>,
}

#[derive(Serialize)]
struct VerdictView<'run> {
    property: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'run str>,
    class: &'static str,
    state: &'static str,
    /// Why there is no verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until_us: Option<u64>,
    events: Vec<u32>,
    sentence: &'run str,
}

#[derive(Serialize)]
struct FiguresView {
    elections: u32,
    /// For what part of the run a leader was acknowledged, in millionths.
    usable_ppm: u32,
}

#[derive(Serialize)]
struct DanglingView<'run> {
    fault: u16,
    reason: &'run str,
}

/// The run of this scenario as one JSON object, indented.
pub fn to_json(scenario: &Scenario, run: &Run) -> String {
    let view = RunView {
        digest: format!("{:016x}", run.digest()),
        end: end_word(run.trace.end),
        cut_short: cut_short(&run.trace),
        ended_at_us: run.trace.ended_at.0,
        horizon_us: run.trace.horizon.0,
        participants: run.cast.iter().map(|(_, member)| member.name.as_str()).collect(),
        verdicts: run.verdicts.iter().map(|verdict| verdict_view(verdict, &run.cast)).collect(),
        figures: run.figures.map(|figures| FiguresView { elections: figures.elections, usable_ppm: figures.usable }),
        dangling_faults: run
            .dangling
            .iter()
            .map(|dangling| DanglingView { fault: dangling.fault.0, reason: &dangling.reason })
            .collect(),
        faults: fault_views(scenario, run),
        models: lens_view(scenario, run),
        events: run.trace.events.iter().map(|event| event_view(event, &run.cast)).collect(),
    };
    // Strings and integers only: there is nothing in the view that serde_json could refuse.
    serde_json::to_string_pretty(&view).unwrap_or_default()
}

fn end_word(end: End) -> &'static str {
    match end {
        End::Quiescent => "quiescent",
        End::Horizon => "horizon",
        End::Limit => "limit",
        End::Zeno => "zeno",
    }
}

fn state_word(state: State) -> &'static str {
    match state {
        State::NoVerdict(_) => "no-verdict",
        State::Held | State::Unseen | State::Violated { .. } | State::Seen { .. } => state.word(),
        State::Met { .. } | State::Pending { .. } | State::Quiet { .. } | State::Stuck { .. } => state.word(),
    }
}

fn reason_word(state: State) -> Option<&'static str> {
    let State::NoVerdict(reason) = state else { return None };
    Some(match reason {
        Reason::CutShort => "cut-short",
        Reason::TooMany => "too-many-operations",
        Reason::NothingToJudge => "nothing-to-judge",
        Reason::Unfinished => "unfinished",
    })
}

fn verdict_view<'run>(verdict: &'run Verdict, cast: &'run Cast) -> VerdictView<'run> {
    let (at, until, evidence) = match verdict.state {
        State::Violated { at, .. } | State::Met { at, .. } => (Some(at), None, None),
        State::Seen { from, until } => (Some(from), Some(until), None),
        State::Stuck { evidence: Evidence::Quiescent, since } => (Some(since), None, Some("quiescent")),
        State::Stuck { evidence: Evidence::Lasso { .. }, since } => (Some(since), None, Some("lasso")),
        State::Stuck { evidence: Evidence::Horizon, since } => (Some(since), None, Some("horizon")),
        State::Stuck { evidence: Evidence::GaveUp, since } => (Some(since), None, Some("gave-up")),
        State::Quiet { since } => (Some(since), None, None),
        State::Held | State::Pending { .. } | State::NoVerdict(_) | State::Unseen => (None, None, None),
    };
    VerdictView {
        property: verdict.property.word(),
        subject: verdict.subject.map(|id| cast.name(id)),
        class: match verdict.property.class() {
            PropertyClass::Safety => "safety",
            PropertyClass::Liveness => "liveness",
            PropertyClass::Hazard => "hazard",
        },
        state: state_word(verdict.state),
        reason: reason_word(verdict.state),
        evidence,
        at_us: at.map(|time| time.0),
        until_us: until.map(|time| time.0),
        events: verdict.events.iter().map(|id| id.0).collect(),
        sentence: &verdict.sentence,
    }
}
