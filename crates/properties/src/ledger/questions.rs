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
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whether anybody is there.
    Presence,
    /// Whether a token is still its holder's.
    Standing,
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
        self.questions[*index].answered.get_or_insert(at);
    }

    /// A client with a new life numbers its requests as its disk lets it; nothing it asks now repeats an old question.
    pub fn reborn(&mut self, client: ParticipantId) {
        self.index.retain(|(asker, ..), _| *asker != client);
    }
}
