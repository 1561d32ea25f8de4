//! What a node of a pair does for its clients: passes on what they ask of the disk, if it is the active one, and brings
//! back the answer. It trusts its own mind about being active; the disk, if it compares tokens, may know better.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Departure, Message, Refusal, RequestId, Sequence};

use super::Twin;
use crate::{Effects, decline};

/// Who asked, and in which of its requests: where the answer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Asker {
    client: ParticipantId,
    request: RequestId,
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
            Message::Write { request, .. } | Message::Read { request, .. } if !self.active => {
                effects.send(from, Message::Rejected { request, reason: Refusal::NotActive });
            }
            message => self.forward(from, message, effects),
        }
    }

    /// Asks the disk in its own name and under its own epoch: whatever token the client has is not the pair's.
    fn forward(&mut self, client: ParticipantId, message: Message, effects: &mut Effects) {
        let Some(disk) = self.config.disk else { return decline(client, message, effects) };
        let token = Some(self.token());
        match message {
            Message::Write { request, value, base, .. } => {
                let own = self.ask(Asker { client, request });
                self.last = Sequence(self.last.0.saturating_add(1));
                let sequence = self.last;
                effects.send(disk, Message::Write { request: own, token, sequence, value, base, seal: None });
            }
            Message::Read { request, .. } => {
                let request = self.ask(Asker { client, request });
                effects.send(disk, Message::Read { request, token });
            }
            message => decline(client, message, effects),
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
        self.answer(own, |request| Message::Rejected { request, reason: passed_on }, effects);
    }
}
