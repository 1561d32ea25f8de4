//! The plan of faults: what is put on the queue before anything happens, what waits for a step or a message, and which
//! links are cut when.

use std::sync::Arc;

use crate::actor::{Actor, Vocabulary};
use crate::fault::{CrashStart, Fault, FaultId, OmissionSide, PartitionMode, PauseStart};
use crate::network::{Cut, Leaving, Network};
use crate::participant::ParticipantId;
use crate::queue::{Item, Phase};
use crate::time::Time;

use super::{Countdown, World};

/// What a fault waits for before it strikes.
enum Waiting {
    Time(Time, ParticipantId),
    /// The so-many-th step of its name.
    Step(u32),
    /// The so-many-th message of its kind on its link.
    Message(u32),
    /// It lasts no time at all and never begins.
    Never,
}

impl<A: Actor> World<A> {
    /// Puts what has a time on the queue, and what waits for a message or a step on the countdowns.
    pub(super) fn plan_faults(&mut self) {
        let faults = Arc::clone(&self.faults);
        for (index, fault) in faults.iter().enumerate() {
            let id = FaultId(index as u16);
            match waiting(fault) {
                Waiting::Time(time, participant) => {
                    self.queue.push(time, Phase::Fault, participant, Item::FaultStart(id));
                }
                Waiting::Step(remaining) => self.step_faults.push(Countdown { fault: id, remaining }),
                Waiting::Message(remaining) => self.message_faults.push(Countdown { fault: id, remaining }),
                Waiting::Never => {}
            }
        }
    }
}

fn waiting<V: Vocabulary>(fault: &Fault<V>) -> Waiting {
    match fault {
        Fault::Pause { participant, start: PauseStart::At(time), .. }
        | Fault::Crash { participant, start: CrashStart::At(time), .. }
        | Fault::ClockRate { participant, from: time, .. }
        | Fault::ClockJump { participant, at: time, .. } => Waiting::Time(*time, *participant),
        Fault::Pause { start: PauseStart::Before { ordinal, .. }, .. }
        | Fault::Crash { start: CrashStart::Before { ordinal, .. }, .. }
        | Fault::Stall { ordinal, .. } => Waiting::Step(*ordinal),
        Fault::Crash { start: CrashStart::AfterSending { target }, .. }
        | Fault::Hold { target, .. }
        | Fault::Drop { target }
        | Fault::Delay { target, .. }
        | Fault::Duplicate { target, .. } => Waiting::Message(target.ordinal),
        Fault::Partition { from, until, .. } if from >= until => Waiting::Never,
        Fault::Partition { from, .. } => Waiting::Time(*from, ParticipantId::NETWORK),
        Fault::Omission { from, until: Some(until), .. } if from >= until => Waiting::Never,
        Fault::Omission { participant, from, .. } => Waiting::Time(*from, *participant),
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

/// The network with the cuts of all partitions and omissions in it.
pub(super) fn with_cuts<V: Vocabulary>(mut network: Network, faults: &[Fault<V>]) -> Network {
    for (index, fault) in faults.iter().enumerate() {
        let id = FaultId(index as u16);
        match fault {
            Fault::Partition { links, from, until, mode } => {
                let (leaving, bars_arrival) = match mode {
                    PartitionMode::Drop => (Leaving::Lost, false),
                    PartitionMode::Hold => (Leaving::Held, false),
                    PartitionMode::Sever => (Leaving::Lost, true),
                };
                let cut = Cut { from: *from, until: *until, leaving, bars_arrival, fault: id };
                links.iter().for_each(|(sender, receiver)| network.cut(*sender, *receiver, cut));
            }
            Fault::Omission { participant, side, from, until } => {
                let until = until.unwrap_or(Time::NEVER);
                let cut = Cut { from: *from, until, leaving: Leaving::Free, bars_arrival: false, fault: id };
                cut_off(&mut network, *participant, *side, cut);
            }
            _ => {}
        }
    }
    network
}

/// Puts `cut` on every link that leads from a mute participant, or to a deaf one. It can still talk to itself.
fn cut_off(network: &mut Network, participant: ParticipantId, side: OmissionSide, cut: Cut) {
    for index in 0..network.size() {
        let other = ParticipantId(index as u16);
        match side {
            _ if other == participant => {}
            OmissionSide::Sending => network.cut(participant, other, Cut { leaving: Leaving::Lost, ..cut }),
            OmissionSide::Receiving => network.cut(other, participant, Cut { bars_arrival: true, ..cut }),
        }
    }
}
