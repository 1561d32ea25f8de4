//! A client (semantics 1.8): runs a program step by step, and keeps to itself what it believes about its locks.
//!
//! Between any two steps a fault can strike; in particular between looking at the clock and acting on what it showed.
//! A client looks at its clock only where its program says so, and learns of an ended lease only then, or from a
//! refusal. What it believes is in [`belief`], what its program can say in [`program`], how it carries that out in
//! [`steps`], how it waits in [`waiting`], what it makes of answers in [`answers`], how it finds who answers for a group in [`routing`],
//! how it deals with nodes that nobody leads in [`quorum`]. After a crash
//! it begins its program again, as a new process that believes nothing.

mod access;
mod answers;
mod belief;
mod keys;
mod patience;
mod program;
mod quorum;
mod register;
mod routing;
mod steps;
#[cfg(test)]
mod tests;
mod waiting;

pub use access::Access;
pub use patience::{Patience, Retry};
pub use program::{ClientConfig, Instruction, WriteValue};

use std::collections::BTreeMap;
use std::sync::Arc;

use fencepost_sim::{Disk, Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{
    Departure, FencingToken, Message, NameId, Note, RequestId, Sequence, Step, Timer, Value, Version,
};

use crate::{Effects, Input};
use belief::{Beliefs, Holding};
use keys::Attempt;
use register::Round;
use routing::Routes;

/// A client at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client {
    id: ParticipantId,
    config: Arc<ClientConfig>,
    /// The instruction to take next.
    next: usize,
    waiting: Waiting,
    beliefs: Beliefs,
    /// How many requests it has made, in all its lives.
    requests: u32,
    /// How many writes it has made, in all its lives.
    writes: u32,
    /// What it last read of each store.
    read: BTreeMap<ParticipantId, (Value, Version)>,
    /// Its writes that were not answered, with the number of each under its grant.
    unanswered: BTreeMap<RequestId, Unanswered>,
    /// How many writes it made under each token that it made up.
    invented: BTreeMap<FencingToken, u32>,
    /// What it knows of those who keep things together.
    routes: Routes,
    /// What it last asked and waits for, of whom, and how often it asked again.
    asked: Option<(ParticipantId, Message)>,
    again: u32,
}

/// A write that was sent and not answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Unanswered {
    store: ParticipantId,
    sequence: Sequence,
    message: Message,
}

/// What a client waits for before it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Waiting {
    /// The time of its first step.
    Begin,
    /// The step it has asked the kernel for.
    Step,
    /// The answer to its acquire, first sent at `sent` on its own clock.
    Grant { lock: ParticipantId, request: RequestId, sent: LocalTime },
    /// The end of a stretch of work.
    Work,
    /// Somebody's answer to a write, a read, an announcement, a question or a ping.
    Answer { of: ParticipantId, request: RequestId },
    /// The answer to its claim.
    Claimed { registry: ParticipantId, request: RequestId, name: NameId },
    /// The answer to a release.
    Released { lock: ParticipantId, token: Option<FencingToken>, request: Option<RequestId> },
    /// Enough keys of a lock of independent nodes.
    Keys(Box<Attempt>),
    /// The time of its next attempt to get enough keys.
    NextAttempt { lock: ParticipantId },
    /// Enough answers of the nodes of a register.
    Round(Box<Round>),
    /// Nothing: its program is done, or it has given up.
    Nothing,
}

impl Client {
    /// A client that has not begun.
    pub fn new(id: ParticipantId, config: ClientConfig) -> Self {
        Self::born(id, Arc::new(config), 0, 0)
    }

    /// A process that knows nothing but how to count on.
    fn born(id: ParticipantId, config: Arc<ClientConfig>, requests: u32, writes: u32) -> Self {
        Self {
            id,
            config,
            next: 0,
            waiting: Waiting::Begin,
            beliefs: Beliefs::default(),
            requests,
            writes,
            read: BTreeMap::new(),
            unanswered: BTreeMap::new(),
            invented: BTreeMap::new(),
            routes: Routes::default(),
            asked: None,
            again: 0,
        }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, now: LocalTime, effects: &mut Effects) {
        match input {
            Input::Start => self.begin(now, effects),
            Input::Timer(timer) => self.timer(timer, now, effects),
            Input::Step(step) => self.step(step, now, effects),
            Input::Message { from, message } => self.message(from, message, now, effects),
        }
    }

    /// Begins when its clock says so, or at once if it comes back later than that.
    fn begin(&mut self, now: LocalTime, effects: &mut Effects) {
        match (LocalTime::default() + self.config.begins_after).since(now) {
            Duration::ZERO => self.proceed(effects),
            left => effects.set_timer(Timer::Begin, left),
        }
    }

    /// Asks for the next step of the program; a fault can strike before it comes.
    fn proceed(&mut self, effects: &mut Effects) {
        self.waiting = Waiting::Step;
        self.is_answered(effects);
        self.wait_a_while(effects);
        effects.step(self.config.program.get(self.next).map_or(Step::Finish, Instruction::step));
    }

    fn timer(&mut self, timer: Timer, now: LocalTime, effects: &mut Effects) {
        match timer {
            Timer::Begin if self.waiting == Waiting::Begin => self.proceed(effects),
            Timer::Work if self.waiting == Waiting::Work => self.proceed(effects),
            Timer::Retry if self.is_after_keys() => self.lose_patience_with_keys(now, effects),
            Timer::Retry => self.lose_patience(now, effects),
            Timer::Resend => self.ask_the_next(now, effects),
            Timer::Within => self.give_up_waiting(now, effects),
            Timer::Renew => self.renew(now, effects),
            Timer::LeaseOver => self.outlive(now, effects),
            _ => {}
        }
    }

    fn leave(&mut self, holding: &Holding, departure: Departure, effects: &mut Effects) {
        self.beliefs.leave(holding.lock);
        effects.note(Note::Left { lock: holding.lock, token: holding.token, departure });
    }

    /// The program is over. What the client still believes about its locks lasts until its own clock says otherwise.
    fn end(&mut self, note: Note, now: LocalTime, effects: &mut Effects) {
        if self.waiting == Waiting::Step {
            // It asked for a step in this very moment, and takes it no more.
            effects.drop_steps();
        }
        self.waiting = Waiting::Nothing;
        self.is_answered(effects);
        for timer in [Timer::Work, Timer::Renew] {
            effects.cancel_timer(timer);
        }
        if note == Note::Stopped {
            self.unanswered.clear();
            self.routes.give_up();
            effects.cancel_timer(Timer::Resend);
        }
        self.wait_a_while(effects);
        effects.note(note);
        self.outlive(now, effects);
    }

    fn outlive(&mut self, now: LocalTime, effects: &mut Effects) {
        while let Some(over) = self.beliefs.over_at(now) {
            self.leave(&over, Departure::Over, effects);
        }
        if let Some(next) = self.beliefs.next_end() {
            effects.set_timer(Timer::LeaseOver, next.since(now));
        }
    }

    /// What a crash leaves: its requests are counted on, lest an answer to an old one be taken for the answer to a new
    /// one. On a wiped disk even that is gone.
    pub fn recover(&mut self, disk: Disk) {
        let (requests, writes) = if disk == Disk::Wiped { (0, 0) } else { (self.requests, self.writes) };
        *self = Self::born(self.id, Arc::clone(&self.config), requests, writes);
    }

    /// See [`fencepost_sim::Actor::rebase`]. When it asked stays as it is: it does not look at that before the grant, so
    /// to wait longer is not to be somewhere else.
    pub fn rebase(&mut self, now: Now) {
        self.beliefs.rebase(now);
        self.routes.rebase(now);
        if let Waiting::Keys(attempt) = &mut self.waiting {
            attempt.rebase(now);
        }
    }
}
