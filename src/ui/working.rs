//! What is still being worked out: how far that is, and the way to stop it or to begin it again.

use fencepost_properties::{Reason, State};
use yew::{Callback, Html, html};

use super::send;
use crate::app::{Asked, Lacks, Model, Msg};

/// One line above the verdicts; an empty element where nothing is lacking.
pub fn view(model: &Model, dispatch: &Callback<Msg>) -> Html {
    let what = lacking(model.asking.lacks);
    let again = || html! { <button class="outlined" type="button" onclick={send(dispatch, Msg::AskAgain)}>{ "Work it out" }</button> };
    let (said, button) = match model.asking.state {
        Asked::Nothing => return html! { <div hidden=true></div> },
        Asked::Working { done, of, is_long } => {
            let stop = || html! { <button class="outlined" type="button" onclick={send(dispatch, Msg::StopWork)}>{ "Stop" }</button> };
            // Of one part there is nothing to count.
            let share = if of > 1 { format!(" {done} of {of} parts are done.") } else { String::new() };
            (format!("Being worked out: {what}.{share}"), is_long.then(stop))
        }
        Asked::Stopped => (format!("Stopped. Not worked out: {what}."), (!model.stale).then(again)),
        Asked::Failed => {
            (format!("This page made a mistake of its own. Not worked out: {what}."), (!model.stale).then(again))
        }
    };
    html! { <div class="working" data-asked={word(model)}><p>{ said }</p>{ for button }</div> }
}

/// "some of the verdicts and the claims of the other variants"
fn lacking(lacks: Lacks) -> String {
    let all = [
        (lacks.verdicts, "some of the verdicts"),
        // Before all verdicts are there nobody knows whether there is a bad end.
        (lacks.blame && !lacks.verdicts, "which faults the bad end needs"),
        (lacks.elsewhere, "the claims of the other variants"),
    ];
    let all: Vec<&str> = all.into_iter().filter_map(|(is_lacking, what)| is_lacking.then_some(what)).collect();
    match &all[..] {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// How far the judgement of what is shown is, as a word for style sheets and tests.
pub fn word(model: &Model) -> &'static str {
    match model.asking.state {
        _ if model.drag.is_some() => "dragging",
        Asked::Nothing => "all",
        Asked::Working { .. } => "working",
        Asked::Stopped => "stopped",
        Asked::Failed => "failed",
    }
}

/// What is said in the place of a verdict that is not there yet.
pub fn said(model: &Model) -> &'static str {
    match model.asking.state {
        _ if model.drag.is_some() => "worked out when the hand rests",
        Asked::Working { .. } => "being worked out…",
        Asked::Stopped => "stopped",
        Asked::Nothing | Asked::Failed => "not worked out",
    }
}

/// Whether a verdict is not there yet.
pub fn is_open(state: State) -> bool {
    state == State::NoVerdict(Reason::Unfinished)
}
