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
pub(crate) mod effect_guarded;
pub(crate) mod effect_once;
pub(crate) mod effect_order;
pub(crate) mod elect;
pub(crate) mod grant;
pub(crate) mod heal;
mod histories;
pub(crate) mod integrity;
mod landed;
pub(crate) mod lease_contract;
pub(crate) mod linearizable;
pub(crate) mod lock_exclusion;
pub(crate) mod member_agreement;
pub(crate) mod no_lost_update;
mod obligation;
pub(crate) mod one_leader_per_term;
pub(crate) mod outside_effect;
pub(crate) mod progress;
pub(crate) mod sequential;
pub(crate) mod stable;
pub(crate) mod terminate;
pub(crate) mod token_genuine;
pub(crate) mod token_monotonic;
pub(crate) mod token_unique;
pub(crate) mod two_leaders;
pub(crate) mod unique_registration;
pub(crate) mod validity;

use fencepost_vocabulary::{Command, Entry};

use crate::case::Case;

/// "no write", "one write", "2 writes"
fn count(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}"),
        1 => format!("one {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// What an officer can decide.
fn order(attack: bool) -> &'static str {
    if attack { "attack" } else { "retreat" }
}

/// "A's acquire of term 2"
fn entry_named(case: &Case<'_>, entry: &Entry) -> String {
    let what = match &entry.command {
        Command::Nothing => "the first entry".into(),
        Command::Serve { from, message } => format!("{}'s {}", case.name(*from), message.kind().word()),
        Command::Expire { token } => format!("the end of the lease of token {token}"),
    };
    format!("{what} of term {}", entry.term)
}
