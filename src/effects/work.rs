//! Who works for the page: a module worker with the page's own wasm, or slices of the page's own time where there is none.
//!
//! A worker can be refused by a policy, an opaque origin or an old browser, at once or a moment later; then the questions
//! that wait for it are worked on here. One that has worked and then fails has met a mistake of ours, which would take the
//! page down too: its question is given up, and another worker takes its place.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::{Callback, NodeRef};

use super::browser::document;
use crate::app::Msg;
use crate::work::{Desk, Id, Message};

/// A question that takes longer than this can be stopped.
const LONG_MILLIS: u32 = 1_000;

/// A worker that is asked and has not started after this long is done without.
const START_MILLIS: u32 = 3_000;

/// So long a slice is, in milliseconds: less than a frame, with what one step takes beyond it.
const SLICE_MILLIS: f64 = 8.0;

/// What the worker says once it can be asked, and what it says when it cannot start.
const READY: &str = "ready";
const REFUSED: &str = "refused";

/// Whoever works for one page.
pub struct Crew {
    shared: Rc<Shared>,
    /// Says when the last question takes long.
    long: Option<Timeout>,
    /// Does without the worker if it does not start.
    late: Option<Timeout>,
}

struct Shared {
    dispatch: Callback<Msg>,
    root: RefCell<NodeRef>,
    state: RefCell<State>,
    /// The last question, should whoever works on it fail.
    asked: RefCell<Option<Id>>,
}

enum State {
    /// The page is not drawn yet; what is said waits.
    Waiting(Vec<String>),
    /// The worker is starting; what is said waits.
    Starting(Hired, Vec<String>),
    Working(Hired),
    Slices {
        desk: Desk,
        is_going: bool,
    },
}

/// A worker and those who listen to it.
struct Hired {
    worker: Worker,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(Event)>,
}

impl Drop for Hired {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl std::fmt::Debug for Crew {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Crew")
    }
}

impl Crew {
    /// For a page that hears `dispatch`. It is not there before [`begin`](Self::begin).
    pub fn new(dispatch: Callback<Msg>) -> Self {
        let state = RefCell::new(State::Waiting(Vec::new()));
        let shared = Shared { dispatch, root: RefCell::default(), state, asked: RefCell::default() };
        Self { shared: Rc::new(shared), long: None, late: None }
    }

    /// Starts the worker, for a page that is drawn in `root`.
    pub fn begin(&self, root: &NodeRef) {
        self.shared.root.replace(root.clone());
        start(&self.shared);
    }

    /// Asks a question, and says when it takes long.
    pub fn ask(&mut self, id: Id, question: String) {
        self.shared.asked.replace(Some(id));
        let dispatch = self.shared.dispatch.clone();
        self.long = Some(Timeout::new(LONG_MILLIS, move || dispatch.emit(Msg::TakesLong(id))));
        self.tell(question);
        let shared = self.shared.clone();
        self.late = Some(Timeout::new(START_MILLIS, move || {
            let is_late = matches!(*shared.state.borrow(), State::Starting(..));
            if is_late {
                do_without(&shared);
            }
        }));
    }

    /// Says something to whoever works.
    pub fn tell(&self, said: String) {
        let is_here = {
            match &mut *self.shared.state.borrow_mut() {
                State::Waiting(waiting) | State::Starting(_, waiting) => {
                    waiting.push(said);
                    false
                }
                State::Working(hired) => {
                    // Fails only for what cannot be copied, and a text always can.
                    let _ = hired.worker.post_message(&said.into());
                    false
                }
                State::Slices { desk, .. } => {
                    desk.hear(&said);
                    true
                }
            }
        };
        if is_here {
            go(&self.shared);
        }
    }
}

/// Hires a worker; what waited goes on waiting until it is ready.
fn start(shared: &Rc<Shared>) {
    let waiting = match shared.state.replace(State::Waiting(Vec::new())) {
        State::Waiting(waiting) | State::Starting(_, waiting) => waiting,
        State::Working(_) | State::Slices { .. } => Vec::new(),
    };
    match hire(shared) {
        Ok(hired) => {
            shared.state.replace(State::Starting(hired, waiting));
            tell_who(shared, "starting");
        }
        Err(_) => {
            shared.state.replace(State::Waiting(waiting));
            do_without(shared);
        }
    }
}

/// A worker that has been told to start. Refused where there are none, and where the page is a guest in a document that
/// does not say where its parts are.
fn hire(shared: &Rc<Shared>) -> Result<Hired, JsValue> {
    let (script, glue) = addresses().ok_or(JsValue::NULL)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&script, &options)?;
    let weak = Rc::downgrade(shared);
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let (Some(shared), Some(said)) = (weak.upgrade(), event.data().as_string()) {
            hear(&shared, said);
        }
    });
    let weak = Rc::downgrade(shared);
    let failed = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
        if let Some(shared) = weak.upgrade() {
            // Not from within its own listener, which goes with the worker.
            Timeout::new(0, move || fail(&shared)).forget();
        }
    });
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    let hired = Hired { worker, _heard: heard, _failed: failed };
    let begin = Object::new();
    Reflect::set(&begin, &"glue".into(), &glue.into())?;
    Reflect::set(&begin, &"module".into(), &wasm_bindgen::module())?;
    hired.worker.post_message(&begin)?;
    Ok(hired)
}

/// Where the worker's script and the glue of the wasm module are: the page's own document names them.
fn addresses() -> Option<(String, String)> {
    let document = document()?;
    let (engine, base) = (document.get_element_by_id("engine")?, document.base_uri().ok()??);
    let resolve = |name: &str| Some(web_sys::Url::new_with_base(&engine.get_attribute(name)?, &base).ok()?.href());
    Some((resolve("data-worker")?, resolve("data-glue")?))
}

/// Shows on the page's own element who works for it, for tests.
fn tell_who(shared: &Shared, who: &str) {
    if let Some(root) = shared.root.borrow().cast::<Element>() {
        // Fails only for a name that is none.
        let _ = root.set_attribute("data-work", who);
    }
}

fn hear(shared: &Rc<Shared>, said: String) {
    match said.as_str() {
        READY => {
            let state = shared.state.replace(State::Waiting(Vec::new()));
            if let State::Starting(hired, waiting) = state {
                for said in waiting {
                    let _ = hired.worker.post_message(&said.into());
                }
                shared.state.replace(State::Working(hired));
                tell_who(shared, "worker");
            } else {
                shared.state.replace(state);
            }
        }
        REFUSED => {
            let shared = shared.clone();
            Timeout::new(0, move || do_without(&shared)).forget();
        }
        _ => shared.dispatch.emit(Msg::Heard(said)),
    }
}

/// The worker is gone: before it could start, or by a mistake of ours.
fn fail(shared: &Rc<Shared>) {
    let has_worked = matches!(*shared.state.borrow(), State::Working(_));
    if !has_worked {
        return do_without(shared);
    }
    start(shared);
    if let Some(id) = shared.asked.take() {
        shared.dispatch.emit(Msg::Heard(Message::Failed(id).print()));
    }
}

/// What waited for a worker is worked on here.
fn do_without(shared: &Rc<Shared>) {
    let mut desk = Desk::default();
    match shared.state.replace(State::Waiting(Vec::new())) {
        State::Waiting(waiting) | State::Starting(_, waiting) => waiting.iter().for_each(|said| desk.hear(said)),
        other @ (State::Working(_) | State::Slices { .. }) => {
            shared.state.replace(other);
            return;
        }
    }
    shared.state.replace(State::Slices { desk, is_going: false });
    tell_who(shared, "slices");
    go(shared);
}

/// Begins to work in slices, if nobody does yet.
fn go(shared: &Rc<Shared>) {
    if let State::Slices { is_going, .. } = &mut *shared.state.borrow_mut()
        && !std::mem::replace(is_going, true)
    {
        go_soon(shared);
    }
}

fn go_soon(shared: &Rc<Shared>) {
    let weak = Rc::downgrade(shared);
    Timeout::new(0, move || {
        if let Some(shared) = weak.upgrade() {
            slice(&shared);
        }
    })
    .forget();
}

/// Works for a few milliseconds, and comes back if there is more to do.
fn slice(shared: &Rc<Shared>) {
    let mut said = Vec::new();
    let is_over = match &mut *shared.state.borrow_mut() {
        State::Slices { desk, is_going } => {
            let until = js_sys::Date::now() + SLICE_MILLIS;
            while !desk.is_idle() && js_sys::Date::now() < until {
                said.extend(desk.step());
            }
            *is_going = !desk.is_idle();
            desk.is_idle()
        }
        State::Waiting(_) | State::Starting(..) | State::Working(_) => true,
    };
    if !is_over {
        go_soon(shared);
    }
    said.into_iter().for_each(|said| shared.dispatch.emit(Msg::Heard(said)));
}
