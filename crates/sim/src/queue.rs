//! What is still to happen, in the one total order: `(time, phase, actor, sequence)`.
//!
//! A map keyed by that order is canonical (two queues with the same content are equal, whatever their history) and lets
//! a timer be withdrawn. Sequence numbers are dense, so provenance can be kept beside the world in a plain list.

use std::collections::BTreeMap;

use crate::actor::Vocabulary;
use crate::fault::FaultId;
use crate::participant::ParticipantId;
use crate::time::Time;

/// What comes first among things due at the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Faults begin and end.
    Fault = 0,
    /// Steps that were put off, and the backlog of a participant that wakes.
    Continuation = 1,
    /// Messages arrive.
    Delivery = 2,
    /// Timers fire.
    Timer = 3,
}

/// A place in the total order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Due {
    pub time: Time,
    pub phase: Phase,
    pub participant: ParticipantId,
    pub sequence: u64,
}

/// What is to happen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Item<V: Vocabulary> {
    FaultStart(FaultId),
    FaultEnd(FaultId),
    /// The participant is back from this crash.
    Recovery(FaultId),
    /// What the participant is waiting for.
    Call(Call<V::Step, V::Timer>),
    Delivery {
        from: ParticipantId,
        message: V::Message,
    },
}

/// What a participant is called for because it asked to be. Apart from [`Item`] because it is small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Call<Step, Timer> {
    Start,
    Step { step: Step, met: Met },
    Timer { timer: Timer, met: Met },
}

/// Which faults have had their chance to strike at the boundary before a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Met {
    Nothing,
    Stalls,
    Everything,
}

/// A call in the words of a vocabulary.
pub(crate) type CallOf<V> = Call<<V as Vocabulary>::Step, <V as Vocabulary>::Timer>;

/// The step whose boundary a call is and what has struck at it so far, unless all has.
pub(crate) fn boundary<V: Vocabulary>(call: CallOf<V>) -> Option<(V::Step, Met)> {
    let (step, met) = match call {
        Call::Start => return None,
        Call::Step { step, met } => (step, met),
        Call::Timer { timer, met } => (V::timed_step(timer)?, met),
    };
    (met < Met::Everything).then_some((step, met))
}

impl<Step, Timer> Call<Step, Timer> {
    /// The same, with the boundary behind it.
    pub fn past_boundary(self) -> Self {
        match self {
            Self::Start => Self::Start,
            Self::Step { step, .. } => Self::Step { step, met: Met::Everything },
            Self::Timer { timer, .. } => Self::Timer { timer, met: Met::Everything },
        }
    }
}

impl<V: Vocabulary> Item<V> {
    /// Whether it belongs to the plan of the run, not to what participants do.
    pub fn is_planned(&self) -> bool {
        matches!(self, Self::FaultStart(_) | Self::FaultEnd(_) | Self::Recovery(_))
    }
}

/// The items still to come, and the next sequence number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Queue<V: Vocabulary> {
    items: BTreeMap<Due, Item<V>>,
    next_sequence: u64,
}

impl<V: Vocabulary> Default for Queue<V> {
    fn default() -> Self {
        Self { items: BTreeMap::new(), next_sequence: 0 }
    }
}

impl<V: Vocabulary> Queue<V> {
    /// Adds an item behind everything of the same time, phase and participant, and says where it stands.
    pub fn push(&mut self, time: Time, phase: Phase, participant: ParticipantId, item: Item<V>) -> Due {
        let due = Due { time, phase, participant, sequence: self.next_sequence };
        self.next_sequence += 1;
        self.items.insert(due, item);
        due
    }

    /// When the next item is due.
    pub fn next_time(&self) -> Option<Time> {
        self.items.first_key_value().map(|(due, _)| due.time)
    }

    /// Takes the next item.
    pub fn pop(&mut self) -> Option<(Due, Item<V>)> {
        self.items.pop_first()
    }

    /// Withdraws an item, if it is still here.
    pub fn remove(&mut self, due: Due) -> Option<Item<V>> {
        self.items.remove(&due)
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// All items, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Due, &Item<V>)> {
        self.items.iter()
    }
}
