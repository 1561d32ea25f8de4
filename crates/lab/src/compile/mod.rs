//! From names to places: builds the world that a scenario describes.
//!
//! A scenario may speak of somebody who is not there. Such a step is left out, such a fault never strikes; the reader
//! has been told by the parser, and is told again by [`crate::Dangling`]. Nothing is guessed.
//!
//! Each part of a scenario has its file: who is who in [`cast`], what several keep together in [`objects`], links in
//! [`network`], roles in [`roles`], those of nodes with a leader in [`nodes`] and without in [`independent`], those of who
//! may lie or shoot in [`liars`], programs in [`program`], faults in [`faults`].

mod cast;
mod faults;
mod independent;
mod liars;
mod network;
mod nodes;
mod objects;
mod program;
mod roles;

pub(crate) use liars::lies_of;

use std::collections::BTreeMap;

use fencepost_protocols::Role;
use fencepost_scenario::model::{FaultSpec, Scenario};
use fencepost_scenario::print_fault;
use fencepost_sim::{FaultId, World};
use fencepost_vocabulary::Cast;

/// A world ready to run, and who is who in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// The world, at time zero.
    pub world: World<Role>,
    /// The participants by name.
    pub cast: Cast,
    /// Faults that speak of somebody who is not there, each with the name.
    pub unresolved: Vec<(FaultId, String)>,
    /// For each fault of the world's plan its place in the scenario.
    pub planned: Vec<FaultId>,
}

/// Builds the world of a scenario without its variants.
pub fn compile(scenario: &Scenario) -> Compiled {
    let cast = cast::cast(scenario);
    let mut unresolved = Vec::new();
    let (planned, plan): (Vec<FaultId>, Vec<_>) = in_order(&scenario.faults)
        .map(|(place, spec)| {
            let fault = faults::fault(spec, &cast).unwrap_or_else(|name| {
                unresolved.push((place, name));
                faults::no_fault()
            });
            (place, fault)
        })
        .unzip();
    let actors = scenario.participants.iter().zip(cast.iter());
    let actors = actors.map(|(it, (id, _))| roles::role(id, &it.role, scenario, &cast)).collect();
    let world = World::new(actors, network::network(scenario, &cast), plan);
    Compiled { world, cast, unresolved, planned }
}

/// The faults of a scenario in the order in which they are planned, each with its place: that of their canonical lines.
/// Where several strike at one moment, or one message, the first or the last of them counts, and that must not depend on
/// how the lines of a text are arranged.
pub(crate) fn in_order(faults: &[FaultSpec]) -> impl Iterator<Item = (FaultId, &FaultSpec)> {
    let mut ordered: BTreeMap<(String, FaultId), &FaultSpec> = BTreeMap::new();
    let places = faults.iter().enumerate().map(|(index, spec)| (FaultId(index as u16), spec));
    ordered.extend(places.map(|(place, spec)| ((print_fault(spec), place), spec)));
    ordered.into_iter().map(|((_, place), spec)| (place, spec))
}
