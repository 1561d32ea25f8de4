//! How a client reaches what several nodes keep together. What one participant keeps is reached by asking that one.

use fencepost_sim::{Duration, ParticipantId};

/// Who keeps an object, and how a client deals with them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// A lock, a store or a registry in the log of a group: the leader is asked, and whoever is asked instead says who
    /// that is.
    Led {
        /// The nodes, in the order in which they are tried.
        nodes: Vec<ParticipantId>,
    },
    /// A lock of independent nodes (Redlock): all are asked at once, and enough keys make a holder.
    Keys {
        /// The nodes.
        nodes: Vec<ParticipantId>,
        /// How many keys are enough.
        quorum: usize,
        /// How long each key is asked for.
        lease: Duration,
    },
    /// A register (ABD): all are asked at once, and enough answers are an answer.
    Register {
        /// The nodes.
        nodes: Vec<ParticipantId>,
        /// How many answers a read waits for.
        read_quorum: usize,
        /// How many acknowledgements a write waits for.
        write_quorum: usize,
        /// Whether a read puts back what it has found before it returns.
        write_back: bool,
        /// Whether more than one client writes it, so that a writer must ask for the latest write first.
        several_writers: bool,
    },
}

impl Access {
    /// Who keeps the object.
    pub fn nodes(&self) -> &[ParticipantId] {
        match self {
            Self::Led { nodes } | Self::Keys { nodes, .. } | Self::Register { nodes, .. } => nodes,
        }
    }
}
