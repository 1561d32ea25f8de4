//! How many writes landed at stores that a lock guards, as the sentences count them: every one that was applied, whoever
//! sent it; and what was applied again beside.

use std::collections::BTreeSet;
use std::fmt;

use crate::Effect;
use crate::case::{Case, Finding, Scope};

/// What a scope saw of writes.
pub(super) struct Landed<'a> {
    /// How many writes were applied.
    pub writes: usize,
    /// How many times one of them was applied again.
    pub copies: usize,
    /// The first that was applied.
    pub first: Option<&'a Effect>,
    /// Whether others were applied at stores that no lock guards.
    others: bool,
}

impl<'a> Landed<'a> {
    pub fn of(case: &Case<'a>, scope: Scope<'_, 'a>) -> Self {
        let effects = case.guarded_by_any(scope);
        let mut known = BTreeSet::new();
        let is_new = |effect: &&&Effect| {
            effect.footing.as_ref().is_none_or(|footing| known.insert((effect.store, footing.made.event)))
        };
        let writes = effects.iter().filter(is_new).count();
        let others = effects.len() < scope.effects.len();
        Self { writes, copies: effects.len() - writes, first: effects.first().copied(), others }
    }

    /// " at a guarded store", where there are others.
    pub fn place(&self) -> &'static str {
        if self.others { " at a guarded store" } else { "" }
    }
}

impl Landed<'_> {
    fn places(&self) -> &'static str {
        if self.others { " at guarded stores" } else { "" }
    }
}

impl fmt::Display for Landed<'_> {
    /// "The one write", "Both writes", "All 3 writes, one of them twice,"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.writes {
            1 => write!(f, "The one write{}", self.place())?,
            2 => write!(f, "Both writes{}", self.places())?,
            number => write!(f, "All {number} writes{}", self.places())?,
        }
        match (self.writes, self.copies) {
            (_, 0) => Ok(()),
            (1, copies) => write!(f, ", applied {} times,", copies + 1),
            (_, 1) => f.write_str(", one of them twice,"),
            (_, copies) => write!(f, ", of which some were applied again, {copies} times in all,"),
        }
    }
}

/// That nothing was broken; or, where no lock guards anything, that there is nothing to judge.
pub(super) fn held_if_guarded<'a>(
    case: &Case<'a>,
    scope: Scope<'_, 'a>,
    held: impl FnOnce(Landed<'a>) -> String,
) -> Finding {
    if case.guards(scope).is_empty() {
        let what = scope.store.map_or("a store", |store| case.name(store));
        return Finding::nothing(format!("No lock guards {what}, so there is nothing to judge."));
    }
    Finding::held(held(Landed::of(case, scope)))
}
