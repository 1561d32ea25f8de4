//! What can go wrong, as data. A fault is part of the plan of a run; how each acts is in [`crate::world`] and
//! [`crate::network`].

use crate::actor::Vocabulary;
use crate::digest::{Digest, Encode};
use crate::participant::ParticipantId;
use crate::time::{Duration, Rate, Time};

/// A fault's place in the plan, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaultId(pub u16);

impl FaultId {
    /// The place as an index into the list of faults.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl Encode for FaultId {
    fn encode(&self, digest: &mut Digest) {
        digest.number(u64::from(self.0));
    }
}

/// One thing that goes wrong. Every interval is half-open: `[start, start + length)`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fault<V: Vocabulary> {
    /// A participant takes no steps for a while. Its clock runs on, its mail and its timers wait.
    Pause {
        /// Who falls asleep.
        participant: ParticipantId,
        /// When.
        start: PauseStart<V>,
        /// For how long.
        length: Duration,
    },
    /// A participant stops; what it remembered is gone, what it had sent stays under way.
    Crash {
        /// Who stops.
        participant: ParticipantId,
        /// When.
        start: CrashStart<V>,
        /// When it comes back and what it then finds on its disk; `None` for never.
        recovery: Option<Recovery>,
    },
    /// All that a participant sends, or all that arrives at it, is lost for a while.
    Omission {
        /// Who is mute or deaf.
        participant: ParticipantId,
        /// Which of the two.
        side: OmissionSide,
        /// The first moment of it.
        from: Time,
        /// The first moment after it; `None` for never.
        until: Option<Time>,
    },
    /// One message is kept back in its sender's network; it leaves at `until` and then takes its link's delay.
    Hold {
        /// Which one.
        target: MessageTarget<V>,
        /// When it leaves, unless it is sent later anyway.
        until: Time,
    },
    /// One of a participant's timed steps takes longer. See [`Vocabulary::timed_step`].
    Stall {
        /// Whose step.
        participant: ParticipantId,
        /// The name of the step.
        step: V::Step,
        /// Which of the participant's steps of that name, counted from 1.
        ordinal: u32,
        /// How much longer, on the clock that the step's timer goes by.
        by: Duration,
    },
    /// Both clocks of a participant run at this rate from now on.
    ClockRate {
        /// Whose clocks.
        participant: ParticipantId,
        /// How fast.
        rate: Rate,
        /// From when.
        from: Time,
    },
    /// Someone sets a participant's wall clock. Its monotonic clock takes no notice.
    ClockJump {
        /// Whose clock.
        participant: ParticipantId,
        /// When.
        at: Time,
        /// How far it jumps, in microseconds; negative is back.
        by: i64,
    },
    /// Messages sent on these directed links between `from` and `until` do not get through, or only afterwards.
    Partition {
        /// The cut links, each as (sender, receiver).
        links: Vec<(ParticipantId, ParticipantId)>,
        /// The first moment of the cut.
        from: Time,
        /// The moment of the heal: the first one not cut.
        until: Time,
        /// What happens to the messages.
        mode: PartitionMode,
    },
    /// One message is lost.
    Drop {
        /// Which one.
        target: MessageTarget<V>,
    },
    /// One message takes longer.
    Delay {
        /// Which one.
        target: MessageTarget<V>,
        /// How much longer than its link's delay.
        by: Duration,
    },
    /// One message arrives a second time.
    Duplicate {
        /// Which one.
        target: MessageTarget<V>,
        /// How long after the first copy.
        after: Duration,
    },
}

/// When a pause begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PauseStart<V: Vocabulary> {
    /// At a moment of true time.
    At(Time),
    /// At the boundary before a step: between a check and its act, where no time grid reaches.
    Before {
        /// The step not yet taken.
        step: V::Step,
        /// Which of the participant's steps of that name, counted from 1.
        ordinal: u32,
    },
}

/// When a crash strikes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CrashStart<V: Vocabulary> {
    /// At a moment of true time.
    At(Time),
    /// At the boundary before a step, which is then not taken.
    Before {
        /// The step.
        step: V::Step,
        /// Which of the participant's steps of that name, counted from 1.
        ordinal: u32,
    },
    /// Right after this message is sent. What the handler listed behind it never happens: so a broadcast ends in its
    /// middle.
    AfterSending {
        /// The last message that is sent.
        target: MessageTarget<V>,
    },
}

/// How a participant comes back from a crash: a new process on the old machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recovery {
    /// When, in true time. A crash that strikes later than this never recovers.
    pub at: Time,
    /// What the disk kept.
    pub disk: Disk,
}

/// What survives a crash on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disk {
    /// All that was written.
    Kept,
    /// Only what was synced before the crash.
    Synced,
    /// Nothing: amnesia.
    Wiped,
}

/// The two ways for a participant to lose its messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OmissionSide {
    /// It is mute: what it sends is lost.
    Sending,
    /// It is deaf: what would arrive at it is lost.
    Receiving,
}

/// What a partition does to a message sent into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartitionMode {
    /// The message is lost.
    Drop,
    /// The message leaves at the heal, as TCP would send it again.
    Hold,
    /// The message is lost, and so is one that was sent before and would arrive during the cut.
    Sever,
}

/// One message, addressed by what it is and not by its place in a trace, so that an edit elsewhere cannot silently
/// turn the fault on another message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageTarget<V: Vocabulary> {
    /// The sender.
    pub from: ParticipantId,
    /// The addressee.
    pub to: ParticipantId,
    /// The kind of message.
    pub kind: V::MessageKind,
    /// Which of the messages of that kind on that link, counted from 1.
    pub ordinal: u32,
}
