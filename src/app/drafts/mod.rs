//! The reader's own texts, kept by the browser between visits.
//!
//! A draft begins when the reader changes a text, never when one is opened. It says what it began from, so that work on
//! a chapter, on a stranger's link and on a text of one's own stay apart. Every page writes under a key of its own
//! ([`key`]): two tabs on one draft cannot overwrite each other, and where they part, both texts are kept.

mod record;
mod shelf;
#[cfg(test)]
mod tests;

use fencepost_scenario::gallery;

pub use record::{read, write};
pub use shelf::{
    Keep, Kept, PREFIX, Refusal, Shelf, all, clear_copies, id_of, keep, key, latest, migrate, rename, resume,
};

/// One text of the reader's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Under what the browser keeps it.
    pub key: String,
    /// What the reader calls it, if it is called something else than its title.
    pub name: Option<String>,
    /// What it began from.
    pub base: Base,
    /// When it began, in milliseconds since 1970.
    pub created: u64,
    /// When it was last changed, in the same.
    pub changed: u64,
    /// The text.
    pub text: String,
}

/// What a draft began from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// Nothing: a text of the reader's own from the beginning, or one from before drafts said so.
    #[default]
    Own,
    /// The chapter of this name.
    Chapter(String),
    /// A link.
    Link,
    /// A file.
    File,
}

impl Draft {
    /// What it is called: by the reader, or else by its own title.
    pub fn heading(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| title(&self.text))
    }

    /// Whether a chapter has the same text: then there is nothing in it to lose.
    pub fn is_chapter(&self) -> bool {
        is_chapter(&self.text)
    }
}

impl Base {
    /// In words, for the list of drafts.
    pub fn sentence(&self) -> String {
        match self {
            Self::Own => "a text of your own".to_owned(),
            Self::Chapter(name) => match gallery::all().iter().find(|entry| entry.name == name) {
                Some(entry) => format!("began from chapter {}", entry.number),
                None => "began from a chapter".to_owned(),
            },
            Self::Link => "began from a link".to_owned(),
            Self::File => "began from a file".to_owned(),
        }
    }
}

/// Whether a chapter has exactly this text.
pub fn is_chapter(text: &str) -> bool {
    gallery::all().iter().any(|entry| entry.text == text)
}

/// The title a text gives itself, without reading the rest of it.
fn title(text: &str) -> &str {
    let given = text.lines().find_map(|line| line.strip_prefix("title ")).map(str::trim);
    given.filter(|title| !title.is_empty()).unwrap_or("Untitled scenario")
}
