//! Nodes of a group with a leader: their patience, which is drawn for each by its name, and what their log is for.

use fencepost_protocols::{
    Ack, LockRules, MachineConfig, Node, NodeConfig, Reads, Role, StoreRules, Timeout, TokenSource,
};
use fencepost_scenario::model::{
    Ack as AckSpec, NodeSpec, ObjectKindSpec, ObjectSpec, ProgramStep, Reads as ReadsSpec, Role as RoleSpec, Scenario,
    SharedLockSpec, SharedStoreSpec, Timeout as TimeoutSpec, TokenSource as TokenSpec,
};
use fencepost_sim::{Duration, ParticipantId};
use fencepost_vocabulary::{Cast, FencingToken, Term};

use super::network::salt;
use super::roles::{find_all, memory, wants_seals};

pub(super) fn node(id: ParticipantId, spec: &NodeSpec, scenario: &Scenario, cast: &Cast) -> Role {
    let (lock, store) = (kept(spec, scenario, lock_spec), kept(spec, scenario, store_spec));
    let is_hasty =
        lock.is_some_and(|(_, lock)| lock.dirty_grant) || store.is_some_and(|(_, it)| it.ack == AckSpec::One);
    let keeps = lock.is_some() || store.is_some() || is_claimed_at(spec, scenario);
    let machine = MachineConfig {
        lock: lock.and_then(|(name, lock)| Some((cast.find(name)?, lock_rules(lock, wants_seals(cast))))),
        store: store.and_then(|(name, store)| Some((cast.find(name)?, StoreRules { check: store.check }))),
    };
    Role::Node(Box::new(Node::new(NodeConfig {
        id,
        nodes: find_all(&spec.nodes, cast),
        heartbeat: spec.heartbeat,
        timeout: timeout(cast.name(id), spec, scenario.seed),
        shortest: spec.timeout.shortest(),
        leader: spec.leader.as_ref().and_then(|name| cast.lane(name)),
        term: Term(spec.term),
        quorum: spec.enough() as usize,
        prevote: spec.prevote,
        check_quorum: spec.check_quorum,
        sticky: spec.sticky,
        votes: memory(spec.votes),
        traitor: spec.traitors.iter().any(|name| name == cast.name(id)),
        machine: keeps.then_some(machine),
        reads: store.map_or(Reads::Index, |(_, store)| reads(store.reads)),
        ack: if is_hasty { Ack::One } else { Ack::Majority },
    })))
}

/// What this node draws from is its own name, so a line more or less elsewhere changes nothing.
fn timeout(name: &str, spec: &NodeSpec, seed: u64) -> Timeout {
    match &spec.timeout {
        TimeoutSpec::Drawn { low, high } => Timeout::Drawn { low: *low, high: *high, salt: salt(seed, &[name]) },
        TimeoutSpec::Fixed(all) => {
            let place = spec.nodes.iter().position(|node| node == name).unwrap_or_default();
            Timeout::Fixed(all.get(place).copied().unwrap_or(Duration::from_millis(1_000)))
        }
    }
}

/// The first thing of a kind that a group keeps, with its name.
fn kept<'a, Kind>(
    spec: &NodeSpec,
    scenario: &'a Scenario,
    of_kind: impl Fn(&'a ObjectSpec) -> Option<&'a Kind>,
) -> Option<(&'a str, &'a Kind)> {
    let mut objects =
        scenario.objects.iter().filter(|object| object.nodes.iter().any(|name| spec.nodes.contains(name)));
    objects.find_map(|object| Some((object.name.as_str(), of_kind(object)?)))
}

fn lock_spec(object: &ObjectSpec) -> Option<&SharedLockSpec> {
    match &object.kind {
        ObjectKindSpec::Lock(lock) => Some(lock),
        ObjectKindSpec::Store(_) => None,
    }
}

fn store_spec(object: &ObjectSpec) -> Option<&SharedStoreSpec> {
    match &object.kind {
        ObjectKindSpec::Store(store) => Some(store),
        ObjectKindSpec::Lock(_) => None,
    }
}

/// Whether somebody claims a name of this group.
fn is_claimed_at(spec: &NodeSpec, scenario: &Scenario) -> bool {
    let claims = |step: &ProgramStep| matches!(step, ProgramStep::Claim { at, .. } if spec.nodes.contains(at));
    scenario.participants.iter().any(|it| match &it.role {
        RoleSpec::Client(client) => client.program.iter().any(claims),
        _ => false,
    })
}

fn lock_rules(spec: &SharedLockSpec, seals: bool) -> LockRules {
    LockRules {
        lease: spec.lease,
        first_token: FencingToken(spec.first_token),
        tokens: match spec.token {
            TokenSpec::Index => TokenSource::Index,
            TokenSpec::Counter => TokenSource::Counter,
        },
        blind_release: spec.blind_release,
        reentrant: spec.reentrant,
        dedupe: spec.dedupe,
        seals,
    }
}

fn reads(spec: ReadsSpec) -> Reads {
    match spec {
        ReadsSpec::Local => Reads::Local,
        ReadsSpec::Lease => Reads::Lease,
        ReadsSpec::Index => Reads::Index,
    }
}

#[cfg(test)]
mod tests {
    use fencepost_scenario::Document;

    use crate::compile::compile;
    use crate::run;

    fn scenario(text: &str) -> fencepost_scenario::Scenario {
        Document::new(format!("fencepost 1\n{text}")).parse().scenario
    }

    #[test]
    fn what_a_node_draws_depends_on_the_seed_and_its_name_alone() {
        let nodes = "nodes N1 N2 N3 elect\n";
        let first = |text: &str| compile(&scenario(text)).world.actor(fencepost_sim::ParticipantId(0)).cloned();
        assert_eq!(first(nodes), first(&format!("{nodes}client A at 5s: ping N1\n")));
        assert_ne!(first(nodes), first(&format!("seed 8\n{nodes}")));
        assert_ne!(first(nodes), first("nodes N4 N2 N3 elect\n"));
    }

    #[test]
    fn a_group_without_a_use_elects_and_logs_nothing() {
        let logs = |text: &str| {
            let run = run(&scenario(&format!("until 5s\nnodes N1 N2 N3 elect\n{text}")));
            run.trace.events.iter().any(|event| {
                matches!(event.kind, fencepost_sim::EventKind::Noted(fencepost_vocabulary::Note::Logged { .. }))
            })
        };
        assert!(!logs(""));
        assert!(logs("lock L lease 10s replicated on N1 N2 N3\n"));
        assert!(logs("store X replicated on N1 N2 N3\n"));
        assert!(logs("client A: claim alice at N1\n"));
    }
}
