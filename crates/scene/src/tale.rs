//! What is told of a thing in the picture, by name. The sentences themselves are made in `prose`.

use fencepost_properties::GrantNo;
use fencepost_sim::{EventId, FaultId, ParticipantId, Time};

/// What is told of a thing, by name. [`crate::prose::tell`] makes the sentence when someone asks for it: a long run has
/// thousands of things, and few of them are ever pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tale {
    /// What happened at an event.
    Event(EventId),
    /// What became of a message.
    Letter {
        /// The sending, or the copying.
        sent: EventId,
        /// Where it ended, as far as the run went.
        arrival: Option<EventId>,
    },
    /// A pause.
    Pause {
        /// The event with which it began.
        event: EventId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// The time between a crash and a recovery.
    Down {
        /// The crash.
        event: EventId,
        /// The recovery, if it came.
        back: Option<EventId>,
    },
    /// A time in which a participant cannot send, or cannot receive.
    Omission {
        /// The event with which it began.
        event: EventId,
        /// Whether it cannot receive.
        deaf: bool,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// A time in which a participant's clocks run at another pace than true time.
    Clock {
        /// The event with which it began.
        event: EventId,
        /// When the pace changed again, or the end of the run.
        until: Time,
    },
    /// From a store's check of a write to its deed.
    Gap {
        /// The check.
        event: EventId,
        /// When the write was done, or the end of the run.
        until: Time,
    },
    /// A service that waits for its disk, or for a lock-delay to pass.
    Delay {
        /// The event with which it began.
        event: EventId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// An observer suspects somebody.
    Suspicion {
        /// The event with which it began.
        event: EventId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// A store would still take an older token, although a newer one was granted.
    Unfenced {
        /// The newer grant.
        grant: GrantNo,
        /// At which store.
        store: ParticipantId,
        /// The event with which it began: the grant, or a recovery without the token.
        event: EventId,
        /// Until when, or the end of the run.
        until: Time,
    },
    /// A time that a node spends in one term.
    Term {
        /// The event with which it began: that it entered the term, or that it came back in it.
        event: EventId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// A stretch in which a node leads, and is acknowledged by enough of the others or is not.
    Leads {
        /// The event with which it came to lead.
        event: EventId,
        /// When the stretch begins.
        from: Time,
        /// When it ends.
        until: Time,
        /// Whether enough others acknowledge it.
        backed: bool,
    },
    /// A time in which a node stands for election.
    Stands {
        /// The event with which it began.
        event: EventId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// How an election stood at an event.
    Tally {
        /// The event with which it began.
        began: EventId,
        /// The vote that came last, or that the candidate leads.
        event: EventId,
    },
    /// That enough had said yes at an event.
    Quorum(EventId),
    /// A cut of the network.
    Cut {
        /// The event with which it began.
        event: EventId,
        /// Which fault.
        fault: FaultId,
        /// When it ended, or the end of the run.
        until: Time,
    },
    /// A grant.
    Grant(GrantNo),
    /// A belief, by its place in the ledger.
    Belief(u32),
    /// A stretch of a belief that is not so.
    Disagreement {
        /// The belief, by its place in the ledger.
        belief: u32,
        /// From when.
        from: Time,
        /// Until when.
        until: Time,
    },
    /// A request without an answer, by its place in the ledger.
    Waiting(u32),
    /// What was said again and again, or elections of which only the number is told.
    Repeat {
        /// The first event of it: a sending, or a candidacy.
        first: EventId,
        /// The last one; of elections, the candidacy that ends them.
        last: EventId,
        /// How often.
        count: u32,
    },
    /// Every property that is violated at an event.
    Violations(EventId),
    /// One verdict, by its place.
    Verdict(u32),
}
