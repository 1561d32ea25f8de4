//! The names of what a run is judged by.

/// A property, or the hazard that is shown beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyKind {
    /// Effects reach a store in the order of their grants.
    EffectOrder,
    /// No effect of a grant is applied once a later grant exists.
    EffectFresh,
    /// Each write of a grant is applied at most once, in order.
    EffectOnce,
    /// Every read-modify-write was computed from the version it replaced.
    NoLostUpdate,
    /// No two grants of one lock are live at once.
    LockExclusion,
    /// A grant ends by its holder's release or after its full lease.
    LeaseContract,
    /// No token is granted twice.
    TokenUnique,
    /// Each grant's token is higher than the one before.
    TokenMonotonic,
    /// Every acquire of a client that does not crash is granted or answered.
    Grant,
    /// Every write of the newest grant is accepted or superseded.
    Accept,
    /// Two clients believe at once that they hold the lock: a hazard, not a violation.
    BeliefOverlap,
}

/// The three groups a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyClass {
    /// A finite run can violate it, at a definite event.
    Safety,
    /// It demands that something happens; no finite run violates it.
    Liveness,
    /// It cannot be prevented, only made harmless.
    Hazard,
}

impl PropertyKind {
    /// Every property in the order in which a reader sees them.
    pub const ALL: [Self; 11] = [
        Self::EffectOrder,
        Self::EffectFresh,
        Self::EffectOnce,
        Self::NoLostUpdate,
        Self::LockExclusion,
        Self::LeaseContract,
        Self::TokenUnique,
        Self::TokenMonotonic,
        Self::Grant,
        Self::Accept,
        Self::BeliefOverlap,
    ];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::EffectOrder => "effect-order",
            Self::EffectFresh => "effect-fresh",
            Self::EffectOnce => "effect-once",
            Self::NoLostUpdate => "no-lost-update",
            Self::LockExclusion => "lock-exclusion",
            Self::LeaseContract => "lease-contract",
            Self::TokenUnique => "token-unique",
            Self::TokenMonotonic => "token-monotonic",
            Self::Grant => "grant",
            Self::Accept => "accept",
            Self::BeliefOverlap => "belief-overlap",
        }
    }

    /// The property with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The group it belongs to.
    pub fn class(self) -> PropertyClass {
        match self {
            Self::Grant | Self::Accept => PropertyClass::Liveness,
            Self::BeliefOverlap => PropertyClass::Hazard,
            _ => PropertyClass::Safety,
        }
    }

    /// What it demands, in one sentence that needs no other.
    pub fn definition(self) -> &'static str {
        match self {
            Self::EffectOrder => {
                "Once a write of a later grant has been applied, no write of an earlier grant is applied."
            }
            Self::EffectFresh => "No write is applied after a later grant of its lock was made.",
            Self::EffectOnce => {
                "Each write of a grant is applied at most once, and one holder's writes are applied in the order it made them."
            }
            Self::NoLostUpdate => "Every update was computed from the version it replaced.",
            Self::LockExclusion => "The lock service never has two live grants of one lock.",
            Self::LeaseContract => {
                "The lock is granted again only after its holder has released it or its full lease has passed."
            }
            Self::TokenUnique => "No two grants carry the same token.",
            Self::TokenMonotonic => "Each grant carries a higher token than the one before.",
            Self::Grant => "Every client that asks for the lock and does not crash is answered in the end.",
            Self::Accept => {
                "Every write of the newest holder is accepted in the end, or overtaken by its own next write."
            }
            Self::BeliefOverlap => {
                "Two clients believe at the same time that they hold the lock. No lock service can prevent this; a fence makes it harmless."
            }
        }
    }
}
