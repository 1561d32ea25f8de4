//! What a picture is made from: one run with everything known about it, and how to draw it.

use std::collections::BTreeSet;

use fencepost_properties::{Ledger, Verdict};
use fencepost_scenario::Scenario;
use fencepost_vocabulary::{Cast, Trace};

use crate::picture::Key;
use crate::px::Px;
use crate::time_map::TimeMap;

/// One run and what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The scenario that was run, with its variant resolved.
    pub scenario: &'a Scenario,
    /// Who took part.
    pub cast: &'a Cast,
    /// What happened.
    pub trace: &'a Trace,
    /// Grants, beliefs and writes, read from the trace.
    pub ledger: &'a Ledger,
    /// How the run was judged.
    pub verdicts: &'a [Verdict],
}

/// How to draw it. None of this is part of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The width to fill. The picture is wider where the lanes cannot be put that close.
    pub width: Px,
    /// The time axis to use instead of one made for this run: the one from before a drag, while it lasts.
    pub time_map: Option<TimeMap>,
    /// Whether equal times get equal heights everywhere.
    pub linear: bool,
    /// The repetitions that are drawn in full, by their [`crate::picture::Repeat`]'s names.
    pub opened: BTreeSet<Key>,
    /// So many events are drawn at most, from the first on, and of a crowd of messages only as many as can be told apart.
    /// What a page shows has to be there at once; a file can take its time and holds them all.
    pub most: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: Px::new(900), time_map: None, linear: false, opened: BTreeSet::new(), most: usize::MAX }
    }
}
