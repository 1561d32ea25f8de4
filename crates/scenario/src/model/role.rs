//! What each participant is told to be.

use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::CheckMode;

/// A participant's part in the play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Grants a lock, and perhaps keeps the data too.
    Lock(LockSpec),
    /// Keeps the data.
    Store(StoreSpec),
    /// Runs a program.
    Client(ClientSpec),
}

/// `lock L lease 10s first-token 33 release blind reentrant on dedupe off`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockSpec {
    /// How long a lease lasts; `None` (`lease none`) for a lock that never expires.
    pub lease: Option<Duration>,
    /// The token of the first grant, at least 1. Default 1.
    pub first_token: u64,
    /// What a release asks for. Default [`ReleaseMode::Compare`].
    pub release: ReleaseMode,
    /// Whether the holder's own new acquire is answered at once with its token. Default off.
    pub reentrant: bool,
    /// Whether a repeated acquire gets the stored reply (`dedupe on`, the default) or is taken for a new request.
    pub dedupe: bool,
    /// The store that lives in the same service (`store L check same-store` after `lock L …`).
    pub data: Option<StoreSpec>,
}

/// What a lock service does with a release.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReleaseMode {
    /// Releases only if the asker holds the lock under that token.
    #[default]
    Compare,
    /// Releases whatever is held (Redis `DEL`): a bug to see.
    Blind,
}

/// `store S check ge`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreSpec {
    /// How writes are checked. Default `none`.
    pub check: CheckMode,
}

/// `client A at 0s: acquire L; work 50ms; write S`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSpec {
    /// When the program begins.
    pub at: Time,
    /// Its steps, run in order.
    pub program: Vec<ProgramStep>,
    /// `client A renew every 3s`: how often it extends its lease while the program runs.
    pub renew_every: Option<Duration>,
}

/// One step of a client's program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgramStep {
    /// `acquire L retry 1s`: ask, and wait for the grant; ask again after `retry` without an answer.
    Acquire {
        /// The lock service.
        lock: String,
        /// How long to wait before asking again; `None` waits for ever.
        retry: Option<Duration>,
    },
    /// `check lease margin 500ms`: stop the program unless more than `margin` of the lease is left.
    CheckLease {
        /// How much must be left.
        margin: Duration,
    },
    /// `work 50ms`: compute.
    Work(Duration),
    /// `write S x3 pipelined`, `write S read+1`
    Write {
        /// The store.
        store: String,
        /// What to write.
        value: WriteValue,
        /// How many times, at least 1.
        times: u32,
        /// Whether not to wait for the replies.
        pipelined: bool,
    },
    /// `read S`: ask for the value and wait for it.
    Read {
        /// The store.
        store: String,
    },
    /// `announce S`: tell the store the token, and wait for its answer.
    Announce {
        /// The store.
        store: String,
    },
    /// `release L`: give the lock back, and wait for the answer.
    Release {
        /// The lock service.
        lock: String,
    },
}

/// What a write writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WriteValue {
    /// Something of the writer's own, shown by the writer's name.
    #[default]
    Own,
    /// The number last read, plus this: `read+1`. An update, computed from the version read.
    ReadPlus(u64),
}
