//! EFF-ORDER, mutual exclusion of effects: once a write of a later grant has been applied, no write of an earlier grant
//! of the same lock is. Grants are compared, never tokens.

use std::collections::BTreeMap;

use fencepost_vocabulary::PropertyKind;

use super::among_all;
use crate::case::{Case, Finding, Scope};
use crate::{Effect, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::EffectOrder, |scope| find(case, scope))
}

fn find(case: &Case<'_>, scope: Scope<'_, '_>) -> Finding {
    let mut newest = BTreeMap::new();
    let mut checked: Vec<&Effect> = Vec::new();
    for effect in scope.effects {
        let Some(grant) = effect.grant else { continue };
        checked.push(effect);
        let newest = newest.entry(grant.lock).or_insert((grant, *effect));
        if grant < newest.0 {
            return out_of_order(case, newest.1, effect);
        }
        // The latest of the newest grant's writes is the one a reader sees next to a late one.
        *newest = (grant, effect);
    }
    Finding::held(held(case, scope, &checked) + &case.turned_away(scope))
}

fn out_of_order(case: &Case<'_>, before: &Effect, late: &Effect) -> Finding {
    let elsewhere =
        if before.store == late.store { String::new() } else { format!("{} applied ", case.name(before.store)) };
    let sentence = format!(
        "{} applies {} at {}, after {elsewhere}{} at {}.",
        case.name(late.store),
        case.write_of(late),
        late.applied.time,
        case.write_of(before),
        before.applied.time,
    );
    Finding::violated(late.applied, Some(before.applied), sentence)
}

fn held(case: &Case<'_>, scope: Scope<'_, '_>, checked: &[&Effect]) -> String {
    match checked {
        [] => "No write made under a grant was applied, so none could be out of order.".into(),
        [one] => {
            let among = among_all(scope, checked);
            format!("Only {} was applied{among}, so none could be out of order.", case.write_of(one))
        }
        [_, _] => "Both writes were applied in the order of their grants.".into(),
        more => format!("All {} writes were applied in the order of their grants.", more.len()),
    }
}
