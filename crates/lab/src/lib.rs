//! Puts it together: a scenario in; a trace, its verdicts and the author's claims compared with them out.
//!
//! [`run`](fn@run) is the whole engine in one call and a pure function of its argument. [`check`](fn@check) runs a scenario
//! and each of its variants and compares every `expect` line. [`blame`](fn@blame) runs it again without each of its
//! faults. Where somebody waits, [`run_at_once`] leaves open what is costly, and a [`Runner`] goes on a few events at a
//! time. Nothing here draws, and no protocol is known here: roles come from `fencepost-protocols`, judgements from
//! `fencepost-properties`.

mod blame;
mod check;
mod compile;
mod dangling;
pub mod json;
mod lens;
mod lies;
mod node_words;
mod run;
mod runner;
pub mod words;

pub use blame::{Blame, Blaming, blame, blame_at_once, first_violation, to_blame};
pub use check::{Outcome, check, check_run};
pub use compile::{Compiled, compile};
pub use dangling::Dangling;
pub use lens::{Lens, Oddity, Outside, Row, lens};
pub use run::{Run, run, run_at_once, run_within};
pub use runner::{Effort, Runner};
