//! What the page asks of the browser. Data only; `crate::effects` is the one place that acts on it.

use crate::app::Theme;
use crate::app::drafts::{Draft, Keep};
use crate::app::visit::Mark;

/// One request. None of them can fail in a way that costs the reader work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep this text for the reader's next visit, at once.
    KeepDraft(Box<Keep>),
    /// Keep this draft again, to the letter.
    RestoreDraft(Box<Draft>),
    /// Forget the draft with this key.
    ForgetDraft(String),
    /// Call a draft something else.
    RenameDraft {
        /// Which.
        key: String,
        /// The name; nothing for its title.
        name: String,
    },
    /// Find the draft with this key, or the one changed last, and send it.
    FetchDraft(Option<String>),
    /// Find all drafts and send them.
    ListDrafts,
    /// Remember the choice of light or dark.
    SaveTheme(Theme),
    /// Remember that the reader has seen the invitation.
    SaveInvited,
    /// Call the document this, where the page has it to itself.
    SetTitle(String),
    /// Say in the address, and in the browser's history, what is shown.
    Address(Address),
    /// What waits to be written into the address is not to be written: another entry of the history is shown.
    ForgetAddress,
    /// Put this on the clipboard, and say whether that worked.
    Copy(String),
    /// Keep this version of the page for visits without a network, and say when a newer one waits.
    KeepOffline,
    /// Let the newer version of the page take over, and load it.
    TakeNewer,
    /// Offer this as a file.
    Download {
        /// The file's name.
        name: String,
        /// Its media type.
        media_type: &'static str,
        /// Its content.
        content: String,
    },
    /// Ask this question of whoever works for the page, and say when it takes long.
    Ask(u32, String),
    /// Tell this to whoever works for the page.
    Tell(String),
    /// Ask the reader for a file and read it.
    ChooseFile,
    /// Bring the thing that was jumped to into view.
    ScrollToTarget,
    /// While a drag goes on, each panel beside the picture keeps its height, whatever it says; or no longer.
    HoldPanels(bool),
    /// Begin reading anew, for another scenario is shown: everything from its top, the focus on the heading.
    BeginReading,
    /// Bring the judgement into view, with the focus on its heading.
    ShowVerdicts,
    /// Put the cursor into this line of the text, counted from 0, and bring it into view.
    FocusLine(usize),
}

/// What the address says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// What stands behind the `#`; with nothing, there is no `#`.
    pub fragment: String,
    /// Which text the entry of the history is for.
    pub mark: Mark,
    /// How it is written.
    pub when: When,
}

/// How an address is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In place of the one before, after a moment's rest.
    Rest,
    /// In place of the one before, at once.
    Now,
    /// As a new entry of the history, at once.
    Entry,
}
