//! The scenario's text in colours: the language's classes as the page's, with what is wrong underlined.

use fencepost_scenario::highlight::{TokenClass, highlight};
use fencepost_scenario::visible::hidden;

/// The class of a character that does not show.
pub const UNSEEN: &str = "unseen";

/// A stretch of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it says.
    pub text: &'a str,
    /// The class that colours it; empty for plain text.
    pub class: &'static str,
}

/// The pieces of a line; together they are the line.
pub fn pieces(line: &str) -> Vec<Piece<'_>> {
    if line.trim_start().starts_with("off ") {
        return vec![Piece { text: line, class: "off" }];
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    for (number, (place, class)) in highlight(line).into_iter().enumerate() {
        // Only the word that says what the line is stands out; a line of blue words would say nothing.
        let class = if number > 0 && class == TokenClass::Keyword { "" } else { class_of(class) };
        pieces.push(Piece { text: &line[at..place.start], class: "" });
        pieces.push(Piece { text: &line[place.clone()], class });
        at = place.end;
    }
    pieces.push(Piece { text: &line[at..], class: "" });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

fn class_of(class: TokenClass) -> &'static str {
    match class {
        TokenClass::Keyword => "keyword",
        TokenClass::Number => "number",
        TokenClass::Comment => "comment",
        TokenClass::Text => "prose",
        TokenClass::Name | TokenClass::Mark | TokenClass::Other => "",
    }
}

/// Cuts the pieces at two places, counted in characters, and lays `class` over what lies between.
pub fn underline<'a>(pieces: Vec<Piece<'a>>, column: usize, length: usize, class: &'static str) -> Vec<Piece<'a>> {
    let mut at = 0;
    let mut cut = Vec::new();
    for piece in pieces {
        let long = piece.text.chars().count();
        let (from, until) = (column.clamp(at, at + long) - at, (column + length).clamp(at, at + long) - at);
        let (before, rest) = split_chars(piece.text, from);
        let (within, after) = split_chars(rest, until - from);
        cut.push(Piece { text: before, ..piece });
        cut.push(Piece { text: within, class });
        cut.push(Piece { text: after, ..piece });
        at += long;
    }
    cut.retain(|piece| !piece.text.is_empty());
    cut
}

/// Cuts out what does not show: each such character becomes a piece of its own, of the class `unseen`.
pub fn reveal(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut cut = Vec::new();
    for piece in pieces {
        let mut copied = 0;
        for (place, letter) in hidden(piece.text) {
            let end = place + letter.len_utf8();
            cut.push(Piece { text: &piece.text[copied..place], ..piece });
            cut.push(Piece { text: &piece.text[place..end], class: UNSEEN });
            copied = end;
        }
        cut.push(Piece { text: &piece.text[copied..], ..piece });
    }
    cut.retain(|piece| !piece.text.is_empty());
    cut
}

fn split_chars(text: &str, count: usize) -> (&str, &str) {
    text.split_at(text.char_indices().nth(count).map_or(text.len(), |(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces that are neither plain words nor spaces.
    fn coloured(line: &str) -> Vec<(&'static str, &str)> {
        let pieces = pieces(line).into_iter().filter(|piece| !piece.class.is_empty());
        pieces.map(|piece| (piece.class, piece.text)).collect()
    }

    #[test]
    fn a_line_is_keyword_words_and_comment() {
        assert_eq!(
            coloured("  lock L lease 10s # why"),
            [("keyword", "lock"), ("number", "10s"), ("comment", "# why")]
        );
        assert_eq!(coloured("title A #1 lock"), [("keyword", "title"), ("prose", "A #1 lock")]);
        assert_eq!(coloured("off pause A at 1s for 2s"), [("off", "off pause A at 1s for 2s")]);
        assert_eq!(coloured(""), []);
    }

    #[test]
    fn the_pieces_are_the_line() {
        for line in ["  store S check ge # a fence", "\tcrash é at 1s", "title", "a -> b|c\u{a0}", "\"open"] {
            assert_eq!(pieces(line).iter().map(|piece| piece.text).collect::<String>(), line);
        }
    }

    #[test]
    fn what_does_not_show_is_a_piece_of_its_own() {
        let line = "title a\u{202e}b\u{200b}\u{7}";
        let cut = reveal(underline(pieces(line), 6, 3, "warning"));
        assert_eq!(cut.iter().map(|piece| piece.text).collect::<String>(), line, "not a letter is lost");
        let unseen: Vec<&str> = cut.iter().filter(|piece| piece.class == UNSEEN).map(|piece| piece.text).collect();
        assert_eq!(unseen, ["\u{202e}", "\u{200b}", "\u{7}"]);
    }

    /// Where the waves are.
    fn waves(line: &str, column: usize, length: usize) -> String {
        let cut = underline(pieces(line), column, length, "error");
        assert_eq!(cut.iter().map(|piece| piece.text).collect::<String>(), line);
        cut.iter().filter(|piece| piece.class == "error").map(|piece| piece.text).collect()
    }

    #[test]
    fn a_wave_goes_under_what_is_wrong() {
        assert_eq!(waves("pauze é for 15s", 0, 5), "pauze");
        assert_eq!(waves("pauze é for 15s", 6, 1), "é");
        assert_eq!(waves("pauze é for 15s", 40, 1), "");
        assert_eq!(waves("store S # x", 3, 6), "re S #");
    }
}
