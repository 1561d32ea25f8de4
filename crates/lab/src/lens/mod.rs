//! One run seen through every model: which timing models and which failure models allow what went wrong in it.
//!
//! A model is a lens and never a rule: it changes no run, forbids nothing and hides nothing. It judges what happened,
//! not what was planned: a fault that never struck, or a cut that met no message, is no oddity. What each model promises
//! is in [`timing`] and [`failures`], and what there is to judge in [`deeds`].

mod deeds;
mod failures;
mod timing;

use fencepost_scenario::Scenario;
use fencepost_sim::{EventId, FaultId};

use crate::run::Run;
use deeds::{Deed, Kind, deeds};

/// One run seen through every model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// All that is odd about the run, in the order in which the rows speak of it.
    pub oddities: Vec<Oddity>,
    /// The timing models, each of which allows all that the one before it allows: synchronous, partially synchronous,
    /// asynchronous.
    pub timing: [Row; 3],
    /// The failure models, likewise: crash-stop, crash-recovery, omission, byzantine.
    pub failures: [Row; 4],
    /// What is outside of the models that the scenario states; empty if it states none.
    pub outside: Vec<Outside>,
}

/// One model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its word in the scenario language.
    pub word: &'static str,
    /// Whether the scenario states it.
    pub stated: bool,
    /// What it promises, in one or two sentences, with this scenario's bounds.
    pub promise: String,
    /// What it does not allow of this run. Empty if the run is one of its runs.
    pub outside: Vec<Outside>,
}

/// Something that a model does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// What.
    pub what: Oddity,
    /// Why not, in one sentence.
    pub why: String,
}

/// Something that does not happen when all goes well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// A fault of the scenario that struck.
    Fault(FaultId),
    /// An event that no fault brought about: a message of a slow link, an invented token.
    Event(EventId),
}

impl Row {
    /// Whether this model allows what is odd there.
    pub fn allows(&self, what: Oddity) -> bool {
        self.outside.iter().all(|outside| outside.what != what)
    }
}

/// Sees a run of this scenario through every model.
pub fn lens(scenario: &Scenario, run: &Run) -> Lens {
    let bounds = timing::bounds(scenario);
    let deeds = deeds(scenario, run, bounds.delay);
    let (timing, failures) = (timing::rows(scenario, &bounds, &deeds, run), failures::rows(scenario, &deeds, run));
    let stated = timing.iter().chain(&failures).filter(|row| row.stated);
    let outside = stated.flat_map(|row| row.outside.iter().cloned()).collect();
    let mut oddities: Vec<Oddity> = Vec::new();
    for deed in &deeds {
        if !oddities.contains(&deed.what) {
            oddities.push(deed.what);
        }
    }
    Lens { oddities, timing, failures, outside }
}

/// What a rule does not allow, each oddity once, with its first reason.
fn outside(deeds: &[Deed], rule: &dyn Fn(&Kind) -> Option<String>) -> Vec<Outside> {
    let mut found: Vec<Outside> = Vec::new();
    for deed in deeds {
        if found.iter().all(|outside| outside.what != deed.what)
            && let Some(why) = rule(&deed.kind)
        {
            found.push(Outside { what: deed.what, why });
        }
    }
    found
}
