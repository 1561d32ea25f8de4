//! The page: a scenario's text on the left, its run in the middle, what it means on the right.
//!
//! [`app`] is the page as a pure value; [`ui`] draws it; [`words`] has the sentences. A library beside the small binary,
//! so that all of it can be tested natively.

pub mod app;
pub mod effects;
pub mod ui;
pub mod words;

use wasm_bindgen::prelude::wasm_bindgen;
use yew::prelude::{Html, component, html};

#[component]
fn Page() -> Html {
    html! { <main><h1>{ "Fencepost" }</h1></main> }
}

/// Draws the page into an element. Several elements of one document may each hold one.
#[wasm_bindgen]
pub fn mount(element: web_sys::Element, _text: String) {
    yew::Renderer::<Page>::with_root(element).render();
}

/// Draws the page into the element `fencepost`, if the document has one.
pub fn start() {
    if let Some(element) = effects::place() {
        yew::Renderer::<Page>::with_root(element).render();
    }
}
