//! What is to be said of the locks that guard a store: where none is common, and where two counters meet at one fence.

use std::collections::BTreeMap;

use fencepost_vocabulary::CheckMode;

use crate::guards;
use crate::model::{ObjectKindSpec, Role};
use crate::parse::review::{Names, Remarks};
use crate::view::View;

impl Remarks<'_> {
    pub(super) fn guards(&mut self, view: &View, names: &Names<'_>) {
        let (locks, stores) = (guards::locks(&view.scenario), guards::stores(&view.scenario));
        for (guard, line) in view.scenario.guards.iter().zip(&view.lines.guards) {
            let known = |name: &str| names.0.contains_key(name);
            if !stores.contains(guard.store.as_str()) {
                self.no_such(
                    *line,
                    &guard.store,
                    "store",
                    &stores.iter().copied().collect::<Vec<_>>(),
                    known(&guard.store),
                );
            }
            for lock in guard.locks.iter().filter(|lock| !locks.contains(lock.as_str())) {
                self.no_such(*line, lock, "lock", &locks.iter().copied().collect::<Vec<_>>(), known(lock));
            }
        }
        let lines = lines_of_stores(view);
        for (store, guard) in guards::guards(&view.scenario).iter().filter(|(_, guard)| guard.is_torn) {
            if let Some((line, _)) = lines.get(store.as_str()) {
                let locks = listed(guard.locks.iter());
                let said = format!(
                    "no lock is common to all who write to `{store}` under one, so it is judged by each of {locks}; \
                     `store {store} guarded-by …` says which is meant"
                );
                self.warn(*line, store, &said);
            }
        }
        for (store, shown) in guards::shown_tokens(&view.scenario) {
            if let Some((line, check)) = lines.get(store).filter(|(_, check)| shown.len() > 1 && compares(*check)) {
                let said = format!(
                    "tokens of {} are shown to `{store}`, and each counts for itself: a fence gives order among the \
                     tokens of one lock",
                    listed(shown.iter())
                );
                self.warn(*line, check.word(), &said);
            }
        }
    }
}

/// "K and L"
fn listed<'n>(names: impl Iterator<Item = &'n String>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match &names[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

/// Where each store is described, and how it checks writes.
fn lines_of_stores(view: &View) -> BTreeMap<&str, (usize, CheckMode)> {
    let mut lines = BTreeMap::new();
    let lanes = view.scenario.participants.iter().zip(&view.lines.participants).zip(&view.lines.data);
    lines.extend(lanes.filter_map(|((one, line), data)| match &one.role {
        Role::Store(spec) => Some((one.name.as_str(), (*line, spec.check))),
        Role::Lock(spec) => Some((one.name.as_str(), ((*data)?, spec.data.as_ref()?.check))),
        _ => None,
    }));
    let objects = view.scenario.objects.iter().zip(&view.lines.objects);
    lines.extend(objects.filter_map(|(object, line)| match &object.kind {
        ObjectKindSpec::Store(spec) => Some((object.name.as_str(), (*line, spec.check))),
        ObjectKindSpec::Lock(_) => None,
    }));
    lines
}

/// Whether tokens are compared with one another, so that it matters that they come from one counter.
fn compares(check: CheckMode) -> bool {
    match check {
        CheckMode::Ge
        | CheckMode::GeSeq
        | CheckMode::GeNext
        | CheckMode::Gt
        | CheckMode::Eq
        | CheckMode::Announce
        | CheckMode::FencedRead
        | CheckMode::Mac => true,
        CheckMode::None | CheckMode::Cas | CheckMode::AskFirst | CheckMode::SameStore => false,
    }
}
