//! How a client asks and waits: it asks again when its program says so, always under the same number, and gives up when
//! its program says so. Whom it asks, where several could answer, is in [`super::routing`].

use fencepost_sim::{LocalTime, ParticipantId};
use fencepost_vocabulary::{Message, Note, Timer};

use super::{Client, Patience, Retry, Waiting};
use crate::Effects;

impl Client {
    /// Asks somebody, or whoever answers for an object, for what it waits for from now on.
    pub(super) fn ask_and_wait(&mut self, to: ParticipantId, message: Message, now: LocalTime, effects: &mut Effects) {
        self.asked = Some((to, message));
        self.again = 0;
        self.ask_again(now, effects);
        self.wait_no_longer_than(effects);
    }

    /// Sets the end of its patience, if its program does.
    pub(super) fn wait_no_longer_than(&self, effects: &mut Effects) {
        if let Some(within) = self.patience().within {
            effects.set_timer(Timer::Within, within);
        }
    }

    /// Sends what it waits to be answered, the first time or once more, always with the same request number.
    pub(super) fn ask_again(&mut self, now: LocalTime, effects: &mut Effects) {
        let Some((to, message)) = self.asked.clone() else { return };
        if let Message::Acquire { .. } = message {
            self.asks(to, now);
        }
        self.send(to, message, now, effects);
        self.wait_for_an_answer(effects);
    }

    /// Sets the time of its next asking, if its program asks again.
    pub(super) fn wait_for_an_answer(&mut self, effects: &mut Effects) {
        if let Some(retry) = self.retry() {
            effects.set_timer(Timer::Retry, retry.after(self.again));
            self.again = retry.count(self.again);
        }
    }

    /// What it waited for has come, or nobody waits for it any more.
    pub(super) fn is_answered(&mut self, effects: &mut Effects) {
        self.asked = None;
        self.again = 0;
        effects.cancel_timer(Timer::Retry);
        effects.cancel_timer(Timer::Within);
    }

    /// It has waited as long as its program allows, and gives up. Whoever was asked knows nothing of it: a place in line
    /// is kept, a write may still land.
    pub(super) fn give_up_waiting(&mut self, now: LocalTime, effects: &mut Effects) {
        let Some(of) = self.waits_on() else { return };
        self.free_what_it_took(effects);
        effects.note(Note::Unanswered { of });
        self.end(Note::Stopped, now, effects);
    }

    /// Of whom it waits for an answer.
    pub(super) fn waits_on(&self) -> Option<ParticipantId> {
        match &self.waiting {
            Waiting::Grant { lock: of, .. }
            | Waiting::Answer { of, .. }
            | Waiting::Claimed { registry: of, .. }
            | Waiting::Released { lock: of, .. }
            | Waiting::NextAttempt { lock: of } => Some(*of),
            Waiting::Keys(attempt) => Some(attempt.lock()),
            Waiting::Round(round) => Some(round.register()),
            Waiting::Begin | Waiting::Step | Waiting::Work | Waiting::Nothing => None,
        }
    }

    /// How long the step that it is in waits for its answer.
    fn patience(&self) -> Patience {
        let step = self.next.checked_sub(1).filter(|_| self.waits_on().is_some());
        step.and_then(|step| self.config.patience.get(&step)).copied().unwrap_or_default()
    }

    /// When it asks again for the answer it waits for.
    pub(super) fn retry(&self) -> Option<Retry> {
        self.patience().retry
    }
}
