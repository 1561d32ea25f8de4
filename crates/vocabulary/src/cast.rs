//! Who is who in a run: enough for properties and pictures to speak of participants by name and role.

use std::collections::BTreeMap;

use fencepost_sim::{Clock, Duration, ParticipantId};

use crate::check::CheckMode;
use crate::replica::NameId;

/// The participants of a run, and what several of them keep together.
///
/// An object is no participant: it has no lane, sends nothing and cannot fail. It has an id all the same, behind those of
/// the participants, so that a client can ask for a lock without knowing who keeps it and a verdict can speak of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// The participants, in the order of the scenario.
    pub members: Vec<Member>,
    /// What several of them keep together, in the order of the scenario.
    pub objects: Vec<Object>,
    /// The names that somebody claims, each once.
    pub names: Vec<String>,
    /// The locks that guard each store, in the order of the scenario: whoever writes to it should hold them all. A store
    /// that is not named here is guarded by none.
    pub guards: BTreeMap<ParticipantId, Vec<ParticipantId>>,
}

/// Something that several participants keep together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its name in the scenario.
    pub name: String,
    /// What it is.
    pub kind: ObjectKind,
    /// Who keeps it, in the order of the scenario.
    pub nodes: Vec<ParticipantId>,
}

/// What several participants can keep together, with the parameters an observer needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// A lock in the log of a group with a leader.
    Lock {
        /// The configured lease; `None` for a lock that never expires.
        lease: Option<Duration>,
    },
    /// A store in the log of a group with a leader.
    Store {
        /// How it checks writes.
        check: CheckMode,
    },
    /// A lock of independent nodes, held by whoever has enough of their keys (Redlock).
    Keys {
        /// The configured lease.
        lease: Duration,
        /// How many keys are enough.
        quorum: u32,
    },
    /// A register that clients read and write at enough nodes.
    Register,
    /// The active role of a pair, which at most one of the two should have.
    Pair,
}

/// One participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name in the scenario.
    pub name: String,
    /// What it is.
    pub role: RoleKind,
}

/// What a participant is, with the parameters an observer needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleKind {
    /// A lock service; with `data`, one that stores the data too.
    Lock {
        /// The configured lease; `None` for a lock that never expires.
        lease: Option<Duration>,
        /// How it checks writes, if it also is the store.
        data: Option<CheckMode>,
        /// By which of its clocks leases end.
        expiry_clock: Clock,
    },
    /// A store.
    Store {
        /// How it checks writes.
        check: CheckMode,
    },
    /// A client with a program.
    Client,
    /// A member of a group that watches itself.
    Member {
        /// How often it gives a sign of life.
        heartbeat: Duration,
        /// How long a member must be silent to be suspected.
        suspect_after: Duration,
        /// Whether this one watches the others.
        observer: bool,
    },
    /// A general who must agree with another.
    General {
        /// How many messengers there are in all.
        of: u32,
    },
    /// One of several generals who agree by word of mouth, round by round.
    Officer {
        /// Whether it gives the order.
        commander: bool,
        /// Whether it may say anything to anybody.
        traitor: bool,
        /// How many rounds of relaying there are.
        rounds: u32,
    },
    /// A node of a group that elects a leader.
    Node {
        /// The first of its group, by which groups are told apart.
        group: ParticipantId,
        /// How often a leader gives a sign of life.
        heartbeat: Duration,
        /// The longest that a node waits for one before it stands for election.
        timeout: Duration,
        /// How many votes make a leader and how many copies a commitment.
        quorum: u32,
        /// Whether it may vote for everyone and acknowledge everything.
        traitor: bool,
    },
    /// One of several independent lock nodes, each with one key.
    KeyNode,
    /// A node that holds one copy of a register.
    Replica,
    /// A node that registers names, and tells the others of its kind later.
    Registry,
    /// A node of a pair of which one should be active.
    Twin {
        /// How long the other must be silent to be taken for dead.
        timeout: Duration,
    },
}

impl Cast {
    /// A cast of participants that keep nothing together. Without a program to tell which lock guards which store, every
    /// lock guards every store.
    pub fn of(members: Vec<Member>) -> Self {
        Self { members, ..Self::default() }.guarded_throughout()
    }

    /// The same cast, in which every lock guards every store.
    pub fn guarded_throughout(mut self) -> Self {
        let locks: Vec<_> = self.ids().filter(|id| self.is_lock(*id)).collect();
        let stores: Vec<_> = self.ids().filter(|id| self.is_store(*id)).collect();
        self.guards = BTreeMap::new();
        self.guards.extend(stores.into_iter().map(|store| (store, locks.clone())));
        self
    }

    /// The locks that guard a store.
    pub fn guards(&self, store: ParticipantId) -> &[ParticipantId] {
        self.guards.get(&store).map_or(&[], Vec::as_slice)
    }

    /// The participant with this id.
    pub fn member(&self, id: ParticipantId) -> Option<&Member> {
        self.members.get(id.index())
    }

    /// The object with this id.
    pub fn object(&self, id: ParticipantId) -> Option<&Object> {
        self.objects.get(id.index().checked_sub(self.members.len())?)
    }

    /// The name of a participant or an object; "the network" for [`ParticipantId::NETWORK`].
    pub fn name(&self, id: ParticipantId) -> &str {
        let member = self.member(id).map(|member| &member.name);
        member.or_else(|| self.object(id).map(|object| &object.name)).map_or("the network", |name| name)
    }

    /// A name that somebody claims.
    pub fn claimed(&self, name: NameId) -> &str {
        self.names.get(usize::from(name.0)).map_or("", |name| name)
    }

    /// The participant with this name: somebody to whom something can be sent and can happen, as it cannot to an object.
    pub fn lane(&self, name: &str) -> Option<ParticipantId> {
        self.iter().find(|(_, member)| member.name == name).map(|(id, _)| id)
    }

    /// The participant or the object with this name.
    pub fn find(&self, name: &str) -> Option<ParticipantId> {
        self.lane(name).or_else(|| self.objects().find(|(_, object)| object.name == name).map(|(id, _)| id))
    }

    /// All participants with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (ParticipantId, &Member)> {
        self.members.iter().enumerate().map(|(index, member)| (ParticipantId(index as u16), member))
    }

    /// All objects with their ids, in order.
    pub fn objects(&self) -> impl Iterator<Item = (ParticipantId, &Object)> {
        let place = |index: usize| ParticipantId((self.members.len() + index) as u16);
        self.objects.iter().enumerate().map(move |(index, object)| (place(index), object))
    }

    /// The ids of all participants and all objects, in order.
    pub fn ids(&self) -> impl Iterator<Item = ParticipantId> {
        (0..self.members.len() + self.objects.len()).map(|index| ParticipantId(index as u16))
    }

    /// Whether this is a lock, kept by one or by several.
    pub fn is_lock(&self, id: ParticipantId) -> bool {
        let alone = self.member(id).is_some_and(|member| matches!(member.role, RoleKind::Lock { .. }));
        let together = |object: &Object| {
            matches!(object.kind, ObjectKind::Lock { .. } | ObjectKind::Keys { .. } | ObjectKind::Pair)
        };
        alone || self.object(id).is_some_and(together)
    }

    /// Whether this is a store whose writes are effects, kept by one or by several, alone or beside a lock.
    pub fn is_store(&self, id: ParticipantId) -> bool {
        let alone =
            |member: &Member| matches!(member.role, RoleKind::Store { .. } | RoleKind::Lock { data: Some(_), .. });
        let together = |object: &Object| matches!(object.kind, ObjectKind::Store { .. });
        self.member(id).is_some_and(alone) || self.object(id).is_some_and(together)
    }

    /// Whether this participant belongs to a group that watches itself.
    pub fn is_member(&self, id: ParticipantId) -> bool {
        self.member(id).is_some_and(|member| matches!(member.role, RoleKind::Member { .. }))
    }

    /// Whether this participant is one of two generals.
    pub fn is_general(&self, id: ParticipantId) -> bool {
        self.member(id).is_some_and(|member| matches!(member.role, RoleKind::General { .. }))
    }

    /// Whether this participant is one of several generals of whom some may be traitors.
    pub fn is_officer(&self, id: ParticipantId) -> bool {
        self.member(id).is_some_and(|member| matches!(member.role, RoleKind::Officer { .. }))
    }

    /// Whether this participant runs a program.
    pub fn is_client(&self, id: ParticipantId) -> bool {
        self.member(id).is_some_and(|member| member.role == RoleKind::Client)
    }
}
