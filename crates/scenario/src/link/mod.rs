//! Links: a scenario in the fragment of an address, where no server ever sees it.
//!
//! `#[view&]s1=<payload>`, with the payload last. The forms are told in `docs/language.md`. Decoders are never removed:
//! a link that was posted once opens for ever, and the corpus in `tests/links` sees to it. A link that cannot be opened
//! says why; it never opens as something else.

mod check;
mod failure;
mod packed;
mod readable;
mod view;

pub use failure::{LinkError, LinkFailure};
pub use view::{Leaf, Theme, Ui, ViewParameters};

use crate::document::Document;
use crate::gallery;
use crate::parse::raised;

/// The longest fragment that is looked at, in bytes.
pub const LONGEST: usize = 64 * 1024;

/// The longest text that is written out so that a person can read it, in characters.
const READABLE: usize = 400;

/// The longest address of a file, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// A link, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// How to look at it.
    pub view: ViewParameters,
    /// What it opens.
    pub opened: Opened,
    /// Parts that were not understood and do not matter for what is opened, such as a newer page's view parameters.
    pub ignored: Vec<String>,
}

/// What a link opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Opened {
    /// Nothing in particular: the page without a fragment, or with view parameters only.
    #[default]
    Nothing,
    /// This text.
    Text(String),
    /// A scenario of the gallery.
    Preset {
        /// Its name.
        name: String,
        /// Its text as the gallery has it now.
        text: String,
        /// Whether that is the text the link was made for.
        age: Age,
    },
    /// A file at this `https` address. Nobody has fetched it; ask the reader first.
    File(String),
}

/// Whether a scenario of the gallery is still what a link to it was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// It is.
    Same,
    /// It has changed since.
    Changed,
    /// It has changed since, or the link is damaged: links of before had nothing to tell the two apart.
    Unsure,
}

impl Opened {
    /// What is to be said of a scenario of the gallery that is not the one the link was made for.
    pub fn remark(&self) -> Option<String> {
        let Self::Preset { name, age, .. } = self else { return None };
        match age {
            Age::Same => None,
            Age::Changed => Some(format!(
                "The scenario `{name}` of the gallery has changed since this link was made. This is how it is now."
            )),
            Age::Unsure => Some(format!(
                "The scenario `{name}` of the gallery is not as this link expects it: it has changed since the link was made, or the link is damaged. This is how it is now."
            )),
        }
    }

    /// The text, if it is at hand.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Preset { text, .. } => Some(text),
            Self::Nothing | Self::File(_) => None,
        }
    }
}

/// The fragment, without `#`, that opens this text looked at in this way.
pub fn encode(text: &str, view: &ViewParameters) -> String {
    // The readable form has no check, and what stands in `with=` is as much a part of what is opened as the text.
    match text.chars().count() <= READABLE && view.with.is_none() {
        true => readable(text, view),
        false => packed(text, view),
    }
}

/// As [`encode`], always in the form a person can read.
pub fn readable(text: &str, view: &ViewParameters) -> String {
    format!("{}s1=t.{}", view.write(), readable::encode(&going_out(text, view)))
}

/// As [`encode`], always in the packed form.
pub fn packed(text: &str, view: &ViewParameters) -> String {
    format!("{}s1=w.{}", view.write(), packed::encode(&going_out(text, view), &view.covered()))
}

/// The text with the version in its first line that it needs, and the lines that the view adds to it with it. An older
/// page then says that it cannot read the link, and does not show another scenario.
fn going_out(text: &str, view: &ViewParameters) -> String {
    let document = Document::new(text);
    let whole = view.with.as_deref().map(|lines| document.with_variant(lines).0);
    raised(text, &whole.unwrap_or(document).parse().version)
}

/// The fragment, without `#`, that opens a scenario of the gallery.
pub fn preset(preset: &gallery::Preset, view: &ViewParameters) -> String {
    let named = format!("{}@{}", preset.name, check::check_of(preset.text));
    format!("{}p1={named}.{}", view.write(), check::check_of(&format!("{}{named}", view.covered())))
}

/// The fragment, without `#`, that opens the page with this over whatever scenario is there.
pub fn leaf(leaf: Leaf) -> String {
    let written = ViewParameters { leaf, ..ViewParameters::default() }.write();
    written.trim_end_matches('&').to_owned()
}

/// What a fragment, or an address with a fragment, opens.
///
/// # Errors
/// If it says what to open and that cannot be opened, or nothing in it makes sense.
pub fn decode(address: &str) -> Result<Link, LinkFailure> {
    let fragment = fragment_of(address);
    let mut link = Link::default();
    match fragment.len() > LONGEST {
        true => {
            let readable = &fragment[..fragment.floor_char_boundary(LONGEST)];
            // It is not opened, but it may say how that is to be told.
            let _ = open(readable, &mut link);
            Err(failure(LinkError::TooLong, readable, link.view))
        }
        false => match open(fragment, &mut link) {
            Ok(()) => Ok(link),
            Err((error, raw)) => Err(failure(error, raw, link.view)),
        },
    }
}

/// Reads a fragment part by part, up to the payload; where that fails, the part that could not be read.
fn open<'a>(fragment: &'a str, link: &mut Link) -> Result<(), (LinkError, &'a str)> {
    let mut rest = fragment;
    while !rest.is_empty() {
        let (part, after) = rest.split_once('&').unwrap_or((rest, ""));
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        if is_payload(key) && part.len() == key.len() {
            return Err((LinkError::Truncated, rest));
        }
        if is_payload(key) {
            // The payload is last, so everything that follows belongs to it.
            let value = &rest[key.len() + 1..];
            link.opened = payload(key, value, &link.view.covered()).map_err(|error| (error, value))?;
            return Ok(());
        }
        if !link.view.read(key, value).map_err(|error| (error, rest))? {
            link.ignored.push(part.to_owned());
        }
        rest = after;
    }
    // A moment and a variant are of something, and that has been cut off or swallowed.
    let lacks_payload = link.view.at.is_some() || link.view.variant.is_some() || link.view.with.is_some();
    match (link.ignored.is_empty(), lacks_payload) {
        (true, false) => Ok(()),
        (true, true) => Err((LinkError::Truncated, fragment)),
        (false, _) => Err((LinkError::Unrecognised, fragment)),
    }
}

/// What follows the `#` of an address. A fragment alone is taken whole, for a `#` within it would be damage.
fn fragment_of(address: &str) -> &str {
    match address.split_once('#') {
        Some((before, fragment)) if before.is_empty() || before.contains("://") => fragment,
        Some(_) => address,
        None if address.contains("://") && !address.contains('=') => "",
        None => address,
    }
}

/// `s1`, `p1`, `src`, and what a newer page may call them.
fn is_payload(key: &str) -> bool {
    let numbered = |letter| key.strip_prefix(letter).is_some_and(|number| number.parse::<u32>().is_ok());
    key == "src" || numbered('s') || numbered('p')
}

/// What a payload opens, behind what its check covers beside it.
fn payload(key: &str, value: &str, before: &str) -> Result<Opened, LinkError> {
    match key {
        "s1" => text(value, before).map(Opened::Text),
        "p1" => from_gallery(value, before),
        "src" => file(value),
        _ => Err(LinkError::Newer(key.to_owned())),
    }
}

fn failure(error: LinkError, raw: &str, view: ViewParameters) -> LinkFailure {
    let salvaged = raw.strip_prefix("t.").and_then(readable::salvage);
    LinkFailure { error, raw: raw.to_owned(), salvaged, view: Box::new(view) }
}

fn text(value: &str, before: &str) -> Result<String, LinkError> {
    match value.split_once('.') {
        Some(("t", payload)) => readable::decode(payload),
        Some(("w", payload)) => packed::decode(payload, before),
        Some(("z", payload)) => packed::decode_alone(payload, before),
        Some((form, _)) if form.len() <= 8 => Err(LinkError::Newer(format!("s1={form}."))),
        Some(_) => Err(LinkError::Damaged),
        None => Err(LinkError::Truncated),
    }
}

/// `a-lock-gone-wrong@0123456.789abcd`: the name, the check of the text, and the check of these two. Links of before end
/// behind the first check.
fn from_gallery(value: &str, before: &str) -> Result<Opened, LinkError> {
    let (name, hashes) = value.split_once('@').ok_or(LinkError::Truncated)?;
    let (hash, check) = hashes.split_once('.').map_or((hashes, None), |(hash, check)| (hash, Some(check)));
    let last = check.unwrap_or(hash);
    if last.len() < check::LENGTH {
        return Err(LinkError::Truncated);
    }
    if !check::is_one(hash)
        || check.is_some_and(|check| !check::matches_behind(before, &format!("{name}@{hash}"), check))
    {
        return Err(LinkError::Damaged);
    }
    let entry = gallery::find(name).ok_or_else(|| LinkError::NoSuchPreset(name.to_owned()))?;
    let age = match (check::matches(entry.text, hash), check) {
        (true, _) => Age::Same,
        (false, Some(_)) => Age::Changed,
        (false, None) => Age::Unsure,
    };
    Ok(Opened::Preset { name: name.to_owned(), text: entry.text.to_owned(), age })
}

fn file(value: &str) -> Result<Opened, LinkError> {
    let address = match value.starts_with("https%3A") || value.starts_with("https%3a") {
        true => readable::decode_escapes(value)?,
        false => value.to_owned(),
    };
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'<' && byte != b'>');
    let rest = address.strip_prefix("https://").unwrap_or_default();
    let has_host = rest.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    match plain && has_host && address.len() <= LONGEST_ADDRESS {
        true => Ok(Opened::File(address)),
        false => Err(LinkError::NotHttps),
    }
}
