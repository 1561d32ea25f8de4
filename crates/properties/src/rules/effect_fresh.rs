//! EFF-FRESH: no write of a grant is applied once a later grant of the same lock exists. A write without a grant stands
//! before all of them.
//!
//! "Once" includes the moment of the later grant, unless something says that the write came first: the order of one
//! participant's steps or of one log, or that the write led to the grant.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use super::landed::{Landed, held_if_guarded};
use crate::case::{Case, Finding, Scope};
use crate::{Effect, Footing, Grant, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::EffectFresh, |scope| find(case, scope))
}

fn find<'a>(case: &Case<'a>, scope: Scope<'_, 'a>) -> Finding {
    let stale = case.guards(scope).into_iter().filter_map(|lock| first_stale(case, scope, lock));
    match stale.min_by_key(|stale| stale.effect.applied) {
        Some(found) => stale_write(case, found),
        None => held_if_guarded(case, scope, |landed| held(case, &landed) + &case.turned_away(scope)),
    }
}

/// A write that was applied when there was a later grant.
struct Stale<'a> {
    effect: &'a Effect,
    footing: &'a Footing,
    later: &'a Grant,
}

fn first_stale<'a>(case: &Case<'a>, scope: Scope<'_, 'a>, lock: ParticipantId) -> Option<Stale<'a>> {
    let grants = case.ledger.grants(lock);
    case.guarded(scope, lock).find_map(|(effect, footing)| {
        let later = grants.get(case.rank(footing, lock) as usize)?;
        let is_one_log = case.is_one_log(effect.store, lock);
        let is_fresh = case.came_before(effect.applied, later.granted, is_one_log);
        (!is_fresh).then_some(Stale { effect, footing, later })
    })
}

fn stale_write(case: &Case<'_>, Stale { effect, footing, later }: Stale<'_>) -> Finding {
    let (store, writer) = (case.name(effect.store), case.name(effect.writer));
    let lateness = lateness(case, effect, later);
    let shown = case.shown(effect.token, Some(footing));
    let write = match case.rank(footing, later.name.lock) {
        0 => format!("write{shown}, sent {},", case.unheld(effect.writer, footing, later.name.lock)),
        _ => format!("old write{shown},"),
    };
    let sentence = format!("At {} {store} accepts {writer}'s {write} {lateness}.", effect.applied.time);
    // At one instant of two participants the grant may stand behind the write in the trace.
    let (first, last) = (later.granted.min(effect.applied), later.granted.max(effect.applied));
    let mut finding = Finding::violated(effect.applied, None, sentence);
    finding.events = vec![first.event, last.event];
    finding
}

/// "although L had gone to B at 10.05 s"
fn lateness(case: &Case<'_>, effect: &Effect, later: &Grant) -> String {
    let (lock, client, at) = (case.name(later.name.lock), case.name(later.client), later.granted.time);
    let earlier = &case.ledger.grants(later.name.lock)[..later.name.number as usize - 1];
    let again = if earlier.iter().any(|grant| grant.client == later.client) { " again" } else { "" };
    match (effect.applied.time == at, case.is_pair(later.name.lock)) {
        (true, true) => format!("in the very instant in which {client} becomes active{again}"),
        (true, false) => format!("in the very instant in which {lock} goes to {client}{again}"),
        (false, true) => format!("although {client} had become active{again} at {at}"),
        (false, false) => format!("although {lock} had gone to {client}{again} at {at}"),
    }
}

fn held(case: &Case<'_>, landed: &Landed<'_>) -> String {
    match landed {
        Landed { writes: 0, .. } => format!("No write landed{}, so none could be late.", landed.place()),
        Landed { writes: 1, copies: 0, first: Some(first), .. } => {
            format!("Only {} landed{}, before any later grant of the lock.", case.write_of(first), landed.place())
        }
        landed => format!("{landed} landed, each before any later grant of the lock."),
    }
}
