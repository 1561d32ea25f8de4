//! The reader's drafts: what each is called, what it began from and when it was last changed; to open, to call
//! something else, to delete, and to take that back.

use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, KeyboardEvent, SubmitEvent, TargetCast, html};

use super::dialog::{Focused, Modal};
use super::send;
use crate::app::{Dialog, DraftMsg, Listed, Model, Msg, Offer, Renaming};

/// The dialog.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    html! {
        <Modal title="Your drafts" on_close={send(dispatch, Msg::CloseDialog)}>
            <p class="muted">
                { "What you change is kept in this browser, and nowhere else. To keep it for longer, or to send it, save it as a file." }
            </p>
            { deleted(model, dispatch) }
            if model.drafts.is_empty() {
                <p class="empty">{ "You have no drafts yet. One begins as soon as you change a scenario." }</p>
            }
            <ul class="drafts">{ for model.drafts.iter().map(|listed| row(model, listed, dispatch)) }</ul>
            <p class="row">
                <button class="outlined" type="button" onclick={send(dispatch, Msg::Draft(DraftMsg::New))}>{ "New scenario" }</button>
                <button class="outlined" type="button" onclick={send(dispatch, Msg::OpenDialog(Dialog::Gallery))}>
                    { "All scenarios" }
                </button>
            </p>
        </Modal>
    }
}

/// What was deleted last, with the way back.
fn deleted(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let offered = model.notice.as_ref().is_some_and(|notice| notice.offer == Some(Offer::UndoDelete));
    match model.deleted.as_ref().filter(|_| offered) {
        Some(draft) => html! {
            <Focused key={draft.key.clone()}>
                <p class="deleted" role="status">
                    <span>{ format!("“{}” is deleted.", draft.heading()) }</span>
                    <button class="outlined" type="button" onclick={send(dispatch, Msg::Draft(DraftMsg::UndoDelete))}>{ "Undo" }</button>
                </p>
            </Focused>
        },
        None => html! { <p key="none" hidden=true></p> },
    }
}

fn row(model: &Model, listed: &Listed, dispatch: &Callback<Msg>) -> Html {
    let Listed { draft, when } = listed;
    let key = &draft.key;
    if let Some(renaming) = model.renaming.as_ref().filter(|renaming| renaming.key == *key) {
        return html! { <li key={key.clone()}>{ name_field(renaming, dispatch) }</li> };
    }
    let (name, open) = (draft.heading(), model.work.key() == Some(key));
    let ask = send(dispatch, Msg::Draft(DraftMsg::Ask(Some(key.clone()))));
    let renaming = Renaming { key: key.clone(), name: name.to_owned() };
    let rename = send(dispatch, Msg::Draft(DraftMsg::EditName(Some(renaming))));
    let delete = send(dispatch, Msg::Draft(DraftMsg::Delete(key.clone())));
    html! {
        <li key={key.clone()} data-draft={key.clone()}>
            <button class="what" type="button" aria-current={open.to_string()} onclick={ask}>
                <span class="title">{ name.to_owned() }</span>
                <span class="subject">{ format!("{} · changed {when}", draft.base.sentence()) }</span>
            </button>
            <button class="link" type="button" aria-label={format!("Rename {name}")} onclick={rename}>{ "Rename" }</button>
            <button class="link" type="button" aria-label={format!("Delete {name}")} onclick={delete}>{ "Delete" }</button>
        </li>
    }
}

/// The name, to be changed: Enter keeps it, Escape does not.
fn name_field(renaming: &Renaming, dispatch: &Callback<Msg>) -> Html {
    let key = renaming.key.clone();
    let oninput = dispatch.reform(move |event: InputEvent| {
        let name = event.target_unchecked_into::<HtmlInputElement>().value();
        Msg::Draft(DraftMsg::EditName(Some(Renaming { key: key.clone(), name })))
    });
    let keep = dispatch.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        keep.emit(Msg::Draft(DraftMsg::Rename));
    });
    let stop = dispatch.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            // The dialog stays.
            event.prevent_default();
            stop.emit(Msg::Draft(DraftMsg::EditName(None)));
        }
    });
    html! {
        <Focused>
            <form class="address" {onsubmit}>
                <input type="text" aria-label="Name of the draft" maxlength="200" autocomplete="off"
                    value={renaming.name.clone()} {oninput} {onkeydown} />
                <button class="primary" type="submit">{ "Keep name" }</button>
            </form>
        </Focused>
    }
}
