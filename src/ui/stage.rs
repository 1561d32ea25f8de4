//! The middle of the page: which variant is shown, what the last change did, and the timeline.

use fencepost_scene::Px;
use yew::{Callback, Event, Html, html};

use super::{icons, notice, send, story, verdicts};
use crate::app::{Change, Dialog, Frame, Model, Msg};

/// The column.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    html! {
        <section class="column stage" aria-label="Timeline">
            if model.frame != Frame::Embed {
                { story::about(model, dispatch) }
            } else {
                <div hidden=true></div>
            }
            { cut_short(model) }
            { left_out(model, dispatch) }
            <div class={if model.picture.parsed.scenario.variants.is_empty() { "stage-top plain" } else { "stage-top" }}>
                <div class="stage-bar">
                    { variants(model, dispatch) }
                    <button class="icon axis" type="button" aria-label="Even time" aria-pressed={model.linear.to_string()}
                        title="Even time: draw quiet stretches as long as they are" onclick={send(dispatch, Msg::SetLinear(!model.linear))}>
                        { icons::even() }
                    </button>
                </div>
                { now(model, dispatch) }
            </div>
            if model.picture.view.scenario.participants.is_empty() {
                { nobody(dispatch) }
            } else {
                <div class={slot(model)}>{ super::timeline::view(model, dispatch) }</div>
            }
            { foot(model, dispatch) }
            if model.invite {
                { notice::invitation(dispatch) }
            } else {
                <div hidden=true></div>
            }
            { ways_on(model, dispatch) }
        </section>
    }
}

/// That a limit stopped the run, and what this means for the verdicts.
fn cut_short(model: &Model) -> Html {
    let Some(stopped) = fencepost_properties::cut_short(&model.picture.run.trace) else {
        return html! { <div hidden=true></div> };
    };
    html! {
        <p class="cut" role="status" data-cut="">
            <b>{ format!("This run was {stopped}.") }</b>{ " What has not happened by then is not judged." }
        </p>
    }
}

/// "200,000"
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let comma = |place: usize| if place > 0 && (digits.len() - place).is_multiple_of(3) { "," } else { "" };
    digits.char_indices().map(|(place, digit)| format!("{}{digit}", comma(place))).collect()
}

/// That the picture does not show all of the run, how far it goes, and how to see more.
fn left_out(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let Some(rest) = model.picture.scene.rest else { return html! { <div hidden=true></div> } };
    html! {
        <div class="cut" role="status" data-rest={rest.drawn.to_string()}>
            if rest.drawn < rest.of {
                <p>
                    <b>{ format!("The picture shows the first {} of {} events, up to {}.", grouped(rest.drawn), grouped(rest.of), rest.until) }</b>
                    { " The verdicts are about all of them. " }
                    <button class="link" type="button" onclick={send(dispatch, Msg::DrawMore)}>{ "Draw more" }</button>
                </p>
            }
            if rest.crowded > 0 || rest.dense {
                <p>{ "Where more messages travel at once than can be told apart, only some of them are drawn. The table of events has them all." }</p>
            }
        </div>
    }
}

/// So many lanes as do not fit a narrow screen scroll sideways in a box of their own, below their headers.
fn slot(model: &Model) -> &'static str {
    let fits = model.width == 0 || model.picture.scene.width <= Px::new(model.width as i32 + 1);
    if fits { "timeline-slot" } else { "timeline-slot wide" }
}

/// A text without participants, such as the empty one behind a link that could not be read.
fn nobody(dispatch: &Callback<Msg>) -> Html {
    html! {
        <div class="nobody">
            <p>{ "This scenario has no participants yet." }</p>
            <button class="outlined" type="button" onclick={send(dispatch, Msg::OpenDialog(Dialog::Gallery))}>
                { "Choose a scenario" }
            </button>
        </div>
    }
}

/// So many variants have a button each; more of them are a list to choose from.
const BUTTONS: usize = 4;

/// Whether a button for each variant fits one line of the timeline's width, by its letters.
fn fits_a_line<'a>(titles: impl Iterator<Item = &'a str>, width: u32) -> bool {
    let needed: usize = titles.map(|title| title.chars().count() * 15 / 2 + 20).sum();
    let width = if width == 0 { 720 } else { width as usize };
    needed + 72 <= width
}

/// With and without: the base and each variant.
fn variants(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let variants = &model.picture.parsed.scenario.variants;
    if variants.is_empty() {
        return html! { <div></div> };
    }
    let named = variants.iter().map(|variant| (Some(variant.name.clone()), variant.title.clone()));
    let all = std::iter::once((None, "As written".to_owned())).chain(named);
    let titles = std::iter::once("As written").chain(variants.iter().map(|variant| variant.title.as_str()));
    if variants.len() > BUTTONS || !fits_a_line(titles, model.width) {
        return list(all, &model.variant, dispatch);
    }
    html! {
        <div class="segments" role="group" aria-label="Variant">
            { for all.map(|(name, title)| segment(name, title, &model.variant, dispatch)) }
        </div>
    }
}

fn list(
    all: impl Iterator<Item = (Option<String>, String)>,
    current: &Option<String>,
    dispatch: &Callback<Msg>,
) -> Html {
    let options = all.map(|(name, title)| {
        let selected = name == *current;
        html! { <option key={title.clone()} value={name.unwrap_or_default()} {selected}>{ title }</option> }
    });
    // No variant has an empty name.
    let onchange = dispatch.reform(|event: Event| {
        let chosen = event.target().and_then(|list| js_sys::Reflect::get(&list, &"value".into()).ok());
        Msg::SetVariant(chosen.and_then(|value| value.as_string()).filter(|name| !name.is_empty()))
    });
    html! { <select class="variants" aria-label="Variant" {onchange}>{ for options }</select> }
}

fn segment(name: Option<String>, title: String, current: &Option<String>, dispatch: &Callback<Msg>) -> Html {
    let pressed = (name == *current).to_string();
    let key = name.clone().unwrap_or_default();
    html! {
        <button {key} type="button" aria-pressed={pressed} onclick={send(dispatch, Msg::SetVariant(name))}>
            { title }
        </button>
    }
}

/// The verdict, always in view above the picture, and below it what the last change did, or that the picture is older
/// than the text. Its height never changes, so that the diagram below does not move under the hand that drags it.
fn now(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let told: Vec<String> = model.changes.iter().map(Change::sentence).collect();
    html! {
        <div class="now">
            { verdicts::summary(model, dispatch) }
            if let Some(said) = model.stale_sentence() {
                <p class="changes stale" role="status">{ said }</p>
            } else if model.drag.as_ref().is_some_and(|drag| drag.is_behind) {
                <p class="changes" data-behind="">{ "This run is large: the picture follows when the hand rests." }</p>
            } else {
                <p class="changes" title={told.join(" · ")}>{ changes(&model.changes) }</p>
            }
        </div>
    }
}

fn changes(changes: &[Change]) -> Html {
    let parts = changes.iter().enumerate().map(|(place, change)| {
        html! {
            <span key={place} data-change={change.sentence()}>
                { if place > 0 { " · " } else { "" } }
                { part(change) }
            </span>
        }
    });
    html! { <>{ for parts }<span></span></> }
}

fn part(change: &Change) -> Html {
    match change {
        Change::Fault(sentence) => html! { <>{ sentence }</> },
        Change::Write(sentence) => html! { <b>{ sentence }</b> },
        Change::Verdict { name, from, to } => html! { <>{ format!("{name}: {from} → ") }<b>{ *to }</b></> },
    }
}

/// On a phone, where the verdicts are another panel, the ways on stand at the end of the picture too.
fn ways_on(model: &Model, dispatch: &Callback<Msg>) -> Html {
    match (model.frame, model.standing().place()) {
        (Frame::Full | Frame::Read, Some(place)) => story::ways_on(place, dispatch),
        _ => html! { <div hidden=true></div> },
    }
}

/// Inside another page: the ways out.
fn foot(model: &Model, dispatch: &Callback<Msg>) -> Html {
    if model.frame != Frame::Embed {
        return html! { <div></div> };
    }
    html! {
        <footer class="embed-foot">
            if model.is_edited() {
                <button class="outlined" type="button" onclick={send(dispatch, Msg::Reset)}>
                    { "Reset to the author’s version" }
                </button>
            }
            <a class="button" href={model.full_address()} target="_blank" rel="noopener">{ "Open in full" }</a>
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_that_do_not_fit_a_line_are_a_list() {
        let short = ["As written", "Fence at the storage"];
        assert!(fits_a_line(short.into_iter(), 360) && fits_a_line(short.into_iter(), 0));
        let long = ["As written", "The nodes ask first whether they would be elected"];
        assert!(!fits_a_line(long.into_iter(), 360) && fits_a_line(long.into_iter(), 800));
    }
}
