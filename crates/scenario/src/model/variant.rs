//! "With and without": a variant is a handful of statements that replace or join those of the base.

use fencepost_sim::{Duration, Time};

use crate::model::{Expectation, FaultSpec, LinkSpec, Participant, StoreSpec};

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
    /// `network delay 50ms`
    Delay(Duration),
    /// `network delay A->S 5ms`
    Link(LinkSpec),
    /// `lock …`, `store …`, `client …`
    Participant(Participant),
    /// `store L check same-store` for a lock `L`.
    Data {
        /// The lock service that keeps the data.
        lock: String,
        /// How it keeps it.
        store: StoreSpec,
    },
    /// `client C renew every 3s`
    Renew {
        /// The client.
        client: String,
        /// How often.
        every: Duration,
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
