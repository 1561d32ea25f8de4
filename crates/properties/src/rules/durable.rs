//! DURABLE: a write that was acknowledged is part of every later state of its store, whatever crashes come.
//!
//! What a store held at each moment follows from its versions: it comes back from a crash with the writes up to one of
//! them. A store that stays down has no later state.

use fencepost_vocabulary::PropertyKind;

use super::count;
use crate::case::{Case, Finding, Scope};
use crate::{Effect, Ledger, Moment, Verdict, Write};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::Durable, |scope| find(case, scope))
}

/// Whether there is anything to say: a store crashed.
pub(crate) fn is_worth_a_row(case: &Case<'_>) -> bool {
    case.ledger.downtimes.iter().any(|down| case.cast.is_store(down.participant))
}

fn find(case: &Case<'_>, scope: Scope<'_, '_>) -> Finding {
    let lost = scope.effects.iter().filter_map(|effect| Some((*effect, effect.lost?)));
    let broken = lost.filter_map(|(effect, lost)| broken_promise(case.ledger, scope.effects, effect, lost));
    match broken.min_by_key(|promise| promise.broken) {
        Some(promise) => forgotten(case, promise),
        None => Finding::held(held(case, scope)),
    }
}

/// A write that its store acknowledged and does not hold.
struct Promise<'a> {
    effect: &'a Effect,
    acknowledged: Moment,
    lost: Moment,
    broken: Moment,
}

/// The promise that the loss of this effect breaks, unless it was never given or the same write was applied again.
fn broken_promise<'a>(
    ledger: &Ledger,
    effects: &[&'a Effect],
    effect: &'a Effect,
    lost: Moment,
) -> Option<Promise<'a>> {
    let write = write_of(ledger, effect)?;
    let acknowledged = write.acknowledged?;
    let broken = lost.max(acknowledged);
    let is_there = |other: &Effect| {
        let same = write_of(ledger, other).is_some_and(|its| key(its) == key(write));
        same && other.applied < broken && !other.is_lost_by(broken)
    };
    let contained = effects.iter().any(|other| is_there(other));
    (!contained).then_some(Promise { effect, acknowledged, lost, broken })
}

fn write_of<'a>(ledger: &'a Ledger, effect: &Effect) -> Option<&'a Write> {
    let place = ledger.writes.binary_search_by_key(&effect.sent?, |write| write.sent).ok()?;
    ledger.writes.get(place)
}

/// What two sendings of one write have in common.
fn key(write: &Write) -> impl PartialEq + use<> {
    (write.store, write.writer, write.request)
}

fn forgotten(case: &Case<'_>, promise: Promise<'_>) -> Finding {
    let (store, write) = (case.name(promise.effect.store), case.write_of(promise.effect));
    let (acknowledged, lost) = (promise.acknowledged.time, promise.lost.time);
    let sentence = match promise.broken == promise.lost {
        true => format!("{store} acknowledged {write} at {acknowledged} and comes back without it at {lost}."),
        false => format!("{store} acknowledges {write} at {acknowledged}, which it had lost at {lost}."),
    };
    let before = promise.acknowledged.min(promise.lost);
    Finding::violated(promise.broken, Some(before), sentence)
}

fn held(case: &Case<'_>, scope: Scope<'_, '_>) -> String {
    let is_here = |store| scope.store.is_none_or(|its| its == store);
    let Some(back) = case.ledger.restorations.iter().rfind(|back| is_here(back.store)) else {
        let who = scope.store.map_or("No store", |store| case.name(store));
        let came = if scope.store.is_some() { "did not come" } else { "came" };
        return format!("{who} {came} back from a crash, so there is no later state that could lack a write.");
    };
    let (store, at) = (case.name(back.store), back.at.time);
    let kept = case.ledger.writes.iter().filter(|write| {
        write.store == back.store && write.acknowledged.is_some_and(|acknowledged| acknowledged < back.at)
    });
    let is_unsaid = |effect: &&&Effect| {
        let write = write_of(case.ledger, effect).and_then(|write| write.acknowledged);
        effect.lost.is_some_and(|lost| write.is_none_or(|acknowledged| acknowledged > lost))
    };
    let unsaid = match scope.effects.iter().filter(is_unsaid).count() {
        0 => String::new(),
        lost => format!(" What was lost, {}, it had acknowledged to nobody.", count(lost, "write")),
    };
    match kept.count() {
        0 => format!("{store} came back at {at}; it had acknowledged no write before.{unsaid}"),
        1 => format!("{store} came back at {at} with the one write it had acknowledged.{unsaid}"),
        2 => format!("{store} came back at {at} with both writes it had acknowledged.{unsaid}"),
        number => format!("{store} came back at {at} with all {number} writes it had acknowledged.{unsaid}"),
    }
}
