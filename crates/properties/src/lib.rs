//! Judges a trace: one verdict per property, from the trace alone. It runs nothing.
//!
//! [`Ledger::read`] turns a trace into grants, beliefs, writes and requests; the rules, one file each, turn those into
//! [`Verdict`]s. Properties speak of *ghost grants*, numbered by the observer and seen by no actor, because tokens can
//! repeat. What the properties mean is section 2 of the semantics. What led to a verdict is in [`causes`];
//! whether a history has an order that explains it, in [`linear`].

mod backing;
mod case;
pub mod causes;
mod figures;
mod groups;
mod guarding;
mod judge;
mod ledger;
pub mod linear;
mod rules;
mod verdict;

pub use figures::{Figures, figures};
pub use judge::{Assumptions, cut_short, find, judge, judge_claimed, judge_ledger};
pub use ledger::{
    Acquire, Answer, Asked, Belief, BeliefEnd, BeliefLoss, Call, Commit, Content, DeadGrant, Decision, Declaration,
    Deed, Downtime, Effect, EndReason, FaultEnd, Footing, Giveback, Grant, GrantEnd, GrantNo, Installed, LastFault,
    Ledger, Lie, Lineage, Moment, Ownership, Proposal, Question, Reign, Renewal, Restored, Return, Suspicion,
    TurnedAway, Write,
};
pub use verdict::{Evidence, Reason, State, Verdict};
