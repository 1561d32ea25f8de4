//! The gallery as a course: its parts, and in each the chapters with what they teach; a field to search them.

use fencepost_scenario::gallery::{self, Part, Preset};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::{Callback, Html, InputEvent, KeyboardEvent, TargetCast, html};

use super::dialog::Modal;
use super::send;
use crate::app::{Dialog, Model, Msg, found, subject};

/// The dialog.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let shown = found(&model.search);
    html! {
        <Modal title="Scenarios" on_close={send(dispatch, Msg::CloseDialog)}>
            <div class="course" onkeydown={Callback::from(walk)}>
                { search(model, dispatch) }
                <button class="outlined own" type="button" onclick={send(dispatch, Msg::OpenDialog(Dialog::Drafts))}>
                    { "Your drafts" }
                </button>
                { for Part::ALL.into_iter().map(|part| chapters(model, part, &shown, dispatch)) }
                if shown.is_empty() {
                    <p class="empty">{ format!("Nothing matches “{}”.", model.search.trim()) }</p>
                }
            </div>
            <p>
                <button class="outlined" type="button" onclick={send(dispatch, Msg::ChooseFile)}>{ "Open a file…" }</button>
                { " " }
                <button class="outlined" type="button" onclick={send(dispatch, Msg::OpenDialog(Dialog::Article))}>
                    { "What the article says, and what is right" }
                </button>
            </p>
        </Modal>
    }
}

/// Enter opens the first that is found.
fn search(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let oninput =
        dispatch.reform(|event: InputEvent| Msg::Search(event.target_unchecked_into::<HtmlInputElement>().value()));
    let open = dispatch.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        // What the field holds now: a fast hand is ahead of what has been drawn.
        let asked = event.target_unchecked_into::<HtmlInputElement>().value();
        if let ("Enter", Some(place)) = (event.key().as_str(), found(&asked).first().copied()) {
            event.prevent_default();
            open.emit(Msg::OpenGallery(place));
        }
    });
    html! {
        <input class="search" type="search" aria-label="Search the scenarios" placeholder="Search: Redis, GC, split brain…"
            autocomplete="off" spellcheck="false" value={model.search.clone()} {oninput} {onkeydown} />
    }
}

fn chapters(model: &Model, part: Part, shown: &[usize], dispatch: &Callback<Msg>) -> Html {
    let all = gallery::all();
    let own: Vec<usize> = shown.iter().copied().filter(|place| all[*place].part == part).collect();
    let heading = format!("{} · {}", part.letter(), part.title());
    if own.is_empty() {
        return html! { <section key={part.title()} hidden=true></section> };
    }
    let current = |place| model.standing().place() == Some(place);
    html! {
        <section key={part.title()} aria-label={heading.clone()}>
            <h3>{ heading }</h3>
            <ol class="chapters">
                { for own.into_iter().map(|place| chapter(place, &all[place], current(place), dispatch)) }
            </ol>
        </section>
    }
}

fn chapter(place: usize, preset: &Preset, current: bool, dispatch: &Callback<Msg>) -> Html {
    html! {
        <li key={place}>
            <button type="button" aria-current={current.to_string()} autofocus={current} title={preset.about()}
                onclick={send(dispatch, Msg::OpenGallery(place))}>
                <span class="number">{ preset.number }</span>
                <span>
                    <span class="title">{ preset.title() }</span>
                    <span class="subject">{ subject(preset.number) }</span>
                    <span class="about">{ preset.lesson }</span>
                </span>
            </button>
        </li>
    }
}

/// The arrows go from the field to the chapters and from one to the next.
fn walk(event: KeyboardEvent) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let course = event.current_target().and_then(|course| course.dyn_into::<Element>().ok());
    let all = course.and_then(|course| course.query_selector_all(".search, .chapters button").ok());
    let (Some(all), Some(here)) = (all, event.target()) else { return };
    let at = (0..all.length()).find(|place| all.get(*place).is_some_and(|node| here == *node.unchecked_ref()));
    let next = at.and_then(|at| if down { at.checked_add(1) } else { at.checked_sub(1) });
    if let Some(next) = next.and_then(|next| all.get(next)) {
        event.prevent_default();
        let _ = next.unchecked_into::<HtmlElement>().focus();
    }
}
