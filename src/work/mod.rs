//! Costly questions about a run, asked and answered in text: in a worker beside the page, or in slices of the page's own
//! time where workers are refused.
//!
//! A [`Message`] is one of them, its progress, its answer, or that it is not wanted any more: see [`message`]. A [`Desk`]
//! takes questions in, works on each a little at a time and hands the messages out that are to be sent. It knows neither
//! page nor worker: both have one.

mod answer;
mod desk;
mod fields;
pub mod message;
mod task;
mod verdict;

pub use answer::{Judgement, ViewOutcomes};
pub use desk::Desk;
pub use message::{Id, Message, Question};
pub(crate) use task::{ELSEWHERE, others};

#[cfg(test)]
mod tests;
