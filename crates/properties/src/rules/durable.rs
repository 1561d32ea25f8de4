//! DURABLE: a write that was acknowledged is part of every later state of its store, whatever crashes come.
//!
//! What a store held at each moment follows from its versions: it comes back from a crash with the writes up to one of
//! them. A store that stays down has no later state. A store in the log of a group loses a write when another entry is
//! committed in its place, or when the node that had applied it throws it out of its log.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{EventKind, Note, PropertyKind};

use super::count;
use crate::case::{Case, Finding, Scope};
use crate::{Effect, Ledger, Moment, Verdict, Write};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::Durable, |scope| find(case, scope))
}

/// Whether there is anything to say: a store crashed, or a node that keeps one with others, or one of these lost a write.
pub(crate) fn is_worth_a_row(case: &Case<'_>) -> bool {
    let keeps = |id| case.cast.objects().any(|(object, it)| case.cast.is_store(object) && it.nodes.contains(&id));
    let crashed = |id| case.cast.is_store(id) || keeps(id);
    case.ledger.downtimes.iter().any(|down| crashed(down.participant))
        || case.ledger.effects.iter().any(|effect| effect.lost.is_some())
}

fn find(case: &Case<'_>, scope: Scope<'_, '_>) -> Finding {
    let promised = promised(case.ledger);
    let lost = scope.effects.iter().filter_map(|effect| Some((*effect, effect.lost?)));
    let broken = lost.filter_map(|(effect, lost)| {
        let write = key(write_of(case.ledger, effect)?);
        let acknowledged = *promised.get(&write)?;
        let broken = lost.max(acknowledged);
        let is_there = |other: &&Effect| {
            let same = write_of(case.ledger, other).is_some_and(|its| key(its) == write);
            same && other.applied < broken && !other.is_lost_by(broken)
        };
        (!scope.effects.iter().any(is_there)).then_some(Promise { effect, acknowledged, lost, broken })
    });
    match broken.min_by_key(|promise| promise.broken) {
        Some(promise) => forgotten(case, promise),
        None => Finding::held(held(case, scope, &promised)),
    }
}

/// A write that its store acknowledged and does not hold: lost, and not applied again by then.
struct Promise<'a> {
    effect: &'a Effect,
    acknowledged: Moment,
    lost: Moment,
    broken: Moment,
}

/// The write behind an effect.
fn write_of<'a>(ledger: &'a Ledger, effect: &Effect) -> Option<&'a Write> {
    let place = ledger.writes.binary_search_by_key(&effect.sent?, |write| write.sent).ok()?;
    ledger.writes.get(place)
}

/// What all sendings of one write have in common, and no other write has: its store, and its first sending.
type Key = (ParticipantId, EventId);

fn key(write: &Write) -> Key {
    (write.store, write.footing.made.event)
}

/// When each write was first acknowledged, whichever of its sendings that answered.
fn promised(ledger: &Ledger) -> BTreeMap<Key, Moment> {
    let mut promised: BTreeMap<Key, Moment> = BTreeMap::new();
    for write in &ledger.writes {
        if let Some(acknowledged) = write.acknowledged {
            let first = promised.entry(key(write)).or_insert(acknowledged);
            *first = acknowledged.min(*first);
        }
    }
    promised
}

fn forgotten(case: &Case<'_>, promise: Promise<'_>) -> Finding {
    let (store, write) = (case.name(promise.effect.store), case.write_of(promise.effect));
    let (acknowledged, lost) = (promise.acknowledged.time, promise.lost.time);
    let sentence = match promise.broken == promise.lost {
        true if case.cast.object(promise.effect.store).is_some() => {
            format!("{store} acknowledged {write} at {acknowledged}; at {lost} {}.", thrown_out(case, promise.lost))
        }
        true => format!("{store} acknowledged {write} at {acknowledged} and comes back without it at {lost}."),
        false => format!("{store} acknowledges {write} at {acknowledged}, which it had lost at {lost}."),
    };
    let before = promise.acknowledged.min(promise.lost);
    Finding::violated(promise.broken, Some(before), sentence)
}

/// Who threw an entry out of the log, and how.
fn thrown_out(case: &Case<'_>, lost: Moment) -> String {
    let event = case.trace.events.get(lost.event.index());
    let node = event.map_or("a node", |event| case.name(event.participant));
    match event.map(|event| &event.kind) {
        Some(EventKind::Noted(Note::Committed { .. })) => format!("{node} commits another entry in its place"),
        _ => format!("{node} throws it out of its log"),
    }
}

fn held(case: &Case<'_>, scope: Scope<'_, '_>, promised: &BTreeMap<Key, Moment>) -> String {
    let is_here = |store| scope.store.is_none_or(|its| its == store);
    let Some(back) = case.ledger.restorations.iter().rfind(|back| is_here(back.store)) else {
        if let Some(first) = scope.effects.iter().find(|effect| case.cast.object(effect.store).is_some()) {
            let store = case.name(first.store);
            return format!("Every write that {store} acknowledged is still in its log when the run ends.");
        }
        let who = scope.store.map_or("No store", |store| case.name(store));
        let came = if scope.store.is_some() { "did not come" } else { "came" };
        return format!("{who} {came} back from a crash, so there is no later state that could lack a write.");
    };
    let (store, at) = (case.name(back.store), back.at.time);
    let kept = promised.iter().filter(|((store, ..), acknowledged)| *store == back.store && **acknowledged < back.at);
    let is_unsaid = |effect: &&&Effect| {
        let write = write_of(case.ledger, effect);
        let acknowledged = write.and_then(|write| promised.get(&key(write)).copied());
        effect.lost.is_some_and(|lost| acknowledged.is_none_or(|acknowledged| acknowledged > lost))
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
