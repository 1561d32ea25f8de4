//! What must be true of every run, tried on many: the findings the semantics opens with, as tests that can fail.
//!
//! Each theorem has a counterpart that shows that the schedules are wild enough to break what is not a theorem. The first
//! of them, about the fence, has a campaign of its own in `campaign.rs`, with crashes and recoveries.
//! `SCHEDULES=N` tries N schedules of each instead of the usual share; `make soak` does.
#![cfg(not(target_arch = "wasm32"))]

mod generate;

use fencepost_lab::{Run, run};
use fencepost_properties::State;
use fencepost_vocabulary::{CheckMode, PropertyKind};
use generate::{Contest, contest};

/// The schedules tried of each kind in a usual run.
const USUAL: u64 = 1_000;

fn schedules() -> std::ops::Range<u64> {
    let asked = std::env::var("SCHEDULES").ok().and_then(|number| number.parse::<u64>().ok());
    0..asked.unwrap_or(USUAL)
}

fn violates(run: &Run, property: PropertyKind) -> bool {
    let mut of_property = run.verdicts.iter().filter(|verdict| verdict.property == property);
    of_property.any(|verdict| matches!(verdict.state, State::Violated { .. }))
}

/// In how many schedules of this kind the property is violated, and the first of them.
fn violations(kind: Contest, property: PropertyKind) -> (usize, Option<u64>) {
    let violating: Vec<u64> = schedules().filter(|seed| violates(&run(&contest(*seed, kind)), property)).collect();
    (violating.len(), violating.first().copied())
}

#[track_caller]
fn always_holds(kind: Contest, property: PropertyKind) {
    let (count, first) = violations(kind, property);
    let text = first.map(|seed| fencepost_scenario::print(&contest(seed, kind)));
    assert!(count == 0, "{kind:?} violates {property:?} {count} times, first in:\n{}", text.unwrap_or_default());
}

#[track_caller]
fn can_break(kind: Contest, property: PropertyKind) {
    let (count, _) = violations(kind, property);
    assert!(count > 0, "{kind:?} never violates {property:?}: these schedules prove nothing");
}

const FENCES: [CheckMode; 3] = [CheckMode::Ge, CheckMode::Announce, CheckMode::FencedRead];

fn writes(check: CheckMode) -> Contest {
    Contest { check, updates_only: false }
}

fn updates(check: CheckMode) -> Contest {
    Contest { check, updates_only: true }
}

#[test]
fn a_fence_keeps_effects_in_the_order_of_their_grants() {
    FENCES.into_iter().for_each(|check| always_holds(writes(check), PropertyKind::EffectOrder));
    can_break(writes(CheckMode::None), PropertyKind::EffectOrder);
    can_break(updates(CheckMode::Cas), PropertyKind::EffectOrder);
}

#[test]
fn a_fence_beside_the_lock_does_not_make_effects_fresh_and_a_check_inside_it_does() {
    FENCES.into_iter().for_each(|check| can_break(writes(check), PropertyKind::EffectFresh));
    always_holds(writes(CheckMode::SameStore), PropertyKind::EffectFresh);
    always_holds(writes(CheckMode::SameStore), PropertyKind::EffectOrder);
}

#[test]
fn a_plain_fence_loses_updates_and_one_that_reads_are_checked_by_loses_none() {
    can_break(updates(CheckMode::Ge), PropertyKind::NoLostUpdate);
    can_break(updates(CheckMode::Gt), PropertyKind::NoLostUpdate);
    always_holds(updates(CheckMode::FencedRead), PropertyKind::NoLostUpdate);
    always_holds(updates(CheckMode::Cas), PropertyKind::NoLostUpdate);
}

#[test]
fn a_token_alone_does_not_keep_one_holders_writes_in_order() {
    can_break(writes(CheckMode::Ge), PropertyKind::EffectOnce);
}

#[test]
fn a_lock_that_compares_before_it_releases_keeps_its_own_promises() {
    let promises = [
        PropertyKind::LockExclusion,
        PropertyKind::LeaseContract,
        PropertyKind::TokenUnique,
        PropertyKind::TokenMonotonic,
    ];
    promises.into_iter().for_each(|property| always_holds(writes(CheckMode::None), property));
}

#[test]
fn no_lock_keeps_two_clients_from_believing_that_they_hold_it() {
    let seen = |seed: &u64| {
        let run = run(&contest(*seed, writes(CheckMode::SameStore)));
        run.verdicts.iter().any(|verdict| matches!(verdict.state, State::Seen { .. }))
    };
    assert!(schedules().filter(seen).count() > 0, "even the best lock has its hazard");
}
