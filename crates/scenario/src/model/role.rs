//! What each participant is told to be.

use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::{CheckMode, Clock, Outside};

use crate::model::{
    GeneralSpec, MemberSpec, NodeSpec, OfficerSpec, PairSpec, Patience, RedlockSpec, RegisterSpec, RegistrySpec,
};

/// A participant's part in the play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Grants a lock, and perhaps keeps the data too.
    Lock(LockSpec),
    /// Keeps the data.
    Store(StoreSpec),
    /// Runs a program.
    Client(ClientSpec),
    /// Watches over others, and votes on who is dead.
    Member(MemberSpec),
    /// Has to agree with another general by messenger.
    General(GeneralSpec),
    /// Elects a leader with others, and keeps with them what is in their log.
    Node(NodeSpec),
    /// One of several independent lock nodes, each with one key.
    KeyNode(RedlockSpec),
    /// Holds one copy of a register.
    Replica(RegisterSpec),
    /// Registers names, and tells the others of its kind later.
    Registry(RegistrySpec),
    /// One of a pair of which one should be active.
    Twin(PairSpec),
    /// One of several generals who agree by word of mouth.
    Officer(OfficerSpec),
}

impl Role {
    /// The names of all who are told what to be in one line with whoever has this role; `None` for a line of one's own.
    pub fn group(&self) -> Option<&[String]> {
        match self {
            Self::Lock(_) | Self::Store(_) | Self::Client(_) => None,
            Self::Member(spec) => Some(&spec.members),
            Self::General(spec) => Some(&spec.generals),
            Self::Node(spec) => Some(&spec.nodes),
            Self::KeyNode(spec) => Some(&spec.nodes),
            Self::Replica(spec) => Some(&spec.nodes),
            Self::Registry(spec) => Some(&spec.registries),
            Self::Twin(spec) => Some(&spec.twins),
            Self::Officer(spec) => Some(&spec.generals),
        }
    }

    /// The name of what the group keeps together, where its line names it.
    pub fn kept(&self) -> Option<&str> {
        match self {
            Self::KeyNode(spec) => Some(&spec.lock),
            Self::Replica(spec) => Some(&spec.register),
            _ => None,
        }
    }
}

/// `lock L lease 10s first-token 33 release blind reentrant on dedupe off`, and what a crash and a clock do to it.
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
    /// `expiry wall`: by which clock leases run out. Default [`Clock::Mono`].
    pub expiry: Clock,
    /// `lock-delay 15s`: how long nobody is granted the lock after a lease ran out. Default nothing.
    pub lock_delay: Duration,
    /// `counter volatile`: whether the next token survives a crash. Default [`Memory::Stable`].
    pub counter: Memory,
    /// `leases volatile`: whether the table of leases survives a crash. Default [`Memory::Stable`].
    pub leases: Memory,
    /// `restart delayed`: whether it grants nothing for a full lease after it has recovered. Default off.
    pub delayed_restart: bool,
    /// `session 3s`: after how long without a word from it a waiting client counts as dead. Default never.
    pub session: Option<Duration>,
    /// `recheck off`: whether a waiting client's session is looked at again before it is granted the lock. Default on.
    pub recheck: bool,
    /// When what it remembers reaches the disk. Default [`SyncMode::Now`].
    pub sync: SyncMode,
    /// The store that lives in the same service (`store L check same-store` after `lock L …`).
    pub data: Option<StoreSpec>,
}

impl Default for LockSpec {
    /// A lock without a lease, and otherwise as if nothing were said.
    fn default() -> Self {
        Self {
            lease: None,
            first_token: 1,
            release: ReleaseMode::Compare,
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
            data: None,
        }
    }
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

/// What becomes of something remembered in a crash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Memory {
    /// It is kept on the disk.
    #[default]
    Stable,
    /// It is kept in memory only, and a crash forgets it: a bug to see.
    Volatile,
}

/// When a service's writes reach the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SyncMode {
    /// `sync now`: in the same step, before the reply.
    #[default]
    Now,
    /// `sync 5ms`: after so long, and the reply waits for it.
    After(Duration),
    /// `sync every 1s`: now and then, and no reply waits for it.
    Every(Duration),
}

/// `store S check ge`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreSpec {
    /// How writes are checked. Default `none`.
    pub check: CheckMode,
    /// `check ask-first L`: the lock service that is asked. `None` for any other check, and where the text names none.
    pub asks: Option<String>,
    /// `max volatile`: whether the highest token seen survives a crash. Default [`Memory::Stable`].
    pub max: Memory,
    /// `nonatomic`: whether something can come between check and write: a bug to see. Default off.
    pub nonatomic: bool,
    /// When its writes reach the disk. Default [`SyncMode::Now`].
    pub sync: SyncMode,
}

impl StoreSpec {
    /// A store that checks writes in this way, and otherwise as if nothing were said.
    pub fn new(check: CheckMode) -> Self {
        Self { check, asks: None, max: Memory::Stable, nonatomic: false, sync: SyncMode::Now }
    }
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
    /// `client A trusts 50%`: what share of every lease it uses, in millionths. Default all of it, which is also the
    /// most.
    pub trusts: u32,
}

impl ClientSpec {
    /// A share that is the whole.
    pub const WHOLE: u32 = 1_000_000;

    /// A client that begins at this moment and runs this program.
    pub fn new(at: Time, program: Vec<ProgramStep>) -> Self {
        Self { at, program, renew_every: None, trusts: Self::WHOLE }
    }
}

/// One step of a client's program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgramStep {
    /// `acquire L retry 1s within 10s`: ask, and wait for the grant.
    Acquire {
        /// The lock service.
        lock: String,
        /// `acquire L at N2`: which of those who keep it is asked first.
        at: Option<String>,
        /// How long it waits.
        patience: Patience,
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
        /// The store, or a register, or one of a pair.
        store: String,
        /// `write X at N1`: which of those who keep it is asked first.
        at: Option<String>,
        /// What to write.
        value: WriteValue,
        /// How many times, at least 1.
        times: u32,
        /// Whether not to wait for the replies.
        pipelined: bool,
        /// `token 1000000000`: an invented token in place of the lock's.
        token: Option<u64>,
        /// How long it waits; a pipelined write does not.
        patience: Patience,
    },
    /// `read S`: ask for the value and wait for it.
    Read {
        /// The store or the register.
        store: String,
        /// `read X at N2`: which of those who keep it is asked first.
        at: Option<String>,
        /// `read X from N1 N2`: who alone is asked. Empty for all who keep it.
        from: Vec<String>,
        /// How long it waits.
        patience: Patience,
    },
    /// `announce S`: tell the store the token, and wait for its answer.
    Announce {
        /// The store.
        store: String,
        /// How long it waits.
        patience: Patience,
    },
    /// `release L`: give the lock back, and wait for the answer.
    Release {
        /// The lock service.
        lock: String,
        /// `release L at N1`: which of those who keep it is told first.
        at: Option<String>,
        /// How long it waits.
        patience: Patience,
    },
    /// `ask L`: stop the program unless the lock service says that the token is still the holder's.
    Ask {
        /// The lock service.
        lock: String,
        /// How long it waits.
        patience: Patience,
    },
    /// `effect mail`: do something outside, where no store checks anything.
    Effect(Outside),
    /// `ping N1`: ask for a sign of life, and wait for it.
    Ping {
        /// Who is asked.
        to: String,
        /// How long it waits.
        patience: Patience,
    },
    /// `claim alice at R1 retry 1s`: claim a name, and wait for the answer.
    Claim {
        /// The name.
        name: String,
        /// Who registers it: a registry, or a node of a group.
        at: String,
        /// How long it waits.
        patience: Patience,
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
