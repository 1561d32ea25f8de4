//! The one place that touches the browser's window: address, clipboard, storage, files.
//!
//! It decides nothing: it does what [`crate::app::Effect`] asks and reports back as [`crate::app::Msg`].

use web_sys::Element;

/// The element that the page's own document keeps for it. A document that mounts by itself has none.
pub fn place() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("fencepost")
}
