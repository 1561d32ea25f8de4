//! A line as words with their places.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A run of letters, digits and anything else that is not a mark.
    Word,
    /// `: ; | ( ) ,` or `->`.
    Mark,
    /// A text in double quotes; the quotes belong to its place, not to its text.
    Quoted,
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// The piece itself.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

/// The tokens of a line up to its comment, and where the comment begins.
pub(crate) fn tokens(line: &str) -> (Vec<Token<'_>>, Option<usize>) {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = line[at..].chars().next() {
        let after_space = at == 0 || line[..at].ends_with(char::is_whitespace);
        if first == '#' && after_space {
            return (found, Some(at));
        }
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let token = token_at(line, at);
        at = token.end;
        found.push(token);
    }
    (found, None)
}

fn token_at(line: &str, start: usize) -> Token<'_> {
    let rest = &line[start..];
    if let Some(inside) = rest.strip_prefix('"') {
        let length = inside.find('"').unwrap_or(inside.len());
        let end = (start + length + 2).min(line.len());
        return Token { kind: TokenKind::Quoted, text: &inside[..length], start, end };
    }
    let (kind, length) = match mark_length(rest) {
        0 => (TokenKind::Word, word_length(rest)),
        length => (TokenKind::Mark, length),
    };
    Token { kind, text: &rest[..length], start, end: start + length }
}

fn mark_length(rest: &str) -> usize {
    match rest.as_bytes() {
        [b':' | b';' | b'|' | b'(' | b')' | b',', ..] => 1,
        [b'-', b'>', ..] => 2,
        _ => 0,
    }
}

fn word_length(rest: &str) -> usize {
    let ends = |(at, c): &(usize, char)| c.is_whitespace() || *c == '"' || mark_length(&rest[*at..]) > 0;
    rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at)
}

/// Whether this is a name's shape: a letter, then letters, digits, `_`, and hyphens between letters or digits.
pub(crate) fn is_name(word: &str) -> bool {
    let bytes = word.as_bytes();
    let fits = |at: usize| match bytes[at] {
        b'-' => at + 1 < bytes.len() && bytes[at - 1].is_ascii_alphanumeric() && bytes[at + 1].is_ascii_alphanumeric(),
        byte => byte.is_ascii_alphanumeric() || byte == b'_',
    };
    (1..=32).contains(&bytes.len()) && bytes[0].is_ascii_alphabetic() && (1..bytes.len()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<&str> {
        tokens(line).0.iter().map(|token| token.text).collect()
    }

    #[test]
    fn marks_stand_alone() {
        assert_eq!(texts("drop A->S write 1"), ["drop", "A", "->", "S", "write", "1"]);
        assert_eq!(texts("a-b->c|d grant(B):"), ["a-b", "->", "c", "|", "d", "grant", "(", "B", ")", ":"]);
    }

    #[test]
    fn a_comment_needs_a_space_before_it() {
        assert_eq!(tokens("until 5s # soon").1, Some(9));
        assert_eq!(tokens("until 5s#soon").1, None);
        assert_eq!(texts("variant a \"b # c\""), ["variant", "a", "b # c"]);
    }

    #[test]
    fn names_have_one_shape() {
        assert!(["A", "N1", "lock-server", "a_b", "x-1"].into_iter().all(is_name));
        assert!(!["", "1a", "-a", "a-", "a--b", "a_-b", "ä", "a.b"].into_iter().any(is_name));
        assert!(is_name(&"a".repeat(32)) && !is_name(&"a".repeat(33)));
    }
}
