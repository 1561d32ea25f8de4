//! Whether a history has an order that explains it: all its operations, one after the other, each seeing what those before
//! it have left. Exact, for histories that are short or fall into short pieces; it gives up on all others and says so.
//!
//! The search is that of Wing and Gong, "Testing and Verifying Concurrent Objects", 1993, with Lowe's memory of where it
//! has been ("Testing for linearizability", 2017): which operations are placed, and what state they have left, is all that
//! the rest depends on. What a history means is the rules' business: see `rules/linearizable.rs`.

mod pieces;
mod search;

use std::cell::Cell;
use std::cmp::Ordering;

/// How many operations can be in question at once.
pub const MOST: usize = 20;

/// Where in the run something happened: a place in an order that has no ties between what the engine put in order.
pub type Place = (u64, u64);

/// What an operation does to the one thing that all of them share. Values are numbers; 0 is what it begins with, and for a
/// lock that it is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It found this value.
    Read(u32),
    /// It set this value.
    Write(u32),
    /// It took the lock for this holder, which only works if nobody else has it.
    Take(u32),
    /// It freed the lock, if this holder still had it.
    Clear(u32),
}

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Op {
    /// Whose it is.
    pub process: u32,
    /// What it did.
    pub act: Act,
    /// When it was asked for.
    pub begins: Place,
    /// When its answer was in; `None` if none ever was: it may have happened or not, at any time since.
    pub ends: Option<Place>,
}

/// What an order must respect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// What was over before another began comes before it: linearizability.
    RealTime,
    /// What one process did first comes first: sequential consistency.
    Program,
}

/// What came of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is such an order.
    Fits,
    /// There is none, from the end of this operation on, given by its place in the history.
    Breaks(usize),
    /// Too many operations, or too many orders of them, are in question at once for an exact answer.
    TooLong(TooLong),
}

/// What there was too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLong {
    /// So many operations are in question at once, more than [`MOST`].
    Operations(usize),
    /// So many operations are, and they can stand in more orders than are looked through.
    Orders(usize),
}

/// Looks for an order.
///
/// A history that is not linearizable stays so whatever comes, so the operation that breaks it is the first with whose end
/// it no longer is. It is otherwise with sequential consistency: a later write can explain an earlier read. There it is the
/// one with whose end it no longer is and after which it never is again.
pub fn examine(history: &[Op], keeping: Keeping) -> Answer {
    examine_with(history, keeping, &|_, _| false, &Allowance::default())
}

/// As [`examine`], where something is known of ends and beginnings that share a moment: `leads` says whether this end led
/// to this beginning, of another process. What did not is under way together with it. Several histories of one run share
/// one allowance.
pub fn examine_with(
    history: &[Op],
    keeping: Keeping,
    leads: &dyn Fn(Place, Place) -> bool,
    allowance: &Allowance,
) -> Answer {
    let order = Order { keeping, leads, allowance };
    match keeping {
        Keeping::RealTime => pieces::in_real_time(history, order),
        Keeping::Program => pieces::in_program_order(history, order),
    }
}

/// How much all searches of one run may still do together, in places that they come to. One search alone may come to a
/// quarter of it; a run with many stores, each of them just within that, would take as many times as long.
#[derive(Clone, Debug)]
pub struct Allowance(Cell<usize>);

impl Default for Allowance {
    fn default() -> Self {
        Self::of(4 * search::MOST_NODES)
    }
}

impl Allowance {
    /// So many places.
    pub fn of(places: usize) -> Self {
        Self(Cell::new(places))
    }

    /// Whether nothing of it is left.
    pub fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    /// Takes one place off, if there is one.
    pub(crate) fn take(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }
}

/// Which operations come before which.
#[derive(Clone, Copy)]
pub(crate) struct Order<'a> {
    pub keeping: Keeping,
    /// Whether an end led to a beginning of the same moment.
    pub leads: &'a dyn Fn(Place, Place) -> bool,
    /// What the search may still do.
    pub allowance: &'a Allowance,
}

impl Order<'_> {
    /// Whether one operation was over before another began. Of one moment the engine's order tells for one process; for
    /// two it tells nothing, unless the end led to the beginning.
    pub fn precedes(self, before: &Op, after: &Op) -> bool {
        let Some(end) = before.ends else { return false };
        match end.0.cmp(&after.begins.0) {
            Ordering::Less => true,
            Ordering::Equal => {
                end < after.begins && (before.process == after.process || (self.leads)(end, after.begins))
            }
            Ordering::Greater => false,
        }
    }
}
