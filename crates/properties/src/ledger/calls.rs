//! What clients did with registers and stores, each from the moment it asked to the moment it had the answer. From these
//! alone the order of all is judged; what went on inside is nobody's business.

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{FencingToken, Operation, RequestId, Value};

use super::Moment;

/// A read or a write, with all its repetitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Who asked.
    pub client: ParticipantId,
    /// Of what: a register, a store.
    pub object: ParticipantId,
    /// Which of its requests it is.
    pub request: RequestId,
    /// What it asked for.
    pub what: Operation,
    /// When it began.
    pub began: Moment,
    /// When its client had the answer.
    pub ended: Option<Moment>,
    /// What it read.
    pub read: Option<Value>,
    /// Whether the answer was no, and so nothing was done.
    pub refused: bool,
}

/// A client gives a lock back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Giveback {
    /// Who.
    pub client: ParticipantId,
    /// Which lock.
    pub lock: ParticipantId,
    /// Under which token.
    pub token: FencingToken,
    /// When it said so.
    pub at: Moment,
}

/// Builds the list of calls while a trace is read.
#[derive(Default)]
pub(super) struct CallBook {
    pub calls: Vec<Call>,
    pub givebacks: Vec<Giveback>,
    index: BTreeMap<(ParticipantId, ParticipantId, RequestId), usize>,
}

impl CallBook {
    /// A call that is repeated, or that its client tells of beside sending it, began when it did so first.
    pub fn began(
        &mut self,
        client: ParticipantId,
        object: ParticipantId,
        request: RequestId,
        what: Operation,
        began: Moment,
    ) {
        let key = (client, object, request);
        if !self.index.contains_key(&key) {
            self.index.insert(key, self.calls.len());
            self.calls.push(Call { client, object, request, what, began, ended: None, read: None, refused: false });
        }
    }

    pub fn ended(
        &mut self,
        client: ParticipantId,
        object: ParticipantId,
        request: RequestId,
        read: Option<Value>,
        at: Moment,
    ) {
        if let Some(call) = self.open(client, object, request) {
            (call.ended, call.read) = (Some(at), read);
        }
    }

    pub fn refused(&mut self, client: ParticipantId, object: ParticipantId, request: RequestId, at: Moment) {
        if let Some(call) = self.open(client, object, request) {
            (call.ended, call.refused) = (Some(at), true);
        }
    }

    /// Whether nobody has answered this yet.
    pub fn is_open(&self, client: ParticipantId, object: ParticipantId, request: RequestId) -> bool {
        let call = self.index.get(&(client, object, request)).and_then(|place| self.calls.get(*place));
        call.is_some_and(|call| call.ended.is_none())
    }

    fn open(&mut self, client: ParticipantId, object: ParticipantId, request: RequestId) -> Option<&mut Call> {
        let place = self.index.get(&(client, object, request))?;
        self.calls.get_mut(*place).filter(|call| call.ended.is_none())
    }

    /// A client with a new life numbers its requests as its disk lets it; nothing it asks now repeats an old request.
    pub fn reborn(&mut self, client: ParticipantId) {
        self.index.retain(|(asker, ..), _| *asker != client);
    }
}
