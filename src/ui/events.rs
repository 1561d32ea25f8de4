//! The run as a table: the equal twin of the picture, for whoever reads rather than looks.
//!
//! A component of its own, so that a drag does not count two hundred thousand events for every message: which events
//! have a row is found once a run, the rows are made while the table is unfolded, and a page of them at a time.

use std::rc::Rc;

use fencepost_properties::State;
use fencepost_sim::EventId;
use fencepost_vocabulary::Event;
use yew::{Callback, Component, Context, Html, Properties, html};

use super::pages::{Pages, Turn};
use super::send;
use crate::app::{Model, Msg, Picture};
use crate::words::event_worth_a_row;

/// So many rows make a page.
const PAGE: usize = 400;

/// The table.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let selected = model.selected_event();
    html! { <Events picture={model.picture.clone()} open={model.events_open} {selected} on={dispatch.clone()} /> }
}

/// What the page gives.
#[derive(Properties)]
pub struct EventsProps {
    /// The run.
    pub picture: Rc<Picture>,
    /// Whether the table is unfolded.
    pub open: bool,
    /// Which event the reader looks at.
    pub selected: Option<EventId>,
    /// Where everything goes that the reader means.
    pub on: Callback<Msg>,
}

impl PartialEq for EventsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.picture, &other.picture)
            && (self.open, self.selected) == (other.open, other.selected)
            && self.on == other.on
    }
}

/// The table, which knows its page.
pub struct Events {
    /// The events that have a row, in order.
    rows: Vec<EventId>,
    page: usize,
}

impl Component for Events {
    type Message = Turn;
    type Properties = EventsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut events = Self { rows: rows(&ctx.props().picture), page: 0 };
        events.follow(ctx.props().selected);
        events
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &EventsProps) -> bool {
        let new = ctx.props();
        if !Rc::ptr_eq(&new.picture.run, &old.picture.run) {
            self.rows = rows(&new.picture);
        }
        if new.selected != old.selected {
            self.follow(new.selected);
        }
        true
    }

    fn update(&mut self, _: &Context<Self>, turn: Turn) -> bool {
        self.page = self.pages().after(turn);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let EventsProps { open, on, .. } = ctx.props();
        html! {
            <section class="panel of-faults" aria-label="Events">
                <button class="disclose" type="button" aria-expanded={open.to_string()} onclick={send(on, Msg::ShowEvents(!open))}>
                    { format!("All {} events as a table", self.rows.len()) }
                </button>
                if *open {
                    { self.pages().ways("events", &ctx.link().callback(|turn| turn)) }
                    { self.table(ctx.props()) }
                }
            </section>
        }
    }
}

impl Events {
    fn pages(&self) -> Pages {
        Pages { all: self.rows.len(), size: PAGE, page: self.page }
    }

    /// Turns to the page of what the reader looks at.
    fn follow(&mut self, selected: Option<EventId>) {
        if let Some(Ok(place)) = selected.map(|event| self.rows.binary_search(&event)) {
            self.page = self.pages().of(place);
        }
    }

    /// The rows of one page. How many there are in all, and which these are, is said to who hears the table.
    fn table(&self, props: &EventsProps) -> Html {
        let shown = self.pages().shown();
        let events = &props.picture.run.trace.events;
        let rows = shown.filter_map(|place| Some((place, events.get(self.rows[place].index())?)));
        html! {
            <table class="events" aria-rowcount={(self.rows.len() + 1).to_string()}>
                <thead><tr aria-rowindex="1"><th scope="col">{ "Time" }</th><th scope="col">{ "What happens" }</th></tr></thead>
                <tbody>{ for rows.map(|(place, event)| row(place, event, props)) }</tbody>
            </table>
        }
    }
}

/// The events that a reader wants to be told of.
fn rows(picture: &Picture) -> Vec<EventId> {
    let told = picture.run.trace.events.iter().filter(|event| event_worth_a_row(event));
    told.map(|event| event.id).collect()
}

fn row(place: usize, event: &Event, props: &EventsProps) -> Html {
    let class = if violates(&props.picture, event.id) { "is-bad" } else { "" };
    let current = (props.selected == Some(event.id)).to_string();
    html! {
        <tr key={event.id.0} {class} aria-rowindex={(place + 2).to_string()} aria-current={current}>
            <td>{ event.time.to_string() }</td>
            <td>
                <button class="link" type="button" onclick={send(&props.on, Msg::JumpTo(event.id))}>
                    { props.picture.happening(event) }
                </button>
            </td>
        </tr>
    }
}

fn violates(picture: &Picture, id: EventId) -> bool {
    picture.run.verdicts.iter().any(|verdict| matches!(verdict.state, State::Violated { event, .. } if event == id))
}
