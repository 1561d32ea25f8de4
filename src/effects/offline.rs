//! The page's own copy for visits without a network: `static/sw.js` keeps it, this asks for it and hears of a newer one.
//!
//! All of it may be refused: in a frame, on an insecure host, by the reader's settings. The page then needs the network
//! at its next visit, and is the same in all else.

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};
use yew::Callback;

use super::browser;
use crate::app::Msg;

/// What `static/sw.js` understands: the waiting version takes over.
const TAKE_OVER: &str = "take over";

/// Asks the browser to keep the page, where the build made a list of what to keep. The browser looks for a newer
/// version by itself, at each visit.
pub fn keep(dispatch: &Callback<Msg>) {
    let Some((workers, script)) = browser::service_workers().zip(browser::offline_script()) else { return };
    let dispatch = dispatch.clone();
    then(&workers.register(&script), move |registration| watch(registration, dispatch));
}

/// Tells of a version that waits already, and of each that will.
fn watch(registration: ServiceWorkerRegistration, dispatch: Callback<Msg>) {
    if registration.waiting().is_some() {
        tell(&dispatch);
    }
    let found = {
        let registration = registration.clone();
        move |_: Event| {
            if let Some(coming) = registration.installing() {
                follow(coming, dispatch.clone());
            }
        }
    };
    registration.set_onupdatefound(Some(forever(found).unchecked_ref()));
}

fn follow(coming: ServiceWorker, dispatch: Callback<Msg>) {
    let changed = {
        let coming = coming.clone();
        move |_: Event| {
            if coming.state() == ServiceWorkerState::Installed {
                tell(&dispatch);
            }
        }
    };
    coming.set_onstatechange(Some(forever(changed).unchecked_ref()));
}

/// A page that no kept version answers for came from the host, and is as new as can be.
fn tell(dispatch: &Callback<Msg>) {
    if browser::service_workers().is_some_and(|workers| workers.controller().is_some()) {
        dispatch.emit(Msg::NewerWaits);
    }
}

/// Lets the waiting version take over and loads the page from it.
pub fn take_newer() {
    let Some(workers) = browser::service_workers() else { return browser::reload() };
    let registered = workers.get_registration();
    then(&registered, move |registration: ServiceWorkerRegistration| take(&workers, &registration));
}

fn take(workers: &ServiceWorkerContainer, registration: &ServiceWorkerRegistration) {
    // Another tab was quicker, and the newer version answers already.
    let Some(waiting) = registration.waiting() else { return browser::reload() };
    workers.set_oncontrollerchange(Some(forever(|_: Event| browser::reload()).unchecked_ref()));
    // Refused only by a worker that is gone; a reload is then all there is to do.
    if waiting.post_message(&JsValue::from_str(TAKE_OVER)).is_err() {
        browser::reload();
    }
}

/// Calls `done` with what the promise brings, if it is of that kind; a refusal is forgotten.
fn then<T: JsCast + 'static>(promise: &Promise, done: impl FnOnce(T) + 'static) {
    let brought = Closure::once(move |value: JsValue| {
        if let Ok(value) = value.dyn_into() {
            done(value);
        }
    });
    let refused = Closure::once(|_: JsValue| {});
    let _ = promise.then2(&brought, &refused);
    // One of the two is called, once; both may then be collected.
    brought.forget();
    refused.forget();
}

/// A listener that lives as long as the page.
fn forever(listener: impl FnMut(Event) + 'static) -> JsValue {
    Closure::<dyn FnMut(Event)>::new(listener).into_js_value()
}
