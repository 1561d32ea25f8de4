//! What stands in the log of which node, what was committed, and what followed from it. What follows from one entry
//! happens once, however many nodes tell of it; and an entry that is thrown out takes back what had followed from it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Entry, Note};

use super::keepers::Keepers;
use super::{GrantNo, Moment};

/// A node came to know that an entry of its log is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Which node.
    pub by: ParticipantId,
    /// Where in the log.
    pub index: u32,
    /// What stands there.
    pub entry: Entry,
    /// When.
    pub at: Moment,
}

/// What followed from an entry: a grant, or a write that was applied, by its place in the list of effects.
#[derive(Clone, Copy)]
pub(super) enum Outcome {
    Grant(GrantNo),
    Effect(usize),
}

fn is_effect(outcome: Option<&Outcome>) -> bool {
    matches!(outcome, Some(Outcome::Effect(_)))
}

/// A note that followed from an entry, and the node that made it.
struct Booked<'t> {
    by: ParticipantId,
    note: &'t Note,
    entry: Option<&'t Entry>,
    outcome: Option<Outcome>,
}

/// Follows the logs while a trace is read.
#[derive(Default)]
pub(super) struct LogBook<'t> {
    pub commits: Vec<Commit>,
    logs: BTreeMap<ParticipantId, BTreeMap<u32, &'t Entry>>,
    /// Up to where each node, in its present life, knows its log to be committed.
    upto: BTreeMap<ParticipantId, u32>,
    /// What each node last committed at each place, and what was committed there first in its group.
    known: BTreeMap<(ParticipantId, u32), &'t Entry>,
    first: BTreeMap<(ParticipantId, u32), &'t Entry>,
    booked: BTreeMap<(ParticipantId, u32), Vec<Booked<'t>>>,
}

impl<'t> LogBook<'t> {
    pub fn logged(&mut self, node: ParticipantId, index: u32, entry: &'t Entry) {
        self.logs.entry(node).or_default().insert(index, entry);
    }

    /// A node has thrown away its log from this place on: what it alone had told of is undone.
    pub fn truncated(&mut self, keepers: &Keepers, node: ParticipantId, from: u32) -> Vec<Outcome> {
        if let Some(log) = self.logs.get_mut(&node) {
            log.split_off(&from);
        }
        if let Some(upto) = self.upto.get_mut(&node) {
            *upto = (*upto).min(from.saturating_sub(1));
        }
        let mut undone = Vec::new();
        for object in keepers.in_log(node) {
            for (_, booked) in self.booked.range_mut((object, from)..=(object, u32::MAX)) {
                undone.extend(booked.extract_if(.., |one| one.by == node).filter_map(|one| one.outcome));
            }
        }
        undone
    }

    /// A node knows its log to be committed up to here. What had followed from another entry in one of these places is
    /// undone: it will never be committed. Where another entry was committed before, in breach of agreement, the writes
    /// that followed from that are missing here; a grant that followed from it stands in a log and lives on.
    pub fn committed(&mut self, keepers: &Keepers, node: ParticipantId, upto: u32, at: Moment) -> Vec<Outcome> {
        let mark = self.upto.entry(node).or_default();
        let new = *mark + 1..=upto;
        *mark = upto.max(*mark);
        let mut undone = Vec::new();
        for index in new {
            let Some(entry) = self.logs.get(&node).and_then(|log| log.get(&index).copied()) else { continue };
            if self.known.insert((node, index), entry) == Some(entry) {
                continue;
            }
            self.commits.push(Commit { by: node, index, entry: entry.clone(), at });
            if keepers.is_traitor(node) {
                continue;
            }
            match self.first.entry((keepers.group(node), index)) {
                Vacant(first) => {
                    first.insert(entry);
                    undone.extend(self.overruled(keepers, node, index, entry, |_| true));
                }
                Occupied(_) => undone.extend(self.overruled(keepers, node, index, entry, is_effect)),
            }
        }
        undone
    }

    /// What of the kind had followed from other entries than this one in this place.
    fn overruled(
        &mut self,
        keepers: &Keepers,
        node: ParticipantId,
        index: u32,
        entry: &Entry,
        is_meant: fn(Option<&Outcome>) -> bool,
    ) -> Vec<Outcome> {
        let mut undone = Vec::new();
        for object in keepers.in_log(node) {
            let Some(booked) = self.booked.get_mut(&(object, index)) else { continue };
            let is_other =
                |one: &mut Booked<'_>| one.entry.is_some_and(|its| its != entry) && is_meant(one.outcome.as_ref());
            let others = booked.extract_if(.., is_other);
            undone.extend(others.filter_map(|one| one.outcome));
        }
        undone
    }

    /// Whether nobody has told yet that this follows from this entry.
    pub fn is_news(&self, object: ParticipantId, index: u32, note: &Note) -> bool {
        index == 0 || !self.booked.get(&(object, index)).is_some_and(|told| told.iter().any(|one| one.note == note))
    }

    pub fn booked(
        &mut self,
        (object, index): (ParticipantId, u32),
        by: ParticipantId,
        note: &'t Note,
        outcome: Option<Outcome>,
    ) {
        if index > 0 {
            let entry = self.logs.get(&by).and_then(|log| log.get(&index).copied());
            self.booked.entry((object, index)).or_default().push(Booked { by, note, entry, outcome });
        }
    }

    /// A new life learns anew what is committed; and has no log at all if the disk was wiped.
    pub fn reborn(&mut self, node: ParticipantId, is_wiped: bool) {
        self.upto.remove(&node);
        if is_wiped {
            self.logs.remove(&node);
        }
    }
}
