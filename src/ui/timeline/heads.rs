//! The headers of the lanes: buttons that stay in view while the diagram scrolls under them.

use fencepost_scene::{Lane, Scene};
use yew::prelude::*;

/// The row of headers. `open` is the lane whose settings are shown, in `menu`, which stays with the headers.
pub fn heads(scene: &Scene, open: Option<usize>, on_open: &Callback<usize>, menu: Html) -> Html {
    let buttons = scene.lanes.iter().enumerate().map(|(place, lane)| head(place, lane, open == Some(place), on_open));
    let style = format!("width:{}px;height:{}px", scene.width, scene.header);
    html! { <div class="heads" {style}><div>{ for buttons }</div>{ menu }</div> }
}

fn head(place: usize, lane: &Lane, open: bool, on_open: &Callback<usize>) -> Html {
    let left = lane.x - lane.width / 2;
    let style = format!("left:{left}px;width:{}px", lane.width);
    let onclick = on_open.reform(move |_: MouseEvent| place);
    html! {
        <button key={lane.name.clone()} type="button" class="head" {style} {onclick} data-lane={lane.name.clone()}
            aria-haspopup="dialog" aria-expanded={open.to_string()} title={format!("{} · {}", lane.name, lane.role)}
            aria-label={lane.is_long.then(|| format!("{} {}", lane.name, lane.role))}>
            { for lane.heading.iter().map(|line| html! { <b class={if lane.is_long { "long" } else { "" }}>{ line.clone() }</b> }) }
            <span>{ lane.role.clone() }</span>
        </button>
    }
}
