//! One file a command. Each reads, asks the library, prints, and says how it went.

pub(crate) mod check;
pub(crate) mod link;
pub(crate) mod open;
pub(crate) mod render;
pub(crate) mod run;
