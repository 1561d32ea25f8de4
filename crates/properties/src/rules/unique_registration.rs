//! UNIQ-REG: no name belongs to two clients who were both told that it is theirs. It is broken when the second one learns
//! it: until then a registry could still say no.

use std::collections::BTreeMap;

use fencepost_vocabulary::{NameId, PropertyKind};

use crate::case::{Case, Finding};
use crate::{Ownership, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::UniqueRegistration, None)]
}

fn find(case: &Case<'_>) -> Finding {
    let mut first: BTreeMap<NameId, &Ownership> = BTreeMap::new();
    for owned in &case.ledger.owned {
        let before = *first.entry(owned.name).or_insert(owned);
        if before.client != owned.client {
            return twice(case, before, owned);
        }
    }
    let mut owners = first.values();
    let given = owners.len();
    Finding::held_for(
        given,
        match (owners.next(), owners.len()) {
            (None, _) => "Nobody was told that a name is its own.".into(),
            (Some(only), 0) => format!("{} belongs to {} alone.", case.cast.claimed(only.name), case.name(only.client)),
            (Some(_), more) => format!("Each of the {} names that were given belongs to one client.", more + 1),
        },
    )
}

fn twice(case: &Case<'_>, before: &Ownership, owned: &Ownership) -> Finding {
    let sentence = format!(
        "{} learns from {} at {} that {} is its own; {} had learned the same from {} at {}.",
        case.name(owned.client),
        case.name(owned.registry),
        owned.at.time,
        case.cast.claimed(owned.name),
        case.name(before.client),
        case.name(before.registry),
        before.at.time
    );
    Finding::violated(owned.at, Some(before.at), sentence)
}
