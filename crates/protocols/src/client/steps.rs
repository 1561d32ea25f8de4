//! How a client carries out the steps of its program.

use std::sync::Arc;

use fencepost_sim::{Duration, LocalTime, ParticipantId};
use fencepost_vocabulary::{
    Departure, FencingToken, Message, NameId, Note, Operation, Outside, RequestId, Sequence, Step, Timer, Value,
    Version,
};

use super::{Client, Instruction, Unanswered, Waiting, WriteValue};
use crate::Effects;

impl Client {
    pub(super) fn step(&mut self, step: Step, now: LocalTime, effects: &mut Effects) {
        debug_assert_eq!(self.waiting, Waiting::Step, "a program that has ended takes no step");
        let config = Arc::clone(&self.config);
        let Some(instruction) = config.program.get(self.next) else {
            debug_assert_eq!(step, Step::Finish);
            return self.end(Note::Finished, now, effects);
        };
        if let (Some(object), Some(node)) = (instruction.of(), config.at.get(&self.next)) {
            self.turn_to(object, *node);
        }
        self.next += 1;
        if self.turns_to_many(instruction, now, effects) {
            return;
        }
        match *instruction {
            Instruction::Acquire { lock } => self.acquire(lock, now, effects),
            Instruction::Check { margin } => self.check(margin, now, effects),
            Instruction::Work(length) => self.work(length, effects),
            Instruction::Read { store } => self.ask_value(store, now, effects),
            Instruction::Write { store, value, wait, token } => self.write(store, (value, token), wait, now, effects),
            Instruction::Announce { store } => self.announce(store, now, effects),
            Instruction::Release { lock } => self.release(lock, now, effects),
            Instruction::Ask { lock } => self.ask(lock, now, effects),
            Instruction::Effect(what) => self.act(what, effects),
            Instruction::Claim { registry, name } => self.claim(registry, name, now, effects),
            Instruction::Ping { to } => {
                let request = self.next_request();
                self.waiting = Waiting::Answer { of: to, request };
                self.ask_and_wait(to, Message::Ping { request }, now, effects);
            }
        }
    }

    fn acquire(&mut self, lock: ParticipantId, now: LocalTime, effects: &mut Effects) {
        let request = self.next_request();
        self.waiting = Waiting::Grant { lock, request, sent: now };
        self.asks_anew();
        self.ask_and_wait(lock, Message::Acquire { request }, now, effects);
    }

    /// The number of the next request to anyone.
    pub(super) fn next_request(&mut self) -> RequestId {
        self.requests += 1;
        RequestId(self.requests)
    }

    fn claim(&mut self, registry: ParticipantId, name: NameId, now: LocalTime, effects: &mut Effects) {
        let request = self.next_request();
        self.waiting = Waiting::Claimed { registry, request, name };
        self.ask_and_wait(registry, Message::Claim { request, name }, now, effects);
    }

    /// The self-check: goes on only if more than `margin` of the newest lease is left on its own clock.
    fn check(&mut self, margin: Duration, now: LocalTime, effects: &mut Effects) {
        let Some(holding) = self.beliefs.newest().cloned() else {
            return self.end(Note::Stopped, now, effects);
        };
        let passed = holding.until.is_none_or(|until| now + margin < until);
        effects.note(Note::Checked { lock: holding.lock, passed });
        if passed {
            self.proceed(effects);
        } else {
            self.leave(&holding, Departure::Lost, effects);
            self.end(Note::Stopped, now, effects);
        }
    }

    fn work(&mut self, length: Duration, effects: &mut Effects) {
        if length == Duration::ZERO {
            return self.proceed(effects);
        }
        self.waiting = Waiting::Work;
        effects.set_timer(Timer::Work, length);
    }

    fn ask_value(&mut self, store: ParticipantId, now: LocalTime, effects: &mut Effects) {
        let request = self.next_request();
        self.waiting = Waiting::Answer { of: store, request };
        self.begins(store, request, Operation::Read, effects);
        self.ask_and_wait(store, Message::Read { request, token: self.beliefs.newest_token() }, now, effects);
    }

    fn write(
        &mut self,
        store: ParticipantId,
        (value, invented): (WriteValue, Option<FencingToken>),
        wait: bool,
        now: LocalTime,
        effects: &mut Effects,
    ) {
        self.writes += 1;
        let (value, base) = self.compute(store, value);
        let sequence = self.number_write(store, invented);
        let (request, held) = (self.next_request(), self.beliefs.newest());
        let (token, seal) = match invented {
            Some(token) => (Some(token), None),
            None => (held.map(|held| held.token), held.and_then(|held| held.seal)),
        };
        if let Some(token) = invented {
            effects.note(Note::Forged { token });
        }
        let message = Message::Write { request, token, sequence, value, base, seal };
        self.unanswered.insert(request, Unanswered { store, sequence, message: message.clone() });
        self.begins(store, request, Operation::Write(value), effects);
        if wait {
            self.waiting = Waiting::Answer { of: store, request };
            self.ask_and_wait(store, message, now, effects);
        } else {
            self.send(store, message, now, effects);
            self.proceed(effects);
        }
    }

    /// The number of a write under its grant, or under the token it makes up.
    fn number_write(&mut self, store: ParticipantId, invented: Option<FencingToken>) -> Sequence {
        match invented {
            Some(token) => {
                let count = self.invented.entry(token).or_default();
                *count += 1;
                Sequence(*count)
            }
            None => self.beliefs.next_sequence(self.counts_alone(store).then_some(store)),
        }
    }

    pub(super) fn counts_alone(&self, store: ParticipantId) -> bool {
        self.config.counting_stores.contains(&store)
    }

    pub(super) fn compute(&self, store: ParticipantId, value: WriteValue) -> (Value, Option<Version>) {
        match value {
            WriteValue::Own => (Value::By { writer: self.id, ordinal: self.writes }, None),
            WriteValue::ReadPlus(step) => {
                let read = self.read.get(&store);
                let number = read.map_or(0, |(value, _)| value.as_number());
                (Value::Number(number.saturating_add(step)), read.map(|(_, version)| *version))
            }
        }
    }

    fn announce(&mut self, store: ParticipantId, now: LocalTime, effects: &mut Effects) {
        let (request, token) = (self.next_request(), self.beliefs.newest_token());
        self.waiting = Waiting::Answer { of: store, request };
        self.ask_and_wait(store, Message::Announce { request, token }, now, effects);
    }

    /// Gives a lock back. From this moment on the client no longer believes that it holds it. Who holds none says so all
    /// the same, without a token: an operator who frees the lock of another, or a program that unlocks twice.
    fn release(&mut self, lock: ParticipantId, now: LocalTime, effects: &mut Effects) {
        let held = self.beliefs.of(lock).cloned();
        if let Some(holding) = &held {
            self.leave(holding, Departure::Released, effects);
        }
        let token = held.map(|holding| holding.token);
        let request = (token.is_none() || self.is_led(lock)).then(|| self.next_request());
        self.waiting = Waiting::Released { lock, token, request };
        self.ask_and_wait(lock, Message::Release { token, request }, now, effects);
    }

    /// Asks whether it still holds the lock. Who holds none asks all the same, and hears that it does not.
    fn ask(&mut self, lock: ParticipantId, now: LocalTime, effects: &mut Effects) {
        let (request, token) = (self.next_request(), self.beliefs.of(lock).map(|holding| holding.token));
        self.waiting = Waiting::Answer { of: lock, request };
        self.ask_and_wait(lock, Message::Ask { request, token }, now, effects);
    }

    /// Does something that no store sees and nobody can take back.
    fn act(&mut self, what: Outside, effects: &mut Effects) {
        let grant = self.beliefs.newest().map(|holding| (holding.lock, holding.token));
        effects.note(Note::Acted { what, grant });
        self.proceed(effects);
    }

    pub(super) fn renew(&mut self, now: LocalTime, effects: &mut Effects) {
        let (Some(holding), Some(every)) = (self.beliefs.newest(), self.config.renew_every) else { return };
        let (lock, token) = (holding.lock, holding.token);
        if !self.is_of_keys(lock) {
            self.renews(lock);
            self.send(lock, Message::Renew { token, sent: now }, now, effects);
        }
        effects.set_timer(Timer::Renew, every);
    }
}
