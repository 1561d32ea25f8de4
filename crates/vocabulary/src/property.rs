//! The names of what a run is judged by.

/// A property, or the hazard that is shown beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyKind {
    /// Effects reach a store in the order of their grants.
    EffectOrder,
    /// No effect of a grant is applied once a later grant exists.
    EffectFresh,
    /// Each effect was sent by a holder of the locks that guard its store.
    EffectGuarded,
    /// Each write of a grant is applied at most once, in order.
    EffectOnce,
    /// No read-modify-write takes away a write that its writer had not read.
    NoLostUpdate,
    /// What a store has acknowledged it never forgets.
    Durable,
    /// No two grants of one lock are live at once.
    LockExclusion,
    /// A grant ends by its holder's release or after its full lease.
    LeaseContract,
    /// No token is granted twice.
    TokenUnique,
    /// Each grant's token is higher than the one before.
    TokenMonotonic,
    /// Every token that a store accepts was granted, and to the client that presents it.
    TokenGenuine,
    /// No two that are loyal decide differently.
    Agreement,
    /// What is decided was proposed.
    Validity,
    /// Nobody decides twice.
    Integrity,
    /// No two members install different views under one number.
    MemberAgreement,
    /// No term has two leaders.
    OneLeaderPerTerm,
    /// All operations look as if each happened at one moment between its beginning and its end.
    Linearizable,
    /// All operations look as if they happened in one order, in which each client's keep their own.
    Sequential,
    /// No name belongs to two who were both told that it is theirs.
    UniqueRegistration,
    /// Every acquire of a client that does not crash is granted or answered.
    Grant,
    /// While somebody waits for a lock, somebody is granted it in the end.
    Progress,
    /// Every write of the newest grant is accepted or superseded.
    Accept,
    /// Every question of a client that does not crash is answered.
    Answered,
    /// In the end there is a leader that enough nodes acknowledge.
    Elect,
    /// In the end the leader changes no more.
    Stable,
    /// Everyone who is loyal and runs decides in the end.
    Terminate,
    /// Every participant that has crashed for good is suspected in the end, by everyone who watches, for ever.
    DetectorComplete,
    /// In the end no participant that runs is suspected.
    DetectorAccurate,
    /// Once the faults are over, service resumes.
    Heal,
    /// Two clients believe at once that they hold the lock: a hazard, not a violation.
    BeliefOverlap,
    /// A client acts outside the stores under a grant that is no longer the newest: a hazard.
    OutsideEffect,
    /// The lock is granted to a client whose own session was over: a hazard.
    DeadGrant,
    /// Two nodes lead at one moment, in different terms: lawful, and a hazard for who asks the wrong one.
    TwoLeaders,
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
    pub const ALL: [Self; 33] = [
        Self::EffectOrder,
        Self::EffectFresh,
        Self::EffectGuarded,
        Self::EffectOnce,
        Self::NoLostUpdate,
        Self::Durable,
        Self::LockExclusion,
        Self::LeaseContract,
        Self::TokenUnique,
        Self::TokenMonotonic,
        Self::TokenGenuine,
        Self::Agreement,
        Self::Validity,
        Self::Integrity,
        Self::MemberAgreement,
        Self::OneLeaderPerTerm,
        Self::Linearizable,
        Self::Sequential,
        Self::UniqueRegistration,
        Self::Grant,
        Self::Progress,
        Self::Accept,
        Self::Answered,
        Self::Elect,
        Self::Stable,
        Self::Terminate,
        Self::DetectorComplete,
        Self::DetectorAccurate,
        Self::Heal,
        Self::BeliefOverlap,
        Self::OutsideEffect,
        Self::DeadGrant,
        Self::TwoLeaders,
    ];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::EffectOrder => "effect-order",
            Self::EffectFresh => "effect-fresh",
            Self::EffectGuarded => "effect-guarded",
            Self::EffectOnce => "effect-once",
            Self::NoLostUpdate => "no-lost-update",
            Self::Durable => "durable",
            Self::LockExclusion => "lock-exclusion",
            Self::LeaseContract => "lease-contract",
            Self::TokenUnique => "token-unique",
            Self::TokenMonotonic => "token-monotonic",
            Self::TokenGenuine => "token-genuine",
            Self::Agreement => "agreement",
            Self::Validity => "validity",
            Self::Integrity => "integrity",
            Self::OneLeaderPerTerm => "one-leader-per-term",
            Self::Linearizable => "linearizable",
            Self::Sequential => "sequential",
            Self::UniqueRegistration => "unique-registration",
            Self::Elect => "elect",
            Self::Stable => "stable",
            Self::Terminate => "terminate",
            Self::TwoLeaders => "two-leaders",
            Self::MemberAgreement => "member-agreement",
            Self::Grant => "grant",
            Self::Progress => "progress",
            Self::Accept => "accept",
            Self::Answered => "answered",
            Self::DetectorComplete => "detector-complete",
            Self::DetectorAccurate => "detector-accurate",
            Self::Heal => "heal",
            Self::BeliefOverlap => "belief-overlap",
            Self::OutsideEffect => "outside-effect",
            Self::DeadGrant => "dead-grant",
        }
    }

    /// The property with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The group it belongs to.
    pub fn class(self) -> PropertyClass {
        match self {
            Self::Grant
            | Self::Progress
            | Self::Accept
            | Self::Answered
            | Self::Elect
            | Self::Stable
            | Self::Terminate
            | Self::DetectorComplete
            | Self::DetectorAccurate
            | Self::Heal => PropertyClass::Liveness,
            Self::BeliefOverlap | Self::OutsideEffect | Self::DeadGrant | Self::TwoLeaders => PropertyClass::Hazard,
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
            Self::EffectGuarded => {
                "Every write that is applied was sent by a client that had been granted the lock and had not let go of it."
            }
            Self::EffectOnce => {
                "Each write of a grant is applied at most once, and one holder's writes are applied in the order it made them."
            }
            Self::NoLostUpdate => "No update takes away a write that its writer had not read.",
            Self::Durable => "A write that was acknowledged is part of every later state of its store.",
            Self::LockExclusion => "The lock service never has two live grants of one lock.",
            Self::LeaseContract => {
                "The lock is granted again only after its holder has released it or its full lease has passed."
            }
            Self::TokenUnique => "No two grants carry the same token.",
            Self::TokenMonotonic => "Each grant carries a higher token than the one before.",
            Self::TokenGenuine => {
                "Every token that a store accepts was granted by the lock service, to the client that presents it."
            }
            Self::Agreement => "No two loyal lieutenants, no two generals and no two loyal nodes decide differently.",
            Self::Validity => {
                "What is decided was proposed; and where the commander is loyal, every loyal general decides as it ordered."
            }
            Self::Integrity => "Nobody decides the same matter twice in two ways.",
            Self::OneLeaderPerTerm => {
                "No term has two leaders. Two leaders at one moment, each in a term of its own, are lawful."
            }
            Self::Linearizable => {
                "All operations look as if each happened at one moment between its beginning and its end."
            }
            Self::Sequential => {
                "All operations look as if they happened in one order, in which those of each client keep theirs."
            }
            Self::UniqueRegistration => "No name belongs to two clients who were both told that it is theirs.",
            Self::Elect => "In the end there is a leader that enough nodes acknowledge.",
            Self::Stable => "In the end the leader changes no more.",
            Self::Terminate => "Everyone who is loyal and does not crash decides in the end.",
            Self::TwoLeaders => {
                "Two nodes lead at one moment, each in a term of its own. It is lawful: the older one can commit nothing, but a client may still ask it."
            }
            Self::MemberAgreement => "No two members install different views under the same number.",
            Self::Progress => "While somebody waits for the lock, somebody is granted it in the end.",
            Self::Answered => "Every question of a client that does not crash is answered in the end.",
            Self::DetectorComplete => {
                "Everyone who has crashed for good is suspected in the end by every observer that runs, for ever."
            }
            Self::DetectorAccurate => "In the end nobody who runs is suspected any more.",
            Self::Heal => "Once the last fault is over, service resumes.",
            Self::Grant => "Every client that asks for the lock and does not crash is answered in the end.",
            Self::Accept => {
                "Every write of the newest holder is accepted in the end, or overtaken by its own next write."
            }
            Self::OutsideEffect => {
                "A client sends mail or pays under a grant that is no longer the newest. No store is asked, so no fence can stop it."
            }
            Self::DeadGrant => {
                "The lock was granted to a client whose own session was already over, so nobody uses it until the lease ends."
            }
            Self::BeliefOverlap => {
                "Two clients believe at the same time that they hold the lock. No service that takes a lock back by itself can prevent this; a fence keeps late writes out of the store."
            }
        }
    }
}
