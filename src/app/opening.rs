//! How the page begins and how another text comes in: by a link, from the gallery, from a file, from the last visit.
//!
//! What cannot be read is said to be so. It never becomes another scenario, and never overwrites the reader's draft.

use std::rc::Rc;

use fencepost_scenario::gallery::Shown;
use fencepost_scenario::link::{self, Leaf, Link, Opened, ViewParameters};
use fencepost_scenario::{Document, History, gallery};

use crate::app::drafts::{Base, Draft};
use crate::app::picture::Layout;
use crate::app::visit::{self, Arrival, Visit, Work};
use crate::app::{
    Dialog, DraftMsg, Effect, Frame, Model, Msg, Notice, Offered, Panel, Picture, Source, Theme, When, claims,
    documents, kept, navigate, share,
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
            Some(offered) => kept::offer(&mut model, offered),
            None if resumed => resume(&mut model, &fragment),
            None if linked => open_link(&mut model, &fragment, true),
            None => documents::address(&mut model, Some(fragment), When::Now),
        };
        effects.extend(navigate::title(&mut model));
        (model, effects)
    }

    fn showing(document: Document, source: Source, work: Work, start: Start) -> Self {
        let picture = Picture::of(&document, None, &Layout::default());
        Self {
            original: document.clone(),
            history: History::new(document),
            source,
            work,
            visit: Visit::new(start.page),
            variant: None,
            drag: None,
            typing: false,
            remarks: picture.parsed.diagnostics.clone(),
            stale: false,
            changes: Vec::new(),
            blame: picture.blame(),
            elsewhere: claims::elsewhere(&picture, None),
            story_open: false,
            picture: Rc::new(picture),
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
            width: 0,
            notice: None,
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
        }
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

/// The page was loaded again with a draft open. What the fragment holds may be older; only how to look at it is taken.
fn resume(model: &mut Model, fragment: &str) -> Vec<Effect> {
    let view = link::decode(fragment).map(|link| link.view).unwrap_or_default();
    look(model, &view);
    if view.with.is_none() {
        model.variant.clone_from(&view.variant);
    }
    documents::show_again(model);
    say_where_again(model, &view)
}

/// The entry of the browser's history is for the shown text, as it is now.
fn say_where_again(model: &mut Model, view: &ViewParameters) -> Vec<Effect> {
    let fragment = match view.leaf {
        Leaf::Article => Some(link::leaf(Leaf::Article)),
        Leaf::None => share::fragment(model).or(Some(String::new())),
    };
    documents::address(model, fragment, When::Now)
}

/// The reader went back or forward in the browser's history, changed the address by hand, or followed a link within the
/// page. The browser may tell it twice.
pub fn arrive(model: &mut Model, arrival: Arrival) -> Vec<Effect> {
    let Arrival { fragment, mark, draft } = arrival;
    let known = fragment == model.fragment;
    let ours = mark.as_ref().filter(|mark| mark.page == model.visit.page).map(|mark| mark.number);
    match ours {
        Some(number) if number == model.work.number && known => Vec::new(),
        Some(number) if number == model.work.number => look_again(model, fragment),
        Some(number) if visit::is_parked(model, number) => come_back(model, number, fragment),
        Some(_) | None => match draft {
            Some(draft) => {
                model.fragment = fragment;
                come_to_draft(model, draft)
            }
            // The reader followed a link to where the page is already: the browser has made an entry without a mark.
            None if known => documents::address(model, Some(fragment), When::Now),
            None => {
                model.fragment.clone_from(&fragment);
                let mut effects = forget_waiting(model);
                effects.extend(open_link(model, &fragment, false));
                effects
            }
        },
    }
}

/// What waits to be written into the address was for another entry of the history.
fn forget_waiting(model: &Model) -> Vec<Effect> {
    if model.leaves_no_trace() { Vec::new() } else { vec![Effect::ForgetAddress] }
}

/// Another entry for the text that is shown: only how it is looked at is taken from it.
fn look_again(model: &mut Model, fragment: String) -> Vec<Effect> {
    documents::cancel(model);
    model.notice = None;
    let view = link::decode(&fragment).map(|link| link.view).unwrap_or_default();
    model.fragment = fragment;
    look(model, &view);
    if view.with.is_none() && view.leaf == Leaf::None {
        model.variant.clone_from(&view.variant);
    }
    documents::show_again(model);
    let mut effects = forget_waiting(model);
    effects.extend(say_where_again(model, &view));
    effects.extend(view.at.map_or_else(Vec::new, |at| navigate::jump_to_time(model, at)));
    effects
}

/// An entry for another text of this visit, which is shown as it was left.
fn come_back(model: &mut Model, number: u32, fragment: String) -> Vec<Effect> {
    documents::cancel(model);
    visit::bring(model, number);
    begin_reading(model);
    let view = link::decode(&fragment).map(|link| link.view).unwrap_or_default();
    look(model, &view);
    let mut effects = forget_waiting(model);
    if view.leaf == Leaf::Article {
        model.fragment = fragment;
    } else if model.fragment != fragment {
        // The address was not yet written when the reader left.
        let newer = Some(model.fragment.clone());
        effects.extend(documents::address(model, newer, When::Now));
    }
    effects
}

/// An entry of a visit before this one, with a draft.
fn come_to_draft(model: &mut Model, draft: Draft) -> Vec<Effect> {
    let mut effects = forget_waiting(model);
    effects.extend(show_draft(model, draft, When::Now));
    effects
}

fn open_link(model: &mut Model, fragment: &str, first: bool) -> Vec<Effect> {
    match link::decode(fragment) {
        Ok(link) => follow(model, link, first),
        Err(failure) => {
            let sentence = failure.to_string();
            let (raw, salvaged) = (Some(failure.raw), failure.salvaged);
            open_nothing(model, first);
            model.notice = Some(Notice { raw, salvaged, ..Notice::trouble(sentence) });
            documents::address(model, Some(fragment.to_owned()), When::Now)
        }
    }
}

/// What cannot be opened has an empty text of its own: no other must be mistaken for it, or be changed in its place.
fn open_nothing(model: &mut Model, first: bool) {
    if !first {
        visit::open(model, Document::default(), Source::Foreign, Work::on(Base::Own, ""));
        begin_reading(model);
    }
}

/// The parts of a link that are about the page and not about the text.
fn look(model: &mut Model, view: &ViewParameters) {
    model.dialog = (view.leaf == Leaf::Article && view.ui != Frame::Embed).then_some(Dialog::Article);
    if view.theme != Theme::Auto {
        model.theme = view.theme;
    }
    if view.ui != Frame::Full {
        model.frame = view.ui;
    }
}

/// Does what a sound link says.
fn follow(model: &mut Model, link: Link, first: bool) -> Vec<Effect> {
    documents::cancel(model);
    look(model, &link.view);
    if let Opened::File(address) = &link.opened {
        open_nothing(model, first);
        model.notice = Some(Notice::trouble(format!(
            "This link points to a file at {address}. The page fetches nothing from strangers: save that file, then open it from the list of scenarios."
        )));
        return documents::address(model, Some(model.fragment.clone()), When::Now);
    }
    if let Opened::Preset { changed: true, .. } = &link.opened {
        model.notice = Some(Notice::info("This scenario of the gallery has changed since the link was made."));
    }
    take_text(model, &link, first);
    documents::show_again(model);
    refuse_newer(model);
    model.changes.clear();
    let view = link.view;
    if let (Some(gone), None) = (&view.variant, &model.variant) {
        model.notice = Some(Notice::info(format!(
            "This scenario has no variant “{gone}”, or none any more, so it is shown as it is."
        )));
    }
    // The address stays as it was given; the entry is now known to be for this text.
    let mut effects = documents::address(model, Some(model.fragment.clone()), When::Now);
    effects.extend(view.at.map_or_else(Vec::new, |at| navigate::jump_to_time(model, at)));
    effects
}

/// The text of a link, if it is another than the shown one: that stays, with its steps of undo, where a link only says
/// how to look at it. A link's own lines make another text.
fn take_text(model: &mut Model, link: &Link, first: bool) {
    let view = &link.view;
    let (source, base) = origin(model, &link.opened);
    let text = link.opened.text().unwrap_or_else(|| model.history.current().text());
    let (document, variant) = match view.with.as_deref() {
        // The lines go on top of the variant that is asked for, so what opens is theirs.
        Some(lines) => {
            let (document, name) = Document::new(text).with_variant_of(lines, view.variant.as_deref());
            (document, Some(name))
        }
        None => (Document::new(text), view.variant.clone()),
    };
    let other = document != *model.history.current();
    if other && first {
        let work = Work::on(base, document.text());
        model.history = History::new(document.clone());
        (model.original, model.source, model.work) = (document, source, work);
    } else if other {
        let work = Work::on(base, document.text());
        visit::open(model, document, source, work);
    }
    if variant.is_some() || other {
        model.variant = variant;
    }
}

/// A text that is newer than this page is not shown. That is said, and the text is there to be copied.
fn refuse_newer(model: &mut Model) {
    let said = model.picture.parsed.version.said;
    if model.picture.parsed.version.is_unknown() {
        let sentence = format!(
            "This scenario is written in version {said} of the language, which is newer than this page. Nothing of it is shown, for it would be another scenario. Reload the page to get a newer one."
        );
        model.notice = Some(Notice { raw: Some(model.text().to_owned()), ..Notice::trouble(sentence) });
    }
}

/// Where a link's text comes from.
fn origin(model: &Model, opened: &Opened) -> (Source, Base) {
    let chapter = |name: &str| gallery::all().iter().position(|entry| entry.name == name);
    match opened {
        Opened::Preset { name, .. } => {
            (chapter(name).map_or(Source::Foreign, Source::Gallery), Base::Chapter(name.clone()))
        }
        Opened::Nothing => (model.source, model.work.base.clone()),
        Opened::Text(_) | Opened::File(_) => (Source::Foreign, Base::Link),
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
    if !model.leaves_no_trace() {
        effects.push(Effect::ScrollToTop);
    }
    effects
}

/// A file, or what could be read of a link.
pub fn open_text(model: &mut Model, text: String) -> Vec<Effect> {
    let document = Document::new(text);
    let work = Work::on(Base::File, document.text());
    open_as(model, document, Source::Foreign, work, None);
    documents::save_opened(model, When::Entry)
}

/// An empty text of the reader's own.
pub fn open_new(model: &mut Model) -> Vec<Effect> {
    let document = Document::new("fencepost 1\ntitle My scenario\n");
    let work = Work::on(Base::Own, document.text());
    open_as(model, document, Source::Draft, work, None);
    documents::save_opened(model, When::Entry)
}

/// A link that was first offered as text.
pub fn open_offered(model: &mut Model, fragment: &str) -> Vec<Effect> {
    open_link(model, fragment, true)
}

/// A draft, as the browser keeps it now.
pub fn open_draft(model: &mut Model, draft: Draft) -> Vec<Effect> {
    show_draft(model, draft, When::Entry)
}

/// A draft that is open in this visit already is shown as it was left, with its steps of undo: two texts on one draft
/// would overwrite each other.
fn show_draft(model: &mut Model, draft: Draft, when: When) -> Vec<Effect> {
    match visit::open_on(model, &draft) {
        Some(number) if number == model.work.number => {
            begin_reading(model);
            return say_where_again(model, &ViewParameters::default());
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
    documents::save_opened(model, when)
}

fn open_as(model: &mut Model, document: Document, source: Source, work: Work, variant: Option<&str>) {
    documents::cancel(model);
    visit::open(model, document, source, work);
    model.variant = variant.map(str::to_owned);
    begin_reading(model);
}

/// Another text is shown, from its beginning.
fn begin_reading(model: &mut Model) {
    (model.dialog, model.notice, model.selection) = (None, None, None);
    model.opened.clear();
    model.panel = Panel::default();
    model.invite = false;
    model.offered = None;
    documents::show_again(model);
    refuse_newer(model);
    model.changes.clear();
    model.story_open = false;
    model.announcement = format!("{}.", model.heading());
}
