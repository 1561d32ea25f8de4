//! The ways out: a link with the whole scenario in it, the picture, the text.

use yew::{Callback, Html, html};

use super::dialog::Modal;
use super::send;
use crate::app::{Light, Model, Msg, ShareLink};

/// The dialog.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let link = ShareLink::of(model);
    html! {
        <Modal title="Share" on_close={send(dispatch, Msg::CloseDialog)}>
            <p>{ "The link holds the whole scenario. Nothing is sent to a server: who opens it runs it again and sees the same, to the last event." }</p>
            { address(&link, &model.announcement, dispatch) }
            <h3>{ "As a file" }</h3>
            <div class="row">
                <button class="outlined" type="button" onclick={send(dispatch, Msg::DownloadSvg)}>{ "Picture (SVG)" }</button>
                <button class="outlined" type="button" onclick={send(dispatch, Msg::DownloadText)}>{ "Text (.fencepost)" }</button>
            </div>
            <p class="muted">{ format!("Digest of this run: {:016x}", model.picture.digest) }</p>
        </Modal>
    }
}

/// The link, and beside the button that copies it, whether that worked.
fn address(link: &ShareLink, said: &str, dispatch: &Callback<Msg>) -> Html {
    let light = link.light();
    let class = match light {
        Light::Green => "light green",
        Light::Amber => "light amber",
        Light::Red | Light::TooLong => "light red",
    };
    html! {
        <>
            if light != Light::TooLong {
                <div class="address">
                    <input type="text" readonly=true aria-label="Link" value={link.address.clone()} />
                    <button class="primary" type="button" onclick={send(dispatch, Msg::CopyLink)}>{ "Copy link" }</button>
                </div>
                <output class="copied" aria-live="polite">{ said.to_owned() }</output>
            }
            <p {class} data-light={light.word()}>
                <span class="lamp" aria-hidden="true"></span>
                <span>{ format!("{} characters: {}", link.address.chars().count(), light.sentence()) }</span>
            </p>
        </>
    }
}
