//! The page as it is drawn. Views are plain functions of the model; only what needs the browser's lifecycle is a
//! component. Nothing here decides anything: what the reader does becomes a [`Msg`].
//!
//! What tests may rely on, besides the labels: `data-digest` on the page's root holds the digest of the trace,
//! `data-verdict` and `data-state` stand on each verdict's row, `data-fault-index` on each fault's row, `data-change` on
//! each part of the line that says what changed, `data-light` on the share dialog's light, `data-notice` on a notice, `data-stance` on
//! the choice between agreeing and answering, `data-leaf` on each property below it, `data-group` on each group's sums,
//! `data-claims` (such as `5/6`) on the count of the claims, `data-claim` (`true` or `false`) on each claim beside its row and on
//! each mark in the text's gutter, `data-cut` on the banner of a run that was cut short, `data-figure` on each figure, `data-option` on each option
//! of a header's menu, `data-rest` on the banner of a picture that shows only the first events, `data-judgement` on each statement of the article.
//! Start reading at [`page`].

mod article;
mod claims;
mod dialog;
mod drafts;
mod events;
mod faults;
mod gallery;
mod groups;
mod header;
mod help;
mod highlight;
mod icons;
mod legend;
mod models;
mod notice;
pub mod page;
mod pages;
mod share;
mod stage;
mod stepper;
mod story;
mod tabs;
mod text;
pub mod timeline;
mod verdicts;
mod why;
mod working;

use yew::Callback;

use crate::app::Msg;

/// A listener that sends `msg`, whatever event it hears.
fn send<E: 'static>(dispatch: &Callback<Msg>, msg: Msg) -> Callback<E> {
    dispatch.reform(move |_| msg.clone())
}
