//! What each piece of a line is, for the colours of the text pane. It judges nothing: that is what diagnostics are for.

use std::ops::Range;

use crate::parse::{Token, TokenKind, is_name, is_word, tokens};

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenClass {
    /// A word of the language.
    Keyword,
    /// The name of a participant, a variant, a property or a mode.
    Name,
    /// A number or a time.
    Number,
    /// `: ; | ( ) , ->`, and `>=` and `<` of a claim
    Mark,
    /// A text in quotes, a title or a story.
    Text,
    /// A comment with its `#`.
    Comment,
    /// Anything else.
    Other,
}

/// The pieces of a line from left to right, with their places in bytes. White space is in none of them.
pub fn highlight(line: &str) -> Vec<(Range<usize>, TokenClass)> {
    if let Some(pieces) = free_text(line) {
        return pieces;
    }
    let (tokens, comment) = tokens(line);
    let pieces = tokens.iter().map(|token| (token.start..token.end, class(token)));
    pieces.chain(comment.map(|start| (start..line.len(), TokenClass::Comment))).collect()
}

/// `title` and `about` take the rest of the line as it is.
fn free_text(line: &str) -> Option<Vec<(Range<usize>, TokenClass)>> {
    let said = line.trim();
    let start = line.len() - line.trim_start().len();
    let word = ["title", "about"].into_iter().find(|word| said.split_whitespace().next() == Some(word))?;
    let rest = said[word.len()..].trim_start();
    let end = start + said.len();
    let keyword = (start..start + word.len(), TokenClass::Keyword);
    let text = (!rest.is_empty()).then(|| (end - rest.len()..end, TokenClass::Text));
    Some(std::iter::once(keyword).chain(text).collect())
}

fn class(token: &Token<'_>) -> TokenClass {
    match token.kind {
        TokenKind::Mark => TokenClass::Mark,
        TokenKind::Quoted => TokenClass::Text,
        TokenKind::Word if is_word(token.text) => TokenClass::Keyword,
        TokenKind::Word if is_number(token.text) => TokenClass::Number,
        TokenKind::Word if [">=", "<"].contains(&token.text) => TokenClass::Mark,
        TokenKind::Word if is_name(token.text) => TokenClass::Name,
        TokenKind::Word => TokenClass::Other,
    }
}

/// `15s`, `1`, `x3`, `-50%`, and a digest, which begins with a digit more often than not.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix(['x', '+', '-']).unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(line: &str) -> Vec<(&str, TokenClass)> {
        highlight(line).into_iter().map(|(place, class)| (&line[place], class)).collect()
    }

    #[test]
    fn every_piece_has_its_class() {
        use TokenClass::{Comment, Keyword, Mark, Name, Number, Text};
        let expected = [("drop", Keyword), ("A", Name), ("->", Mark), ("S", Name), ("write", Keyword), ("1", Number)];
        assert_eq!(pieces("  drop A->S write 1"), expected);
        let expected = [("variant", Keyword), ("fenced", Name), ("\"a # b\"", Text), ("# why", Comment)];
        assert_eq!(pieces("variant fenced \"a # b\" # why"), expected);
        let expected = [("clock", Keyword), ("A", Name), ("rate", Keyword), ("-50%", Number), ("from", Keyword)];
        assert_eq!(pieces("clock A rate -50% from"), expected);
        let expected = [("seed", Keyword), ("7", Number), ("members", Keyword), ("N1", Name), ("heartbeat", Keyword)];
        assert_eq!(pieces("seed 7 members N1 heartbeat"), expected);
        assert_eq!(pieces("title  A # b"), [("title", Keyword), ("A # b", Text)]);
        assert_eq!(pieces("about"), [("about", Keyword)]);
    }
}
