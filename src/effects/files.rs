//! Files in and out, without a server.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Document, FileReader, HtmlAnchorElement, HtmlInputElement, Url};
use yew::Callback;

use crate::app::Msg;

/// A scenario is a short text; more than this is something else.
const MOST_BYTES: f64 = 1_048_576.0;

/// Offers a file under this name.
pub fn offer(name: &str, media_type: &str, content: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&content.into()), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = make("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// Asks for a file and opens its text.
pub fn choose(dispatch: Rc<Callback<Msg>>) -> Result<(), JsValue> {
    let input: HtmlInputElement = make("input")?.unchecked_into();
    input.set_type("file");
    input.set_accept(".fencepost,.txt,text/plain");
    let chosen = {
        let input = input.clone();
        Closure::once_into_js(move || read_first(&input, dispatch))
    };
    input.set_onchange(Some(chosen.unchecked_ref()));
    input.click();
    Ok(())
}

/// Reads the chosen file and sends its text.
fn read_first(input: &HtmlInputElement, dispatch: Rc<Callback<Msg>>) {
    let Some(file) = input.files().and_then(|files| files.get(0)).filter(|file| file.size() <= MOST_BYTES) else {
        return;
    };
    let Ok(reader) = FileReader::new() else { return };
    let done = {
        let reader = reader.clone();
        Closure::once_into_js(move || {
            if let Some(text) = reader.result().ok().and_then(|text| text.as_string()) {
                dispatch.emit(Msg::OpenText(text));
            }
        })
    };
    reader.set_onload(Some(done.unchecked_ref()));
    // A file that cannot be read leaves the page as it is.
    let _ = reader.read_as_text(&file);
}

fn make(name: &str) -> Result<web_sys::Element, JsValue> {
    let document: Document = super::browser::document().ok_or(JsValue::NULL)?;
    document.create_element(name)
}
