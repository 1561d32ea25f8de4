//! Moving the reader's eye: to an event, along the events, to the violations.

use fencepost_properties::State;
use fencepost_sim::{EventId, EventKind, FaultId, Time};
use fencepost_vocabulary::Event;

use crate::app::{Effect, Model, Panel, Target};
use crate::words::event_worth_a_row;

/// Selects a target and brings it into view.
pub fn jump(model: &mut Model, target: Target) -> Vec<Effect> {
    model.selection = Some(target);
    model.panel = Panel::Timeline;
    vec![Effect::ScrollToTarget]
}

/// Selects the first event of the table at or after a moment, or the last one.
pub fn jump_to_time(model: &mut Model, at: Time) -> Vec<Effect> {
    let mut rows = model.picture.run.trace.events.iter().filter(|event| event_worth_a_row(event));
    let event = rows.clone().find(|event| event.time >= at).or(rows.next_back()).map(|event| event.id);
    event.map_or_else(Vec::new, |event| jump(model, Target::Event(event)))
}

/// Selects a fault of the run and brings the moment it strikes into view.
pub fn jump_to_fault(model: &mut Model, fault: usize) -> Vec<Effect> {
    jump(model, Target::Fault(FaultId(fault as u16)))
}

/// The event so many rows of the table further. From nowhere, the way begins at the first or the last row.
pub fn step(model: &mut Model, steps: isize) -> Vec<Effect> {
    let rows: Vec<EventId> =
        model.picture.run.trace.events.iter().filter(|event| event_worth_a_row(event)).map(|event| event.id).collect();
    let Some(last) = rows.len().checked_sub(1) else { return Vec::new() };
    let here = model.selected_event().map(|event| rows.partition_point(|row| *row < event));
    let from = here.map_or(if steps > 0 { -1 } else { last as isize + 1 }, |place| place as isize);
    let place = from.saturating_add(steps).clamp(0, last as isize) as usize;
    jump(model, Target::Event(rows[place]))
}

/// The next violation after the selected event, and the first after the last.
pub fn jump_to_violation(model: &mut Model) -> Vec<Effect> {
    let mut violations: Vec<EventId> =
        model.picture.run.verdicts.iter().filter_map(|verdict| violating(verdict.state)).collect();
    violations.sort();
    let after = model.selected_event();
    let next = violations.iter().find(|event| Some(**event) > after).or(violations.first());
    next.copied().map_or_else(Vec::new, |event| jump(model, Target::Event(event)))
}

fn violating(state: State) -> Option<EventId> {
    match state {
        State::Violated { event, .. } => Some(event),
        _ => None,
    }
}

/// The event at which a fault of the run strikes: its beginning, or the sending it meddles with.
pub fn strikes(events: &[Event], fault: FaultId) -> Option<EventId> {
    let strike = |event: &&Event| match &event.kind {
        EventKind::FaultStarted { fault: other, .. } | EventKind::Duplicated { fault: other, .. } => *other == fault,
        EventKind::Sent { fate, .. } => fate.fault() == Some(fault),
        _ => false,
    };
    events.iter().find(strike).map(|event| event.id)
}
