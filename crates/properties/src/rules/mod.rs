//! One property a file. A rule reads the ledger and says what it found, with a sentence for this run.
//!
//! Every rule is one pass over its records, or nearly: a drag re-judges the whole run on each frame.

pub(crate) mod accept;
pub(crate) mod agreement;
pub(crate) mod answered;
pub(crate) mod belief_overlap;
pub(crate) mod dead_grant;
pub(crate) mod detector_accurate;
pub(crate) mod detector_complete;
pub(crate) mod durable;
pub(crate) mod effect_fresh;
pub(crate) mod effect_once;
pub(crate) mod effect_order;
pub(crate) mod grant;
pub(crate) mod heal;
pub(crate) mod lease_contract;
pub(crate) mod lock_exclusion;
pub(crate) mod member_agreement;
pub(crate) mod no_lost_update;
mod obligation;
pub(crate) mod outside_effect;
pub(crate) mod progress;
pub(crate) mod token_genuine;
pub(crate) mod token_monotonic;
pub(crate) mod token_unique;

use crate::Effect;
use crate::case::Scope;

/// "no write", "one write", "2 writes"
fn count(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}"),
        1 => format!("one {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// " under a grant", where writes without one were applied too.
fn among_all(scope: Scope<'_, '_>, granted: &[&Effect]) -> &'static str {
    if granted.len() < scope.effects.len() { " under a grant" } else { "" }
}
