//! The whole state of a simulation, as a value.
//!
//! A [`World`] holds only what can still influence what happens: actors, queue, faults not yet struck. Causes, ordinals
//! and the trace live beside it in a [`Recorder`], so two worlds that must behave alike are equal. Forking is `clone`.
//!
//! One call of [`World::advance`] takes one item off the queue and carries out what it leads to. A participant that is
//! paused gets nothing: what is due for it is put aside, and comes back when it wakes, in the order interrupted steps,
//! timers, mail. A participant that has crashed gets nothing until it recovers. What is planned is in [`plan`], how
//! faults come and go in [`faults`] and [`crashing`], clocks and timers in [`timers`], the fate of a message in
//! [`sending`], and how two worlds at different moments are compared in [`normal`].

mod crashing;
mod faults;
mod normal;
mod plan;
mod sending;
mod timers;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::actor::{Actor, Effect, Effects, Input, Vocabulary};
use crate::clock::Clocks;
use crate::fault::{Fault, FaultId};
use crate::network::Network;
use crate::participant::ParticipantId;
use crate::queue::{Call, CallOf, Due, Item, Met, Phase, Queue, boundary};
use crate::record::Recorder;
use crate::time::{Now, Time};
use crate::trace::{EventId, EventKind};
use plan::with_cuts;
use sending::LastArrival;
use timers::Pending;

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
    /// Pauses, crashes and stalls that wait for a step, likewise.
    step_faults: Vec<Countdown>,
    /// How many messages of a kind were sent on a link whose delays are drawn.
    drawn: BTreeMap<(ParticipantId, ParticipantId, <A::Words as Vocabulary>::MessageKind), u32>,
    /// The last arrival on every link, if any link keeps the order of its messages.
    arrivals: Vec<LastArrival>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Participant<A: Actor> {
    actor: A,
    status: Status,
    /// Which life this is, counted from 1.
    incarnation: u32,
    clocks: Clocks,
    /// In the order in which they were set.
    timers: Vec<Pending<A::Words>>,
    /// What came due during a pause, with its place in the old order.
    aside: Vec<(Due, Item<A::Words>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Status {
    Running,
    Paused { until: Time },
    Crashed { returns: bool },
}

impl Status {
    fn is_crashed(self) -> bool {
        matches!(self, Self::Crashed { .. })
    }

    /// Whether it has crashed for good.
    fn is_over(self) -> bool {
        self == Self::Crashed { returns: false }
    }
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
        let links = if network.has_fifo() { network.size() * network.size() } else { 0 };
        let mut world = Self {
            now: Time::ZERO,
            network: Arc::new(with_cuts(network, &faults)),
            faults: faults.into(),
            participants: actors.into_iter().map(Participant::new).collect(),
            queue: Queue::default(),
            message_faults: Vec::new(),
            step_faults: Vec::new(),
            drawn: BTreeMap::new(),
            arrivals: vec![LastArrival::default(); links],
        };
        world.plan_faults();
        for index in 0..world.participants.len() {
            world.queue.push(Time::ZERO, Phase::Timer, ParticipantId(index as u16), Item::Call(Call::Start));
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
    ///
    /// # Panics
    /// When the participant is not there.
    pub fn clocks(&self, id: ParticipantId) -> Now {
        self.participants[id.index()].clocks.at(self.now)
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
            Item::Recovery(fault) => self.recover(fault, scene, recorder),
            Item::Call(call) => self.call(due, call, scene, recorder),
            Item::Delivery { from, message } => self.arrive(due, from, message, scene, recorder),
        }
    }

    /// Brings a message to its participant, or puts it aside, or loses it.
    fn arrive(
        &mut self,
        due: Due,
        from: ParticipantId,
        message: <A::Words as Vocabulary>::Message,
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        match self.participants[scene.participant.index()].status {
            Status::Running => {
                let kind = || EventKind::Delivered { from, message: message.clone() };
                let cause = self.record(scene, kind, recorder);
                self.handle(Input::Message { from, message }, Scene { cause: Some(cause), ..scene }, recorder);
            }
            Status::Paused { .. } => {
                self.record(scene, || EventKind::Buffered { from, message: message.clone() }, recorder);
                let aside = &mut self.participants[scene.participant.index()].aside;
                aside.push((due, Item::Delivery { from, message }));
            }
            Status::Crashed { .. } => {
                self.record(scene, || EventKind::Lost { from, message }, recorder);
            }
        }
    }

    /// Calls a participant for what it waits for, unless a fault strikes first, or puts the call aside, or drops it.
    fn call(&mut self, due: Due, call: CallOf<A::Words>, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let mut call = call;
        if self.participants[scene.participant.index()].status == Status::Running
            && let Some((step, met)) = boundary::<A::Words>(call)
        {
            if self.is_stalled(step, met, call, scene, recorder) {
                return;
            }
            if let Some(fault) = self.strikes_before(scene.participant, step) {
                self.start_fault(fault, scene, recorder);
            }
            call = call.past_boundary();
        }
        let participant = &mut self.participants[scene.participant.index()];
        match participant.status {
            Status::Running => self.answer(call, scene, recorder),
            Status::Paused { .. } => participant.aside.push((due, Item::Call(call))),
            Status::Crashed { .. } => {}
        }
    }

    /// Takes the call up.
    fn answer(&mut self, call: CallOf<A::Words>, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let (kind, input) = match call {
            Call::Start => (EventKind::Started, Input::Start),
            Call::Step { step, .. } => (EventKind::Stepped(step), Input::Step(step)),
            Call::Timer { timer, .. } => {
                self.participants[scene.participant.index()].timers.retain(|it| it.timer != timer);
                (EventKind::TimerFired(timer), Input::Timer(timer))
            }
        };
        let cause = self.record(scene, || kind, recorder);
        self.handle(input, Scene { cause: Some(cause), ..scene }, recorder);
    }

    /// Lets the actor take its step, then carries out its effects, up to the one at which it crashes. The scene's cause
    /// is the event of this step.
    fn handle(&mut self, input: Input<A::Words>, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let participant = &mut self.participants[scene.participant.index()];
        let now = participant.clocks.at(self.now);
        let mut effects = Effects::default();
        participant.actor.handle(input, now, &mut effects);
        for effect in effects.drain() {
            match effect {
                Effect::Send { to, message } => {
                    self.send(to, message, scene, recorder);
                    if self.participants[scene.participant.index()].status.is_crashed() {
                        break;
                    }
                }
                Effect::SetTimer { timer, clock, after } => self.set_timer(timer, (clock, after), scene, recorder),
                Effect::CancelTimer(timer) => self.cancel_timer(timer, scene.participant),
                Effect::Step(step) => {
                    let item = Item::Call(Call::Step { step, met: Met::Nothing });
                    self.schedule(self.now, Phase::Continuation, scene.participant, item, scene.cause, recorder);
                }
                Effect::DropSteps => self.drop_steps(scene.participant),
                Effect::Note(note) => {
                    self.record(scene, || EventKind::Noted(note), recorder);
                }
            }
        }
    }

    /// Takes a participant's steps off the queue. They are due in this very moment: between asking for one and taking it
    /// nothing comes but what was put aside during a pause, and in that may stand what makes the step void.
    fn drop_steps(&mut self, id: ParticipantId) {
        let is_step = |item: &Item<A::Words>| matches!(item, Item::Call(Call::Step { .. }));
        let due_now = self.queue.iter().take_while(|(due, _)| (due.time, due.phase) <= (self.now, Phase::Continuation));
        let steps = due_now.filter(|(due, item)| due.participant == id && is_step(item)).map(|(due, _)| *due);
        for due in steps.collect::<Vec<_>>() {
            self.queue.remove(due);
        }
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

    /// Tells the recorder, which may not want to know: `kind` is made only if it does.
    fn record(
        &self,
        scene: Scene,
        kind: impl FnOnce() -> EventKind<A::Words>,
        recorder: &mut impl Recorder<A::Words>,
    ) -> EventId {
        recorder.record(self.now, scene.phase, scene.participant, scene.cause, kind)
    }
}

impl<A: Actor> Participant<A> {
    fn new(actor: A) -> Self {
        let clocks = Clocks::default();
        Self { actor, status: Status::Running, incarnation: 1, clocks, timers: Vec::new(), aside: Vec::new() }
    }
}
