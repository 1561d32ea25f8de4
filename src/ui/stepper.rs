//! A small number with a button on either side.

use yew::{Callback, Html, MouseEvent, html};

/// A number with its name, and what to do for one less and one more; `None` where there is no such number.
pub fn stepper(label: &str, now: u32, less: Option<Callback<MouseEvent>>, more: Option<Callback<MouseEvent>>) -> Html {
    let button = |sign: &'static str, way: &str, onclick: Option<Callback<MouseEvent>>| {
        let disabled = onclick.is_none();
        html! { <button type="button" class="outlined" aria-label={format!("{label}: {way}")} {disabled} {onclick}>{ sign }</button> }
    };
    html! {
        <div class="stepper" role="group" aria-label={label.to_owned()} key={label.to_owned()}>
            <span>{ label.to_owned() }</span>
            { button("−", "one less", less) }
            <output>{ now }</output>
            { button("+", "one more", more) }
        </div>
    }
}
