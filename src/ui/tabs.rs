//! The bar at the bottom of a narrow screen: the choice of the panel, and, where the panel has no verdict of its own,
//! what is wrong in one line.

use yew::{Callback, Html, html};

use super::{send, verdicts};
use crate::app::{Frame, Model, Msg, Panel};

const PANELS: [(Panel, &str); 5] = [
    (Panel::Timeline, "Timeline"),
    (Panel::Verdicts, "Verdicts"),
    (Panel::Faults, "Faults"),
    (Panel::Models, "Models"),
    (Panel::Text, "Text"),
];

/// The bar.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let shown = PANELS.into_iter().filter(|(panel, _)| model.frame == Frame::Full || *panel != Panel::Text);
    html! {
        <div class="tab-bar">
            { verdicts::summary(model, dispatch) }
            <nav class="tabs" aria-label="Panels">
                <ul>{ for shown.map(|(panel, label)| tab(panel, label, model.panel == panel, dispatch)) }</ul>
            </nav>
        </div>
    }
}

fn tab(panel: Panel, label: &'static str, current: bool, dispatch: &Callback<Msg>) -> Html {
    html! {
        <li key={label}>
            <button type="button" aria-current={current.to_string()} onclick={send(dispatch, Msg::ShowPanel(panel))}>
                { label }
            </button>
        </li>
    }
}

/// The word by which the style sheet knows a panel.
pub fn word(panel: Panel) -> &'static str {
    match panel {
        Panel::Timeline => "timeline",
        Panel::Text => "text",
        Panel::Verdicts => "verdicts",
        Panel::Faults => "faults",
        Panel::Models => "models",
    }
}
