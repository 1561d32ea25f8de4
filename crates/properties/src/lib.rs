//! Judges a trace: one verdict per property, from the trace alone. It runs nothing.
mod verdict;

pub use verdict::{Evidence, State, Verdict};
