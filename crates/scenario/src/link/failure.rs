//! Why a link could not be opened, in words for the person who clicked it.

use std::fmt;

use crate::link::ViewParameters;
use crate::visible::visible_line;

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It ends before its end.
    Truncated,
    /// Its check does not fit its content.
    Damaged,
    /// Its content is not base64url.
    NotBase64,
    /// Its content cannot be unpacked.
    NotPacked,
    /// A `%` in it is not followed by two hexadecimal digits.
    BadEscape,
    /// What it holds is not UTF-8 text.
    NotText,
    /// It has more characters than a link may have.
    TooLong,
    /// What it holds is larger than a scenario may be.
    TooBig,
    /// It is written in a form this version does not know: this one.
    Newer(String),
    /// It names a scenario the gallery does not have.
    NoSuchPreset(String),
    /// It points to a file that is not at an `https` address.
    NotHttps,
    /// Nothing in it says what to open.
    Unrecognised,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self {
            Self::Truncated => {
                "The end of this link is missing. Some programs cut long links. Copy the whole link, or ask for it again."
            }
            Self::Damaged | Self::NotBase64 | Self::NotPacked => {
                "This link is damaged: at least one character is not as it was sent. Copy it again, or ask for it again."
            }
            Self::BadEscape => {
                "This link is damaged: a `%` in it is not followed by two digits. If you typed it, write `%25` for a percent sign."
            }
            Self::NotText => "This link is damaged: what it holds is not text. Copy it again, or ask for it again.",
            Self::TooLong => "This link is longer than any link of this page can be. Ask for the scenario as a file.",
            Self::TooBig => {
                "This link unpacks to more than a scenario can hold. It was not made by this page, and it was not opened."
            }
            Self::Newer(form) => {
                return write!(
                    f,
                    "This link is written in a form (`{form}`) that this version of the page does not know. It may come from a newer one: reload the page to get it.",
                    form = visible_line(form)
                );
            }
            Self::NoSuchPreset(name) => {
                return write!(
                    f,
                    "This link names the scenario `{name}`, which the gallery does not have.",
                    name = visible_line(name)
                );
            }
            Self::NotHttps => "This link points to a file, but not at an https address, so it was not fetched.",
            Self::Unrecognised => {
                "This link does not say what to open: no part of it is a scenario this page knows how to read."
            }
        };
        f.write_str(said)
    }
}

impl std::error::Error for LinkError {}

/// A link that could not be opened, with what there is to show of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkFailure {
    /// What is wrong.
    pub error: LinkError,
    /// The payload as it arrived.
    pub raw: String,
    /// As much of its text as can still be read, if any.
    pub salvaged: Option<String>,
    /// How it asks to be looked at: what says that it cannot be opened stands in the frame that was asked for.
    pub view: Box<ViewParameters>,
}

impl fmt::Display for LinkFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for LinkFailure {}
