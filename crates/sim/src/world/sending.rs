//! What becomes of a message: settled at the moment it is sent, from the faults that name it and the cuts in its way.

use crate::actor::{Actor, Vocabulary};
use crate::fault::{Fault, FaultId, MessageTarget, PartitionMode};
use crate::participant::ParticipantId;
use crate::queue::{Item, Phase};
use crate::record::Recorder;
use crate::time::{Duration, Time};
use crate::trace::{EventId, EventKind, Fate};

use super::faults::count_down;
use super::{Scene, World};

impl<A: Actor> World<A> {
    /// Settles a message's fate and puts its arrivals on the queue.
    pub(super) fn send(
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
}

fn target<V: Vocabulary>(fault: &Fault<V>) -> Option<&MessageTarget<V>> {
    match fault {
        Fault::Drop { target } | Fault::Delay { target, .. } | Fault::Duplicate { target, .. } => Some(target),
        _ => None,
    }
}
