//! What is said once: the invitation of a first visit, and what became of a link, a file or a copy.

use yew::{Callback, Html, html};

use super::{icons, send};
use crate::app::{Model, Msg, Notice, NoticeKind};

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
            <p>{ &notice.sentence }</p>
            if trouble && model.draft.is_some() {
                <button class="outlined" type="button" onclick={send(dispatch, Msg::OpenDraft)}>
                    { "Open my own draft" }
                </button>
            }
            if let Some(text) = &notice.salvaged {
                <button class="outlined" type="button" onclick={send(dispatch, Msg::OpenText(text.clone()))}>
                    { "Open what can still be read" }
                </button>
            }
            { dismiss("Hide this notice", dispatch, Msg::DismissNotice) }
            if let Some(raw) = &notice.raw {
                <details open=true>
                    <summary>{ "What the link holds" }</summary>
                    <pre tabindex="0">{ raw }</pre>
                </details>
            }
        </div>
    }
}

fn dismiss(label: &'static str, dispatch: &Callback<Msg>, msg: Msg) -> Html {
    html! {
        <button class="icon" type="button" aria-label={label} title={label} onclick={send(dispatch, msg)}>
            { icons::close() }
        </button>
    }
}
