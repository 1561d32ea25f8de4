//! A judged run laid out as a picture: lanes, spans, arrows, marks and labels, as plain numbers.
//!
//! [`lay_out`] turns a [`View`] into a [`Scene`]. The page draws a [`Slice`] of the scene as live nodes, [`svg`] writes all
//! of it as one self-contained file, and [`prose`] says the same in words. Nothing here runs a protocol, judges a run or
//! asks a browser how wide a word is: the trace has the causes, the verdicts have the judgement, and [`width`] has the
//! letters. Every number is an integer of tenths of a pixel, so the same run gives the same bytes everywhere.
//!
//! Start reading at [`picture`], then [`time_map`], then the layout's `mod.rs`.

mod kinds;
mod layout;
pub mod picture;
pub mod prose;
pub mod px;
mod quad;
mod slice;
pub mod svg;
mod tale;
pub mod time_map;
mod turn;
mod view;
pub mod width;

pub use kinds::{ChipKind, LegendKind, MarkKind, SpanKind};
pub use layout::lay_out;
pub use picture::{
    About, Anchor, Arrow, ArrowEnd, Bracket, Callout, Chip, Fold, Key, Label, LabelKind, Lane, LegendEntry, Mark,
    Repeat, Rest, Scene, Side, Span, Tale, Tick, Tone, Turn,
};
pub use px::{Path, Point, Px, Rect};
pub use quad::Quad;
pub use slice::Slice;
pub use time_map::TimeMap;
pub use view::{Options, View};
