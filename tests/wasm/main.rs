//! The page's components in a real browser: what is drawn, what a click and a stroke do, and that several pages of one
//! document leave each other and the document's address alone.
//!
//! Pointer, keyboard and links across the whole page are in `tests/browser`.
#![cfg(target_arch = "wasm32")]

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use fencepost_scenario::gallery;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

wasm_bindgen_test_configure!(run_in_browser);

/// One turn of the browser's loop, in which everything runs that waits for its turn.
async fn turn() {
    let over = Rc::new(Cell::new(false));
    let mut timer = None;
    poll_fn(|context| {
        if over.get() {
            return Poll::Ready(());
        }
        let (waker, over) = (context.waker().clone(), over.clone());
        timer.get_or_insert_with(|| {
            Timeout::new(0, move || {
                over.set(true);
                waker.wake();
            })
        });
        Poll::Pending
    })
    .await;
}

/// Waits until something is so; the test fails if it does not become so.
async fn until(what: &str, so: impl Fn() -> bool) {
    for _ in 0..200 {
        if so() {
            return;
        }
        turn().await;
    }
    panic!("never: {what}");
}

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a test runs in a browser")
}

/// A page with a chapter of the gallery, in an element of its own.
async fn page(name: &str, options: &str) -> Element {
    let place = document().create_element("div").expect("elements can be made");
    document().body().expect("a document has a body").append_child(&place).expect("it can hold one more");
    let text = gallery::find(name).expect("the gallery has it").text;
    fencepost_web::mount(place.clone(), text.to_owned(), options.to_owned());
    until("the page is drawn", || find(&place, ".fencepost").is_some()).await;
    place
}

fn find(place: &Element, selector: &str) -> Option<Element> {
    place.query_selector(selector).expect("the selector is sound")
}

fn get(place: &Element, selector: &str) -> Element {
    find(place, selector).unwrap_or_else(|| panic!("no {selector} in {}", place.inner_html()))
}

fn digest(place: &Element) -> String {
    get(place, "[data-digest]").get_attribute("data-digest").unwrap_or_default()
}

fn state(place: &Element, verdict: &str) -> String {
    get(place, &format!("[data-verdict='{verdict}']")).get_attribute("data-state").unwrap_or_default()
}

fn click(element: Element) {
    element.unchecked_into::<HtmlElement>().click();
}

/// Replaces the text as a stroke of the keyboard would.
fn write(place: &Element, change: impl Fn(&str) -> String) {
    let area: HtmlTextAreaElement = get(place, "textarea").unchecked_into();
    area.set_value(&change(&area.value()));
    let init = EventInit::new();
    init.set_bubbles(true);
    area.dispatch_event(&Event::new_with_event_init_dict("input", &init).expect("events can be made"))
        .expect("it is heard");
}

#[wasm_bindgen_test]
async fn the_fence_turns_the_verdict_round() {
    let page = page("a-lock-gone-wrong", "ui=full").await;
    assert_eq!(state(&page, "effect-order"), "violated");
    let before = digest(&page);
    click(get(&page, ".segments button:last-child"));
    until("the fence holds", || state(&page, "effect-order") == "held").await;
    assert_ne!(digest(&page), before);
    assert!(find(&page, "[data-change='effect-order: violated → held']").is_some());
}

#[wasm_bindgen_test]
async fn the_diagram_follows_the_text_and_outlives_its_mistakes() {
    let page = page("a-lock-gone-wrong", "ui=full").await;
    write(&page, |text| text.replace("for 15s", "for 9500ms"));
    until("the shorter pause is safe", || state(&page, "effect-order") == "held").await;
    let safe = digest(&page);
    write(&page, |text| text.replace("pause A", "pauze A"));
    until("the mistake is told", || find(&page, ".diagnostics .error").is_some()).await;
    assert_eq!(digest(&page), safe);
    assert!(get(&page, ".editor .error").text_content().unwrap_or_default().contains("pauze"));
}

#[wasm_bindgen_test]
async fn a_fault_switched_off_stays_in_the_list() {
    let page = page("a-lock-gone-wrong", "ui=full").await;
    click(get(&page, "[data-fault-index='0'] input"));
    until("nothing goes wrong", || state(&page, "effect-order") == "held").await;
    assert!(find(&page, "[data-fault-index='0'].off").is_some());
    click(get(&page, "[data-fault-index='0'] button:last-of-type"));
    until("the list is empty", || find(&page, "[data-fault-index]").is_none()).await;
}

#[wasm_bindgen_test]
async fn pages_of_one_document_leave_each_other_alone() {
    let fragment = || web_sys::window().and_then(|window| window.location().hash().ok());
    let address = fragment();
    let (first, second) = (page("a-lock-gone-wrong", "").await, page("the-token", "").await);
    let unchanged = digest(&second);
    assert_ne!(digest(&first), unchanged);
    click(get(&first, ".segments button:last-child"));
    until("the first shows its fence", || get(&first, ".verdict-line").class_name().contains("is-good")).await;
    assert_eq!(digest(&second), unchanged);
    assert_eq!(fragment(), address);
    let all = document().query_selector_all("[id]").expect("the selector is sound");
    let mut ids: Vec<String> =
        (0..all.length()).filter_map(|place| all.get(place)?.dyn_into::<Element>().ok()).map(|it| it.id()).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "two elements have the same id");
}

#[wasm_bindgen_test]
async fn a_dialog_opens_over_the_page_and_gives_the_focus_back() {
    let page = page("a-lock-gone-wrong", "ui=full").await;
    let button: HtmlElement = get(&page, ".share").unchecked_into();
    button.focus().expect("a button takes the focus");
    button.click();
    until("the dialog is open", || find(&page, "dialog[open]").is_some()).await;
    assert_eq!(get(&page, "[data-light]").get_attribute("data-light").as_deref(), Some("green"));
    click(get(&page, "dialog [aria-label='Close']"));
    until("it is closed", || find(&page, "dialog").is_none()).await;
    assert_eq!(document().active_element().as_ref(), Some(button.as_ref()));
}

/// Types into a field as a keyboard would.
fn enter(field: &Element, text: &str) {
    field.unchecked_ref::<HtmlInputElement>().set_value(text);
    let init = EventInit::new();
    init.set_bubbles(true);
    let event = Event::new_with_event_init_dict("input", &init).expect("events can be made");
    field.dispatch_event(&event).expect("it is heard");
}

fn count(place: &Element, selector: &str) -> u32 {
    place.query_selector_all(selector).expect("the selector is sound").length()
}

#[wasm_bindgen_test]
async fn the_course_is_searched_and_the_title_of_the_document_left_alone() {
    let page = page("a-lock-gone-wrong", "ui=full").await;
    let title = document().title();
    click(get(&page, ".chapter"));
    until("the course is open", || find(&page, "dialog[open]").is_some()).await;
    assert_eq!(count(&page, ".chapters button") as usize, gallery::all().len());
    enter(&get(&page, ".search"), "wrong lock");
    until("few are left", || (1..5).contains(&count(&page, ".chapters button"))).await;
    enter(&get(&page, ".search"), "16");
    until("a number finds one", || count(&page, ".chapters button") == 1).await;
    click(get(&page, ".chapters button"));
    until("it opens", || find(&page, "dialog").is_none()).await;
    assert_eq!(document().title(), title, "a guest does not rename its host");
}

#[wasm_bindgen_test]
async fn a_stated_model_flags_what_is_outside_and_changes_no_run() {
    let page = page("a-lock-gone-wrong", "ui=full").await;
    let before = digest(&page);
    assert_eq!(count(&page, ".models tbody"), 7);
    assert!(find(&page, "[data-outside]").is_none());
    click(get(&page, "[data-model='synchronous'] button.model"));
    until("the pause is flagged", || find(&page, "[data-outside]").is_some()).await;
    assert_eq!(get(&page, ".models .stated").get_attribute("data-model").as_deref(), Some("synchronous"));
    assert_eq!(digest(&page), before);
    click(get(&page, "[data-model='synchronous'] button.model"));
    until("nothing is stated", || find(&page, ".models .stated").is_none()).await;
}
