//! What several nodes are told to keep together: who they are, and how many of them are enough.
//!
//! As in [`super::group`], each of a group holds its own copy of what its line says. A lock or a store in the log of a
//! group has no lane; it is an [`ObjectSpec`] beside the participants.

use fencepost_sim::Duration;
use fencepost_vocabulary::{CheckMode, Clock};

use crate::model::Memory;

/// `nodes N1 N2 N3 elect heartbeat 100ms timeout 1s..2s leader N1`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeSpec {
    /// Everyone in the line, this participant among them.
    pub nodes: Vec<String>,
    /// How often a leader gives a sign of life. Default [`NodeSpec::HEARTBEAT`].
    pub heartbeat: Duration,
    /// How long each of them waits for one before it stands for election. Default drawn from 1 s to 2 s.
    pub timeout: Timeout,
    /// Who leads when the run begins; one of the nodes. Default nobody.
    pub leader: Option<String>,
    /// The term in which all of them begin. Default [`NodeSpec::first_term`].
    pub term: u32,
    /// How many votes make a leader and how many copies a commitment; `None` for a majority.
    pub quorum: Option<u32>,
    /// Whether a node asks first whether it could be elected. Default off.
    pub prevote: bool,
    /// Whether a leader that hears from no quorum steps down. Default off.
    pub check_quorum: bool,
    /// Whether a node that hears from a leader refuses to vote for another. Default off.
    pub sticky: bool,
    /// Whether a crash forgets whom a node has voted for. Default [`Memory::Stable`].
    pub votes: Memory,
    /// Those who vote for everyone and acknowledge everything; some of the nodes. Default nobody.
    pub traitors: Vec<String>,
}

impl NodeSpec {
    /// How often a leader gives a sign of life if nothing is said.
    pub const HEARTBEAT: Duration = Duration::from_millis(100);
    /// Within which times nodes wait if nothing is said.
    pub const TIMEOUT: Timeout =
        Timeout::Drawn { low: Duration::from_millis(1_000), high: Duration::from_millis(2_000) };

    /// Nodes that elect, and otherwise as if nothing were said.
    pub fn new(nodes: Vec<String>) -> Self {
        Self {
            nodes,
            heartbeat: Self::HEARTBEAT,
            timeout: Self::TIMEOUT,
            leader: None,
            term: 0,
            quorum: None,
            prevote: false,
            check_quorum: false,
            sticky: false,
            votes: Memory::Stable,
            traitors: Vec::new(),
        }
    }

    /// The term in which nodes begin if nothing is said: a leader has been elected once, and nobody not yet.
    pub fn first_term(&self) -> u32 {
        u32::from(self.leader.is_some())
    }

    /// How many are enough: what is said, or more than half of them.
    pub fn enough(&self) -> u32 {
        enough(self.quorum, &self.nodes)
    }
}

/// How long nodes wait for a leader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Timeout {
    /// `timeout 1s..2s`: anew in each term, anything from the one to the other.
    Drawn {
        /// The shortest.
        low: Duration,
        /// The longest; at least `low`.
        high: Duration,
    },
    /// `timeouts 1s 1500ms 2s`: always the same, one for each node in their order.
    Fixed(Vec<Duration>),
}

impl Timeout {
    /// The shortest that any of them waits.
    pub fn shortest(&self) -> Duration {
        match self {
            Self::Drawn { low, .. } => *low,
            Self::Fixed(all) => all.iter().copied().min().unwrap_or(Duration::ZERO),
        }
    }

    /// The longest that any of them waits.
    pub fn longest(&self) -> Duration {
        match self {
            Self::Drawn { high, .. } => *high,
            Self::Fixed(all) => all.iter().copied().max().unwrap_or(Duration::ZERO),
        }
    }
}

/// `lock L lease 10s redlock on N1 N2 N3 N4 N5 quorum 3`: a lock of independent nodes, each with one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedlockSpec {
    /// The name of the lock.
    pub lock: String,
    /// How long each key is given away for.
    pub lease: Duration,
    /// Everyone in the line, this participant among them.
    pub nodes: Vec<String>,
    /// How many keys make a holder; `None` for a majority.
    pub quorum: Option<u32>,
    /// `keys volatile`: whether a crash forgets who has the key. Default [`Memory::Stable`].
    pub keys: Memory,
    /// `restart delayed`: whether a node gives nothing away for a full lease after it has recovered. Default off.
    pub delayed_restart: bool,
    /// `expiry wall`: by which clock keys run out. Default [`Clock::Mono`].
    pub expiry: Clock,
}

impl RedlockSpec {
    /// How many keys are enough: what is said, or more than half of them.
    pub fn enough(&self) -> u32 {
        enough(self.quorum, &self.nodes)
    }
}

/// `register X on N1 N2 N3 quorum 2 read-quorum 2 write-back off`: a register that clients read and write at enough nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterSpec {
    /// The name of the register.
    pub register: String,
    /// Everyone in the line, this participant among them.
    pub nodes: Vec<String>,
    /// How many copies make a write; `None` for a majority.
    pub quorum: Option<u32>,
    /// How many answers make a read; `None` for as many as copies make a write.
    pub read_quorum: Option<u32>,
    /// Whether a read writes back what it found before it returns. Default on.
    pub write_back: bool,
}

impl RegisterSpec {
    /// How many copies make a write: what is said, or more than half of them.
    pub fn enough(&self) -> u32 {
        enough(self.quorum, &self.nodes)
    }

    /// How many answers make a read.
    pub fn enough_to_read(&self) -> u32 {
        self.read_quorum.unwrap_or_else(|| self.enough())
    }
}

/// More than half of them, if nothing is said.
fn enough(said: Option<u32>, of: &[String]) -> u32 {
    said.unwrap_or(of.len() as u32 / 2 + 1)
}

/// Something in the log of a group of nodes. It has a name and no lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectSpec {
    /// Its name, unique among participants and objects.
    pub name: String,
    /// The nodes that keep it: all of one group, or some of them that stand for it.
    pub nodes: Vec<String>,
    /// What it is.
    pub kind: ObjectKindSpec,
}

/// What a group can keep in its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectKindSpec {
    /// `lock L lease 10s replicated on N1 N2 N3 first-token 33 dirty-grant on token counter`
    Lock(SharedLockSpec),
    /// `store X replicated on N1 N2 N3 check ge ack one reads lease`
    Store(SharedStoreSpec),
}

/// A lock in the log of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedLockSpec {
    /// How long a lease lasts; `None` (`lease none`) for a lock that never expires.
    pub lease: Option<Duration>,
    /// The lowest token there is, at least 1. Default 1.
    pub first_token: u64,
    /// `dirty-grant on`: whether a grant is answered before it is committed: a bug to see. Default off.
    pub dirty_grant: bool,
    /// Where tokens come from. Default [`TokenSource::Index`].
    pub token: TokenSource,
    /// Whether the holder's own new acquire is answered at once with its token. Default off.
    pub reentrant: bool,
    /// `release blind`: whether a release counts whoever sends it: a bug to see. Default off.
    pub blind_release: bool,
    /// Whether a repeated acquire gets the stored reply (`dedupe on`, the default) or is taken for a new request.
    pub dedupe: bool,
}

impl SharedLockSpec {
    /// A lock with this lease, and otherwise as if nothing were said.
    pub fn new(lease: Option<Duration>) -> Self {
        Self {
            lease,
            first_token: 1,
            dirty_grant: false,
            token: TokenSource::Index,
            reentrant: false,
            blind_release: false,
            dedupe: true,
        }
    }
}

/// Where the tokens of a lock in a log come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenSource {
    /// From the grant's place in the log.
    #[default]
    Index,
    /// From a counter beside the lock, as in a lock service of its own.
    Counter,
}

/// A store in the log of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedStoreSpec {
    /// How writes are checked. Default `none`.
    pub check: CheckMode,
    /// When a write is acknowledged. Default [`Ack::Majority`].
    pub ack: Ack,
    /// How a read is answered. Default [`Reads::Index`].
    pub reads: Reads,
}

impl Default for SharedStoreSpec {
    fn default() -> Self {
        Self { check: CheckMode::None, ack: Ack::Majority, reads: Reads::Index }
    }
}

/// When a leader acknowledges a write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ack {
    /// Once enough nodes have it.
    #[default]
    Majority,
    /// Once it has it itself: a bug to see.
    One,
}

impl Ack {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::Majority, Self::One];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Majority => "majority",
            Self::One => "one",
        }
    }
}

/// How a leader answers a read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reads {
    /// Whoever believes that it leads answers at once.
    Local,
    /// A leader answers at once while nobody else can have been elected, by its own clock.
    Lease,
    /// A leader makes sure first that it still leads.
    #[default]
    Index,
}

impl Reads {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Local, Self::Lease, Self::Index];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Lease => "lease",
            Self::Index => "index",
        }
    }
}
