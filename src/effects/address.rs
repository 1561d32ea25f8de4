//! The page's address and its entries in the browser's history.
//!
//! A committed edit waits a moment before it goes into the address: Safari refuses more than 100 changes in 30 s. What
//! waits is written at once before another text is opened, and never over an address that the page has not written
//! itself. When the page is left it is not written: the draft has it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;

use super::browser;
use crate::app::visit::Mark;
use crate::app::{Address, When};

/// How long an edit waits for the next one, in milliseconds.
const REST_MILLIS: u32 = 600;
/// How long it waits where there were many changes.
const LONG_REST_MILLIS: u32 = 3_000;
/// Who has not left after this long, in milliseconds, stays.
const LEAVING: f64 = 10_000.0;
/// How many changes in how many milliseconds no browser minds.
const MOST: (usize, f64) = (80, 30_000.0);

/// The address of a page that has the document to itself.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    /// What waits, and the fragment it is to replace.
    waiting: Option<(Address, String, Option<Timeout>)>,
    /// When the last changes were made.
    changes: VecDeque<f64>,
    /// Whether nothing else keeps the text, so that the address has it at once.
    alone: bool,
    /// When the browser last asked whether it may leave the page.
    left: Option<f64>,
}

impl Writer {
    /// Writes an address in its own time.
    pub fn write(&self, address: Address) {
        match address.when {
            When::Rest if !self.inner.borrow().alone => self.wait(address, REST_MILLIS),
            When::Rest | When::Now => self.replace(address),
            When::Entry => {
                self.flush();
                self.push(address);
            }
        }
    }

    /// From now on, no edit waits: nothing else keeps the text.
    pub fn be_quick(&self) {
        self.inner.borrow_mut().alone = true;
        self.flush();
    }

    /// Whether what the reader wrote last stands in no address and in no storage.
    pub fn is_all_there_is(&self) -> bool {
        let inner = self.inner.borrow();
        inner.alone && (inner.waiting.is_some() || fragment().is_empty())
    }

    /// Writes what waits.
    pub fn flush(&self) {
        let waiting = self.inner.borrow_mut().waiting.take();
        // Where the reader has gone on to another entry, what waited was for the one before.
        if let Some((address, ..)) = waiting.filter(|(_, over, _)| *over == fragment()) {
            self.set(&address, false);
        }
    }

    /// The browser is about to leave the page, or to load it again. What is written while it does so can make it forget
    /// which text the entry of its history is for, so nothing is: the draft has the text.
    pub fn leave(&self) {
        self.inner.borrow_mut().left = Some(js_sys::Date::now());
    }

    /// Forgets what waits.
    pub fn forget(&self) {
        self.inner.borrow_mut().waiting = None;
    }

    fn wait(&self, address: Address, millis: u32) {
        let writer = self.clone();
        let timer = Timeout::new(millis, move || writer.time_is_up());
        self.inner.borrow_mut().waiting = Some((address, fragment(), Some(timer)));
    }

    /// Writes what has waited long enough, unless there were too many changes: then it waits for longer.
    fn time_is_up(&self) {
        if !self.is_busy() {
            return self.flush();
        }
        let waiting = self.inner.borrow_mut().waiting.take();
        if let Some((address, ..)) = waiting.filter(|(_, over, _)| *over == fragment()) {
            self.wait(address, LONG_REST_MILLIS);
        }
    }

    fn replace(&self, address: Address) {
        self.forget();
        if self.is_busy() { self.wait(address, LONG_REST_MILLIS) } else { self.set(&address, false) }
    }

    /// Makes a new entry. One too many takes the place of the one before: that costs a step back, never the text.
    fn push(&self, address: Address) {
        if self.is_busy() { self.replace(address) } else { self.set(&address, true) }
    }

    /// Changes the address now.
    fn set(&self, address: &Address, push: bool) {
        self.inner.borrow_mut().changes.push_back(js_sys::Date::now());
        set(address, push);
    }

    /// Whether one more change may be too many, or come too late.
    fn is_busy(&self) -> bool {
        let (now, mut inner) = (js_sys::Date::now(), self.inner.borrow_mut());
        let leaving = inner.left.is_some_and(|then| (0.0..LEAVING).contains(&(now - then)));
        let changes = &mut inner.changes;
        while changes.front().is_some_and(|then| !(0.0..MOST.1).contains(&(now - then))) {
            changes.pop_front();
        }
        leaving || changes.len() >= MOST.0
    }
}

fn set(address: &Address, push: bool) {
    let Some(history) = browser::history() else { return };
    let mark = JsValue::from_str(&address.mark.write());
    let whole = match address.fragment.as_str() {
        "" => browser::whole_address().split('#').next().unwrap_or_default().to_owned(),
        fragment => format!("#{fragment}"),
    };
    // Refused in a sandboxed frame; the link in the share dialog is right all the same.
    let _ = match push {
        true => history.push_state_with_url(&mark, "", Some(&whole)),
        false => history.replace_state_with_url(&mark, "", Some(&whole)),
    };
}

/// What stands behind the `#`.
pub fn fragment() -> String {
    browser::whole_address().split_once('#').map(|(_, fragment)| fragment.to_owned()).unwrap_or_default()
}

/// Which text this entry of the history is for.
pub fn mark() -> Option<Mark> {
    Mark::read(&browser::history()?.state().ok()?.as_string()?)
}
