//! The part of the pass over a trace that reads what else clients ask for and wait for: to read, to write, to announce, to
//! give a lock back, to claim a name. To ask for a lock has a book of its own.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Event, FencingToken, Message, RequestId};

use super::Moment;
use super::questions::Asked;
use super::reader::Reader;

impl Reader<'_> {
    /// Somebody asks for something.
    pub(super) fn requested(&mut self, event: &Event, to: ParticipantId, message: &Message) {
        let store = self.keepers.store(to);
        match message {
            Message::Read { request, .. } => self.asked(event, store, *request, Asked::Reading),
            Message::Write { request, .. } => self.asked(event, store, *request, Asked::Writing),
            Message::Announce { request, .. } => self.asked(event, store, *request, Asked::Announcing),
            Message::Release { token, request } => {
                self.asked(event, self.keepers.lock(to), numbered(*request, *token), Asked::Releasing);
            }
            Message::Claim { request, .. } => {
                let whom = self.requests.claimed_of(event.participant, *request).unwrap_or(to);
                self.asked(event, whom, *request, Asked::Claiming);
            }
            _ => {}
        }
    }

    /// An answer arrives; a no is one, too.
    pub(super) fn replied(&mut self, event: &Event, from: ParticipantId, message: &Message) {
        let (here, at, store) = (event.participant, Moment::of(event), self.keepers.store(from));
        match message {
            Message::Ok { request, .. } | Message::Value { request, .. } | Message::Announced { request, .. } => {
                self.requests.answered(here, store, *request, at);
            }
            Message::Claimed { request, .. } | Message::Rejected { request, .. } => {
                let whom = self.requests.claimed_of(here, *request).unwrap_or(store);
                self.requests.answered(here, whom, *request, at);
            }
            Message::Released { token, request } => {
                self.requests.answered(here, self.keepers.lock(from), numbered(*request, *token), at);
            }
            _ => {}
        }
    }
}

/// The number of a release. Where it has none its token tells it from every other.
fn numbered(request: Option<RequestId>, token: Option<FencingToken>) -> RequestId {
    request.unwrap_or(RequestId(u32::MAX - token.map_or(0, |token| token.0 as u32)))
}
