//! Who asked for which lock, and whether an answer reached it. Asking again for the same request is no new question.

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{FencingToken, RequestId};

use super::Moment;

/// One request for a lock, with all its repetitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acquire {
    /// Who asked.
    pub client: ParticipantId,
    /// Whom.
    pub lock: ParticipantId,
    /// Which of its requests this is.
    pub request: RequestId,
    /// When it was first sent.
    pub asked: Moment,
    /// How often it was sent.
    pub times: u32,
    /// The first answer that reached the client.
    pub answer: Option<Answer>,
    /// When its program gave up waiting. An answer that comes later is taken in by nobody.
    pub given_up: Option<Moment>,
}

/// An answer to an acquire that reached the asker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// When it was sent.
    pub sent: Moment,
    /// When it arrived.
    pub arrived: Moment,
    /// The token, or `None` for a refusal.
    pub token: Option<FencingToken>,
}

impl Acquire {
    /// Whether the answer was a grant.
    pub fn is_granted(&self) -> bool {
        self.answer.is_some_and(|answer| answer.token.is_some())
    }
}

/// Builds the list of requests while a trace is read.
#[derive(Default)]
pub(super) struct AcquireBook {
    pub acquires: Vec<Acquire>,
    index: BTreeMap<(ParticipantId, ParticipantId, RequestId), usize>,
    /// What a client wants of a lock of keys, as a place in the list, and under which request it last asked.
    wanted: BTreeMap<(ParticipantId, ParticipantId), (usize, RequestId)>,
}

impl AcquireBook {
    pub fn asked(&mut self, client: ParticipantId, lock: ParticipantId, request: RequestId, asked: Moment) {
        let index = *self.index.entry((client, lock, request)).or_insert(self.acquires.len());
        match self.acquires.get_mut(index) {
            Some(acquire) => acquire.times += 1,
            None => {
                self.acquires.push(Acquire { client, lock, request, asked, times: 1, answer: None, given_up: None })
            }
        }
    }

    /// A client asks for a key. With too few of them it asks anew, under another number, and still wants the same.
    pub fn wants(&mut self, client: ParticipantId, lock: ParticipantId, request: RequestId, asked: Moment) {
        if let Some((place, last)) = self.wanted.get_mut(&(client, lock)) {
            if *last != request {
                *last = request;
                self.acquires[*place].times += 1;
            }
            return;
        }
        self.wanted.insert((client, lock), (self.acquires.len(), request));
        self.acquires.push(Acquire { client, lock, request, asked, times: 1, answer: None, given_up: None });
    }

    /// It has enough of them.
    pub fn has_it(&mut self, client: ParticipantId, lock: ParticipantId, answer: Answer) {
        if let Some((place, _)) = self.wanted.remove(&(client, lock)) {
            self.acquires[place].answer.get_or_insert(answer);
        }
    }

    pub fn answered(&mut self, client: ParticipantId, lock: ParticipantId, request: RequestId, answer: Answer) {
        let Some(index) = self.index.get(&(client, lock, request)) else { return };
        let acquire = &mut self.acquires[*index];
        if acquire.given_up.is_none() {
            acquire.answer.get_or_insert(answer);
        }
    }

    /// The client has waited long enough for a lock.
    pub fn given_up(&mut self, client: ParticipantId, lock: ParticipantId, at: Moment) {
        let is_it = |it: &&mut Acquire| it.client == client && it.lock == lock && it.answer.is_none();
        if let Some(acquire) = self.acquires.iter_mut().rev().find(is_it) {
            acquire.given_up.get_or_insert(at);
        }
        self.wanted.remove(&(client, lock));
    }

    /// A client with a new life numbers its requests as its disk lets it; nothing it asks now repeats an old request.
    pub fn reborn(&mut self, client: ParticipantId) {
        self.index.retain(|(asker, ..), _| *asker != client);
        self.wanted.retain(|(asker, _), _| *asker != client);
    }
}
