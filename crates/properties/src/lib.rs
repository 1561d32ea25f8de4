//! Judges a trace: one verdict per property, from the trace alone. It runs nothing.
//!
//! [`Ledger::read`] turns a trace into grants, beliefs, writes and requests; the rules, one file each, turn those into
//! [`Verdict`]s. Properties speak of *ghost grants*, numbered by the observer and seen by no actor, because tokens can
//! repeat. What the properties mean is section 2 of the semantics. What led to a verdict is in [`causes`].

mod case;
pub mod causes;
mod judge;
mod ledger;
mod rules;
mod verdict;

pub use judge::{Assumptions, find, judge, judge_claimed, judge_ledger};
pub use ledger::{
    Acquire, Answer, Asked, Belief, BeliefEnd, BeliefLoss, DeadGrant, Decision, Declaration, Deed, Downtime, Effect,
    EndReason, Grant, GrantEnd, GrantNo, Installed, Ledger, Moment, Question, Renewal, Restored, Return, Suspicion,
    TurnedAway, Write,
};
pub use verdict::{Evidence, State, Verdict};
