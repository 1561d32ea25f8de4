//! How faults begin and end, and how a participant catches up when it wakes from a pause. Crashes are in
//! [`super::crashing`], clocks in [`super::timers`].

use crate::actor::{Actor, Vocabulary};
use crate::fault::{CrashStart, Fault, FaultId, PauseStart};
use crate::order::sort_by_rank;
use crate::participant::ParticipantId;
use crate::queue::{Call, Item, Phase};
use crate::record::Recorder;
use crate::time::{Duration, Time};
use crate::trace::EventKind;

use super::plan::count_down;
use super::{Scene, Status, World};

impl<A: Actor> World<A> {
    pub(super) fn start_fault(&mut self, id: FaultId, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        match self.faults[id.index()] {
            Fault::Pause { length, .. } => self.pause(id, self.now + length, scene, recorder),
            Fault::Crash { recovery, .. } => self.crash(id, recovery, scene, recorder),
            Fault::Partition { until, .. } => {
                self.begin(id, Some(until).filter(|until| *until < Time::NEVER), scene, recorder)
            }
            Fault::Omission { until, .. } => self.begin(id, until, scene, recorder),
            Fault::ClockRate { rate, .. } => self.set_clocks(id, Some(rate), 0, scene, recorder),
            Fault::ClockJump { by, .. } => self.set_clocks(id, None, by, scene, recorder),
            // These have no beginning of their own: they show in what they do.
            Fault::Hold { .. } | Fault::Stall { .. } => {}
            Fault::Drop { .. } | Fault::Delay { .. } | Fault::Duplicate { .. } => {}
        }
    }

    fn begin(&mut self, fault: FaultId, until: Option<Time>, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let started = self.record(scene, || EventKind::FaultStarted { fault, until }, recorder);
        if let Some(until) = until {
            self.schedule(until, Phase::Fault, scene.participant, Item::FaultEnd(fault), Some(started), recorder);
        }
    }

    fn pause(&mut self, fault: FaultId, until: Time, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let status = &mut self.participants[scene.participant.index()].status;
        *status = match *status {
            // Who does not run cannot fall asleep, and nobody falls asleep twice.
            Status::Crashed { .. } => return,
            Status::Paused { until: earlier } => Status::Paused { until: until.max(earlier) },
            Status::Running => Status::Paused { until },
        };
        self.begin(fault, Some(until), scene, recorder);
    }

    pub(super) fn end_fault(&mut self, fault: FaultId, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        if !self.is_pause(fault) {
            self.record(scene, || EventKind::FaultEnded { fault }, recorder);
            return;
        }
        let participant = &mut self.participants[scene.participant.index()];
        match participant.status {
            Status::Crashed { .. } => return,
            Status::Paused { until } if self.now >= until => participant.status = Status::Running,
            // Another pause goes on.
            Status::Paused { .. } | Status::Running => {}
        }
        let woke = participant.status == Status::Running;
        self.record(scene, || EventKind::FaultEnded { fault }, recorder);
        if woke {
            self.catch_up(scene.participant, recorder);
        }
    }

    pub(super) fn is_pause(&self, fault: FaultId) -> bool {
        matches!(self.faults[fault.index()], Fault::Pause { .. })
    }

    /// Puts what came due during a pause back on the queue, each with the cause it had: the interrupted steps first,
    /// then what the clock brought, then the mail, and within each in the order in which it came due.
    fn catch_up(&mut self, id: ParticipantId, recorder: &mut impl Recorder<A::Words>) {
        let mut backlog = std::mem::take(&mut self.participants[id.index()].aside);
        sort_by_rank(&mut backlog, |(_, item)| (backlog_rank(item), 0));
        for (due, item) in backlog {
            let cause = recorder.cause_of(due.sequence);
            let again = self.schedule(self.now, Phase::Continuation, id, item, cause, recorder);
            // A timer of it may still be cancelled.
            self.participants[id.index()].timers.iter_mut().filter(|it| it.due == due).for_each(|it| it.due = again);
        }
    }

    /// How much longer a timed step takes, if it is stalled at its boundary.
    pub(super) fn stalled_by(&mut self, id: ParticipantId, at: <A::Words as Vocabulary>::Step) -> Option<Duration> {
        let faults = &self.faults;
        let struck = count_down(
            &mut self.step_faults,
            |fault| matches!(&faults[fault.index()], Fault::Stall { participant, step, .. } if *participant == id && *step == at),
        );
        let lengths = struck.iter().filter_map(|fault| match faults[fault.index()] {
            Fault::Stall { by, .. } => Some(by),
            _ => None,
        });
        lengths.reduce(|sum, by| sum + by)
    }

    /// The pause or crash that strikes before this step, if one does.
    pub(super) fn strikes_before(&mut self, id: ParticipantId, at: <A::Words as Vocabulary>::Step) -> Option<FaultId> {
        let faults = &self.faults;
        let struck = count_down(&mut self.step_faults, |fault| match &faults[fault.index()] {
            Fault::Pause { participant, start: PauseStart::Before { step, .. }, .. }
            | Fault::Crash { participant, start: CrashStart::Before { step, .. }, .. } => {
                *participant == id && *step == at
            }
            _ => false,
        });
        // Two pauses before one step: the longer one covers the other. A crash covers both.
        struck.into_iter().max_by_key(|fault| match faults[fault.index()] {
            Fault::Pause { length, .. } => (length, *fault),
            Fault::Crash { .. } => (Duration(u64::MAX), *fault),
            _ => (Duration::ZERO, *fault),
        })
    }
}

fn backlog_rank<V: Vocabulary>(item: &Item<V>) -> u64 {
    match item {
        Item::FaultStart(_) | Item::FaultEnd(_) | Item::Recovery(_) => 0,
        Item::Call(Call::Start | Call::Step { .. }) => 0,
        Item::Call(Call::Timer { .. }) => 1,
        Item::Delivery { .. } => 2,
    }
}
