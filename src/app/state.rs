//! The small things the page keeps track of: what is selected, which menu or panel is open, how it looks.

use fencepost_scenario::model::MessageName;
use fencepost_sim::{EventId, FaultId, ParticipantId, Time};

/// Where the text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The gallery, with the place there.
    Gallery(usize),
    /// A link or a file of someone else. Nothing of it may overwrite the reader's draft.
    Foreign,
    /// The reader's own draft.
    Draft,
}

/// Something the reader can look at or hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A lane, at a moment.
    Lane {
        /// Whose.
        participant: ParticipantId,
        /// When.
        at: Time,
    },
    /// A participant's header.
    Header(ParticipantId),
    /// A message, by the name that survives a change of the run.
    Message(MessageName),
    /// A fault of the scenario that was run.
    Fault(FaultId),
    /// An event of the run.
    Event(EventId),
}

/// An open menu of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// What it is about.
    pub target: Target,
    /// Where it opens, in CSS pixels from the left of the timeline.
    pub x: f64,
    /// The same from its top.
    pub y: f64,
}

/// The dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The chapters.
    Gallery,
    /// The link and the files.
    Share,
    /// Marks, words and keys.
    Help,
}

/// What a narrow screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// The picture.
    #[default]
    Timeline,
    /// The text.
    Text,
    /// The judgement.
    Verdicts,
    /// What goes wrong.
    Faults,
}

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the system says.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How much of the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frame {
    /// All of it.
    #[default]
    Full,
    /// All but the text.
    Read,
    /// The timeline alone, inside another page.
    Embed,
}

/// Something that has to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How loud.
    pub kind: NoticeKind,
    /// A plain sentence.
    pub sentence: String,
    /// The raw text behind it, if the reader may want it.
    pub raw: Option<String>,
}

/// How loud a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something worked.
    Info,
    /// Something did not.
    Trouble,
}

impl Theme {
    /// The word in links and storage.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this word; anything else is what the system says.
    pub fn from_word(word: &str) -> Self {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.word() == word).unwrap_or_default()
    }

    /// The next one, for a button that goes round.
    pub fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}
