//! What an author claims about a run. `fencepost-lab` compares it with what the run gave.

use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::PropertyKind;

/// One claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// `expect effect-order violated at 15200ms`, `expect grant(B) met`, `expect effect-order(S) held`
    Property {
        /// The property.
        property: PropertyKind,
        /// The participant in brackets, if one is named.
        subject: Option<String>,
        /// What is claimed of it.
        claim: Claim,
    },
    /// `expect trace 8f3a91c200000000`: the digest of the trace, in hexadecimal.
    Trace(u64),
    /// `expect elections 0..1`, `expect elections >= 8`, `expect elections 3`: how often somebody came to lead.
    Elections {
        /// At least so often.
        least: u32,
        /// At most so often; `None` for no bound.
        most: Option<u32>,
    },
    /// `expect usable >= 80%`, `expect usable < 70%`: in what share of the run somebody led and could get something done.
    Usable {
        /// The share, in millionths.
        share: u32,
        /// Whether it is claimed to be that or more (`>=`), or to be less (`<`).
        reached: bool,
    },
}

/// What is claimed of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// `held`: no violation, and for the hazard: never seen.
    Held,
    /// `violated`, `violated at 15200ms`
    Violated {
        /// When first, if claimed.
        at: Option<Time>,
    },
    /// `pending`
    Pending,
    /// `met`, `met at 100ms`
    Met {
        /// When, if claimed.
        at: Option<Time>,
    },
    /// `stuck`, `stuck quiescent`
    Stuck {
        /// By what evidence, if claimed.
        kind: Option<StuckKind>,
    },
    /// `within 30s held`: the bounded form, which is a safety property.
    Within {
        /// The bound.
        bound: Duration,
        /// Whether it is claimed to hold.
        held: bool,
    },
    /// `seen`, `from 10100ms to 15250ms`: the hazard occurred, first in this interval.
    Seen {
        /// The first overlap, if claimed.
        interval: Option<(Time, Time)>,
    },
}

/// How it is known that something will not happen any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StuckKind {
    /// Nothing is left that could happen: certain.
    Quiescent,
    /// The run goes round in a circle: certain for this schedule.
    Lasso,
    /// The run ended long after the faults: an indication.
    Horizon,
}
