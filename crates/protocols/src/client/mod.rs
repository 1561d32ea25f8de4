//! A client (semantics 1.8): runs a program step by step, and keeps to itself what it believes about its locks.
//!
//! Between any two steps a fault can strike; in particular between looking at the clock and acting on what it showed.
//! A client looks at its clock only where its program says so, and learns of an ended lease only then, or from a
//! refusal. What it believes is in [`belief`], what its program can say in [`program`].

mod belief;
mod program;

pub use program::{ClientConfig, Instruction, WriteValue};

use std::collections::BTreeMap;
use std::sync::Arc;

use fencepost_sim::{Duration, LocalTime, ParticipantId};
use fencepost_vocabulary::{Departure, FencingToken, Message, Note, Refusal, RequestId, Step, Timer, Value, Version};

use crate::{Effects, Input};
use belief::{Beliefs, Holding};

/// A client at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client {
    id: ParticipantId,
    config: Arc<ClientConfig>,
    /// The instruction to take next.
    next: usize,
    waiting: Waiting,
    beliefs: Beliefs,
    requests: u32,
    writes: u32,
    /// What it last read of each store.
    read: BTreeMap<ParticipantId, (Value, Version)>,
}

/// What a client waits for before it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Waiting {
    /// The time of its first step.
    Begin,
    /// The step it has asked the kernel for.
    Step,
    /// The answer to its acquire, first sent at `sent` on its own clock.
    Grant { lock: ParticipantId, request: RequestId, sent: LocalTime, retry: Option<Duration> },
    /// The end of a stretch of work.
    Work,
    /// A store's answer to a write, a read or an announcement.
    Answer { store: ParticipantId, request: RequestId },
    /// The answer to a release.
    Released { lock: ParticipantId, token: FencingToken },
    /// Nothing: its program is done, or it has given up.
    Nothing,
}

impl Client {
    /// A client that has not begun.
    pub fn new(id: ParticipantId, config: ClientConfig) -> Self {
        Self {
            id,
            config: Arc::new(config),
            next: 0,
            waiting: Waiting::Begin,
            beliefs: Beliefs::default(),
            requests: 0,
            writes: 0,
            read: BTreeMap::new(),
        }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, now: LocalTime, effects: &mut Effects) {
        match input {
            Input::Start if self.config.begins_after == Duration::ZERO => self.proceed(effects),
            Input::Start => effects.set_timer(Timer::Begin, self.config.begins_after),
            Input::Timer(timer) => self.timer(timer, now, effects),
            Input::Step(step) => self.step(step, now, effects),
            Input::Message { from, message } => self.message(from, message, now, effects),
        }
    }

    /// Asks for the next step of the program; a fault can strike before it comes.
    fn proceed(&mut self, effects: &mut Effects) {
        self.waiting = Waiting::Step;
        effects.step(self.config.program.get(self.next).map_or(Step::Finish, Instruction::step));
    }

    fn timer(&mut self, timer: Timer, now: LocalTime, effects: &mut Effects) {
        match timer {
            Timer::Begin if self.waiting == Waiting::Begin => self.proceed(effects),
            Timer::Work if self.waiting == Waiting::Work => self.proceed(effects),
            Timer::Retry => self.ask_again(effects),
            Timer::Renew => self.renew(now, effects),
            Timer::LeaseOver => self.outlive(now, effects),
            _ => {}
        }
    }

    fn step(&mut self, step: Step, now: LocalTime, effects: &mut Effects) {
        // A refusal that came in between has ended the program.
        if self.waiting != Waiting::Step {
            return;
        }
        let config = Arc::clone(&self.config);
        let Some(instruction) = config.program.get(self.next) else {
            debug_assert_eq!(step, Step::Finish);
            return self.end(Note::Finished, now, effects);
        };
        self.next += 1;
        match *instruction {
            Instruction::Acquire { lock, retry } => self.acquire(lock, retry, now, effects),
            Instruction::Check { margin } => self.check(margin, now, effects),
            Instruction::Work(length) => self.work(length, effects),
            Instruction::Read { store } => self.ask_value(store, effects),
            Instruction::Write { store, value, wait } => self.write(store, value, wait, effects),
            Instruction::Announce { store } => self.announce(store, effects),
            Instruction::Release { lock } => self.release(lock, effects),
        }
    }

    fn acquire(&mut self, lock: ParticipantId, retry: Option<Duration>, now: LocalTime, effects: &mut Effects) {
        let request = self.next_request();
        self.waiting = Waiting::Grant { lock, request, sent: now, retry };
        self.ask_again(effects);
    }

    /// The number of the next request to anyone.
    fn next_request(&mut self) -> RequestId {
        self.requests += 1;
        RequestId(self.requests)
    }

    /// Sends the acquire it waits for, the first time or once more, always with the same request number.
    fn ask_again(&self, effects: &mut Effects) {
        let Waiting::Grant { lock, request, retry, .. } = self.waiting else { return };
        effects.send(lock, Message::Acquire { request });
        if let Some(retry) = retry {
            effects.set_timer(Timer::Retry, retry);
        }
    }

    /// The self-check: goes on only if more than `margin` of the newest lease is left on its own clock.
    fn check(&mut self, margin: Duration, now: LocalTime, effects: &mut Effects) {
        let Some(holding) = self.beliefs.newest().copied() else {
            return self.end(Note::Stopped, now, effects);
        };
        let passed = holding.until.is_none_or(|until| now + margin < until);
        effects.note(Note::Checked { lock: holding.lock, passed });
        if passed {
            self.proceed(effects);
        } else {
            self.leave(holding, Departure::Lost, effects);
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

    fn ask_value(&mut self, store: ParticipantId, effects: &mut Effects) {
        let request = self.next_request();
        self.waiting = Waiting::Answer { store, request };
        effects.send(store, Message::Read { request, token: self.beliefs.newest_token() });
    }

    fn write(&mut self, store: ParticipantId, value: WriteValue, wait: bool, effects: &mut Effects) {
        self.writes += 1;
        let (value, base) = self.compute(store, value);
        let sequence = self.beliefs.next_sequence();
        let (request, token) = (self.next_request(), self.beliefs.newest_token());
        effects.send(store, Message::Write { request, token, sequence, value, base, seal: None });
        if wait {
            self.waiting = Waiting::Answer { store, request };
        } else {
            self.proceed(effects);
        }
    }

    fn compute(&self, store: ParticipantId, value: WriteValue) -> (Value, Option<Version>) {
        match value {
            WriteValue::Own => (Value::By { writer: self.id, ordinal: self.writes }, None),
            WriteValue::ReadPlus(step) => {
                let read = self.read.get(&store);
                let number = read.map_or(0, |(value, _)| value.as_number());
                (Value::Number(number.saturating_add(step)), read.map(|(_, version)| *version))
            }
        }
    }

    fn announce(&mut self, store: ParticipantId, effects: &mut Effects) {
        match self.beliefs.newest_token() {
            Some(token) => {
                let request = self.next_request();
                self.waiting = Waiting::Answer { store, request };
                effects.send(store, Message::Announce { request, token });
            }
            // Nothing to announce.
            None => self.proceed(effects),
        }
    }

    /// Gives a lock back. From this moment on the client no longer believes that it holds it.
    fn release(&mut self, lock: ParticipantId, effects: &mut Effects) {
        let Some(holding) = self.beliefs.of(lock).copied() else { return self.proceed(effects) };
        self.leave(holding, Departure::Released, effects);
        self.waiting = Waiting::Released { lock, token: holding.token };
        effects.send(lock, Message::Release { token: holding.token });
    }

    fn message(&mut self, from: ParticipantId, message: Message, now: LocalTime, effects: &mut Effects) {
        match message {
            Message::Granted { request, token, waited, lease, .. } => {
                self.granted(from, request, token, lease.map(|lease| waited + lease), effects);
            }
            Message::Renewed { token, sent, lease } => {
                self.renewed(from, token, lease.map(|lease| sent + lease), effects)
            }
            Message::Refused { token, .. } => self.refused(from, token, now, effects),
            Message::Ok { request, .. } | Message::Announced { request, .. } => self.answered(from, request, effects),
            Message::Value { request, value, version } => {
                if self.awaits(from, request) {
                    self.read.insert(from, (value, version));
                }
                self.answered(from, request, effects);
            }
            Message::Released { token } if self.waiting == (Waiting::Released { lock: from, token }) => {
                self.proceed(effects);
            }
            Message::Rejected { request, reason } => self.rejected(from, request, reason, now, effects),
            // Answers it no longer waits for, and requests, which are not for a client.
            _ => {}
        }
    }

    fn awaits(&self, store: ParticipantId, request: RequestId) -> bool {
        self.waiting == (Waiting::Answer { store, request })
    }

    /// Goes on if this is the answer it waits for. An answer that comes twice, or late, is for nobody.
    fn answered(&mut self, store: ParticipantId, request: RequestId, effects: &mut Effects) {
        if self.awaits(store, request) {
            self.proceed(effects);
        }
    }

    /// Becomes a holder. The lease is counted from when it first *asked*, plus the time it stood in line: counted from
    /// the reply it would end too late, counted from the request alone a queued grant would be dead on arrival.
    fn granted(
        &mut self,
        lock: ParticipantId,
        request: RequestId,
        token: FencingToken,
        after_asking: Option<Duration>,
        effects: &mut Effects,
    ) {
        let Waiting::Grant { lock: asked, request: awaited, sent, .. } = self.waiting else { return };
        if (asked, awaited) != (lock, request) {
            return;
        }
        let until = after_asking.map(|length| sent + length);
        effects.cancel_timer(Timer::Retry);
        effects.note(Note::Holds { lock, request, token, until });
        self.beliefs.hold(lock, request, token, until);
        if let Some(every) = self.config.renew_every {
            effects.set_timer(Timer::Renew, every);
        }
        self.proceed(effects);
    }

    fn renew(&self, now: LocalTime, effects: &mut Effects) {
        let (Some(holding), Some(every)) = (self.beliefs.newest(), self.config.renew_every) else { return };
        effects.send(holding.lock, Message::Renew { token: holding.token, sent: now });
        effects.set_timer(Timer::Renew, every);
    }

    fn renewed(&mut self, lock: ParticipantId, token: FencingToken, until: Option<LocalTime>, effects: &mut Effects) {
        if self.beliefs.extend(lock, token, until) {
            effects.note(Note::HoldsLonger { lock, token, until });
        }
    }

    /// A lock service says no: the lock is lost, or was never to be had.
    fn refused(&mut self, lock: ParticipantId, token: Option<FencingToken>, now: LocalTime, effects: &mut Effects) {
        match token {
            Some(token) => {
                let Some(holding) = self.beliefs.of(lock).copied().filter(|holding| holding.token == token) else {
                    return;
                };
                self.leave(holding, Departure::Lost, effects);
                self.end(Note::Stopped, now, effects);
            }
            None if matches!(self.waiting, Waiting::Grant { lock: asked, .. } if asked == lock) => {
                self.end(Note::Stopped, now, effects);
            }
            None => {}
        }
    }

    /// A store says no. A newer holder exists, or the write was computed from something gone: either way, stop. Never
    /// try again with the same token. A no to what was asked under an earlier grant no longer matters.
    fn rejected(
        &mut self,
        store: ParticipantId,
        request: RequestId,
        reason: Refusal,
        now: LocalTime,
        effects: &mut Effects,
    ) {
        if reason == Refusal::NoAnnouncements {
            return self.answered(store, request, effects);
        }
        if !self.beliefs.is_current(request) {
            return;
        }
        if let Some(holding) = self.beliefs.newest().copied().filter(|holding| is_fenced_off(holding, reason)) {
            self.leave(holding, Departure::Fenced, effects);
        }
        if self.waiting != Waiting::Nothing {
            self.end(Note::Stopped, now, effects);
        }
    }

    fn leave(&mut self, holding: Holding, departure: Departure, effects: &mut Effects) {
        self.beliefs.leave(holding.lock);
        effects.note(Note::Left { lock: holding.lock, token: holding.token, departure });
    }

    /// The program is over. What the client still believes about its locks lasts until its own clock says otherwise.
    fn end(&mut self, note: Note, now: LocalTime, effects: &mut Effects) {
        self.waiting = Waiting::Nothing;
        for timer in [Timer::Work, Timer::Retry, Timer::Renew] {
            effects.cancel_timer(timer);
        }
        effects.note(note);
        self.outlive(now, effects);
    }

    fn outlive(&mut self, now: LocalTime, effects: &mut Effects) {
        while let Some(over) = self.beliefs.over_at(now) {
            self.leave(over, Departure::Over, effects);
        }
        if let Some(next) = self.beliefs.next_end() {
            effects.set_timer(Timer::LeaseOver, next.since(now));
        }
    }
}

/// Whether a store that says this can mean the token of this grant. A late answer to a write under another lock may name
/// a token that this one does not fall short of.
fn is_fenced_off(holding: &Holding, reason: Refusal) -> bool {
    match reason {
        Refusal::Stale { highest } => holding.token < highest,
        Refusal::TokenUsed { highest } => holding.token == highest,
        Refusal::NotHolder => true,
        _ => false,
    }
}
