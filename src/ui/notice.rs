//! What is said once: the invitation of a first visit, and what became of a link, a file or a copy.

use fencepost_scenario::visible::visible;
use yew::{Callback, Html, html};

use super::{icons, send};
use crate::app::{Dialog, DraftMsg, Frame, Model, Msg, Notice, NoticeKind, Offer};

/// The inviting sentence. It stands below the picture, within view, so that nothing moves when the first change takes it
/// away.
pub fn invitation(dispatch: &Callback<Msg>) -> Html {
    html! {
        <div class="invite">
            <p>
                <strong>{ "Who made a mistake? Nobody." }</strong>
                { " Drag the end of A’s sleep up: under ten seconds the file is safe, by luck. Or give the storage a fence." }
            </p>
            { dismiss("Hide this hint", dispatch, Msg::DismissInvitation) }
        </div>
    }
}

/// A notice, with the raw text of a link that could not be read.
pub fn view(model: &Model, notice: &Notice, dispatch: &Callback<Msg>) -> Html {
    let trouble = notice.kind == NoticeKind::Trouble;
    let (class, role) = if trouble { ("notice trouble", "alert") } else { ("notice", "status") };
    let kind = if trouble { "trouble" } else { "info" };
    html! {
        <div {class} {role} data-notice={kind}>
            <p>{ visible(&notice.sentence).into_owned() }</p>
            { offer(notice, dispatch) }
            if trouble && model.has_drafts && model.frame != Frame::Embed {
                <button class="outlined" type="button" onclick={send(dispatch, own(model))}>
                    { if model.offered.is_some() { "Your drafts" } else { "Open my own draft" } }
                </button>
            }
            if let Some(text) = &notice.salvaged {
                <button class="outlined" type="button" onclick={send(dispatch, Msg::OpenText(text.clone()))}>
                    { "Open what can still be read" }
                </button>
            }
            { way_back(model, dispatch) }
            if let Some(raw) = &notice.raw {
                <details open=true>
                    <summary>{ said_by(model) }</summary>
                    <pre tabindex="0">{ visible(raw).into_owned() }</pre>
                </details>
            }
        </div>
    }
}

/// What the reader may do about it.
fn offer(notice: &Notice, dispatch: &Callback<Msg>) -> Html {
    let button = |label: &'static str, msg| {
        html! { <button class="outlined" type="button" onclick={send(dispatch, Msg::Draft(msg))}>{ label }</button> }
    };
    match notice.offer {
        Some(Offer::UndoDelete) => button("Undo", DraftMsg::UndoDelete),
        Some(Offer::Run) => html! {
            <>
                { button("Copy the text", DraftMsg::CopyOffered) }
                { button("Run it all the same", DraftMsg::RunOffered) }
            </>
        },
        None => html! { <span hidden=true></span> },
    }
}

/// The way to the reader's own: the draft changed last, or, where it may be that one the page died of, the list.
fn own(model: &Model) -> Msg {
    match &model.offered {
        Some(_) => Msg::OpenDialog(Dialog::Drafts),
        None => Msg::Draft(DraftMsg::Ask(None)),
    }
}

/// What the raw text is.
fn said_by(model: &Model) -> &'static str {
    match (&model.offered, model.unopened) {
        (Some(_), _) => "The text",
        (None, true) => "What the link holds",
        (None, false) => "What the text says",
    }
}

/// A newer version of the page waits. It is never forced on anyone: what is on the screen stays as it is until they say so.
pub fn newer(dispatch: &Callback<Msg>) -> Html {
    html! {
        <div class="notice" role="status" data-notice="newer">
            <p>{ "A newer Fencepost is there: reload to use it." }</p>
            <button class="outlined" type="button" onclick={send(dispatch, Msg::TakeNewer)}>{ "Reload" }</button>
            { dismiss("Not now", dispatch, Msg::LeaveNewer) }
        </div>
    }
}

/// Hides the notice, where there is something behind it.
fn way_back(model: &Model, dispatch: &Callback<Msg>) -> Html {
    match (model.is_blank(), model.unopened && !model.text().is_empty()) {
        (false, _) => dismiss("Hide this notice", dispatch, Msg::DismissNotice),
        (true, true) => html! {
            <button class="outlined" type="button" onclick={send(dispatch, Msg::DismissNotice)}>
                { "Back to what was shown before" }
            </button>
        },
        (true, false) => Html::default(),
    }
}

fn dismiss(label: &'static str, dispatch: &Callback<Msg>, msg: Msg) -> Html {
    html! {
        <button class="icon" type="button" aria-label={label} title={label} onclick={send(dispatch, msg)}>
            { icons::close() }
        </button>
    }
}
