//! The command line. See `fencepost --help`.

fn main() {}
