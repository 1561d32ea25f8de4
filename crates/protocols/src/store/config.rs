//! How a store is set up.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::CheckMode;

use crate::disk::{Memory, SyncMode};

/// How a store is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StoreConfig {
    /// How it checks writes.
    pub check: CheckMode,
    /// The lock service that [`CheckMode::AskFirst`] asks. Without one nothing is ever vouched for.
    pub asks: Option<ParticipantId>,
    /// Whether the highest token seen survives a crash.
    pub max: Memory,
    /// Check and write in two steps, so that something can come between them. A bug to see.
    pub nonatomic: bool,
    /// When what it remembers reaches the disk. Inside a lock service that one's setting counts.
    pub sync: SyncMode,
}

impl StoreConfig {
    /// A store that checks writes in this way and makes no mistake.
    pub fn new(check: CheckMode) -> Self {
        Self { check, asks: None, max: Memory::Stable, nonatomic: false, sync: SyncMode::Now }
    }
}
