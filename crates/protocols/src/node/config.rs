//! How a node of a group with a leader is set up: its patience, its quorum, and each cure and each mistake as a switch.

use fencepost_sim::{Digest, Duration, ParticipantId, drawn};
use fencepost_vocabulary::Term;

use crate::disk::Memory;
use crate::machine::MachineConfig;

/// How a node is set up. All nodes of one group have the same, but for `id`, `traitor` and their patience.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeConfig {
    /// Who it is.
    pub id: ParticipantId,
    /// Everyone in the group, itself among them.
    pub nodes: Vec<ParticipantId>,
    /// How often a leader gives a sign of life.
    pub heartbeat: Duration,
    /// How long it waits for one before it stands for election.
    pub timeout: Timeout,
    /// The shortest that any node of the group waits.
    pub shortest: Duration,
    /// Who leads when the run begins, and all know it.
    pub leader: Option<ParticipantId>,
    /// The term in which the run begins.
    pub term: Term,
    /// How many votes make a leader and how many copies a commitment, its own among them. It is not looked at whether
    /// two quorums always meet.
    pub quorum: usize,
    /// Ask how the vote would go before standing for election (PreVote).
    pub prevote: bool,
    /// Step down when no quorum has answered for the shortest timeout (CheckQuorum).
    pub check_quorum: bool,
    /// Take no notice of a candidate while a leader is heard.
    pub sticky: bool,
    /// Whether it still knows after a crash whom it voted for. That it does not is a bug to see.
    pub votes: Memory,
    /// Vote for everyone who asks and acknowledge everything.
    pub traitor: bool,
    /// What the group keeps together; without anything it only elects leaders.
    pub machine: Option<MachineConfig>,
    /// How reads are answered.
    pub reads: Reads,
    /// When a request is applied and answered.
    pub ack: Ack,
}

/// How long a node waits for a leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timeout {
    /// Always the same.
    Fixed(Duration),
    /// Drawn anew for every term, from the salt and the term alone.
    Drawn {
        /// The shortest.
        low: Duration,
        /// The longest.
        high: Duration,
        /// What tells this node's chances from those of every other.
        salt: u64,
    },
}

/// How a leader answers a read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reads {
    /// At once, because it believes that it leads. A bug to see.
    Local,
    /// At once, as long as a quorum acknowledged something so lately that no other leader can have been elected: if
    /// clocks run as they should.
    Lease,
    /// When a quorum has acknowledged something sent after the read came.
    #[default]
    Index,
}

/// When a leader applies a request and answers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ack {
    /// When enough nodes have a copy.
    #[default]
    Majority,
    /// As soon as it stands in its own log. A bug to see.
    One,
}

impl NodeConfig {
    /// All nodes but itself.
    pub(super) fn others(&self) -> impl Iterator<Item = ParticipantId> {
        self.nodes.iter().copied().filter(|node| *node != self.id)
    }

    /// How long a leader may answer reads by itself: the shortest timeout, less a twentieth for clocks that drift.
    pub(super) fn lease(&self) -> Duration {
        Duration(self.shortest.0 / 21 * 20 + self.shortest.0 % 21 * 20 / 21)
    }
}

impl Timeout {
    /// How long to wait in this term.
    pub(super) fn in_term(self, term: Term) -> Duration {
        match self {
            Self::Fixed(length) => length,
            Self::Drawn { low, high, salt } => {
                let mut digest = Digest::default();
                digest.number(salt);
                digest.number(u64::from(term.0));
                drawn(low, high, &digest)
            }
        }
    }

    /// Whether it depends on the number of the term.
    pub(super) fn looks_at_the_term(self) -> bool {
        matches!(self, Self::Drawn { low, high, .. } if low != high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_drawn_for_each_term_within_its_range() {
        let (low, high) = (Duration::from_secs(1), Duration::from_secs(2));
        let of =
            |salt| (1..100).map(|term| Timeout::Drawn { low, high, salt }.in_term(Term(term)).0).collect::<Vec<_>>();
        assert!(of(7).iter().all(|length| (low.0..=high.0).contains(length)));
        assert_eq!(of(7), of(7));
        assert_ne!(of(7), of(8), "each node has its own chances");
        assert!(of(7).windows(2).all(|two| two[0] != two[1]), "and each term");
        // They are part of every digest ever shared.
        assert_eq!(of(7)[..3], [1_428_662, 1_368_132, 1_276_303]);
    }
}
