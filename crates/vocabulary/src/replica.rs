//! What nodes pass around that keep something together: terms, logs, stamps and claimed names.
//!
//! Data only. How nodes elect a leader and copy a log is in `fencepost-protocols`.

use std::fmt;
use std::sync::Arc;

use fencepost_sim::ParticipantId;

use crate::message::Message;
use crate::value::FencingToken;

/// A term of office, counted from 1: at most one node may lead in it. 0 is before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub u32);

/// A place in a log and the term of the entry that stands there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The place, counted from 1; 0 is before the first entry.
    pub index: u32,
    /// The term of the entry there; 0 before the first.
    pub term: Term,
}

/// One entry of a log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The term of the leader that wrote it first.
    pub term: Term,
    /// What is to be done once it is committed.
    pub command: Command,
}

/// What an entry of a log says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Nothing: a new leader's first entry, which commits all that stands before it.
    Nothing,
    /// Do what a client asked for.
    Serve {
        /// The client.
        from: ParticipantId,
        /// Its message.
        message: Arc<Message>,
    },
    /// The lease of the grant with this token is over. A leader's clock only proposes it.
    Expire {
        /// The token of the grant.
        token: FencingToken,
    },
}

/// Entries in the order of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Entries(pub Vec<Entry>);

/// Which of two writes to a register is the later one: the count first, then the writer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// One more than the highest that the writer knew; 0 for a register that was never written.
    pub count: u32,
    /// Who wrote.
    pub writer: ParticipantId,
}

/// A name that somebody wants for itself, as its place in [`crate::Cast::names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u16);

/// Through whose hands an order went, its commander first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<ParticipantId>);

/// What a client does with something that several nodes keep together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// It asks for the value.
    Read,
    /// It sets the value.
    Write(crate::value::Value),
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
