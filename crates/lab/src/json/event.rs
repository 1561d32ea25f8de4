//! What happened, event by event.

use fencepost_sim::{EventId, Fate};
use fencepost_vocabulary::{Cast, Event, EventKind};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct EventView<'run> {
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

pub(super) fn event_view<'run>(event: &'run Event, cast: &'run Cast) -> EventView<'run> {
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
        EventKind::Recovered { fault, .. } => {
            view.what = "recovered";
            view.fault = Some(fault.0);
            view.detail = Some(crate::words::event(kind, cast));
        }
        EventKind::ClockSet { fault, .. } => {
            view.what = "clock-set";
            view.fault = Some(fault.0);
            view.detail = Some(crate::words::event(kind, cast));
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
