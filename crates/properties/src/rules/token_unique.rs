//! TOK-UNIQ: no two grants of a lock carry the same token.

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding};
use crate::{Grant, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_locks(PropertyKind::TokenUnique, |lock| find(case, lock))
}

fn find(case: &Case<'_>, lock: ParticipantId) -> Finding {
    let grants = case.with_tokens(lock);
    let mut seen = BTreeMap::new();
    for grant in &grants {
        if let Some(first) = seen.insert(grant.token, grant) {
            return repeated(case, first, grant);
        }
    }
    Finding::held_for(
        grants.len(),
        match grants.len() {
            number if case.is_pair(lock) => epochs(case, lock, number),
            0 => format!("{} granted nothing, so no token was given out.", case.name(lock)),
            1 => "One grant was made, so only one token was given out.".into(),
            number => format!("The {number} grants carry {number} different tokens."),
        },
    )
}

/// Of a pair, whose nodes make themselves active, each time with an epoch.
fn epochs(case: &Case<'_>, pair: ParticipantId, number: usize) -> String {
    let name = case.name(pair);
    match number {
        0 => format!("No node of {name} was active, so there was no epoch."),
        1 => format!("A node of {name} became active once, so there was only one epoch."),
        _ => format!("The nodes of {name} became active {number} times, each time in another epoch."),
    }
}

fn repeated(case: &Case<'_>, first: &Grant, again: &Grant) -> Finding {
    if case.is_pair(again.name.lock) {
        return repeated_epoch(case, first, again);
    }
    let sentence = format!(
        "{} gives token {} to {} with grant {} at {}; {} got the same token with grant {} at {}.",
        case.name(again.name.lock),
        again.token,
        case.name(again.client),
        again.name.number,
        again.granted.time,
        case.name(first.client),
        first.name.number,
        first.granted.time,
    );
    Finding::violated(again.granted, Some(first.granted), sentence)
}

fn repeated_epoch(case: &Case<'_>, first: &Grant, again: &Grant) -> Finding {
    let (node, at, since) = (case.name(again.client), again.granted.time, first.granted.time);
    let who = if first.client == again.client { "it" } else { case.name(first.client) };
    let sentence = format!("{node} makes itself active at {at} in epoch {}, as {who} did at {since}.", again.token);
    Finding::violated(again.granted, Some(first.granted), sentence)
}
