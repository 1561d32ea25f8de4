//! The page: a scenario's text on the left, its run in the middle, what it means on the right.
//!
//! [`app`] is the page as a pure value; [`ui`] draws it; [`words`] has the sentences; [`work`] answers what takes long. A library beside the small binary,
//! so that all of it can be tested natively.

pub mod app;
pub mod effects;
pub mod ui;
pub mod words;
pub mod work;

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use app::Start;
use ui::page::{Page, PageProps};

/// Works for a page, in a worker beside it: `static/worker.js` lets it work and carries what is said.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Work(work::Desk);

#[wasm_bindgen]
impl Work {
    /// With nothing to do yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a message in.
    pub fn hear(&mut self, said: &str) {
        self.0.hear(said);
    }

    /// Whether there is nothing to do.
    pub fn idle(&self) -> bool {
        self.0.is_idle()
    }

    /// Works for a few milliseconds, and says what came of it where there is something to say.
    pub fn step(&mut self) -> Option<String> {
        self.0.step()
    }
}

/// Draws a page with this text into an element of someone else's document: the timeline alone. Several elements of one
/// document may each hold one; none of them touches the document's address.
#[wasm_bindgen]
pub fn mount(element: Element, text: String, options: String) {
    let fragment = if options.is_empty() { "ui=embed".to_owned() } else { options };
    let start = Start { text: Some(text), fragment, ..effects::start_inside() };
    yew::Renderer::<Page>::with_root_and_props(element, PageProps { start, alone: false }).render();
}

/// Draws the page into the element `fencepost`, if the document has one.
pub fn start() {
    effects::watch();
    if let Some(element) = effects::place() {
        let props = PageProps { start: effects::start(), alone: true };
        yew::Renderer::<Page>::with_root_and_props(element, props).render();
    }
}
