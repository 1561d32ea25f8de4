//! Moving the reader's eye: to an event, to a moment, to what a fault is; and what the browser's tab is called.
//! Walking along the lanes is the timeline's.

use fencepost_sim::{FaultId, Time};

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

/// Another text is read from its beginning: the picture and every panel from the top, with the focus on the heading. A
/// stranger's page is not scrolled.
pub fn begin(model: &Model) -> Option<Effect> {
    (!model.leaves_no_trace()).then_some(Effect::BeginReading)
}

/// Shows the judgement: on a narrow screen its panel, elsewhere its place beside or below the picture.
pub fn show_verdicts(model: &mut Model) -> Vec<Effect> {
    model.panel = Panel::Verdicts;
    vec![Effect::ShowVerdicts]
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
    let title = format!("{} · Fencepost", model.full_title());
    (title != model.title).then(|| {
        model.title.clone_from(&title);
        Effect::SetTitle(title)
    })
}
