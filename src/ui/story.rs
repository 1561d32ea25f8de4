//! What the scenario tells, above its picture; what to take away from a chapter, below the verdicts, with the ways on.

use fencepost_scenario::gallery::{self, Preset};
use yew::{Callback, Html, html};

use super::{icons, send};
use crate::app::{Model, Msg, neighbours};

/// So many letters fit two lines of the narrowest window, and so many those of a wide one.
const NARROW: usize = 84;
const WIDE: usize = 260;

/// The author's `about`: its beginning, and the rest for whoever asks for it.
pub fn about(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let about = &model.picture.view.scenario.about;
    if about.is_empty() {
        return html! { <div hidden=true></div> };
    }
    let letters = about.chars().count();
    let fold = match (letters <= NARROW, letters <= WIDE) {
        (true, _) => "short",
        (false, true) => "long-on-a-phone",
        (false, false) => "long",
    };
    let open = model.story_open;
    let label = if open { "Less of the story" } else { "More of the story" };
    html! {
        <div class="synopsis" data-fold={fold}>
            <div>
                <p class={if open { "" } else { "folded" }}>{ about }</p>
                <button class="link" type="button" aria-label={label} aria-expanded={open.to_string()}
                    onclick={send(dispatch, Msg::ShowStory(!open))}>
                    { if open { "Less" } else { "More" } }
                </button>
            </div>
        </div>
    }
}

/// What a chapter teaches, and the chapters beside it. An empty element for a text of the reader's own.
pub fn lesson(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let Some(place) = model.standing().place() else { return html! { <div hidden=true></div> } };
    let Some(preset) = gallery::all().get(place) else { return html! { <div hidden=true></div> } };
    html! {
        <section class="lesson" aria-label="Lesson">
            <h3>{ "Lesson" }</h3>
            <p>{ preset.lesson }</p>
            { ways_on(place, dispatch) }
        </section>
    }
}

/// The chapter before and the one after, in the order of the course.
pub fn ways_on(place: usize, dispatch: &Callback<Msg>) -> Html {
    let [before, after] = neighbours(place);
    let chapter = |place: usize| gallery::all().get(place);
    html! {
        <nav class="ways-on" aria-label="Chapters">
            { for before.and_then(chapter).zip(before).map(|(preset, place)| way("Previous", preset, place, dispatch)) }
            { for after.and_then(chapter).zip(after).map(|(preset, place)| way("Next", preset, place, dispatch)) }
        </nav>
    }
}

fn way(word: &'static str, preset: &Preset, place: usize, dispatch: &Callback<Msg>) -> Html {
    html! {
        <button key={word} class={word} type="button" onclick={send(dispatch, Msg::OpenGallery(place))}>
            if word == "Previous" { { icons::previous() } }
            <span><small>{ word }</small><span class="title">{ format!("{} · {}", preset.number, preset.title()) }</span></span>
            if word == "Next" { { icons::next() } }
        </button>
    }
}
