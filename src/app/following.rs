//! Links, and the entries of the browser's history: what each brings, and what of it is shown.
//!
//! What cannot be read is said to be so. It never becomes another scenario, and no draft is ever written because of it.

use fencepost_scenario::link::{self, Leaf, Link, Opened, ViewParameters};
use fencepost_scenario::{Document, History, gallery};

use crate::app::drafts::{Base, Draft};
use crate::app::visit::{self, Arrival, Work};
use crate::app::{
    Dialog, Effect, Frame, Model, Notice, Source, Theme, When, asking, documents, navigate, opening, share,
};

/// The page was loaded again with a draft open. What the fragment holds may be older; only how to look at it is taken.
pub fn resume(model: &mut Model, fragment: &str) -> Vec<Effect> {
    let view = link::decode(fragment).map(|link| link.view).unwrap_or_default();
    look(model, &view);
    lay_article(model, &view);
    if view.with.is_none() {
        model.variant.clone_from(&view.variant);
    }
    documents::show_again(model);
    say_where_again(model, &view)
}

/// The entry of the browser's history is for the shown text, as it is now.
pub fn say_where_again(model: &mut Model, view: &ViewParameters) -> Vec<Effect> {
    let fragment = match view.leaf {
        Leaf::Article => Some(link::leaf(Leaf::Article)),
        Leaf::None => share::fragment(model).or(Some(String::new())),
    };
    documents::address(model, fragment, When::Now)
}

/// As [`say_where_again`], for how the text is looked at now.
pub fn say_where(model: &mut Model) -> Vec<Effect> {
    say_where_again(model, &ViewParameters::default())
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
            None if known && model.unopened => Vec::new(),
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
    (model.notice, model.unopened) = (None, false);
    let view = link::decode(&fragment).map(|link| link.view).unwrap_or_default();
    model.fragment = fragment;
    look(model, &view);
    lay_article(model, &view);
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
    opening::begin_reading(model);
    let view = link::decode(&fragment).map(|link| link.view).unwrap_or_default();
    look(model, &view);
    lay_article(model, &view);
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
    effects.extend(opening::show_draft(model, draft, When::Now));
    effects
}

/// Opens what stands behind the `#`.
pub fn open_link(model: &mut Model, fragment: &str, first: bool) -> Vec<Effect> {
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

/// Nothing is shown but why nothing is shown. Whatever was there before is kept, and can be gone back to. The entry of
/// the browser's history is for the link, and for no text.
pub fn refuse(model: &mut Model, notice: Notice) -> Vec<Effect> {
    documents::cancel(model);
    (model.dialog, model.selection, model.notice) = (None, None, Some(notice));
    (model.invite, model.unopened) = (false, true);
    Vec::new()
}

/// The parts of a link that are about the page and not about the text.
fn look(model: &mut Model, view: &ViewParameters) {
    if view.theme != Theme::Auto {
        model.theme = view.theme;
    }
    if view.ui != Frame::Full {
        model.frame = view.ui;
    }
}

/// The article, where a link asks for it.
fn lay_article(model: &mut Model, view: &ViewParameters) {
    model.dialog = (view.leaf == Leaf::Article && view.ui != Frame::Embed).then_some(Dialog::Article);
}

/// Does what a sound link says.
fn follow(model: &mut Model, link: Link, first: bool) -> Vec<Effect> {
    documents::cancel(model);
    look(model, &link.view);
    lay_article(model, &link.view);
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
        return opening::begin_anew(model);
    }
    model.unopened = false;
    let other = take_text(model, &link, first);
    documents::show_again(model);
    refuse_newer(model);
    model.changes.clear();
    asking::tell_nothing(model);
    let view = link.view;
    if let (Some(gone), None) = (&view.variant, &model.variant) {
        model.notice = Some(Notice::info(format!(
            "This scenario has no variant “{gone}”, or none any more, so it is shown as it is."
        )));
    }
    // The address stays as it was given; the entry is now known to be for this text.
    let mut effects = documents::address(model, Some(model.fragment.clone()), When::Now);
    match view.at {
        Some(at) => effects.extend(navigate::jump_to_time(model, at)),
        None if first || !other => {}
        None => effects.extend(navigate::begin(model)),
    }
    effects
}

/// The text of a link, if it is another than the shown one: that stays, with its steps of undo, where a link only says
/// how to look at it. A link's own lines make another text. Tells whether it is another.
fn take_text(model: &mut Model, link: &Link, first: bool) -> bool {
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
        (model.drawn, model.openings) = (0, model.openings + 1);
    } else if other {
        let work = Work::on(base, document.text());
        visit::open(model, document, source, work);
    }
    if variant.is_some() || other {
        model.variant = variant;
    }
    other
}

/// A text that is newer than this page is not shown. That is said, and the text is there to be copied.
pub fn refuse_newer(model: &mut Model) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{DraftMsg, Msg, Start, drafts, update};

    fn own() -> Draft {
        Draft { key: drafts::key("own", "earlier"), text: "title My own\n".into(), ..Draft::default() }
    }

    /// A page behind a link.
    fn behind(fragment: &str) -> Model {
        Model::open(Start { fragment: fragment.into(), draft: Some(own()), ..Start::default() }).0
    }

    /// The reader followed a link within the page.
    fn arrived(fragment: &str) -> Msg {
        Msg::Arrived(Box::new(Arrival { fragment: fragment.into(), ..Arrival::default() }))
    }

    /// A link to a file is no scenario either; nothing is fetched.
    #[test]
    fn behind_a_link_to_a_file_nothing_is_shown() {
        let model = behind("src=https://example.org/a.fencepost");
        assert!(model.is_blank() && model.notice.is_some_and(|notice| notice.sentence.contains("fetches nothing")));
    }

    /// Within one page, a broken link hides what was shown, and touches nothing of it.
    #[test]
    fn behind_a_broken_link_is_what_was_there_before() {
        let mut model = Model::open(Start::default()).0;
        update(&mut model, Msg::ToggleFault(0));
        let (text, heading) = (model.text().to_owned(), model.heading().to_owned());
        update(&mut model, arrived("s1=t.fencepost+1/cl"));
        assert!(model.is_blank() && model.text() == text);
        for step in [Msg::Undo, Msg::Redo] {
            assert_eq!(update(&mut model, step), [], "what is not shown is not undone");
        }
        assert_eq!(model.text(), text);
        update(&mut model, Msg::DismissNotice);
        assert_eq!((model.is_blank(), model.text(), model.heading()), (false, text.as_str(), heading.as_str()));
        update(&mut model, arrived("s1=t.fencepost+1/cl"));
        update(&mut model, arrived("s1=t.fencepost+1/seed+7/end"));
        assert_eq!((model.is_blank(), model.text()), (false, "fencepost 1\nseed 7"));
        assert_eq!(model.notice, None, "the good link is not the broken one");
        let mut model = behind("s1=t.fencepost+1/cl");
        assert_eq!(update(&mut model, arrived(""))[..], [Effect::ForgetAddress, Effect::FetchDraft(None)]);
        update(&mut model, Msg::Draft(DraftMsg::Open(Box::new(own()))));
        assert_eq!(
            (model.is_blank(), model.text()),
            (false, "title My own\n"),
            "the page alone is a visit like any other"
        );
    }

    #[test]
    fn a_broken_link_in_an_embed_stays_an_embed() {
        let model = behind("ui=embed&theme=dark&s1=t.fencepost+1/cl");
        assert_eq!((model.frame, model.theme, model.is_blank()), (Frame::Embed, Theme::Dark, true));
    }
}
