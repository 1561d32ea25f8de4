//! What the kernel asks of an actor, and what an actor may ask of the kernel.
//!
//! An actor is plain data with one handler. The handler performs nothing: it lists [`Effect`]s, and the kernel carries
//! them out. A handler that must be interruptible between two acts asks for a [`Effect::Step`] and does the second act
//! when that step comes back to it as an [`Input`]; a fault can strike between the two.

use std::fmt::Debug;
use std::hash::Hash;

use crate::digest::Encode;
use crate::participant::ParticipantId;
use crate::time::{Duration, LocalTime};

/// The words actors use. The kernel moves them about and compares kinds; it never looks inside.
pub trait Vocabulary: Clone + Debug + Eq + Hash + 'static {
    /// What travels between participants.
    type Message: Clone + Debug + Eq + Hash + Encode;
    /// The kind of a message, by which a fault addresses it.
    type MessageKind: Copy + Debug + Eq + Ord + Hash;
    /// The name of a step, by which a fault addresses the boundary before it.
    type Step: Copy + Debug + Eq + Ord + Hash + Encode;
    /// The name of a timer; an actor has at most one of each.
    type Timer: Copy + Debug + Eq + Ord + Hash + Encode;
    /// What an actor tells the observers. No actor ever reads one.
    type Note: Clone + Debug + Eq + Hash + Encode;

    /// The kind of `message`.
    fn kind(message: &Self::Message) -> Self::MessageKind;
}

/// A participant's behaviour.
pub trait Actor: Clone + Debug + Eq + Hash {
    /// The words it speaks.
    type Words: Vocabulary;

    /// Takes one atomic step. `now` is what this actor's own clock shows.
    fn handle(&mut self, input: Input<Self::Words>, now: LocalTime, effects: &mut Effects<Self::Words>);
}

/// What an actor can be woken by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input<V: Vocabulary> {
    /// The run begins.
    Start,
    /// A message arrives.
    Message {
        /// Who sent it. The network does not lie about this.
        from: ParticipantId,
        /// What it says.
        message: V::Message,
    },
    /// A timer that this actor set fires.
    Timer(V::Timer),
    /// The step this actor asked for is due.
    Step(V::Step),
}

/// What a handler asks for. The kernel acts on all of them, in the order listed, at the moment of the handler.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect<V: Vocabulary> {
    /// The network: carry this message.
    Send {
        /// The addressee.
        to: ParticipantId,
        /// What to carry.
        message: V::Message,
    },
    /// The queue: wake me when my clock has advanced by `after`. Replaces a pending timer of the same name.
    SetTimer {
        /// The timer's name.
        timer: V::Timer,
        /// How long from now, on this actor's clock.
        after: Duration,
    },
    /// The queue: forget this timer, if it is pending.
    CancelTimer(V::Timer),
    /// The queue: call me again at once, but let a fault strike first.
    Step(V::Step),
    /// The observers: this is what I just did or now believe.
    Note(V::Note),
}

/// The list a handler writes its effects on.
#[derive(Clone, Debug)]
pub struct Effects<V: Vocabulary>(Vec<Effect<V>>);

impl<V: Vocabulary> Default for Effects<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V: Vocabulary> Effects<V> {
    /// Asks for a message to be carried.
    pub fn send(&mut self, to: ParticipantId, message: V::Message) {
        self.0.push(Effect::Send { to, message });
    }

    /// Asks for a timer.
    pub fn set_timer(&mut self, timer: V::Timer, after: Duration) {
        self.0.push(Effect::SetTimer { timer, after });
    }

    /// Withdraws a timer.
    pub fn cancel_timer(&mut self, timer: V::Timer) {
        self.0.push(Effect::CancelTimer(timer));
    }

    /// Ends this step and asks for the next.
    pub fn step(&mut self, step: V::Step) {
        self.0.push(Effect::Step(step));
    }

    /// Tells the observers.
    pub fn note(&mut self, note: V::Note) {
        self.0.push(Effect::Note(note));
    }

    /// Takes the effects off the list, in order; the list stays usable.
    pub fn drain(&mut self) -> std::vec::Drain<'_, Effect<V>> {
        self.0.drain(..)
    }
}
