//! The names of steps and timers, and the [`Fencepost`] vocabulary that ties all words together for the kernel.

use fencepost_sim::{Now, ParticipantId, Vocabulary};

use crate::message::Message;
use crate::message_kind::MessageKind;
use crate::note::Note;
use crate::terms;

/// The vocabulary of every scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fencepost;

impl Vocabulary for Fencepost {
    type Message = Message;
    type MessageKind = MessageKind;
    type Step = Step;
    type Timer = Timer;
    type Note = Note;

    fn kind(message: &Message) -> MessageKind {
        message.kind()
    }

    fn timed_step(timer: Timer) -> Option<Step> {
        match timer {
            Timer::Apply(_) => Some(Step::Apply),
            Timer::Sync => Some(Step::Sync),
            _ => None,
        }
    }

    fn rebase(message: &mut Message, sender: Now, receiver: Now) {
        match message {
            Message::Renew { sent, .. } => *sent = sent.rebased(sender),
            Message::Renewed { sent, .. } | Message::Appended { sent, .. } => *sent = sent.rebased(receiver),
            Message::Append { sent, .. } => *sent = sent.rebased(sender),
            _ => {}
        }
    }

    fn least_count(message: &Message) -> Option<u32> {
        terms::least(message)
    }

    fn lower_counts(message: &mut Message, by: u32) {
        terms::lower(message, by);
    }
}

/// A step of a client's program, or a timed step of a service. A fault can be placed at the boundary before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Ask for a lock.
    Acquire,
    /// Compare the clock with the lease.
    Check,
    /// Compute for a while.
    Work,
    /// Read from a store.
    Read,
    /// Write to a store.
    Write,
    /// Announce the token to a store.
    Announce,
    /// Ask the lock service whether the token is still the holder's.
    Ask,
    /// Act outside the stores: send mail, pay.
    Effect,
    /// Ask somebody for a sign of life.
    Ping,
    /// Give the lock back.
    Release,
    /// The program is done.
    Finish,
    /// Store whose check and write are apart: apply what was checked. A timed step.
    Apply,
    /// Service: what was written is now on the disk for good. A timed step.
    Sync,
    /// Claim a name at a registry.
    Claim,
}

impl Step {
    /// Every step, in the order of a typical program.
    pub const ALL: [Self; 14] = [
        Self::Acquire,
        Self::Check,
        Self::Work,
        Self::Read,
        Self::Write,
        Self::Announce,
        Self::Ask,
        Self::Effect,
        Self::Ping,
        Self::Release,
        Self::Finish,
        Self::Apply,
        Self::Sync,
        Self::Claim,
    ];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Acquire => "acquire",
            Self::Check => "check",
            Self::Work => "work",
            Self::Read => "read",
            Self::Write => "write",
            Self::Announce => "announce",
            Self::Ask => "ask",
            Self::Effect => "effect",
            Self::Ping => "ping",
            Self::Apply => "apply",
            Self::Sync => "sync",
            Self::Release => "release",
            Self::Finish => "finish",
            Self::Claim => "claim",
        }
    }

    /// The step with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }
}

/// A timer. Each actor has at most one pending timer of each name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// Lock service: the current lease runs out.
    Lease,
    /// Client: the program begins.
    Begin,
    /// Client: the work is done.
    Work,
    /// Client: no answer yet; ask again.
    Retry,
    /// Client: time to renew.
    Renew,
    /// Client, after the end of its program: the lease it last knew of is over.
    LeaseOver,
    /// Store whose check and write are apart: this worker applies what it has checked.
    Apply(u32),
    /// Service: what was written is on the disk.
    Sync,
    /// Lock service: the lock-delay, or the wait after a restart, is over.
    Delay,
    /// Member: time for a sign of life.
    Heartbeat,
    /// Observer: this member was not heard from for too long.
    Suspect(ParticipantId),
    /// General: no answer yet; send the messenger again. Client: a node of a group is silent; ask the next.
    Resend,
    /// General: it is dawn.
    Dawn,
    /// Node: no leader was heard of for too long, or no election has come to an end.
    Election,
    /// Leader: time to ask whether enough nodes still answer (CheckQuorum).
    Quorum,
    /// Registry: time to send this copy of a name.
    Replicate(u32),
    /// General: this round is over.
    Round,
    /// Node of a pair: the other was not heard of for too long, or time to take over.
    Takeover,
    /// Client: it has waited for an answer as long as its program allows.
    Within,
}
