//! What a client's program can say. Names have become participants; repetition has been written out.

use std::collections::BTreeMap;

use fencepost_sim::{Duration, ParticipantId};
use fencepost_vocabulary::{FencingToken, NameId, Outside, Step};

use super::{Access, Patience};

/// What a client is told to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientConfig {
    /// When the program begins, on the client's clock.
    pub begins_after: Duration,
    /// The steps, taken in order.
    pub program: Vec<Instruction>,
    /// How often a held lease is extended while the program runs.
    pub renew_every: Option<Duration>,
    /// What share of every lease it uses, in millionths. Less than the whole allows for clocks that differ in pace.
    pub trusts: u32,
    /// The stores that want the writes of each grant to them numbered from 1 with none missing. To all others a
    /// client's writes under one grant share one count.
    pub counting_stores: Vec<ParticipantId>,
    /// What several nodes keep together, by its id, and how to reach it.
    pub objects: BTreeMap<ParticipantId, Access>,
    /// Which node a step turns to, by the step's place in the program, where the program says so.
    pub at: BTreeMap<usize, ParticipantId>,
    /// How long a step waits for its answer, by the step's place in the program, where the program says so.
    pub patience: BTreeMap<usize, Patience>,
    /// Which nodes of a register a read asks, by the step's place in the program, where the program says so.
    pub from: BTreeMap<usize, Vec<ParticipantId>>,
}

impl ClientConfig {
    /// A share that is the whole.
    pub const WHOLE: u32 = 1_000_000;
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Instruction {
    /// Ask for a lock and wait for the grant.
    Acquire {
        /// Of whom.
        lock: ParticipantId,
    },
    /// Go on only if more than `margin` of the lease is left.
    Check {
        /// How much must be left.
        margin: Duration,
    },
    /// Compute for so long.
    Work(Duration),
    /// Ask a store for its value and wait for it.
    Read {
        /// Which store.
        store: ParticipantId,
    },
    /// Write to a store.
    Write {
        /// Which store.
        store: ParticipantId,
        /// What.
        value: WriteValue,
        /// Whether to wait for the answer.
        wait: bool,
        /// A token it makes up, in place of its lock's.
        token: Option<FencingToken>,
    },
    /// Go on only if the lock service says that the token is still the holder's.
    Ask {
        /// Which lock service.
        lock: ParticipantId,
    },
    /// Do something outside the stores.
    Effect(Outside),
    /// Ask somebody for a sign of life and wait for it.
    Ping {
        /// Whom.
        to: ParticipantId,
    },
    /// Tell a store the token and wait for its answer.
    Announce {
        /// Which store.
        store: ParticipantId,
    },
    /// Give a lock back and wait for the answer.
    Release {
        /// To whom.
        lock: ParticipantId,
    },
    /// Ask that a name be one's own and wait for the answer.
    Claim {
        /// Of whom.
        registry: ParticipantId,
        /// Which name.
        name: NameId,
    },
}

/// What a write writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WriteValue {
    /// Something of the writer's own.
    Own,
    /// The number last read from that store, plus this.
    ReadPlus(u64),
}

impl Instruction {
    /// The name of this step, by which a fault addresses the boundary before it.
    pub fn step(&self) -> Step {
        match self {
            Self::Acquire { .. } => Step::Acquire,
            Self::Check { .. } => Step::Check,
            Self::Work(_) => Step::Work,
            Self::Read { .. } => Step::Read,
            Self::Write { .. } => Step::Write,
            Self::Announce { .. } => Step::Announce,
            Self::Ask { .. } => Step::Ask,
            Self::Effect(_) => Step::Effect,
            Self::Ping { .. } => Step::Ping,
            Self::Release { .. } => Step::Release,
            Self::Claim { .. } => Step::Claim,
        }
    }

    /// Whom it turns to, if anybody.
    pub fn of(&self) -> Option<ParticipantId> {
        match self {
            Self::Acquire { lock: of } | Self::Ask { lock: of } | Self::Release { lock: of } => Some(*of),
            Self::Read { store: of } | Self::Write { store: of, .. } | Self::Announce { store: of } => Some(*of),
            Self::Claim { registry: of, .. } | Self::Ping { to: of } => Some(*of),
            Self::Check { .. } | Self::Work(_) | Self::Effect(_) => None,
        }
    }
}
