//! What stands in the log of which node, what was committed, and what followed from it. What follows from one entry
//! happens once, however many nodes tell of it. It is taken back when the node that told of it throws the entry out, when
//! the last log that had the entry is wiped or loses it, and at every commit of something else in its place, by whichever
//! node: quorums that do not meet, and disks that forget, can commit one place more than once.

use std::collections::{BTreeMap, BTreeSet};

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

/// A note that followed from an entry, and the node that made it.
struct Booked<'t> {
    by: ParticipantId,
    note: &'t Note,
    entry: Option<&'t Entry>,
    outcome: Option<Outcome>,
}

/// A write that was told of: its entry, and its place in the list of effects.
#[derive(Clone, Copy)]
struct Told<'t> {
    entry: Option<&'t Entry>,
    effect: usize,
}

/// Follows the logs while a trace is read.
#[derive(Default)]
pub(super) struct LogBook<'t> {
    pub commits: Vec<Commit>,
    logs: Logs<'t>,
    /// Up to where each node, in its present life, knows its log to be committed.
    upto: BTreeMap<ParticipantId, u32>,
    /// What each node last committed at each place, and all that was ever committed there in its group.
    known: BTreeMap<(ParticipantId, u32), &'t Entry>,
    decided: BTreeMap<(ParticipantId, u32), Vec<&'t Entry>>,
    booked: BTreeMap<(ParticipantId, u32), Vec<Booked<'t>>>,
    /// Every write that was ever told of, undone or not, by its store and its place in the log.
    told: BTreeMap<(ParticipantId, u32), Vec<Told<'t>>>,
}

impl<'t> LogBook<'t> {
    pub fn logged(&mut self, node: ParticipantId, index: u32, entry: &'t Entry) {
        self.logs.of.entry(node).or_default().insert(index, entry);
    }

    /// A node has thrown away its log from this place on: what it alone had told of is undone, and what no log has now.
    pub fn truncated(&mut self, keepers: &Keepers, node: ParticipantId, from: u32) -> Vec<Outcome> {
        if let Some(log) = self.logs.of.get_mut(&node) {
            log.split_off(&from);
        }
        if let Some(upto) = self.upto.get_mut(&node) {
            *upto = (*upto).min(from.saturating_sub(1));
        }
        let Self { logs, booked, .. } = self;
        take_back(booked, keepers, node, from, |one, place| one.by == node || logs.lack(one, place))
    }

    /// A node knows its log to be committed up to here. What had followed from another entry in one of these places is
    /// undone, and what stood behind that other entry: the log that is committed now has neither.
    pub fn committed(&mut self, keepers: &Keepers, node: ParticipantId, upto: u32, at: Moment) -> Vec<Outcome> {
        let mark = self.upto.entry(node).or_default();
        let new = *mark + 1..=upto;
        *mark = upto.max(*mark);
        let mut undone = Vec::new();
        for index in new {
            let Some(entry) = self.logs.at(node, index) else { continue };
            let rivals = self.rivals(keepers, node, index, entry);
            if self.known.insert((node, index), entry) == Some(entry) {
                continue;
            }
            self.commits.push(Commit { by: node, index, entry: entry.clone(), at });
            let decided = self.decided.entry((keepers.group(node), index)).or_default();
            if !decided.contains(&entry) {
                decided.push(entry);
            }
            undone.extend(self.overruled(keepers, node, (index, entry), &rivals));
        }
        undone
    }

    /// The nodes that have committed another entry in this place; this one among them, if it has.
    fn rivals(&self, keepers: &Keepers, node: ParticipantId, index: u32, entry: &Entry) -> Vec<ParticipantId> {
        let group = keepers.group_members(node);
        group.filter(|other| self.known.get(&(*other, index)).is_some_and(|its| *its != entry)).collect()
    }

    /// What had followed from other entries than this one in this place, and from what its rivals had behind it. A grant
    /// that was committed too, by a node that still has it in its log, lives on there; a write that is missing anywhere
    /// is missing.
    fn overruled(
        &mut self,
        keepers: &Keepers,
        node: ParticipantId,
        (index, entry): (u32, &Entry),
        rivals: &[ParticipantId],
    ) -> Vec<Outcome> {
        let Self { logs, booked, decided, .. } = self;
        let group = keepers.group(node);
        let lives_on = |one: &Booked<'_>, place| {
            let mut decided = decided.get(&(group, place)).into_iter().flatten();
            one.is_grant() && decided.any(|its| Some(*its) == one.entry) && !logs.lack(one, place)
        };
        let differs = |one: &Booked<'_>| one.entry.is_some_and(|its| its != entry);
        if rivals.is_empty() {
            return take_back_at(booked, keepers, node, index, |one| differs(one) && !lives_on(one, index));
        }
        take_back(booked, keepers, node, index, |one, place| {
            let is_gone = if place == index { differs(one) } else { rivals.contains(&one.by) };
            is_gone && !lives_on(one, place)
        })
    }

    /// What a node has in its log at this place.
    pub fn entry(&self, node: ParticipantId, index: u32) -> Option<&'t Entry> {
        self.logs.at(node, index)
    }

    /// Whether nobody has told yet that this follows from what this node has there. Who has nothing there may tell of what
    /// another has.
    pub fn is_news(&self, object: ParticipantId, index: u32, by: ParticipantId, note: &Note) -> bool {
        let entry = self.logs.at(by, index);
        let same = |one: &Booked<'_>| one.note == note && one.entry.zip(entry).is_none_or(|(its, entry)| its == entry);
        index == 0 || !self.booked.get(&(object, index)).is_some_and(|told| told.iter().any(same))
    }

    /// Books what a node tells. True if something else was committed in that place before, so that a write told of here
    /// is missing from the log of others from the beginning.
    pub fn booked(
        &mut self,
        keepers: &Keepers,
        (object, index): (ParticipantId, u32),
        by: ParticipantId,
        note: &'t Note,
        outcome: Option<Outcome>,
    ) -> bool {
        if index == 0 {
            return false;
        }
        let entry = self.logs.at(by, index);
        if let Some(Outcome::Effect(effect)) = outcome {
            self.told.entry((object, index)).or_default().push(Told { entry, effect });
        }
        self.booked.entry((object, index)).or_default().push(Booked { by, note, entry, outcome });
        let decided = self.decided.get(&(keepers.group(by), index));
        let is_other = |its: &&Entry| entry.is_some_and(|entry| *its != entry);
        decided.is_some_and(|decided| decided.iter().any(is_other))
    }

    /// The latest write to a store that stands in a node's log before this place, the last of which `is_it` is true.
    pub fn latest_write(
        &self,
        node: ParticipantId,
        (store, before): (ParticipantId, u32),
        is_it: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let places = self.told.range((store, 0)..(store, before)).rev();
        let mut written = places.filter_map(|((_, place), told)| {
            let entry = self.logs.at(node, *place);
            told.iter().rfind(|told| told.entry == entry).map(|told| told.effect)
        });
        written.find(|effect| is_it(*effect))
    }

    /// A node will never come back. A grant that only its disk knows, while the others have gone on without it, is
    /// forgotten.
    pub fn died(&mut self, keepers: &Keepers, node: ParticipantId) -> Vec<Outcome> {
        self.logs.gone.insert(node);
        let Self { logs, booked, decided, .. } = self;
        let group = keepers.group(node);
        take_back(booked, keepers, node, 0, |one, place| {
            let others = decided.get(&(group, place)).into_iter().flatten();
            one.is_grant() && logs.lack(one, place) && others.into_iter().any(|its| Some(*its) != one.entry)
        })
    }

    /// A new life learns anew what is committed; and has no log at all if the disk was wiped. What no log has then is
    /// undone.
    pub fn reborn(&mut self, keepers: &Keepers, node: ParticipantId, is_wiped: bool) -> Vec<Outcome> {
        self.upto.remove(&node);
        if !is_wiped || self.logs.of.remove(&node).is_none() {
            return Vec::new();
        }
        let Self { logs, booked, .. } = self;
        take_back(booked, keepers, node, 0, |one, place| logs.lack(one, place))
    }
}

/// What each node has on its disk, and who will never come back to read it.
#[derive(Default)]
struct Logs<'t> {
    of: BTreeMap<ParticipantId, BTreeMap<u32, &'t Entry>>,
    gone: BTreeSet<ParticipantId>,
}

impl<'t> Logs<'t> {
    fn at(&self, node: ParticipantId, index: u32) -> Option<&'t Entry> {
        self.of.get(&node)?.get(&index).copied()
    }

    /// Whether the entry behind this is in no log any more. A write on the disk of one that is gone is still somewhere,
    /// until something else is committed in its place; a grant that only such a disk knows nobody keeps.
    fn lack(&self, one: &Booked<'_>, index: u32) -> bool {
        let read = self.of.iter().filter(|(node, _)| !one.is_grant() || !self.gone.contains(node));
        one.entry.is_some_and(|entry| !read.into_iter().any(|(_, log)| log.get(&index) == Some(&entry)))
    }
}

impl Booked<'_> {
    fn is_grant(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Grant(_)))
    }
}

type Books<'t> = BTreeMap<(ParticipantId, u32), Vec<Booked<'t>>>;

/// Takes back what followed from this place of a node's log, or from a later one, if `is_gone` says so.
fn take_back<'t>(
    booked: &mut Books<'t>,
    keepers: &Keepers,
    node: ParticipantId,
    from: u32,
    is_gone: impl Fn(&Booked<'t>, u32) -> bool,
) -> Vec<Outcome> {
    let mut undone = Vec::new();
    for object in keepers.in_log(node) {
        for ((_, place), booked) in booked.range_mut((object, from)..=(object, u32::MAX)) {
            undone.extend(booked.extract_if(.., |one| is_gone(one, *place)).filter_map(|one| one.outcome));
        }
    }
    undone
}

/// The same of one place alone.
fn take_back_at<'t>(
    booked: &mut Books<'t>,
    keepers: &Keepers,
    node: ParticipantId,
    place: u32,
    is_gone: impl Fn(&Booked<'t>) -> bool,
) -> Vec<Outcome> {
    let mut undone = Vec::new();
    for object in keepers.in_log(node) {
        let Some(booked) = booked.get_mut(&(object, place)) else { continue };
        undone.extend(booked.extract_if(.., |one| is_gone(one)).filter_map(|one| one.outcome));
    }
    undone
}
