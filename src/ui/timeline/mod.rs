//! The sequence diagram the reader works on: pointer, keys, menus, and the scene as live nodes.
//!
//! [`gesture`] and [`keys`] are pure and say what the reader means; the component in `view` and its helpers only listen
//! and paint. Nothing here runs a scenario: a [`change::Change`] goes up to the page, and a new scene comes down.

pub mod axis;
pub mod board;
pub mod change;
pub mod controls;
pub mod gesture;
pub mod heads;
pub mod hit;
pub mod keys;
pub mod layers;
pub mod listen;
pub mod menu;
pub mod paint;
