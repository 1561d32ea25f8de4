//! The rules G1 to G9 and the switches, each by itself, at the moments where they matter.

mod crashes;
mod disk;
mod rules;

use fencepost_sim::Now;
use fencepost_vocabulary::{FencingToken, Message, Note, RequestId};

use super::{LeaseLock, LockConfig};
use crate::testing::*;
use fencepost_sim::ParticipantId;

/// A lock service with a lease of ten seconds whose first token is 33.
fn config() -> LockConfig {
    LockConfig { lease: Some(millis(10_000)), first_token: FencingToken(33), ..LockConfig::default() }
}

impl LeaseLock {
    fn says(&mut self, input: crate::Input, now: Now) -> Outcome {
        Outcome::of(|effects| self.handle(input, now, effects))
    }

    fn asked(&mut self, client: ParticipantId, request: u32, now: Now) -> Outcome {
        self.says(message(client, Message::Acquire { request: RequestId(request) }), now)
    }

    fn renewed(&mut self, client: ParticipantId, token: u64, now: Now) -> bool {
        let renewal = Message::Renew { token: FencingToken(token), sent: now.mono };
        let said = self.says(message(client, renewal), now);
        said.says(client, |it| matches!(it, Message::Renewed { token: it, .. } if it.0 == token))
    }

    fn released(&mut self, client: ParticipantId, token: u64, now: Now) -> Outcome {
        self.says(message(client, Message::Release { token: Some(FencingToken(token)), request: None }), now)
    }

    /// Whether this token is the holder's now.
    fn vouches(&mut self, token: u64, now: Now) -> bool {
        let question = Message::Ask { request: RequestId(1), token: Some(FencingToken(token)) };
        let said = self.says(message(C, question), now);
        said.says(C, |it| matches!(it, Message::Standing { valid: true, .. }))
    }
}

impl Outcome {
    /// The token that was granted to somebody, anew or once more.
    fn granted(&self, client: ParticipantId) -> Option<u64> {
        self.sent.iter().find_map(|(to, message)| match message {
            Message::Granted { token, .. } if *to == client => Some(token.0),
            _ => None,
        })
    }

    fn noted(&self, is_it: impl Fn(&Note) -> bool) -> bool {
        self.notes.iter().any(is_it)
    }
}
