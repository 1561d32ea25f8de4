//! Who is who: the names and roles that properties and pictures know the participants by, and what they keep together.
//!
//! Roles come from one spec each. What several keep together is in [`objects`]; the names that somebody claims are
//! collected here, in the order in which the text first says them.

use std::collections::BTreeMap;

use fencepost_scenario::model::{NodeSpec, ProgramStep, Role as RoleSpec, Scenario};
use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Cast, Member, RoleKind};

use super::objects;

pub(super) fn cast(scenario: &Scenario) -> Cast {
    let members = scenario.participants.iter();
    let members =
        members.map(|it| Member { name: it.name.clone(), role: role_kind(&it.name, &it.role, scenario) }).collect();
    let objects = objects::objects(scenario);
    let mut cast = Cast { members, objects, names: names(scenario), guards: BTreeMap::new() };
    cast.guards = guards(scenario, &cast);
    cast
}

/// The locks that guard each store, in the order of the cast.
fn guards(scenario: &Scenario, cast: &Cast) -> BTreeMap<ParticipantId, Vec<ParticipantId>> {
    let mut all = BTreeMap::new();
    all.extend(fencepost_scenario::guards(scenario).into_iter().filter_map(|(store, guards)| {
        let is_guard = |id: &ParticipantId| cast.is_lock(*id) && guards.locks.contains(cast.name(*id));
        Some((cast.find(&store)?, cast.ids().filter(is_guard).collect()))
    }));
    all
}

fn role_kind(name: &String, role: &RoleSpec, scenario: &Scenario) -> RoleKind {
    match role {
        RoleSpec::Lock(lock) => {
            let data = lock.data.as_ref().map(|store| store.check);
            RoleKind::Lock { lease: lock.lease, data, expiry_clock: lock.expiry }
        }
        RoleSpec::Store(store) => RoleKind::Store { check: store.check },
        RoleSpec::Client(_) => RoleKind::Client,
        RoleSpec::Member(spec) => {
            let (heartbeat, suspect_after) = (spec.heartbeat, spec.suspect);
            RoleKind::Member { heartbeat, suspect_after, observer: spec.observers.contains(name) }
        }
        RoleSpec::General(spec) => RoleKind::General { of: spec.messages },
        RoleSpec::Node(spec) => RoleKind::Node {
            group: group(spec, scenario),
            heartbeat: spec.heartbeat,
            timeout: spec.timeout.longest(),
            quorum: spec.enough(),
            traitor: spec.traitors.contains(name),
        },
        RoleSpec::KeyNode(_) => RoleKind::KeyNode,
        RoleSpec::Replica(_) => RoleKind::Replica,
        RoleSpec::Registry(_) => RoleKind::Registry,
        RoleSpec::Twin(spec) => RoleKind::Twin { timeout: spec.timeout },
        RoleSpec::Officer(spec) => RoleKind::Officer {
            commander: spec.generals.first() == Some(name),
            traitor: spec.traitors.contains(name),
            rounds: spec.rounds,
        },
    }
}

/// The first lane of a group of nodes. Its first name may belong to somebody else.
fn group(spec: &NodeSpec, scenario: &Scenario) -> ParticipantId {
    let is_of_it = |role: &RoleSpec| matches!(role, RoleSpec::Node(other) if other == spec);
    let first = scenario.participants.iter().position(|it| is_of_it(&it.role));
    ParticipantId(first.unwrap_or_default() as u16)
}

/// The names that somebody claims, each once.
fn names(scenario: &Scenario) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let clients = scenario.participants.iter().filter_map(|it| match &it.role {
        RoleSpec::Client(spec) => Some(&spec.program),
        _ => None,
    });
    for step in clients.flatten() {
        if let ProgramStep::Claim { name, .. } = step
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    names
}
