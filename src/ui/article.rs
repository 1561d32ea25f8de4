//! The article that the course began with, line by line: what it says, what is right, and the chapters that show it.

use fencepost_scenario::gallery::{self, ARTICLE, Section, Shown, Statement};
use fencepost_scenario::link::{self, ViewParameters};
use fencepost_scenario::{Document, Scenario};
use yew::{Callback, Html, MouseEvent, html};

use super::dialog::Modal;
use super::send;
use crate::app::Msg;

/// The dialog.
pub fn view(dispatch: &Callback<Msg>) -> Html {
    html! {
        <Modal key="article" title="What the article says, and what is right" on_close={send(dispatch, Msg::CloseDialog)}>
            <p>{ "The course began with an article, “Truth, Trust, and Correctness in Distributed Systems” by Avinash Gurugubelli, written after Martin Kleppmann’s book “Designing Data-Intensive Applications”. Here is what it says, in other words; what is right; and where you can see it run." }</p>
            <div class="article">
                { for ARTICLE.iter().map(|section| part(section, dispatch)) }
            </div>
        </Modal>
    }
}

fn part(section: &Section, dispatch: &Callback<Msg>) -> Html {
    html! {
        <section key={section.title} aria-label={section.title}>
            <h3>{ section.title }</h3>
            <ul>{ for section.statements.iter().map(|statement| line(statement, dispatch)) }</ul>
        </section>
    }
}

fn line(statement: &Statement, dispatch: &Callback<Msg>) -> Html {
    let word = statement.judgement.word();
    html! {
        <li key={statement.said} data-judgement={word}>
            <p class="claim"><strong>{ word }</strong>{ " " }<span>{ statement.said }</span></p>
            <p>{ statement.right }</p>
            <p class="shown">{ for statement.shown.iter().map(|shown| chapter(*shown, dispatch)) }</p>
        </li>
    }
}

/// A real link, so that it can be copied or opened beside this; a plain click opens the chapter here.
fn chapter(shown: Shown, dispatch: &Callback<Msg>) -> Html {
    let Some(preset) = gallery::numbered(shown.number) else { return Html::default() };
    let view = ViewParameters { variant: shown.variant.map(str::to_owned), ..ViewParameters::default() };
    let href = format!("#{}", link::preset(preset, &view));
    let open = dispatch.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            open.emit(Msg::OpenShown(shown));
        }
    });
    let variant = shown.variant.map(|name| titled(&Document::new(preset.text).parse().scenario, name));
    html! {
        <a key={href.clone()} {href} {onclick}>
            { format!("{} · {}", preset.number, preset.title()) }
            { variant.map(|title| format!(": {title}")).unwrap_or_default() }
        </a>
    }
}

/// What a reader calls a variant.
fn titled(scenario: &Scenario, name: &str) -> String {
    let variant = scenario.variants.iter().find(|variant| variant.name == name);
    variant.map_or_else(|| name.to_owned(), |variant| variant.title.clone())
}
