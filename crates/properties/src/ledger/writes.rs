//! What was sent to the stores, and what they made of it.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{FencingToken, Refusal, Sequence, Value, Version};

use super::{GrantNo, Moment};

/// A write as its writer sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Where to.
    pub store: ParticipantId,
    /// Who sent it.
    pub writer: ParticipantId,
    /// The token it presents.
    pub token: Option<FencingToken>,
    /// Which of the holder's writes under its grant it is.
    pub sequence: Sequence,
    /// When it was sent.
    pub sent: Moment,
    /// The grant it was sent under: the one behind the writer's latest belief with this token.
    pub grant: Option<GrantNo>,
    /// When it was first applied.
    pub applied: Option<Moment>,
    /// When it was first turned away, and why.
    pub turned_away: Option<(Moment, Refusal)>,
}

/// A write that a store applied. A write that the network duplicated can have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Which store.
    pub store: ParticipantId,
    /// Who wrote.
    pub writer: ParticipantId,
    /// The token presented.
    pub token: Option<FencingToken>,
    /// Which of the holder's writes under its grant it was.
    pub sequence: Sequence,
    /// What the store holds from then on.
    pub value: Value,
    /// The version it has from then on.
    pub version: Version,
    /// The version the write was computed from, if it was computed from a read.
    pub base: Option<Version>,
    /// When it was applied.
    pub applied: Moment,
    /// When its writer sent it.
    pub sent: Option<Moment>,
    /// The grant it was sent under. An effect without one counts for no property of order.
    pub grant: Option<GrantNo>,
}

/// A request that a store turned away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnedAway {
    /// Which store.
    pub store: ParticipantId,
    /// Who asked.
    pub client: ParticipantId,
    /// The token presented.
    pub token: Option<FencingToken>,
    /// Which of the holder's writes it was; 0 for an announcement or a read.
    pub sequence: Sequence,
    /// Why.
    pub reason: Refusal,
    /// When.
    pub at: Moment,
    /// When it was sent.
    pub sent: Option<Moment>,
}

/// A lock that a client believes to hold, and the grant that the belief rests on.
type Rest = (ParticipantId, Option<GrantNo>);

/// Builds the lists of writes and of what became of them while a trace is read.
#[derive(Default)]
pub(super) struct WriteBook {
    /// In the order of sending, so that an event finds its write by bisection.
    pub writes: Vec<Write>,
    pub effects: Vec<Effect>,
    pub refusals: Vec<TurnedAway>,
    /// The beliefs of each client under a token, the latest last. More than one only if two locks gave out one token.
    beliefs: BTreeMap<(ParticipantId, FencingToken), Vec<Rest>>,
}

impl WriteBook {
    pub fn holds(&mut self, client: ParticipantId, lock: ParticipantId, token: FencingToken, grant: Option<GrantNo>) {
        let beliefs = self.beliefs.entry((client, token)).or_default();
        beliefs.retain(|(other, _)| *other != lock);
        beliefs.push((lock, grant));
    }

    /// The client no longer holds this lock. If it holds another one with the same token, its writes are of that one.
    pub fn left(&mut self, client: ParticipantId, lock: ParticipantId, token: FencingToken) {
        if let Some(beliefs) = self.beliefs.get_mut(&(client, token)).filter(|beliefs| beliefs.len() > 1) {
            beliefs.retain(|(other, _)| *other != lock);
        }
    }

    /// The grant under which a client that presents this token now acts.
    pub fn grant_of(&self, client: ParticipantId, token: Option<FencingToken>) -> Option<GrantNo> {
        self.beliefs.get(&(client, token?))?.last()?.1
    }

    pub fn applied(&mut self, mut effect: Effect, sent: Option<EventId>) {
        if let Some(write) = sent.and_then(|sent| self.sent_by(sent)) {
            write.applied.get_or_insert(effect.applied);
            (effect.sent, effect.grant) = (Some(write.sent), write.grant);
        }
        self.effects.push(effect);
    }

    pub fn turned_away(&mut self, refusal: TurnedAway) {
        if let Some(write) = refusal.sent.and_then(|sent| self.sent_by(sent.event)) {
            write.turned_away.get_or_insert((refusal.at, refusal.reason));
        }
        self.refusals.push(refusal);
    }

    fn sent_by(&mut self, event: EventId) -> Option<&mut Write> {
        let place = self.writes.binary_search_by_key(&event, |write| write.sent.event).ok()?;
        self.writes.get_mut(place)
    }
}
