//! What a node's log says, where it changes: what it writes down, how far it knows that to be committed, what it throws
//! out again.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::{Cast, Command, Entry, EventKind, Note};

use crate::kinds::ChipKind;
use crate::view::View;

/// A change of somebody's log.
pub struct Change {
    /// Whose.
    pub node: ParticipantId,
    /// When.
    pub time: Time,
    /// The event with which it ended.
    pub event: EventId,
    /// What happened.
    pub kind: ChipKind,
    /// Which entries: the first and the last.
    pub range: (u32, u32),
    /// If it is one entry: what that says.
    entry: Option<String>,
}

impl Change {
    /// What its chip says, from long to short; narrow pictures have the numbers only.
    pub fn forms(&self, narrow: bool) -> Vec<String> {
        let sign = if self.kind == ChipKind::Committed { "✓ " } else { "" };
        let number = match self.range {
            (first, last) if first == last => format!("{sign}{first}"),
            (first, last) => format!("{sign}{first}–{last}"),
        };
        let full = self.entry.iter().filter(|_| !narrow).map(|entry| format!("{number} {entry}"));
        full.chain([number.clone()]).collect()
    }
}

/// What a node knows about its log.
#[derive(Default)]
struct Log {
    entries: BTreeMap<u32, Entry>,
    committed: u32,
}

/// All changes but the quiet ones, in order. What a node writes down in one moment is one change, and so is what it commits.
pub fn changes(view: &View<'_>, quiet: &BTreeSet<EventId>) -> Vec<Change> {
    let mut logs: BTreeMap<ParticipantId, Log> = BTreeMap::new();
    let mut changes: Vec<Change> = Vec::new();
    for event in &view.trace.events {
        let EventKind::Noted(note) = &event.kind else { continue };
        let node = event.participant;
        let (kind, range) = match note {
            Note::Logged { index, .. } => (ChipKind::Logged, (*index, *index)),
            Note::Committed { upto } => {
                let log = logs.entry(node).or_default();
                let first = log.committed.max(log.entries.keys().next().map_or(0, |first| first - 1)) + 1;
                log.committed = *upto;
                (ChipKind::Committed, (first.min(*upto), *upto))
            }
            Note::Truncated { from } => {
                let last = logs.get(&node).and_then(|log| log.entries.keys().last().copied()).unwrap_or(*from);
                (ChipKind::Thrown, (*from, last.max(*from)))
            }
            _ => continue,
        };
        let log = logs.entry(node).or_default();
        if let Note::Logged { index, entry } = note {
            log.entries.insert(*index, entry.clone());
        }
        let single = (range.0 == range.1).then(|| log.entries.get(&range.0)).flatten();
        let entry = single.map(|entry| command(entry, view.cast));
        if kind == ChipKind::Thrown {
            log.entries.split_off(&range.0);
        }
        if quiet.contains(&event.id) {
            continue;
        }
        let before = changes.iter_mut().rev().take_while(|it| it.time == event.time);
        match before.filter(|it| it.node == node && it.kind == kind).last() {
            Some(same) => {
                (same.range, same.event, same.entry) = ((same.range.0.min(range.0), range.1), event.id, None);
            }
            None => changes.push(Change { node, time: event.time, event: event.id, kind, range, entry }),
        }
    }
    changes
}

/// What an entry says, in as few words as a chip has.
fn command(entry: &Entry, cast: &Cast) -> String {
    match &entry.command {
        Command::Nothing => "no-op".to_owned(),
        Command::Serve { from, message } => format!("{} {}", message.kind().word(), cast.name(*from)),
        Command::Expire { .. } => "expire".to_owned(),
    }
}
