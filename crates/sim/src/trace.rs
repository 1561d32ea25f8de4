//! What happened, with causes: the one thing that properties and pictures are made from.

use crate::actor::Vocabulary;
use crate::digest::{Digest, Encode};
use crate::fault::{Disk, FaultId};
use crate::participant::ParticipantId;
use crate::queue::Phase;
use crate::time::{Rate, Time};

/// An event's place in its trace, counted from 0. It names an event of one run only and is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

impl EventId {
    /// The place as an index into [`Trace::events`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One thing that happened at one participant at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<V: Vocabulary> {
    /// Its place in the trace.
    pub id: EventId,
    /// When it happened, in true time.
    pub time: Time,
    /// In which phase of that moment.
    pub phase: Phase,
    /// Where it happened; [`ParticipantId::NETWORK`] for a partition.
    pub participant: ParticipantId,
    /// The event that brought it about: the send of a delivery, the handler of a send, the setting of a timer.
    pub cause: Option<EventId>,
    /// What happened.
    pub kind: EventKind<V>,
}

/// The kinds of event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind<V: Vocabulary> {
    /// The participant begins.
    Started,
    /// A pause, a partition or an omission begins.
    FaultStarted {
        /// Which fault.
        fault: FaultId,
        /// When it will be over; `None` for an omission without end.
        until: Option<Time>,
    },
    /// A pause, a partition or an omission is over.
    FaultEnded {
        /// Which fault.
        fault: FaultId,
    },
    /// The participant crashes. A pause it was in is over, and nothing else says so.
    Crashed {
        /// Which fault.
        fault: FaultId,
        /// When it will be back; `None` for never.
        recovers: Option<Time>,
    },
    /// The participant is back. The cause is its crash; it begins anew in the next event.
    Recovered {
        /// The crash it comes back from.
        fault: FaultId,
        /// What the disk kept.
        disk: Disk,
        /// Which life of the participant begins; the first one, before any crash, is 1.
        incarnation: u32,
    },
    /// The participant's clocks change their pace, or its wall clock is set.
    ClockSet {
        /// Which fault.
        fault: FaultId,
        /// How fast both clocks run from now on.
        rate: Rate,
        /// How far the wall clock jumps now, in microseconds; 0 when only the pace changes.
        jumped: i64,
    },
    /// The participant sends a message, whose fate is settled here and now.
    Sent {
        /// The addressee.
        to: ParticipantId,
        /// What it says.
        message: V::Message,
        /// Which message of its kind on its link it is, counted from 1.
        ordinal: u32,
        /// What will become of it.
        fate: Fate,
    },
    /// The network makes a second copy of the message whose sending is the cause.
    Duplicated {
        /// The fault that made it.
        fault: FaultId,
        /// The addressee.
        to: ParticipantId,
        /// When the copy arrives.
        arrives: Time,
    },
    /// A message arrives at a participant that is paused, and waits.
    Buffered {
        /// The sender.
        from: ParticipantId,
        /// What it says.
        message: V::Message,
    },
    /// The participant takes a message in. The cause is the event that sent or duplicated it.
    Delivered {
        /// The sender.
        from: ParticipantId,
        /// What it says.
        message: V::Message,
    },
    /// A message arrives at a participant that has crashed, and is gone.
    Lost {
        /// The sender.
        from: ParticipantId,
        /// What it said.
        message: V::Message,
    },
    /// A timer fires.
    TimerFired(V::Timer),
    /// The participant takes a step it had put off.
    Stepped(V::Step),
    /// The participant tells the observers something.
    Noted(V::Note),
}

/// What becomes of a message, settled when it is sent. All times are those of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It takes its link's delay.
    OnTime {
        /// When it arrives.
        arrives: Time,
    },
    /// A fault makes it slow.
    Delayed {
        /// When it arrives.
        arrives: Time,
        /// The fault.
        fault: FaultId,
    },
    /// A partition keeps it back until the heal.
    Held {
        /// When it leaves.
        heals: Time,
        /// When it arrives.
        arrives: Time,
        /// The last partition that kept it.
        fault: FaultId,
    },
    /// It never arrives.
    Dropped {
        /// The fault.
        fault: FaultId,
    },
}

impl Fate {
    /// When the message arrives, if it does.
    pub fn arrives(self) -> Option<Time> {
        match self {
            Self::OnTime { arrives } | Self::Delayed { arrives, .. } | Self::Held { arrives, .. } => Some(arrives),
            Self::Dropped { .. } => None,
        }
    }

    /// The fault that meddled, if one did.
    pub fn fault(self) -> Option<FaultId> {
        match self {
            Self::OnTime { .. } => None,
            Self::Delayed { fault, .. } | Self::Held { fault, .. } | Self::Dropped { fault } => Some(fault),
        }
    }
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// Nothing was left to happen: no message under way, no timer pending.
    Quiescent,
    /// The scenario's `until` was reached with something still to come.
    Horizon,
    /// The budget of events was used up.
    Limit,
    /// Too much happened at one instant: time had stopped advancing.
    Zeno,
}

/// All that happened in one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace<V: Vocabulary> {
    /// The events, in the order in which they happened.
    pub events: Vec<Event<V>>,
    /// Why the run ended.
    pub end: End,
    /// When it ended: the horizon, or the time of the last event if nothing was left.
    pub ended_at: Time,
    /// The moment the run would have gone on to at most.
    pub horizon: Time,
}

impl<V: Vocabulary> Trace<V> {
    /// The event with this id.
    ///
    /// # Panics
    /// When the id belongs to another trace.
    pub fn event(&self, id: EventId) -> &Event<V> {
        &self.events[id.index()]
    }

    /// A 64-bit digest of everything that happened; equal on every platform. Faults count in it in the order in which they
    /// show, not by their places in the plan: those say where a line stands in a text, and nothing of the run.
    pub fn digest(&self) -> u64 {
        let (mut digest, mut shown) = (Digest::default(), Shown::default());
        for event in &self.events {
            event.encode(&mut shown, &mut digest);
        }
        digest.tag(self.end as u8);
        self.ended_at.encode(&mut digest);
        digest.finish()
    }
}

/// The faults that showed so far, each with its number, by their places in the plan.
#[derive(Default)]
struct Shown {
    numbers: Vec<Option<FaultId>>,
    count: u16,
}

impl Shown {
    /// The number of a fault: how many others showed before it.
    fn number(&mut self, fault: FaultId) -> FaultId {
        if fault.index() >= self.numbers.len() {
            self.numbers.resize(fault.index() + 1, None);
        }
        let count = &mut self.count;
        *self.numbers[fault.index()].get_or_insert_with(|| {
            *count += 1;
            FaultId(*count - 1)
        })
    }
}

impl<V: Vocabulary> Trace<V> {
    /// Calls every fault what `name` says.
    pub fn rename_faults(&mut self, name: impl Fn(FaultId) -> FaultId) {
        for event in &mut self.events {
            if let Some(fault) = event.kind.fault_mut() {
                *fault = name(*fault);
            }
        }
    }
}

impl<V: Vocabulary> Event<V> {
    fn encode(&self, shown: &mut Shown, digest: &mut Digest) {
        self.time.encode(digest);
        digest.tag(self.phase as u8);
        self.participant.encode(digest);
        self.cause.map(|cause| cause.0).encode(digest);
        self.kind.encode(shown, digest);
    }
}

impl<V: Vocabulary> EventKind<V> {
    /// The fault it names, if it does.
    fn fault_mut(&mut self) -> Option<&mut FaultId> {
        match self {
            Self::FaultStarted { fault, .. }
            | Self::FaultEnded { fault }
            | Self::Crashed { fault, .. }
            | Self::Recovered { fault, .. }
            | Self::ClockSet { fault, .. }
            | Self::Duplicated { fault, .. } => Some(fault),
            Self::Sent { fate, .. } => match fate {
                Fate::OnTime { .. } => None,
                Fate::Delayed { fault, .. } | Fate::Held { fault, .. } | Fate::Dropped { fault } => Some(fault),
            },
            Self::Started
            | Self::Buffered { .. }
            | Self::Delivered { .. }
            | Self::Lost { .. }
            | Self::TimerFired(_)
            | Self::Stepped(_)
            | Self::Noted(_) => None,
        }
    }

    fn encode(&self, shown: &mut Shown, digest: &mut Digest) {
        match self {
            Self::Started => digest.tag(0),
            // Number 1 with no end has always been a crash for ever.
            Self::FaultStarted { fault, until } => {
                digest.tag(if until.is_some() { 1 } else { 14 });
                shown.number(*fault).encode(digest);
                until.encode(digest);
            }
            Self::Crashed { fault, recovers } => {
                digest.tag(if recovers.is_some() { 13 } else { 1 });
                shown.number(*fault).encode(digest);
                recovers.encode(digest);
            }
            Self::Recovered { fault, disk, incarnation } => {
                digest.tag(11);
                shown.number(*fault).encode(digest);
                digest.tag(*disk as u8);
                incarnation.encode(digest);
            }
            Self::ClockSet { fault, rate, jumped } => {
                digest.tag(12);
                shown.number(*fault).encode(digest);
                rate.0.encode(digest);
                digest.number(jumped.cast_unsigned());
            }
            Self::FaultEnded { fault } => {
                digest.tag(2);
                shown.number(*fault).encode(digest);
            }
            Self::Sent { to, message, ordinal, fate } => {
                digest.tag(3);
                to.encode(digest);
                message.encode(digest);
                ordinal.encode(digest);
                fate.encode(shown, digest);
            }
            Self::Duplicated { fault, to, arrives } => {
                digest.tag(4);
                shown.number(*fault).encode(digest);
                to.encode(digest);
                arrives.encode(digest);
            }
            Self::Buffered { from, message } => encode_mail(5, *from, message, digest),
            Self::Delivered { from, message } => encode_mail(6, *from, message, digest),
            Self::Lost { from, message } => encode_mail(7, *from, message, digest),
            Self::TimerFired(timer) => {
                digest.tag(8);
                timer.encode(digest);
            }
            Self::Stepped(step) => {
                digest.tag(9);
                step.encode(digest);
            }
            Self::Noted(note) => {
                digest.tag(10);
                note.encode(digest);
            }
        }
    }
}

fn encode_mail(tag: u8, from: ParticipantId, message: &impl Encode, digest: &mut Digest) {
    digest.tag(tag);
    from.encode(digest);
    message.encode(digest);
}

impl Fate {
    fn encode(self, shown: &mut Shown, digest: &mut Digest) {
        digest.tag(match self {
            Self::OnTime { .. } => 0,
            Self::Delayed { .. } => 1,
            Self::Held { .. } => 2,
            Self::Dropped { .. } => 3,
        });
        self.arrives().encode(digest);
        self.fault().map(|fault| shown.number(fault)).encode(digest);
    }
}
