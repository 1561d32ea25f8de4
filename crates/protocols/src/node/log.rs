//! The log of a node: entries in order, of which a prefix is known to be committed.
//!
//! Only what can be done with a list is here; who may append what, and when it is committed, is in [`super::replication`].

use fencepost_vocabulary::{Entries, Entry, Position, Term};

/// Entries, the first of them in place 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Log(Vec<Entry>);

impl Log {
    /// The last place, 0 if it is empty.
    pub fn last(&self) -> u32 {
        self.0.len() as u32
    }

    /// Where it ends.
    pub fn end(&self) -> Position {
        self.position(self.last()).unwrap_or_default()
    }

    /// The place and what term stands there, if the log is so long.
    pub fn position(&self, index: u32) -> Option<Position> {
        if index == 0 {
            return Some(Position::default());
        }
        self.get(index).map(|entry| Position { index, term: entry.term })
    }

    /// The entry in this place.
    pub fn get(&self, index: u32) -> Option<&Entry> {
        self.0.get(index.checked_sub(1)? as usize)
    }

    /// All entries behind this place.
    pub fn behind(&self, index: u32) -> &[Entry] {
        self.0.get(index as usize..).unwrap_or_default()
    }

    /// Copies of all entries behind this place. None are made of nothing.
    pub fn copies_behind(&self, index: u32) -> Entries {
        Entries(self.behind(index).to_vec())
    }

    pub fn push(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    /// Throws away all from this place on.
    pub fn truncate(&mut self, from: u32) {
        self.0.truncate(from.saturating_sub(1) as usize);
    }

    /// Whether this log has at least what a candidate must have that somebody with the log `other` votes for.
    pub fn is_behind(&self, other: Position) -> bool {
        let end = self.end();
        (end.term, end.index) <= (other.term, other.index)
    }

    /// The least term in it: terms never fall along a log, so it stands first.
    pub fn least_term(&self) -> Option<Term> {
        self.0.first().map(|entry| entry.term)
    }

    /// See [`fencepost_sim::Actor::lower_counts`].
    pub fn lower_terms(&mut self, by: u32) {
        self.0.iter_mut().for_each(|entry| entry.term = Term(entry.term.0.saturating_sub(by)));
    }
}
