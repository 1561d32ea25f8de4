//! How faults begin and end, and how a participant catches up when it wakes.

use std::sync::Arc;

use crate::actor::{Actor, Vocabulary};
use crate::fault::{CrashStart, Fault, FaultId, PauseStart};
use crate::network::{Cut, Network};
use crate::order::sort_by_rank;
use crate::participant::ParticipantId;
use crate::queue::{Item, Phase};
use crate::record::Recorder;
use crate::time::Duration;
use crate::trace::EventKind;

use super::{Countdown, Scene, Status, World};

impl<A: Actor> World<A> {
    /// Puts what has a time on the queue, and what waits for a message or a step on the countdowns.
    pub(super) fn plan_faults(&mut self) {
        let faults = Arc::clone(&self.faults);
        for (index, fault) in faults.iter().enumerate() {
            let id = FaultId(index as u16);
            match fault {
                Fault::Pause { participant, start: PauseStart::At(time), .. }
                | Fault::Crash { participant, start: CrashStart::At(time), .. } => {
                    self.queue.push(*time, Phase::Fault, *participant, Item::FaultStart(id));
                }
                Fault::Pause { start: PauseStart::Before { ordinal, .. }, .. } => {
                    self.step_faults.push(Countdown { fault: id, remaining: *ordinal });
                }
                Fault::Crash { .. }
                | Fault::Omission { .. }
                | Fault::Hold { .. }
                | Fault::Stall { .. }
                | Fault::ClockRate { .. }
                | Fault::ClockJump { .. } => {}
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

    pub(super) fn start_fault(&mut self, id: FaultId, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
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
        let kind = match until {
            Some(_) => EventKind::FaultStarted { fault: id, until },
            None => EventKind::Crashed { fault: id, recovers: None },
        };
        let started = self.record(scene, kind, recorder);
        if let Some(until) = until {
            self.schedule(until, Phase::Fault, scene.participant, Item::FaultEnd(id), Some(started), recorder);
        } else {
            self.participants[scene.participant.index()].aside.clear();
        }
    }

    pub(super) fn end_fault(&mut self, fault: FaultId, scene: Scene, recorder: &mut impl Recorder<A::Words>) {
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
        // Within a rank things stay in the order in which they came due, which is how they were put aside.
        sort_by_rank(&mut backlog, |(_, item)| (backlog_rank(item), 0));
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

    /// The pause that strikes before this step, if one does.
    pub(super) fn strikes_before(
        &mut self,
        id: ParticipantId,
        step: <A::Words as Vocabulary>::Step,
    ) -> Option<FaultId> {
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
}

/// On waking: the interrupted steps, then what the clock brought, then the mail.
fn backlog_rank<V: Vocabulary>(item: &Item<V>) -> u64 {
    match item {
        Item::Start | Item::Step { .. } | Item::FaultStart(_) | Item::FaultEnd(_) => 0,
        Item::Timer(_) => 1,
        Item::Delivery { .. } => 2,
    }
}

/// Counts one occurrence against every countdown that `matches`, and takes out those that reach zero.
pub(super) fn count_down(countdowns: &mut Vec<Countdown>, matches: impl Fn(FaultId) -> bool) -> Vec<FaultId> {
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

/// The network with the cuts of all partitions in it.
pub(super) fn with_cuts<V: Vocabulary>(mut network: Network, faults: &[Fault<V>]) -> Network {
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
