//! Our own bug, made visible: a notice that keeps the reader's text, never a blank or silent page.

use std::panic::PanicHookInfo;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlTextAreaElement};

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
    let body = document.body().ok_or(JsValue::NULL)?;
    body.prepend_with_node_1(&notice)
}

fn paragraph(document: &Document, text: &str) -> Result<Element, JsValue> {
    let paragraph = document.create_element("p")?;
    paragraph.set_text_content(Some(text));
    Ok(paragraph)
}

/// What the text area holds at this moment, in an element that can be read and copied.
fn kept_text(document: &Document) -> Result<Element, JsValue> {
    let area = document.query_selector(".fencepost .editor textarea")?;
    let text = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()).map(|area| area.value());
    let kept = document.create_element("pre")?;
    kept.set_text_content(text.as_deref());
    Ok(kept)
}
