//! What the page knows at one moment.

use std::collections::BTreeSet;
use std::rc::Rc;

use fencepost_scenario::{Diagnostic, Document, Edit, History};
use fencepost_scene::Key;
use fencepost_sim::{EventId, FaultId, Time};

use crate::app::drafts::Draft;
use crate::app::picture::Layout;
use crate::app::visit::{Visit, Work};
use crate::app::{
    Asking, Blame, Change, Claimed, Dialog, Elsewhere, Frame, Listed, Notice, Offered, Panel, Picture, Renaming,
    Source, Target, Theme, Why,
};

/// Everything the page knows.
#[derive(Debug)]
pub struct Model {
    /// How often another text was opened: its panels begin anew.
    pub openings: u32,
    /// The committed text and the ways back and forth.
    pub history: History,
    /// The text as it was opened, for "Reset to original".
    pub original: Document,
    /// Where it came from.
    pub source: Source,
    /// What it is to the reader's drafts.
    pub work: Work,
    /// The other texts of this visit.
    pub visit: Visit,
    /// Which variant is shown; `None` is the base.
    pub variant: Option<String>,
    /// What is shown. During a drag, the run with the dragged edit.
    pub picture: Rc<Picture>,
    /// The drag that goes on, if one does.
    pub drag: Option<Drag>,
    /// Whether the last undo step is a stretch of typing that the next stroke belongs to.
    pub typing: bool,
    /// What is to be said about the committed text.
    pub remarks: Vec<Diagnostic>,
    /// Whether the picture still shows the text from before a mistake in the typing.
    pub stale: bool,
    /// That text, while it does.
    pub sound: Document,
    /// What the last change brought about, in short sentences.
    pub changes: Vec<Change>,
    /// What is judged afterwards, and how far that is.
    pub asking: Asking,
    /// Which faults the shown violation needs; of none is it said while that is not worked out.
    pub blame: Option<Blame>,
    /// The question why something ends badly, as long as the reader stays with it.
    pub why: Option<Why>,
    /// The claims of the variants that are not shown, judged.
    pub elsewhere: Vec<Elsewhere>,
    /// Whether the story above the picture is shown in full.
    pub story_open: bool,
    /// The moment that a link leads to, and how many such links there were before, until the reader looks elsewhere.
    pub mark: Option<(u32, Time)>,
    /// The fault under the pointer.
    pub hovered: Option<FaultId>,
    /// What the reader looks at.
    pub selection: Option<Target>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// What the reader looks for in the list of scenarios.
    pub search: String,
    /// Whether the table of events is unfolded.
    pub events_open: bool,
    /// Which panel a narrow screen shows.
    pub panel: Panel,
    /// Light, dark, or what the system says.
    pub theme: Theme,
    /// How much of the page is shown.
    pub frame: Frame,
    /// Whether the document is someone else's.
    pub guest: bool,
    /// Whether equal lengths of time get equal heights.
    pub linear: bool,
    /// Which repetitions are drawn in full.
    pub opened: BTreeSet<Key>,
    /// How many events are drawn at most; 0 for as many as are drawn at once. The reader can ask for more.
    pub drawn: usize,
    /// The width the timeline has to fill, in CSS pixels; 0 until it was measured.
    pub width: u32,
    /// What has to be said about a link, a file or a copy.
    pub notice: Option<Notice>,
    /// Whether a newer version of the page waits, and the reader has to be told. Nothing is done about it unasked.
    pub newer_page: bool,
    /// Whether nothing is shown but that notice: the link behind which the page stands could not be opened.
    pub unopened: bool,
    /// Whether the inviting sentence is shown.
    pub invite: bool,
    /// What a screen reader is told after a change.
    pub announcement: String,
    /// Whether the reader has drafts, as far as the page knows.
    pub has_drafts: bool,
    /// The drafts, while their list is open.
    pub drafts: Vec<Listed>,
    /// The draft whose name is being changed.
    pub renaming: Option<Renaming>,
    /// The draft that was deleted last.
    pub deleted: Option<Draft>,
    /// What the page shows and does not run, because it died of it.
    pub offered: Option<Offered>,
    /// The page's address without what follows the `#`.
    pub address: String,
    /// What the document is called.
    pub title: String,
    /// The fragment the page itself last wrote, so that its own writing is not taken for the reader's.
    pub fragment: String,
}

/// A drag, from the first frame to the release.
#[derive(Clone, Debug)]
pub struct Drag {
    /// The dragged edit; `None` where the hand is back where it began.
    pub edit: Option<Edit>,
    /// The document with the dragged edit.
    pub document: Document,
    /// Whether the picture shows where the hand was before: the run takes too long for every frame.
    pub is_behind: bool,
    /// The picture from before the drag, whose time axis stays and whose ghost is shown.
    pub before: Rc<Picture>,
}

impl Model {
    /// The document that is shown: during a drag, the one with the dragged edit.
    pub fn document(&self) -> &Document {
        self.drag.as_ref().map_or_else(|| self.history.current(), |drag| &drag.document)
    }

    /// The text that is shown.
    pub fn text(&self) -> &str {
        self.document().text()
    }

    /// Whether address and drafts stay as they are, whatever the reader does here: in a frame, and in someone else's
    /// document.
    pub fn leaves_no_trace(&self) -> bool {
        self.guest || self.frame == Frame::Embed
    }

    /// Whether there is no scenario to show: the link could not be opened, or its text is newer than the page.
    pub fn is_blank(&self) -> bool {
        self.unopened || self.picture.parsed.version.is_unknown()
    }

    /// The scenario's title, in words that stand for it where it has none.
    pub fn heading(&self) -> &str {
        if self.is_blank() {
            return "No scenario";
        }
        match self.picture.view.scenario.title.as_str() {
            "" => "Untitled scenario",
            title => title,
        }
    }

    /// All claims that are judged, of the variant that is shown and of the others. None while the text has a mistake:
    /// its lines are then not those of the run. During a drag, those that are shown.
    pub fn judged_claims(&self) -> impl Iterator<Item = &Claimed> {
        let others = self.elsewhere.iter().filter(|_| self.drag.is_none()).flat_map(|other| &other.claims);
        self.picture.claims.iter().chain(others).filter(|_| !self.stale)
    }

    /// Whether there is anything to reset.
    pub fn is_edited(&self) -> bool {
        self.history.current() != &self.original
    }

    /// The event that is selected, directly or through what it belongs to.
    pub fn selected_event(&self) -> Option<EventId> {
        match self.selection {
            Some(Target::Event(event)) => Some(event),
            _ => None,
        }
    }

    /// How the picture is to be laid out.
    pub fn layout(&self) -> Layout {
        Layout { width: self.width, linear: self.linear, time_map: None, opened: self.opened.clone(), most: self.drawn }
    }
}
