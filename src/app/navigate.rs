//! Moving the reader's eye: to an event, to a moment, to what a fault is; and what the browser's tab is called.
//! Walking along the lanes is the timeline's.

use fencepost_sim::{FaultId, Time};
use fencepost_vocabulary::{Event, EventKind};

use crate::app::picture::AT_ONCE;
use crate::app::{Effect, Model, Panel, Target, documents};
use crate::words::event_worth_a_row;

/// Selects a target and brings it into view, if need be with all that is drawn before it.
pub fn jump(model: &mut Model, target: Target) -> Vec<Effect> {
    if let Target::Event(event) = target {
        draw_up_to(model, event.index() + 1);
    }
    model.selection = Some(target);
    model.panel = Panel::Timeline;
    vec![Effect::ScrollToTarget]
}

/// Draws the next events of a run of which only the first are drawn.
pub fn draw_more(model: &mut Model) -> Vec<Effect> {
    let drawn = model.picture.scene.rest.map_or(0, |rest| rest.drawn);
    draw_up_to(model, drawn + AT_ONCE);
    Vec::new()
}

/// Draws at least so many events, in steps, if they are not drawn yet.
fn draw_up_to(model: &mut Model, count: usize) {
    if model.picture.scene.rest.is_some_and(|rest| rest.drawn < count.min(rest.of)) {
        documents::cancel(model);
        model.drawn = count.div_ceil(AT_ONCE) * AT_ONCE;
        documents::lay_out_again(model);
    }
}

/// Selects the first event of the table at or after a moment, or the last one.
pub fn jump_to_time(model: &mut Model, at: Time) -> Vec<Effect> {
    let mut rows = model.picture.run.trace.events.iter().filter(|event| event_worth_a_row(event));
    let event = rows.clone().find(|event| event.time >= at).or(rows.next_back()).map(|event| event.id);
    event.map_or_else(Vec::new, |event| jump(model, Target::Event(event)))
}

/// Selects a fault of the run and brings the moment it strikes into view.
pub fn jump_to_fault(model: &mut Model, fault: usize) -> Vec<Effect> {
    let strikes = |event: &Event| fault_of(event).is_some_and(|it| it.index() == fault);
    if let Some(place) = model.picture.run.trace.events.iter().position(strikes) {
        draw_up_to(model, place + 1);
    }
    jump(model, Target::Fault(FaultId(fault as u16)))
}

/// The fault that strikes with an event, if one does.
fn fault_of(event: &Event) -> Option<FaultId> {
    use EventKind::{ClockSet, Crashed, Duplicated, FaultStarted, Sent};
    if let FaultStarted { fault, .. } | Crashed { fault, .. } | ClockSet { fault, .. } | Duplicated { fault, .. } =
        &event.kind
    {
        return Some(*fault);
    }
    if let Sent { fate, .. } = &event.kind { fate.fault() } else { None }
}

/// Puts the cursor into a line of the text.
pub fn show_line(model: &mut Model, line: usize) -> Vec<Effect> {
    model.panel = Panel::Text;
    vec![Effect::FocusLine(line)]
}

/// What the document should be called, if it is called otherwise: the title follows the scenario that is shown.
pub fn title(model: &mut Model) -> Option<Effect> {
    if model.leaves_no_trace() {
        return None;
    }
    let title = format!("{} · Fencepost", model.heading());
    (title != model.title).then(|| {
        model.title.clone_from(&title);
        Effect::SetTitle(title)
    })
}
