//! The bar at the top: where we are, back and forth, and the ways out.

use fencepost_scenario::gallery;
use yew::{Callback, Html, html};

use super::{icons, send};
use crate::app::{Dialog, Model, Msg, Standing, Theme, next_theme};

/// The bar.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let (undo, redo) = match model.unopened {
        true => (false, false),
        false => (model.can_undo(), model.can_redo()),
    };
    html! {
        <header class="bar">
            <h1 class="brand">{ icons::fence() }<span>{ "Fencepost" }</span></h1>
            { chapter(model, dispatch) }
            <div class="tools" role="toolbar" aria-label="Page">
                { icon("Undo", "Ctrl+Z", icons::undo(), !undo, send(dispatch, Msg::Undo)) }
                { icon("Redo", "Ctrl+Shift+Z", icons::redo(), !redo, send(dispatch, Msg::Redo)) }
                <span class="rule wide" aria-hidden="true"></span>
                { icon("Help", "marks, words and keys", icons::help(), false, open(dispatch, Dialog::Help)) }
                if !model.unopened {
                    <button class="primary share" type="button" aria-label="Share"
                        onclick={open(dispatch, Dialog::Share)}>{ icons::share() }<span>{ "Share" }</span></button>
                }
                <span class="wide">{ theme(model.theme, dispatch) }</span>
            </div>
        </header>
    }
}

fn open<E: 'static>(dispatch: &Callback<Msg>, dialog: Dialog) -> Callback<E> {
    send(dispatch, Msg::OpenDialog(dialog))
}

fn icon(label: &str, hint: &str, sign: Html, disabled: bool, onclick: Callback<yew::MouseEvent>) -> Html {
    let title = format!("{label} ({hint})");
    html! {
        <button class="icon" type="button" aria-label={label.to_owned()} {title} {disabled} {onclick}>{ sign }</button>
    }
}

/// Which scenario this is; opens the list of chapters.
fn chapter(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let standing = model.standing();
    let number = standing.place().and_then(|place| gallery::all().get(place)).map(|entry| entry.number);
    let title = model.heading();
    html! {
        <h2 class="heading" tabindex="-1" data-heading="">
            <button class="chapter" type="button" aria-haspopup="dialog" title={format!("{title}: choose a scenario")}
                onclick={open(dispatch, Dialog::Gallery)}>
                <span class="hidden">{ "Scenario: " }</span>
                if let (Standing::Chapter(_), Some(number)) = (standing, number) {
                    <span class="number">{ number }</span>
                }
                <span class="called">
                    <span class="title">{ title.to_owned() }</span>
                    if let (Standing::Changed(_), Some(number)) = (standing, number) {
                        <small>{ "based on " }<span>{ "chapter " }</span>{ number }</small>
                    }
                </span>
                { icons::open() }
            </button>
        </h2>
    }
}

/// Goes round light, dark and what the system says.
pub fn theme(theme: Theme, dispatch: &Callback<Msg>) -> Html {
    let now = match theme {
        Theme::Auto => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let label = format!("Theme: {now}");
    icon(&label, "change", icons::theme(), false, send(dispatch, Msg::SetTheme(next_theme(theme))))
}
