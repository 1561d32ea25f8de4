//! The page. Not yet drawn.

fn main() {}
