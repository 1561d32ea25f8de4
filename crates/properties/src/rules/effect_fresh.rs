//! EFF-FRESH: no write of a grant is applied once a later grant of the same lock exists.
//!
//! "Once" includes the instant of the later grant: at two different participants nothing says which of the two came
//! first. At one participant, a lock service that stores the data too, the order of its own steps does.

use fencepost_vocabulary::PropertyKind;

use super::among_all;
use crate::case::{Case, Finding, Scope};
use crate::{Effect, Grant, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::EffectFresh, |scope| find(case, scope))
}

fn find(case: &Case<'_>, scope: Scope<'_, '_>) -> Finding {
    let mut checked: Vec<&Effect> = Vec::new();
    for effect in scope.effects {
        let Some(grant) = effect.grant else { continue };
        checked.push(effect);
        if let Some(later) = case.ledger.successor(grant).filter(|later| is_stale(effect, later)) {
            return stale(case, effect, later);
        }
    }
    Finding::held(held(case, scope, &checked) + &case.turned_away(scope))
}

fn is_stale(effect: &Effect, later: &Grant) -> bool {
    if effect.store == later.name.lock {
        return effect.applied > later.granted;
    }
    effect.applied.time >= later.granted.time
}

fn stale(case: &Case<'_>, effect: &Effect, later: &Grant) -> Finding {
    let (lock, client) = (case.name(later.name.lock), case.name(later.client));
    let later_grant = case.grant(later);
    let lateness = match effect.applied.time == later.granted.time {
        true => format!("in the very instant in which {lock} makes {later_grant} for {client}"),
        false => format!("although {lock} had made {later_grant} for {client} at {}", later.granted.time),
    };
    let (store, write) = (case.name(effect.store), case.write_of(effect));
    let sentence = format!("{store} applies {write} at {}, {lateness}.", effect.applied.time);
    // At one instant of two participants the grant may stand behind the write in the trace.
    let (first, last) = (later.granted.min(effect.applied), later.granted.max(effect.applied));
    let mut finding = Finding::violated(effect.applied, None, sentence);
    finding.events = vec![first.event, last.event];
    finding
}

fn held(case: &Case<'_>, scope: Scope<'_, '_>, checked: &[&Effect]) -> String {
    match checked {
        [] => "No write made under a grant was applied, so none could be stale.".into(),
        [one] => {
            let among = among_all(scope, checked);
            format!("Only {} was applied{among}, and its grant was the newest at that moment.", case.write_of(one))
        }
        more => format!("Each of the {} writes was applied while its grant was the newest.", more.len()),
    }
}
