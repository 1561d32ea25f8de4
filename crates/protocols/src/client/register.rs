//! How a client reads and writes a register of independent nodes (Attiya, Bar-Noy and Dolev): in rounds, each of which asks
//! all nodes and is over when enough of them have answered.
//!
//! A write puts what it writes; a writer who is not the only one first asks for the latest write, to come after it. A read
//! asks for the latest write and puts that, so that no later read can find less; without this, which is the bug to see, it
//! returns at once. A node that does not answer is asked again only with `retry`, and
//! without enough answers it waits for ever, unless its program says how long.

use std::collections::BTreeSet;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Message, Note, Operation, RequestId, Stamp, Value, Version};

use super::{Access, Client, Waiting};
use crate::Effects;

/// A read or a write under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Round {
    register: ParticipantId,
    request: RequestId,
    operation: Operation,
    /// Whether it is in its last round, in which the nodes are told and not asked.
    puts: bool,
    /// Who has answered in this round.
    heard: BTreeSet<ParticipantId>,
    /// The latest write it has heard of; in the last round the one it puts.
    latest: (Stamp, Value),
}

impl Round {
    /// The register that it reads or writes.
    pub fn register(&self) -> ParticipantId {
        self.register
    }
}

impl Client {
    /// Begins a read or a write.
    pub(super) fn operate(&mut self, register: ParticipantId, operation: Operation, effects: &mut Effects) {
        let Some(Access::Register { several_writers, .. }) = self.config.objects.get(&register) else { return };
        let asks_first = operation == Operation::Read || *several_writers;
        let request = self.next_request();
        effects.note(Note::Began { object: register, request, operation });
        let (heard, latest) = (BTreeSet::new(), (Stamp::default(), Value::Empty));
        self.waiting = Waiting::Round(Box::new(Round { register, request, operation, puts: false, heard, latest }));
        match operation {
            Operation::Write(value) if !asks_first => self.put((self.own_stamp(self.writes), value), effects),
            _ => self.ask_nodes(register, request, operation, effects),
        }
        self.wait_no_longer_than(effects);
        self.wait_for_an_answer(effects);
    }

    /// Says what it says in this round once more to those of the nodes that have not answered it.
    pub(super) fn repeat_round(&mut self, effects: &mut Effects) {
        let Waiting::Round(round) = &self.waiting else { return };
        let (request, (stamp, value)) = (round.request, round.latest);
        let message = if round.puts { Message::Put { request, stamp, value } } else { Message::Get { request } };
        let named = self.next.checked_sub(1).and_then(|step| self.config.from.get(&step));
        let all = self.config.objects.get(&round.register).map(Access::nodes).unwrap_or_default();
        let nodes = named.map_or(all, Vec::as_slice);
        let nodes = if round.puts || round.operation != Operation::Read { all } else { nodes };
        for node in nodes.iter().filter(|node| !round.heard.contains(node)) {
            effects.send(*node, message.clone());
        }
        self.wait_for_an_answer(effects);
    }

    /// A stamp of its own. Its writes are counted in all its lives, so a later one has a higher count.
    fn own_stamp(&self, count: u32) -> Stamp {
        Stamp { count, writer: self.id }
    }

    /// Asks all nodes, or those that this step of the program names.
    fn ask_nodes(&self, register: ParticipantId, request: RequestId, operation: Operation, effects: &mut Effects) {
        let named = self.next.checked_sub(1).and_then(|step| self.config.from.get(&step));
        match named.filter(|_| operation == Operation::Read) {
            Some(nodes) => nodes.iter().for_each(|node| effects.send(*node, Message::Get { request })),
            None => self.tell_nodes(register, &Message::Get { request }, effects),
        }
    }

    /// A node has said what it holds. When enough have, the latest of it is what counts.
    pub(super) fn got(
        &mut self,
        from: ParticipantId,
        answers: RequestId,
        found: (Stamp, Value),
        effects: &mut Effects,
    ) {
        let Some((round, (read_quorum, _, write_back))) = self.round(answers, false) else { return };
        round.heard.insert(from);
        if found.0 > round.latest.0 {
            round.latest = found;
        }
        let (heard, operation, latest) = (round.heard.len(), round.operation, round.latest);
        if heard < read_quorum {
            return;
        }
        match operation {
            Operation::Write(value) => self.put((self.own_stamp(latest.0.count.saturating_add(1)), value), effects),
            Operation::Read if write_back => self.put(latest, effects),
            Operation::Read => self.conclude(effects),
        }
    }

    /// Begins the last round: all nodes are told of this write.
    fn put(&mut self, write: (Stamp, Value), effects: &mut Effects) {
        let Waiting::Round(round) = &mut self.waiting else { return };
        (round.puts, round.latest) = (true, write);
        round.heard.clear();
        let (register, request, (stamp, value)) = (round.register, round.request, write);
        self.tell_nodes(register, &Message::Put { request, stamp, value }, effects);
    }

    /// A node holds what was put, or something later.
    pub(super) fn kept(&mut self, from: ParticipantId, answers: RequestId, effects: &mut Effects) {
        let Some((round, (_, write_quorum, _))) = self.round(answers, true) else { return };
        round.heard.insert(from);
        if round.heard.len() >= write_quorum {
            self.conclude(effects);
        }
    }

    /// The round that an answer belongs to, with how many answers end a round of each kind and whether reads put. An
    /// answer to a round that is over is for nobody.
    fn round(&mut self, answers: RequestId, puts: bool) -> Option<(&mut Round, (usize, usize, bool))> {
        let Waiting::Round(round) = &mut self.waiting else { return None };
        if (round.request, round.puts) != (answers, puts) {
            return None;
        }
        match self.config.objects.get(&round.register) {
            Some(&Access::Register { read_quorum, write_quorum, write_back, .. }) => {
                Some((round, (read_quorum, write_quorum, write_back)))
            }
            _ => None,
        }
    }

    /// The operation is done.
    fn conclude(&mut self, effects: &mut Effects) {
        let Waiting::Round(round) = &self.waiting else { return };
        let (object, request, (stamp, value)) = (round.register, round.request, round.latest);
        let read = (round.operation == Operation::Read).then_some(value);
        if read.is_some() {
            self.read.insert(object, (value, Version(u64::from(stamp.count))));
        }
        effects.note(Note::Ended { object, request, value: read });
        self.proceed(effects);
    }
}
