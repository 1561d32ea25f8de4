//! One sentence for each word a newcomer meets.

use yew::{Html, html};

use crate::words::TERMS;

/// The words.
pub fn view() -> Html {
    let terms = TERMS.iter().map(|term| {
        html! {
            <div key={term.word}><dt>{ term.word }</dt><dd>{ term.meaning }</dd></div>
        }
    });
    html! { <dl class="terms">{ for terms }</dl> }
}
