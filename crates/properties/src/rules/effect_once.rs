//! EFF-IDEM: each write is applied at most once at a store, and the writes of one grant in the order in which their holder
//! made them. What a store lost in a crash is as if it had never been applied.
//!
//! A write is known by its first sending, whatever numbers it carries: a holder that crashes and comes back within its
//! lease may number its writes from 1 again, and they are others all the same. A write without a grant has no holder's
//! order to keep; it must land once.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding, Scope};
use crate::{Effect, Footing, GrantNo, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::EffectOnce, |scope| find(case, scope))
}

fn find<'a>(case: &Case<'a>, scope: Scope<'_, 'a>) -> Finding {
    let mut applied = Applied::default();
    let mut checked = 0;
    for effect in scope.effects {
        let Some(footing) = &effect.footing else { continue };
        checked += 1;
        if let Some(first) = applied.twice(effect, footing) {
            return again(case, first, effect);
        }
        for grant in grants(case, effect, footing) {
            if let Some(before) = applied.late(grant, effect, footing) {
                return late(case, before, effect);
            }
        }
    }
    let undone = scope.effects.iter().any(|effect| effect.lost.is_some());
    Finding::held(if undone { UNDONE.into() } else { held(checked) })
}

/// The grants under which a write was made, of the locks that guard its store.
fn grants(case: &Case<'_>, effect: &Effect, footing: &Footing) -> Vec<GrantNo> {
    let guards = case.cast.guards(effect.store).iter();
    guards.filter_map(|lock| case.ledger.standing(footing, *lock)?.grant).collect()
}

/// What the stores hold, as far as no crash has undone it.
#[derive(Default)]
struct Applied<'a> {
    /// The latest time that each write was applied.
    writes: BTreeMap<(ParticipantId, EventId), Vec<&'a Effect>>,
    /// What was applied at a store under each grant, in order.
    of_grant: BTreeMap<(ParticipantId, GrantNo), Vec<&'a Effect>>,
}

impl<'a> Applied<'a> {
    /// Enters a write that is applied, and tells where the store has it already.
    fn twice(&mut self, effect: &'a Effect, footing: &Footing) -> Option<&'a Effect> {
        let before = self.writes.entry((effect.store, footing.made.event)).or_default();
        before.retain(|earlier| !earlier.is_lost_by(effect.applied));
        before.push(effect);
        before.first().filter(|_| before.len() > 1).copied()
    }

    /// Enters a write under a grant, and tells which later one of this grant the store has already.
    fn late(&mut self, grant: GrantNo, effect: &'a Effect, footing: &Footing) -> Option<&'a Effect> {
        let before = self.of_grant.entry((effect.store, grant)).or_default();
        while before.pop_if(|last| last.is_lost_by(effect.applied)).is_some() {}
        let later = before.last().filter(|last| last.footing.as_ref().is_some_and(|its| its.made > footing.made));
        let later = later.copied();
        before.push(effect);
        later
    }
}

const UNDONE: &str = "Leaving aside what a crash undid, each write was applied once, those of one holder in the order in \
                      which it made them.";

fn again(case: &Case<'_>, first: &Effect, effect: &Effect) -> Finding {
    let sentence = format!(
        "At {} {} applies {} a second time; the first time was at {}.",
        effect.applied.time,
        case.name(effect.store),
        case.numbered_write_of(effect),
        first.applied.time,
    );
    Finding::violated(effect.applied, Some(first.applied), sentence)
}

fn late(case: &Case<'_>, before: &Effect, effect: &Effect) -> Finding {
    let sentence = format!(
        "At {} {} applies {}, after the same holder's write {} had landed at {}.",
        effect.applied.time,
        case.name(effect.store),
        case.numbered_write_of(effect),
        before.sequence.0,
        before.applied.time,
    );
    Finding::violated(effect.applied, Some(before.applied), sentence)
}

fn held(checked: usize) -> String {
    match checked {
        0 => "No write was applied, so none was applied twice.".into(),
        1 => "One write was applied, and only once.".into(),
        2 => "Both writes were applied once, those of one holder in the order in which it made them.".into(),
        _ => format!("All {checked} writes were applied once, those of one holder in the order in which it made them."),
    }
}
