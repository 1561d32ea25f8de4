//! EFF-IDEM: each write of a grant is applied at most once at a store, and the writes of one grant in the order in which
//! their holder made them. What a store lost in a crash is as if it had never been applied.
//!
//! Which write came first is told by the writer's lives and its requests in each: a holder that crashes and comes back within its lease
//! may number its writes from 1 again, and its requests too if its disk was wiped, and they are others all the same.

use std::collections::BTreeMap;

use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding, Scope};
use crate::{Effect, Return, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::EffectOnce, |scope| find(case, scope))
}

fn find(case: &Case<'_>, scope: Scope<'_, '_>) -> Finding {
    let mut applied: BTreeMap<_, Vec<&Effect>> = BTreeMap::new();
    let mut checked = 0;
    for effect in scope.effects {
        let Some(grant) = effect.grant else { continue };
        checked += 1;
        let before = applied.entry((effect.store, grant)).or_default();
        while before.pop_if(|last| last.is_lost_by(effect.applied)).is_some() {}
        if let Some(before) = before.last().filter(|before| place(case, effect) <= place(case, before)) {
            return again_or_late(case, scope.effects, before, effect);
        }
        before.push(effect);
    }
    let undone = scope.effects.iter().any(|effect| effect.grant.is_some() && effect.lost.is_some());
    Finding::held(if undone { UNDONE.into() } else { held(checked) })
}

/// Which of its writer's requests it is, in which of its lives; in a trace that does not tell, which of its writes under
/// the grant.
fn place(case: &Case<'_>, effect: &Effect) -> (usize, u32) {
    let Some(write) = case.ledger.write_of(effect) else { return (0, effect.sequence.0) };
    let born = |back: Return| back.at < write.sent;
    let lives = case.ledger.crashes(write.writer).filter(|down| down.ended.is_some_and(born)).count();
    (lives, write.request.0)
}

const UNDONE: &str = "Leaving aside what a crash undid, each write was applied once, those of one holder in the order in \
                      which it made them.";

/// The write came behind one of the same or a higher number. If it was applied before, it came again.
fn again_or_late(case: &Case<'_>, effects: &[&Effect], before: &Effect, effect: &Effect) -> Finding {
    let same = |other: &&&Effect| {
        (other.store, other.grant) == (effect.store, effect.grant)
            && place(case, other) == place(case, effect)
            && other.applied < effect.applied
            && !other.is_lost_by(effect.applied)
    };
    let first = effects.iter().find(same);
    let (store, when) = (case.name(effect.store), effect.applied.time);
    let (what, earlier) = (case.numbered_write_of(effect), first.map_or(before, |first| first).applied);
    let trouble = match first {
        Some(_) => format!("a second time at {when}; the first time was at {}", earlier.time),
        None => format!("at {when}, after its write {} of the same grant at {}", before.sequence.0, earlier.time),
    };
    Finding::violated(effect.applied, Some(earlier), format!("{store} applies {what} {trouble}."))
}

fn held(checked: usize) -> String {
    match checked {
        0 => "No write made under a grant was applied, so none was applied twice.".into(),
        1 => "One write was applied, and only once.".into(),
        2 => "Both writes were applied once, those of one holder in the order in which it made them.".into(),
        _ => format!("All {checked} writes were applied once, those of one holder in the order in which it made them."),
    }
}
