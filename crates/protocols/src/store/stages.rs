//! What comes between the arrival of a write and its end where that is not one step: a question to the lock service, a
//! worker that applies what another step has checked.

use fencepost_sim::{Duration, ParticipantId};
use fencepost_vocabulary::{CheckMode, Message, Note, Refusal, RequestId, Timer};

use super::{Holder, Job, Store, Write, turn_away};
use crate::Effects;

/// How long a worker takes from the check to the write, if nothing holds it up.
const GAP: Duration = Duration::from_millis(1);

impl Store {
    /// A write has arrived.
    pub(super) fn write(&mut self, write: Write, holder: Option<Holder>, effects: &mut Effects) {
        if self.config.check == CheckMode::AskFirst {
            self.ask(write, effects);
        } else {
            self.take(write, holder, effects);
        }
    }

    /// Nobody needs to be asked, or whoever was asked has vouched.
    fn take(&mut self, write: Write, holder: Option<Holder>, effects: &mut Effects) {
        if !self.config.nonatomic {
            return self.commit(Job::Write { write, checked: false }, holder, effects);
        }
        if let Err(reason) = self.check(&write, holder) {
            return turn_away(write.from, write.token, write.sequence, reason, effects);
        }
        let busy = &self.workers;
        let worker = (1..).find(|worker| !busy.contains_key(worker)).unwrap_or(u32::MAX);
        effects.note(Note::Checking { client: write.from.client, token: write.token, worker });
        effects.set_timer(Timer::Apply(worker), GAP);
        self.workers.insert(worker, write);
    }

    /// A worker applies what was checked when its write arrived, whatever has happened since.
    pub(crate) fn apply_checked(&mut self, worker: u32, effects: &mut Effects) {
        if let Some(write) = self.workers.remove(&worker) {
            self.commit(Job::Write { write, checked: true }, None, effects);
        }
    }

    fn ask(&mut self, write: Write, effects: &mut Effects) {
        let question = match (write.token, self.config.asks) {
            (Some(token), Some(lock)) => Ok((token, lock)),
            (None, _) => Err(Refusal::NoToken),
            (_, None) => Err(Refusal::NotVouched),
        };
        match question {
            Ok((token, lock)) => {
                self.questions += 1;
                let request = RequestId(self.questions);
                self.asking.insert(request, write);
                effects.send(lock, Message::Ask { request, token: Some(token) });
            }
            Err(reason) => turn_away(write.from, write.token, write.sequence, reason, effects),
        }
    }

    /// The lock service has answered. What it says was true when it said so.
    pub(super) fn vouched(&mut self, from: ParticipantId, request: RequestId, valid: bool, effects: &mut Effects) {
        if self.config.asks != Some(from) {
            return;
        }
        let Some(write) = self.asking.remove(&request) else { return };
        if valid {
            self.take(write, None, effects);
        } else {
            turn_away(write.from, write.token, write.sequence, Refusal::NotVouched, effects);
        }
    }
}
