//! Document and Scenario: parse, print, edit, undo, links and the gallery. It knows nothing of the page, and runs nothing.
//!
//! A [`Document`] is the reader's text, kept to the letter; a [`Scenario`] is what it means. Start reading at
//! [`mod@document`], then `parse`, `view` and `print`. The language itself is told in `docs/language.md`.

mod alike;
mod diagnostic;
pub mod document;
pub mod edit;
pub mod gallery;
mod guards;
pub mod highlight;
pub mod history;
mod lines;
pub mod link;
pub mod model;
mod parse;
mod print;
mod suggest;
mod time;
mod view;
pub mod visible;

pub use diagnostic::{Diagnostic, Severity};
pub use document::Document;
pub use edit::{Edit, EditError, Edited, Told};
pub use guards::{Guards, guards};
pub use history::History;
pub use lines::{LineMap, VariantLines, ViewLines};
pub use model::Scenario;
pub use parse::{Parsed, Version, limits};
pub use print::{print, print_expectation, print_fault, print_statement};
pub use time::{micros, written};
pub use view::View;
