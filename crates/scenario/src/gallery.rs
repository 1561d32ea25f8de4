//! The scenarios that come with Fencepost, in the order of the course. Adding one is a file in `scenarios/` and an entry
//! here.

mod article;

pub use article::{ARTICLE, Judgement, Section, Shown, Statement};

/// A part of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Locks that come with an end.
    Locks,
    /// What the storage can do about a late holder.
    Tokens,
    /// What one participant can know of another.
    Knowing,
    /// How many nodes are enough.
    Quorums,
    /// Who leads, and who still believes that it does.
    Leaders,
    /// What holds under which assumptions.
    Limits,
}

impl Part {
    /// All parts, in order.
    pub const ALL: [Self; 6] = [Self::Locks, Self::Tokens, Self::Knowing, Self::Quorums, Self::Leaders, Self::Limits];

    /// The letter it goes by.
    pub fn letter(self) -> char {
        match self {
            Self::Locks => 'A',
            Self::Tokens => 'B',
            Self::Knowing => 'C',
            Self::Quorums => 'D',
            Self::Leaders => 'E',
            Self::Limits => 'F',
        }
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Locks => "Locks and leases",
            Self::Tokens => "Fencing tokens",
            Self::Knowing => "What can a node know?",
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
        Locks,
        6,
        "06",
        "the-lock-that-never-came-back",
        "A lock that never expires never has two holders, and can block everyone for ever."
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
        42,
        "42",
        "the-road-that-stayed-open",
        "Whoever reaches the data can harm it, whether or not it still reaches the lock service."
    ),
    preset!(
        Locks,
        11,
        "11",
        "two-speeds",
        "Where only durations are measured, another time is harmless and another speed is not."
    ),
    preset!(
        Locks,
        52,
        "52",
        "eight-seconds-in-half-a-day",
        "A slow clock steals a share of each lease, so the margin must be a share as well."
    ),
    preset!(Locks, 12, "12", "the-clock-that-jumped", "Measure leases with a clock nobody can set."),
    preset!(
        Locks,
        13,
        "13",
        "did-i-get-it",
        "A timeout means that you do not know; make asking twice the same as asking once."
    ),
    preset!(Locks, 14, "14", "unlocking-a-stranger", "A release needs a token too."),
    preset!(
        Locks,
        15,
        "15",
        "buying-time",
        "Waiting longer moves the cliff; only a bound that really holds, or a fence, removes it."
    ),
    preset!(
        Locks,
        43,
        "43",
        "the-watchdog-that-slept-too",
        "A watchdog keeps the lease of a holder that runs; it stops none that sleeps and frees nothing that hangs."
    ),
    preset!(
        Locks,
        44,
        "44",
        "two-forks",
        "A lease breaks a deadlock by giving away what its holder still counts on; one order for all needs no breaking."
    ),
    preset!(Tokens, 16, "16", "the-token", "Only the resource can turn a late write away."),
    preset!(Tokens, 17, "17", "granted-but-not-arrived", "A fence puts effects in order; it does not stop the clock."),
    preset!(Tokens, 18, "18", "fenced-and-still-lost", "Fence before you read, not only before you write."),
    preset!(
        Tokens,
        53,
        "53",
        "a-foot-in-the-door",
        "A fence stands from when it is heard of, and not from when it is granted: announce first, then read."
    ),
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
    preset!(Tokens, 25, "25", "who-checks", "A fresh answer may be stale when it is used."),
    preset!(Tokens, 26, "26", "the-client-that-made-up-a-number", "A fence protects from mistakes and not from lies."),
    preset!(Tokens, 27, "27", "counting-from-33-again", "The fence is only as good as the counter."),
    preset!(
        Tokens,
        48,
        "48",
        "all-green-and-paid-twice",
        "A lock says whose turn it is, and not what is already done."
    ),
    preset!(
        Knowing,
        1,
        "01",
        "slow-or-dead",
        "A timeout is a guess: until the answer comes, slow and dead look the same."
    ),
    preset!(Knowing, 4, "04", "back-from-the-dead", "The news of your death can arrive after your next action."),
    preset!(
        Knowing,
        5,
        "05",
        "two-generals",
        "No number of messages makes both certain; the channel is to blame, not a traitor."
    ),
    preset!(Quorums, 28, "28", "a-token-needs-a-majority", "Two majorities always share a witness."),
    preset!(Quorums, 29, "29", "redlock-and-the-forgetful-fifth", "A quorum of those who forget is no quorum."),
    preset!(
        Quorums,
        47,
        "47",
        "a-new-disk-and-an-old-name",
        "A node without its disk is a new node; under its old name it can break every promise the old one gave."
    ),
    preset!(
        Quorums,
        46,
        "46",
        "everyone-again-at-once",
        "Those who failed together must not come back together: let each draw how long it waits."
    ),
    preset!(Quorums, 30, "30", "reading-backwards", "Readers must help."),
    preset!(
        Quorums,
        50,
        "50",
        "late-but-in-order",
        "An order that suits every client need not be that of the clock, and two such orders need not fit together."
    ),
    preset!(Quorums, 31, "31", "alice", "Uniqueness is agreement in disguise."),
    preset!(
        Leaders,
        32,
        "32",
        "the-duel",
        "With two there is no majority, and an unconfirmed kill is only one more message."
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
        41,
        "41",
        "two-kingdoms",
        "Each partition of the data has a leader of its own, and one cut can stop the one and leave the next alone."
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
        49,
        "49",
        "five-seconds-over-and-over",
        "A lease is a promise not to end too early, and no promise to end."
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
        45,
        "45",
        "after-you",
        "Equal waits can tie for ever; draw them, from a range wider than the time a message takes."
    ),
    preset!(
        Leaders,
        2,
        "02",
        "the-vote-that-buries-the-living",
        "What a quorum says is a decision and not a fact: the node was alive."
    ),
    preset!(
        Leaders,
        36,
        "36",
        "the-switch-that-was-half-broken",
        "One bad link is enough: who hears no leader deposes the one the majority hears."
    ),
    preset!(Leaders, 3, "03", "alive-to-everyone-deaf-to-all", "A heartbeat sent is not work done; count the answers."),
    preset!(
        Leaders,
        51,
        "51",
        "the-leader-that-limps",
        "Who watches for silence does not see slowness; a leader that limps can be worse than a dead one."
    ),
    preset!(Leaders, 37, "37", "the-cure-that-kills", "The cure of one fault can be the cause of the next."),
    preset!(
        Limits,
        38,
        "38",
        "one-schedule-three-models",
        "Safety must not depend on time; progress, without chance, has to."
    ),
    preset!(
        Limits,
        39,
        "39",
        "three-generals-four-generals",
        "Among three nobody can tell who lies; m liars take 3m + 1 generals, or signatures; m + 1 rounds either way."
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

/// The one with this number.
pub fn numbered(number: u32) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.number == number)
}

/// What the page shows to someone who brings nothing: not the beginning of the course, but the story everyone has heard.
pub fn first() -> &'static Preset {
    numbered(7).unwrap_or(&ALL[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, print};

    #[test]
    fn every_scenario_is_sound_and_keeps_its_meaning_when_tidied() {
        for preset in all() {
            let parsed = Document::new(preset.text).parse();
            // Quorums that are too small, and two counters before one fence, are what some of them are about, and are
            // remarked on all the same.
            let meant = [
                "without a common witness",
                "and they need have none in common",
                "a fence gives order among the tokens of one lock",
            ];
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
        let mut named: Vec<String> =
            ALL.iter().map(|preset| format!("{:02}-{}.fencepost", preset.number, preset.name)).collect();
        named.sort();
        assert_eq!(files, named);
    }

    #[test]
    fn the_course_goes_from_part_to_part_and_each_scenario_has_its_lesson() {
        let parts: Vec<char> = ALL.iter().map(|preset| preset.part.letter()).collect();
        assert!(parts.is_sorted(), "{parts:?}");
        let numbers: std::collections::BTreeSet<u32> = ALL.iter().map(|preset| preset.number).collect();
        assert_eq!(numbers.len(), ALL.len(), "a number is a chapter's address and belongs to one");
        for preset in ALL {
            assert!(preset.lesson.ends_with('.') && preset.lesson.len() < 140, "{}: {}", preset.name, preset.lesson);
        }
        assert_eq!(first().name, "a-lock-gone-wrong");
    }

    /// A story is read before anything else: two sentences, of which a student understands each at once.
    #[test]
    fn every_story_is_told_in_two_sentences() {
        for preset in ALL {
            let about = preset.about();
            assert!(about.ends_with('.') && about.len() <= 300, "{}: {} characters", preset.name, about.len());
            let inner = about.match_indices([' ']).filter(|(at, _)| about[..*at].ends_with(['.', '?', '!']));
            let ends = 1 + inner.filter(|(at, _)| about[at + 1..].starts_with(char::is_uppercase)).count();
            assert!(ends <= 2, "{}: {ends} sentences", preset.name);
        }
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
