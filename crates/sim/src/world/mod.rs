//! The whole state of a simulation, as a value.
//!
//! A [`World`] holds only what can still influence what happens: actors, queue, faults not yet struck. Causes, ordinals
//! and the trace live beside it in a [`Recorder`], so two worlds that must behave alike are equal. Forking is `clone`.
//!
//! One call of [`World::advance`] takes one item off the queue and carries out what it leads to. A participant that is
//! paused gets nothing: what is due for it is put aside, and comes back when it wakes, in the order interrupted steps,
//! timers, mail. A participant that has crashed gets nothing ever again. How faults come and go is in [`faults`], what
//! becomes of a message in [`sending`].

mod faults;
mod sending;

use std::sync::Arc;

use crate::actor::{Actor, Effect, Effects, Input, Vocabulary};
use crate::clock::Clocks;
use crate::fault::{Fault, FaultId};
use crate::network::Network;
use crate::participant::ParticipantId;
use crate::queue::{Due, Item, Phase, Queue};
use crate::record::Recorder;
use crate::time::{Duration, Now, Time};
use crate::trace::{EventId, EventKind};
use faults::with_cuts;

/// A simulation at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World<A: Actor> {
    now: Time,
    network: Arc<Network>,
    faults: Arc<[Fault<A::Words>]>,
    participants: Vec<Participant<A>>,
    queue: Queue<A::Words>,
    /// Message faults that have not struck yet, each with how many matching messages must still pass before it.
    message_faults: Vec<Countdown>,
    /// Pauses that wait for a step, likewise.
    step_faults: Vec<Countdown>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Participant<A: Actor> {
    actor: A,
    status: Status,
    timers: Vec<(<A::Words as Vocabulary>::Timer, Due)>,
    /// What came due during a pause, with its place in the old order.
    aside: Vec<(Due, Item<A::Words>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Status {
    Running,
    Paused { until: Time },
    Crashed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Countdown {
    fault: FaultId,
    remaining: u32,
}

/// Where in the run something happens, and because of what.
#[derive(Clone, Copy)]
struct Scene {
    phase: Phase,
    participant: ParticipantId,
    cause: Option<EventId>,
}

impl<A: Actor> World<A> {
    /// A world in which nothing has happened yet. `faults` are addressed by their index as [`FaultId`].
    ///
    /// # Panics
    /// When a fault names a participant that is not there.
    pub fn new(actors: Vec<A>, network: Network, faults: Vec<Fault<A::Words>>) -> Self {
        let mut world = Self {
            now: Time::ZERO,
            network: Arc::new(with_cuts(network, &faults)),
            faults: faults.into(),
            participants: actors.into_iter().map(Participant::new).collect(),
            queue: Queue::default(),
            message_faults: Vec::new(),
            step_faults: Vec::new(),
        };
        world.plan_faults();
        for index in 0..world.participants.len() {
            world.queue.push(Time::ZERO, Phase::Timer, ParticipantId(index as u16), Item::Start);
        }
        world
    }

    /// The current moment.
    pub fn now(&self) -> Time {
        self.now
    }

    /// The actor in this place.
    pub fn actor(&self, id: ParticipantId) -> Option<&A> {
        self.participants.get(id.index()).map(|participant| &participant.actor)
    }

    /// The faults that still wait for a message or a step that has not come. After a run these are dangling.
    pub fn waiting_faults(&self) -> impl Iterator<Item = FaultId> {
        self.message_faults.iter().chain(&self.step_faults).map(|countdown| countdown.fault)
    }

    /// What this participant's own clocks show. The one place where true time becomes local time.
    pub fn clocks(&self, _: ParticipantId) -> Now {
        Clocks::default().at(self.now)
    }

    /// When the next thing happens, if anything is left to happen.
    pub fn next_time(&self) -> Option<Time> {
        self.queue.next_time()
    }

    /// Lets time pass up to `moment`, with nothing happening.
    pub(crate) fn rest_until(&mut self, moment: Time) {
        debug_assert!(self.next_time().is_none_or(|next| next >= moment), "something happens before that moment");
        self.now = self.now.max(moment);
    }

    /// Takes the next item off the queue and carries out what it leads to. Does nothing when the queue is empty.
    pub fn advance(&mut self, recorder: &mut impl Recorder<A::Words>) {
        let Some((due, item)) = self.queue.pop() else { return };
        self.now = due.time;
        let scene = Scene { phase: due.phase, participant: due.participant, cause: recorder.cause_of(due.sequence) };
        match item {
            Item::FaultStart(fault) => self.start_fault(fault, scene, recorder),
            Item::FaultEnd(fault) => self.end_fault(fault, scene, recorder),
            item => self.wake(due, item, scene, recorder),
        }
    }

    /// Brings an item to its participant, or puts it aside, or lets it fall.
    fn wake(&mut self, due: Due, item: Item<A::Words>, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let running = self.participants[due.participant.index()].status == Status::Running;
        let item = match item {
            Item::Step { step, met: false } if running => {
                if let Some(fault) = self.strikes_before(scene.participant, step) {
                    self.start_fault(fault, scene, recorder);
                }
                Item::Step { step, met: true }
            }
            item => item,
        };
        match self.participants[due.participant.index()].status {
            Status::Running => self.handle(due, item, scene, recorder),
            Status::Paused { .. } => self.put_aside(due, item, scene, recorder),
            Status::Crashed => self.let_fall(item, scene, recorder),
        }
    }

    fn put_aside(&mut self, due: Due, item: Item<A::Words>, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        if let Item::Delivery { from, message } = &item {
            let kind = EventKind::Buffered { from: *from, message: message.clone() };
            self.record(scene, kind, recorder);
        }
        self.participants[due.participant.index()].aside.push((due, item));
    }

    fn let_fall(&mut self, item: Item<A::Words>, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        if let Item::Delivery { from, message } = item {
            self.record(scene, EventKind::Lost { from, message }, recorder);
        }
    }

    /// Lets the actor take its step, then carries out its effects.
    fn handle(&mut self, due: Due, item: Item<A::Words>, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let (kind, input) = match item {
            Item::Start => (EventKind::Started, Input::Start),
            Item::Step { step, .. } => (EventKind::Stepped(step), Input::Step(step)),
            Item::Delivery { from, message } => {
                (EventKind::Delivered { from, message: message.clone() }, Input::Message { from, message })
            }
            Item::Timer(timer) => {
                self.participants[due.participant.index()].timers.retain(|(name, _)| *name != timer);
                (EventKind::TimerFired(timer), Input::Timer(timer))
            }
            Item::FaultStart(_) | Item::FaultEnd(_) => unreachable!("faults wake nobody"),
        };
        let cause = self.record(scene, kind, recorder);
        let now = self.clocks(due.participant);
        let mut effects = Effects::default();
        self.participants[due.participant.index()].actor.handle(input, now, &mut effects);
        let scene = Scene { cause: Some(cause), ..scene };
        for effect in effects.drain() {
            self.perform(effect, scene, recorder);
        }
    }

    fn perform(&mut self, effect: Effect<A::Words>, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        match effect {
            Effect::Send { to, message } => self.send(to, message, scene, recorder),
            Effect::SetTimer { timer, after, .. } => self.set_timer(timer, after, scene, recorder),
            Effect::CancelTimer(timer) => self.cancel_timer(timer, scene.participant),
            Effect::Step(step) => {
                let item = Item::Step { step, met: false };
                self.schedule(self.now, Phase::Continuation, scene.participant, item, scene.cause, recorder);
            }
            Effect::Note(note) => {
                self.record(scene, EventKind::Noted(note), recorder);
            }
        }
    }

    fn set_timer(
        &mut self,
        timer: <A::Words as Vocabulary>::Timer,
        after: Duration,
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        self.cancel_timer(timer, scene.participant);
        // At least a microsecond, or a timer that is set again in its own handler would stop time.
        let time = self.now + after.max(Duration(1));
        let due = self.schedule(time, Phase::Timer, scene.participant, Item::Timer(timer), scene.cause, recorder);
        self.participants[scene.participant.index()].timers.push((timer, due));
    }

    fn cancel_timer(&mut self, timer: <A::Words as Vocabulary>::Timer, id: ParticipantId) {
        let participant = &mut self.participants[id.index()];
        let Some(place) = participant.timers.iter().position(|(name, _)| *name == timer) else { return };
        let (_, due) = participant.timers.swap_remove(place);
        self.queue.remove(due);
    }

    fn schedule(
        &mut self,
        time: Time,
        phase: Phase,
        participant: ParticipantId,
        item: Item<A::Words>,
        cause: Option<EventId>,
        recorder: &mut impl Recorder<A::Words>,
    ) -> Due {
        let due = self.queue.push(time, phase, participant, item);
        recorder.scheduled(due.sequence, cause);
        due
    }

    fn record(&self, scene: Scene, kind: EventKind<A::Words>, recorder: &mut impl Recorder<A::Words>) -> EventId {
        recorder.record(self.now, scene.phase, scene.participant, scene.cause, kind)
    }
}

impl<A: Actor> Participant<A> {
    fn new(actor: A) -> Self {
        Self { actor, status: Status::Running, timers: Vec::new(), aside: Vec::new() }
    }
}
