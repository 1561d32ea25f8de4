//! What a node makes of candidates, leaders, clients and crashes; and what a whole group of them comes to.

mod elections;
mod group;
mod groups;
mod locking;
mod logs;
mod serving;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Command, Entries, Entry, Message, Note, Position, Term};

use super::*;
use crate::machine::MachineConfig;
use crate::testing::*;

/// The first of three nodes, which begin in term 1 without a leader.
fn config() -> NodeConfig {
    NodeConfig {
        id: A,
        nodes: vec![A, B, C],
        heartbeat: millis(100),
        timeout: Timeout::Fixed(millis(1_500)),
        shortest: millis(1_000),
        leader: None,
        term: Term(1),
        quorum: 2,
        prevote: false,
        check_quorum: false,
        sticky: false,
        votes: Memory::Stable,
        traitor: false,
        machine: None,
        reads: Reads::Index,
        ack: Ack::Majority,
    }
}

/// The same with something to keep.
fn keeping() -> NodeConfig {
    NodeConfig { machine: Some(MachineConfig::default()), ..config() }
}

impl Node {
    fn does(&mut self, input: Input, now: u64) -> Outcome {
        Outcome::of(|effects| self.handle(input, at(now), effects))
    }

    fn hears(&mut self, from: ParticipantId, said: Message, now: u64) -> Outcome {
        self.does(message(from, said), now)
    }

    fn wakes(&mut self, timer: Timer, now: u64) -> Outcome {
        self.does(Input::Timer(timer), now)
    }
}

/// A node that has begun at 0.
fn node(config: NodeConfig) -> Node {
    let mut node = Node::new(config);
    node.does(Input::Start, 0);
    node
}

/// A node that leads in term 2 since 1.5 s, with the vote of B, and that of C if need be.
fn leader(config: NodeConfig) -> Node {
    let mut node = node(config);
    node.wakes(Timer::Election, 1_500);
    node.hears(B, vote(2), 1_500);
    node.hears(C, vote(2), 1_500);
    assert!(matches!(node.office, Office::Leading(_)));
    node
}

fn place(index: u32, term: u32) -> Position {
    Position { index, term: Term(term) }
}

fn candidate(term: u32, last: Position) -> Message {
    Message::RequestVote { term: Term(term), last, trial: false }
}

fn trial(term: u32) -> Message {
    Message::RequestVote { term: Term(term), last: Position::default(), trial: true }
}

fn vote(term: u32) -> Message {
    Message::Vote { term: Term(term), granted: true, trial: false }
}

fn no(term: u32) -> Message {
    Message::Vote { term: Term(term), granted: false, trial: false }
}

fn entries(terms: &[u32]) -> Entries {
    let entry = |term: &u32| Entry { term: Term(*term), command: Command::Nothing };
    Entries(terms.iter().map(entry).collect())
}

/// What a leader of this term says: behind this place stand entries of these terms.
fn append(term: u32, previous: Position, terms: &[u32], commit: u32) -> Message {
    Message::Append { term: Term(term), previous, entries: entries(terms), commit, sent: at(7).mono }
}

fn heartbeat(term: u32) -> Message {
    append(term, Position::default(), &[], 0)
}

/// What a node answers that has the leader's log up to this place, to what was sent at this moment.
fn has(term: u32, matched: u32, sent: u64) -> Message {
    Message::Appended { term: Term(term), matched: Some(matched), length: matched, sent: at(sent).mono }
}
