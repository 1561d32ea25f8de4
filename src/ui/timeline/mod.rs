//! The sequence diagram the reader works on: pointer, keys, menus, and the scene as live nodes.
//!
//! [`gesture`] and [`keys`] are pure and say what the reader means; the component in `view` and its helpers only listen
//! and paint. Nothing here runs a scenario: a [`change::Change`] goes up to the page, and a new scene comes down.

pub mod axis;
pub mod board;
pub mod change;
mod controls;
mod drawing;
mod easing;
mod edges;
pub mod fresh;
pub mod gesture;
pub mod grid;
mod heads;
pub mod hit;
mod hover;
mod keyboard;
pub mod keys;
mod layers;
mod listen;
mod mark;
pub mod measure;
mod menu;
mod opened;
mod paint;
pub mod placing;
mod pointer;
pub mod steps;
mod view;
mod window;

use yew::prelude::*;

use crate::app::{Model, Msg};

/// The diagram of what the page shows.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let before = model.drag.as_ref().map(|drag| drag.before.clone());
    html! {
        <view::Timeline picture={model.picture.clone()} {before} mark={model.mark} selection={model.selection.clone()} on={dispatch.clone()} />
    }
}
