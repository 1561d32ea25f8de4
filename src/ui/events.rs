//! The run as a table: the equal twin of the picture, for whoever reads rather than looks.

use std::rc::Rc;

use fencepost_properties::State;
use fencepost_sim::EventId;
use fencepost_vocabulary::Event;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

use super::send;
use crate::app::{Msg, Picture};
use crate::words::{event_sentence, event_worth_a_row};

/// So many rows are drawn at most: a page of a hundred thousand rows would help nobody.
const MOST: usize = 2_000;

/// What the table shows.
#[derive(Clone, Debug, Properties)]
pub struct EventsProps {
    /// The run.
    pub picture: Rc<Picture>,
    /// The event the reader is at.
    pub selected: Option<EventId>,
    /// Where what the reader does goes.
    pub dispatch: Callback<Msg>,
}

impl PartialEq for EventsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.picture, &other.picture) && self.selected == other.selected
    }
}

/// The table. A component, because its rows exist only while it is unfolded: a drag should not have to paint them.
#[component]
pub fn Events(props: &EventsProps) -> Html {
    let open = use_state_eq(|| false);
    let count = props.picture.run.trace.events.iter().filter(|event| event_worth_a_row(event)).count();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    html! {
        <section class="panel of-faults" aria-label="Events">
            <button class="disclose" type="button" aria-expanded={open.to_string()} onclick={toggle}>
                { format!("All {count} events as a table") }
            </button>
            if *open {
                { table(props) }
            }
            if *open && count > MOST {
                <p class="empty">{ format!("The other {} are not listed here.", count - MOST) }</p>
            }
        </section>
    }
}

fn table(props: &EventsProps) -> Html {
    let events = props.picture.run.trace.events.iter().filter(|event| event_worth_a_row(event));
    html! {
        <table class="events">
            <thead><tr><th scope="col">{ "Time" }</th><th scope="col">{ "What happens" }</th></tr></thead>
            <tbody>{ for events.take(MOST).map(|event| row(props, event)) }</tbody>
        </table>
    }
}

fn row(props: &EventsProps, event: &Event) -> Html {
    let class = if violates(&props.picture, event.id) { "is-bad" } else { "" };
    let current = (props.selected == Some(event.id)).to_string();
    html! {
        <tr key={event.id.0} {class} aria-current={current}>
            <td>{ event.time.to_string() }</td>
            <td>
                <button class="link" type="button" onclick={send(&props.dispatch, Msg::JumpTo(event.id))}>
                    { event_sentence(&props.picture.run.cast, event) }
                </button>
            </td>
        </tr>
    }
}

fn violates(picture: &Picture, id: EventId) -> bool {
    picture.run.verdicts.iter().any(|verdict| matches!(verdict.state, State::Violated { event, .. } if event == id))
}
