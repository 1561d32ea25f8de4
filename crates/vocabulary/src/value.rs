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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sequence(pub u32);

/// How many writes a store has applied; a read returns it and a compare-and-swap presents it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u64);

/// What only the lock service can make: it ties a token to the client it was granted to. A client passes it on and
/// cannot compute it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seal(pub u64);

/// Who belongs to a group, each in which of its lives: a member that was declared dead comes back as a new incarnation.
/// In the order of the scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Membership(pub Vec<(ParticipantId, u32)>);

impl Membership {
    /// In which of its lives this participant belongs to the group, if it does.
    pub fn incarnation_of(&self, id: ParticipantId) -> Option<u32> {
        self.0.iter().find(|(member, _)| *member == id).map(|(_, incarnation)| *incarnation)
    }
}

/// What a client does outside the stores, where no fence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outside {
    /// It sends an e-mail.
    Mail,
    /// It makes a payment.
    Payment,
}

impl Outside {
    /// Everything a client can do out there.
    pub const ALL: [Self; 2] = [Self::Mail, Self::Payment];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Payment => "payment",
        }
    }

    /// The act with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.word() == word)
    }
}

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
