//! Surgery within one line: what stands before and after a statement, and one word exchanged for another.

use crate::parse::{Token, tokens};

/// The white space a line begins with.
pub(crate) fn indent_of(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// A line without the white space it begins with.
pub(crate) fn after_indent(line: &str) -> &str {
    line.trim_start()
}

/// The comment of a line with the white space before it; empty if there is none.
pub(crate) fn comment_of(line: &str) -> &str {
    let (words, comment) = tokens(line);
    match (words.last(), comment) {
        (Some(last), Some(_)) => &line[last.end..],
        _ => "",
    }
}

/// The word after the first `word`.
pub(crate) fn word_after<'a>(line: &'a str, word: &str) -> Option<Token<'a>> {
    let (words, _) = tokens(line);
    let at = words.iter().position(|token| token.text == word)?;
    words.get(at + 1).copied()
}

/// The line with the word after the first `word` replaced by what `new` makes of it.
pub(crate) fn with_word_after(line: &str, word: &str, new: impl Fn(&str) -> String) -> Option<String> {
    let place = word_after(line, word)?;
    Some(format!("{}{}{}", &line[..place.start], new(place.text), &line[place.end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_around_a_statement_is_found() {
        let line = "\t pause A at 1s for 2s   # a nap";
        assert_eq!((indent_of(line), comment_of(line)), ("\t ", "   # a nap"));
        assert_eq!(comment_of("# all comment"), "");
    }

    #[test]
    fn one_word_is_exchanged() {
        let line = "store  S check none # open";
        assert_eq!(with_word_after(line, "check", |_| "ge".into()).as_deref(), Some("store  S check ge # open"));
        assert_eq!(with_word_after(line, "lease", |_| "ge".into()), None);
    }
}
