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

fn held(case: &Case<'_>, lock: ParticipantId, grants: &[&Grant]) -> String {
    match grants {
        [] => format!("{} granted nothing, so no token was given out.", case.name(lock)),
        [_] => "One grant was made, so there is no token to compare with.".into(),
        [first, .., last] => {
            format!("The tokens of the {} grants rise from {} to {}.", grants.len(), first.token, last.token)
        }
    }
}
