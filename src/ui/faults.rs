//! All faults in words, each with a switch, a jump and a way to delete it. One without effect says why.

use fencepost_lab::{Lens, Oddity};
use yew::{Callback, Html, html};

use super::verdicts::jump_sign;
use super::{icons, send};
use crate::app::{FaultRow, Msg, Picture};
use crate::words::fault_sentence;

/// The panel.
pub fn view(picture: &Picture, lens: &Lens, dispatch: &Callback<Msg>) -> Html {
    let rows = picture.fault_rows();
    html! {
        <section class="panel of-faults" aria-label="Faults">
            <h2>{ "Faults" }</h2>
            <ul class="faults">
                { for rows.iter().enumerate().map(|(place, fault)| row(place, fault, lens, dispatch)) }
            </ul>
            if rows.is_empty() {
                <p class="empty">
                    { "Nothing goes wrong here. Drag along a lane to put a client to sleep, or sideways between two lanes to cut them apart." }
                </p>
            }
        </section>
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
