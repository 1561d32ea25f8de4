//! What a property says about one run.

use fencepost_sim::{Duration, EventId, ParticipantId, Time};
use fencepost_vocabulary::PropertyKind;

/// One property's judgement of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The property.
    pub property: PropertyKind,
    /// Whom it speaks of: the store of an effect property, the lock of a lock property, the client of a grant. `None`
    /// when it speaks of the whole run.
    pub subject: Option<ParticipantId>,
    /// The judgement.
    pub state: State,
    /// The events it rests on, in order of time: for a violation the two that conflict, the later one last.
    pub events: Vec<EventId>,
    /// One plain sentence about this run, with names and times, that needs no other.
    pub sentence: String,
}

/// The judgement itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Safety: nothing bad happened in this run.
    Held,
    /// Safety: this event is the first bad one. Final.
    Violated {
        /// When.
        at: Time,
        /// The event.
        event: EventId,
    },
    /// Liveness: the obligation is open, and the run is too short to say more.
    Pending {
        /// How long it had been open when the run ended.
        age: Duration,
    },
    /// Liveness of the kind "from some moment on, never again": what must not last is over, and the run cannot tell
    /// whether it comes back.
    Quiet {
        /// Since when: the first moment without it.
        since: Time,
    },
    /// Liveness: the obligation is open and will, or seems to, stay open.
    Stuck {
        /// By what evidence.
        evidence: Evidence,
        /// Since when it is open.
        since: Time,
    },
    /// Liveness: the obligation was discharged.
    Met {
        /// How long that took.
        after: Duration,
        /// When.
        at: Time,
        /// By which event.
        event: EventId,
    },
    /// No verdict, and why there is none.
    NoVerdict(Reason),
    /// Hazard: it was seen first in this half-open interval, or at one instant if both ends are the same.
    Seen {
        /// When it began.
        from: Time,
        /// When it ended.
        until: Time,
    },
    /// Hazard: it was not seen in this run.
    Unseen,
}

/// Why there is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The run was cut short by a limit before anything decided this; what would have come later might have.
    CutShort,
    /// More operations are in question at once, or in more orders, than this judge looks through.
    TooMany,
    /// Nothing in this run is of the kind that the property speaks of. It asks nothing of it, so nothing went wrong.
    NothingToJudge,
    /// It takes more work than was to be done at once, and is not worked out yet. No whole judgement has it.
    Unfinished,
}

impl Reason {
    /// In a word or two, for a reader.
    pub fn word(self) -> &'static str {
        match self {
            Self::CutShort => "cut short",
            Self::TooMany => "too many operations",
            Self::NothingToJudge => "nothing to judge",
            Self::Unfinished => "not worked out yet",
        }
    }
}

/// How it is known that an obligation stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Nothing was left that could happen: certain.
    Quiescent,
    /// From some moment on the run repeats itself and the obligation is not discharged in a turn: certain, as long as
    /// nothing new happens.
    Lasso {
        /// How long a turn takes.
        length: Duration,
    },
    /// The run ended long after the faults: an indication, not a proof.
    Horizon,
    /// Whoever it was owed to has given up waiting for it: certain.
    GaveUp,
}

impl State {
    /// The word of the scenario language and of the page.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held | Self::Unseen => "held",
            Self::Violated { .. } => "violated",
            Self::Pending { .. } | Self::Quiet { .. } => "pending",
            Self::Stuck { .. } => "stuck",
            Self::Met { .. } => "met",
            Self::NoVerdict(_) => "no verdict",
            Self::Seen { .. } => "seen",
        }
    }

    /// The bounded form of a liveness property: whether it was discharged in time, if this run can tell.
    pub fn is_within(self, bound: Duration) -> Option<bool> {
        match self {
            Self::Met { after, .. } => Some(after <= bound),
            Self::NoVerdict(Reason::NothingToJudge) => Some(true),
            Self::Quiet { since } => Some(since.since(Time::ZERO) <= bound),
            Self::Pending { age } => (age > bound).then_some(false),
            Self::Stuck { .. } => Some(false),
            Self::NoVerdict(Reason::CutShort | Reason::TooMany | Reason::Unfinished) => None,
            Self::Held | Self::Violated { .. } | Self::Seen { .. } | Self::Unseen => None,
        }
    }
}
