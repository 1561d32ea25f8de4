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
            0 => format!("{} granted nothing, so no token was given out.", case.name(lock)),
            1 => "One grant was made, so only one token was given out.".into(),
            number => format!("The {number} grants carry {number} different tokens."),
        },
    )
}

fn repeated(case: &Case<'_>, first: &Grant, again: &Grant) -> Finding {
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
