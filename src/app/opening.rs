//! How the page begins, and how another text comes in: from the gallery, from a file, from the reader's drafts. By a
//! link is a module of its own.

use std::rc::Rc;

use fencepost_scenario::gallery::Shown;
use fencepost_scenario::link::{self, Link, Opened, ViewParameters};
use fencepost_scenario::{Document, History, gallery};

use crate::app::drafts::{Base, Draft};
use crate::app::picture::Layout;
use crate::app::visit::{self, Visit, Work};
use crate::app::{
    Asking, DraftMsg, Effect, Frame, Model, Msg, Offered, Panel, Picture, Source, Theme, When, asking, documents,
    following, kept, navigate, own, why,
};

/// The scenario of a first visit, by its number in the course.
const FIRST: u32 = 7;

/// What the browser knows when the page begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// A name for this page that no other has.
    pub page: String,
    /// The page's address without what follows the `#`.
    pub address: String,
    /// What follows the `#`.
    pub fragment: String,
    /// A text given by whoever mounts the page in their own.
    pub text: Option<String>,
    /// How much of the page is shown, if the fragment does not say.
    pub frame: Frame,
    /// The draft the reader changed last.
    pub draft: Option<Draft>,
    /// The draft that was open in this entry of the browser's history: the page was loaded again.
    pub resumed: Option<Draft>,
    /// What was being opened when the page last died.
    pub died: Option<Offered>,
    /// The reader's choice of colours.
    pub theme: Theme,
    /// Whether the reader has seen the invitation.
    pub invited: bool,
    /// Whether the document is someone else's: its address and the reader's drafts are then none of the page's business.
    pub guest: bool,
}

impl Start {
    /// What will be opened first, if the page could die of it: chapters are tried before they are published.
    pub fn will_open(&self) -> Option<Offered> {
        let framed = link::decode(&self.fragment).is_ok_and(|link| link.view.ui == Frame::Embed);
        if self.guest || framed {
            return None;
        }
        match &self.resumed {
            Some(resumed) => Some(Offered::Draft(resumed.clone())),
            None if says_what_to_open(&self.fragment) => Some(Offered::Link(self.fragment.clone())),
            None => self.draft.clone().map(Offered::Draft),
        }
    }
}

impl Model {
    /// What a message opens, if the page could die of it.
    pub fn will_open(&self, msg: &Msg) -> Option<Offered> {
        match msg {
            Msg::Draft(DraftMsg::Open(draft)) => Some(Offered::Draft(draft.as_ref().clone())),
            Msg::Draft(DraftMsg::RunOffered) => self.offered.clone(),
            Msg::Arrived(arrival) if arrival.fragment != self.fragment => match &arrival.draft {
                Some(draft) => Some(Offered::Draft(draft.clone())),
                None => Some(Offered::Link(arrival.fragment.clone())),
            },
            _ => None,
        }
    }

    /// The page as it begins, and what the browser should do about it.
    pub fn open(start: Start) -> (Self, Vec<Effect>) {
        let linked = !start.fragment.is_empty();
        let (document, source, work) = first_document(&start);
        let invite = !start.invited && !linked && matches!(source, Source::Gallery(_));
        let (fragment, resumed) = (start.fragment.clone(), start.resumed.is_some());
        let died = start.died.clone();
        let mut model = Self::showing(document, source, work, start);
        model.invite = invite;
        let mut effects = match died {
            Some(offered) => own::offer(&mut model, offered),
            None if resumed => following::resume(&mut model, &fragment),
            None if linked => following::open_link(&mut model, &fragment, true),
            None => documents::address(&mut model, Some(fragment), When::Now),
        };
        effects.append(&mut model.asking.due);
        effects.extend(navigate::title(&mut model));
        why::keep(&mut model);
        effects.extend(kept::begin(&model));
        (model, effects)
    }

    fn showing(document: Document, source: Source, work: Work, start: Start) -> Self {
        let picture = Picture::of(&document, None, &Layout::default());
        let picture = Rc::new(picture);
        let mut model = Self {
            original: document.clone(),
            openings: 0,
            history: History::new(document),
            source,
            work,
            visit: Visit::new(start.page),
            variant: None,
            drag: None,
            typing: false,
            remarks: picture.parsed.diagnostics.clone(),
            stale: false,
            sound: Document::default(),
            changes: Vec::new(),
            asking: Asking::default(),
            blame: None,
            why: None,
            elsewhere: Vec::new(),
            story_open: false,
            picture: picture.clone(),
            mark: None,
            hovered: None,
            selection: None,
            dialog: None,
            search: String::new(),
            events_open: false,
            panel: Panel::default(),
            theme: start.theme,
            frame: start.frame,
            guest: start.guest,
            linear: false,
            opened: Default::default(),
            drawn: 0,
            width: 0,
            notice: None,
            newer_page: false,
            unopened: false,
            invite: false,
            announcement: String::new(),
            has_drafts: start.draft.is_some() || start.resumed.is_some(),
            drafts: Vec::new(),
            renaming: None,
            deleted: None,
            offered: None,
            address: start.address,
            title: String::new(),
            fragment: start.fragment,
        };
        asking::judge_at_once(&mut model, &picture);
        asking::ask(&mut model, None);
        model
    }
}

/// A text given by the host, the draft that was open here, the one changed last, or the first chapter. Behind a link,
/// nothing: whatever the link holds must not be mistaken for something else while it cannot be read. And nothing where
/// the page has died.
fn first_document(start: &Start) -> (Document, Source, Work) {
    let nothing = || (Document::default(), Source::Foreign, Work::on(Base::Own, ""));
    let draft = |draft: &Draft| (Document::new(draft.text.as_str()), Source::Draft, Work::of(draft));
    let chapter = gallery::all().iter().position(|entry| entry.number == FIRST);
    match (&start.text, &start.resumed, &start.draft, chapter) {
        (Some(text), _, _, _) => (Document::new(text.as_str()), Source::Foreign, Work::on(Base::Link, text)),
        _ if start.died.is_some() => nothing(),
        (None, Some(resumed), _, _) => draft(resumed),
        _ if says_what_to_open(&start.fragment) => nothing(),
        (None, None, Some(latest), _) => draft(latest),
        (None, None, None, Some(place)) => {
            let entry = &gallery::all()[place];
            (Document::new(entry.text), Source::Gallery(place), on_chapter(place))
        }
        (None, None, None, None) => nothing(),
    }
}

fn on_chapter(place: usize) -> Work {
    gallery::all()
        .get(place)
        .map_or_else(Work::default, |entry| Work::on(Base::Chapter(entry.name.to_owned()), entry.text))
}

fn says_what_to_open(fragment: &str) -> bool {
    !matches!(link::decode(fragment), Ok(Link { opened: Opened::Nothing, .. }))
}

/// As on a visit without a link: the draft changed last, or the first chapter.
pub fn begin_anew(model: &mut Model) -> Vec<Effect> {
    match gallery::all().iter().position(|entry| entry.number == FIRST) {
        _ if model.has_drafts => vec![Effect::FetchDraft(None)],
        Some(place) => open_gallery(model, place),
        None => Vec::new(),
    }
}

/// A chapter. One step back brings what was there before.
pub fn open_gallery(model: &mut Model, place: usize) -> Vec<Effect> {
    open_chapter(model, place, None)
}

/// A chapter, at the variant that shows something.
pub fn open_shown(model: &mut Model, shown: Shown) -> Vec<Effect> {
    let place = gallery::all().iter().position(|entry| entry.number == shown.number);
    place.map_or_else(Vec::new, |place| open_chapter(model, place, shown.variant))
}

fn open_chapter(model: &mut Model, place: usize, variant: Option<&str>) -> Vec<Effect> {
    let Some(entry) = gallery::all().get(place) else { return Vec::new() };
    open_as(model, Document::new(entry.text), Source::Gallery(place), on_chapter(place), variant);
    // The address names the chapter; the drafts stay what the reader last wrote.
    let view = ViewParameters { variant: model.variant.clone(), ..ViewParameters::default() };
    let mut effects = documents::address(model, Some(link::preset(entry, &view)), When::Entry);
    effects.extend(navigate::begin(model));
    effects
}

/// A file, or what could be read of a link.
pub fn open_text(model: &mut Model, text: String) -> Vec<Effect> {
    let document = Document::new(text);
    let work = Work::on(Base::File, document.text());
    open_as(model, document, Source::Foreign, work, None);
    saved(model, When::Entry)
}

/// An empty text of the reader's own.
pub fn open_new(model: &mut Model) -> Vec<Effect> {
    let document = Document::new("fencepost 1\ntitle My scenario\n");
    let work = Work::on(Base::Own, document.text());
    open_as(model, document, Source::Draft, work, None);
    saved(model, When::Entry)
}

/// A link that was first offered as text.
pub fn open_offered(model: &mut Model, fragment: &str) -> Vec<Effect> {
    following::open_link(model, fragment, true)
}

/// A draft, as the browser keeps it now.
pub fn open_draft(model: &mut Model, draft: Draft) -> Vec<Effect> {
    show_draft(model, draft, When::Entry)
}

/// A draft that is open in this visit already is shown as it was left, with its steps of undo: two texts on one draft
/// would overwrite each other.
pub fn show_draft(model: &mut Model, draft: Draft, when: When) -> Vec<Effect> {
    match visit::open_on(model, &draft) {
        Some(number) if number == model.work.number => {
            begin_reading(model);
            return following::say_where(model);
        }
        Some(number) => {
            documents::cancel(model);
            visit::bring(model, number);
            begin_reading(model);
        }
        None => {
            let work = Work::of(&draft);
            open_as(model, Document::new(draft.text), Source::Draft, work, None);
        }
    }
    saved(model, when)
}

/// A text that was just opened has its entry of the history, and is read from its beginning.
fn saved(model: &mut Model, when: When) -> Vec<Effect> {
    let mut effects = documents::save_opened(model, when);
    effects.extend(navigate::begin(model));
    effects
}

fn open_as(model: &mut Model, document: Document, source: Source, work: Work, variant: Option<&str>) {
    documents::cancel(model);
    visit::open(model, document, source, work);
    model.variant = variant.map(str::to_owned);
    begin_reading(model);
}

/// Another text is shown, from its beginning.
pub fn begin_reading(model: &mut Model) {
    (model.dialog, model.notice, model.selection, model.mark) = (None, None, None, None);
    model.opened.clear();
    model.panel = Panel::default();
    model.invite = false;
    (model.offered, model.unopened) = (None, false);
    documents::show_again(model);
    following::refuse_newer(model);
    model.changes.clear();
    asking::tell_nothing(model);
    model.story_open = false;
    model.announcement = format!("{}.", model.heading());
}
