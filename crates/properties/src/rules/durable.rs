//! DURABLE: a write that was acknowledged is part of every later state of its store, whatever crashes come.
//!
//! What a store held at each moment follows from its versions: it comes back from a crash with the writes up to one of
//! them. A store that stays down has no later state. A store in the logs of a group loses a write when anybody commits
//! something else in its place, when the node that had told of it throws it out of its log, and when no log has it any
//! more.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{EventKind, Note, PropertyKind};

use super::count;
use crate::case::{Case, Finding, Scope};
use crate::{Effect, Ledger, Moment, Verdict};

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
        let origin = origin_of(case.ledger, effect)?;
        let acknowledged = promised.get(&origin)?.1;
        let broken = lost.max(acknowledged);
        let is_there = |other: &&Effect| {
            let same = origin_of(case.ledger, other) == Some(origin);
            same && other.applied < broken && !other.is_lost_by(broken)
        };
        (!scope.effects.iter().any(is_there)).then_some(Promise { effect, acknowledged, lost, broken })
    });
    match broken.min_by_key(|promise| promise.broken) {
        Some(promise) => forgotten(case, promise),
        None => held(case, scope, &promised),
    }
}

/// A write that its store acknowledged and does not hold: lost, and not applied again by then.
struct Promise<'a> {
    effect: &'a Effect,
    acknowledged: Moment,
    lost: Moment,
    broken: Moment,
}

/// What all effects of one write have in common, and no other write has.
fn origin_of(ledger: &Ledger, effect: &Effect) -> Option<EventId> {
    ledger.lineage_of(effect)?.origin
}

/// Where each write went and when it was first acknowledged, whichever of its sendings that answered.
fn promised(ledger: &Ledger) -> BTreeMap<EventId, (ParticipantId, Moment)> {
    let mut promised: BTreeMap<EventId, (ParticipantId, Moment)> = BTreeMap::new();
    for write in &ledger.writes {
        if let (Some(acknowledged), Some(origin)) = (write.acknowledged, ledger.origin(write)) {
            let (_, first) = promised.entry(origin).or_insert((write.store, acknowledged));
            *first = acknowledged.min(*first);
        }
    }
    promised
}

fn forgotten(case: &Case<'_>, promise: Promise<'_>) -> Finding {
    let Promise { effect, acknowledged, lost, broken } = promise;
    let (store, write) = (case.name(effect.store), case.write_of(effect));
    let is_shared = case.cast.object(effect.store).is_some();
    let sentence = match broken == lost {
        true if is_shared => {
            let how = gone_from_the_log(case, effect, lost);
            format!("{store} acknowledged {write} at {}; at {} {how}.", acknowledged.time, lost.time)
        }
        true => {
            format!("{store} acknowledged {write} at {} and comes back without it at {}.", acknowledged.time, lost.time)
        }
        false if is_shared && lost == effect.applied => {
            let other = committed_elsewhere(case, effect);
            format!("{store} acknowledges {write} at {}, {other}.", acknowledged.time)
        }
        false => format!("{store} acknowledges {write} at {}, which it had lost at {}.", acknowledged.time, lost.time),
    };
    Finding::violated(broken, Some(acknowledged.min(lost)), sentence)
}

/// Who made an entry vanish from the log, and how.
fn gone_from_the_log(case: &Case<'_>, effect: &Effect, lost: Moment) -> String {
    let event = case.trace.events.get(lost.event.index());
    let node = event.map_or("a node", |event| case.name(event.participant));
    match event.map(|event| &event.kind) {
        Some(EventKind::Noted(Note::Committed { upto }))
            if place_of(case, effect).is_none_or(|place| place <= *upto) =>
        {
            format!("{node} commits another entry in its place")
        }
        Some(EventKind::Noted(Note::Committed { .. })) => format!("{node} commits a log that goes on in another way"),
        Some(EventKind::Recovered { .. }) => {
            format!("{node} comes back with its disk wiped, and no log has it any more")
        }
        _ => format!("{node} throws it out of its log"),
    }
}

/// Where in the log the entry stands from which an effect followed.
fn place_of(case: &Case<'_>, effect: &Effect) -> Option<u32> {
    match case.trace.events.get(effect.applied.event.index())?.kind {
        EventKind::Noted(Note::For { index, .. }) => Some(index),
        _ => None,
    }
}

/// Of a write that was applied where somebody had committed something else: "although N3 had committed ...".
fn committed_elsewhere(case: &Case<'_>, effect: &Effect) -> String {
    let by = case.trace.events.get(effect.applied.event.index()).map(|event| event.participant);
    let place = place_of(case, effect);
    let other = case.ledger.commits.iter().find(|commit| Some(commit.index) == place && Some(commit.by) != by);
    match other {
        Some(commit) => {
            format!("although {} had committed another entry in its place at {}", case.name(commit.by), commit.at.time)
        }
        None => "although another entry was committed in its place".into(),
    }
}

fn held(case: &Case<'_>, scope: Scope<'_, '_>, promised: &BTreeMap<EventId, (ParticipantId, Moment)>) -> Finding {
    let is_here = |store| scope.store.is_none_or(|its| its == store);
    let Some(back) = case.ledger.restorations.iter().rfind(|back| is_here(back.store)) else {
        if let Some(first) = scope.effects.iter().find(|effect| case.cast.object(effect.store).is_some()) {
            let store = case.name(first.store);
            return match promised.values().any(|(its, _)| *its == first.store) {
                true => Finding::held(format!(
                    "Every write that {store} acknowledged is still in its log when the run ends."
                )),
                false => Finding::nothing(format!("{store} acknowledged no write: there is none that it must keep.")),
            };
        }
        let who = scope.store.map_or("No store", |store| case.name(store));
        let came = if scope.store.is_some() { "did not come" } else { "came" };
        let why = "so there is no later state that could lack a write";
        return Finding::nothing(format!("{who} {came} back from a crash, {why}."));
    };
    let (store, at) = (case.name(back.store), back.at.time);
    let kept = promised.values().filter(|(store, acknowledged)| *store == back.store && *acknowledged < back.at);
    let is_unsaid = |effect: &&&Effect| {
        let acknowledged = origin_of(case.ledger, effect).and_then(|origin| promised.get(&origin));
        effect.lost.is_some_and(|lost| acknowledged.is_none_or(|(_, acknowledged)| *acknowledged > lost))
    };
    let unsaid = match scope.effects.iter().filter(is_unsaid).count() {
        0 => String::new(),
        lost => format!(" What was lost, {}, it had acknowledged to nobody.", count(lost, "write")),
    };
    let kept = kept.count();
    let sentence = match kept {
        0 => format!("{store} came back at {at}; it had acknowledged no write before.{unsaid}"),
        1 => format!("{store} came back at {at} with the one write it had acknowledged.{unsaid}"),
        2 => format!("{store} came back at {at} with both writes it had acknowledged.{unsaid}"),
        number => format!("{store} came back at {at} with all {number} writes it had acknowledged.{unsaid}"),
    };
    Finding::held_for(kept, sentence)
}
