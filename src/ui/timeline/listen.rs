//! Browser listeners that unregister on drop: the frame, the size of an element, what comes into view, scrolling anywhere.
//!
//! Only what Yew's own listeners cannot do. The window is found through an element of ours, so that several diagrams
//! can live in one document.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, EventTarget, IntersectionObserver, IntersectionObserverInit, ResizeObserver, Window};

/// The window an element is in.
pub fn window_of(element: &Element) -> Option<Window> {
    element.owner_document()?.default_view()
}

/// Whether a media query holds in the window of an element.
pub fn matches_media(element: &Element, query: &str) -> bool {
    let list = window_of(element).and_then(|window| window.match_media(query).ok()?);
    list.is_some_and(|list| list.matches())
}

/// An event listener in the capturing phase, gone when dropped.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    call: Closure<dyn FnMut()>,
}

impl Listener {
    /// Listens.
    pub fn new(target: EventTarget, event: &'static str, call: impl FnMut() + 'static) -> Self {
        let call: Closure<dyn FnMut()> = Closure::new(call);
        let _ = target.add_event_listener_with_callback_and_bool(event, call.as_ref().unchecked_ref(), true);
        Self { target, event, call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.call.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.event, call, true);
    }
}

/// Watches the size of an element until dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    _call: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Watches; `None` where the browser cannot.
    pub fn new(element: &Element, call: impl FnMut() + 'static) -> Option<Self> {
        let call: Closure<dyn FnMut()> = Closure::new(call);
        let observer = ResizeObserver::new(call.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _call: call })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Watches until dropped whether something comes into view, for whatever reason: the window grew or was turned, a panel
/// above it closed, the page was zoomed or scrolled.
pub struct ViewWatch {
    observer: IntersectionObserver,
    _call: Closure<dyn FnMut()>,
}

impl ViewWatch {
    /// Watches; `None` where the browser cannot. It calls already when an element is so many pixels away.
    pub fn new(elements: &[Element], early: u32, call: impl FnMut() + 'static) -> Option<Self> {
        let call: Closure<dyn FnMut()> = Closure::new(call);
        let options = IntersectionObserverInit::new();
        options.set_root_margin(&format!("{early}px 0px"));
        let observer = IntersectionObserver::new_with_options(call.as_ref().unchecked_ref(), &options).ok()?;
        for element in elements {
            observer.observe(element);
        }
        Some(Self { observer, _call: call })
    }
}

impl Drop for ViewWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// A call before the next frame is painted; taken back when dropped.
pub struct NextFrame {
    window: Window,
    id: i32,
    _call: Closure<dyn FnMut(f64)>,
}

impl NextFrame {
    /// Asks for the call, which is given the browser's time of the frame in milliseconds; `None` where there is no window.
    pub fn new(element: &Element, call: impl FnMut(f64) + 'static) -> Option<Self> {
        let window = window_of(element)?;
        let call: Closure<dyn FnMut(f64)> = Closure::new(call);
        let id = window.request_animation_frame(call.as_ref().unchecked_ref()).ok()?;
        Some(Self { window, id, _call: call })
    }
}

impl Drop for NextFrame {
    fn drop(&mut self) {
        let _ = self.window.cancel_animation_frame(self.id);
    }
}
