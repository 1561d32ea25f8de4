//! Sentences for the page: events, faults and what changed between two runs, in plain words.
//!
//! Pure functions of a run; they draw nothing. The sentence of a verdict is the verdict's own.

mod date;
mod event;
mod fault;
mod glossary;
mod option;

pub use date::{Day, when};
pub use event::event_worth_a_row;
pub use fault::{cut_sentence, fault_sentence, percent, signed};
pub use glossary::{TERMS, Term, state_icon, state_said};
pub use option::{How, Knob, knobs};
