//! EFF-ORDER, mutual exclusion of effects: once a write of a later grant has been applied, no write of an earlier grant
//! of the same lock is, at any store that this lock guards. Grants are compared, never tokens; a write without a grant
//! stands before all of them.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use super::landed::{Landed, held_if_guarded};
use crate::case::{Case, Finding, Scope};
use crate::{Effect, Footing, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::EffectOrder, |scope| find(case, scope))
}

fn find<'a>(case: &Case<'a>, scope: Scope<'_, 'a>) -> Finding {
    let bad = case.guards(scope).into_iter().filter_map(|lock| first_late(case, scope, lock));
    match bad.min_by_key(|bad| bad.late.applied) {
        Some(bad) => out_of_order(case, bad),
        None => held_if_guarded(case, scope, |landed| held(case, &landed) + &case.turned_away(scope)),
    }
}

/// A write of an earlier grant of a lock, applied after one of a later grant.
struct Late<'a> {
    lock: ParticipantId,
    before: &'a Effect,
    late: &'a Effect,
    footing: &'a Footing,
}

fn first_late<'a>(case: &Case<'a>, scope: Scope<'_, 'a>, lock: ParticipantId) -> Option<Late<'a>> {
    let mut newest: Option<(u32, &Effect)> = None;
    for (effect, footing) in case.guarded(scope, lock) {
        let rank = case.rank(footing, lock);
        if let Some((_, before)) = newest.filter(|(newest, _)| rank < *newest) {
            return Some(Late { lock, before, late: effect, footing });
        }
        // The latest of the newest grant's writes is the one a reader sees next to a late one.
        newest = Some((rank, effect));
    }
    None
}

fn out_of_order(case: &Case<'_>, Late { lock, before, late, footing }: Late<'_>) -> Finding {
    let (store, writer) = (case.name(late.store), case.name(late.writer));
    let shown = case.shown(late.token, Some(footing));
    let newer = case.shown(before.token, before.footing.as_ref());
    let place = if before.store == late.store { String::new() } else { format!(" at {}", case.name(before.store)) };
    let landed = format!("landed{place} at {}", before.applied.time);
    let newer_one = case.name(before.writer);
    let sentence = match case.rank(footing, lock) {
        0 => format!(
            "At {} {store} accepts {writer}'s write{shown}, sent {}, although {newer_one}'s write{newer} {landed}.",
            late.applied.time,
            case.unheld(late.writer, footing, lock),
        ),
        _ => format!(
            "At {} {store} accepts {writer}'s old write{shown}, although {newer_one}'s newer one{newer} {landed}{}.",
            late.applied.time,
            whose_turn(case, lock, before, late),
        ),
    };
    Finding::violated(late.applied, Some(before.applied), sentence)
}

/// ": B got K after A", where the tokens do not say it, as with two locks.
fn whose_turn(case: &Case<'_>, lock: ParticipantId, before: &Effect, late: &Effect) -> String {
    let is_clear = case.ledger.locks().nth(1).is_none() && late.token.is_some() && late.token < before.token;
    let (newer, older, lock_name) = (case.name(before.writer), case.name(late.writer), case.name(lock));
    match (before.writer == late.writer, case.is_pair(lock)) {
        _ if is_clear => String::new(),
        (true, false) => format!(": {newer} had been granted {lock_name} anew in between"),
        (true, true) => format!(": {newer} had become active anew in between"),
        (false, true) => format!(": {newer} became active after {older}"),
        (false, false) => format!(": {newer} got {lock_name} after {older}"),
    }
}

fn held(case: &Case<'_>, landed: &Landed<'_>) -> String {
    match landed {
        Landed { writes: 0, .. } => {
            format!("No write landed{}, so none could be out of order.", landed.place())
        }
        Landed { writes: 1, copies: 0, first: Some(first), .. } => {
            format!("Only {} landed{}, so none could be out of order.", case.write_of(first), landed.place())
        }
        landed => format!("{landed} landed in lock order."),
    }
}
