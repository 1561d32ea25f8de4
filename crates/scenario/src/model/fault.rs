//! What goes wrong, in the scenario's own words.

use fencepost_sim::{Disk, Duration, PartitionMode, Time};
use fencepost_vocabulary::{MessageKind, Step};

use crate::model::Order;

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultSpec {
    /// `pause A at 150ms for 15s`, `pause A before write 1 for 15s`
    Pause {
        /// Who falls asleep.
        participant: String,
        /// When.
        start: PauseStart,
        /// For how long; at least 1 µs.
        length: Duration,
    },
    /// `crash A at 210ms`, `crash S before apply 1`, `crash L at 5s, recover at 7s, disk wiped`
    Crash {
        /// Who stops.
        participant: String,
        /// When.
        start: CrashStart,
        /// Whether it comes back; `None` for a participant that stops for ever.
        recovery: Option<Recovery>,
    },
    /// `mute N1 from 2s to 9s`: nothing that it sends arrives.
    Mute {
        /// Who cannot send.
        participant: String,
        /// The first moment.
        from: Time,
        /// The end, after `from`; `None` for never.
        until: Option<Time>,
    },
    /// `deafen N1 from 2s to 9s`: nothing that is sent to it arrives.
    Deafen {
        /// Who cannot receive.
        participant: String,
        /// The first moment.
        from: Time,
        /// The end, after `from`; `None` for never.
        until: Option<Time>,
    },
    /// `partition A | L S from 5s to 8s hold`, `partition A -> L from 5s to 8s`
    Partition {
        /// Between whom.
        sides: Sides,
        /// The first moment of the cut.
        from: Time,
        /// The moment of the heal; after `from`.
        until: Time,
        /// What becomes of the messages. Default `drop`.
        mode: PartitionMode,
    },
    /// `drop A->S write 1`
    Drop {
        /// Which message.
        message: MessageName,
    },
    /// `delay A->S write 1 by 20s`
    Delay {
        /// Which message.
        message: MessageName,
        /// How much longer than its link's delay it takes.
        by: Duration,
    },
    /// `duplicate A->S write 1 after 3s`
    Duplicate {
        /// Which message.
        message: MessageName,
        /// How long after the first copy the second arrives.
        after: Duration,
    },
    /// `hold A->S write 1 until 20s`
    Hold {
        /// Which message.
        message: MessageName,
        /// When it leaves, to be delivered after its link's delay.
        until: Time,
    },
    /// `delay S apply 1 by 10s`: a step within a participant takes longer.
    Stall {
        /// Whose step.
        participant: String,
        /// Which step; one that takes time.
        step: Step,
        /// Which of the participant's steps of that name, counted from 1.
        ordinal: u32,
        /// How much longer it takes.
        by: Duration,
    },
    /// `clock A rate -50% from 2s`
    ClockRate {
        /// Whose clocks, for both run at one rate.
        participant: String,
        /// How much faster (or slower, below zero) than true time, in millionths.
        change_ppm: i32,
        /// From when on.
        from: Time,
    },
    /// `clock L jump +10s at 2s`
    ClockJump {
        /// Whose wall clock.
        participant: String,
        /// When.
        at: Time,
        /// How far forward (or back, below zero), in microseconds; not zero.
        by: i64,
    },
    /// `lie G3 to G1 says retreat`, `lie G3 to G1 about G2 says attack`
    Lie {
        /// The liar, a traitor.
        from: String,
        /// Who is lied to.
        to: String,
        /// Whose order is passed on wrongly; `None` for each that the liar passes on to it or gives.
        about: Option<String>,
        /// What it says.
        says: Order,
    },
}

/// When a participant crashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrashStart {
    /// `at 150ms`
    At(Time),
    /// `before apply 1`
    Before {
        /// The step not taken any more.
        step: Step,
        /// Which of the participant's steps of that name, counted from 1.
        ordinal: u32,
    },
    /// `after A->S write 1`: right after it has sent this message, perhaps in the middle of a broadcast.
    AfterSending(MessageName),
}

/// How a crashed participant comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// When. A crash that strikes later lasts for ever.
    pub at: Time,
    /// What it finds on its disk. Default `kept`.
    pub disk: Disk,
}

/// When a pause begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PauseStart {
    /// `at 150ms`
    At(Time),
    /// `before write 1`
    Before {
        /// The step not yet taken.
        step: Step,
        /// Which of the participant's steps of that name, counted from 1.
        ordinal: u32,
    },
}

/// The two sides of a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The left side.
    pub left: Vec<String>,
    /// The right side.
    pub right: Vec<String>,
    /// Whether only messages from left to right are cut (`->`), or both ways (`|`).
    pub one_way: bool,
}

/// One message by what it is: `A->S write 1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageName {
    /// The sender.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// Its kind.
    pub kind: MessageKind,
    /// Which of that kind on that link, counted from 1.
    pub ordinal: u32,
}
