//! The reader's draft and small choices, kept between visits. Every access may be refused, and is then forgotten.

use super::browser::storage;

/// The reader's own text.
pub const DRAFT: &str = "fencepost.draft";
/// Light, dark, or what the system says.
pub const THEME: &str = "fencepost.theme";
/// Whether the invitation was seen.
pub const INVITED: &str = "fencepost.invited";

/// What is kept under a key.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a value under a key.
pub fn write(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs a draft of an earlier visit, never the text on the screen.
        let _ = storage.set_item(key, value);
    }
}
