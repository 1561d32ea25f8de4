//! What stands behind a participant: a message to a node of a group is for the lock or the store that the group keeps. It
//! is booked under that, so that the same request, sent to another node, stays the same request.

use std::collections::BTreeMap;

use fencepost_sim::{Duration, ParticipantId};
use fencepost_vocabulary::{Cast, ObjectKind, RoleKind};

/// Who keeps what, as the cast says.
#[derive(Default)]
pub(super) struct Keepers {
    locks: BTreeMap<ParticipantId, ParticipantId>,
    stores: BTreeMap<ParticipantId, ParticipantId>,
    keys: BTreeMap<ParticipantId, ParticipantId>,
    pairs: BTreeMap<ParticipantId, ParticipantId>,
    groups: BTreeMap<ParticipantId, ParticipantId>,
    rings: BTreeMap<ParticipantId, KeyRing>,
    leases: BTreeMap<ParticipantId, Duration>,
}

/// How many keys make a holder, and how long they are lent.
#[derive(Clone, Copy)]
pub(super) struct KeyRing {
    pub quorum: usize,
    pub lease: Duration,
}

impl Keepers {
    pub fn of(cast: &Cast) -> Self {
        let mut keepers = Self::default();
        for (id, object) in cast.objects() {
            let list = match object.kind {
                ObjectKind::Lock { .. } => &mut keepers.locks,
                ObjectKind::Store { .. } => &mut keepers.stores,
                ObjectKind::Keys { quorum, lease } => {
                    keepers.rings.insert(id, KeyRing { quorum: quorum as usize, lease });
                    &mut keepers.keys
                }
                ObjectKind::Pair => &mut keepers.pairs,
                ObjectKind::Register => continue,
            };
            for node in &object.nodes {
                list.entry(*node).or_insert(id);
            }
        }
        for (id, member) in cast.iter() {
            if let RoleKind::Node { group, .. } = member.role {
                keepers.groups.insert(id, group);
            }
            if let RoleKind::Lock { lease: Some(lease), .. } = member.role {
                keepers.leases.insert(id, lease);
            }
        }
        keepers
    }

    /// For how long a lock service grants its lock; `None` where it is for ever.
    pub fn lease(&self, service: ParticipantId) -> Option<Duration> {
        self.leases.get(&service).copied()
    }

    /// The lock that is meant by who speaks to this participant of a lock.
    pub fn lock(&self, participant: ParticipantId) -> ParticipantId {
        self.locks.get(&participant).copied().unwrap_or(participant)
    }

    /// The store that is meant by who speaks to this participant of data.
    pub fn store(&self, participant: ParticipantId) -> ParticipantId {
        self.stores.get(&participant).copied().unwrap_or(participant)
    }

    /// The lock of which this node has one key.
    pub fn keys(&self, node: ParticipantId) -> Option<ParticipantId> {
        self.keys.get(&node).copied()
    }

    /// How a lock of keys counts them.
    pub fn ring(&self, lock: ParticipantId) -> Option<KeyRing> {
        self.rings.get(&lock).copied()
    }

    /// The pair that this node belongs to.
    pub fn pair(&self, node: ParticipantId) -> Option<ParticipantId> {
        self.pairs.get(&node).copied()
    }

    /// Whether this object is the active role of a pair.
    pub fn is_pair(&self, object: ParticipantId) -> bool {
        self.pairs.values().any(|pair| *pair == object)
    }

    /// The group of nodes that this one belongs to, named by its first.
    pub fn group(&self, node: ParticipantId) -> ParticipantId {
        self.groups.get(&node).copied().unwrap_or(node)
    }

    /// All nodes of the group that this one belongs to.
    pub fn group_members(&self, node: ParticipantId) -> impl Iterator<Item = ParticipantId> {
        let group = self.group(node);
        self.groups.iter().filter(move |(_, its)| **its == group).map(|(id, _)| *id)
    }

    /// Whether this participant keeps a store together with others, in a log.
    pub fn shares_store(&self, participant: ParticipantId) -> bool {
        self.stores.contains_key(&participant)
    }

    /// What a node keeps in its log.
    pub fn in_log(&self, node: ParticipantId) -> impl Iterator<Item = ParticipantId> {
        [self.locks.get(&node), self.stores.get(&node)].into_iter().flatten().copied()
    }
}
