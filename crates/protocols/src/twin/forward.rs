//! What a node of a pair does for its clients: passes on what they ask of the disk, if it is the active one, and brings
//! back the answer. It trusts its own mind about being active; the disk, if it compares tokens, may know better.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Departure, FencingToken, Message, Note, Refusal, RequestId, Sequence};

use super::Twin;
use crate::{Effects, decline};

/// Who asked, and in which of its requests: where the answer goes. What it showed is for the observers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Asker {
    client: ParticipantId,
    request: RequestId,
    token: Option<FencingToken>,
    sequence: Sequence,
}

impl Twin {
    /// A request of a client, or an answer of the disk.
    pub(super) fn serve(&mut self, from: ParticipantId, message: Message, effects: &mut Effects) {
        let is_answer = Some(from) == self.config.disk;
        match message {
            Message::Ok { request, version } if is_answer => {
                self.answer(request, |request| Message::Ok { request, version }, effects);
            }
            Message::Value { request, value, version } if is_answer => {
                self.answer(request, |request| Message::Value { request, value, version }, effects);
            }
            Message::Rejected { request, reason } if is_answer => self.rejected(request, reason, effects),
            message => match asker(from, &message) {
                Some(asker) if !self.active => turn_away(asker, Refusal::NotActive, effects),
                Some(asker) => self.forward(asker, message, effects),
                None => decline(from, message, effects),
            },
        }
    }

    /// Asks the disk in its own name and under its own epoch: whatever token the client has is not the pair's.
    fn forward(&mut self, asker: Asker, message: Message, effects: &mut Effects) {
        let Some(disk) = self.config.disk else { return decline(asker.client, message, effects) };
        let (request, token) = (self.ask(asker), Some(self.token()));
        if let Message::Write { value, base, .. } = message {
            self.last = Sequence(self.last.0.saturating_add(1));
            effects.send(disk, Message::Write { request, token, sequence: self.last, value, base, seal: None });
        } else {
            effects.send(disk, Message::Read { request, token });
        }
    }

    fn ask(&mut self, asker: Asker) -> RequestId {
        let request = self.next_request();
        self.pending.insert(request, asker);
        request
    }

    fn answer(&mut self, own: RequestId, answer: impl Fn(RequestId) -> Message, effects: &mut Effects) {
        if let Some(asker) = self.pending.remove(&own) {
            effects.send(asker.client, answer(asker.request));
        }
    }

    /// The disk says no. If it has seen a higher epoch, the other took over, and this node learns it here.
    fn rejected(&mut self, own: RequestId, reason: Refusal, effects: &mut Effects) {
        let mut passed_on = reason;
        if let Refusal::Stale { highest } = reason {
            if highest > self.token() {
                self.step_down(Departure::Fenced, effects);
                self.epoch = highest.0;
            }
            passed_on = Refusal::NotActive;
        }
        if let Some(asker) = self.pending.remove(&own) {
            turn_away(asker, passed_on, effects);
        }
    }
}

/// Who asks to read or to write; nothing else is asked of a pair.
fn asker(client: ParticipantId, message: &Message) -> Option<Asker> {
    match *message {
        Message::Write { request, token, sequence, .. } => Some(Asker { client, request, token, sequence }),
        Message::Read { request, token } => Some(Asker { client, request, token, sequence: Sequence(0) }),
        _ => None,
    }
}

fn turn_away(asker: Asker, reason: Refusal, effects: &mut Effects) {
    let Asker { client, request, token, sequence } = asker;
    effects.note(Note::TurnedAway { client, token, sequence, reason });
    effects.send(client, Message::Rejected { request, reason });
}
