//! Versions of the language: which one brought each word, and which one a text needs.
//!
//! A copy that does not know a statement leaves it out, and shows what is left: another scenario. So a text says with its
//! first line which version it is written in, a copy shows nothing of a text that is newer than itself, and whoever
//! writes a text says the lowest version that knows all of it. What stands in no table came with version 1.

/// The newest version that this copy reads.
pub const NEWEST: u32 = 2;

/// What came after the first version: behind which word that begins a statement or a step, the word that is new, and the
/// version that brought it. Where the two are the same, the whole statement or step is new. `..` is a range where there
/// was one time before.
const LATER: [(&str, &str, u32); 12] = [
    ("store", "guarded-by", 2),
    ("remove", "guarded-by", 2),
    ("expect", "effect-guarded", 2),
    ("client", "within", 2),
    ("client", "doubling", 2),
    ("client", "..", 2),
    ("write", "retry", 2),
    ("read", "retry", 2),
    ("release", "retry", 2),
    ("announce", "retry", 2),
    ("ask", "retry", 2),
    ("ping", "retry", 2),
];

/// The version that brought this word behind that one.
pub(crate) fn since(behind: &str, word: &str) -> u32 {
    let row = LATER.iter().find(|(begin, later, _)| *begin == behind && *later == word);
    row.map_or(1, |(_, _, version)| *version)
}

/// The versions of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// What its first line says; 1 if it says nothing.
    pub said: u64,
    /// The lowest that knows every statement of it.
    pub needed: u32,
    /// The line that says it.
    pub line: Option<usize>,
}

impl Default for Version {
    fn default() -> Self {
        Self { said: 1, needed: 1, line: None }
    }
}

impl Version {
    /// Whether the text is written in a version that this copy does not read.
    pub fn is_unknown(&self) -> bool {
        self.said > u64::from(NEWEST)
    }

    /// Whether the text says a version that does not know all of it.
    pub fn is_too_low(&self) -> bool {
        self.said < u64::from(self.needed)
    }
}

/// The text with the version that it needs in its first line, where it says a lower one; else as it is.
pub fn raised(text: &str, version: &Version) -> String {
    let Some(number) = version.line.filter(|_| version.is_too_low()) else { return text.to_owned() };
    let raise = |line: &str| {
        let digits = line.find(|it: char| it.is_ascii_digit()).unwrap_or(line.len());
        let rest = line[digits..].trim_start_matches(|it: char| it.is_ascii_digit());
        format!("{}{}{rest}", &line[..digits], version.needed)
    };
    let lines = text.split('\n').enumerate();
    let lines: Vec<String> =
        lines.map(|(place, line)| if place == number { raise(line) } else { line.to_owned() }).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::keywords::{STATEMENTS, options};
    use crate::parse::program::STEPS;
    use crate::parse::words::Words;
    use fencepost_vocabulary::{CheckMode, PropertyKind};

    /// What the language could say when its first version was closed, one word a line behind the word it follows.
    const FIRST: &str = include_str!("version-1.txt");

    /// All that the language can say now, in that form.
    fn all() -> Vec<(&'static str, &'static str)> {
        let mut all: Vec<_> = STATEMENTS.iter().map(|word| (*word, *word)).collect();
        all.extend(options().into_iter().flat_map(|(word, options)| options.iter().map(move |it| (word, *it))));
        all.extend(STEPS.iter().map(|step| ("client", *step)));
        all.extend(CheckMode::ALL.iter().map(|mode| ("check", mode.word())));
        all.extend(PropertyKind::ALL.iter().map(|property| ("expect", property.word())));
        all
    }

    /// Whoever adds a word says which version brings it: version 1 is closed.
    #[test]
    fn every_word_came_with_a_version() {
        let first: Vec<(&str, &str)> = FIRST.lines().filter_map(|line| line.split_once(' ')).collect();
        for (behind, word) in all() {
            let is_first = first.contains(&(behind, word));
            assert_eq!(is_first, since(behind, word) == 1, "`{behind} … {word}` stands in one of the two lists");
        }
        for one in first {
            assert!(all().contains(&one), "{one:?} is not taken back");
        }
    }

    #[test]
    fn a_word_that_came_later_is_noted_where_it_is_a_word_and_not_where_it_is_a_name() {
        let later = |line: &'static str, read: &mut dyn FnMut(&mut Words<'static>)| {
            let mut words = Words::new(line);
            words.take();
            read(&mut words);
            words.later
        };
        let range = later("client 1s..2s", &mut |words| drop(words.times("a wait")));
        assert_eq!(range, Some((2, "client … ..".to_owned())));
        assert_eq!(later("nodes 1s..2s", &mut |words| drop(words.times("a wait"))), None);
        assert_eq!(later("client doubling", &mut |words| drop(words.name("a name"))), None);
        let taken = later("client doubling", &mut |words| assert!(words.take_if("doubling")));
        assert_eq!(taken, Some((2, "client … doubling".to_owned())));
        let step = later("client retry", &mut |words| {
            words.begin_step("write");
            words.take_if("retry");
        });
        assert_eq!(step, Some((2, "write … retry".to_owned())));
    }

    #[test]
    fn the_version_is_raised_and_nothing_else_is_touched() {
        let version = Version { said: 1, needed: 2, line: Some(1) };
        assert_eq!(
            raised("# old\n  fencepost 1 # mine\nuntil 1s\n", &version),
            "# old\n  fencepost 2 # mine\nuntil 1s\n"
        );
        let high = Version { said: 2, needed: 1, line: Some(0) };
        assert_eq!(raised("fencepost 2\n", &high), "fencepost 2\n", "who says a higher one is believed");
        assert_eq!(raised("until 1s\n", &Version { said: 1, needed: 2, line: None }), "until 1s\n");
    }
}
