//! How wide words are, without asking a browser: the same everywhere, and never too narrow.
//!
//! A picture names a stack of fonts and does not know which of them its reader has. So every glyph counts as wide as the
//! widest of the stack, plus 5 %: real text is at most as wide as computed here, and boxes that do not touch by this
//! table do not touch on any screen that has one of the fonts.
//!
//! Measured from the `hmtx` tables of DejaVu Sans 2.37 and Liberation Sans 2.1 (which has Arial's and Helvetica's
//! widths), regular and bold apart, scaled to thousandths of an em, times 1.05, rounded up. Segoe UI, Roboto and the San
//! Francisco fonts are narrower than DejaVu Sans in every letter we set. A browser test compares with real boxes.

use crate::px::Px;

/// The fonts, in the order in which a browser should look for them.
pub const FONT_STACK: &str =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif";

/// Regular or bold; semibold counts as bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600 and above.
    Bold,
}

/// How wide `text` is at most when set in this size.
pub fn text_width(text: &str, size: Px, weight: Weight) -> Px {
    let thousandths: i64 = text.chars().map(|letter| i64::from(glyph_width(letter, weight))).sum();
    let tenths = (thousandths * i64::from(size.0) + 999) / 1_000;
    Px(tenths.min(i64::from(i32::MAX)) as i32)
}

/// What a glyph that is in no table counts as: an ideograph is one em wide, some letters of other scripts a little more.
const WIDE: u16 = 1_250;

/// The width of one glyph in thousandths of an em.
fn glyph_width(letter: char, weight: Weight) -> u16 {
    let ascii = match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    };
    if let Some(width) = (letter as usize).checked_sub(0x20).and_then(|place| ascii.get(place)) {
        return *width;
    }
    let other = OTHERS.iter().find(|(known, ..)| *known == letter);
    other.map_or(WIDE, |(_, regular, bold)| if weight == Weight::Regular { *regular } else { *bold })
}

/// As much of `text` as fits into `width`, with an ellipsis if that is not all.
pub fn shorten(text: &str, size: Px, weight: Weight, width: Px) -> String {
    if text_width(text, size, weight) <= width {
        return text.to_owned();
    }
    let room = width - text_width("…", size, weight);
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if text_width(&kept, size, weight) > room {
            kept.pop();
            break;
        }
    }
    format!("{kept}…")
}

// From the space to the tilde.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    334, 421, 483, 880, 669, 998, 819, 289, 410, 410, 525, 880, 334, 379, 334, 354,
    669, 669, 669, 669, 669, 669, 669, 669, 669, 669, 354, 354, 880, 880, 880, 584,
    1066, 719, 721, 759, 809, 701, 642, 817, 790, 310, 525, 701, 585, 906, 786, 827,
    701, 827, 759, 701, 642, 769, 719, 1039, 720, 701, 720, 410, 354, 410, 880, 584,
    525, 644, 667, 578, 667, 646, 370, 667, 666, 292, 292, 609, 292, 1023, 666, 643,
    667, 667, 432, 548, 412, 666, 622, 859, 622, 622, 552, 669, 354, 669, 880,
];

#[rustfmt::skip]
const BOLD: [u16; 95] = [
    366, 479, 548, 880, 731, 1053, 916, 322, 480, 480, 550, 880, 399, 436, 399, 384,
    731, 731, 731, 731, 731, 731, 731, 731, 731, 731, 420, 420, 880, 880, 880, 642,
    1050, 813, 801, 771, 872, 718, 718, 862, 879, 391, 584, 814, 670, 1045, 879, 893,
    770, 893, 809, 757, 717, 853, 813, 1159, 810, 761, 762, 480, 384, 480, 880, 584,
    525, 709, 752, 623, 752, 713, 457, 752, 748, 360, 360, 699, 360, 1095, 748, 722,
    752, 752, 518, 625, 502, 748, 685, 971, 678, 685, 612, 748, 384, 748, 880,
];

// The marks we use beyond ASCII: regular, bold.
const OTHERS: [(char, u16, u16); 15] = [
    ('µ', 669, 773),
    ('·', 334, 399),
    ('×', 880, 880),
    ('–', 584, 584),
    ('—', 1050, 1050),
    ('’', 334, 399),
    ('“', 544, 691),
    ('”', 544, 691),
    ('…', 1050, 1050),
    ('→', 1050, 1050),
    ('≤', 880, 880),
    ('≥', 880, 880),
    ('⋮', 1050, 1050),
    ('✓', 880, 880),
    ('✕', 880, 880),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_as_wide_as_its_letters() {
        let size = Px::new(12);
        let one = |text| text_width(text, size, Weight::Regular).0;
        assert!((one("write") - (one("w") + one("r") + one("i") + one("t") + one("e"))).abs() <= 5);
        assert_eq!(one(""), 0);
    }

    #[test]
    fn bold_is_never_narrower_and_strangers_are_wide() {
        let at = |text: &str, weight| text_width(text, Px::new(10), weight);
        for letter in (' '..='~').chain(OTHERS.iter().map(|(letter, ..)| *letter)) {
            let text = letter.to_string();
            assert!(at(&text, Weight::Bold).0 + 2 >= at(&text, Weight::Regular).0, "{letter}");
        }
        assert!(at("語", Weight::Regular) > at("W", Weight::Regular));
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let short = shorten("a-very-long-name", Px::new(12), Weight::Regular, Px::new(60));
        assert!(short.ends_with('…') && text_width(&short, Px::new(12), Weight::Regular) <= Px::new(60), "{short}");
        assert_eq!(shorten("A", Px::new(12), Weight::Regular, Px::new(60)), "A");
    }
}
