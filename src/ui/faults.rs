//! All faults in words, each with a switch, a jump and a way to delete it. One without effect says why.

use std::rc::Rc;

use fencepost_lab::{Lens, Oddity};
use yew::{Callback, Component, Context, Html, Properties, html};

use super::pages::{Pages, Turn};
use super::verdicts::jump_sign;
use super::{icons, send};
use crate::app::{FaultRow, Msg, Picture};
use crate::words::fault_sentence;

/// So many faults make a page.
const PAGE: usize = 60;

/// The panel.
pub fn view(picture: &Rc<Picture>, lens: &Rc<Lens>, dispatch: &Callback<Msg>) -> Html {
    html! { <Faults picture={picture.clone()} lens={lens.clone()} on={dispatch.clone()} /> }
}

/// What the page gives.
#[derive(Properties)]
pub struct FaultsProps {
    /// The run.
    pub picture: Rc<Picture>,
    /// The run seen through the models.
    pub lens: Rc<Lens>,
    /// Where everything goes that the reader means.
    pub on: Callback<Msg>,
}

impl PartialEq for FaultsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.picture, &other.picture) && Rc::ptr_eq(&self.lens, &other.lens) && self.on == other.on
    }
}

/// The list, which knows its page.
pub struct Faults {
    page: usize,
}

impl Component for Faults {
    type Message = usize;
    type Properties = FaultsProps;

    fn create(_: &Context<Self>) -> Self {
        Self { page: 0 }
    }

    fn update(&mut self, _: &Context<Self>, page: usize) -> bool {
        std::mem::replace(&mut self.page, page) != page
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let FaultsProps { picture, lens, on } = ctx.props();
        let rows = picture.fault_rows();
        let pages = Pages { all: rows.len(), size: PAGE, page: self.page };
        let turned = ctx.link().callback(move |turn: Turn| pages.after(turn));
        let shown = pages.shown().map(|place| row(place, &rows[place], lens, on));
        html! {
            <section class="panel of-faults" aria-label="Faults">
                <h2>{ "Faults" }</h2>
                { pages.ways("faults", &turned) }
                <ul class="faults">{ for shown }</ul>
                if rows.is_empty() {
                    <p class="empty">
                        { "Nothing goes wrong here. Drag along a lane to put a client to sleep, or sideways between two lanes to cut them apart." }
                    </p>
                }
            </section>
        }
    }
}

fn row(place: usize, fault: &FaultRow<'_>, lens: &Lens, dispatch: &Callback<Msg>) -> Html {
    let said = fault_sentence(fault.spec);
    let on = fault.id.is_some();
    let delete = format!("Delete: {said}");
    let outside = fault.id.and_then(|id| lens.outside.iter().find(|outside| outside.what == Oddity::Fault(id)));
    html! {
        <li key={place} class={if on { "on" } else { "off" }} data-fault-index={place.to_string()}>
            <label class="switch">
                <input type="checkbox" checked={on} onchange={send(dispatch, Msg::ToggleFault(place))} />
                <span class="what">{ &said }</span>
            </label>
            if let Some(id) = fault.id {
                { jump_sign(format!("Show: {said}"), send(dispatch, Msg::JumpToFault(id.index()))) }
            } else {
                <span></span>
            }
            <button class="icon" type="button" aria-label={delete.clone()} title={delete}
                onclick={send(dispatch, Msg::RemoveFault(place))}>{ icons::remove() }</button>
            if let Some(reason) = fault.dangling {
                <p class="dangling">{ "No effect: " }{ reason }</p>
            }
            if let Some(outside) = outside {
                <p class="dangling" data-outside="">{ "Outside the stated model. " }{ &outside.why }</p>
            }
        </li>
    }
}
