//! TOK-MONO: each grant of a lock carries a higher token than every grant before it, in the order of granting and not of
//! receiving.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding};
use crate::{Grant, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_locks(PropertyKind::TokenMonotonic, |lock| find(case, lock))
}

fn find(case: &Case<'_>, lock: ParticipantId) -> Finding {
    let grants = case.with_tokens(lock);
    // Up to the first violation tokens rise, so the grant before carries the highest token so far.
    match grants.windows(2).find(|pair| pair[1].token <= pair[0].token) {
        Some(pair) => not_higher(case, pair[0], pair[1]),
        None => Finding::held_for(grants.len(), held(case, lock, &grants)),
    }
}

fn not_higher(case: &Case<'_>, before: &Grant, grant: &Grant) -> Finding {
    if case.is_pair(grant.name.lock) {
        return not_a_higher_epoch(case, before, grant);
    }
    let sentence = format!(
        "{} gives {} token {} with grant {} at {}, which is not higher than token {} of {}'s grant {} at {}.",
        case.name(grant.name.lock),
        case.name(grant.client),
        grant.token,
        grant.name.number,
        grant.granted.time,
        before.token,
        case.name(before.client),
        before.name.number,
        before.granted.time,
    );
    Finding::violated(grant.granted, Some(before.granted), sentence)
}

/// Of a pair, whose nodes make themselves active, each time with an epoch.
fn not_a_higher_epoch(case: &Case<'_>, before: &Grant, grant: &Grant) -> Finding {
    let sentence = format!(
        "{} makes itself active at {} in epoch {}, which is not higher than epoch {}, in which {} made itself active at {}.",
        case.name(grant.client),
        grant.granted.time,
        grant.token,
        before.token,
        case.name(before.client),
        before.granted.time,
    );
    Finding::violated(grant.granted, Some(before.granted), sentence)
}

fn epochs_rise(case: &Case<'_>, pair: ParticipantId, grants: &[&Grant]) -> String {
    let name = case.name(pair);
    match grants {
        [] => format!("No node of {name} was active, so there was no epoch."),
        [_] => format!("A node of {name} became active once, so there is no other epoch to compare with."),
        [first, .., last] => format!(
            "The nodes of {name} became active {} times, in epochs that rise from {} to {}.",
            grants.len(),
            first.token,
            last.token
        ),
    }
}

fn held(case: &Case<'_>, lock: ParticipantId, grants: &[&Grant]) -> String {
    match grants {
        grants if case.is_pair(lock) => epochs_rise(case, lock, grants),
        [] => format!("{} granted nothing, so no token was given out.", case.name(lock)),
        [_] => "One grant was made, so there is no token to compare with.".into(),
        [first, .., last] => {
            format!("The tokens of the {} grants rise from {} to {}.", grants.len(), first.token, last.token)
        }
    }
}
