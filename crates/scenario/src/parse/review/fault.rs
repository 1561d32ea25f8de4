//! What goes wrong with nobody, or cannot go wrong.

use std::collections::BTreeMap;

use fencepost_vocabulary::Step;

use crate::model::{CrashStart, FaultSpec, MessageName, PauseStart};
use crate::parse::fault::TIMED;
use crate::parse::problem::Problem;
use crate::parse::review::{Names, Remarks};
use crate::print::print_message;
use crate::view::View;

impl Remarks<'_> {
    pub(super) fn fault(&mut self, line: usize, fault: &FaultSpec, names: &Names<'_>) {
        match fault {
            FaultSpec::Pause { participant, start: PauseStart::Before { step, .. }, .. }
            | FaultSpec::Crash { participant, start: CrashStart::Before { step, .. }, .. }
            | FaultSpec::Stall { participant, step, .. } => self.takes(line, participant, *step, names),
            FaultSpec::Crash { participant, start: CrashStart::AfterSending(message), .. } => {
                self.somebody(line, [participant, &message.to], names);
            }
            FaultSpec::Pause { participant, .. }
            | FaultSpec::Crash { participant, .. }
            | FaultSpec::Mute { participant, .. }
            | FaultSpec::Deafen { participant, .. }
            | FaultSpec::ClockRate { participant, .. }
            | FaultSpec::ClockJump { participant, .. } => self.somebody(line, [participant], names),
            FaultSpec::Partition { sides, .. } => self.somebody(line, sides.left.iter().chain(&sides.right), names),
            FaultSpec::Drop { message: MessageName { from, to, .. } }
            | FaultSpec::Delay { message: MessageName { from, to, .. }, .. }
            | FaultSpec::Hold { message: MessageName { from, to, .. }, .. }
            | FaultSpec::Duplicate { message: MessageName { from, to, .. }, .. } => {
                self.somebody(line, [from, to], names);
            }
            FaultSpec::Lie { from, to, about, .. } => self.lie(line, from, to, about.as_ref(), names),
        }
    }

    /// Only a traitor lies, to another of its own kind, about what one of them said.
    fn lie(&mut self, line: usize, from: &str, to: &str, about: Option<&String>, names: &Names<'_>) {
        self.kind(line, from, "traitor, and only traitors lie", |kind| kind.traitor, names);
        for name in [to].into_iter().chain(about.map(String::as_str)) {
            self.kind(line, name, "general who agrees with others round by round", |kind| kind.officer, names);
        }
    }

    /// The participant must be one that takes steps of that name.
    fn takes(&mut self, line: usize, name: &str, step: Step, names: &Names<'_>) {
        match TIMED.contains(&step) {
            true => {
                let what = "service, and only lock services and stores take that step";
                self.kind(line, name, what, |kind| kind.service, names);
            }
            false => self.kind(line, name, "client, and only clients take that step", |kind| kind.client, names),
        }
    }

    /// What is done to a message that never gets anywhere is done to nothing.
    pub(super) fn lost(&mut self, view: &View) {
        let faults = || view.scenario.faults.iter().zip(&view.lines.faults);
        let mut lost: BTreeMap<String, usize> = BTreeMap::new();
        for (fault, line) in faults() {
            if let FaultSpec::Drop { message } = fault {
                lost.entry(print_message(message)).or_insert(*line);
            }
        }
        for (fault, line) in faults() {
            let (FaultSpec::Delay { message, .. }
            | FaultSpec::Hold { message, .. }
            | FaultSpec::Duplicate { message, .. }) = fault
            else {
                continue;
            };
            let said = print_message(message);
            if let Some(drop) = lost.get(&said) {
                let remark = format!("`{said}` is dropped in line {}, so this changes nothing", drop + 1);
                let text = self.lines.get(*line).copied().unwrap_or_default();
                self.say(*line, Problem::odd(&remark).within(text));
            }
        }
    }
}
