//! A run that goes on a few events at a time, so that whoever waits for it can do something else in between, or give it up.
//!
//! First the world runs, then it is judged. Two questions can cost far more than the rest: whether the run goes round in a
//! circle, for which it is run again with every state compared, and whether a history has an order. What is left open of
//! them after an [`Effort`] is [`Reason::Unfinished`]; every other state is final, and its sentence
//! may come to say more. However a run is divided, what comes of it is the same.

use fencepost_properties::{Assumptions, Evidence, Ledger, Reason, State, Verdict, figures, judge_claimed};
use fencepost_protocols::Role;
use fencepost_scenario::Scenario;
use fencepost_sim::{End, FaultId, Lasso, LassoHunt, LassoSearch, Limits, Pace, Recording};
use fencepost_vocabulary::{Fencepost, PropertyKind};

use crate::compile::{Compiled, compile};
use crate::dangling::dangling;
use crate::run::{Run, claimed, longest_delay};

/// How much may be done for the questions that can be costly, before they are left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// For a circle: events that happen again, and things to come that are looked at.
    pub lasso: u64,
    /// For the orders of all histories of one property: places that the searches come to.
    pub search: usize,
}

impl Effort {
    /// What fits into a frame beside all the rest. All chapters of the course are judged in full with less.
    pub const AT_ONCE: Self = Self { lasso: 10_000, search: 2_000 };

    /// Whether a run is so long that to begin it once more, only to give it up soon, is not worth it.
    fn is_little_beside(self, run: &Run) -> bool {
        run.trace.events.len() as u64 > self.lasso.saturating_mul(4)
    }
}

/// A run under way.
#[derive(Debug)]
pub struct Runner {
    scenario: Scenario,
    limits: Limits,
    claimed: Vec<PropertyKind>,
    /// Where it ends to leave things open; `None` where it does not.
    effort: Option<Effort>,
    /// Whether a circle was looked for until the search was given up.
    gave_up: bool,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Running(Box<Running>),
    /// It has run, and is judged but for what is costly.
    Circling(Box<Run>, Box<LassoHunt<Role>>),
    /// It is to be judged with all that is known by now.
    Judging(Box<Run>, Option<Lasso>),
    Over,
}

#[derive(Debug)]
struct Running {
    compiled: Compiled,
    recording: Recording<Fencepost>,
    pace: Pace,
}

impl Runner {
    /// A scenario without its variants, before its first event.
    pub fn new(scenario: &Scenario, limits: Limits) -> Self {
        let (compiled, recording) = (compile(scenario), Recording::default());
        let pace = Pace::new(&compiled.world, &recording);
        let stage = Stage::Running(Box::new(Running { compiled, recording, pace }));
        Self { scenario: scenario.clone(), limits, claimed: claimed(scenario), effort: None, gave_up: false, stage }
    }

    /// The same, where what is costly is left open.
    pub fn within(self, effort: Effort) -> Self {
        Self { effort: Some(effort), ..self }
    }

    /// All of it.
    pub fn finish(mut self) -> Run {
        loop {
            if let Some(run) = self.go_on(u64::MAX) {
                return run;
            }
        }
    }

    /// Goes on for about so many events. What came of it, once it is over; that is told once.
    pub fn go_on(&mut self, events: u64) -> Option<Run> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Running(running) => self.run_on(running, events),
            Stage::Circling(run, hunt) => self.circle(run, hunt, events),
            Stage::Judging(run, lasso) => Some(self.judged(*run, lasso)),
            Stage::Over => None,
        }
    }

    fn run_on(&mut self, mut running: Box<Running>, events: u64) -> Option<Run> {
        let Running { compiled, recording, pace } = &mut *running;
        match pace.run_on(&mut compiled.world, self.scenario.until, self.limits, recording, events) {
            None => self.stage = Stage::Running(running),
            Some(end) => {
                let run = Box::new(self.first_judged(*running, end));
                let is_long = self.effort.is_some_and(|effort| effort.is_little_beside(&run));
                self.stage = match self.asks_for_a_lasso(&run) {
                    true if is_long => return Some(left_open(*run)),
                    true => {
                        let hunt = LassoHunt::new(compile(&self.scenario).world, self.scenario.until, self.limits);
                        Stage::Circling(run, Box::new(hunt))
                    }
                    false if run.is_whole() || self.effort.is_some() => return Some(*run),
                    false => Stage::Judging(run, None),
                };
            }
        }
        None
    }

    fn circle(&mut self, run: Box<Run>, mut hunt: Box<LassoHunt<Role>>, work: u64) -> Option<Run> {
        let most = self.effort.map_or(work, |effort| effort.lasso);
        match (hunt.go_on(most), self.effort) {
            (None, None) => self.stage = Stage::Circling(run, hunt),
            (None, Some(_)) => return Some(left_open(*run)),
            (Some(found), _) => {
                self.gave_up = found == LassoSearch::GaveUp;
                match found.lasso() {
                    None if run.is_whole() || self.effort.is_some() => return Some(self.told(*run)),
                    lasso => self.stage = Stage::Judging(run, lasso),
                }
            }
        }
        None
    }

    /// The run, judged with so little searching of histories as is done at once.
    fn first_judged(&self, running: Running, end: End) -> Run {
        let Running { compiled, recording, .. } = running;
        let Compiled { world, cast, unresolved, planned } = compiled;
        let scenario = &self.scenario;
        let mut trace = recording.finish(end, world.now(), scenario.until);
        let place = |fault: FaultId| planned.get(fault.index()).copied().unwrap_or(fault);
        trace.rename_faults(place);
        let dangling = dangling(scenario, &cast, unresolved, world.waiting_faults().map(place), &trace);
        let ledger = Ledger::read(&trace, &cast);
        let assumptions = self.assumptions(None, Some(self.effort.unwrap_or(Effort::AT_ONCE).search));
        let verdicts = judge_claimed(&ledger, &trace, &cast, &assumptions, &self.claimed);
        let figures = figures(&ledger, &trace, &cast, &assumptions);
        Run { cast, trace, ledger, verdicts, figures, dangling }
    }

    fn judged(&self, run: Run, lasso: Option<Lasso>) -> Run {
        let assumptions = self.assumptions(lasso, self.effort.map(|effort| effort.search));
        let verdicts = judge_claimed(&run.ledger, &run.trace, &run.cast, &assumptions, &self.claimed);
        self.told(Run { verdicts, ..run })
    }

    /// The run, where each verdict that a circle could settle says so if none was found for want of patience.
    fn told(&self, mut run: Run) -> Run {
        if self.gave_up {
            let steps = match self.limits.lasso_work {
                work if work > 0 && work.is_multiple_of(1_000_000) => format!("{} million", work / 1_000_000),
                work => work.to_string(),
            };
            let unsettled = run.verdicts.iter_mut().filter(|verdict| may_need_a_lasso(verdict));
            unsettled.for_each(|verdict| {
                verdict.sentence += &format!(
                    " Whether the run goes round in a circle for ever was not found out within {steps} steps."
                );
            });
        }
        run
    }

    fn assumptions(&self, lasso: Option<Lasso>, search: Option<usize>) -> Assumptions {
        Assumptions { max_delay: longest_delay(&self.scenario), lasso, search }
    }

    fn asks_for_a_lasso(&self, run: &Run) -> bool {
        let asks_of_stable = self.claimed.contains(&PropertyKind::Stable);
        run.verdicts.iter().any(|verdict| asks_for_a_lasso(verdict, asks_of_stable))
    }
}

/// Whether a run that goes round in a circle would settle what this leaves open. To look for one is to run it all again:
/// that a leader may change once more, which no run with an election rules out, is reason for it only where something
/// is claimed of it.
fn asks_for_a_lasso(verdict: &Verdict, asks_of_stable: bool) -> bool {
    let may_change = asks_of_stable && verdict.property == PropertyKind::Stable;
    match verdict.state {
        State::Quiet { .. } => may_change,
        _ => may_need_a_lasso(verdict),
    }
}

/// Whether this could be another verdict if the run goes round in a circle.
fn may_need_a_lasso(verdict: &Verdict) -> bool {
    match verdict.state {
        State::Pending { .. } | State::Quiet { .. } | State::Stuck { evidence: Evidence::Horizon, .. } => true,
        State::Held
        | State::Violated { .. }
        | State::Stuck { .. }
        | State::Met { .. }
        | State::NoVerdict(_)
        | State::Seen { .. }
        | State::Unseen => false,
    }
}

/// The run, with all that a circle might settle left open.
fn left_open(mut run: Run) -> Run {
    run.verdicts.iter_mut().filter(|verdict| may_need_a_lasso(verdict)).for_each(leave_open);
    run
}

fn leave_open(verdict: &mut Verdict) {
    verdict.state = State::NoVerdict(Reason::Unfinished);
    verdict.events.clear();
    verdict.sentence = "It has not been worked out yet whether the run goes round in a circle for ever.".into();
}
