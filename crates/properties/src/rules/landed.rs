//! How many writes landed at stores that a lock guards, as the sentences count them: every one that was applied, whoever
//! sent it; and what was applied again beside.

use std::collections::BTreeSet;
use std::fmt;

use crate::Effect;
use crate::case::{Case, Scope};

/// What a scope saw of writes.
pub(super) struct Landed<'a> {
    /// Whether some lock guards anything here.
    pub guarded: bool,
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
        let guarded = !case.guards(scope).is_empty();
        let others = effects.len() < scope.effects.len();
        Self { guarded, writes, copies: effects.len() - writes, first: effects.first().copied(), others }
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

/// What there is to say where no lock guards anything.
pub(super) fn unguarded(case: &Case<'_>, scope: Scope<'_, '_>) -> String {
    match scope.store {
        Some(store) => format!("No lock guards {}, so there is nothing to judge.", case.name(store)),
        None => "No lock guards a store, so there is nothing to judge.".into(),
    }
}
