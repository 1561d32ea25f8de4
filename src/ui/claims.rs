//! What the author claims, beside what the run gives: the count, the claims that fail, and the line below a row.

use yew::{Callback, Html, html};

use super::send;
use crate::app::{Claimed, Elsewhere, Model, Msg, Picture, count};

/// How many claims hold, and why the others do not. An empty element where nothing is claimed.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let claims = &model.picture.claims;
    if claims.is_empty() {
        return html! { <div hidden=true></div> };
    }
    let failing = claims.iter().filter(|claim| claim.fails());
    let (hold, all) = count(claims.iter());
    // During a drag the other variants have not been run again.
    let others = model.elsewhere.iter().filter(|_| model.drag.is_none());
    html! {
        <div class="claims" role="group" aria-label="Claims" data-claims={format!("{hold}/{all}")}>
            { total(&model.picture) }
            <ul>
                { for failing.map(|claim| failure(claim, model.stale, dispatch)) }
                { for others.filter_map(|other| failing_elsewhere(other, dispatch)) }
            </ul>
        </div>
    }
}

/// "✕ 5 of 6 claims hold"
pub fn total(picture: &Picture) -> Html {
    let (hold, all) = count(picture.claims.iter());
    if all == 0 {
        return html! { <span hidden=true></span> };
    }
    let open = picture.claims.iter().filter(|claim| claim.is_open).count();
    let (mark, tone) = if open > 0 && hold + open == all { OPEN } else { sign(hold == all) };
    let noun = if all == 1 { "claim holds" } else { "claims hold" };
    let open = if open > 0 { format!(", {open} not worked out") } else { String::new() };
    html! {
        <span class={format!("total {tone}")}>
            <span class="mark" aria-hidden="true">{ mark }</span>{ format!(" {hold} of {all} {noun}{open}") }
        </span>
    }
}

/// The mark and the tone of what is not worked out.
const OPEN: (&str, &str) = ("⋯", "is-open");

fn sign(holds: bool) -> (&'static str, &'static str) {
    if holds { ("✓", "is-good") } else { ("✕", "is-bad") }
}

fn sign_of(claim: &Claimed) -> (&'static str, &'static str) {
    if claim.is_open { OPEN } else { sign(claim.outcome.holds) }
}

/// Whether a claim holds, for style sheets and tests.
fn word_of(claim: &Claimed) -> String {
    if claim.is_open { "open".into() } else { claim.outcome.holds.to_string() }
}

/// A claim that fails, explained as `fencepost check` explains it. Where the text has a mistake its lines are not those
/// of the run, so none is named.
fn failure(claim: &Claimed, stale: bool, dispatch: &Callback<Msg>) -> Html {
    html! {
        <li key={claim.line}>
            if stale { <b>{ "Claim" }</b> } else { { line_button(claim, dispatch) } }
            { ", " }<code>{ &claim.said }</code>{ format!(": {}.", claim.outcome.complaint()) }
        </li>
    }
}

fn line_button(claim: &Claimed, dispatch: &Callback<Msg>) -> Html {
    html! {
        <button class="link" type="button" onclick={send(dispatch, Msg::ShowLine(claim.line))}>
            { format!("Line {}", claim.line + 1) }
        </button>
    }
}

/// How many claims of another variant fail, or that nobody knows yet, and the way there.
fn failing_elsewhere(other: &Elsewhere, dispatch: &Callback<Msg>) -> Option<Html> {
    let (hold, all) = count(other.claims.iter());
    let said = match all - hold {
        0 if all == 0 => "its claims are judged when it is shown.".to_owned(),
        0 => return None,
        1 => format!("1 of {all} claims does not hold."),
        failing => format!("{failing} of {all} claims do not hold."),
    };
    Some({
        html! {
            <li key={other.title.clone()}>
                <button class="link" type="button" onclick={send(dispatch, Msg::SetVariant(other.variant.clone()))}>
                    { &other.title }
                </button>
                { ": " }{ said }
            </li>
        }
    })
}

/// What is claimed of the verdict at this place, and whether it holds.
pub fn of_row(picture: &Picture, row: usize) -> Html {
    html! { <>{ for picture.claims.iter().filter(|claim| claim.outcome.rows.contains(&row)).map(below) }</> }
}

/// What is claimed of a figure.
pub fn of_figure(picture: &Picture, figure: &str) -> Html {
    html! { <>{ for picture.claims.iter().filter(|claim| claim.figure == Some(figure)).map(below) }</> }
}

fn below(claim: &Claimed) -> Html {
    let (mark, tone) = sign_of(claim);
    let said = match (claim.outcome.holds, claim.outcome.nothing_to_judge) {
        _ if claim.is_open => ": not worked out",
        (true, false) => ": holds",
        (true, true) => ": holds, for there is nothing to judge",
        (false, _) => ": does not hold",
    };
    html! {
        <p key={claim.line} class={format!("claimed {tone}")} data-claim={word_of(claim)}>
            <span class="mark" aria-hidden="true">{ mark }</span>
            <span>{ "Claimed " }<code>{ claim.of_row() }</code>{ said }</span>
        </p>
    }
}

/// The claims that no row and no figure answers to: a digest of the trace, or what this run has nothing of.
pub fn without_row(picture: &Picture) -> Html {
    let has_row = |claim: &Claimed| !claim.outcome.rows.is_empty();
    let has_figure = |claim: &Claimed| claim.figure.is_some() && picture.run.figures.is_some();
    let others = picture.claims.iter().filter(|claim| !has_row(claim) && !has_figure(claim));
    let rows: Vec<Html> = others.map(alone).collect();
    if rows.is_empty() {
        return html! { <div class="group" key="claims" hidden=true></div> };
    }
    html! { <div class="group" key="claims"><h3>{ "Other claims" }</h3><ul class="verdicts">{ rows }</ul></div> }
}

fn alone(claim: &Claimed) -> Html {
    let (mark, tone) = sign_of(claim);
    let said = match claim.outcome.holds {
        _ if claim.is_open => "not worked out",
        true => "holds",
        false => "does not hold",
    };
    html! {
        <li key={claim.line} class={tone} data-claim={word_of(claim)}>
            <span class="mark" aria-hidden="true">{ mark }</span>
            <div><code>{ &claim.said }</code>{ " " }<span class="state">{ said }</span></div>
        </li>
    }
}

/// The mark in the gutter of a line, with its meaning for a resting pointer and a screen reader.
pub fn gutter(claim: &Claimed) -> Html {
    let (mark, tone) = sign_of(claim);
    let meaning = match claim.outcome.holds {
        _ if claim.is_open => format!("Line {}: this claim is not worked out", claim.line + 1),
        true => format!("Line {}: this claim holds", claim.line + 1),
        false => format!("Line {}: {}", claim.line + 1, claim.outcome.complaint()),
    };
    html! {
        <span class={format!("gutter {tone}")} role="img" aria-label={meaning.clone()} title={meaning}
            data-claim={word_of(claim)}>
            { mark }
        </span>
    }
}
