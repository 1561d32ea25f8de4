//! The few signs on buttons, as lines. Each is decoration: the button's label says what it does.

use yew::{Html, html};

fn glyph(path: &'static str) -> Html {
    html! {
        <svg class="glyph" viewBox="0 0 20 20" aria-hidden="true"><path d={path} /></svg>
    }
}

/// Three posts and two rails.
pub fn fence() -> Html {
    html! {
        <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M3.5 18V6.5L5 4l1.5 2.5V18zM8.5 18V6.5L10 4l1.5 2.5V18zM13.5 18V6.5L15 4l1.5 2.5V18z" />
            <path d="M1 9.5h2.5m3 0h2m3 0h2m3 0H19M1 14.5h2.5m3 0h2m3 0h2m3 0H19" />
        </svg>
    }
}

/// An arrow that turns back.
pub fn undo() -> Html {
    glyph("M7.5 4.5L4 8l3.5 3.5M4 8h7.5a4.25 4.25 0 010 8.5H8")
}

/// An arrow that turns forward.
pub fn redo() -> Html {
    glyph("M12.5 4.5L16 8l-3.5 3.5M16 8H8.5a4.25 4.25 0 000 8.5H12")
}

/// A half-dark disc.
pub fn theme() -> Html {
    html! {
        <svg class="glyph" viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="6.5" />
            <path d="M10 3.5a6.5 6.5 0 010 13z" fill="currentColor" />
        </svg>
    }
}

/// A question mark.
pub fn help() -> Html {
    glyph("M7.2 7.4a2.9 2.9 0 115 2.1c-1.2 1-2.2 1.4-2.2 3M10 15.6v.1")
}

/// A cross.
pub fn close() -> Html {
    glyph("M5 5l10 10M15 5L5 15")
}

/// A small downward angle.
pub fn open() -> Html {
    glyph("M6.5 8.5L10 12l3.5-3.5")
}

/// A small angle to the left.
pub fn previous() -> Html {
    glyph("M11.5 6L7.5 10l4 4")
}

/// A small angle to the right.
pub fn next() -> Html {
    glyph("M8.5 6l4 4-4 4")
}

/// An arrow out of a tray.
pub fn share() -> Html {
    glyph("M10 12.5V3.5M6.8 6.5L10 3.3l3.2 3.2M4.5 10.5v6h11v-6")
}

/// A ruler with even marks.
pub fn even() -> Html {
    glyph("M7 3h6v14H7zM7 6.5h3M7 10h3M7 13.5h3")
}

/// A crosshair.
pub fn jump() -> Html {
    glyph("M10 3v4m0 6v4M3 10h4m6 0h4M10 7.5a2.5 2.5 0 110 5 2.5 2.5 0 010-5z")
}

/// A bin.
pub fn remove() -> Html {
    glyph("M4.5 6h11M8 6V4.5h4V6m-6 0l.7 10h6.6L14 6M8.6 8.7v4.8m2.8-4.8v4.8")
}
