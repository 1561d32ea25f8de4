//! What does not show, made to be seen.
//!
//! A stranger's text can hold characters that leave no mark where they are printed, that turn around the direction of
//! what follows ("Trojan Source"), or that a terminal obeys. The text itself is kept to the letter. Whatever shows it, be
//! it a terminal, a picture or the page, shows a mark in the place of such a character: `⟨U+202E⟩`.

use std::borrow::Cow;

/// A text with a mark for every character that does not show. Line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    marked(text, hidden(text))
}

/// As [`visible`], for what stands within one line: a line end is marked too, so that no stranger adds lines to ours.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    marked(text, unseen(text, '\n'))
}

fn marked(text: &str, unseen: impl Iterator<Item = (usize, char)>) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut copied = 0;
    for (place, letter) in unseen {
        shown.push_str(&text[copied..place]);
        shown.push_str(&mark_of(letter));
        copied = place + letter.len_utf8();
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

/// What is shown in the place of a character: `⟨U+202E⟩`.
pub fn mark_of(letter: char) -> String {
    format!("⟨U+{:04X}⟩", u32::from(letter))
}

/// The characters of a text that do not show, each with its place in bytes. What joins or colours the signs of a picture
/// alphabet shows as the sign that it makes.
pub fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    // A zero would be hidden without being asked for.
    unseen(text, '\0')
}

/// As [`hidden`], and one character more.
fn unseen(text: &str, also: char) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut picture = false;
    text.char_indices().filter(move |(_, letter)| {
        let joins = picture && matches!(letter, '\u{fe0f}' | '\u{200d}');
        picture = joins && *letter == '\u{fe0f}' || is_pictograph(*letter);
        (is_hidden(*letter) && !joins) || *letter == also
    })
}

/// Whether a character leaves no mark where it is printed, or changes how others are.
fn is_hidden(letter: char) -> bool {
    match letter {
        '\t' | '\n' => false,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => true,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => true,
        '\u{fdd0}'..='\u{fdef}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => true,
        '\u{e0000}'..='\u{e0fff}' => true,
        // The last two of every plane are no characters.
        _ => letter.is_control() || u32::from(letter) & 0xfffe == 0xfffe,
    }
}

fn is_pictograph(letter: char) -> bool {
    matches!(letter, '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// What a character that does not show is called.
pub fn name_of(letter: char) -> &'static str {
    match letter {
        '\u{7}' => "bell",
        '\u{8}' => "backspace",
        '\u{1b}' => "escape",
        '\u{7f}' => "delete",
        '\u{9b}' => "control sequence introducer",
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{61c}' | '\u{200e}' | '\u{200f}' => "mark of the direction of writing",
        '\u{2028}' | '\u{2029}' => "separator of lines",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{202c}' | '\u{2069}' => "end of a direction of writing",
        '\u{feff}' => "byte order mark",
        '\u{e0000}'..='\u{e007f}' => "tag",
        _ if letter.is_control() => "control character",
        _ => "sign without a shape",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_show_gets_a_mark() {
        let cases = [
            ("a\u{202e}b", "a⟨U+202E⟩b"),
            ("\u{1b}[31m", "⟨U+001B⟩[31m"),
            ("\u{9b}2J\u{7f}\0", "⟨U+009B⟩2J⟨U+007F⟩⟨U+0000⟩"),
            ("x\u{200b}\u{2028}\u{2069}", "x⟨U+200B⟩⟨U+2028⟩⟨U+2069⟩"),
            ("\u{e0041}\u{ffff}\r", "⟨U+E0041⟩⟨U+FFFF⟩⟨U+000D⟩"),
        ];
        for (text, shown) in cases {
            assert_eq!(visible(text), shown);
            assert_eq!(visible(shown), shown, "what is shown hides nothing");
        }
    }

    #[test]
    fn what_shows_stays() {
        for text in
            ["", "two\n\tlines", "ä π — ü\u{301} ⟨x⟩", "עברית", "\u{a0}", "👩\u{200d}👩\u{fe0f}\u{200d}👧 ☀\u{fe0f}"]
        {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
        assert_eq!(visible("a\u{fe0f}\u{200d}b"), "a⟨U+FE0F⟩⟨U+200D⟩b", "no picture stands before them");
    }

    #[test]
    fn a_stranger_adds_no_line() {
        assert_eq!(visible_line("fenced\nAll is well.\u{7}"), "fenced⟨U+000A⟩All is well.⟨U+0007⟩");
    }
}
