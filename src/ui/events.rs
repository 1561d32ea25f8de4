//! The run as a table: the equal twin of the picture, for whoever reads rather than looks.

use fencepost_properties::State;
use fencepost_sim::EventId;
use fencepost_vocabulary::Event;
use yew::{Callback, Html, html};

use super::send;
use crate::app::{Model, Msg, Picture};
use crate::words::event_worth_a_row;

/// So many rows are drawn at most: a page of a hundred thousand rows would help nobody.
const MOST: usize = 2_000;

/// The table. Its rows exist only while it is unfolded: a drag should not have to paint them.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let count = model.picture.run.trace.events.iter().filter(|event| event_worth_a_row(event)).count();
    let open = model.events_open;
    html! {
        <section class="panel of-faults" aria-label="Events">
            <button class="disclose" type="button" aria-expanded={open.to_string()}
                onclick={send(dispatch, Msg::ShowEvents(!open))}>
                { format!("All {count} events as a table") }
            </button>
            if open {
                { table(model, dispatch) }
            }
            if open && count > MOST {
                <p class="empty">{ format!("The other {} are not listed here.", count - MOST) }</p>
            }
        </section>
    }
}

fn table(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let events = model.picture.run.trace.events.iter().filter(|event| event_worth_a_row(event));
    html! {
        <table class="events">
            <thead><tr><th scope="col">{ "Time" }</th><th scope="col">{ "What happens" }</th></tr></thead>
            <tbody>{ for events.take(MOST).map(|event| row(model, event, dispatch)) }</tbody>
        </table>
    }
}

fn row(model: &Model, event: &Event, dispatch: &Callback<Msg>) -> Html {
    let class = if violates(&model.picture, event.id) { "is-bad" } else { "" };
    let current = (model.selected_event() == Some(event.id)).to_string();
    html! {
        <tr key={event.id.0} {class} aria-current={current}>
            <td>{ event.time.to_string() }</td>
            <td>
                <button class="link" type="button" onclick={send(dispatch, Msg::JumpTo(event.id))}>
                    { model.picture.happening(event) }
                </button>
            </td>
        </tr>
    }
}

fn violates(picture: &Picture, id: EventId) -> bool {
    picture.run.verdicts.iter().any(|verdict| matches!(verdict.state, State::Violated { event, .. } if event == id))
}
