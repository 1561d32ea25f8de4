//! What nodes are set up to be that keep something without a leader: lock nodes and registries. A replica of a register
//! needs to be told nothing.

use fencepost_protocols::{KeyNode, KeyNodeConfig, Registry, RegistryConfig};
use fencepost_scenario::model::{RedlockSpec, RegistrySpec};
use fencepost_sim::ParticipantId;
use fencepost_vocabulary::Cast;

use super::roles::{find_all, memory};

pub(super) fn key_node(spec: &RedlockSpec) -> KeyNode {
    KeyNode::new(KeyNodeConfig {
        lease: spec.lease,
        expiry: spec.expiry,
        keys: memory(spec.keys),
        delayed_restart: spec.delayed_restart,
    })
}

pub(super) fn registry(id: ParticipantId, spec: &RegistrySpec, cast: &Cast) -> Registry {
    let mut peers = find_all(&spec.registries, cast);
    peers.retain(|peer| *peer != id);
    Registry::new(RegistryConfig { peers, replicate_after: spec.replicate, nonatomic: spec.nonatomic })
}
