//! What is to be said about a text: where, what, and what was probably meant. Bad text is normal input, so this is data
//! and no error type; parsing never fails.

use std::fmt;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The text does not say what its author meant: something was left out of the scenario.
    Error,
    /// The text was understood, and is probably not what its author meant.
    Warning,
}

/// One remark about one place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The line, counted from 0.
    pub line: usize,
    /// The first character concerned, counted from 0 in characters.
    pub column: usize,
    /// How many characters are concerned; at least 1, and perhaps just past the end of the line.
    pub length: usize,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in a plain sentence.
    pub message: String,
    /// The word that was probably meant.
    pub suggestion: Option<String>,
}

impl fmt::Display for Diagnostic {
    /// "line 3, column 7: I do not know `partiton`; did you mean `partition`?", with both numbers counted from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line + 1, self.column + 1, self.message)?;
        match &self.suggestion {
            Some(word) => write!(f, "; did you mean `{word}`?"),
            None => Ok(()),
        }
    }
}
