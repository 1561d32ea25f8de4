//! The course: which chapters answer to what a reader is looking for.

use fencepost_scenario::gallery::{self, Preset};

/// The places of the chapters that hold every word of a query, in their number, title, story or lesson. All of them for
/// an empty one.
pub fn found(query: &str) -> Vec<usize> {
    let query = query.to_ascii_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let holds = |preset: &Preset| {
        let number = preset.number.to_string();
        let told = [preset.title(), preset.about(), preset.lesson, preset.name].join("\n").to_ascii_lowercase();
        words.iter().all(|word| *word == number || told.contains(word))
    };
    gallery::all().iter().enumerate().filter(|(_, preset)| holds(preset)).map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(query: &str) -> Vec<u32> {
        found(query).into_iter().map(|place| gallery::all()[place].number).collect()
    }

    #[test]
    fn nothing_asked_finds_everything() {
        assert_eq!(found(" ").len(), gallery::all().len());
    }

    #[test]
    fn every_word_must_be_there_in_any_case_and_order() {
        assert_eq!(numbers("WRONG lock"), numbers("lock wrong"));
        assert!(numbers("lock wrong").contains(&7));
        assert!(numbers("wrong lock zebra").is_empty());
    }

    #[test]
    fn a_number_finds_its_chapter() {
        assert!(numbers("18").contains(&18));
        assert!(!numbers("8").contains(&18), "a number is not a part of another");
    }
}
