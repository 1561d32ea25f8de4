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

/// Where an option and its words stand among the tokens of a statement: the first of them, and the one behind the last.
/// An option's words go on to the next option.
pub(crate) fn clause(words: &[Token<'_>], options: &[&str], option: &str) -> Option<(usize, usize)> {
    // Before `elect` there are names only, and a name may be the word of an option.
    let names = words.iter().position(|token| token.text == "elect").unwrap_or(1);
    let first = names + 1 + words.iter().skip(names + 1).position(|token| token.text == option)?;
    let next = words.iter().skip(first + 1).position(|token| options.contains(&token.text));
    Some((first, next.map_or(words.len(), |next| first + 1 + next)))
}

/// The line with these words for an option, in place of those it has or after all others; or without the option.
pub(crate) fn with_option(line: &str, options: &[&str], option: &str, value: Option<&str>) -> String {
    let (words, _) = tokens(line);
    let end = |token: Option<&Token<'_>>| token.map_or(0, |token| token.end);
    let (from, to) = match clause(&words, options, option) {
        Some((first, next)) => (end(words[..first].last()), end(words[..next].last())),
        None => (end(words.last()), end(words.last())),
    };
    let said = match value {
        None => String::new(),
        Some("") => format!(" {option}"),
        Some(value) => format!(" {option} {value}"),
    };
    format!("{}{said}{}", &line[..from], &line[to..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_put_in_exchanged_and_taken_out() {
        let options = ["timeout", "quorum", "prevote"];
        let with = |line: &str, option, value| with_option(line, &options, option, value);
        let line = "nodes timeout N2  elect  quorum 2 timeout 1s..2s # why";
        assert_eq!(with(line, "quorum", Some("1")), "nodes timeout N2  elect quorum 1 timeout 1s..2s # why");
        assert_eq!(with(line, "timeout", None), "nodes timeout N2  elect  quorum 2 # why");
        assert_eq!(with(line, "prevote", Some("on")), line.replace(" #", " prevote on #"));
        assert_eq!(with("registry R1", "nonatomic", Some("")), "registry R1 nonatomic");
    }

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
