//! A run as JSON, for other programs. Output only: the scenario's text is the one form that is read back.
//!
//! Times are integers of microseconds in fields that end in `_us`; participants and properties are their words. Fields
//! may be added later, none will change its meaning.

use fencepost_properties::{Evidence, State, Verdict};
use fencepost_sim::{End, EventId, Fate};
use fencepost_vocabulary::{Cast, Event, EventKind, PropertyClass};
use serde::Serialize;

use crate::run::Run;

/// A run, its verdicts and its whole trace.
#[derive(Serialize)]
struct RunView<'run> {
    /// The digest of the trace, as an `expect trace` line writes it.
    digest: String,
    end: &'static str,
    ended_at_us: u64,
    horizon_us: u64,
    participants: Vec<&'run str>,
    verdicts: Vec<VerdictView<'run>>,
    dangling_faults: Vec<DanglingView<'run>>,
    events: Vec<EventView<'run>>,
}

#[derive(Serialize)]
struct VerdictView<'run> {
    property: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'run str>,
    class: &'static str,
    state: &'static str,
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
struct DanglingView<'run> {
    fault: u16,
    reason: &'run str,
}

#[derive(Serialize)]
struct EventView<'run> {
    id: u32,
    time_us: u64,
    participant: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<u32>,
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    with: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrives_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fate: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<u16>,
    /// Everything else about a note, a timer or a step, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// The run as one JSON object, indented.
pub fn to_json(run: &Run) -> String {
    let view = RunView {
        digest: format!("{:016x}", run.digest()),
        end: end_word(run.trace.end),
        ended_at_us: run.trace.ended_at.0,
        horizon_us: run.trace.horizon.0,
        participants: run.cast.iter().map(|(_, member)| member.name.as_str()).collect(),
        verdicts: run.verdicts.iter().map(|verdict| verdict_view(verdict, &run.cast)).collect(),
        dangling_faults: run
            .dangling
            .iter()
            .map(|dangling| DanglingView { fault: dangling.fault.0, reason: &dangling.reason })
            .collect(),
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

fn verdict_view<'run>(verdict: &'run Verdict, cast: &'run Cast) -> VerdictView<'run> {
    let (at, until, evidence) = match verdict.state {
        State::Violated { at, .. } | State::Met { at, .. } => (Some(at), None, None),
        State::Seen { from, until } => (Some(from), Some(until), None),
        State::Stuck { evidence: Evidence::Quiescent, since } => (Some(since), None, Some("quiescent")),
        State::Stuck { evidence: Evidence::Horizon, since } => (Some(since), None, Some("horizon")),
        State::Held | State::Pending { .. } | State::Vacuous | State::Unseen => (None, None, None),
    };
    VerdictView {
        property: verdict.property.word(),
        subject: verdict.subject.map(|id| cast.name(id)),
        class: match verdict.property.class() {
            PropertyClass::Safety => "safety",
            PropertyClass::Liveness => "liveness",
            PropertyClass::Hazard => "hazard",
        },
        state: verdict.state.word(),
        evidence,
        at_us: at.map(|time| time.0),
        until_us: until.map(|time| time.0),
        events: verdict.events.iter().map(|id| id.0).collect(),
        sentence: &verdict.sentence,
    }
}

fn event_view<'run>(event: &'run Event, cast: &'run Cast) -> EventView<'run> {
    let mut view = EventView {
        id: event.id.0,
        time_us: event.time.0,
        participant: cast.name(event.participant),
        cause: event.cause.map(|EventId(id)| id),
        what: "",
        with: None,
        message: None,
        token: None,
        arrives_us: None,
        fate: None,
        fault: None,
        detail: None,
    };
    describe(&event.kind, cast, &mut view);
    view
}

fn describe<'run>(kind: &'run EventKind, cast: &'run Cast, view: &mut EventView<'run>) {
    match kind {
        EventKind::Started => view.what = "started",
        EventKind::FaultStarted { fault, until } => {
            view.what = "fault-started";
            view.fault = Some(fault.0);
            view.arrives_us = until.map(|time| time.0);
        }
        EventKind::Crashed { fault, recovers } => {
            view.what = "crashed";
            view.fault = Some(fault.0);
            view.arrives_us = recovers.map(|time| time.0);
        }
        EventKind::FaultEnded { fault } => {
            view.what = "fault-ended";
            view.fault = Some(fault.0);
        }
        EventKind::Recovered { fault, incarnation, .. } => {
            view.what = "recovered";
            view.fault = Some(fault.0);
            view.detail = Some(format!("incarnation {incarnation}"));
        }
        EventKind::ClockSet { fault, rate, jumped } => {
            view.what = "clock-set";
            view.fault = Some(fault.0);
            view.detail = Some(format!("rate {} ppm, jumped {jumped} us", rate.0));
        }
        EventKind::Sent { to, message, fate, .. } => {
            mail("sent", cast.name(*to), message, view);
            view.arrives_us = fate.arrives().map(|time| time.0);
            view.fault = fate.fault().map(|fault| fault.0);
            view.fate = Some(match fate {
                Fate::OnTime { .. } => "on-time",
                Fate::Delayed { .. } => "delayed",
                Fate::Held { .. } => "held",
                Fate::Dropped { .. } => "dropped",
            });
        }
        EventKind::Duplicated { fault, to, arrives } => {
            view.what = "duplicated";
            view.with = Some(cast.name(*to));
            view.arrives_us = Some(arrives.0);
            view.fault = Some(fault.0);
        }
        EventKind::Buffered { from, message } => mail("buffered", cast.name(*from), message, view),
        EventKind::Delivered { from, message } => mail("delivered", cast.name(*from), message, view),
        EventKind::Lost { from, message } => mail("lost", cast.name(*from), message, view),
        EventKind::TimerFired(timer) => {
            view.what = "timer-fired";
            view.detail = Some(crate::words::timer(*timer).to_owned());
        }
        EventKind::Stepped(step) => {
            view.what = "stepped";
            view.detail = Some(step.word().to_owned());
        }
        EventKind::Noted(note) => {
            view.what = "noted";
            view.detail = Some(crate::words::note(note, cast));
        }
    }
}

fn mail<'run>(
    what: &'static str,
    with: &'run str,
    message: &fencepost_vocabulary::Message,
    view: &mut EventView<'run>,
) {
    view.what = what;
    view.with = Some(with);
    view.message = Some(message.kind().word());
    view.token = message.token().map(|token| token.0);
}
