//! What the page asks of the browser. Data only; `crate::effects` is the one place that acts on it.

use crate::app::Theme;

/// One request. None of them can fail in a way that costs the reader work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep this text for the reader's next visit.
    SaveDraft(String),
    /// Remember the choice of light or dark.
    SaveTheme(Theme),
    /// Remember that the reader has seen the invitation.
    SaveInvited,
    /// Call the document this, where the page has it to itself.
    SetTitle(String),
    /// Put this behind the `#` of the address, without a new entry in the history, after a moment's rest.
    ReplaceFragment(String),
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
