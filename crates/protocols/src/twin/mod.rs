//! One of a pair of which one should be active (semantics, a pair): with two there is no majority to ask, so whoever does
//! not hear from the other shoots it ("shoot the other node in the head") and takes its place.
//!
//! The shot is a message like any other. Unconfirmed, a node takes over as soon as the shot should have hit; if it is
//! held up, both are active, and when it comes in the end both are off. Confirmed, it waits for the other's last word. A
//! powered-off node is off for good and does nothing ever again, whatever its disk says.
//!
//! The active one keeps nothing itself: it passes requests on to a disk that both can reach, with its epoch as token. A
//! disk that compares tokens is the only one who can tell an old active node from a new one: see [`forward`].

mod forward;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use fencepost_sim::{Disk, Duration, ParticipantId};
use fencepost_vocabulary::{Departure, FencingToken, Message, Note, RequestId, Sequence, Timer};

use crate::{Effects, Input};
use forward::Asker;

/// How a node of a pair is set up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TwinConfig {
    /// Who it is.
    pub id: ParticipantId,
    /// The other one.
    pub peer: ParticipantId,
    /// The active role, under whose name grants are booked.
    pub pair: ParticipantId,
    /// Whether it is the active one in the beginning.
    pub is_first: bool,
    /// How often it gives a sign of life.
    pub heartbeat: Duration,
    /// How long the other must be silent to be shot.
    pub timeout: Duration,
    /// What must happen between the shot and the takeover.
    pub stonith: Stonith,
    /// Where the data is. Without a disk nothing can be read or written.
    pub disk: Option<ParticipantId>,
}

/// When a node may take over from the other that it has shot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stonith {
    /// After as long as the shot should need, whether or not it hit. A bug to see.
    Unconfirmed {
        /// How long that is.
        takeover: Duration,
    },
    /// When the other has said that it is off.
    Confirmed,
}

/// A node of a pair at work. All of it is on the disk, but for the requests in its hands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Twin {
    config: TwinConfig,
    power: Power,
    active: bool,
    /// The highest epoch that it knows of: its own, if it is active.
    epoch: u64,
    /// Whether the other has been silent for too long, and whatever there is to do about it was done.
    shot: bool,
    /// How many requests it has made, of the disk and for the active role.
    requests: u32,
    /// The number of its last write in this epoch.
    last: Sequence,
    /// For whom it has asked the disk, by the number of its own request.
    pending: BTreeMap<RequestId, Asker>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Power {
    On,
    Off,
}

impl Twin {
    /// A node that knows who is the active one in the first epoch.
    pub fn new(config: TwinConfig) -> Self {
        Self {
            active: config.is_first,
            config,
            power: Power::On,
            epoch: 1,
            shot: false,
            requests: 0,
            last: Sequence(0),
            pending: BTreeMap::new(),
        }
    }

    /// Whether it is powered off, for good.
    pub fn is_off(&self) -> bool {
        self.power == Power::Off
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, effects: &mut Effects) {
        if self.is_off() {
            return;
        }
        match input {
            Input::Start => self.start(effects),
            Input::Timer(Timer::Heartbeat) => self.beat(effects),
            Input::Timer(Timer::Takeover) => self.silence(effects),
            Input::Message { from, message } if from == self.config.peer => self.hear(message, effects),
            Input::Message { from, message } => self.serve(from, message, effects),
            _ => {}
        }
    }

    fn start(&mut self, effects: &mut Effects) {
        // Back from a crash it goes on in the epoch in which it was active, whatever happened meanwhile.
        if self.active {
            self.grant(effects);
        }
        self.beat(effects);
        self.expect_peer(effects);
    }

    fn beat(&self, effects: &mut Effects) {
        effects.send(self.config.peer, Message::Heartbeat { incarnation: 1 });
        effects.set_timer(Timer::Heartbeat, self.config.heartbeat);
    }

    /// From now on the other must not be silent for too long.
    fn expect_peer(&mut self, effects: &mut Effects) {
        self.shot = false;
        effects.set_timer(Timer::Takeover, self.config.timeout);
    }

    fn hear(&mut self, message: Message, effects: &mut Effects) {
        match message {
            Message::Heartbeat { .. } => self.expect_peer(effects),
            Message::Stonith => self.power_off(effects),
            Message::Off => self.confirmed(effects),
            _ => {}
        }
    }

    /// The other has been silent for too long; or, since then, the shot should have hit. An active node that waits for
    /// confirmations knows that the other cannot take over unless it is off itself, so it has no reason to shoot.
    fn silence(&mut self, effects: &mut Effects) {
        if std::mem::replace(&mut self.shot, true) {
            return self.take_over(effects);
        }
        match self.config.stonith {
            Stonith::Confirmed if self.active => {}
            Stonith::Confirmed => effects.send(self.config.peer, Message::Stonith),
            Stonith::Unconfirmed { takeover } => {
                effects.send(self.config.peer, Message::Stonith);
                effects.set_timer(Timer::Takeover, takeover);
            }
        }
    }

    /// The other is off, and nobody is left to listen to or to be heard by.
    fn confirmed(&mut self, effects: &mut Effects) {
        self.shot = true;
        effects.cancel_timer(Timer::Takeover);
        effects.cancel_timer(Timer::Heartbeat);
        self.take_over(effects);
    }

    fn take_over(&mut self, effects: &mut Effects) {
        if !self.active {
            self.active = true;
            self.epoch = self.epoch.saturating_add(1);
            self.last = Sequence(0);
            self.grant(effects);
        }
    }

    /// Nobody grants the active role to anybody; to take it is to have it.
    fn grant(&mut self, effects: &mut Effects) {
        let (client, request, token) = (self.config.id, self.next_request(), self.token());
        self.note_for_pair(Note::Granted { client, request, token, lease: None }, effects);
        effects.note(Note::Holds { lock: self.config.pair, request, token, until: None });
    }

    /// No longer the active one.
    fn step_down(&mut self, departure: Departure, effects: &mut Effects) {
        if std::mem::replace(&mut self.active, false) {
            let (client, token) = (self.config.id, self.token());
            self.note_for_pair(Note::Released { client, token, by: client }, effects);
            effects.note(Note::Left { lock: self.config.pair, token, departure });
        }
    }

    fn note_for_pair(&self, note: Note, effects: &mut Effects) {
        effects.note(Note::For { object: self.config.pair, index: 0, note: Box::new(note) });
    }

    /// The shot has hit. Its last word is that it is off.
    fn power_off(&mut self, effects: &mut Effects) {
        self.step_down(Departure::Released, effects);
        effects.send(self.config.peer, Message::Off);
        effects.note(Note::PoweredOff);
        effects.cancel_timer(Timer::Heartbeat);
        effects.cancel_timer(Timer::Takeover);
        self.pending.clear();
        self.power = Power::Off;
    }

    fn token(&self) -> FencingToken {
        FencingToken(self.epoch)
    }

    fn next_request(&mut self) -> RequestId {
        self.requests = self.requests.saturating_add(1);
        RequestId(self.requests)
    }

    /// What a crash leaves: the epoch, whether it was the active one, and whether it has any power. Requests are counted
    /// on, lest the answer to an old one be taken for the answer to a new one.
    pub fn recover(&mut self, disk: Disk) {
        self.pending.clear();
        if disk == Disk::Wiped {
            let (power, requests) = (self.power, self.requests);
            *self = Self { power, requests, ..Self::new(self.config.clone()) };
        }
    }
}
