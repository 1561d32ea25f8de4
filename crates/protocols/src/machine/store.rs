//! The replicated store: the checks are those of the store that stands alone, and no request is carried out twice.

use std::collections::BTreeMap;

use fencepost_sim::{Effect, ParticipantId};
use fencepost_vocabulary::{CheckMode, Message, RequestId};

use super::watch::Ask;
use super::{StoreRules, Telling};
use crate::Effects;
use crate::store::{Holder, Store, StoreConfig};

/// A store in a log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shelf {
    object: ParticipantId,
    store: Store,
    check: CheckMode,
    /// What was done, and how it was answered. A no is not among it: who was told to send something else first sends
    /// this again under the same number.
    done: BTreeMap<Ask, Message>,
}

impl Shelf {
    /// An empty store.
    pub fn new(object: ParticipantId, rules: StoreRules) -> Self {
        Self { object, store: Store::new(StoreConfig::new(rules.check)), check: rules.check, done: BTreeMap::new() }
    }

    /// How it checks writes.
    pub fn check(&self) -> CheckMode {
        self.check
    }

    /// Does what somebody asked for, once.
    pub fn serve(&mut self, from: ParticipantId, message: &Message, holder: Option<Holder>, telling: &mut Telling<'_>) {
        let request = number(message);
        if let Some(answer) = request.and_then(|request| self.done.get(&(from, request))) {
            return telling.send(from, answer.clone());
        }
        let mut effects = Effects::default();
        self.store.serve(from, message.clone(), holder, &mut effects);
        for effect in effects.drain() {
            match effect {
                Effect::Send { to, message } => {
                    if let Message::Ok { request, .. } | Message::Announced { request, .. } = message {
                        self.done.insert((to, request), message.clone());
                    }
                    telling.send(to, message);
                }
                Effect::Note(note) => telling.note(self.object, note),
                // Its disk is the log, and it never waits.
                Effect::SetTimer { .. } | Effect::CancelTimer(_) | Effect::Step(_) | Effect::DropSteps => {}
            }
        }
    }

    /// Tells what it holds.
    pub fn show(&self, to: ParticipantId, request: RequestId, effects: &mut Effects) {
        self.store.show(to, request, effects);
    }
}

/// The number of a request that changes something.
fn number(message: &Message) -> Option<RequestId> {
    match message {
        Message::Write { request, .. } | Message::Announce { request, .. } => Some(*request),
        _ => None,
    }
}
