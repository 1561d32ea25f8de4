//! Our own bug, made visible: a notice that keeps the reader's text, never a blank or silent page.

use std::cell::RefCell;
use std::panic::PanicHookInfo;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlTextAreaElement};

use super::address;
use super::storage::Local;
use crate::app::drafts;
use fencepost_scenario::link;

thread_local! {
    /// The text the page was given last.
    static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Remembers the text that is being shown.
pub fn keep(text: &str) {
    TEXT.with_borrow_mut(|kept| {
        if kept != text {
            text.clone_into(kept);
        }
    });
}

/// Shows the notice when something panics. The page is then dead, but what stands on it stays.
pub fn watch() {
    yew::set_custom_panic_hook(Box::new(|info| {
        // Without a document there is nobody to tell.
        let _ = super::browser::document().map(|document| tell(&document, info));
    }));
}

fn tell(document: &Document, info: &PanicHookInfo<'_>) -> Result<(), JsValue> {
    let notice = document.create_element("div")?;
    notice.set_class_name("stopped");
    notice.set_attribute("role", "alert")?;
    let said =
        "Fencepost has made a mistake of its own and stopped. Your text is kept below: copy it, then reload the page.";
    let parts = [paragraph(document, said)?, paragraph(document, &info.to_string())?, kept_text(document)?];
    for part in &parts {
        notice.append_child(part)?;
    }
    // Nobody hears any more what is typed there.
    if let Some(area) = document.query_selector(".fencepost .editor textarea")? {
        area.set_attribute("readonly", "")?;
    }
    let body = document.body().ok_or(JsValue::NULL)?;
    body.prepend_with_node_1(&notice)
}

fn paragraph(document: &Document, text: &str) -> Result<Element, JsValue> {
    let paragraph = document.create_element("p")?;
    paragraph.set_text_content(Some(text));
    Ok(paragraph)
}

/// The reader's text, in an element that can be read and copied.
fn kept_text(document: &Document) -> Result<Element, JsValue> {
    let kept = document.create_element("pre")?;
    kept.set_attribute("tabindex", "0")?;
    let text = remembered().or_else(|| typed(document)).or_else(linked).or_else(stored);
    kept.set_text_content(text.as_deref());
    Ok(kept)
}

/// What the page was given last. The panic may have come while that was being noted.
fn remembered() -> Option<String> {
    TEXT.try_with(|text| text.try_borrow().ok().map(|text| text.clone())).ok().flatten().filter(|text| !text.is_empty())
}

/// What the text area holds at this moment.
fn typed(document: &Document) -> Option<String> {
    let area = document.query_selector(".fencepost .editor textarea").ok().flatten()?;
    area.dyn_into::<HtmlTextAreaElement>().ok().map(|area| area.value()).filter(|text| !text.is_empty())
}

/// The text in the page's address.
fn linked() -> Option<String> {
    link::decode(&address::fragment()).ok()?.opened.text().map(str::to_owned)
}

/// The draft that this entry of the history is for, or the one changed last.
fn stored() -> Option<String> {
    let here = address::mark().and_then(|mark| drafts::resume(&Local, &mark.draft?));
    here.or_else(|| drafts::latest(&Local)).map(|draft| draft.text)
}
