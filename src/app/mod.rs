//! The page as a value: what it knows, what can happen to it ([`Msg`]), and what it asks of the browser in return
//! ([`Effect`]).
//!
//! It touches no browser: that is `crate::effects`. It draws nothing: that is `crate::ui`.

mod effect;
mod msg;
mod state;

pub use effect::Effect;
pub use msg::Msg;
pub use state::{Dialog, Frame, Menu, Notice, NoticeKind, Panel, Source, Target, Theme};

// Until the document module has its own word for it.
pub use crate::ui::timeline::change::Change as Edit;
