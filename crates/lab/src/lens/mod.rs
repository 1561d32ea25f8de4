//! One run seen through every model: which timing models and which failure models allow what went wrong in it.
//!
//! A model is a lens and never a rule: it changes no run, forbids nothing and hides nothing. It judges what happened,
//! not what was planned: a fault that never struck, or a cut that met no message, is no oddity. What each model promises
//! is in [`timing`] and [`failures`], and what there is to judge in [`deeds`].

mod deeds;
mod failures;
mod sleeps;
mod timing;

use std::collections::BTreeSet;

use fencepost_scenario::Scenario;
use fencepost_sim::{EventId, FaultId, ParticipantId};
use fencepost_vocabulary::FencingToken;

use crate::run::Run;
use deeds::{Deed, Kind, deeds};

/// One run seen through every model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// All that is odd about the run, in the order in which it happened; of what is alike, what a row names.
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
    let mut named: BTreeSet<Oddity> = BTreeSet::new();
    named.extend(timing.iter().chain(&failures).flat_map(|row| row.outside.iter().map(|outside| outside.what)));
    let (mut oddities, mut seen) = (Vec::new(), BTreeSet::new());
    for what in deeds.iter().map(|deed| deed.what) {
        let is_shown = matches!(what, Oddity::Fault(_)) || named.contains(&what);
        if is_shown && seen.insert(what) {
            oddities.push(what);
        }
    }
    Lens { oddities, timing, failures, outside }
}

/// What makes two oddities one to a reader.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Alike {
    /// Whatever one fault did.
    Fault(FaultId),
    /// The messages of a slow link.
    Link(ParticipantId, ParticipantId),
    /// The writes that show one invented token.
    Token(ParticipantId, FencingToken),
    /// Nothing else is.
    Event(EventId),
}

fn alike(deed: &Deed) -> Alike {
    match (deed.what, &deed.kind) {
        (Oddity::Fault(fault), _) => Alike::Fault(fault),
        (Oddity::Event(_), Kind::Slow { from, to, .. }) => Alike::Link(*from, *to),
        (Oddity::Event(_), Kind::Forged { who, token }) => Alike::Token(*who, *token),
        (Oddity::Event(event), _) => Alike::Event(event),
    }
}

/// What a rule does not allow: of those that are alike the first that it does not, with the reason.
fn outside(deeds: &[Deed], rule: &dyn Fn(&Kind) -> Option<String>) -> Vec<Outside> {
    let (mut found, mut said) = (Vec::new(), BTreeSet::new());
    for deed in deeds {
        let alike = alike(deed);
        if !said.contains(&alike)
            && let Some(why) = rule(&deed.kind)
        {
            said.insert(alike);
            found.push(Outside { what: deed.what, why });
        }
    }
    found
}
