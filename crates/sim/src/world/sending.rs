//! What becomes of a message: settled at the moment it is sent, from the faults that name it and the cuts in its way.

use crate::actor::{Actor, Vocabulary};
use crate::fault::{CrashStart, Fault, FaultId, MessageTarget};
use crate::network::Leaving;
use crate::participant::ParticipantId;
use crate::queue::{Item, Phase};
use crate::record::Recorder;
use crate::time::{Duration, Time};
use crate::trace::{EventKind, Fate};

use super::plan::count_down;
use super::{Scene, World};

/// The last arrival on a link that keeps the order of its messages: the next one comes no sooner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct LastArrival {
    pub at: Time,
    /// The fault that made it so late, if one did.
    pub fault: Option<FaultId>,
}

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
        let fate = self.fate(from, to, kind, &struck);
        let ordinal = recorder.ordinal(from, to, kind);
        let sent = self.record(scene, || EventKind::Sent { to, message: message.clone(), ordinal, fate }, recorder);
        let scene = Scene { cause: Some(sent), ..scene };
        let Some(arrives) = fate.arrives() else { return self.crash_after(&struck, scene, recorder) };
        if struck.is_empty() {
            self.deliver(arrives, to, message, scene, recorder);
            return;
        }
        self.deliver(arrives, to, message.clone(), scene, recorder);
        self.duplicate(&struck, arrives, to, &message, scene, recorder);
        self.crash_after(&struck, scene, recorder);
    }

    /// Lets the sender crash if it was to crash after this message.
    fn crash_after(&mut self, struck: &[FaultId], scene: Scene, recorder: &mut impl Recorder<A::Words>) {
        for fault in struck {
            if let Fault::Crash { .. } = self.faults[fault.index()] {
                self.start_fault(*fault, scene, recorder);
            }
        }
    }

    fn deliver(
        &mut self,
        arrives: Time,
        to: ParticipantId,
        message: <A::Words as Vocabulary>::Message,
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        let item = Item::Delivery { from: scene.participant, message };
        self.schedule(arrives, Phase::Delivery, to, item, scene.cause, recorder);
    }

    /// Makes the second copies of a message. One that would arrive in a cut which lets nothing arrive is not made, and
    /// on a link that keeps the order a copy stands outside it.
    fn duplicate(
        &mut self,
        struck: &[FaultId],
        arrives: Time,
        to: ParticipantId,
        message: &<A::Words as Vocabulary>::Message,
        scene: Scene,
        recorder: &mut impl Recorder<A::Words>,
    ) {
        for fault in struck {
            let Fault::Duplicate { after, .. } = self.faults[fault.index()] else { continue };
            let again = arrives + after;
            if self.network.barred_at(scene.participant, to, again).is_some() {
                continue;
            }
            let kind = || EventKind::Duplicated { fault: *fault, to, arrives: again };
            let copied = self.record(scene, kind, recorder);
            self.deliver(again, to, message.clone(), Scene { cause: Some(copied), ..scene }, recorder);
        }
    }

    /// What becomes of a message sent now.
    fn fate(
        &mut self,
        from: ParticipantId,
        to: ParticipantId,
        kind: <A::Words as Vocabulary>::MessageKind,
        struck: &[FaultId],
    ) -> Fate {
        if let (true, Some(delay)) = (struck.is_empty(), self.network.plain_delay(from, to)) {
            return Fate::OnTime { arrives: self.now + delay };
        }
        let delay = self.delay(from, to, kind);
        let fate = self.in_order(from, to, self.fate_on_the_way(from, to, delay, struck));
        if let Some(at) = fate.arrives() {
            if let Some(fault) = self.network.barred_at(from, to, at) {
                return Fate::Dropped { fault };
            }
            if self.network.is_fifo(from, to) {
                let place = self.network.place(from, to);
                self.arrivals[place] = LastArrival { at, fault: fate.fault() };
            }
        }
        fate
    }

    /// The link's delay for this message. Every message of a drawn link counts, also one that is lost on the way, so
    /// that a fault on one changes nothing for the others.
    fn delay(
        &mut self,
        from: ParticipantId,
        to: ParticipantId,
        kind: <A::Words as Vocabulary>::MessageKind,
    ) -> Duration {
        if !self.network.is_drawn(from, to) {
            return self.network.delay(from, to);
        }
        let ordinal = self.drawn.entry((from, to, kind)).or_insert(0);
        *ordinal += 1;
        self.network.drawn_delay(from, to, &kind, *ordinal)
    }

    /// Lost if any fault loses it, else held by faults and cuts until it may leave, else slow by all delays.
    fn fate_on_the_way(&self, from: ParticipantId, to: ParticipantId, delay: Duration, struck: &[FaultId]) -> Fate {
        let (mut leaves, mut kept, mut slower, mut delay) = (self.now, None, None, delay);
        for fault in struck {
            match self.faults[fault.index()] {
                Fault::Drop { .. } => return Fate::Dropped { fault: *fault },
                Fault::Delay { by, .. } => (delay, slower) = (delay + by, Some(*fault)),
                Fault::Hold { until, .. } if until > leaves => (leaves, kept) = (until, Some(*fault)),
                _ => {}
            }
        }
        // Passing from one cut into the next.
        while let Some(cut) = self.network.cut_at(from, to, leaves) {
            if cut.leaving == Leaving::Lost {
                return Fate::Dropped { fault: cut.fault };
            }
            (leaves, kept) = (cut.until, Some(cut.fault));
        }
        let arrives = leaves + delay;
        match (kept, slower) {
            (Some(fault), _) => Fate::Held { heals: leaves, arrives, fault },
            (None, Some(fault)) => Fate::Delayed { arrives, fault },
            (None, None) => Fate::OnTime { arrives },
        }
    }

    /// On a link that keeps the order no message overtakes the one before it; whoever made that one late makes this one
    /// late.
    fn in_order(&self, from: ParticipantId, to: ParticipantId, fate: Fate) -> Fate {
        let (Some(alone), true) = (fate.arrives(), self.network.is_fifo(from, to)) else { return fate };
        let last = self.arrivals[self.network.place(from, to)];
        if last.at <= alone {
            return fate;
        }
        let arrives = last.at;
        match (fate, last.fault) {
            (Fate::Held { heals, fault, .. }, _) => Fate::Held { heals, arrives, fault },
            (Fate::Delayed { fault, .. }, _) | (_, Some(fault)) => Fate::Delayed { arrives, fault },
            (_, None) => Fate::OnTime { arrives },
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
}

fn target<V: Vocabulary>(fault: &Fault<V>) -> Option<&MessageTarget<V>> {
    match fault {
        Fault::Drop { target }
        | Fault::Delay { target, .. }
        | Fault::Duplicate { target, .. }
        | Fault::Hold { target, .. }
        | Fault::Crash { start: CrashStart::AfterSending { target }, .. } => Some(target),
        _ => None,
    }
}
