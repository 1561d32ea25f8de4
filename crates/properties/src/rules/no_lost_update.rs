//! NO-LOST-UPDATE: every update, a write computed from a read, was computed from the version it replaced.
//!
//! It asks for no grant: an update is lost whoever held the lock.

use fencepost_vocabulary::{PropertyKind, Version};

use crate::case::{Case, Finding, Scope};
use crate::{Effect, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::NoLostUpdate, |scope| find(case, scope))
}

fn find(case: &Case<'_>, scope: Scope<'_, '_>) -> Finding {
    let mut checked = 0;
    for effect in scope.effects {
        let Some(base) = effect.base else { continue };
        checked += 1;
        if base.0.saturating_add(1) != effect.version.0 {
            return lost(case, scope.effects, effect, base);
        }
    }
    match checked {
        0 => Finding::nothing(held(checked)),
        _ => Finding::held(held(checked)),
    }
}

/// The first write on top of the version that was read is the one this update knew nothing of.
fn lost(case: &Case<'_>, effects: &[&Effect], update: &Effect, base: Version) -> Finding {
    let unseen = effects.iter().find(|other| other.store == update.store && other.version > base);
    let unseen = unseen.filter(|other| other.applied < update.applied);
    let (store, writer) = (case.name(update.store), case.name(update.writer));
    let knew_nothing = match unseen {
        Some(other) => format!("{}'s write of {} is lost", case.name(other.writer), other.applied.time),
        None => "it replaced another version".into(),
    };
    let sentence = format!(
        "{store} applies {writer}'s update at {}, computed from version {} although version {} is stored: {knew_nothing}.",
        update.applied.time,
        base.0,
        update.version.0.saturating_sub(1),
    );
    Finding::violated(update.applied, unseen.map(|other| other.applied), sentence)
}

fn held(checked: usize) -> String {
    match checked {
        0 => "No write that was computed from a read was applied, so no update could be lost.".into(),
        1 => "The one update that was applied was computed from the version it replaced.".into(),
        2 => "Both updates were computed from the version they replaced.".into(),
        _ => format!("Each of the {checked} updates was computed from the version it replaced."),
    }
}
