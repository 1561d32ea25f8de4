//! What several participants keep together: replicated locks and stores, then the locks, registers and active roles that
//! follow from the lines of their nodes, in the order of the lanes.
//!
//! How a client reaches them is here too. What the nodes do with them is in `fencepost-protocols`.

use std::collections::BTreeMap;

use fencepost_protocols::Access;
use fencepost_scenario::model::{ObjectKindSpec, ProgramStep, Role as RoleSpec, Scenario};
use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Cast, Object, ObjectKind};

/// The objects, by which they get their ids. One that none of the participants keeps is left out, so that whoever asks
/// for it asks for nobody.
pub(super) fn objects(scenario: &Scenario) -> Vec<Object> {
    let mut all: Vec<Object> = Vec::new();
    for spec in &scenario.objects {
        let kind = match &spec.kind {
            ObjectKindSpec::Lock(lock) => ObjectKind::Lock { lease: lock.lease },
            ObjectKindSpec::Store(store) => ObjectKind::Store { check: store.check },
        };
        all.push(Object { name: spec.name.clone(), kind, nodes: group(scenario, &spec.nodes) });
    }
    for participant in &scenario.participants {
        let (name, kind) = match &participant.role {
            RoleSpec::KeyNode(spec) => {
                (spec.lock.clone(), ObjectKind::Keys { lease: spec.lease, quorum: spec.enough() })
            }
            RoleSpec::Replica(spec) => (spec.register.clone(), ObjectKind::Register),
            RoleSpec::Twin(spec) => (spec.object(), ObjectKind::Pair),
            _ => continue,
        };
        // Each of a group says the same, and is heard once.
        if all.iter().all(|other| other.name != name) {
            let nodes = participant.role.group().unwrap_or_default();
            all.push(Object { name, kind, nodes: lanes(scenario, nodes) });
        }
    }
    all.retain(|object| !object.nodes.is_empty());
    all
}

/// Those of these names that have a lane, in the order in which they are named.
fn lanes(scenario: &Scenario, names: &[String]) -> Vec<ParticipantId> {
    let place = |name: &String| scenario.participants.iter().position(|it| it.name == *name);
    names.iter().filter_map(place).map(|place| ParticipantId(place as u16)).collect()
}

/// Those who stand for a group of nodes, and then the rest of it: any of them may come to lead.
fn group(scenario: &Scenario, named: &[String]) -> Vec<ParticipantId> {
    let mut nodes = lanes(scenario, named);
    let groups = scenario.participants.iter().filter_map(|it| match &it.role {
        RoleSpec::Node(spec) if named.iter().any(|name| spec.nodes.contains(name)) => Some(&spec.nodes),
        _ => None,
    });
    for node in groups.flat_map(|group| lanes(scenario, group)) {
        if !nodes.contains(&node) {
            nodes.push(node);
        }
    }
    nodes
}

/// How a client reaches each object. One of a pair is a participant, and is asked as such. A node of a group is asked
/// for names in the place of whoever leads it.
pub(super) fn access(scenario: &Scenario, cast: &Cast) -> BTreeMap<ParticipantId, Access> {
    let mut all = BTreeMap::new();
    let nodes = scenario.participants.iter().filter(|it| matches!(it.role, RoleSpec::Node(_)));
    all.extend(nodes.filter_map(|node| {
        let nodes = group(scenario, std::slice::from_ref(&node.name));
        Some((cast.find(&node.name)?, Access::Led { nodes }))
    }));
    all.extend(cast.objects().filter_map(|(id, object)| {
        let nodes = object.nodes.clone();
        let access = match object.kind {
            ObjectKind::Lock { .. } | ObjectKind::Store { .. } => Access::Led { nodes },
            ObjectKind::Keys { lease, quorum } => Access::Keys { nodes, quorum: quorum as usize, lease },
            ObjectKind::Register => register(scenario, object, nodes)?,
            ObjectKind::Pair => return None,
        };
        Some((id, access))
    }));
    all
}

fn register(scenario: &Scenario, object: &Object, nodes: Vec<ParticipantId>) -> Option<Access> {
    let mut specs = scenario.participants.iter().filter_map(|it| match &it.role {
        RoleSpec::Replica(spec) if spec.register == object.name => Some(spec),
        _ => None,
    });
    specs.next().map(|spec| Access::Register {
        nodes,
        read_quorum: spec.enough_to_read() as usize,
        write_quorum: spec.enough() as usize,
        write_back: spec.write_back,
        several_writers: writers(scenario, &object.name) > 1,
    })
}

/// How many clients write a register.
fn writers(scenario: &Scenario, register: &str) -> usize {
    let writes = |step: &ProgramStep| matches!(step, ProgramStep::Write { store, .. } if store == register);
    let is_writer = |role: &RoleSpec| matches!(role, RoleSpec::Client(spec) if spec.program.iter().any(writes));
    scenario.participants.iter().filter(|it| is_writer(&it.role)).count()
}
