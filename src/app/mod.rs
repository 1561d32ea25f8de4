//! The page as a value: what it knows ([`Model`]), what can happen to it ([`Msg`]), and what it asks of the browser in
//! return ([`Effect`]).
//!
//! [`update`] is a pure function, so every path through the page can be tried natively. It touches no browser: that is
//! `crate::effects`. It draws nothing: that is `crate::ui`.

mod asking;
mod changes;
mod claims;
mod course;
mod documents;
pub mod drafts;
mod effect;
mod following;
mod kept;
mod lit;
mod mistake;
mod model;
mod models;
mod msg;
mod navigate;
mod opening;
mod own;
mod pace;
mod picture;
mod quorums;
mod share;
mod stance;
mod standing;
mod state;
mod subjects;
mod update;
pub mod visit;
mod why;

pub use asking::{Asked, Asking, Lacks};
pub use changes::{Change, verdict_name};
pub use claims::{Claimed, Elsewhere, count};
pub use course::{found, neighbours};
pub use effect::{Address, Effect, When};
pub use fencepost_lab::{Blame, first_violation};
pub use fencepost_scenario::link::{Theme, Ui as Frame};
pub use following::newer as newer_notice;
pub use model::{Drag, Model};
pub use models::Stated;
pub use msg::Msg;
pub use opening::Start;
pub use own::{DraftMsg, Listed, Offered, Renaming};
pub use pace::{Pace, Turn};
pub use picture::{FaultRow, Picture};
pub use quorums::{Dial, Group, groups};
pub use share::{Light, ShareLink};
pub use stance::{Choice, Stance, choice};
pub use standing::Standing;
pub use state::{Dialog, Notice, NoticeKind, Offer, Panel, Source, Target, next_theme, theme_from_word, theme_word};
pub use subjects::subject;
pub use update::update;
pub use why::Why;

#[cfg(test)]
mod tests;
