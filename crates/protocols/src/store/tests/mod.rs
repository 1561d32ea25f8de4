//! Each way to check, what comes between a check and its write, and what a crash leaves of a store.

mod checks;
mod disk;
mod stages;

use fencepost_sim::Disk;
use fencepost_vocabulary::{
    CheckMode, FencingToken, Message, Note, Refusal, RequestId, Sequence, Timer, Value, Version,
};

use super::{Holder, Store, StoreConfig};
use crate::Input;
use crate::seal::seal;
use crate::testing::*;
use fencepost_sim::ParticipantId;

fn store(check: CheckMode) -> Store {
    Store::new(StoreConfig::new(check))
}

fn announcement() -> Message {
    Message::Announce { request: RequestId(1), token: Some(FencingToken(34)) }
}

/// A client's write, which is its so-many-th under this token.
fn write(token: u64, sequence: u32) -> Message {
    Message::Write {
        request: RequestId(sequence),
        token: Some(FencingToken(token)),
        sequence: Sequence(sequence),
        value: Value::Number(token),
        base: None,
        seal: None,
    }
}

impl Store {
    fn does(&mut self, input: Input) -> Outcome {
        Outcome::of(|effects| self.handle(input, effects))
    }

    /// Sends a write and says why it was turned away, if it was.
    fn judges(&mut self, client: ParticipantId, token: u64, sequence: u32) -> Result<(), Refusal> {
        self.does(message(client, write(token, sequence))).verdict()
    }
}

impl Outcome {
    /// What the store said to a write.
    fn verdict(&self) -> Result<(), Refusal> {
        match &self.sent[..] {
            [(_, Message::Ok { .. })] => Ok(()),
            [(_, Message::Rejected { reason, .. })] => Err(*reason),
            other => panic!("one answer to one write, not {other:?}"),
        }
    }

    fn is_applied(&self) -> bool {
        self.notes.iter().any(|note| matches!(note, Note::Applied { .. }))
    }
}

/// Sends a write and says whether it was accepted.
fn accepts(store: &mut Store, client: ParticipantId, token: u64) -> bool {
    accepts_at(store, client, token, None, None)
}

fn accepts_at(store: &mut Store, client: ParticipantId, token: u64, base: Option<u64>, holder: Option<Holder>) -> bool {
    let message = Message::Write {
        request: RequestId(1),
        token: Some(FencingToken(token)),
        sequence: Sequence(1),
        value: Value::Number(token),
        base: base.map(Version),
        seal: None,
    };
    Outcome::of(|effects| store.serve(client, message, holder, effects)).verdict().is_ok()
}
