//! Document and Scenario: parse, print, edit, undo, links and the gallery. It knows nothing of the page, and runs nothing.
pub mod model;

pub use model::Scenario;
