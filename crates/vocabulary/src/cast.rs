//! Who is who in a run: enough for properties and pictures to speak of participants by name and role.

use fencepost_sim::{Clock, Duration, ParticipantId};

use crate::check::CheckMode;

/// The participants of a run, in the order of the scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast(pub Vec<Member>);

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
}

impl Cast {
    /// The member with this id.
    pub fn member(&self, id: ParticipantId) -> Option<&Member> {
        self.0.get(id.index())
    }

    /// The name of a participant; "the network" for [`ParticipantId::NETWORK`].
    pub fn name(&self, id: ParticipantId) -> &str {
        self.member(id).map_or("the network", |member| &member.name)
    }

    /// The participant with this name.
    pub fn find(&self, name: &str) -> Option<ParticipantId> {
        self.iter().find(|(_, member)| member.name == name).map(|(id, _)| id)
    }

    /// All members with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (ParticipantId, &Member)> {
        self.0.iter().enumerate().map(|(index, member)| (ParticipantId(index as u16), member))
    }

    /// Whether this participant grants a lock.
    pub fn is_lock(&self, id: ParticipantId) -> bool {
        self.member(id).is_some_and(|member| matches!(member.role, RoleKind::Lock { .. }))
    }

    /// Whether this participant stores data, alone or beside a lock.
    pub fn is_store(&self, id: ParticipantId) -> bool {
        self.member(id)
            .is_some_and(|member| matches!(member.role, RoleKind::Store { .. } | RoleKind::Lock { data: Some(_), .. }))
    }

    /// Whether this participant belongs to a group that watches itself.
    pub fn is_member(&self, id: ParticipantId) -> bool {
        self.member(id).is_some_and(|member| matches!(member.role, RoleKind::Member { .. }))
    }

    /// Whether this participant is a general.
    pub fn is_general(&self, id: ParticipantId) -> bool {
        self.member(id).is_some_and(|member| matches!(member.role, RoleKind::General { .. }))
    }

    /// Whether this participant runs a program.
    pub fn is_client(&self, id: ParticipantId) -> bool {
        self.member(id).is_some_and(|member| member.role == RoleKind::Client)
    }
}
