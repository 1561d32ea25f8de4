//! The sequence diagram the reader works on: pointer, keys, menus, and the scene as live nodes.
//!
//! `gesture` and `keys` are pure and say what the reader means; the components around them only listen and paint.
//! Nothing here runs a scenario: a change goes up to the page, and a new scene comes down.

pub mod axis;
pub mod board;
pub mod change;
pub mod gesture;
pub mod keys;
