//! Timers, which wait for a reading of a clock, and the clocks, which may be bent while they wait.

use crate::actor::{Actor, Vocabulary};
use crate::clock::{Clock, Deadline};
use crate::fault::FaultId;
use crate::participant::ParticipantId;
use crate::queue::{Call, CallOf, Due, Item, Met, Phase};
use crate::record::Recorder;
use crate::time::{Duration, Rate};
use crate::trace::EventKind;

use super::{Scene, World};

/// A timer that has been set: what it waits for, and where that puts it in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pending<V: Vocabulary> {
    pub timer: V::Timer,
    pub deadline: Deadline,
    pub due: Due,
}

impl<A: Actor> World<A> {
    pub(super) fn set_timer(
        &mut self,
        timer: <A::Words as Vocabulary>::Timer,
        (clock, after): (Clock, Duration),
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        self.cancel_timer(timer, scene.participant);
        self.wait(timer, (clock, after), Met::Nothing, scene, recorder);
    }

    /// Whether a timed step that was about to be taken takes longer: then it is due again, later on its own clock.
    pub(super) fn is_stalled(
        &mut self,
        step: <A::Words as Vocabulary>::Step,
        met: Met,
        call: CallOf<A::Words>,
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) -> bool {
        let (Call::Timer { timer, .. }, Met::Nothing) = (call, met) else { return false };
        let Some(by) = self.stalled_by(scene.participant, step) else { return false };
        let timers = &mut self.participants[scene.participant.index()].timers;
        let Some(place) = timers.iter().position(|it| it.timer == timer) else { return false };
        let clock = match timers.remove(place).deadline {
            Deadline::Mono(_) => Clock::Mono,
            Deadline::Wall(_) => Clock::Wall,
        };
        self.wait(timer, (clock, by), Met::Stalls, scene, recorder);
        true
    }

    fn wait(
        &mut self,
        timer: <A::Words as Vocabulary>::Timer,
        (clock, after): (Clock, Duration),
        met: Met,
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        let item = Item::Call(Call::Timer { timer, met });
        let clocks = &self.participants[scene.participant.index()].clocks;
        let deadline = clocks.deadline(clock, self.now, after);
        // At least a microsecond, or a timer that is set again in its own handler would stop time.
        let time = clocks.when(deadline).max(self.now + Duration(1));
        let due = self.schedule(time, Phase::Timer, scene.participant, item, scene.cause, recorder);
        self.participants[scene.participant.index()].timers.push(Pending { timer, deadline, due });
    }

    pub(super) fn cancel_timer(&mut self, timer: <A::Words as Vocabulary>::Timer, id: ParticipantId) {
        let timers = &mut self.participants[id.index()].timers;
        let Some(place) = timers.iter().position(|it| it.timer == timer) else { return };
        let due = timers.remove(place).due;
        self.queue.remove(due);
    }

    /// Bends a participant's clocks, whatever state it is in: they belong to its machine.
    pub(super) fn set_clocks(
        &mut self,
        fault: FaultId,
        rate: Option<Rate>,
        jumped: i64,
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        let clocks = &mut self.participants[scene.participant.index()].clocks;
        *clocks = clocks.changed(self.now, rate.unwrap_or(clocks.rate), jumped);
        let rate = clocks.rate;
        self.record(scene, || EventKind::ClockSet { fault, rate, jumped }, recorder);
        self.reschedule(scene.participant, recorder);
    }

    /// Moves every pending timer to where its reading now lies; one whose reading has come fires in this very moment.
    /// What came due before, and waits in a backlog, has come due.
    fn reschedule(&mut self, id: ParticipantId, recorder: &mut impl Recorder<A::Words>) {
        let clocks = self.participants[id.index()].clocks;
        for place in 0..self.participants[id.index()].timers.len() {
            let Pending { deadline, due, .. } = self.participants[id.index()].timers[place];
            let Some(item) = self.queue.remove(due) else { continue };
            let cause = recorder.cause_of(due.sequence);
            let again = self.schedule(clocks.when(deadline), Phase::Timer, id, item, cause, recorder);
            self.participants[id.index()].timers[place].due = again;
        }
    }
}
