//! Which lines of the text belong to what the reader points at: those of its faults, and no others; and which lines a hand
//! is changing right now.

use std::ops::Range;

use fencepost_scenario::model::{FaultSpec, MessageName};

use crate::app::{Model, Target};

impl Model {
    /// The lines of the faults that are selected or under the pointer: a fault's own, or those about a message.
    pub fn lit_lines(&self) -> Vec<usize> {
        let faults = &self.picture.view.scenario.faults;
        let selected: Vec<usize> = match &self.selection {
            Some(Target::Fault(fault)) => vec![fault.index()],
            Some(Target::Message(name)) => {
                let about = |fault: &usize| message_of(&faults[*fault]) == Some(name);
                (0..faults.len()).filter(about).collect()
            }
            Some(Target::Event(_) | Target::Lane { .. } | Target::Header(_)) | None => Vec::new(),
        };
        let all = selected.into_iter().chain(self.hovered.map(|fault| fault.index()));
        all.filter_map(|fault| self.picture.view.lines.faults.get(fault).copied()).collect()
    }

    /// The lines that the hand on the diagram is changing: of one that is new, that one alone, though it moves all below it.
    pub fn lines_in_hand(&self) -> Range<usize> {
        if self.drag.is_some() { changed_lines(self.history.current().text(), self.text()) } else { 0..0 }
    }
}

/// The lines of a text that another one has not got at their place: all but the beginning and the end they share.
fn changed_lines(old: &str, new: &str) -> Range<usize> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let shared = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let left = old.len().min(new.len()) - shared;
    let end = old.iter().rev().zip(new.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
    shared..new.len() - end
}

/// The message a fault is about; `None` for a fault of participants.
fn message_of(fault: &FaultSpec) -> Option<&MessageName> {
    match fault {
        FaultSpec::Drop { message }
        | FaultSpec::Delay { message, .. }
        | FaultSpec::Duplicate { message, .. }
        | FaultSpec::Hold { message, .. } => Some(message),
        FaultSpec::Pause { .. }
        | FaultSpec::Crash { .. }
        | FaultSpec::Mute { .. }
        | FaultSpec::Deafen { .. }
        | FaultSpec::Stall { .. }
        | FaultSpec::ClockRate { .. }
        | FaultSpec::ClockJump { .. }
        | FaultSpec::Partition { .. }
        | FaultSpec::Lie { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fencepost_scenario::model::CrashStart;
    use fencepost_scenario::{Edit, gallery};
    use fencepost_sim::{FaultId, Time};

    use super::*;
    use crate::app::{Msg, Start, update};

    #[test]
    fn the_line_of_a_placed_fault_is_lit_alone() {
        let text =
            "fencepost 1\nlock L\nclient A at 0s: acquire L\n\npause A at 1s for 2s\nexpect lock-exclusion held\n";
        assert_eq!(changed_lines(text, text), 7..7);
        let placed = text.replace("\nexpect", "\ncrash L at 3s\nexpect");
        assert_eq!(changed_lines(text, &placed), 5..6);
        assert_eq!(changed_lines(&placed, text), 5..5, "of a line that is gone, none");
        assert_eq!(changed_lines(text, &text.replace("2s", "9s")), 4..5);
        let twice = text.replace("for 2s\n", "for 2s\npause A at 1s for 2s\n");
        assert_eq!(changed_lines(text, &twice).len(), 1);
    }

    /// A page with a chapter's text at one of its variants.
    fn opened(text: &str, variant: Option<String>) -> Model {
        let (mut model, _) = Model::open(Start { text: Some(text.to_owned()), ..Start::default() });
        update(&mut model, Msg::SetVariant(variant));
        model
    }

    #[test]
    fn every_fault_of_every_variant_lights_its_own_line() {
        let (mut looked_at, mut kinds) = (0, Vec::new());
        for entry in gallery::all() {
            let names = opened(entry.text, None).picture.parsed.scenario.variants.clone();
            for variant in std::iter::once(None).chain(names.into_iter().map(|variant| Some(variant.name))) {
                let mut model = opened(entry.text, variant.clone());
                let all = model.picture.view.scenario.faults.clone();
                let mut lit = BTreeSet::new();
                for (place, fault) in all.iter().enumerate() {
                    update(&mut model, Msg::Select(Some(Target::Fault(FaultId(place as u16)))));
                    let lines = model.lit_lines();
                    let [line] = lines[..] else { panic!("{} {variant:?}: {fault:?} lights {lines:?}", entry.name) };
                    assert!(lit.insert(line), "{} {variant:?}: line {line} is that of two faults", entry.name);
                    // Without its line the scenario is without the fault.
                    let rest: Vec<&str> = entry
                        .text
                        .split('\n')
                        .enumerate()
                        .filter(|(at, _)| *at != line)
                        .map(|(_, line)| line)
                        .collect();
                    let without = fencepost_scenario::Document::new(rest.join("\n")).parse();
                    let view = without.view(variant.as_deref()).expect("the variant is still there");
                    // A variant's may have replaced one of the base, which is then back.
                    let count = |faults: &[FaultSpec]| faults.iter().filter(|one| *one == fault).count();
                    let left = count(&view.scenario.faults);
                    assert_eq!(left + 1, count(&all), "{} {variant:?}: line {line}", entry.name);
                    let kind = std::mem::discriminant(fault);
                    if !kinds.contains(&kind) {
                        kinds.push(kind);
                    }
                    looked_at += 1;
                }
            }
        }
        assert!(looked_at > 150 && kinds.len() >= 10, "{looked_at} faults of {} kinds", kinds.len());
    }

    #[test]
    fn a_message_lights_the_lines_about_it_and_a_pointer_those_under_it() {
        let text = "fencepost 1\nlock L\nclient A at 0s: acquire L\nclient B at 1s: acquire L\npause B at 5s for 1s\ndrop A->L acquire 1\n";
        let mut model = opened(text, None);
        let FaultSpec::Drop { message } = model.picture.view.scenario.faults[1].clone() else { panic!("a loss") };
        update(&mut model, Msg::Select(Some(Target::Message(message))));
        assert_eq!(model.lit_lines(), [5]);
        update(&mut model, Msg::Hover(Some(FaultId(0))));
        assert_eq!(model.lit_lines(), [5, 4]);
        update(&mut model, Msg::Select(None));
        update(&mut model, Msg::Hover(None));
        assert!(model.lit_lines().is_empty());
    }

    #[test]
    fn a_fault_under_the_hand_is_the_one_line_in_hand() {
        let mut model = opened(
            "fencepost 1\nlock L\nclient A at 0s: acquire L\npause A at 5s for 1s\nexpect lock-exclusion held\n",
            None,
        );
        let start = CrashStart::At(Time::from_millis(3_000));
        let crash = FaultSpec::Crash { participant: "L".into(), start, recovery: None };
        update(&mut model, Msg::Preview(Some(Edit::AddFault(crash))));
        let lines: Vec<&str> = model.text().split('\n').collect();
        let lit = model.lines_in_hand();
        assert_eq!(lit.len(), 1);
        assert!(lines[lit.start].starts_with("crash L"), "{}", lines[lit.start]);
    }
}
