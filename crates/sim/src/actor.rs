//! What the kernel asks of an actor, and what an actor may ask of the kernel.
//!
//! An actor is plain data with one handler. The handler performs nothing: it lists [`Effect`]s, and the kernel carries
//! them out. A handler that must be interruptible between two acts asks for a [`Effect::Step`] and does the second act
//! when that step comes back to it as an [`Input`]; a fault can strike between the two.

use std::fmt::Debug;
use std::hash::Hash;

use crate::clock::Clock;
use crate::digest::Encode;
use crate::fault::Disk;
use crate::participant::ParticipantId;
use crate::time::{Duration, Now};

/// The words actors use. The kernel moves them about and compares kinds; it never looks inside.
pub trait Vocabulary: Clone + Debug + Eq + Hash + 'static {
    /// What travels between participants.
    type Message: Clone + Debug + Eq + Hash + Encode;
    /// The kind of a message, by which a fault addresses it.
    type MessageKind: Copy + Debug + Eq + Ord + Hash + Encode;
    /// The name of a step, by which a fault addresses the boundary before it.
    type Step: Copy + Debug + Eq + Ord + Hash + Encode;
    /// The name of a timer; an actor has at most one of each.
    type Timer: Copy + Debug + Eq + Ord + Hash + Encode;
    /// What an actor tells the observers. No actor ever reads one.
    type Note: Clone + Debug + Eq + Hash + Encode;

    /// The kind of `message`.
    fn kind(message: &Self::Message) -> Self::MessageKind;

    /// The step that a timer stands for, if it does: an act that takes time, such as bringing data to a disk. A fault
    /// addresses it like any other step, and can also make it take longer.
    fn timed_step(_timer: Self::Timer) -> Option<Self::Step> {
        None
    }

    /// Takes the present off every clock reading that a message carries, wrapping; see [`Actor::rebase`]. A reading is
    /// of its sender's clocks, or of its receiver's when it is sent back to them.
    fn rebase(_message: &mut Self::Message, _sender: Now, _receiver: Now) {}

    /// The least of the counts that a message carries, if it carries any; see [`Actor::least_count`].
    fn least_count(_message: &Self::Message) -> Option<u32> {
        None
    }

    /// Takes `by` off every count that a message carries; see [`Actor::lower_counts`].
    fn lower_counts(_message: &mut Self::Message, _by: u32) {}
}

/// A participant's behaviour.
pub trait Actor: Clone + Debug + Eq + Hash {
    /// The words it speaks.
    type Words: Vocabulary;

    /// Takes one atomic step. `now` is what this actor's own clocks show.
    fn handle(&mut self, input: Input<Self::Words>, now: Now, effects: &mut Effects<Self::Words>);

    /// A fresh process finds what the disk kept; everything else is as new. Then [`Actor::handle`] is called with
    /// [`Input::Start`]. The first incarnation, which never recovers, is 1.
    fn recover(&mut self, disk: Disk, incarnation: u32);

    /// Takes `now` off every clock reading it remembers, wrapping. Two actors that will behave alike, each at its own
    /// moment, are then equal. An actor that was rebased is compared and never woken.
    fn rebase(&mut self, now: Now);

    /// The least of the *counts* it remembers, if it remembers any: numbers that participants raise together, such as
    /// terms of office. All that anybody may do with a count is to compare it with another and to add to it. An actor
    /// that does more with the number itself, to draw a delay from it for instance, says 0, and nobody's is lowered.
    fn least_count(&self) -> Option<u32> {
        None
    }

    /// Takes `by`, which is no more than the least of all counts, off every count it remembers. As with
    /// [`Actor::rebase`], the result is compared and never woken.
    fn lower_counts(&mut self, _by: u32) {}
}

/// What an actor can be woken by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input<V: Vocabulary> {
    /// The run begins, or the participant is back from a crash.
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
        /// Which of this actor's two clocks is meant.
        clock: Clock,
        /// How long from now, on that clock.
        after: Duration,
    },
    /// The queue: forget this timer, if it is pending.
    CancelTimer(V::Timer),
    /// The queue: call me again at once, but let a fault strike first.
    Step(V::Step),
    /// The queue: the steps I asked for and have not taken are not to come. No fault strikes at them either.
    DropSteps,
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

    /// Asks for a timer on the monotonic clock.
    pub fn set_timer(&mut self, timer: V::Timer, after: Duration) {
        self.0.push(Effect::SetTimer { timer, clock: Clock::Mono, after });
    }

    /// Asks for a timer on the wall clock: it fires as soon as that clock shows now and `after`, or more. Someone who
    /// sets the clock forward past that moment sets it off; someone who sets it back puts it off.
    pub fn set_wall_timer(&mut self, timer: V::Timer, after: Duration) {
        self.0.push(Effect::SetTimer { timer, clock: Clock::Wall, after });
    }

    /// Withdraws a timer.
    pub fn cancel_timer(&mut self, timer: V::Timer) {
        self.0.push(Effect::CancelTimer(timer));
    }

    /// Ends this step and asks for the next.
    pub fn step(&mut self, step: V::Step) {
        self.0.push(Effect::Step(step));
    }

    /// Withdraws every step that was asked for and has not come.
    pub fn drop_steps(&mut self) {
        self.0.push(Effect::DropSteps);
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
