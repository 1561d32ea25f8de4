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

use fencepost_protocols::Role;
use fencepost_scenario::model::Scenario;
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
}

/// Builds the world of a scenario without its variants.
pub fn compile(scenario: &Scenario) -> Compiled {
    let cast = cast::cast(scenario);
    let mut unresolved = Vec::new();
    let mut planned = Vec::new();
    for (index, spec) in scenario.faults.iter().enumerate() {
        planned.push(faults::fault(spec, &cast).unwrap_or_else(|name| {
            unresolved.push((FaultId(index as u16), name));
            faults::no_fault()
        }));
    }
    let actors = scenario.participants.iter().zip(cast.iter());
    let actors = actors.map(|(it, (id, _))| roles::role(id, &it.role, scenario, &cast)).collect();
    Compiled { world: World::new(actors, network::network(scenario, &cast), planned), cast, unresolved }
}
