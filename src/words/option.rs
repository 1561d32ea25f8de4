//! What can be said of each participant besides what has a control of its own, and what each word of it means: one table,
//! from which the menus of the headers are made.

/// An option of the text and how a reader sets it.
#[derive(Debug)]
pub struct Knob {
    /// Its word in the text.
    pub option: &'static str,
    /// In which kinds of line, as [`fencepost_scenario::Told::kind`] names them; in all that have it if empty.
    pub kinds: &'static [&'static str],
    /// Its name for a reader.
    pub title: &'static str,
    /// What can be set.
    pub how: How,
}

/// What can be set.
#[derive(Debug)]
pub enum How {
    /// One of these words, each with its meaning. The first is what holds by default.
    Words(&'static [(&'static str, &'static str)]),
    /// The option's word alone, or not: what it means not to say it, and to say it.
    Flag(&'static str, &'static str),
    /// A length of time, and the default. What is nothing, or not there, is `""`.
    Length(&'static str),
    /// The shortest and the longest time, and the default.
    Span(&'static str),
    /// A time for each of the group; the lane's own is set.
    Own,
    /// A number from this one on; the first is the default only where the text is so read.
    Count(u32),
    /// Whether the lane is one of those named, and what it means to be one.
    Named(&'static str),
    /// The lane alone is named, or somebody else, or nobody.
    Alone(&'static str),
}

const fn knob(option: &'static str, title: &'static str, how: How) -> Knob {
    Knob { option, kinds: &[], title, how }
}

const fn of(kinds: &'static [&'static str], option: &'static str, title: &'static str, how: How) -> Knob {
    Knob { option, kinds, title, how }
}

const MEMORY: How = How::Words(&[
    ("stable", "It is on the disk and survives a crash."),
    ("volatile", "It is in memory only, and a crash forgets it."),
]);

/// All of them, in the order in which a menu shows them.
pub const KNOBS: &[Knob] = &[
    knob("leader", "Leads at first", How::Alone("It leads when the run begins.")),
    knob(
        "traitor",
        "Traitor",
        How::Named("It may say anything to anybody: that it votes for each who asks, or what a lie says."),
    ),
    knob(
        "prevote",
        "Ask before standing",
        How::Words(&[
            ("off", "A node that hears no leader stands for election at once, in a new term."),
            ("on", "A node that hears no leader first asks the others whether they would elect it."),
        ]),
    ),
    knob(
        "checkquorum",
        "Leader counts answers",
        How::Words(&[
            ("off", "A leader leads on until it hears of a newer one."),
            ("on", "A leader that hears from too few steps down."),
        ]),
    ),
    knob(
        "sticky",
        "Loyal to a leader",
        How::Words(&[
            ("off", "A node votes although it hears from a leader."),
            ("on", "A node that hears from a leader votes for nobody else."),
        ]),
    ),
    knob("votes", "Votes", MEMORY),
    knob("keys", "Keys", MEMORY),
    of(&["nodes"], "heartbeat", "Sign of life every", How::Length("100ms")),
    of(&["nodes"], "timeout", "Waits for a leader", How::Span("1s..2s")),
    knob("timeouts", "Waits for a leader", How::Own),
    of(&["pair"], "heartbeat", "Sign of life every", How::Length("1s")),
    of(&["pair"], "timeout", "Silence trusted for", How::Length("5s")),
    knob(
        "stonith",
        "Order to power off",
        How::Words(&[
            ("unconfirmed", "Whoever gave it takes over at once."),
            ("confirmed", "Whoever gave it takes over when the other is known to be off."),
        ]),
    ),
    of(&["members"], "heartbeat", "Sign of life every", How::Length("")),
    knob("suspect", "Silence trusted for", How::Length("")),
    knob(
        "declare",
        "Declared dead by",
        How::Words(&[
            ("off", "Nobody: a suspicion stays one."),
            ("majority", "More than half of the members."),
            ("alone", "Any observer by itself."),
        ]),
    ),
    knob("messages", "Messengers in turn", How::Count(1)),
    knob(
        "signed",
        "Orders are signed",
        How::Words(&[
            ("off", "By word of mouth: each can misquote what he was told."),
            ("on", "Nobody can make up what another has ordered."),
        ]),
    ),
    knob("order", "The first orders to", How::Words(&[("attack", ""), ("retreat", "")])),
    knob(
        "dirty-grant",
        "Grant before a majority has it",
        How::Words(&[
            ("off", "A grant is told when enough nodes have it."),
            ("on", "A grant is told at once, and may be forgotten by all but one."),
        ]),
    ),
    knob(
        "token",
        "Tokens come from",
        How::Words(&[
            ("index", "The grant’s place in the log, which nothing else has."),
            ("counter", "A counter of the lock’s own."),
        ]),
    ),
    knob(
        "ack",
        "A write is done",
        How::Words(&[
            ("majority", "When enough nodes have it."),
            ("one", "When the leader has it, which may be deposed."),
        ]),
    ),
    knob(
        "reads",
        "A read is answered",
        How::Words(&[
            ("index", "When the leader has made sure that it still leads."),
            ("lease", "At once, while by the leader’s clock nobody else can lead."),
            ("local", "At once, by whoever believes that it leads."),
        ]),
    ),
    knob(
        "write-back",
        "A read brings on what it found",
        How::Words(&[
            ("on", "It returns when enough nodes have it."),
            ("off", "It returns what it found, and the next may find less."),
        ]),
    ),
    knob("replicate", "Others are told after", How::Length("async 200ms")),
    of(
        &["registry"],
        "nonatomic",
        "Look, then register",
        How::Flag("In one step.", "In two steps, and something can come between."),
    ),
    knob("lock-delay", "Lock-delay", How::Length("0s")),
    knob(
        "expiry",
        "Leases end by",
        How::Words(&[
            ("mono", "A clock that only goes on."),
            ("wall", "A clock that people, or other programs, can set."),
        ]),
    ),
    knob(
        "release",
        "A release counts",
        How::Words(&[("compare", "Only from the holder, under its token."), ("blind", "Whoever sends it.")]),
    ),
    knob(
        "reentrant",
        "Holder asks again",
        How::Words(&[("off", "It waits like everybody."), ("on", "It is given its own token again.")]),
    ),
    knob(
        "dedupe",
        "A repeated request",
        How::Words(&[("on", "Gets the same answer again."), ("off", "Is taken for a new one.")]),
    ),
    knob("counter", "Counter of tokens", MEMORY),
    knob("leases", "Table of leases", MEMORY),
    knob(
        "restart",
        "After a crash",
        How::Words(&[("now", "It grants at once."), ("delayed", "It grants nothing for a whole lease.")]),
    ),
    knob("session", "Waiting client is dead after", How::Length("")),
    knob(
        "recheck",
        "Before a late grant",
        How::Words(&[("on", "It looks whether the client still lives."), ("off", "It looks at nothing.")]),
    ),
    knob("max", "Highest token seen", MEMORY),
    of(
        &["store"],
        "nonatomic",
        "Check, then write",
        How::Flag("In one step.", "In two steps, and something can come between."),
    ),
];

/// The knobs for a line of this kind with these options.
pub fn knobs(kind: &str, options: &[&str]) -> impl Iterator<Item = &'static Knob> {
    KNOBS
        .iter()
        .filter(move |knob| options.contains(&knob.option) && (knob.kinds.is_empty() || knob.kinds.contains(&kind)))
}

#[cfg(test)]
mod tests {
    use fencepost_scenario::{Document, Told};

    use super::*;

    const TEXT: &str = "fencepost 1\nnodes N1 N2 elect\nlock L lease 1s replicated on N1 N2\nstore X replicated on N1 N2\n\
        lock M lease 1s\nstore S check none\nlock K lease 1s redlock on K1 K2 K3\nregister Y on Y1 Y2 Y3\n\
        registry R1 R2\npair P Q\nmembers A B heartbeat 1s suspect 3s\ngenerals G1 G2 messages 3\n\
        generals H1 H2 H3 rounds 1\n";

    /// What has a control of its own, or is left to the text: names of others, and what a whole group counts.
    const ELSEWHERE: [&str; 13] = [
        "lease",
        "check",
        "quorum",
        "read-quorum",
        "rounds",
        "replicated",
        "redlock",
        "first-token",
        "term",
        "observers",
        "report",
        "disk",
        "sync",
    ];

    #[test]
    fn whatever_can_be_said_has_a_control_somewhere() {
        let scenario = Document::new(TEXT).parse().scenario;
        for name in ["N1", "L", "X", "M", "S", "K1", "Y1", "R1", "P", "A", "H1"] {
            let told = Told::of(&scenario, name).expect("it is there");
            let turned = |option: &&str| knobs(told.kind, told.options).any(|knob| knob.option == *option);
            let missing: Vec<_> = told.options.iter().filter(|one| !turned(one) && !ELSEWHERE.contains(one)).collect();
            assert!(missing.is_empty(), "{name}: {missing:?}");
        }
    }

    /// Each word is said once, and read as the language reads it; a default means the same unsaid.
    #[test]
    fn every_word_of_the_table_is_one_of_the_language() {
        for name in ["N1", "L", "X", "M", "S", "K1", "Y1", "R1", "P", "A", "H1"] {
            let document = Document::new(TEXT);
            let told = Told::of(&document.parse().scenario, name).expect("it is there");
            for knob in knobs(told.kind, told.options) {
                let said: Vec<String> = match &knob.how {
                    How::Words(words) => words.iter().map(|(word, _)| (*word).to_owned()).collect(),
                    How::Length(usual) => {
                        vec![usual.split(' ').map(|word| if word == "async" { "async " } else { "7s" }).collect()]
                    }
                    How::Span(usual) => vec![(*usual).to_owned()],
                    How::Flag(..) => vec![String::new()],
                    How::Own => vec!["1s 2s".into()],
                    How::Count(least) => vec![least.to_string()],
                    How::Named(_) | How::Alone(_) => vec![name.to_owned()],
                };
                for (place, word) in said.iter().enumerate() {
                    let edit = fencepost_scenario::Edit::SetOption {
                        subject: name.into(),
                        option: knob.option.into(),
                        value: Some(word.clone()),
                    };
                    let after = document.apply(&edit, None).map(|after| after.parse().scenario);
                    let same = after.as_ref() == Ok(&document.parse().scenario);
                    assert!(after.is_ok(), "{name} {} {word}: {after:?}", knob.option);
                    let usual = matches!(knob.how, How::Words(_)) && place == 0 || matches!(knob.how, How::Span(_));
                    assert_eq!(same, usual, "{name} {} {word}", knob.option);
                }
            }
        }
    }
}
