//! The whole state of a simulation, as a value.
//!
//! A [`World`] holds only what can still influence what happens: actors, queue, faults not yet struck. Causes, ordinals
//! and the trace live beside it in a [`Recorder`], so two worlds that must behave alike are equal. Forking is `clone`.
//!
//! One call of [`World::advance`] takes one item off the queue and carries out what it leads to. A participant that is
//! paused gets nothing: what is due for it is put aside, and comes back when it wakes, in the order interrupted steps,
//! timers, mail. A participant that has crashed gets nothing ever again.

use std::sync::Arc;

use crate::actor::{Actor, Effect, Effects, Input, Vocabulary};
use crate::fault::{Fault, FaultId, MessageTarget, PartitionMode, PauseStart};
use crate::network::{Cut, Network};
use crate::participant::ParticipantId;
use crate::queue::{Due, Item, Phase, Queue};
use crate::record::Recorder;
use crate::time::{Duration, LocalTime, Time};
use crate::trace::{EventId, EventKind, Fate};

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

    /// What this participant's own clock shows. The one place where true time becomes local time.
    pub fn local_time(&self, _: ParticipantId) -> LocalTime {
        LocalTime(self.now.0)
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
        let now = self.local_time(due.participant);
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
            Effect::SetTimer { timer, after } => self.set_timer(timer, after, scene, recorder),
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

    /// Settles a message's fate and puts its arrivals on the queue.
    fn send(
        &mut self,
        to: ParticipantId,
        message: <A::Words as Vocabulary>::Message,
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        let from = scene.participant;
        let kind = A::Words::kind(&message);
        let struck = self.message_faults_for(from, to, kind);
        let fate = self.fate(from, to, &struck);
        let ordinal = recorder.ordinal(from, to, kind);
        let sent = self.record(scene, EventKind::Sent { to, message: message.clone(), ordinal, fate }, recorder);
        let Some(arrives) = fate.arrives() else { return };
        self.deliver(arrives, to, from, message.clone(), sent, recorder);
        for fault in struck {
            if let Fault::Duplicate { after, .. } = self.faults[fault.index()] {
                let again = arrives + after;
                let kind = EventKind::Duplicated { fault, to, arrives: again };
                let copied = self.record(Scene { cause: Some(sent), ..scene }, kind, recorder);
                self.deliver(again, to, from, message.clone(), copied, recorder);
            }
        }
    }

    fn deliver(
        &mut self,
        arrives: Time,
        to: ParticipantId,
        from: ParticipantId,
        message: <A::Words as Vocabulary>::Message,
        cause: EventId,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        self.schedule(arrives, Phase::Delivery, to, Item::Delivery { from, message }, Some(cause), recorder);
    }

    /// What becomes of a message sent now: lost if any fault loses it, else slow by all delays, else held by cuts.
    fn fate(&self, from: ParticipantId, to: ParticipantId, struck: &[FaultId]) -> Fate {
        let mut slower: Option<(Duration, FaultId)> = None;
        for fault in struck {
            match self.faults[fault.index()] {
                Fault::Drop { .. } => return Fate::Dropped { fault: *fault },
                Fault::Delay { by, .. } => {
                    let sofar = slower.map_or(Duration::ZERO, |(sum, _)| sum);
                    slower = Some((sofar + by, *fault));
                }
                _ => {}
            }
        }
        let delay = self.network.delay(from, to) + slower.map_or(Duration::ZERO, |(sum, _)| sum);
        match self.hold(from, to) {
            Err(fault) => Fate::Dropped { fault },
            Ok(Some((heals, fault))) => Fate::Held { heals, arrives: heals + delay, fault },
            Ok(None) => match slower {
                Some((_, fault)) => Fate::Delayed { arrives: self.now + delay, fault },
                None => Fate::OnTime { arrives: self.now + delay },
            },
        }
    }

    /// When a message sent now may leave, passing from one cut into the next; or the cut that loses it.
    fn hold(&self, from: ParticipantId, to: ParticipantId) -> Result<Option<(Time, FaultId)>, FaultId> {
        let mut leaves = self.now;
        let mut held = None;
        while let Some(cut) = self.network.cut_at(from, to, leaves) {
            if cut.mode == PartitionMode::Drop {
                return Err(cut.fault);
            }
            leaves = cut.until;
            held = Some((cut.until, cut.fault));
        }
        Ok(held)
    }

    fn start_fault(&mut self, id: FaultId, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let until = match &self.faults[id.index()] {
            Fault::Pause { length, .. } => Some(self.now + *length),
            Fault::Partition { until, .. } => Some(*until),
            _ => None,
        };
        if scene.participant != ParticipantId::NETWORK {
            let status = &mut self.participants[scene.participant.index()].status;
            *status = match (*status, until) {
                // Nobody falls asleep, or stops, twice.
                (Status::Crashed, _) => return,
                (_, None) => Status::Crashed,
                (Status::Paused { until: earlier }, Some(until)) => Status::Paused { until: until.max(earlier) },
                (Status::Running, Some(until)) => Status::Paused { until },
            };
        }
        let started = self.record(scene, EventKind::FaultStarted { fault: id, until }, recorder);
        if let Some(until) = until {
            self.schedule(until, Phase::Fault, scene.participant, Item::FaultEnd(id), Some(started), recorder);
        } else {
            self.participants[scene.participant.index()].aside.clear();
        }
    }

    fn end_fault(&mut self, fault: FaultId, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let Some(participant) = self.participants.get_mut(scene.participant.index()) else {
            self.record(scene, EventKind::FaultEnded { fault }, recorder);
            return;
        };
        match participant.status {
            Status::Crashed => return,
            Status::Paused { until } if self.now >= until => participant.status = Status::Running,
            // Another pause goes on.
            Status::Paused { .. } | Status::Running => {}
        }
        let woke = participant.status == Status::Running;
        self.record(scene, EventKind::FaultEnded { fault }, recorder);
        if woke {
            self.catch_up(scene.participant, recorder);
        }
    }

    /// Puts what came due during a pause back on the queue, each with the cause it had.
    fn catch_up(&mut self, id: ParticipantId, recorder: &mut impl Recorder<A::Words>) {
        let mut backlog = std::mem::take(&mut self.participants[id.index()].aside);
        backlog.sort_by_key(|(due, item)| (backlog_rank(item), *due));
        for (due, item) in backlog {
            let cause = recorder.cause_of(due.sequence);
            let timer = if let Item::Timer(timer) = &item { Some(*timer) } else { None };
            let again = self.schedule(self.now, Phase::Continuation, id, item, cause, recorder);
            for (name, due) in &mut self.participants[id.index()].timers {
                if timer == Some(*name) {
                    *due = again;
                }
            }
        }
    }

    /// The message faults that strike this message. All that match count it.
    fn message_faults_for(
        &mut self,
        from: ParticipantId,
        to: ParticipantId,
        kind: <A::Words as Vocabulary>::MessageKind,
    ) -> Vec<FaultId> {
        let faults = &self.faults;
        count_down(&mut self.message_faults, |fault| {
            target(&faults[fault.index()]).is_some_and(|it| it.from == from && it.to == to && it.kind == kind)
        })
    }

    /// The pause that strikes before this step, if one does.
    fn strikes_before(&mut self, id: ParticipantId, step: <A::Words as Vocabulary>::Step) -> Option<FaultId> {
        let faults = &self.faults;
        let struck = count_down(&mut self.step_faults, |fault| {
            matches!(&faults[fault.index()], Fault::Pause { participant, start: PauseStart::Before { step: before, .. }, .. }
                if *participant == id && *before == step)
        });
        // Two pauses before one step: the longer one covers the other.
        struck.into_iter().max_by_key(|fault| match faults[fault.index()] {
            Fault::Pause { length, .. } => (length, *fault),
            _ => (Duration::ZERO, *fault),
        })
    }

    fn plan_faults(&mut self) {
        let faults = Arc::clone(&self.faults);
        for (index, fault) in faults.iter().enumerate() {
            let id = FaultId(index as u16);
            match fault {
                Fault::Pause { participant, start: PauseStart::At(time), .. }
                | Fault::Crash { participant, at: time } => {
                    self.queue.push(*time, Phase::Fault, *participant, Item::FaultStart(id));
                }
                Fault::Pause { start: PauseStart::Before { ordinal, .. }, .. } => {
                    self.step_faults.push(Countdown { fault: id, remaining: *ordinal });
                }
                Fault::Partition { from, until, .. } if from >= until => {}
                Fault::Partition { from, .. } => {
                    self.queue.push(*from, Phase::Fault, ParticipantId::NETWORK, Item::FaultStart(id));
                }
                Fault::Drop { target } | Fault::Delay { target, .. } | Fault::Duplicate { target, .. } => {
                    self.message_faults.push(Countdown { fault: id, remaining: target.ordinal });
                }
            }
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

    fn record(&self, scene: Scene, kind: EventKind<A::Words>, recorder: &mut impl Recorder<A::Words>) -> EventId {
        recorder.record(self.now, scene.phase, scene.participant, scene.cause, kind)
    }
}

impl<A: Actor> Participant<A> {
    fn new(actor: A) -> Self {
        Self { actor, status: Status::Running, timers: Vec::new(), aside: Vec::new() }
    }
}

/// On waking: the interrupted steps, then what the clock brought, then the mail.
fn backlog_rank<V: Vocabulary>(item: &Item<V>) -> u8 {
    match item {
        Item::Start | Item::Step { .. } | Item::FaultStart(_) | Item::FaultEnd(_) => 0,
        Item::Timer(_) => 1,
        Item::Delivery { .. } => 2,
    }
}

fn target<V: Vocabulary>(fault: &Fault<V>) -> Option<&MessageTarget<V>> {
    match fault {
        Fault::Drop { target } | Fault::Delay { target, .. } | Fault::Duplicate { target, .. } => Some(target),
        Fault::Pause { .. } | Fault::Crash { .. } | Fault::Partition { .. } => None,
    }
}

/// Counts one occurrence against every countdown that `matches`, and takes out those that reach zero.
fn count_down(countdowns: &mut Vec<Countdown>, matches: impl Fn(FaultId) -> bool) -> Vec<FaultId> {
    let mut struck = Vec::new();
    countdowns.retain_mut(|countdown| {
        if !matches(countdown.fault) {
            return true;
        }
        countdown.remaining = countdown.remaining.saturating_sub(1);
        if countdown.remaining == 0 {
            struck.push(countdown.fault);
        }
        countdown.remaining > 0
    });
    struck
}

fn with_cuts<V: Vocabulary>(mut network: Network, faults: &[Fault<V>]) -> Network {
    for (index, fault) in faults.iter().enumerate() {
        if let Fault::Partition { links, from, until, mode } = fault {
            for (sender, receiver) in links {
                let cut = Cut { from: *from, until: *until, mode: *mode, fault: FaultId(index as u16) };
                network.cut(*sender, *receiver, cut);
            }
        }
    }
    network
}
