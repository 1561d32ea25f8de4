//! The scenarios that come with Fencepost, in the order of the course. Adding one is a file in `scenarios/` and an entry
//! here.

/// A part of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What one participant can know of another.
    Knowing,
    /// Locks that come with an end.
    Locks,
    /// What the storage can do about a late holder.
    Tokens,
    /// How many nodes are enough.
    Quorums,
    /// Who leads, and who still believes that it does.
    Leaders,
    /// What holds under which assumptions.
    Limits,
}

impl Part {
    /// All parts, in order.
    pub const ALL: [Self; 6] = [Self::Knowing, Self::Locks, Self::Tokens, Self::Quorums, Self::Leaders, Self::Limits];

    /// The letter it goes by.
    pub fn letter(self) -> char {
        match self {
            Self::Knowing => 'A',
            Self::Locks => 'B',
            Self::Tokens => 'C',
            Self::Quorums => 'D',
            Self::Leaders => 'E',
            Self::Limits => 'F',
        }
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Knowing => "What can a node know?",
            Self::Locks => "Locks and leases",
            Self::Tokens => "Fencing tokens",
            Self::Quorums => "Quorums",
            Self::Leaders => "Leaders",
            Self::Limits => "Models and limits",
        }
    }
}

/// A scenario of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The part of the course it belongs to.
    pub part: Part,
    /// Its number in the course.
    pub number: u32,
    /// Its name in links and file names, without the number.
    pub name: &'static str,
    /// What to take away from it, in a sentence.
    pub lesson: &'static str,
    /// Its text, as the file holds it.
    pub text: &'static str,
}

impl Preset {
    /// Its title, as its text says it.
    pub fn title(&self) -> &'static str {
        self.line("title ")
    }

    /// Its story, as its text says it.
    pub fn about(&self) -> &'static str {
        self.line("about ")
    }

    fn line(&self, keyword: &str) -> &'static str {
        self.text.lines().find_map(|line| line.strip_prefix(keyword)).unwrap_or_default()
    }
}

/// A preset from its part, its number, its name and its lesson. The file's name is made of number and name.
macro_rules! preset {
    ($part:ident, $number:literal, $digits:literal, $name:literal, $lesson:literal) => {
        Preset {
            part: Part::$part,
            number: $number,
            name: $name,
            lesson: $lesson,
            text: include_str!(concat!("../../../scenarios/", $digits, "-", $name, ".fencepost")),
        }
    };
}

static ALL: &[Preset] = &[
    preset!(
        Knowing,
        1,
        "01",
        "slow-or-dead",
        "A timeout is a guess, and nothing that is seen before the answer can tell the two worlds apart."
    ),
    preset!(
        Knowing,
        2,
        "02",
        "the-vote-that-buries-the-living",
        "What a quorum says is a decision and not a fact: the node was alive."
    ),
    preset!(Knowing, 3, "03", "alive-to-everyone-deaf-to-all", "To send heartbeats is not to work; count the answers."),
    preset!(Knowing, 4, "04", "back-from-the-dead", "The news of your death arrives after your next action."),
    preset!(
        Knowing,
        5,
        "05",
        "two-generals",
        "No finite number of messages makes certain that both know; this is about the channel and not about traitors."
    ),
    preset!(
        Locks,
        6,
        "06",
        "the-lock-that-never-came-back",
        "To be safe and nothing else is easy: do nothing. What has no end can stay taken for ever."
    ),
    preset!(Locks, 7, "07", "a-lock-gone-wrong", "The lock was exclusive; the effects were not."),
    preset!(
        Locks,
        8,
        "08",
        "the-diagram-as-drawn",
        "If the lock lives inside the store, checking and writing in one step is the fence."
    ),
    preset!(
        Locks,
        9,
        "09",
        "i-looked-at-my-watch",
        "A check in the past does not protect the present: between looking and acting there is always room for a pause."
    ),
    preset!(Locks, 10, "10", "nobody-paused", "Even a perfect client cannot call a message back."),
    preset!(
        Locks,
        11,
        "11",
        "two-speeds",
        "A clock that shows another time is harmless; a clock that runs at another speed is not."
    ),
    preset!(Locks, 12, "12", "the-clock-that-jumped", "Wall clocks are for people."),
    preset!(
        Locks,
        13,
        "13",
        "did-i-get-it",
        "A timeout means that you do not know; make asking twice the same as asking once."
    ),
    preset!(Locks, 14, "14", "unlocking-a-stranger", "A release needs a token too."),
    preset!(Locks, 15, "15", "buying-time", "Waiting longer moves the cliff; only known bounds remove it."),
    preset!(
        Tokens,
        16,
        "16",
        "the-token",
        "The resource enforces the exclusion, not the client and not the lock service."
    ),
    preset!(Tokens, 17, "17", "granted-but-not-arrived", "A fence puts effects in order; it does not stop the clock."),
    preset!(Tokens, 18, "18", "fenced-and-still-lost", "Fence before you read, not only before you write."),
    preset!(Tokens, 19, "19", "fencing-yourself", "The same token must be allowed to write twice."),
    preset!(
        Tokens,
        20,
        "20",
        "same-token-wrong-order",
        "A token puts holders in order; the writes of one holder need numbers of their own."
    ),
    preset!(
        Tokens,
        21,
        "21",
        "unique-is-not-ordered",
        "The right question is not whether a token is the expected one but whether it is lower than the highest seen."
    ),
    preset!(Tokens, 22, "22", "check-then-write", "The race has moved into the storage."),
    preset!(Tokens, 23, "23", "the-storage-that-forgot", "The fence must be as durable as the data."),
    preset!(Tokens, 24, "24", "two-shelves-one-lock", "A fence guards only the doors that it was told about."),
    preset!(Tokens, 25, "25", "who-checks", "A fresh answer is stale when it arrives."),
    preset!(Tokens, 26, "26", "the-client-that-made-up-a-number", "A fence protects from mistakes and not from lies."),
    preset!(Tokens, 27, "27", "counting-from-33-again", "The fence is only as good as the counter."),
    preset!(Quorums, 28, "28", "a-token-needs-a-majority", "Two majorities always share a witness."),
    preset!(Quorums, 29, "29", "redlock-and-the-forgetful-fifth", "A quorum of those who forget is no quorum."),
    preset!(Quorums, 30, "30", "reading-backwards", "Readers must help."),
    preset!(Quorums, 31, "31", "alice", "Uniqueness is agreement in disguise."),
    preset!(
        Leaders,
        32,
        "32",
        "the-duel",
        "With two there is no majority, and a kill unconfirmed is one more message."
    ),
    preset!(
        Leaders,
        33,
        "33",
        "the-king-who-did-not-know",
        "A term is a fencing token, and the majority is the storage that checks it."
    ),
    preset!(
        Leaders,
        34,
        "34",
        "the-lease-of-the-throne",
        "A lease turns what agreement guarantees into what a clock guarantees."
    ),
    preset!(
        Leaders,
        35,
        "35",
        "the-voter-who-forgot",
        "Where nodes come back from crashes, a promise that is not on the disk was never made."
    ),
    preset!(
        Leaders,
        36,
        "36",
        "the-switch-that-was-half-broken",
        "One bad link is enough: that all reach a majority does not mean that one majority reaches each other."
    ),
    preset!(Leaders, 37, "37", "the-cure-that-kills", "Cures interact; test the pair and not the parts."),
    preset!(
        Limits,
        38,
        "38",
        "one-schedule-three-models",
        "Safety must not depend on time; that something happens cannot but depend on it."
    ),
    preset!(
        Limits,
        39,
        "39",
        "three-generals-four-generals",
        "Nobody can tell one liar among three from another; m liars take 3m + 1 and m + 1 rounds, or signatures."
    ),
    preset!(
        Limits,
        40,
        "40",
        "the-lying-replica",
        "To bear one that is silent takes three, to bear one that lies takes four."
    ),
];

/// All of them, in order.
pub fn all() -> &'static [Preset] {
    ALL
}

/// The one with this name.
pub fn find(name: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.name == name)
}

/// What the page shows to someone who brings nothing: not the beginning of the course, but the story everyone has heard.
pub fn first() -> &'static Preset {
    ALL.iter().find(|preset| preset.number == 7).unwrap_or(&ALL[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, print};

    #[test]
    fn every_scenario_is_sound_and_keeps_its_meaning_when_tidied() {
        for preset in all() {
            let parsed = Document::new(preset.text).parse();
            // A quorum that is too small is what some of them are about, and is remarked on all the same.
            let meant = ["without a common witness", "and they need have none in common"];
            let mut odd = parsed.diagnostics.clone();
            odd.retain(|one| !meant.iter().any(|said| one.message.ends_with(said)));
            assert_eq!(odd, [], "{}", preset.name);
            assert!(!preset.title().is_empty() && !preset.about().is_empty(), "{}", preset.name);
            assert_eq!((preset.title(), preset.about()), (&*parsed.scenario.title, &*parsed.scenario.about));
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

    #[test]
    fn the_course_goes_from_part_to_part_and_each_scenario_has_its_lesson() {
        let order: Vec<(char, u32)> = ALL.iter().map(|preset| (preset.part.letter(), preset.number)).collect();
        assert!(order.is_sorted_by(|one, next| one.0 <= next.0 && one.1 < next.1), "{order:?}");
        for preset in ALL {
            assert!(preset.lesson.ends_with('.') && preset.lesson.len() < 140, "{}: {}", preset.name, preset.lesson);
        }
        assert_eq!(first().name, "a-lock-gone-wrong");
    }

    #[test]
    fn the_readme_lists_the_course() {
        let readme = include_str!("../../../README.md");
        for preset in ALL {
            let file = format!("scenarios/{:02}-{}.fencepost", preset.number, preset.name);
            let row = format!("| {} | [{}]({file}) | {} |", preset.number, preset.title(), preset.lesson);
            assert!(readme.contains(&row), "README.md lacks the line\n{row}");
        }
    }
}
