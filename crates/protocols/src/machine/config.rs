//! What a group keeps, and by which rules.

use fencepost_sim::{Duration, ParticipantId};
use fencepost_vocabulary::{CheckMode, FencingToken};

/// What a group keeps in its log. Names can be claimed of any group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MachineConfig {
    /// The lock, by its id, if the group keeps one.
    pub lock: Option<(ParticipantId, LockRules)>,
    /// The store, by its id, if the group keeps one.
    pub store: Option<(ParticipantId, StoreRules)>,
}

/// How a replicated lock is set up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LockRules {
    /// How long a lease lasts; `None` for a lock that never expires.
    pub lease: Option<Duration>,
    /// The token of a grant that stands first in the log; 0 means "none" everywhere and is taken as 1.
    pub first_token: FencingToken,
    /// Where further tokens come from.
    pub tokens: TokenSource,
    /// Release whatever is held, whoever asks. A bug to see.
    pub blind_release: bool,
    /// Answer the holder's own new acquire at once, with the token it has.
    pub reentrant: bool,
    /// Answer a repeated acquire with the grant that it was answered with.
    pub dedupe: bool,
    /// Put a seal on every token.
    pub seals: bool,
}

/// Where the tokens of a replicated lock come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TokenSource {
    /// The place in the log from which the grant follows: no other grant will ever have it.
    #[default]
    Index,
    /// A counter beside the lock. What is applied and not copied takes the count with it.
    Counter,
}

/// How a replicated store is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StoreRules {
    /// How it checks writes.
    pub check: CheckMode,
}

impl Default for LockRules {
    /// A lock without a lease that makes no mistake.
    fn default() -> Self {
        Self {
            lease: None,
            first_token: FencingToken(1),
            tokens: TokenSource::Index,
            blind_release: false,
            reentrant: false,
            dedupe: true,
            seals: false,
        }
    }
}
