//! The texts that were opened in this visit: each with its own steps of undo, its draft, and a place in the browser's
//! history.
//!
//! The browser's back and forward, and an undo that goes past the beginning of a text, bring a text as it was left. Which
//! text an entry of the browser's history is for stands in its [`Mark`]; what its fragment holds may be older.

use std::collections::BTreeMap;

use fencepost_scenario::{Document, History};

use crate::app::drafts::{self, Base, Draft, Keep};
use crate::app::{Address, Dialog, Effect, Model, Source, When, documents, share};

/// How many texts are kept in memory beside the one that is shown.
const PARKED: usize = 200;

/// The page of one visit, and its texts.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// A name no other page has.
    pub page: String,
    /// How many texts were opened.
    count: u32,
    /// The texts in the order undo and redo walk through them.
    trail: Vec<u32>,
    /// Where in it we are.
    at: usize,
    /// The texts that are not shown.
    parked: BTreeMap<u32, Parked>,
    /// Whether it was said that this browser keeps nothing.
    pub told_refused: bool,
}

/// A text that waits.
#[derive(Clone, Debug)]
struct Parked {
    history: History,
    original: Document,
    source: Source,
    variant: Option<String>,
    work: Work,
    fragment: String,
}

/// What the open text is to the reader's drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Its number in this visit.
    pub number: u32,
    /// What it came from.
    pub base: Base,
    /// The key of the draft it is kept in, once it is.
    pub draft: Option<String>,
    /// The draft it was opened from.
    pub follows: Option<String>,
    /// The text as it was opened.
    pub opened: String,
    /// The text as it was last kept, or opened.
    pub kept: String,
    /// Whether it was said that no link can carry it.
    pub told_long: bool,
}

/// Which text an entry of the browser's history is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The page that wrote it.
    pub page: String,
    /// The text's number in that page's visit.
    pub number: u32,
    /// The draft it is kept in, once it is.
    pub draft: Option<String>,
}

/// What the browser's history has come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// What stands behind the `#`.
    pub fragment: String,
    /// Which text the entry is for. None for one the reader has made: an address typed, a link followed.
    pub mark: Option<Mark>,
    /// The draft the mark names, as it is kept now.
    pub draft: Option<Draft>,
}

impl Mark {
    /// As one string, for the browser to keep with the entry.
    pub fn write(&self) -> String {
        format!("{}/{}/{}", self.page, self.number, self.draft.as_deref().unwrap_or_default())
    }

    /// From that string.
    pub fn read(written: &str) -> Option<Self> {
        let mut parts = written.splitn(3, '/');
        let (page, number, draft) = (parts.next()?, parts.next()?, parts.next()?);
        let draft = Some(draft).filter(|key| !key.is_empty()).map(str::to_owned);
        Some(Self { page: page.to_owned(), number: number.parse().ok()?, draft })
    }
}

impl Work {
    /// A text that was opened from somewhere.
    pub fn on(base: Base, text: &str) -> Self {
        Self { base, opened: text.to_owned(), kept: text.to_owned(), ..Self::default() }
    }

    /// A draft that was opened.
    pub fn of(draft: &Draft) -> Self {
        let follows = Some(draft.key.clone());
        Self { follows, ..Self::on(draft.base.clone(), &draft.text) }
    }

    /// The draft this is, wherever it was last kept.
    pub fn key(&self) -> Option<&String> {
        self.draft.as_ref().or(self.follows.as_ref())
    }
}

impl Visit {
    /// The visit of a page with this name.
    pub fn new(page: String) -> Self {
        Self { page, trail: vec![0], ..Self::default() }
    }
}

impl Model {
    /// Whether a step back is there: of this text, or to the one before it.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo() || self.neighbour(false).is_some()
    }

    /// Whether a step forward is there.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo() || self.neighbour(true).is_some()
    }

    /// The text before or after this one in the order of undo.
    fn neighbour(&self, forward: bool) -> Option<(usize, u32)> {
        let Visit { at, trail, parked, .. } = &self.visit;
        let place = if forward { at.checked_add(1) } else { at.checked_sub(1) }?;
        let number = *trail.get(place)?;
        parked.contains_key(&number).then_some((place, number))
    }

    /// The mark of what is shown.
    pub fn mark(&self) -> Mark {
        Mark { page: self.visit.page.clone(), number: self.work.number, draft: self.work.key().cloned() }
    }
}

/// Sets the shown text aside, and another takes its place. It begins its own steps of undo; one more step back brings
/// the one before.
pub fn open(model: &mut Model, document: Document, source: Source, work: Work) {
    park(model);
    let visit = &mut model.visit;
    visit.count += 1;
    visit.trail.truncate(visit.at + 1);
    visit.trail.push(visit.count);
    visit.at += 1;
    model.work = Work { number: visit.count, ..work };
    model.history = History::new(document.clone());
    model.original = document;
    model.source = source;
    model.variant = None;
    (model.drawn, model.openings) = (0, model.openings + 1);
}

fn park(model: &mut Model) {
    // The article over a text has an address of its own; the text's is this.
    let fragment = match model.dialog {
        Some(Dialog::Article) => share::fragment(model).unwrap_or_default(),
        _ => model.fragment.clone(),
    };
    let parked = Parked {
        history: std::mem::take(&mut model.history),
        original: std::mem::take(&mut model.original),
        source: model.source,
        variant: model.variant.take(),
        work: std::mem::take(&mut model.work),
        fragment,
    };
    let visit = &mut model.visit;
    visit.parked.insert(parked.work.number, parked);
    // The oldest goes; what the reader wrote in it is in its draft.
    if visit.parked.len() > PARKED {
        visit.parked.pop_first();
    }
}

/// Brings a text back as it was left. Tells whether it was still there.
pub fn bring(model: &mut Model, number: u32) -> bool {
    let Some(back) = model.visit.parked.remove(&number) else { return false };
    park(model);
    let Parked { history, original, source, variant, work, fragment } = back;
    (model.history, model.original, model.source) = (history, original, source);
    (model.variant, model.work, model.fragment) = (variant, work, fragment);
    (model.drawn, model.openings) = (0, model.openings + 1);
    if let Some(at) = model.visit.trail.iter().position(|one| *one == number) {
        model.visit.at = at;
    }
    true
}

/// Whether a text of this visit waits.
pub fn is_parked(model: &Model, number: u32) -> bool {
    model.visit.parked.contains_key(&number)
}

/// The text of this visit that is open on a draft, if it has not been changed elsewhere since.
pub fn open_on(model: &Model, draft: &Draft) -> Option<u32> {
    let is_it = |work: &&Work| {
        let written = work.draft.as_ref() == Some(&draft.key);
        written || (work.draft.is_none() && work.follows.as_ref() == Some(&draft.key) && work.kept == draft.text)
    };
    let parked = model.visit.parked.values().map(|parked| &parked.work);
    std::iter::once(&model.work).chain(parked).find(is_it).map(|work| work.number)
}

/// Undo or redo past the end of this text's own steps: the text before it, or after it, takes its place.
pub fn step(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Some((place, number)) = model.neighbour(forward) else { return Vec::new() };
    let before = model.picture.clone();
    if !bring(model, number) {
        return Vec::new();
    }
    model.visit.at = place;
    documents::look(model, &before);
    documents::address(model, Some(model.fragment.clone()), When::Now)
}

/// The reader has made a step of their own: what was opened after this text is no step forward any more.
pub fn end_redo(model: &mut Model) {
    let visit = &mut model.visit;
    visit.trail.truncate(visit.at + 1);
}

/// If the reader has changed the text, it is kept.
pub fn changed(model: &mut Model, fits: bool) -> Vec<Effect> {
    let text = model.history.current().text();
    // A text no link can carry is kept unchanged as well: nothing else holds it.
    let alone = !fits && model.work.key().is_none() && !drafts::is_chapter(text);
    if text == model.work.kept && !alone {
        return Vec::new();
    }
    let text = text.to_owned();
    model.work.kept.clone_from(&text);
    model.has_drafts = true;
    if let (true, None, Some(key)) = (fits && text == model.work.opened, &model.work.follows, &model.work.draft) {
        // Back where it began there is nothing of the reader's in it.
        return vec![Effect::ForgetDraft(key.clone())];
    }
    let page = &model.visit.page;
    let id = match &model.work.follows {
        Some(key) => drafts::id_of(key).to_owned(),
        None => format!("{page}-{}", model.work.number),
    };
    let key = drafts::key(&id, page);
    model.work.draft = Some(key.clone());
    let Work { follows, opened, base, .. } = model.work.clone();
    vec![Effect::KeepDraft(Box::new(Keep { key, follows, known: opened, base, text }))]
}

/// The entry of the browser's history for what is shown.
pub fn address(model: &Model, fragment: String, when: When) -> Effect {
    Effect::Address(Address { fragment, mark: model.mark(), when })
}
