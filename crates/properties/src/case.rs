//! All that a rule may look at, and the phrases in which every rule speaks.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{Cast, PropertyKind, Trace};

use crate::{Assumptions, Effect, Grant, Ledger, Moment, State, Verdict};

/// One run before its judges.
pub(crate) struct Case<'a> {
    pub ledger: &'a Ledger,
    pub trace: &'a Trace,
    pub cast: &'a Cast,
    pub assumptions: &'a Assumptions,
    /// The effects at each store of the cast, in order.
    by_store: BTreeMap<ParticipantId, Vec<&'a Effect>>,
    all: Vec<&'a Effect>,
}

/// What a rule found out about one subject: a state, the events it rests on and a sentence.
pub(crate) struct Finding {
    pub state: State,
    pub events: Vec<EventId>,
    pub sentence: String,
}

impl Finding {
    /// A safety property held.
    pub fn held(sentence: String) -> Self {
        Self { state: State::Held, events: Vec::new(), sentence }
    }

    /// The event at `bad` broke a safety property; `before` is what it conflicts with.
    pub fn violated(bad: Moment, before: Option<Moment>, sentence: String) -> Self {
        let events = before.into_iter().chain([bad]).map(|moment| moment.event).collect();
        Self { state: State::Violated { at: bad.time, event: bad.event }, events, sentence }
    }

    pub fn about(self, property: PropertyKind, subject: Option<ParticipantId>) -> Verdict {
        Verdict { property, subject, state: self.state, events: self.events, sentence: self.sentence }
    }

    /// What orders findings by how soon they went wrong; `None` if nothing did.
    fn first_bad(&self) -> Option<(u64, u32)> {
        match self.state {
            State::Violated { at, event } => Some((at.0, event.0)),
            State::Seen { from, .. } => Some((from.0, self.events.last().map_or(0, |event| event.0))),
            _ => None,
        }
    }
}

impl<'a> Case<'a> {
    pub fn new(ledger: &'a Ledger, trace: &'a Trace, cast: &'a Cast, assumptions: &'a Assumptions) -> Self {
        let mut by_store: BTreeMap<_, Vec<_>> =
            cast.iter().filter(|(id, _)| cast.is_store(*id)).map(|(id, _)| (id, Vec::new())).collect();
        for effect in &ledger.effects {
            by_store.entry(effect.store).or_default().push(effect);
        }
        Self { ledger, trace, cast, assumptions, by_store, all: ledger.effects.iter().collect() }
    }

    pub fn has_locks(&self) -> bool {
        self.cast.iter().any(|(id, _)| self.cast.is_lock(id))
    }

    pub fn has_stores(&self) -> bool {
        self.cast.iter().any(|(id, _)| self.cast.is_store(id))
    }

    pub fn has_clients(&self) -> bool {
        self.cast.iter().any(|(id, _)| self.cast.is_client(id))
    }

    /// Judges the effects at all stores together and, if there are several stores, at each alone.
    pub fn over_stores(&self, property: PropertyKind, rule: impl Fn(&[&'a Effect]) -> Finding) -> Vec<Verdict> {
        let mut verdicts = vec![rule(&self.all).about(property, None)];
        if self.by_store.len() > 1 {
            verdicts.extend(self.by_store.iter().map(|(store, effects)| rule(effects).about(property, Some(*store))));
        }
        verdicts
    }

    /// Judges each lock. With several, the one that went wrong first stands for the whole run.
    pub fn over_locks(&self, property: PropertyKind, rule: impl Fn(ParticipantId) -> Finding) -> Vec<Verdict> {
        let locks: Vec<_> = self.ledger.locks().collect();
        if let [lock] = locks[..] {
            return vec![rule(lock).about(property, None)];
        }
        let findings: Vec<_> = locks.into_iter().map(|lock| (lock, rule(lock))).collect();
        let mut verdicts = vec![together(&findings).about(property, None)];
        verdicts.extend(findings.into_iter().map(|(lock, finding)| finding.about(property, Some(lock))));
        verdicts
    }

    pub fn name(&self, id: ParticipantId) -> &'a str {
        self.cast.name(id)
    }

    /// "grant 2 (token 34)"
    pub fn grant(&self, grant: &Grant) -> String {
        format!("grant {} (token {})", grant.name.number, grant.token)
    }

    /// "A's write of grant 1 (token 33)"
    pub fn write_of(&self, effect: &Effect) -> String {
        match effect.grant.and_then(|name| self.ledger.grant(name)) {
            Some(grant) => format!("{}'s write of {}", self.name(effect.writer), self.grant(grant)),
            None => format!("{}'s write", self.name(effect.writer)),
        }
    }
}

/// The finding that went wrong first, or that none did.
fn together(findings: &[(ParticipantId, Finding)]) -> Finding {
    let worst =
        findings.iter().filter_map(|(_, finding)| Some((finding.first_bad()?, finding))).min_by_key(|(key, _)| *key);
    match (worst, findings.first()) {
        (Some((_, finding)), _) | (None, Some((_, finding))) => Finding {
            state: finding.state,
            events: finding.events.clone(),
            sentence: match worst {
                Some(_) => finding.sentence.clone(),
                None => format!("This was so at each of the {} locks.", findings.len()),
            },
        },
        (None, None) => Finding::held("There is no lock.".into()),
    }
}
