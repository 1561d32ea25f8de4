//! The page. Not yet drawn: a heading, so that the build, the server and the browser tests have something to show.

use yew::prelude::{Html, component, html};

#[component]
fn Page() -> Html {
    html! { <main><h1>{ "Fencepost" }</h1></main> }
}

fn main() {
    yew::Renderer::<Page>::new().render();
}
