//! Text that is safe inside XML, and the few shapes that everything is written with.

use fencepost_scenario::visible::{hidden, visible};

use crate::picture::{Anchor, Tone, Turn};
use crate::px::{Point, Px, Rect};

/// A file being written.
pub(super) struct Markup {
    id: String,
    text: String,
}

impl Markup {
    pub(super) fn new(id: &str) -> Self {
        Self { id: id.to_owned(), text: String::new() }
    }

    /// The prefix of every id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn push(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// What was written so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A group with a tooltip.
    pub(super) fn group(&mut self, class: &str, title: &str, inside: &str) {
        let title = if title.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(title)) };
        self.push(&format!("<g class=\"{class}\">{title}{inside}</g>\n"));
    }
}

/// Text that is shown, for element content and attribute values: with marks for what does not show.
pub(super) fn escaped(text: &str) -> String {
    carried(&visible(text))
}

/// Text that is carried to be read back: to the letter, but what does not show is written as its number, and what XML
/// cannot carry at all becomes a replacement character.
pub(super) fn carried(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut unseen = hidden(text).peekable();
    for (place, letter) in text.char_indices() {
        let is_unseen = unseen.next_if(|(at, _)| *at == place).is_some();
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\r' => safe.push_str("&#13;"),
            '\t' | '\n' => safe.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ if is_unseen => safe.push_str(&format!("&#x{:X};", u32::from(letter))),
            _ => safe.push(letter),
        }
    }
    safe
}

pub(super) fn rect(class: &str, rect: Rect, radius: Px) -> String {
    let Rect { x, y, width, height } = rect;
    let corner = if radius == Px::ZERO { String::new() } else { format!(" rx=\"{radius}\"") };
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{corner}/>")
}

pub(super) fn circle(class: &str, at: Point, radius: Px) -> String {
    format!("<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{radius}\"/>", at.x, at.y)
}

pub(super) fn line(class: &str, from: Point, to: Point) -> String {
    format!("<path class=\"{class}\" d=\"M{} {}L{} {}\"/>", from.x, from.y, to.x, to.y)
}

/// A path with these data; nothing if there are none.
pub(super) fn path(class: &str, data: &str) -> String {
    if data.is_empty() { String::new() } else { format!("<path class=\"{class}\" d=\"{data}\"/>") }
}

/// A path of straight stretches.
pub(super) fn stretches(class: &str, path: &[Point]) -> String {
    let steps: Vec<String> = path.iter().map(|point| format!("{} {}", point.x, point.y)).collect();
    format!("<path class=\"{class}\" d=\"M{}\"/>", steps.join("L"))
}

/// A text at a place; `inside` is markup already.
pub(super) fn text(class: &str, at: Point, anchor: Anchor, turn: Turn, inside: &str) -> String {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let place = if turn == Turn::LEVEL { format!("x=\"{}\" y=\"{}\"", at.x, at.y) } else { transform(at, turn) };
    format!("<text{class} {place}{anchor}>{inside}</text>")
}

/// A transform to a place and a direction: a matrix, because its numbers need no trigonometry.
pub(super) fn transform(at: Point, turn: Turn) -> String {
    let (cos, sin, minus_sin) = (ratio(turn.x), ratio(turn.y), ratio(-turn.y));
    format!("transform=\"matrix({cos} {sin} {minus_sin} {cos} {} {})\"", at.x, at.y)
}

/// Ten-thousandths as a decimal.
fn ratio(ten_thousandths: i32) -> String {
    let sign = if ten_thousandths < 0 { "-" } else { "" };
    let (whole, part) = (ten_thousandths.unsigned_abs() / 10_000, ten_thousandths.unsigned_abs() % 10_000);
    match part {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{part:04}").trim_end_matches('0').to_owned(),
    }
}

/// The class of a tone.
pub(super) fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain | Tone::Lit => "",
        Tone::Dim => " dim",
        Tone::Faint => " faint",
        Tone::Bad => " bad",
        Tone::Hazard => " amb",
        Tone::Good => " good",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_s_words_stay_words() {
        assert_eq!(escaped("<b a=\"1\">'&'\u{1}"), "&lt;b a=&quot;1&quot;&gt;&#39;&amp;&#39;⟨U+0001⟩");
        assert_eq!(escaped("a\u{202e}b"), "a⟨U+202E⟩b");
        assert_eq!(carried("<\u{1}\u{202e}\u{9b}\u{e0041}"), "&lt;\u{fffd}&#x202E;&#x9B;&#xE0041;");
    }

    #[test]
    fn a_ratio_is_written_as_short_as_it_can_be() {
        assert_eq!([10_000, 9_746, -500, 0, -10_000].map(ratio), ["1", "0.9746", "-0.05", "0", "-1"]);
    }
}
