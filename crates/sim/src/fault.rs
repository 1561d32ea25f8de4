//! What can go wrong, as data. A fault is part of the plan of a run; how each acts is in [`crate::world`] and
//! [`crate::network`].

use crate::actor::Vocabulary;
use crate::digest::{Digest, Encode};
use crate::participant::ParticipantId;
use crate::time::{Duration, Time};

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
    /// A participant stops for ever. What it had sent stays under way.
    Crash {
        /// Who stops.
        participant: ParticipantId,
        /// When.
        at: Time,
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

/// What a partition does to a message sent into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartitionMode {
    /// The message is lost.
    Drop,
    /// The message leaves at the heal, as TCP would send it again.
    Hold,
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
