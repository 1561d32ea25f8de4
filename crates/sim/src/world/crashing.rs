//! How a participant stops, and how it comes back: a new process, with what the disk kept, on the old machine, whose
//! clocks ran on.

use crate::actor::Actor;
use crate::fault::{Fault, FaultId, Recovery};
use crate::participant::ParticipantId;
use crate::queue::{Call, Due, Item, Phase};
use crate::record::Recorder;
use crate::trace::EventKind;

use super::{Scene, Status, World};

impl<A: Actor> World<A> {
    pub(super) fn crash(
        &mut self,
        fault: FaultId,
        recovery: Option<Recovery>,
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        let participant = &mut self.participants[scene.participant.index()];
        if participant.status.is_crashed() {
            // Nobody stops twice, and the first crash says when it will be back.
            return;
        }
        let recovers = recovery.map(|recovery| recovery.at).filter(|at| *at >= self.now);
        participant.status = Status::Crashed { returns: recovers.is_some() };
        participant.aside.clear();
        participant.timers.clear();
        let crashed = self.record(scene, || EventKind::Crashed { fault, recovers }, recorder);
        if let Some(at) = recovers {
            self.forget(scene.participant);
            self.schedule(at, Phase::Fault, scene.participant, Item::Recovery(fault), Some(crashed), recorder);
        }
    }

    /// Takes the old life's steps and timers off the queue, lest they wake the new one, and the ends of its pauses. Who
    /// never comes back needs none of this: what is due for it falls.
    fn forget(&mut self, id: ParticipantId) {
        let dead: Vec<Due> = self
            .queue
            .iter()
            .filter(|(due, item)| due.participant == id && self.is_dead(due, item))
            .map(|(due, _)| *due)
            .collect();
        for due in dead {
            self.queue.remove(due);
        }
    }

    /// Whether an item belongs to a life that is over.
    pub(super) fn is_dead(&self, due: &Due, item: &Item<A::Words>) -> bool {
        let of_a_life = match item {
            Item::Call(_) => true,
            Item::FaultEnd(fault) => self.is_pause(*fault),
            Item::FaultStart(_) | Item::Recovery(_) | Item::Delivery { .. } => false,
        };
        of_a_life && self.participants[due.participant.index()].status.is_crashed()
    }

    pub(super) fn recover(&mut self, fault: FaultId, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        let Fault::Crash { recovery: Some(Recovery { disk, .. }), .. } = self.faults[fault.index()] else { return };
        let participant = &mut self.participants[scene.participant.index()];
        participant.status = Status::Running;
        participant.incarnation += 1;
        let incarnation = participant.incarnation;
        participant.actor.recover(disk, incarnation);
        let back = self.record(scene, || EventKind::Recovered { fault, disk, incarnation }, recorder);
        self.answer(Call::Start, Scene { cause: Some(back), ..scene }, recorder);
    }
}
