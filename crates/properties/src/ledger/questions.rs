//! What clients asked beside the lock itself: "are you there?" and "is this token still mine?"

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::RequestId;

use super::Moment;

/// One question, with all its repetitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Who asked.
    pub client: ParticipantId,
    /// Whom.
    pub whom: ParticipantId,
    /// Which of its requests this is.
    pub request: RequestId,
    /// What it asked.
    pub what: Asked,
    /// When it was first sent.
    pub asked: Moment,
    /// When the first answer reached the asker.
    pub answered: Option<Moment>,
    /// When its program gave up waiting for it. An answer that comes later is taken in by nobody.
    pub given_up: Option<Moment>,
    /// Whether its program ended for another reason, so that nobody waits for the answer any more.
    pub dropped: bool,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whether anybody is there.
    Presence,
    /// Whether a token is still its holder's.
    Standing,
    /// What a store holds.
    Reading,
    /// That a store write something.
    Writing,
    /// That a store expect a token.
    Announcing,
    /// That a lock be freed.
    Releasing,
    /// That a name be its own.
    Claiming,
}

/// Builds the list of questions while a trace is read.
#[derive(Default)]
pub(super) struct QuestionBook {
    pub questions: Vec<Question>,
    index: BTreeMap<(ParticipantId, ParticipantId, RequestId), usize>,
}

impl QuestionBook {
    pub fn asked(&mut self, question: Question) {
        let key = (question.client, question.whom, question.request);
        if !self.index.contains_key(&key) {
            self.index.insert(key, self.questions.len());
            self.questions.push(question);
        }
    }

    pub fn answered(&mut self, client: ParticipantId, whom: ParticipantId, request: RequestId, at: Moment) {
        let Some(index) = self.index.get(&(client, whom, request)) else { return };
        let question = &mut self.questions[*index];
        if question.given_up.is_none() {
            question.answered.get_or_insert(at);
        }
    }

    /// Of whom a name was first claimed under this number, in this life. Whichever node of a group is asked next, it is
    /// one claim.
    pub fn claimed_of(&self, client: ParticipantId, request: RequestId) -> Option<ParticipantId> {
        let is_it = |it: &&Question| (it.client, it.request, it.what) == (client, request, Asked::Claiming);
        self.index.values().filter_map(|place| self.questions.get(*place)).find(is_it).map(|claim| claim.whom)
    }

    /// The asker has waited long enough for whatever it last asked of somebody.
    pub fn given_up(&mut self, client: ParticipantId, whom: ParticipantId, at: Moment) {
        let is_it = |it: &&mut Question| it.client == client && it.whom == whom && it.answered.is_none();
        if let Some(question) = self.questions.iter_mut().rev().find(is_it) {
            question.given_up.get_or_insert(at);
        }
    }

    /// The asker's program is over.
    pub fn dropped(&mut self, client: ParticipantId) {
        let open = self.questions.iter_mut().filter(|it| it.client == client && it.answered.is_none());
        open.for_each(|it| it.dropped = it.given_up.is_none());
    }

    /// A client with a new life numbers its requests as its disk lets it; nothing it asks now repeats an old question.
    pub fn reborn(&mut self, client: ParticipantId) {
        self.index.retain(|(asker, ..), _| *asker != client);
    }
}
