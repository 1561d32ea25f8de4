//! The small numbers that actors pass around.

use std::fmt;

use fencepost_sim::ParticipantId;

/// The number a lock service hands out with each grant. 0 stands for "none" and is never granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FencingToken(pub u64);

/// Which of one client's requests this is, counted from 1; a repeated request carries the same number, and so does
/// its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u32);

/// Which of one holder's writes under one grant this is, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sequence(pub u32);

/// How many writes a store has applied; a read returns it and a compare-and-swap presents it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u64);

/// What a store holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing was ever written. Read as the number 0.
    #[default]
    Empty,
    /// What a client wrote without saying what: its so-many-th write.
    By {
        /// Who wrote it.
        writer: ParticipantId,
        /// Which of its writes, counted from 1.
        ordinal: u32,
    },
    /// A counter.
    Number(u64),
}

impl Value {
    /// The value as a counter reads it: nothing, or something that is no number, counts as 0.
    pub fn as_number(self) -> u64 {
        match self {
            Self::Number(number) => number,
            Self::Empty | Self::By { .. } => 0,
        }
    }
}

impl fmt::Display for FencingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
