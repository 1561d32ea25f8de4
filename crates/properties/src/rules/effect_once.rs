//! EFF-IDEM: each write of a grant is applied at most once at a store, and the writes of one grant in the order in which
//! their holder made them.

use std::collections::BTreeMap;

use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding};
use crate::{Effect, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::EffectOnce, |effects| find(case, effects))
}

fn find(case: &Case<'_>, effects: &[&Effect]) -> Finding {
    let mut latest: BTreeMap<_, &Effect> = BTreeMap::new();
    let mut checked = 0;
    for effect in effects {
        let Some(grant) = effect.grant else { continue };
        checked += 1;
        let before = latest.insert((effect.store, grant), effect);
        if let Some(before) = before.filter(|before| effect.sequence <= before.sequence) {
            return again_or_late(case, effects, before, effect);
        }
    }
    Finding::held(held(checked))
}

/// The write came behind one of the same or a higher number. If it was applied before, it came again.
fn again_or_late(case: &Case<'_>, effects: &[&Effect], before: &Effect, effect: &Effect) -> Finding {
    let same = |other: &&&Effect| {
        (other.store, other.grant, other.sequence) == (effect.store, effect.grant, effect.sequence)
            && other.applied < effect.applied
    };
    let (store, number) = (case.name(effect.store), effect.sequence.0);
    let (write, when) = (case.write_of(effect), effect.applied.time);
    match effects.iter().find(same) {
        Some(first) => {
            let sentence = format!(
                "{store} applies {write} (its number {number}) a second time at {when}; the first time was at {}.",
                first.applied.time
            );
            Finding::violated(effect.applied, Some(first.applied), sentence)
        }
        None => {
            let sentence = format!(
                "{store} applies {write} (its number {number}) at {when}, after number {} of the same grant at {}.",
                before.sequence.0, before.applied.time
            );
            Finding::violated(effect.applied, Some(before.applied), sentence)
        }
    }
}

fn held(checked: usize) -> String {
    match checked {
        0 => "No write made under a grant was applied, so none was applied twice.".into(),
        1 => "The one write that was applied was applied once.".into(),
        2 => "Both writes were applied once, and those of one holder in the order in which it made them.".into(),
        _ => format!(
            "All {checked} writes were applied once, and those of one holder in the order in which it made them."
        ),
    }
}
