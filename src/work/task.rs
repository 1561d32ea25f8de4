//! One question under way, a few events at a time.

use fencepost_lab::{Blaming, Run, Runner, check_run, to_blame};
use fencepost_scenario::model::Scenario;
use fencepost_scenario::{Document, Parsed};
use fencepost_sim::Limits;

use super::answer::{Judgement, ViewOutcomes};
use super::message::Question;

/// So many events are a step: a few milliseconds.
const STEP: u64 = 2_000;

/// So many events are run for the variants that are not shown.
pub(crate) const ELSEWHERE: usize = 200_000;

/// A question under way.
#[derive(Debug)]
pub(super) struct Task {
    parsed: Parsed,
    /// The scenario that is shown.
    shown: Scenario,
    /// The views that are not and claim something.
    others: Vec<Option<String>>,
    stage: Stage,
    judgement: Judgement,
    /// How many events were run for the claims.
    spent: usize,
}

#[derive(Debug)]
enum Stage {
    Running(Runner),
    Blaming(Box<Blaming>),
    /// The claims of the views that are left, the next of them first.
    Elsewhere(Vec<Option<String>>, Option<Runner>),
}

impl Task {
    pub fn new(question: Question) -> Self {
        let Question::Judge { text, variant } = question;
        let parsed = Document::new(text).parse();
        let variant = variant.filter(|name| parsed.view(Some(name)).is_some());
        let shown = scenario(&parsed, variant.as_deref());
        let others = others(&parsed, variant.as_deref()).collect();
        let stage = Stage::Running(Runner::new(&shown, Limits::default()));
        Self { parsed, shown, others, stage, judgement: Judgement::default(), spent: 0 }
    }

    /// How much of it is done, in parts that are about as long.
    pub fn progress(&self) -> (u32, u32) {
        let (faults, others) = (self.shown.faults.len(), self.others.len());
        let done = match &self.stage {
            Stage::Running(_) => 0,
            Stage::Blaming(blaming) => 1 + blaming.progress().0,
            Stage::Elsewhere(left, _) => 1 + faults + others - left.len(),
        };
        (done as u32, (1 + faults + others) as u32)
    }

    /// Goes on a little. The answer, once it is there.
    pub fn go_on(&mut self) -> Option<Judgement> {
        match &mut self.stage {
            Stage::Running(runner) => {
                if let Some(run) = runner.go_on(STEP) {
                    self.ran(run);
                }
                None
            }
            Stage::Blaming(blaming) => {
                if let Some(blame) = blaming.go_on(STEP) {
                    self.judgement.blame = Some(blame);
                    self.stage = self.elsewhere();
                }
                None
            }
            Stage::Elsewhere(..) => self.go_on_elsewhere(),
        }
    }

    fn ran(&mut self, run: Run) {
        self.spent = run.trace.events.len();
        self.stage = match to_blame(&run) {
            Some(verdict) => Stage::Blaming(Box::new(Blaming::new(&self.shown, &run, verdict))),
            None => self.elsewhere(),
        };
        self.judgement.verdicts = run.verdicts;
    }

    fn go_on_elsewhere(&mut self) -> Option<Judgement> {
        let Stage::Elsewhere(left, runner) = &mut self.stage else { return None };
        let Some(variant) = left.first() else { return Some(std::mem::take(&mut self.judgement)) };
        let mut outcomes = Vec::new();
        if self.spent < ELSEWHERE {
            let view = scenario(&self.parsed, variant.as_deref());
            let run = runner.get_or_insert_with(|| Runner::new(&view, Limits::default())).go_on(STEP)?;
            self.spent += run.trace.events.len();
            outcomes = check_run(variant.as_deref(), &view, &run);
        }
        *runner = None;
        self.judgement.elsewhere.push(ViewOutcomes { variant: left.remove(0), outcomes });
        None
    }

    fn elsewhere(&self) -> Stage {
        Stage::Elsewhere(self.others.clone(), None)
    }
}

fn scenario(parsed: &Parsed, variant: Option<&str>) -> Scenario {
    parsed.view(variant).map(|view| view.scenario).unwrap_or_default()
}

/// The views of a text that are not the one that is shown and claim something, in the order of the text.
pub(crate) fn others<'a>(parsed: &'a Parsed, shown: Option<&'a str>) -> impl Iterator<Item = Option<String>> + 'a {
    let named = parsed.scenario.variants.iter().map(|variant| Some(variant.name.clone()));
    let others = std::iter::once(None).chain(named).filter(move |name| name.as_deref() != shown);
    others.filter(|name| !scenario(parsed, name.as_deref()).expectations.is_empty())
}
