//! The name above a lane: as it is where it fits; else in smaller letters, on two lines, and with what does not fit there
//! left out of the middle, for names that begin alike are told apart by their ends.

use crate::px::Px;
use crate::width::{Weight, text_width};

/// The size of a name that fits.
const SIZE: Px = Px::new(15);
/// The size of one that does not.
const SMALL: Px = Px::new(12);

/// The lines of a heading, and whether they are set in smaller letters.
pub fn heading(name: &str, width: Px) -> (Vec<String>, bool) {
    if text_width(name, SIZE, Weight::Bold) <= width {
        return (vec![name.to_owned()], false);
    }
    let lines = match fits(name, width) {
        true => vec![name.to_owned()],
        false => two(name, width).unwrap_or_else(|| ends(name, width)).into(),
    };
    (lines, true)
}

fn fits(text: &str, width: Px) -> bool {
    text_width(text, SMALL, Weight::Bold) <= width
}

/// Two lines that are the whole name: broken behind a hyphen or an underscore if that can be, as evenly as can be.
fn two(name: &str, width: Px) -> Option<[String; 2]> {
    let places = name.char_indices().skip(1).map(|(place, _)| name.split_at(place));
    let fitting: Vec<(&str, &str)> = places.filter(|(first, last)| fits(first, width) && fits(last, width)).collect();
    let between = fitting.iter().filter(|(first, _)| first.ends_with(['-', '_']));
    let wider = |(first, last): &&(&str, &str)| {
        text_width(first, SMALL, Weight::Bold).max(text_width(last, SMALL, Weight::Bold)).rank()
    };
    let (first, last) = between.min_by_key(wider).or(fitting.last())?;
    Some([(*first).to_owned(), (*last).to_owned()])
}

/// Its beginning, and its end behind an ellipsis.
fn ends(name: &str, width: Px) -> [String; 2] {
    let places = || name.char_indices().map(|(place, _)| place).skip(1);
    let first = places().map(|place| &name[..place]).take_while(|first| fits(first, width)).last();
    let last = places().map(|place| format!("…{}", &name[place..])).find(|last| fits(last, width));
    [first.unwrap_or_default().to_owned(), last.unwrap_or_else(|| "…".to_owned())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(name: &str, width: i32) -> (Vec<String>, bool) {
        heading(name, Px::new(width))
    }

    #[test]
    fn a_name_that_fits_is_one_line() {
        assert_eq!(at("A", 40), (vec!["A".into()], false));
        let (lines, small) = at("registry-west", 100);
        assert_eq!((lines, small), (vec!["registry-west".into()], true), "in smaller letters it does");
    }

    #[test]
    fn a_long_name_is_whole_on_two_lines_broken_between_its_words() {
        let (lines, small) = at("the-store-of-payments", 100);
        assert_eq!((lines, small), (vec!["the-store-".into(), "of-payments".into()], true));
        let (lines, _) = at("Aaaaaaaaaaaaaaa", 80);
        assert_eq!((lines.len(), lines.concat()), (2, "Aaaaaaaaaaaaaaa".into()));
    }

    #[test]
    fn what_fits_nowhere_is_left_out_of_the_middle() {
        for width in [40, 48, 64, 90, 110, 140] {
            let name = "a-client-of-thirty-two-letters-x";
            let (lines, small) = at(name, width);
            assert!(small && lines.len() <= 2 && lines.iter().all(|line| fits(line, Px::new(width))), "{lines:?}");
            match lines[1].strip_prefix('…') {
                Some(end) => assert!(name.starts_with(&lines[0]) && name.ends_with(end) && !end.is_empty()),
                None => assert_eq!(lines.concat(), name),
            }
        }
    }
}
