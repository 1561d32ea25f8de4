//! What a scenario means, without the trivia of its text.
//!
//! Names are kept as names: a fault that speaks of nobody is the reader's mistake to be shown, not a reason to stop.
//! Nothing here runs; `fencepost-lab` builds a world from it. The text is in the document module.

mod expectation;
mod fault;
mod group;
mod patience;
mod replica;
mod role;
mod variant;
mod world;

pub use expectation::{Claim, Expectation, StuckKind};
pub use fault::{CrashStart, FaultSpec, MessageName, PauseStart, Recovery, Sides};
pub use group::{Declare, GeneralSpec, MemberSpec, OfficerSpec, Order, PairSpec, RegistrySpec};
pub use patience::{Patience, Retry};
pub use replica::{
    Ack, NodeSpec, ObjectKindSpec, ObjectSpec, Reads, RedlockSpec, RegisterSpec, SharedLockSpec, SharedStoreSpec,
    Timeout, TokenSource,
};
pub use role::{ClientSpec, LockSpec, Memory, ProgramStep, ReleaseMode, Role, StoreSpec, SyncMode, WriteValue};
pub use variant::{Key, Statement, Variant};
pub use world::{Bounds, DelayRange, FailureModel, TimingModel};

use fencepost_sim::{Duration, Time};

/// A scenario: a world, what goes wrong in it, and what its author claims about the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its name for a reader; may be empty.
    pub title: String,
    /// Its story, in a sentence or two; may be empty.
    pub about: String,
    /// The run covers every moment before this one.
    pub until: Time,
    /// Where all chance in the run comes from. Default 0.
    pub seed: u64,
    /// The delay of every link that has none of its own.
    pub delay: DelayRange,
    /// Whether messages never overtake each other on any link. Default off.
    pub fifo: bool,
    /// Links with a delay of their own.
    pub links: Vec<LinkSpec>,
    /// What is claimed about time, if anything.
    pub model: Option<TimingModel>,
    /// What is claimed about failures, if anything.
    pub failures: Option<FailureModel>,
    /// Who takes part, in the order of the lanes.
    pub participants: Vec<Participant>,
    /// What groups of nodes keep in their logs. None of it has a lane.
    pub objects: Vec<ObjectSpec>,
    /// Which locks guard a store, where the author says so; else the programs show it: [`crate::guards()`].
    pub guards: Vec<GuardSpec>,
    /// What goes wrong.
    pub faults: Vec<FaultSpec>,
    /// Faults that are written down but switched off. They influence nothing.
    pub disabled: Vec<FaultSpec>,
    /// What the author claims about this run.
    pub expectations: Vec<Expectation>,
    /// The same scenario with a difference.
    pub variants: Vec<Variant>,
}

/// The delay of one directed link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkSpec {
    /// The sender.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// How long a message takes.
    pub delay: DelayRange,
    /// Whether messages never overtake each other on this link.
    pub fifo: bool,
}

/// `store S guarded-by K L`, `store S guarded-by none`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardSpec {
    /// The store.
    pub store: String,
    /// The locks that whoever writes to it should hold, all of them; empty if it is nobody's matter.
    pub locks: Vec<String>,
}

/// One lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Its name, unique in the scenario.
    pub name: String,
    /// What it does.
    pub role: Role,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            title: String::new(),
            about: String::new(),
            until: Time::from_millis(60_000),
            seed: 0,
            delay: DelayRange::fixed(Duration::from_millis(50)),
            fifo: false,
            links: Vec::new(),
            model: None,
            failures: None,
            participants: Vec::new(),
            objects: Vec::new(),
            guards: Vec::new(),
            faults: Vec::new(),
            disabled: Vec::new(),
            expectations: Vec::new(),
            variants: Vec::new(),
        }
    }
}

impl Scenario {
    /// The participant with this name.
    pub fn participant(&self, name: &str) -> Option<&Participant> {
        self.participants.iter().find(|participant| participant.name == name)
    }
}
