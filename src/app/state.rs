//! The small things the page keeps track of: what is selected, which menu or panel is open, how it looks.

use fencepost_scenario::link::Theme;
use fencepost_scenario::model::MessageName;
use fencepost_sim::{EventId, FaultId, ParticipantId, Time};

/// Where the text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The gallery, with the place there.
    Gallery(usize),
    /// A link or a file of someone else.
    Foreign,
    /// One of the reader's drafts.
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

/// The dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The chapters.
    Gallery,
    /// The reader's drafts.
    Drafts,
    /// The article that the course began with, line by line.
    Article,
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
    /// What each model says of it.
    Models,
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
    /// As much of a scenario as could still be read.
    pub salvaged: Option<String>,
    /// What the reader may do about it.
    pub offer: Option<Offer>,
}

/// What a notice offers to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Bring the deleted draft back.
    UndoDelete,
    /// Run the text that was only shown, because the page had died of it.
    Run,
}

/// How loud a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something worked.
    Info,
    /// Something did not.
    Trouble,
}

impl Notice {
    /// Something worked.
    pub fn info(sentence: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Info, sentence: sentence.into(), raw: None, salvaged: None, offer: None }
    }

    /// Something did not.
    pub fn trouble(sentence: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Trouble, sentence: sentence.into(), raw: None, salvaged: None, offer: None }
    }
}

/// The word for a theme in storage and in the page.
pub fn theme_word(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// The theme with this word; anything else is what the system says.
pub fn theme_from_word(word: &str) -> Theme {
    [Theme::Light, Theme::Dark].into_iter().find(|theme| theme_word(*theme) == word).unwrap_or_default()
}

/// The next one, for a button that goes round.
pub fn next_theme(theme: Theme) -> Theme {
    match theme {
        Theme::Auto => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Auto,
    }
}
