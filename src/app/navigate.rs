//! Moving the reader's eye: to an event, to a moment, to what a fault is; and what the browser's tab is called.
//! Walking along the lanes is the timeline's.

use fencepost_sim::{FaultId, Time};
use fencepost_vocabulary::Event;

use crate::app::picture::AT_ONCE;
use crate::app::{Effect, Model, Panel, Target, documents};
use crate::words::event_worth_a_row;

/// Selects a target and brings it into view, if need be with all that is drawn before it.
pub fn jump(model: &mut Model, target: Target) -> Vec<Effect> {
    if let Target::Event(event) = target {
        draw_up_to(model, event.index() + 1);
    }
    (model.selection, model.mark) = (Some(target), None);
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

/// Marks a moment, which the timeline scrolls to, and selects the first event of the table at or after it, or the last.
pub fn jump_to_time(model: &mut Model, at: Time) -> Vec<Effect> {
    let before = model.mark.map_or(0, |mark| mark.0);
    let mut rows = model.picture.run.trace.events.iter().filter(|event| event_worth_a_row(event));
    let event = rows.clone().find(|event| event.time >= at).or(rows.next_back()).map(|event| event.id);
    if let Some(event) = event {
        jump(model, Target::Event(event));
    }
    model.mark = Some((before + 1, at));
    Vec::new()
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
    use fencepost_sim::EventKind::{ClockSet, Crashed, Duplicated, FaultStarted, Sent};
    if let FaultStarted { fault, .. } | Crashed { fault, .. } | ClockSet { fault, .. } | Duplicated { fault, .. } =
        &event.kind
    {
        return Some(*fault);
    }
    if let Sent { fate, .. } = &event.kind { fate.fault() } else { None }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Msg, Start, update};

    /// About 50,000 events, the last of which is a cut.
    fn long() -> Model {
        let clients: String = (0..10).map(|client| format!("client C{client} at 0s: write S x900\n")).collect();
        let text =
            format!("fencepost 1\nuntil 60s\nnetwork delay 10ms\nstore S\n{clients}partition C1 | S from 59s to 60s\n");
        let mut model = Model::open(Start::default()).0;
        update(&mut model, Msg::OpenText(text));
        model
    }

    fn drawn(model: &Model) -> Option<usize> {
        model.picture.scene.rest.map(|rest| rest.drawn)
    }

    #[test]
    fn the_first_events_of_a_long_run_are_drawn_at_once_and_more_when_they_are_asked_for() {
        let mut model = long();
        let all = model.picture.run.trace.events.len();
        assert!((2 * AT_ONCE..4 * AT_ONCE).contains(&all), "{all} events");
        let at_once = drawn(&model).expect("a rest");
        assert!(at_once <= AT_ONCE && at_once > AT_ONCE - 100);
        update(&mut model, Msg::DrawMore);
        let more = drawn(&model).expect("a rest");
        assert!(more > AT_ONCE && more <= 2 * AT_ONCE, "{more}");
        for _ in 0..4 {
            update(&mut model, Msg::DrawMore);
        }
        assert_eq!(drawn(&model), None);
        update(&mut model, Msg::Resize(500));
        assert_eq!(drawn(&model), None, "on another width it shows as much");
    }

    #[test]
    fn where_the_reader_jumps_to_is_drawn() {
        let mut model = long();
        let last = model.picture.run.trace.events.last().expect("an event").id;
        update(&mut model, Msg::JumpTo(last));
        assert_eq!(drawn(&model), None);
        let mut model = long();
        let near = fencepost_sim::EventId(100);
        update(&mut model, Msg::JumpTo(near));
        assert!(drawn(&model).is_some_and(|drawn| drawn <= AT_ONCE), "what is drawn already needs no more");
        update(&mut model, Msg::JumpToFault(0));
        assert!(model.picture.scene.spans.iter().any(|span| span.about.fault.is_some()), "the cut at the end");
    }

    #[test]
    fn another_text_begins_at_its_beginning_again() {
        let mut model = long();
        update(&mut model, Msg::DrawMore);
        let text = model.text().replace("59s", "58s");
        update(&mut model, Msg::OpenText(text));
        assert!(drawn(&model).is_some_and(|drawn| drawn <= AT_ONCE));
    }
}
