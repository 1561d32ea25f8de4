//! How a lock service is set up: its lease, and every popular mistake as a switch.

use fencepost_sim::{Clock, Duration};
use fencepost_vocabulary::FencingToken;

use crate::disk::{Memory, SyncMode};
use crate::store::Store;

/// How a lock service is set up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LockConfig {
    /// How long a lease lasts; `None` for a lock that never expires.
    pub lease: Option<Duration>,
    /// The token of the first grant; 0 means "none" everywhere and is taken as 1.
    pub first_token: FencingToken,
    /// Release whatever is held, whoever asks. A bug to see.
    pub blind_release: bool,
    /// Answer the holder's own new acquire at once, with the token it has.
    pub reentrant: bool,
    /// Answer a repeated acquire with the stored reply.
    pub dedupe: bool,
    /// The clock on which leases end. The wall clock is a bug to see.
    pub expiry: Clock,
    /// How long nobody is granted the lock after a lease ran out; not after a release.
    pub lock_delay: Duration,
    /// Whether the next token survives a crash.
    pub counter: Memory,
    /// Whether the holder, its expiry and the stored replies survive a crash. The line of waiting clients never does.
    pub leases: Memory,
    /// Grant nothing for a full lease after a recovery.
    pub delayed_restart: bool,
    /// After how long without a word a waiting client counts as dead; `None` for never.
    pub session: Option<Duration>,
    /// Look at a waiting client's session again before it is granted the lock.
    pub recheck: bool,
    /// When what it remembers reaches the disk; also what the store inside remembers.
    pub sync: SyncMode,
    /// Put a seal on every token.
    pub seals: bool,
    /// The store inside the service.
    pub data: Option<Store>,
}

impl Default for LockConfig {
    /// A lock without a lease that makes no mistake.
    fn default() -> Self {
        Self {
            lease: None,
            first_token: FencingToken(1),
            blind_release: false,
            reentrant: false,
            dedupe: true,
            expiry: Clock::Mono,
            lock_delay: Duration::ZERO,
            counter: Memory::Stable,
            leases: Memory::Stable,
            delayed_restart: false,
            session: None,
            recheck: true,
            sync: SyncMode::Now,
            seals: false,
            data: None,
        }
    }
}
