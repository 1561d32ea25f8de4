//! Window and document: the address, the clipboard, the keys of the whole page.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, EventTarget, History, HtmlElement, HtmlTextAreaElement, KeyboardEvent,
    ServiceWorkerContainer, Storage, Window,
};
use yew::{Callback, NodeRef};

use super::address::{self, Writer};
use super::storage::{self, Local};
use crate::app::visit::Arrival;
use crate::app::{DraftMsg, Msg, Start, Theme, drafts, theme_from_word};

/// The window, if there is one: a worker has none.
fn window() -> Option<Window> {
    web_sys::window()
}

/// The storage that outlives a visit. A sandboxed frame has none, and says so by throwing.
pub fn local_storage() -> Result<Storage, JsValue> {
    window().ok_or(JsValue::NULL)?.local_storage()?.ok_or(JsValue::NULL)
}

/// The storage of this tab.
pub fn tab_storage() -> Option<Storage> {
    window()?.session_storage().ok().flatten()
}

/// The browser's history.
pub fn history() -> Option<History> {
    window()?.history().ok()
}

/// The whole address.
pub fn whole_address() -> String {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The element that the page's own document keeps for it. A document that mounts by itself has none.
pub fn place() -> Option<Element> {
    document()?.get_element_by_id("fencepost")
}

/// What the browser knows when the page begins.
pub fn start() -> Start {
    drafts::migrate(&mut Local, storage::now());
    let whole = whole_address();
    let (before, fragment) = whole.split_once('#').unwrap_or((&whole, ""));
    let mut start = Start {
        page: page_name(),
        address: before.to_owned(),
        fragment: fragment.to_owned(),
        draft: drafts::latest(&Local),
        resumed: address::mark().and_then(|mark| drafts::resume(&Local, &mark.draft?)),
        theme: theme(),
        invited: storage::read(storage::INVITED).is_some(),
        ..Start::default()
    };
    start.died = start.will_open().filter(storage::died_of);
    start
}

/// What is known when a host mounts the page in its own document: the address of the page is the module's business,
/// and neither the drafts nor the fragment of the host's document are ours.
pub fn start_inside() -> Start {
    Start { theme: theme(), guest: true, ..Start::default() }
}

fn theme() -> Theme {
    storage::read(storage::THEME).map_or_else(Default::default, |word| theme_from_word(&word))
}

/// A name that no other page has.
fn page_name() -> String {
    format!("{:x}{:08x}", storage::now(), (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}

/// What the browser's history has come to.
fn arrival() -> Arrival {
    let mark = address::mark();
    let draft = mark.as_ref().and_then(|mark| drafts::resume(&Local, mark.draft.as_ref()?));
    Arrival { fragment: address::fragment(), mark, draft }
}

/// What keeps the page for visits without a network. A sandboxed frame has none, and says so by throwing.
pub fn service_workers() -> Option<ServiceWorkerContainer> {
    let navigator = window()?.navigator();
    js_sys::Reflect::get(&navigator, &JsValue::from_str("serviceWorker")).ok()?.dyn_into().ok()
}

/// The script that keeps the page, where the build made one and the page is nobody's frame.
pub fn offline_script() -> Option<String> {
    let window = window()?;
    let alone = window.top().ok()?.is_some_and(|top| js_sys::Object::is(&top, &window));
    document()?.get_element_by_id("engine")?.get_attribute("data-offline").filter(|_| alone)
}

/// Loads the page anew.
pub fn reload() {
    // Refused only where there is no page to load.
    let _ = window().map(|window| window.location().reload());
}

/// Calls the document this.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Puts a text on the clipboard and tells whether that worked.
pub fn copy(text: &str, dispatch: Callback<Msg>) {
    let Some(window) = window().filter(Window::is_secure_context) else { return dispatch.emit(Msg::Copied(false)) };
    let promise = window.navigator().clipboard().write_text(text);
    let refused = dispatch.clone();
    let worked = Closure::once(move |_: JsValue| dispatch.emit(Msg::Copied(true)));
    let failed = Closure::once(move |_: JsValue| refused.emit(Msg::Copied(false)));
    let _ = promise.then2(&worked, &failed);
    // One of the two is called, once; both may then be collected.
    worked.forget();
    failed.forget();
}

/// Brings what the page marked as the target into view, once it is drawn.
pub fn scroll_to_target(root: &NodeRef) {
    let Some(root) = root.cast::<Element>() else { return };
    if let Ok(Some(target)) = root.query_selector("[data-target]") {
        into_view(&target);
    }
}

fn into_view(target: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    target.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Brings the judgement into view, with the focus on its heading.
pub fn show_verdicts(root: &NodeRef) {
    let Some(root) = root.cast::<Element>() else { return };
    if let Ok(Some(heading)) = root.query_selector("[data-judgement-heading]") {
        focus_quietly(&heading);
        if let Some(judgement) = heading.parent_element() {
            judgement.scroll_into_view();
        }
    }
}

/// Puts the focus on something without scrolling to it.
fn focus_quietly(element: &Element) {
    let quiet = web_sys::FocusOptions::new();
    quiet.set_prevent_scroll(true);
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus_with_options(&quiet);
    }
}

/// Scrolls the page and each box in it back to the beginning, and puts the focus on the heading.
pub fn begin_reading(root: &NodeRef) {
    let Some(root) = root.cast::<Element>() else { return };
    if let Ok(Some(heading)) = root.query_selector("[data-heading]") {
        focus_quietly(&heading);
    }
    root.scroll_into_view();
    let Ok(boxes) = root.query_selector_all(".column, .timeline-slot, .editor-slot") else { return };
    for scrolled in (0..boxes.length()).filter_map(|place| boxes.get(place)) {
        let scrolled: Element = scrolled.unchecked_into();
        scrolled.set_scroll_top(0);
        scrolled.set_scroll_left(0);
    }
}

/// Selects a line of the text, with the focus, and brings it into view.
pub fn focus_line(root: &NodeRef, line: usize) {
    let Some(root) = root.cast::<Element>() else { return };
    let Ok(Some(field)) = root.query_selector(".editor textarea") else { return };
    let field: HtmlTextAreaElement = field.unchecked_into();
    // The browser counts in UTF-16, and a line end is one.
    let units = |text: &str| text.encode_utf16().count() as u32;
    let text = field.value();
    let begin: u32 = text.split('\n').take(line).map(|line| units(line) + 1).sum();
    let end = begin + text.split('\n').nth(line).map_or(0, units);
    focus_quietly(&field);
    let _ = field.set_selection_range(begin, end);
    let lines = root.query_selector_all(".editor .line").ok();
    if let Some(shown) = lines.and_then(|lines| lines.get(line as u32)) {
        into_view(&shown.unchecked_into());
    }
}

/// Each panel beside the picture keeps the height it has, or takes again the one it needs.
pub fn hold_panels(root: &NodeRef, hold: bool) {
    let Some(root) = root.cast::<Element>() else { return };
    let Ok(panels) = root.query_selector_all(".side > *, .text-column > .remarks") else { return };
    for panel in (0..panels.length()).filter_map(|place| panels.get(place)) {
        let panel: web_sys::HtmlElement = panel.unchecked_into();
        let style = panel.style();
        let _ = if hold {
            let height = format!("{}px", panel.get_bounding_client_rect().height());
            style.set_property("height", &height).and_then(|()| style.set_property("overflow", "hidden"))
        } else {
            style.remove_property("height").and_then(|_| style.remove_property("overflow")).map(|_| ())
        };
    }
}

/// Listeners on window and document, for as long as this is kept.
#[derive(Debug)]
pub struct Ears {
    /// Kept only to be dropped: that is what stops the listening.
    _all: Vec<Ear>,
}

#[derive(Debug)]
struct Ear {
    target: EventTarget,
    name: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        // Fails only for a listener that is gone already.
        let _ = self.target.remove_event_listener_with_callback(self.name, self.heard.as_ref().unchecked_ref());
    }
}

/// Listens, on behalf of a page that has the document to itself: for the keys of undo and redo, for another entry of the
/// history, for drafts that another tab changes, and for the end.
pub fn listen(dispatch: &Callback<Msg>, writer: &Writer) -> Ears {
    let keys = dispatch.clone();
    let heard_key = document().and_then(|document| ear(document.into(), "keydown", move |event| on_key(&event, &keys)));
    let on_window =
        |name, listener: Box<dyn FnMut(Event)>| window().and_then(|window| ear(window.into(), name, listener));
    let moved = || {
        let moved = dispatch.clone();
        Box::new(move |_: Event| moved.emit(Msg::Arrived(Box::new(arrival()))))
    };
    let kept = dispatch.clone();
    let changed = Box::new(move |_: Event| kept.emit(Msg::Draft(DraftMsg::Changed)));
    let asked = writer.clone();
    let ask = Box::new(move |event: Event| ask_to_stay(&event, &asked));
    // Browsers tell of a step in the history by one of the two, or by both; the page hears it once.
    let heard = [
        heard_key,
        on_window("popstate", moved()),
        on_window("hashchange", moved()),
        on_window("storage", changed),
        on_window("beforeunload", ask),
    ];
    Ears { _all: heard.into_iter().flatten().collect() }
}

/// Where neither the address nor the storage holds the text, the browser asks before it is gone.
fn ask_to_stay(event: &Event, writer: &Writer) {
    writer.leave();
    if writer.is_all_there_is() {
        event.prevent_default();
        let _ = js_sys::Reflect::set(event, &"returnValue".into(), &"".into());
    }
}

fn ear(target: EventTarget, name: &'static str, listener: impl FnMut(Event) + 'static) -> Option<Ear> {
    let heard = Closure::<dyn FnMut(Event)>::new(listener);
    target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref()).ok()?;
    Some(Ear { target, name, heard })
}

/// Ctrl or Cmd with Z, with Shift or as Y. In the text area too: its own undo knows nothing of the diagram.
fn on_key(event: &Event, dispatch: &Callback<Msg>) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if event.default_prevented() || event.alt_key() || !(event.ctrl_key() || event.meta_key()) {
        return;
    }
    let msg = match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => Msg::Undo,
        ("z", true) | ("y", false) => Msg::Redo,
        _ => return,
    };
    event.prevent_default();
    dispatch.emit(msg);
}
