//! Why the first violation happened, or why something that was promised stays undone: the events it rests on, and the
//! faults it needs.

use fencepost_properties::State;
use fencepost_sim::EventId;
use yew::{Callback, Html, html};

use super::{send, working};
use crate::app::{Blame, Model, Msg, Picture, verdict_name};
use crate::words::fault_sentence;

/// The box, for a run in which something ends badly; an empty element for others.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let picture = &*model.picture;
    // During a drag the blame is that of the run before, so it is not shown beside another run.
    let Some(blame) = model.blame.as_ref().filter(|_| model.drag.is_none()) else { return html! { <div></div> } };
    let verdict = &picture.run.verdicts[blame.verdict];
    html! {
        <section class="card of-verdicts" aria-label="Why">
            <h3>{ question(&verdict_name(&picture.run, blame.verdict), verdict.state) }</h3>
            <p>{ &verdict.sentence }</p>
            <p class="reasons">{ "Show " }{ for verdict.events.iter().map(|event| reason(picture, *event, dispatch)) }</p>
            { faults(model, blame, dispatch) }
        </section>
    }
}

fn question(name: &str, state: State) -> String {
    match state {
        State::Violated { .. } => format!("Why is {name} violated?"),
        _ => format!("Why does {name} stay undone?"),
    }
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

/// Each fault with a switch; those that the violation needs are marked.
fn faults(model: &Model, blame: &Blame, dispatch: &Callback<Msg>) -> Html {
    let picture = &*model.picture;
    if picture.view.scenario.faults.is_empty() {
        return html! { <p class="empty">{ "No fault is needed for it: this is how the protocol behaves." }</p> };
    }
    let violated = matches!(picture.run.verdicts[blame.verdict].state, State::Violated { .. });
    let gone = if violated { "the violation disappears" } else { "it can still happen" };
    let rows = picture.fault_rows();
    let switches = rows.iter().enumerate().filter_map(|(place, row)| {
        let id = row.id?;
        let necessary = blame.necessary.get(id.index()).copied().unwrap_or(false);
        Some(html! {
            <label class="switch" key={place}>
                <input type="checkbox" checked=true onchange={send(dispatch, Msg::ToggleFault(place))} />
                <span class="what">{ fault_sentence(row.spec) }</span>
                if necessary {
                    <span class="tag" title={format!("Switch it off and {gone}.")}>{ "necessary" }</span>
                }
            </label>
        })
    });
    let needed = blame.necessary.iter().filter(|necessary| **necessary).count();
    let end = match (needed, blame.necessary.len()) {
        _ if model.asking.lacks.blame => format!("Which of them it needs: {}", working::said(model)),
        (_, 0) => "To try the run without each fault would take too long here.".to_owned(),
        (0, 1) => "It is the same without this fault.".to_owned(),
        (0, _) => "It is the same without any one of them.".to_owned(),
        (1, 1) => format!("Switch that fault off and {gone}."),
        (1, _) => format!("Switch off the fault marked necessary and {gone}."),
        _ => format!("Switch off any one of those marked necessary and {gone}."),
    };
    html! { <><div role="group" aria-label="Faults of this run">{ for switches }</div><p class="reasons">{ end }</p></> }
}
