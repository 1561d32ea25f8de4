//! Why the first violation happened, or why something that was promised stays undone: the events it rests on, and the
//! faults it needs, each with a switch. The box stays where it is while the switches are tried.

use fencepost_sim::EventId;
use yew::{Callback, Html, html};

use super::{send, working};
use crate::app::{Blame, FaultRow, Model, Msg, Picture, Why, verdict_name};
use crate::words::fault_sentence;

/// The box, where something ends badly or ended badly a moment ago; an empty element otherwise. During a drag it is that
/// of the run before, and muted.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let Some(why) = &model.why else { return html! { <div></div> } };
    let dragged = model.drag.as_ref();
    let picture = dragged.map_or(&*model.picture, |drag| &*drag.before);
    html! {
        <section class={if dragged.is_some() { "card of-verdicts past" } else { "card of-verdicts" }} aria-label="Why">
            <h3>{ question(why) }</h3>
            <p>{ &why.sentence }</p>
            { reasons(why, picture, dispatch) }
            { switches(why, picture, dispatch) }
            <p class="reasons end">{ end(why, picture, model) }</p>
        </section>
    }
}

fn question(why: &Why) -> String {
    if why.violated { format!("Why is {} violated?", why.name) } else { format!("Why does {} stay undone?", why.name) }
}

/// The conflicting events. Those of a run that is not shown any more stand where they stood and lead nowhere.
fn reasons(why: &Why, picture: &Picture, dispatch: &Callback<Msg>) -> Html {
    let verdict = why.verdict(picture).filter(|_| why.is_still_so(picture));
    let Some(verdict) = verdict.map(|index| &picture.run.verdicts[index]) else {
        let gone = why.times.iter().enumerate().map(|(place, time)| {
            html! { <button class="link" key={place} type="button" disabled=true title="Not in the run that is shown now">{ time }</button> }
        });
        return html! { <p class="reasons" key="then">{ "Show " }{ for gone }</p> };
    };
    let events = verdict.events.iter().map(|event| reason(picture, *event, dispatch));
    html! { <p class="reasons" key="now">{ "Show " }{ for events }</p> }
}

/// One of the conflicting events.
fn reason(picture: &Picture, id: EventId, dispatch: &Callback<Msg>) -> Html {
    let event = picture.run.trace.event(id);
    let said = format!("{}: {}", event.time, picture.happening(event));
    html! {
        <button class="link" key={id.0} type="button" title={said.clone()} aria-label={said}
            onclick={send(dispatch, Msg::JumpTo(id))}>
            { event.time.to_string() }
        </button>
    }
}

/// Each fault with a switch; those that the bad end needs are marked.
fn switches(why: &Why, picture: &Picture, dispatch: &Callback<Msg>) -> Html {
    let rows = picture.fault_rows();
    let rows = rows.iter().enumerate().map(|(place, row)| switch(why, place, row, dispatch));
    html! { <div role="group" aria-label="Faults of this run">{ for rows }</div> }
}

fn switch(why: &Why, place: usize, row: &FaultRow<'_>, dispatch: &Callback<Msg>) -> Html {
    let on = row.id.is_some();
    html! {
        <label class={if on { "switch" } else { "switch off" }} key={place}>
            <input type="checkbox" checked={on} onchange={send(dispatch, Msg::ToggleFault(place))} />
            <span class="what">{ fault_sentence(row.spec) }</span>
            if why.needs(row.spec) {
                <span class="tag" title={format!("Switch it off and {}.", gone(why))}>{ "necessary" }</span>
            }
        </label>
    }
}

fn gone(why: &Why) -> &'static str {
    if why.violated { "the violation disappears" } else { "it can still happen" }
}

/// What the switches have shown, or would show.
fn end(why: &Why, picture: &Picture, model: &Model) -> String {
    if model.asking.lacks.blame {
        return format!("Which of them it needs: {}", working::said(model));
    }
    if !why.is_still_so(picture) {
        return since(why, picture);
    }
    let blame = model.blame.as_ref().filter(|blame| why.verdict(picture) == Some(blame.verdict));
    match why.switched_off(picture) {
        0 => would(why, picture, blame),
        _ => format!("{} {}", why.since(picture), would(why, picture, blame)).trim_end().to_owned(),
    }
}

/// What has become of the question, and what has gone wrong in its place.
fn since(why: &Why, picture: &Picture) -> String {
    let instead = picture.bad_end().map(|index| {
        let verdict = &picture.run.verdicts[index];
        format!(" But {}: {}", verdict_name(&picture.run, index), verdict.sentence)
    });
    format!("{}{}", why.since(picture), instead.unwrap_or_default())
}

/// What to switch off to undo it.
fn would(why: &Why, picture: &Picture, blame: Option<&Blame>) -> String {
    if picture.view.scenario.faults.is_empty() {
        return "No fault is needed for it: this is how the protocol behaves.".into();
    }
    let Some(Blame { necessary, .. }) = blame else { return String::new() };
    let gone = gone(why);
    match (necessary.iter().filter(|necessary| **necessary).count(), necessary.len()) {
        (_, 0) => "To try the run without each fault would take too long here.".into(),
        (0, 1) => "It is the same without this fault.".into(),
        (0, _) => "It is the same without any one of them.".into(),
        (1, 1) => format!("Switch that fault off and {gone}."),
        (1, _) => format!("Switch off the fault marked necessary and {gone}."),
        _ => format!("Switch off any one of those marked necessary and {gone}."),
    }
}
