//! The page as it is drawn.

pub mod timeline;
