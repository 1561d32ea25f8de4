//! "With and without": a variant is a handful of statements that replace or join those of the base.

use fencepost_sim::{Duration, Time};

use crate::model::{
    DelayRange, Expectation, FailureModel, FaultSpec, GuardSpec, LinkSpec, ObjectSpec, Participant, Role, StoreSpec,
    TimingModel,
};

/// The scenario with a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The word that names it, unique in the scenario.
    pub name: String,
    /// Its title for a reader; the name if none was given.
    pub title: String,
    /// What it changes, in order. A statement replaces the base statement with the same key, else it is added.
    pub changes: Vec<Statement>,
    /// Its own claims; those of the base do not count for it.
    pub expectations: Vec<Expectation>,
}

/// One statement that a variant can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `until 30s`
    Until(Time),
    /// `seed 7`
    Seed(u64),
    /// `network delay 50ms`, `network delay 20ms..80ms`
    Delay(DelayRange),
    /// `network fifo`
    Fifo,
    /// `network delay A->S 5ms`
    Link(LinkSpec),
    /// `model synchronous delay 100ms`
    Model(TimingModel),
    /// `failures crash-recovery`
    Failures(FailureModel),
    /// `lock …`, `store …`, `client …`
    Participant(Participant),
    /// `members N1 N2 N3 …`, `generals …`, `nodes …` and so on: several participants in one line, who all have this role.
    /// It is one with a [`Role::group`].
    Group(Role),
    /// `lock L … replicated on …`, `store X replicated on …`: something without a lane.
    Object(ObjectSpec),
    /// `store L check same-store` for a lock `L`.
    Data {
        /// The lock service that keeps the data.
        lock: String,
        /// How it keeps it.
        store: StoreSpec,
    },
    /// `store S guarded-by K L`
    Guarded(GuardSpec),
    /// `client C renew every 3s`
    Renew {
        /// The client.
        client: String,
        /// How often.
        every: Duration,
    },
    /// `client C trusts 50%`
    Trusts {
        /// The client.
        client: String,
        /// What share of every lease, in millionths.
        share: u32,
    },
    /// `pause …`, `crash …` and so on; `off` if it is switched off.
    Fault {
        /// The fault.
        fault: FaultSpec,
        /// Whether it is switched off.
        off: bool,
    },
    /// `remove KEY`
    Remove(Key),
}

/// What identifies a statement: its keyword and its name or target, as words, such as `pause A` or `drop A->S write 1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub Vec<String>);
