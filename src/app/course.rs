//! The course: which chapters answer to what a reader is looking for, and which stand beside another.

use fencepost_scenario::gallery::{self, Preset};

use crate::app::subject;

/// The places of the chapters that hold every word of a query, in their number, title, subject, story or lesson. All of them for
/// an empty one.
pub fn found(query: &str) -> Vec<usize> {
    let query = query.to_ascii_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    // Who types the number of a chapter means that chapter, whatever others say of such a number.
    let numbered = gallery::all().iter().any(|preset| preset.number.to_string() == query.trim());
    let holds = |preset: &Preset| {
        let number = preset.number.to_string();
        if numbered {
            return number == query.trim();
        }
        let told = [preset.title(), preset.about(), preset.lesson, preset.name, subject(preset.number)]
            .join("\n")
            .to_ascii_lowercase();
        words.iter().all(|word| *word == number || told.contains(word))
    };
    gallery::all().iter().enumerate().filter(|(_, preset)| holds(preset)).map(|(place, _)| place).collect()
}

/// The chapters before and after the one at this place of the gallery.
pub fn neighbours(place: usize) -> [Option<usize>; 2] {
    let after = Some(place + 1).filter(|next| *next < gallery::all().len());
    [place.checked_sub(1), after]
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
    fn the_names_that_people_know_find_chapters() {
        for name in ["Redis", "ZooKeeper", "etcd", "Kafka", "Raft", "GC", "split brain", "leader", "Consul", "CAP"] {
            assert!(!numbers(name).is_empty(), "{name}");
        }
        assert!(numbers("redlock").contains(&29) && numbers("zab zebra").is_empty());
    }

    #[test]
    fn the_chapters_in_their_order_are_each_others_neighbours() {
        let last = gallery::all().len() - 1;
        assert_eq!((neighbours(0), neighbours(last)), ([None, Some(1)], [Some(last - 1), None]));
        assert_eq!(neighbours(3), [Some(2), Some(4)]);
    }

    #[test]
    fn a_number_finds_its_chapter() {
        for preset in gallery::all() {
            let number = preset.number.to_string();
            assert_eq!(numbers(&number), [preset.number], "and no other that speaks of such a number");
        }
        assert!(numbers("8 lock").contains(&8));
    }
}
