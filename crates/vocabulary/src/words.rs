//! The names of steps and timers, and the [`Fencepost`] vocabulary that ties all words together for the kernel.

use fencepost_sim::Vocabulary;

use crate::message::{Message, MessageKind};
use crate::note::Note;

/// The vocabulary of every scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fencepost;

impl Vocabulary for Fencepost {
    type Message = Message;
    type MessageKind = MessageKind;
    type Step = Step;
    type Timer = Timer;
    type Note = Note;

    fn kind(message: &Message) -> MessageKind {
        message.kind()
    }
}

/// A step of a client's program. A fault can be placed at the boundary before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Ask for a lock.
    Acquire,
    /// Compare the clock with the lease.
    Check,
    /// Compute for a while.
    Work,
    /// Read from a store.
    Read,
    /// Write to a store.
    Write,
    /// Announce the token to a store.
    Announce,
    /// Give the lock back.
    Release,
    /// The program is done.
    Finish,
}

impl Step {
    /// Every step, in the order of a typical program.
    pub const ALL: [Self; 8] =
        [Self::Acquire, Self::Check, Self::Work, Self::Read, Self::Write, Self::Announce, Self::Release, Self::Finish];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Acquire => "acquire",
            Self::Check => "check",
            Self::Work => "work",
            Self::Read => "read",
            Self::Write => "write",
            Self::Announce => "announce",
            Self::Release => "release",
            Self::Finish => "finish",
        }
    }

    /// The step with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }
}

/// A timer. Each actor has at most one pending timer of each name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// Lock service: the current lease runs out.
    Lease,
    /// Client: the program begins.
    Begin,
    /// Client: the work is done.
    Work,
    /// Client: no answer to the acquire; ask again.
    Retry,
    /// Client: time to renew.
    Renew,
    /// Client, after the end of its program: the lease it last knew of is over.
    LeaseOver,
}
