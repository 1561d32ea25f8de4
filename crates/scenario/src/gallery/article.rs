//! The article that this course began with, line by line: what it says, what is right, and the chapter that shows it.
//!
//! The article is "Truth, Trust, and Correctness in Distributed Systems" by Avinash Gurugubelli, written after Martin
//! Kleppmann's book "Designing Data-Intensive Applications" (2017). What it says is told here in other words.

/// How far a statement holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It holds as it stands.
    Right,
    /// It holds, and leaves out what matters.
    Incomplete,
    /// It says something else than is meant, or more than holds.
    Loose,
    /// It does not hold.
    Wrong,
}

impl Judgement {
    /// The word a reader sees.
    pub fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Incomplete => "incomplete",
            Self::Loose => "loose",
            Self::Wrong => "wrong",
        }
    }
}

/// A chapter that shows something, and the variant of it if it is not the chapter as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The chapter's number.
    pub number: u32,
    /// The variant's name.
    pub variant: Option<&'static str>,
}

/// Something that the article says or draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it says, in a few words.
    pub said: &'static str,
    /// How far that holds.
    pub judgement: Judgement,
    /// What is right.
    pub right: &'static str,
    /// The chapters that show it, the first one best.
    pub shown: &'static [Shown],
}

/// A part of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is about.
    pub title: &'static str,
    /// Its statements, in the order of the article.
    pub statements: &'static [Statement],
}

const fn base(number: u32) -> Shown {
    Shown { number, variant: None }
}

const fn of(number: u32, variant: &'static str) -> Shown {
    Shown { number, variant: Some(variant) }
}

/// The article from its beginning to its end.
pub static ARTICLE: &[Section] = &[
    Section {
        title: "Truth and the majority",
        statements: &[
            Statement {
                said: "A majority of the nodes determines what is true.",
                judgement: Judgement::Loose,
                right: "A quorum makes decisions that every later quorum has to respect. What it decides can be false: a node that it declares dead may be alive.",
                shown: &[base(2)],
            },
            Statement {
                said: "A node that hears and is not heard is declared dead although it works.",
                judgement: Judgement::Incomplete,
                right: "Such a node can at least learn that it was deposed. The opposite is worse: a node that is heard and does not hear looks alive for ever, and nothing gets done.",
                shown: &[base(2), base(3)],
            },
            Statement {
                said: "A node sleeps for a minute in a garbage collection, is declared dead, and comes back.",
                judgement: Judgement::Right,
                right: "Until it answers, a slow node and a dead one look the same. The danger is what it does between waking up and hearing the news.",
                shown: &[base(1), of(2, "voted"), base(4)],
            },
            Statement {
                said: "First diagram: N2 tells the client that N1 is dead, N1's silence is an arrow, and its late answer is drawn as a request.",
                judgement: Judgement::Wrong,
                right: "One node alone cannot declare another dead, and here N2 has not even spoken with N1: it can only suspect. What does not happen is no message, and the late answer is an answer.",
                shown: &[base(1), of(2, "alone")],
            },
        ],
    },
    Section {
        title: "Leaders and locks",
        statements: &[
            Statement {
                said: "Kafka and MongoDB have a single leader for each partition.",
                judgement: Judgement::Loose,
                right: "Kafka has a leader for each partition. MongoDB has a primary for each replica set.",
                shown: &[base(41), base(33)],
            },
            Statement {
                said: "Only one user may claim a name, so somebody must have exclusive control.",
                judgement: Judgement::Right,
                right: "Uniqueness is agreement in disguise: those who keep the names have to agree on one owner for each.",
                shown: &[base(31), of(31, "consensus")],
            },
            Statement {
                said: "A leader that the others have given up may go on believing that it leads, and two leaders that accept writes corrupt data.",
                judgement: Judgement::Incomplete,
                right: "Two leaders at one moment, each in a term of its own, are lawful. The older one can commit nothing, so the damage comes only where it answers before a majority has a copy.",
                shown: &[base(33), of(33, "majority")],
            },
        ],
    },
    Section {
        title: "A lock gone wrong",
        statements: &[
            Statement {
                said: "ZooKeeper grants a lease.",
                judgement: Judgement::Loose,
                right: "ZooKeeper has sessions, and nodes that vanish with their session. The servers decide when a session is over; the client is told only after it has connected again.",
                shown: &[base(7)],
            },
            Statement {
                said: "A has a lease of 10 s and freezes for 15 s; the lock goes to B; A wakes up and writes.",
                judgement: Judgement::Right,
                right: "It takes two things that go unsaid: the lock service measures the lease by its own clock, and B has asked for the lock.",
                shown: &[base(7)],
            },
            Statement {
                said: "Two clients believe that they hold the lock: that is the split brain that corrupts data.",
                judgement: Judgement::Wrong,
                right: "That two clients believe it is a danger, and no lock service that takes a lock back by itself can prevent it. The damage is a write that lands out of order, and a fence prevents that while both still believe.",
                shown: &[base(7), of(7, "fenced")],
            },
            Statement {
                said: "Second diagram: B is granted the lock.",
                judgement: Judgement::Wrong,
                right: "B never asked for it. It has to ask, and to wait in line.",
                shown: &[base(8)],
            },
            Statement {
                said: "Second diagram: the writes to the file go to the lock service.",
                judgement: Judgement::Wrong,
                right: "They go to whoever keeps the file. If that is the lock service itself, it can check who holds the lock in the same step in which it writes, and needs no token.",
                shown: &[base(8), of(8, "same-store")],
            },
            Statement {
                said: "Second diagram: A's late write is rejected, but the file is corrupted.",
                judgement: Judgement::Wrong,
                right: "A write that was rejected has changed nothing. Either it is accepted and the file is corrupted, or it is rejected and the file is safe.",
                shown: &[base(8), of(8, "same-store")],
            },
            Statement {
                said: "Second diagram: one write is valid and the other invalid.",
                judgement: Judgement::Loose,
                right: "The reader of the diagram knows that, and nobody in it does: A cannot tell, and the service only if it looks.",
                shown: &[base(9)],
            },
        ],
    },
    Section {
        title: "Fencing tokens",
        statements: &[
            Statement {
                said: "A fencing token is a unique identifier of a lease.",
                judgement: Judgement::Incomplete,
                right: "Unique is not enough. Tokens have to rise with every grant, and the next one must be remembered, by a majority or on a disk, before anybody hears of it.",
                shown: &[base(21), base(27), base(28)],
            },
            Statement {
                said: "Whoever comes back must show the correct token.",
                judgement: Judgement::Wrong,
                right: "The question is not whether a token equals the expected one but whether it is lower than the highest seen. Asking for equality turns the rightful next holder away.",
                shown: &[base(21), of(21, "ordered")],
            },
            Statement {
                said: "The lock service checks the token before each operation, so only the current holder can change anything.",
                judgement: Judgement::Wrong,
                right: "That is true only where the lock and the data are in one store and are checked in one step. Everywhere else the answer can be old when it is used. The article says so itself a little later: the storage has to check.",
                shown: &[base(25), of(25, "storage-asks"), of(25, "one-store")],
            },
            Statement {
                said: "Third diagram: the storage turns token 33 away because it has seen 34.",
                judgement: Judgement::Incomplete,
                right: "Nearly right. Client 2 is never introduced and never asks; the end of the lease, the answers and the storage's memory of the highest token are not drawn.",
                shown: &[of(16, "fenced"), base(16)],
            },
            Statement {
                said: "With fencing tokens only the latest holder can proceed.",
                judgement: Judgement::Loose,
                right: "Only once the latest token has reached this very storage. Before that an older write still passes, and reads, other storages and e-mails are not fenced by it.",
                shown: &[base(17), base(53), base(18), base(24), of(16, "mail")],
            },
            Statement {
                said: "The storage has to check tokens even if clients check themselves.",
                judgement: Judgement::Right,
                right: "The best sentence of the article. A client can fall asleep between looking at its clock and writing, and even a perfect client cannot call a message back.",
                shown: &[base(9), base(10)],
            },
        ],
    },
    Section {
        title: "Models of time and of failure",
        statements: &[
            Statement {
                said: "A table: bounds in the synchronous model, usually bounds in the partially synchronous one, and in the asynchronous one no bounds and no global clock.",
                judgement: Judgement::Loose,
                right: "Synchronous: bounds that are known. Partially synchronous: bounds that nobody knows, or known ones that hold from a moment on that nobody knows. Asynchronous: no clocks or timeouts to go by at all; a global clock is in none of the three.",
                shown: &[base(38)],
            },
            Statement {
                said: "The asynchronous model reflects real networks; the partially synchronous one is more realistic.",
                judgement: Judgement::Wrong,
                right: "It cannot be both. Real systems are built to be safe if nothing is bounded, and to make progress once bounds hold.",
                shown: &[of(38, "fenced-asynchronous"), of(38, "stabilised"), of(38, "consensus")],
            },
            Statement {
                said: "Nodes fail by crash-stop, by crash-recovery, or in a Byzantine way.",
                judgement: Judgement::Incomplete,
                right: "Omission is missing: a node that runs, and whose messages are lost. A crash is a special case of it, and it is a special case of a Byzantine failure.",
                shown: &[base(3), base(2)],
            },
            Statement {
                said: "After a crash a node with stable storage goes on from its last consistent state.",
                judgement: Judgement::Incomplete,
                right: "It has to be said which state is stable. A token, a vote or a counter that is not on the disk was never there.",
                shown: &[base(23), base(35), base(27)],
            },
            Statement {
                said: "Byzantine failures are often called the two generals problem.",
                judgement: Judgement::Wrong,
                right: "Two Generals: two honest nodes and a channel that loses messages, and nothing makes both certain. Byzantine Generals: many nodes, some of them traitors, and channels that lose nothing; it can be solved with 3m + 1 nodes for m traitors, or with signatures.",
                shown: &[base(5), base(39), of(39, "four"), of(39, "signed")],
            },
            Statement {
                said: "Among an army's commanders there may be traitors who tell different things to different others.",
                judgement: Judgement::Right,
                right: "That is the Byzantine Generals problem, and why three are not enough: the third cannot know which of the other two lies.",
                shown: &[base(39), of(39, "commander")],
            },
            Statement {
                said: "False information can come from network trouble.",
                judgement: Judgement::Loose,
                right: "What is corrupted on its way is caught by checksums or authentication codes, and then it is lost and no lie. A Byzantine node tells a well-formed lie under its own name.",
                shown: &[base(40)],
            },
            Statement {
                said: "Byzantine failures take protocols of their own.",
                judgement: Judgement::Right,
                right: "And more nodes: three bear one that is silent, four bear one that lies.",
                shown: &[base(40), of(40, "four")],
            },
        ],
    },
    Section {
        title: "Safety and liveness",
        statements: &[
            Statement {
                said: "Once safety is violated there is no way back.",
                judgement: Judgement::Right,
                right: "Precisely: there is a beginning of the run that nothing which follows can mend, and it ends with an event that can be named.",
                shown: &[base(7)],
            },
            Statement {
                said: "Two clients that think they hold the same lock break safety.",
                judgement: Judgement::Wrong,
                right: "What they think breaks nothing, and no lock service that takes a lock back by itself can prevent it. What they write may.",
                shown: &[of(7, "fenced"), base(7)],
            },
            Statement {
                said: "Liveness may be violated for a while, such as during a cut.",
                judgement: Judgement::Wrong,
                right: "No run that ends violates liveness: what has not happened yet is pending. It is violated only if it never happens, and with a deadline it becomes a safety property.",
                shown: &[base(6), of(1, "patient-dead")],
            },
            Statement {
                said: "That tokens are unique is safety; that the lock can be had in the end is liveness.",
                judgement: Judgement::Right,
                right: "Both are rows of the verdicts here: token-unique is held or violated; grant is met, pending, or stuck with a reason.",
                shown: &[base(28), base(6), of(6, "leased")],
            },
            Statement {
                said: "Fourth diagram: correctness is safety and liveness, with an example of each.",
                judgement: Judgement::Right,
                right: "The panel of verdicts is that diagram, filled in for each run.",
                shown: &[of(6, "leased")],
            },
            Statement {
                said: "A drive: you never enter the wrong lane, which is safety, and you arrive in the end, which is liveness.",
                judgement: Judgement::Right,
                right: "A good picture. The wrong lane has a moment one can point at. As long as the drive goes on, nobody can say that you will not arrive: a jam is late and no violation.",
                shown: &[base(7), base(6)],
            },
            Statement {
                said: "The CAP theorem makes a system choose between consistency and availability.",
                judgement: Judgement::Incomplete,
                right: "Only while the network is cut. Consistency means linearizable there, and availability that every node which lives answers.",
                shown: &[of(28, "commit"), of(28, "anyway"), of(33, "majority")],
            },
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, gallery};

    fn statements() -> impl Iterator<Item = &'static Statement> {
        ARTICLE.iter().flat_map(|section| section.statements)
    }

    #[test]
    fn every_chapter_and_variant_that_is_named_exists() {
        for statement in statements() {
            assert!(!statement.shown.is_empty(), "nothing shows: {}", statement.said);
            for shown in statement.shown {
                let preset = gallery::numbered(shown.number).unwrap_or_else(|| panic!("{}: {shown:?}", statement.said));
                let scenario = Document::new(preset.text).parse().scenario;
                assert!(scenario.view(shown.variant).is_some(), "{}: {shown:?}", statement.said);
            }
        }
    }

    #[test]
    fn every_statement_is_a_sentence_with_an_answer_and_is_made_once() {
        let said: std::collections::BTreeSet<&str> = statements().map(|statement| statement.said).collect();
        assert_eq!(said.len(), statements().count());
        for statement in statements() {
            assert!(statement.said.ends_with('.') && statement.said.len() < 160, "{}", statement.said);
            assert!(statement.right.ends_with('.') && statement.right.len() < 300, "{}", statement.right);
        }
    }
}
