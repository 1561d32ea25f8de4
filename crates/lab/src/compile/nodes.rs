//! Nodes that elect a leader, and what they keep in their log.
//!
//! A group keeps one lock and one store at most: the first of each that names one of its nodes. What is acknowledged
//! before it is copied is a habit of the whole group, whichever of the two asks for it.

use fencepost_protocols::{
    Ack, LockRules, MachineConfig, Memory, Node, NodeConfig, Reads, StoreRules, Timeout, TokenSource,
};
use fencepost_scenario::model::{
    Ack as AckSpec, Memory as MemorySpec, NodeSpec, ObjectKindSpec, ObjectSpec, ProgramStep, Reads as ReadsSpec,
    Role as RoleSpec, Scenario, SharedLockSpec, SharedStoreSpec, Timeout as TimeoutSpec, TokenSource as TokenSpec,
};
use fencepost_sim::{Digest, ParticipantId};
use fencepost_vocabulary::{Cast, FencingToken, Term};

use super::roles::wants_seals;

/// A node of a group. Its patience is drawn from a salt of the seed and its name, as the delay of a link is, so that
/// nothing said elsewhere changes it.
pub(super) fn node(id: ParticipantId, spec: &NodeSpec, scenario: &Scenario, cast: &Cast) -> Node {
    let name = cast.name(id);
    let kept = Kept::by(spec, scenario, cast);
    Node::new(NodeConfig {
        id,
        nodes: spec.nodes.iter().filter_map(|name| cast.find(name)).collect(),
        heartbeat: spec.heartbeat,
        timeout: match &spec.timeout {
            TimeoutSpec::Drawn { low, high } => Timeout::Drawn { low: *low, high: *high, salt: salt(scenario, name) },
            TimeoutSpec::Fixed(all) => {
                let own = spec.nodes.iter().position(|node| node == name).and_then(|place| all.get(place));
                Timeout::Fixed(own.copied().unwrap_or_else(|| spec.timeout.longest()))
            }
        },
        shortest: spec.timeout.shortest(),
        leader: spec.leader.as_ref().and_then(|name| cast.find(name)),
        term: Term(spec.term),
        quorum: spec.enough() as usize,
        prevote: spec.prevote,
        check_quorum: spec.check_quorum,
        sticky: spec.sticky,
        votes: match spec.votes {
            MemorySpec::Stable => Memory::Stable,
            MemorySpec::Volatile => Memory::Volatile,
        },
        traitor: spec.traitors.iter().any(|traitor| traitor == name),
        machine: kept.machine(spec, scenario),
        reads: kept.reads(),
        ack: kept.ack(),
    })
}

fn salt(scenario: &Scenario, name: &str) -> u64 {
    let mut digest = Digest::default();
    digest.number(scenario.seed);
    digest.number(name.len() as u64);
    digest.bytes(name.as_bytes());
    digest.finish()
}

/// What a group keeps, as the text says it.
struct Kept<'a> {
    lock: Option<(ParticipantId, &'a SharedLockSpec)>,
    store: Option<(ParticipantId, &'a SharedStoreSpec)>,
    seals: bool,
}

impl<'a> Kept<'a> {
    fn by(spec: &NodeSpec, scenario: &'a Scenario, cast: &Cast) -> Self {
        let of_it = |object: &&ObjectSpec| object.nodes.iter().any(|node| spec.nodes.contains(node));
        let objects = || scenario.objects.iter().filter(of_it);
        let lock = objects().find_map(|object| match &object.kind {
            ObjectKindSpec::Lock(lock) => Some((cast.find(&object.name)?, lock)),
            ObjectKindSpec::Store(_) => None,
        });
        let store = objects().find_map(|object| match &object.kind {
            ObjectKindSpec::Store(store) => Some((cast.find(&object.name)?, store)),
            ObjectKindSpec::Lock(_) => None,
        });
        Self { lock, store, seals: wants_seals(cast) }
    }

    /// Without anything to keep, and with no name claimed of it, a group only elects.
    fn machine(&self, spec: &NodeSpec, scenario: &Scenario) -> Option<MachineConfig> {
        let lock = self.lock.map(|(id, lock)| (id, self.lock_rules(lock)));
        let store = self.store.map(|(id, store)| (id, StoreRules { check: store.check }));
        let has_something = lock.is_some() || store.is_some() || is_claimed_of(spec, scenario);
        has_something.then_some(MachineConfig { lock, store })
    }

    fn lock_rules(&self, spec: &SharedLockSpec) -> LockRules {
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
            seals: self.seals,
        }
    }

    fn ack(&self) -> Ack {
        let is_dirty = self.lock.is_some_and(|(_, lock)| lock.dirty_grant);
        let is_hasty = self.store.is_some_and(|(_, store)| store.ack == AckSpec::One);
        if is_dirty || is_hasty { Ack::One } else { Ack::Majority }
    }

    fn reads(&self) -> Reads {
        match self.store.map(|(_, store)| store.reads).unwrap_or_default() {
            ReadsSpec::Local => Reads::Local,
            ReadsSpec::Lease => Reads::Lease,
            ReadsSpec::Index => Reads::Index,
        }
    }
}

/// Whether somebody claims a name of one of these nodes.
fn is_claimed_of(spec: &NodeSpec, scenario: &Scenario) -> bool {
    let claims = |step: &ProgramStep| matches!(step, ProgramStep::Claim { at, .. } if spec.nodes.contains(at));
    scenario.participants.iter().any(|it| match &it.role {
        RoleSpec::Client(client) => client.program.iter().any(claims),
        _ => false,
    })
}
