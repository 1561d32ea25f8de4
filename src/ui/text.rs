//! The text pane: the reader's lines, numbered and coloured, with what is wrong underlined, in step with the diagram;
//! and below them, always in view, what is to be said about them.
//!
//! A transparent text area lies over the coloured lines; both break lines at the same places.

use fencepost_scenario::visible::visible;
use fencepost_scenario::{Diagnostic, Severity};
use web_sys::HtmlTextAreaElement;
use yew::{Callback, Html, InputEvent, TargetCast, html};

use super::highlight::{Piece, UNSEEN, pieces, reveal, underline};
use super::{claims, send};
use crate::app::{Model, Msg};

/// The column.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    html! {
        <section class="column text-column" aria-label="Scenario text" key={format!("text {}", model.openings)}>
            <div class="panel-head">
                <h2>{ "Scenario" }</h2>
                if !model.stale { { claims::total(&model.picture) } }
                if model.is_edited() {
                    <button class="link" type="button" onclick={send(dispatch, Msg::Reset)}>{ "Reset to original" }</button>
                }
            </div>
            <div class="editor-slot">{ editor(model, dispatch) }</div>
            { remarks(model, dispatch) }
        </section>
    }
}

fn editor(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let oninput =
        dispatch.reform(|event: InputEvent| Msg::SetText(event.target_unchecked_into::<HtmlTextAreaElement>().value()));
    let lit = (model.lit_lines(), model.lines_in_hand());
    let pieces_of: Cut = if model.text().lines().nth(COLOURED).is_some() { whole } else { pieces };
    html! {
        <div class="editor">
            <pre>{ for model.text().split('\n').enumerate().map(|(number, line)| shown_line(model, &lit, number, (line, pieces_of))) }</pre>
            <textarea aria-label="Scenario text" spellcheck="false" autocapitalize="off" autocomplete="off"
                wrap="soft" value={model.text().to_owned()} {oninput} onblur={send(dispatch, Msg::EndTyping)} />
        </div>
    }
}

/// A text of more lines has no colours, only what is said about it: every colour is a node, and a thousand lines have
/// twenty thousand.
const COLOURED: usize = 400;

/// Into how many pieces a line is cut to be coloured.
type Cut = fn(&str) -> Vec<Piece<'_>>;

/// A line in one piece.
fn whole(line: &str) -> Vec<Piece<'_>> {
    if line.is_empty() { Vec::new() } else { vec![Piece { text: line, class: "" }] }
}

/// The lines that are lit, and those in the hand.
type Lit = (Vec<usize>, std::ops::Range<usize>);

fn shown_line(model: &Model, lit: &Lit, number: usize, (line, pieces): (&str, Cut)) -> Html {
    let marks = model.remarks.iter().filter(|remark| remark.line == number);
    let coloured = marks
        .fold(pieces(line), |pieces, remark| underline(pieces, remark.column, remark.length, severity_class(remark)));
    let is_wrong = model.remarks.iter().any(|remark| remark.line == number && remark.severity == Severity::Error);
    let class = match (lit.0.contains(&number), lit.1.contains(&number)) {
        (_, true) => "line changed",
        (true, _) => "line marked",
        (false, false) if is_wrong => "line wrong",
        (false, false) => "line",
    };
    let claim = model.judged_claims().find(|claim| claim.line == number);
    html! {
        <span key={number} {class}>
            if let Some(claim) = claim { { claims::gutter(claim) } }
            <span aria-hidden="true">{ for reveal(coloured).into_iter().enumerate().map(shown_piece) }{ "\n" }</span>
        </span>
    }
}

fn shown_piece((place, piece): (usize, Piece<'_>)) -> Html {
    if piece.class == UNSEEN {
        // It takes no room here as in the field above it, or the lines would part; its mark stands over the place.
        return html! { <span key={place} class={UNSEEN} data-mark={visible(piece.text).into_owned()}></span> };
    }
    html! { <span key={place} class={piece.class}>{ piece.text.to_owned() }</span> }
}

fn severity_class(remark: &Diagnostic) -> &'static str {
    match remark.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// What is to be said about the text, each a button that leads to its line.
fn remarks(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let rows = model.remarks.iter().enumerate().map(|(place, remark)| {
        let meant = remark.suggestion.as_ref().map(|word| format!("; did you mean “{word}”?"));
        let said = format!("{}{}", remark.message, meant.unwrap_or_default());
        row(format!("remark {place}"), severity_class(remark), remark.line, said, dispatch)
    });
    let claims = model.judged_claims().filter(|claim| claim.fails());
    let claims =
        claims.map(|claim| row(format!("claim {}", claim.line), "", claim.line, claim.outcome.complaint(), dispatch));
    html! {
        <div class="remarks" aria-live="polite">
            if let Some(said) = model.stale_sentence() {
                <p class="empty">{ said }</p>
            }
            <ul class="diagnostics">{ for rows }{ for claims }</ul>
            if model.says_too_low_a_version() {
                <button class="outlined" type="button" onclick={send(dispatch, Msg::RaiseVersion)}>
                    { "Say that version in the first line" }
                </button>
            }
        </div>
    }
}

fn row(key: String, class: &'static str, line: usize, said: String, dispatch: &Callback<Msg>) -> Html {
    html! {
        <li {key} {class}>
            <button type="button" title={format!("Put the cursor into line {}", line + 1)} onclick={send(dispatch, Msg::ShowLine(line))}>
                <span><b>{ format!("Line {}: ", line + 1) }</b>{ said }</span>
            </button>
        </li>
    }
}
