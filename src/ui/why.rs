//! Why the first violation happened: the two events that conflict, and the faults it needs.

use fencepost_sim::EventId;
use yew::{Callback, Html, html};

use super::send;
use crate::app::{Blame, Model, Msg, Picture, verdict_name};
use crate::words::{event_sentence, fault_sentence};

/// The box, for a run that violates something; an empty element for others.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let picture = &*model.picture;
    // During a drag the blame is that of the run before, so it is not shown beside another run.
    let Some(blame) = model.blame.as_ref().filter(|_| model.drag.is_none()) else { return html! { <div></div> } };
    let verdict = &picture.run.verdicts[blame.verdict];
    html! {
        <section class="card of-verdicts" aria-label="Why">
            <h3>{ format!("Why is {} violated?", verdict_name(&picture.run, blame.verdict)) }</h3>
            <p>{ &verdict.sentence }</p>
            <p class="reasons">{ "Show " }{ for verdict.events.iter().map(|event| reason(picture, *event, dispatch)) }</p>
            { faults(picture, blame, dispatch) }
        </section>
    }
}

/// One of the conflicting events.
fn reason(picture: &Picture, id: EventId, dispatch: &Callback<Msg>) -> Html {
    let event = picture.run.trace.event(id);
    let said = format!("{}: {}", event.time, event_sentence(&picture.run.cast, event));
    html! {
        <button class="link" key={id.0} type="button" title={said.clone()} aria-label={said}
            onclick={send(dispatch, Msg::JumpTo(id))}>
            { event.time.to_string() }
        </button>
    }
}

/// Each fault with a switch; those that the violation needs are marked.
fn faults(picture: &Picture, blame: &Blame, dispatch: &Callback<Msg>) -> Html {
    if picture.view.scenario.faults.is_empty() {
        return html! { <p class="empty">{ "No fault is needed for it: this is how the protocol behaves." }</p> };
    }
    let rows = picture.fault_rows();
    let switches = rows.iter().enumerate().filter_map(|(place, row)| {
        let id = row.id?;
        let necessary = blame.necessary.get(id.index()).copied().unwrap_or(false);
        Some(html! {
            <label class="switch" key={place}>
                <input type="checkbox" checked=true onchange={send(dispatch, Msg::ToggleFault(place))} />
                <span class="what">{ fault_sentence(row.spec) }</span>
                if necessary {
                    <span class="tag" title="Without it, the violation does not happen.">{ "necessary" }</span>
                }
            </label>
        })
    });
    html! { <div role="group" aria-label="Faults of this run">{ for switches }</div> }
}
