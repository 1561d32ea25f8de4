//! How much of a text is read. A stranger's link must not be able to keep a reader's browser busy.

/// The longest text, in bytes.
pub const TEXT: usize = 256 * 1024;
/// The most lines.
pub const LINES: usize = 5_000;
/// The longest line, in bytes.
pub const LINE: usize = 512;
/// The most participants.
pub const PARTICIPANTS: usize = 64;
/// The most replicated locks and stores.
pub const OBJECTS: usize = 64;
/// The most nodes of one group of generals who agree by word of mouth: what they say grows with each round by as much.
pub const OFFICERS: usize = 16;
/// The most rounds in which they relay what they heard.
pub const ROUNDS: usize = 3;
/// The most faults, switched on or off.
pub const FAULTS: usize = 1_000;
/// The most steps of one program, each repetition of a write counted.
pub const STEPS: usize = 1_000;
/// The most variants.
pub const VARIANTS: usize = 32;
/// The most diagnostics that are kept; a text with more is not read by anyone.
pub const DIAGNOSTICS: usize = 200;
