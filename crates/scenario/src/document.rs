//! The reader's text, kept to the letter: comments, indentation, blank lines, and lines nobody understands.
//!
//! It is the only form in which a scenario is stored: file, link, draft and picture carry this text. What it means is
//! in [`crate::model`].

use crate::model::{Key, Statement};
use crate::parse::{self, Parsed};
use crate::print::{key_of, normal};

/// A text, line by line. Printing it gives back what was put in, with line ends as LF and without a byte order mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    text: String,
}

impl Document {
    /// The document with this text.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        if text.contains('\r') {
            // A carriage return alone ends a line too: text fields of browsers read it so.
            return Self { text: text.replace("\r\n", "\n").replace('\r', "\n") };
        }
        Self { text }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its lines without their ends. A text that ends with a line end has an empty last line.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split('\n')
    }

    /// What the text means, and what is to be said about it.
    pub fn parse(&self) -> Parsed {
        parse::parse(&self.text)
    }

    /// This document as it may go out: with the version that it needs in its first line, if it says a lower one. An older
    /// copy then says that it cannot read it, and does not leave out what it does not know.
    pub fn for_others(&self) -> Self {
        self.raised(&self.parse())
    }

    /// As [`Self::for_others`], for whoever has read this document already.
    pub(crate) fn raised(&self, parsed: &Parsed) -> Self {
        Self { text: parse::raised(&self.text, &parsed.version) }
    }

    /// This document with `lines` as one more variant, and that variant's name: how a link's `with=` is opened.
    pub fn with_variant(&self, lines: &str) -> (Self, String) {
        self.with_variant_of(lines, None)
    }

    /// As [`Self::with_variant`], where the new variant also has what the variant `of` changes, except what `lines`
    /// change again: how a link's `with=` is opened beside `v=`. A variant that is not there changes nothing.
    pub fn with_variant_of(&self, lines: &str, of: Option<&str>) -> (Self, String) {
        let parsed = self.parse();
        let taken = |name: &str| parsed.scenario.variants.iter().any(|variant| variant.name == name);
        let names = std::iter::once("with".to_owned()).chain((2..).map(|number| format!("with-{number}")));
        let name = names.into_iter().find(|name| !taken(name)).unwrap_or_default();
        let alone = self.with_block(&name, "", lines);
        let inherited = of.map(|of| alone.kept_of(of, &name)).unwrap_or_default();
        if inherited.is_empty() { (alone, name) } else { (self.with_block(&name, &inherited, lines), name) }
    }

    /// This document with one more variant whose block holds these lines.
    fn with_block(&self, name: &str, first: &str, then: &str) -> Self {
        let mut text = self.text.trim_end_matches('\n').to_owned();
        text.push_str(&format!("\n\nvariant {name}\n"));
        for line in first.lines().chain(then.lines()).filter(|line| !line.trim().is_empty()) {
            text.push_str(&format!("  {}\n", line.trim()));
        }
        Self::new(text)
    }

    /// The lines of the variant `of` that say nothing about what the variant `by` changes too.
    fn kept_of(&self, of: &str, by: &str) -> String {
        let parsed = self.parse();
        let find = |name: &str| parsed.scenario.variants.iter().position(|variant| variant.name == name);
        let (Some(of), Some(by)) = (find(of), find(by)) else { return String::new() };
        let changed: Vec<Key> = parsed.scenario.variants[by].changes.iter().map(subject_of).collect();
        let (changes, lines) = (&parsed.scenario.variants[of].changes, &parsed.lines.variants[of].changes);
        let own: Vec<&str> = self.lines().collect();
        let mut kept = String::new();
        // A line can hold several changes; it is kept for the first of them, once.
        let mut last = None;
        for (change, line) in changes.iter().zip(lines) {
            if last != Some(line) && !changed.contains(&subject_of(change)) {
                kept.push_str(own.get(*line).copied().unwrap_or_default());
                kept.push('\n');
            }
            last = Some(line);
        }
        kept
    }
}

/// What a change is about: what it says anew, or what it removes.
fn subject_of(change: &Statement) -> Key {
    match change {
        Statement::Remove(key) => normal(key),
        other => key_of(other),
    }
}

impl From<&str> for Document {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
