//! The scenarios that come with Fencepost, in the order of the course. Adding one is a file in `scenarios/` and a line
//! here.

/// A scenario of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its number in the course.
    pub number: u32,
    /// Its name in links and file names, without the number.
    pub name: &'static str,
    /// Its text, as the file holds it.
    pub text: &'static str,
}

/// A preset from its file's name.
macro_rules! preset {
    ($number:literal, $name:literal, $file:literal) => {
        Preset { number: $number, name: $name, text: include_str!(concat!("../../../scenarios/", $file, ".fencepost")) }
    };
}

static ALL: [Preset; 8] = [
    preset!(7, "a-lock-gone-wrong", "07-a-lock-gone-wrong"),
    preset!(8, "the-diagram-as-drawn", "08-the-diagram-as-drawn"),
    preset!(9, "i-looked-at-my-watch", "09-i-looked-at-my-watch"),
    preset!(10, "nobody-paused", "10-nobody-paused"),
    preset!(14, "unlocking-a-stranger", "14-unlocking-a-stranger"),
    preset!(16, "the-token", "16-the-token"),
    preset!(17, "granted-but-not-arrived", "17-granted-but-not-arrived"),
    preset!(18, "fenced-and-still-lost", "18-fenced-and-still-lost"),
];

/// All of them, in order.
pub fn all() -> &'static [Preset] {
    &ALL
}

/// The one with this name.
pub fn find(name: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.name == name)
}

/// What the page shows to someone who brings nothing.
pub fn first() -> &'static Preset {
    &ALL[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, print};

    #[test]
    fn every_scenario_is_sound_and_keeps_its_meaning_when_tidied() {
        for preset in all() {
            let parsed = Document::new(preset.text).parse();
            assert_eq!(parsed.diagnostics, [], "{}", preset.name);
            assert!(!parsed.scenario.title.is_empty() && !parsed.scenario.about.is_empty(), "{}", preset.name);
            assert_eq!(Document::new(print(&parsed.scenario)).parse().scenario, parsed.scenario, "{}", preset.name);
        }
    }

    #[test]
    fn every_file_of_the_folder_is_in_the_gallery() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of scenarios is there")
            .map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".fencepost"))
            .collect();
        files.sort();
        let named: Vec<String> =
            ALL.iter().map(|preset| format!("{:02}-{}.fencepost", preset.number, preset.name)).collect();
        assert_eq!(files, named);
    }
}
