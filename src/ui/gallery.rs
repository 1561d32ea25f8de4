//! The gallery as a course: chapters in order, each with its story in two sentences.

use fencepost_scenario::Document;
use fencepost_scenario::gallery::{self, Preset};
use yew::{Callback, Html, html};

use super::dialog::Modal;
use super::send;
use crate::app::{Model, Msg, Source};

/// The dialog.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let current = |place| model.source == Source::Gallery(place);
    html! {
        <Modal title="Scenarios" on_close={send(dispatch, Msg::CloseDialog)}>
            <p class="muted">{ "A course in what locks can and cannot do. Each opens as its own text, which you can change; Undo brings yours back." }</p>
            <ol class="chapters">
                { for gallery::all().iter().enumerate().map(|(place, preset)| chapter(place, preset, current(place), dispatch)) }
            </ol>
            <p>
                <button class="outlined" type="button" onclick={send(dispatch, Msg::ChooseFile)}>{ "Open a file…" }</button>
            </p>
        </Modal>
    }
}

fn chapter(place: usize, preset: &Preset, current: bool, dispatch: &Callback<Msg>) -> Html {
    let scenario = Document::new(preset.text).parse().scenario;
    html! {
        <li key={place}>
            <button type="button" aria-current={current.to_string()} onclick={send(dispatch, Msg::OpenGallery(place))}>
                <span class="number">{ preset.number }</span>
                <span>
                    <span class="title">{ scenario.title }</span>
                    <span class="about">{ scenario.about }</span>
                </span>
            </button>
        </li>
    }
}
