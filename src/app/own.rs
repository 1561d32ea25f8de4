//! The reader's drafts as the page shows them: the list, opening, another name, deleting and taking that back; what the
//! browser could not keep; and what is offered as text because it was being opened when the page last died.

use fencepost_scenario::link::{self, Opened};

use crate::app::drafts::{Draft, Kept, Refusal};
use crate::app::{Dialog, Effect, Model, Notice, Offer, following, opening};

/// What was being opened when the page last died.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offered {
    /// A draft.
    Draft(Draft),
    /// What stands behind the `#` of this address.
    Link(String),
}

/// A line of the list of drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The draft.
    pub draft: Draft,
    /// When it was last changed, in words.
    pub when: String,
}

/// A draft whose name is being changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renaming {
    /// Which.
    pub key: String,
    /// The name so far.
    pub name: String,
}

/// What can happen to the drafts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftMsg {
    /// Find this draft, or the one changed last, and open it.
    Ask(Option<String>),
    /// Open this one: it was found.
    Open(Box<Draft>),
    /// Begin a text with nothing in it.
    New,
    /// These are all drafts.
    Listed(Vec<Listed>),
    /// Another tab has changed one.
    Changed,
    /// The reader gives one another name, or does not after all.
    EditName(Option<Renaming>),
    /// That name is to be kept.
    Rename,
    /// Delete this one.
    Delete(String),
    /// Take that back.
    UndoDelete,
    /// The text is kept, and something is to be said about it.
    Kept(Kept),
    /// The text is not kept.
    Refused(Refusal),
    /// Run what was only offered as text.
    RunOffered,
    /// Put it on the clipboard.
    CopyOffered,
}

/// The messages about drafts.
pub fn update(model: &mut Model, msg: DraftMsg) -> Vec<Effect> {
    // A page in somebody else's document knows nothing of the reader's drafts.
    if model.leaves_no_trace() {
        return Vec::new();
    }
    match msg {
        DraftMsg::Ask(key) => vec![Effect::FetchDraft(key)],
        DraftMsg::Open(draft) => opening::open_draft(model, *draft),
        DraftMsg::New => opening::open_new(model),
        DraftMsg::Listed(listed) => list(model, listed),
        DraftMsg::Changed if model.dialog == Some(Dialog::Drafts) => vec![Effect::ListDrafts],
        DraftMsg::Changed => Vec::new(),
        DraftMsg::EditName(renaming) => {
            model.renaming = renaming;
            Vec::new()
        }
        DraftMsg::Rename => rename(model),
        DraftMsg::Delete(key) => delete(model, &key),
        DraftMsg::UndoDelete => undo_delete(model),
        DraftMsg::Kept(kept) => tell_kept(model, kept),
        DraftMsg::Refused(refusal) => tell_refused(model, refusal),
        DraftMsg::RunOffered => run_offered(model),
        DraftMsg::CopyOffered => {
            model.offered.as_ref().map_or_else(Vec::new, |offered| vec![Effect::Copy(text(offered))])
        }
    }
}

fn list(model: &mut Model, listed: Vec<Listed>) -> Vec<Effect> {
    model.has_drafts = !listed.is_empty();
    model.drafts = listed;
    Vec::new()
}

fn rename(model: &mut Model) -> Vec<Effect> {
    let Some(Renaming { key, name }) = model.renaming.take() else { return Vec::new() };
    vec![Effect::RenameDraft { key, name }, Effect::ListDrafts]
}

fn delete(model: &mut Model, key: &str) -> Vec<Effect> {
    let Some(place) = model.drafts.iter().position(|listed| listed.draft.key == key) else { return Vec::new() };
    let draft = model.drafts.remove(place).draft;
    model.announcement = format!("The draft “{}” is deleted.", draft.heading());
    model.notice = Some(Notice { offer: Some(Offer::UndoDelete), ..Notice::info(model.announcement.clone()) });
    model.deleted = Some(draft);
    vec![Effect::ForgetDraft(key.to_owned()), Effect::ListDrafts]
}

fn undo_delete(model: &mut Model) -> Vec<Effect> {
    let Some(draft) = model.deleted.take() else { return Vec::new() };
    model.announcement = format!("The draft “{}” is back.", draft.heading());
    model.notice = Some(Notice::info(model.announcement.clone()));
    vec![Effect::RestoreDraft(Box::new(draft)), Effect::ListDrafts]
}

fn tell_kept(model: &mut Model, kept: Kept) -> Vec<Effect> {
    if kept.parted {
        model.notice = Some(Notice::info(
            "This draft was changed in another tab as well. Both are kept: what you change here is the draft named “(second tab)”.",
        ));
    }
    if kept.cleared > 0 {
        model.notice = Some(Notice::info(format!(
            "The browser had no more room for drafts, so {} went whose text another draft or a chapter has as well.",
            if kept.cleared == 1 { "one".to_owned() } else { kept.cleared.to_string() }
        )));
    }
    Vec::new()
}

/// Says once in a visit that nothing is kept, or that it has no more room.
fn tell_refused(model: &mut Model, refusal: Refusal) -> Vec<Effect> {
    if std::mem::replace(&mut model.visit.told_refused, true) {
        return Vec::new();
    }
    let why = match refusal {
        Refusal::None => "This browser keeps nothing for this page",
        Refusal::Full => "This browser has no more room for drafts",
    };
    // Without a fragment the text is too long for a link.
    let place = if model.fragment.is_empty() { "in this tab alone" } else { "in this tab and in its address" };
    model.notice =
        Some(Notice::trouble(format!("{why}: your text lives {place}. Save it as a file before you close the tab.")));
    Vec::new()
}

/// Shows a text without running it.
pub fn offer(model: &mut Model, offered: Offered) -> Vec<Effect> {
    let what = match &offered {
        Offered::Draft(draft) => format!("the draft “{}”", draft.heading()),
        Offered::Link(_) => "the link in this address".to_owned(),
    };
    let said = format!(
        "The page stopped the last time it opened {what}. So this time nothing is run, and the text is here to be copied."
    );
    let notice = Notice { raw: Some(text(&offered)), offer: Some(Offer::Run), ..Notice::trouble(said) };
    model.offered = Some(offered);
    following::refuse(model, notice)
}

fn text(offered: &Offered) -> String {
    match offered {
        Offered::Draft(draft) => draft.text.clone(),
        Offered::Link(fragment) => match link::decode(fragment) {
            Ok(link) => match &link.opened {
                Opened::Text(text) | Opened::Preset { text, .. } => text.clone(),
                Opened::Nothing | Opened::File(_) => fragment.clone(),
            },
            Err(failure) => failure.raw,
        },
    }
}

fn run_offered(model: &mut Model) -> Vec<Effect> {
    model.notice = None;
    match model.offered.take() {
        Some(Offered::Draft(draft)) => opening::open_draft(model, draft),
        Some(Offered::Link(fragment)) => opening::open_offered(model, &fragment),
        None => Vec::new(),
    }
}
