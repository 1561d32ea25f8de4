//! Whoever a sentence names: what the trace has of them, and for a lost update that the lost write was there to be lost.

use std::collections::BTreeMap;

use fencepost_lab::Run;
use fencepost_properties::{State, Verdict};
use fencepost_sim::{EventId, EventKind, ParticipantId};
use fencepost_vocabulary::{Event, Message, Note, PropertyKind, Version};

pub fn complaints(run: &Run) -> Vec<String> {
    let mut found = Vec::new();
    for verdict in run.verdicts.iter().filter(|verdict| matches!(verdict.state, State::Violated { .. })) {
        found.extend(verdict.events.iter().filter_map(|event| unnamed(run, verdict, run.trace.event(*event))));
    }
    let history = History::of(run);
    let updates = run.verdicts.iter().filter(|verdict| verdict.property == PropertyKind::NoLostUpdate);
    for verdict in updates.filter(|verdict| is_of_one(run, verdict)) {
        found.extend(of_update(run, verdict, &history));
    }
    found
}

/// Whether every store that a verdict speaks of stands alone, so that its own notes tell all that it ever held.
fn is_of_one(run: &Run, verdict: &Verdict) -> bool {
    match verdict.subject {
        Some(store) => run.cast.object(store).is_none(),
        None => !run.cast.ids().any(|id| run.cast.is_store(id) && run.cast.object(id).is_some()),
    }
}

/// A sentence that rests on a write names its writer and its moment.
fn unnamed(run: &Run, verdict: &Verdict, event: &Event) -> Option<String> {
    let EventKind::Noted(note) = &event.kind else { return None };
    let note = if let Note::For { note, .. } = note { note } else { note };
    let Note::Applied { client, .. } = note else { return None };
    let (sentence, name) = (&verdict.sentence, run.cast.name(*client));
    let is_named = sentence.contains(&format!("{name}'s")) || sentence.contains("its ");
    let is_dated = sentence.contains(&event.time.to_string());
    (!is_named || !is_dated).then(|| format!("{name}'s write of {} is not what is told of: {sentence:?}", event.time))
}

/// What a store that stands alone held before each write, write by write, and what each reader had seen of it.
struct History {
    /// For each write that was applied: those that stood in the store before, and those that its writer had read.
    before: BTreeMap<EventId, (Vec<Held>, Option<Vec<Held>>)>,
    /// The first update of each store that took away what its writer had not read.
    first_loss: BTreeMap<ParticipantId, (EventId, EventId)>,
}

/// A write in a store, with what all copies of it have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Held {
    applied: EventId,
    version: Version,
    write: Option<EventId>,
}

impl History {
    fn of(run: &Run) -> Self {
        let mut history = Self { before: BTreeMap::new(), first_loss: BTreeMap::new() };
        let mut held: BTreeMap<ParticipantId, Vec<Held>> = BTreeMap::new();
        let mut answers: BTreeMap<EventId, (Version, Vec<Held>)> = BTreeMap::new();
        let mut read: BTreeMap<(ParticipantId, ParticipantId, Version), Vec<Held>> = BTreeMap::new();
        for event in &run.trace.events {
            let here = event.participant;
            match &event.kind {
                EventKind::Noted(Note::Restored { version, .. }) => {
                    held.entry(here).or_default().retain(|write| write.version <= *version);
                }
                EventKind::Sent { message: Message::Value { version, .. }, .. } => {
                    answers.insert(event.id, (*version, held.get(&here).cloned().unwrap_or_default()));
                }
                EventKind::Delivered { from, message: Message::Value { .. } } => {
                    if let Some((version, state)) = event.cause.and_then(|sent| answers.get(&behind_copy(run, sent))) {
                        read.insert((here, *from, *version), state.clone());
                    }
                }
                EventKind::Noted(Note::Applied { client, version, base, .. }) => {
                    let sent = write_behind(run, event, *client);
                    let known = base.and_then(|base| read.get(&(*client, here, base)).cloned());
                    let state = held.entry(here).or_default();
                    history.note(here, event.id, (state.clone(), known), sent);
                    state.push(Held { applied: event.id, version: *version, write: sent });
                }
                _ => {}
            }
        }
        history
    }

    fn note(
        &mut self,
        store: ParticipantId,
        update: EventId,
        (state, known): (Vec<Held>, Option<Vec<Held>>),
        sent: Option<EventId>,
    ) {
        if let Some(known) = &known {
            let lost = state.iter().find(|write| !known.contains(write) && (sent.is_none() || write.write != sent));
            lost.into_iter().for_each(|lost| {
                self.first_loss.entry(store).or_insert((update, lost.applied));
            });
        }
        self.before.insert(update, (state, known));
    }
}

/// The sending of which this is a copy, or itself.
fn behind_copy(run: &Run, sent: EventId) -> EventId {
    match &run.trace.event(sent).kind {
        EventKind::Duplicated { .. } => run.trace.event(sent).cause.unwrap_or(sent),
        _ => sent,
    }
}

/// The sending of the write behind this, as far as causes tell. A store may have waited for its disk together with the
/// write of another, so it has to be one with this token and number.
fn write_behind(run: &Run, event: &Event, client: ParticipantId) -> Option<EventId> {
    let EventKind::Noted(Note::Applied { token: shown, sequence: number, .. }) = &event.kind else { return None };
    let is_it = |kind: &EventKind<_>| {
        matches!(kind, EventKind::Sent { message: Message::Write { token, sequence, .. }, .. }
            if (token, sequence) == (shown, number))
    };
    let mut current = event;
    for _ in 0..20 {
        current = run.trace.event(current.cause?);
        if current.participant == client && is_it(&current.kind) {
            return Some(current.id);
        }
    }
    None
}

/// The lost write was in the store when the update came, and not in what the update's writer had read; and where nothing
/// is said to be lost, nothing was.
fn of_update(run: &Run, verdict: &Verdict, history: &History) -> Option<String> {
    let stores = run.cast.ids().filter(|id| verdict.subject.is_none_or(|subject| subject == *id));
    let first = stores.filter_map(|store| history.first_loss.get(&store)).min();
    let told = match verdict.state {
        State::Violated { event, .. } => verdict.events.first().map(|lost| (event, *lost)),
        _ => None,
    };
    if told == first.copied() {
        return None;
    }
    // A retried write has several sendings, and which of them a read belongs to is more than this reading tells.
    let is_retried = told.is_none() && first.is_some_and(|(update, lost)| is_same_request(run, *update, *lost));
    let is_unknown =
        told.is_some_and(|(update, _)| history.before.get(&update).is_none_or(|(_, known)| known.is_none()));
    (!is_retried && !is_unknown).then(|| format!("{told:?} is told and {first:?} is so: {:?}", verdict.sentence))
}

/// Whether two effects are of one write that was sent twice.
fn is_same_request(run: &Run, one: EventId, other: EventId) -> bool {
    let request = |applied: EventId| {
        let event = run.trace.event(applied);
        let EventKind::Noted(Note::Applied { client, .. }) = &event.kind else { return None };
        match &run.trace.event(write_behind(run, event, *client)?).kind {
            EventKind::Sent { message: Message::Write { request, .. }, .. } => Some((*client, *request)),
            _ => None,
        }
    };
    request(one).is_some() && request(one) == request(other)
}
