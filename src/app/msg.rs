//! Everything that can happen to the page, whoever brought it about: pointer, key, menu, list or link.

use fencepost_scenario::Edit;
use fencepost_scenario::gallery::Shown;
use fencepost_scene::Key;
use fencepost_sim::{EventId, FaultId};

use crate::app::visit::Arrival;
use crate::app::{Dialog, DraftMsg, Panel, Stance, Stated, Target, Theme};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A frame of a drag: show the scenario with this edit, on the time axis from before the drag. `None` shows it as it
    /// was, while the drag goes on.
    Preview(Option<Edit>),
    /// As [`Msg::Preview`], but the run takes too long for a moving hand: the picture stays behind.
    Hold(Option<Edit>),
    /// The picture catches up with the hand.
    CatchUp,
    /// The drag is over: keep what is shown, as one undo step.
    Commit,
    /// The drag is over: nothing happened.
    CancelPreview,
    /// Make this edit at once, as one undo step.
    Apply(Edit),
    /// Take the last step back.
    Undo,
    /// Take it again.
    Redo,
    /// The reader typed; this is the whole text now. Strokes of one stretch of typing are one undo step.
    SetText(String),
    /// The stretch of typing is over.
    EndTyping,
    /// Back to the text as it was opened, as one undo step.
    Reset,
    /// Say the version that the text needs in its first line, as one undo step.
    RaiseVersion,

    /// Open a scenario of the gallery, by its place there.
    OpenGallery(usize),
    /// Open a chapter at the variant that shows something.
    OpenShown(Shown),
    /// Open this text, as one undo step.
    OpenText(String),
    /// The reader went back or forward, or changed the address.
    Arrived(Box<Arrival>),
    /// Something about the reader's drafts.
    Draft(DraftMsg),

    /// Show this variant; `None` is the base.
    SetVariant(Option<String>),
    /// Switch a fault of the shown list on or off, by its place in [`crate::app::Picture::fault_rows`].
    ToggleFault(usize),
    /// Delete a fault, by its place in [`crate::app::Picture::fault_rows`].
    RemoveFault(usize),

    /// Let the groups of this scenario agree, or answer, under a partition.
    Stand(Stance),
    /// State this model of timing or of failures, or none.
    State(Stated),

    /// The keyboard's focus, or a click, is on this.
    Select(Option<Target>),
    /// The pointer is over this fault, or over none.
    Hover(Option<FaultId>),
    /// Select this event and bring it into view.
    JumpTo(EventId),
    /// Select what this fault of the run is and bring it into view.
    JumpToFault(usize),

    /// Put the cursor into this line of the text, counted from 0.
    ShowLine(usize),
    /// Show the whole story above the picture, or its beginning.
    ShowStory(bool),

    /// Open a dialog.
    OpenDialog(Dialog),
    /// Close it.
    CloseDialog,
    /// Look for this in the list of scenarios.
    Search(String),
    /// Unfold the table of events, or fold it.
    ShowEvents(bool),
    /// On a narrow screen: show this panel.
    ShowPanel(Panel),
    /// Show the judgement, wherever this screen has it.
    ShowVerdicts,
    /// Choose light, dark, or what the system says.
    SetTheme(Theme),
    /// Equal lengths of time get equal heights.
    SetLinear(bool),
    /// Draw this repetition in full, or fold it again.
    ToggleRepeat(Key),
    /// Draw the next events of a run of which only the first are drawn.
    DrawMore,
    /// The timeline has this many CSS pixels to fill.
    Resize(u32),
    /// Whoever works for the page says this: see [`crate::work`].
    Heard(String),
    /// The question of this number has been under way for a while.
    TakesLong(u32),
    /// Stop working it out.
    StopWork,
    /// Work it out after all.
    AskAgain,
    /// The notice was read.
    DismissNotice,
    /// So was the invitation of a first visit.
    DismissInvitation,

    /// A newer version of the page is here and waits to be used.
    NewerWaits,
    /// Use it now.
    TakeNewer,
    /// Not now: it is used at the next visit.
    LeaveNewer,

    /// Copy the link.
    CopyLink,
    /// Whether it worked.
    Copied(bool),
    /// Save the picture as a file.
    DownloadSvg,
    /// Save the text as a file.
    DownloadText,
    /// Ask for a file to open.
    ChooseFile,
}
