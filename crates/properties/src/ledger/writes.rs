//! What was sent to the stores, and what they made of it.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{FencingToken, Refusal, RequestId, Sequence, Value, Version};

use super::{Content, Moment};

/// What stood behind a write when its writer sent it for the first time. A write that is sent again is still the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footing {
    /// When it was first sent, by which writes are told apart: no number of a client's does that, for all can repeat.
    pub made: Moment,
    /// For each lock that its writer had been granted in its present life, the latest belief that rests on a grant, as a
    /// place in the list of beliefs. It may have ended by then. What token the write shows plays no part.
    pub beliefs: Vec<usize>,
}

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
    /// Which of the writer's requests it is; a write that is sent again keeps the number.
    pub request: RequestId,
    /// When it was sent.
    pub sent: Moment,
    /// When it was first sent, and what its writer knew then.
    pub footing: Footing,
    /// When it was first applied.
    pub applied: Option<Moment>,
    /// When it was first turned away, and why.
    pub turned_away: Option<(Moment, Refusal)>,
    /// When the store first sent word that it was applied.
    pub acknowledged: Option<Moment>,
    /// When that word first reached the writer.
    pub confirmed: Option<Moment>,
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
    /// When it was first sent, and what its writer knew then; `None` if nobody is known to have sent it.
    pub footing: Option<Footing>,
    /// When the store came back from a crash without it.
    pub lost: Option<Moment>,
}

/// A store that is back from a crash, with what its disk had kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Which store.
    pub store: ParticipantId,
    /// The version it has now: it holds the writes up to this one.
    pub version: Version,
    /// The highest token it remembers.
    pub highest: Option<FencingToken>,
    /// What that is: the last write it holds, by its place in the list of effects.
    pub holds: Content,
    /// When.
    pub at: Moment,
}

impl Effect {
    /// Whether the store had lost it by then.
    pub fn is_lost_by(&self, moment: Moment) -> bool {
        self.lost.is_some_and(|lost| lost <= moment)
    }
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

/// Builds the lists of writes and of what became of them while a trace is read.
#[derive(Default)]
pub(super) struct WriteBook {
    /// In the order of sending, so that an event finds its write by bisection.
    pub writes: Vec<Write>,
    pub effects: Vec<Effect>,
    pub refusals: Vec<TurnedAway>,
    pub restorations: Vec<Restored>,
    /// The latest sending of each write, by store, writer and request.
    by_request: BTreeMap<(ParticipantId, ParticipantId, RequestId), usize>,
    /// The first sending of each write of the writer's present life.
    first: BTreeMap<(ParticipantId, ParticipantId, RequestId), usize>,
    /// The latest belief of each client in each lock, in its present life, that rests on a grant.
    granted: BTreeMap<(ParticipantId, ParticipantId), usize>,
    /// The beginning of each writer's present life, if it is not the first.
    born: BTreeMap<ParticipantId, EventId>,
}

impl WriteBook {
    /// A client has taken in a grant.
    pub fn holds(&mut self, client: ParticipantId, lock: ParticipantId, belief: usize) {
        self.granted.insert((client, lock), belief);
    }

    /// A life is over: in its next one the client has been granted nothing, and nothing it asks repeats an old request.
    pub fn crashed(&mut self, client: ParticipantId) {
        self.granted.retain(|(who, _), _| *who != client);
        self.first.retain(|(_, who, _), _| *who != client);
    }

    /// What stands behind a write that is sent now.
    pub fn footing(&self, store: ParticipantId, writer: ParticipantId, request: RequestId, sent: Moment) -> Footing {
        if let Some(first) = self.first.get(&(store, writer, request)) {
            return self.writes[*first].footing.clone();
        }
        let locks = (writer, ParticipantId(0))..=(writer, ParticipantId(u16::MAX));
        Footing { made: sent, beliefs: self.granted.range(locks).map(|(_, belief)| *belief).collect() }
    }

    pub fn sent(&mut self, write: Write) {
        let (key, place) = ((write.store, write.writer, write.request), self.writes.len());
        self.by_request.insert(key, place);
        self.first.entry(key).or_insert(place);
        self.writes.push(write);
    }

    /// The store sends word that a write was applied, the one that was sent by `sent` if the causes of that word tell.
    pub fn acknowledged(
        &mut self,
        store: ParticipantId,
        writer: ParticipantId,
        (request, sent): (RequestId, Option<EventId>),
        at: Moment,
    ) {
        if let Some(write) = self.answered(store, writer, (request, sent)) {
            write.acknowledged.get_or_insert(at);
        }
    }

    /// That word reaches the writer.
    pub fn confirmed(
        &mut self,
        store: ParticipantId,
        writer: ParticipantId,
        (request, sent): (RequestId, Option<EventId>),
        at: Moment,
    ) {
        if let Some(write) = self.answered(store, writer, (request, sent)) {
            write.confirmed.get_or_insert(at);
        }
    }

    /// The latest sending of a write; of a write of an old life, that one. Its writer may number new ones alike.
    fn answered(
        &mut self,
        store: ParticipantId,
        writer: ParticipantId,
        (request, sent): (RequestId, Option<EventId>),
    ) -> Option<&mut Write> {
        let born = self.born.get(&writer).copied();
        if let Some(old) = sent.filter(|sent| born.is_some_and(|born| *sent < born)) {
            return self.sent_by(old);
        }
        let place = self.by_request.get(&(store, writer, request))?;
        self.writes.get_mut(*place)
    }

    /// A writer begins a new life.
    pub fn reborn(&mut self, writer: ParticipantId, at: Moment) {
        self.born.insert(writer, at.event);
    }

    /// A store is back: what it applied after the version it has now is gone.
    pub fn restored(&mut self, restored: Restored) {
        let gone = self.effects.iter_mut().filter(|it| it.store == restored.store && it.version > restored.version);
        gone.for_each(|effect| {
            effect.lost.get_or_insert(restored.at);
        });
        self.restorations.push(restored);
    }

    /// A store applied a write, the one that was sent by `sent`; if its causes do not tell, as when it is found on the
    /// disk after a crash, the latest one like it.
    pub fn applied(&mut self, mut effect: Effect, sent: Option<EventId>, number: Option<RequestId>) {
        let sent = sent.or_else(|| self.latest_like(&effect, number));
        if let Some(write) = sent.and_then(|sent| self.sent_by(sent)) {
            write.applied.get_or_insert(effect.applied);
            (effect.sent, effect.footing) = (Some(write.sent), Some(write.footing.clone()));
        }
        self.effects.push(effect);
    }

    pub fn turned_away(&mut self, refusal: TurnedAway) {
        if let Some(write) = refusal.sent.and_then(|sent| self.sent_by(sent.event)) {
            write.turned_away.get_or_insert((refusal.at, refusal.reason));
        }
        self.refusals.push(refusal);
    }

    /// Where the log tells the number of the request, it has to be that one.
    fn latest_like(&self, effect: &Effect, number: Option<RequestId>) -> Option<EventId> {
        let alike = |write: &&Write| {
            number.is_none_or(|number| number == write.request)
                && (write.store, write.writer, write.token, write.sequence)
                    == (effect.store, effect.writer, effect.token, effect.sequence)
        };
        self.writes.iter().rfind(alike).map(|write| write.sent.event)
    }

    fn sent_by(&mut self, event: EventId) -> Option<&mut Write> {
        let place = self.writes.binary_search_by_key(&event, |write| write.sent.event).ok()?;
        self.writes.get_mut(place)
    }
}
