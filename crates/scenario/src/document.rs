//! The reader's text, kept to the letter: comments, indentation, blank lines, and lines nobody understands.
//!
//! It is the only form in which a scenario is stored: file, link, draft and picture carry this text. What it means is
//! in [`crate::model`].

use crate::parse::{self, Parsed};

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

    /// This document with `lines` as one more variant, and that variant's name: how a link's `with=` is opened.
    pub fn with_variant(&self, lines: &str) -> (Self, String) {
        let scenario = self.parse().scenario;
        let taken = |name: &str| scenario.variants.iter().any(|variant| variant.name == name);
        let names = std::iter::once("with".to_owned()).chain((2..).map(|number| format!("with-{number}")));
        let name = names.into_iter().find(|name| !taken(name)).unwrap_or_default();
        let mut text = self.text.trim_end_matches('\n').to_owned();
        text.push_str(&format!("\n\nvariant {name}\n"));
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            text.push_str(&format!("  {}\n", line.trim()));
        }
        (Self::new(text), name)
    }
}

impl From<&str> for Document {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
