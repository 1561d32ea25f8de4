//! A diagnostic before it knows its line: a place in bytes and what is wrong there.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::suggest;
use crate::visible::{hidden, mark_of, name_of, visible_line};

/// Something wrong within one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where, in bytes of the line; may reach one past its end.
    pub place: Range<usize>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl Problem {
    /// Something that was left out of the scenario.
    pub fn error(place: Range<usize>, message: String) -> Self {
        Self { place, severity: Severity::Error, message, suggestion: None }
    }

    /// Something that is understood but odd.
    pub fn warning(place: Range<usize>, message: String) -> Self {
        Self { place, severity: Severity::Warning, message, suggestion: None }
    }

    /// A word of the language that this version does not act on yet.
    pub fn not_yet(place: Range<usize>, what: &str) -> Self {
        Self::error(place, format!("not yet supported by this version: {what}"))
    }

    /// An error that concerns a whole line; see [`Self::within`].
    pub fn whole(message: &str) -> Self {
        Self::error(0..usize::MAX, message.to_owned())
    }

    /// A warning that concerns a whole line; see [`Self::within`].
    pub fn odd(message: &str) -> Self {
        Self::warning(0..usize::MAX, message.to_owned())
    }

    /// That a line holds what does not show, if it does.
    pub fn hidden(line: &str) -> Option<Self> {
        let mut found = hidden(line);
        let (place, letter) = found.next()?;
        let more = match found.count() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let said = format!(
            "this line holds {} ({}){more}, which nobody sees; it can make a line look like another one",
            mark_of(letter),
            name_of(letter)
        );
        Some(Self::warning(place..place + letter.len_utf8(), said))
    }

    /// With its place cut down to what the line says, without indentation and comment.
    pub fn within(mut self, line: &str) -> Self {
        let end = crate::parse::token::tokens(line).1.unwrap_or(line.len());
        let said = line[..end].trim_end();
        let start = said.len() - said.trim_start().len();
        self.place = self.place.start.max(start)..self.place.end.min(said.len());
        self
    }

    /// With the known word nearest to `word` as the suggestion.
    pub fn like(mut self, word: &str, known: &[&str]) -> Self {
        self.suggestion = suggest::nearest(word, known).map(str::to_owned);
        self
    }

    /// The diagnostic for this problem in this line.
    pub fn on(self, line: usize, text: &str) -> Diagnostic {
        let characters = |range: Range<usize>| text.get(range).map_or(0, |part| part.chars().count());
        let start = self.place.start.min(text.len());
        let end = self.place.end.clamp(start, text.len());
        Diagnostic {
            line,
            column: characters(0..start),
            length: characters(start..end).max(1),
            severity: self.severity,
            // It quotes the text, which may hold anything.
            message: visible_line(&self.message).into_owned(),
            suggestion: self.suggestion,
        }
    }
}
