//! What goes wrong, in the scenario's own words.

use fencepost_sim::{Duration, PartitionMode, Time};
use fencepost_vocabulary::{MessageKind, Step};

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultSpec {
    /// `pause A at 150ms for 15s`, `pause A before write 1 for 15s`
    Pause {
        /// Who falls asleep.
        participant: String,
        /// When.
        start: PauseStart,
        /// For how long; at least 1 µs.
        length: Duration,
    },
    /// `crash A at 210ms`
    Crash {
        /// Who stops.
        participant: String,
        /// When.
        at: Time,
    },
    /// `partition A | L S from 5s to 8s hold`, `partition A -> L from 5s to 8s`
    Partition {
        /// Between whom.
        sides: Sides,
        /// The first moment of the cut.
        from: Time,
        /// The moment of the heal; after `from`.
        until: Time,
        /// What becomes of the messages. Default `drop`.
        mode: PartitionMode,
    },
    /// `drop A->S write 1`
    Drop {
        /// Which message.
        message: MessageName,
    },
    /// `delay A->S write 1 by 20s`
    Delay {
        /// Which message.
        message: MessageName,
        /// How much longer than its link's delay it takes.
        by: Duration,
    },
    /// `duplicate A->S write 1 after 3s`
    Duplicate {
        /// Which message.
        message: MessageName,
        /// How long after the first copy the second arrives.
        after: Duration,
    },
}

/// When a pause begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PauseStart {
    /// `at 150ms`
    At(Time),
    /// `before write 1`
    Before {
        /// The step not yet taken.
        step: Step,
        /// Which of the participant's steps of that name, counted from 1.
        ordinal: u32,
    },
}

/// The two sides of a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The left side.
    pub left: Vec<String>,
    /// The right side.
    pub right: Vec<String>,
    /// Whether only messages from left to right are cut (`->`), or both ways (`|`).
    pub one_way: bool,
}

/// One message by what it is: `A->S write 1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageName {
    /// The sender.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// Its kind.
    pub kind: MessageKind,
    /// Which of that kind on that link, counted from 1.
    pub ordinal: u32,
}
