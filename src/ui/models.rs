//! The models as lenses: which timing models and which failure models this run is a run of, and what each does not allow.
//!
//! A model changes nothing in the run; stating one is the reader's choice and a line of the text.

use fencepost_lab::{Lens, Oddity, Outside, Row};
use fencepost_scenario::model::FailureModel;
use yew::{Callback, Html, html};

use super::send;
use crate::app::{Msg, Picture, Stated};

/// The panel.
pub fn view(picture: &Picture, lens: &Lens, dispatch: &Callback<Msg>) -> Html {
    let timing = |place: usize, row: &Row| ladder_row(row, Stated::Timing((!row.stated).then_some(place)), dispatch);
    let failures = |place: usize, row: &Row| {
        let model = FailureModel::ALL.get(place).copied().filter(|_| !row.stated);
        ladder_row(row, Stated::Failures(model), dispatch)
    };
    let odd = picture.run.trace.events.len().min(lens.oddities.len());
    html! {
        <section class="panel of-models" aria-label="Models">
            <h2>{ "Models" }</h2>
            <p class="muted">{ allowance(odd) }</p>
            { table("Timing", &lens.timing, timing) }
            { table("Failures", &lens.failures, failures) }
        </section>
    }
}

fn allowance(odd: usize) -> String {
    match odd {
        0 => "Nothing went wrong, so every model allows this run. Each row says what its model promises.".into(),
        1 => "One thing went wrong. Which system models allow this run?".into(),
        _ => format!("{odd} things went wrong. Which system models allow this run?"),
    }
}

/// From the strictest model to the one that allows most.
fn table(title: &'static str, rows: &[Row], row: impl Fn(usize, &Row) -> Html) -> Html {
    html! {
        <table class="models">
            <caption>{ title }</caption>
            <thead class="hidden"><tr><th scope="col">{ "Model" }</th><th scope="col">{ "This run" }</th></tr></thead>
            { for rows.iter().enumerate().map(|(place, one)| row(place, one)) }
        </table>
    }
}

fn ladder_row(row: &Row, choice: Stated, dispatch: &Callback<Msg>) -> Html {
    let allowed = row.outside.is_empty();
    let (mark, said, tone) =
        if allowed { ("✓", " allows it", "is-good") } else { ("✕", " does not allow it", "is-bad") };
    let label = if row.stated { format!("State {} no longer", row.word) } else { format!("State {}", row.word) };
    html! {
        <tbody key={row.word} class={if row.stated { "stated" } else { "" }} data-model={row.word} data-allows={allowed.to_string()}>
            <tr>
                <th scope="row">
                    <button class="model" type="button" aria-pressed={row.stated.to_string()} title={label}
                        onclick={send(dispatch, Msg::State(choice))}>
                        { row.word }
                    </button>
                </th>
                <td class={tone}><span class="mark" aria-hidden="true">{ mark }</span>{ said }</td>
            </tr>
            <tr><td colspan="2">
                <small>{ &row.promise }</small>
                <ul>{ for row.outside.iter().take(MOST).map(|outside| reason(outside, dispatch)) }</ul>
                if row.outside.len() > MOST {
                    <small>{ format!("and {} more", row.outside.len() - MOST) }</small>
                }
            </td></tr>
        </tbody>
    }
}

/// So many reasons are told: one is enough, and a hundred would hide the next model.
const MOST: usize = 3;

fn reason(outside: &Outside, dispatch: &Callback<Msg>) -> Html {
    let (key, jump) = match outside.what {
        Oddity::Fault(fault) => (format!("f{}", fault.0), Msg::JumpToFault(fault.index())),
        Oddity::Event(event) => (format!("e{}", event.0), Msg::JumpTo(event)),
    };
    html! { <li {key}><button class="link" type="button" onclick={send(dispatch, jump)}>{ &outside.why }</button></li> }
}
