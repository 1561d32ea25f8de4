//! How the page begins and how another text comes in: by a link, from the gallery, from a file, from the last visit.
//!
//! What cannot be read is said to be so. It never becomes another scenario, and never overwrites the reader's draft.

use std::rc::Rc;

use fencepost_scenario::gallery::Shown;
use fencepost_scenario::link::{self, Leaf, Link, Opened, ViewParameters};
use fencepost_scenario::{Document, History, gallery};

use crate::app::picture::Layout;
use crate::app::{
    Asking, Dialog, Effect, Frame, Model, Notice, Panel, Picture, Source, Theme, asking, documents, kept, navigate, why,
};

/// The scenario of a first visit, by its number in the course.
const FIRST: u32 = 7;

/// What the browser knows when the page begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// The page's address without what follows the `#`.
    pub address: String,
    /// What follows the `#`.
    pub fragment: String,
    /// A text given by whoever mounts the page in their own.
    pub text: Option<String>,
    /// How much of the page is shown, if the fragment does not say.
    pub frame: Frame,
    /// The reader's draft of an earlier visit.
    pub draft: Option<String>,
    /// The reader's choice of colours.
    pub theme: Theme,
    /// Whether the reader has seen the invitation.
    pub invited: bool,
    /// Whether the document is someone else's: its address and the reader's draft are then none of the page's business.
    pub guest: bool,
}

impl Model {
    /// The page as it begins, and what the browser should do about it.
    pub fn open(start: Start) -> (Self, Vec<Effect>) {
        let linked = !start.fragment.is_empty();
        let (document, source) = first_document(&start);
        let invite = !start.invited && !linked && matches!(source, Source::Gallery(_));
        let fragment = start.fragment.clone();
        let mut model = Self::showing(document, source, start);
        model.invite = invite;
        let mut effects = if linked { open_link(&mut model, &fragment, true) } else { Vec::new() };
        effects.append(&mut model.asking.due);
        effects.extend(navigate::title(&mut model));
        why::keep(&mut model);
        effects.extend(kept::begin(&model));
        (model, effects)
    }

    fn showing(document: Document, source: Source, start: Start) -> Self {
        let picture = Picture::of(&document, None, &Layout::default());
        let picture = Rc::new(picture);
        let mut model = Self {
            original: document.clone(),
            openings: 0,
            history: History::new(document),
            source,
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
            draft: start.draft,
            address: start.address,
            title: String::new(),
            fragment: start.fragment,
        };
        asking::judge_at_once(&mut model, &picture);
        asking::ask(&mut model, None);
        model
    }
}

/// A text given by the host, the draft, or the first chapter. Behind a link, nothing: whatever the link holds must not
/// be mistaken for something else while it cannot be read.
fn first_document(start: &Start) -> (Document, Source) {
    let chapter = gallery::all().iter().position(|entry| entry.number == FIRST);
    match (&start.text, &start.draft, chapter) {
        (Some(text), _, _) => (Document::new(text.as_str()), Source::Foreign),
        _ if says_what_to_open(&start.fragment) => (Document::default(), Source::Foreign),
        (None, Some(draft), _) => (Document::new(draft.as_str()), Source::Draft),
        (None, None, Some(place)) => (Document::new(gallery::all()[place].text), Source::Gallery(place)),
        (None, None, None) => (Document::default(), Source::Draft),
    }
}

fn says_what_to_open(fragment: &str) -> bool {
    !matches!(link::decode(fragment), Ok(Link { opened: Opened::Nothing, .. }))
}

/// The reader changed the address by hand, or went back in the history.
pub fn open_fragment(model: &mut Model, fragment: &str) -> Vec<Effect> {
    if fragment == model.fragment {
        return Vec::new();
    }
    model.fragment = fragment.to_owned();
    open_link(model, fragment, false)
}

fn open_link(model: &mut Model, fragment: &str, first: bool) -> Vec<Effect> {
    match link::decode(fragment) {
        Ok(link) => follow(model, link, first),
        Err(failure) => {
            look(model, &failure.view);
            let sentence = failure.to_string();
            let (raw, salvaged) = (Some(failure.raw), failure.salvaged);
            refuse(model, Notice { raw, salvaged, ..Notice::trouble(sentence) })
        }
    }
}

/// Nothing is shown but why nothing is shown. Whatever was there before is kept, and can be gone back to.
fn refuse(model: &mut Model, notice: Notice) -> Vec<Effect> {
    documents::cancel(model);
    (model.dialog, model.selection, model.notice) = (None, None, Some(notice));
    (model.invite, model.unopened) = (false, true);
    Vec::new()
}

/// How the link wants to be looked at, whether or not it can be opened.
fn look(model: &mut Model, view: &ViewParameters) {
    if view.theme != Theme::Auto {
        model.theme = view.theme;
    }
    if view.ui != Frame::Full {
        model.frame = view.ui;
    }
}

/// Does what a sound link says.
fn follow(model: &mut Model, link: Link, first: bool) -> Vec<Effect> {
    let view = link.view;
    model.dialog = (view.leaf == Leaf::Article && view.ui != Frame::Embed).then_some(Dialog::Article);
    look(model, &view);
    // What was said of the link before is over.
    model.notice = None;
    if let Opened::File(address) = &link.opened {
        let sentence = format!(
            "This link points to a file at {address}. The page fetches nothing from strangers: save that file, then open it from the list of scenarios."
        );
        return refuse(model, Notice::trouble(sentence));
    }
    if let Some(remark) = link.opened.remark() {
        model.notice = Some(Notice::info(remark));
    }
    if link.opened == Opened::Nothing && model.unopened && model.text().is_empty() {
        // Out of a broken link and back to the page alone: as on a visit without a link.
        let (document, source) = first_document(&Start { draft: model.draft.clone(), ..Start::default() });
        set_document(model, document, source, true);
    }
    model.unopened = false;
    let source = source_of(model, &link.opened);
    if let Some(text) = link.opened.text() {
        set_document(model, Document::new(text), source, first);
    }
    match view.with.as_deref() {
        // The lines go on top of the variant that is asked for, so what opens is theirs.
        Some(lines) => add_variant(model, lines, view.variant.as_deref()),
        None => model.variant = view.variant.clone().or_else(|| model.variant.take()),
    }
    let before = model.picture.clone();
    documents::show(model, &before);
    refuse_newer(model);
    model.changes.clear();
    asking::tell_nothing(model);
    if let (Some(gone), None) = (&view.variant, &model.variant) {
        model.notice = Some(Notice::info(format!(
            "This scenario has no variant “{gone}”, or none any more, so it is shown as it is."
        )));
    }
    match view.at {
        Some(at) => navigate::jump_to_time(model, at),
        None if first => Vec::new(),
        None => navigate::begin(model).into_iter().collect(),
    }
}

/// A text that is newer than this page is not shown. That is said, and the text is there to be copied.
fn refuse_newer(model: &mut Model) {
    if let Some(notice) = newer(model) {
        model.notice = Some(notice);
    }
}

/// What is said of a text that is newer than this page.
pub fn newer(model: &Model) -> Option<Notice> {
    let version = &model.picture.parsed.version;
    let sentence = version.is_unknown().then(|| {
        format!(
            "This scenario is written in version {} of the language, which is newer than this page. Nothing of it is shown, for it would be another scenario. Reload the page to get a newer one.",
            version.said
        )
    })?;
    Some(Notice { raw: Some(model.text().to_owned()), ..Notice::trouble(sentence) })
}

fn source_of(model: &Model, opened: &Opened) -> Source {
    match opened {
        Opened::Text(text) if model.draft.as_ref() == Some(text) => Source::Draft,
        Opened::Preset { name, .. } => {
            gallery::all().iter().position(|entry| entry.name == name).map_or(Source::Foreign, Source::Gallery)
        }
        Opened::Nothing => model.source,
        Opened::Text(_) | Opened::File(_) => Source::Foreign,
    }
}

fn set_document(model: &mut Model, document: Document, source: Source, first: bool) {
    if first {
        model.history = History::new(document.clone());
    } else {
        model.history.commit(document.clone());
    }
    model.original = document;
    model.source = source;
    model.variant = None;
    model.drawn = 0;
    model.openings += 1;
    model.unopened = false;
}

/// A link's own lines as one more variant, which is the one it opens.
fn add_variant(model: &mut Model, lines: &str, of: Option<&str>) {
    let (document, name) = model.history.current().with_variant_of(lines, of);
    model.history = History::new(document.clone());
    model.original = document;
    model.variant = Some(name);
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
    open_as(model, Document::new(entry.text), Source::Gallery(place), variant);
    // The address names the chapter; the draft stays what the reader last wrote.
    let view = ViewParameters { variant: model.variant.clone(), ..ViewParameters::default() };
    let mut effects = documents::address(model, Some(link::preset(entry, &view)));
    effects.extend(navigate::begin(model));
    effects
}

/// A file, or what could be read of a link.
pub fn open_text(model: &mut Model, text: String) -> Vec<Effect> {
    open_as(model, Document::new(text), Source::Foreign, None);
    let mut effects = documents::save(model);
    effects.extend(navigate::begin(model));
    effects
}

/// The reader's draft of an earlier visit.
pub fn open_draft(model: &mut Model) -> Vec<Effect> {
    let Some(draft) = model.draft.clone() else { return Vec::new() };
    open_as(model, Document::new(draft), Source::Draft, None);
    let mut effects = documents::save(model);
    effects.extend(navigate::begin(model));
    effects
}

fn open_as(model: &mut Model, document: Document, source: Source, variant: Option<&str>) {
    documents::cancel(model);
    (model.dialog, model.notice, model.selection, model.mark) = (None, None, None, None);
    model.opened.clear();
    model.panel = Panel::default();
    model.invite = false;
    set_document(model, document, source, false);
    model.variant = variant.map(str::to_owned);
    let before = model.picture.clone();
    documents::show(model, &before);
    refuse_newer(model);
    model.changes.clear();
    asking::tell_nothing(model);
    model.story_open = false;
    model.announcement = format!("{}.", model.heading());
}
