//! The times in which a participant takes no step. Pauses that overlap or touch are one sleep: what a bound on pauses is
//! about is how long nobody was at home, not in how many lines that is written.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::{FaultId, ParticipantId, Time};

use super::deeds::{Deed, Kind};

/// One time without a step.
struct Sleep {
    from: Time,
    /// When the last of its pauses was over; `None` while one goes on.
    until: Option<Time>,
    /// The pauses that go on.
    open: BTreeSet<FaultId>,
    /// Which deeds are its pauses.
    deeds: Vec<usize>,
}

/// The sleeps of all participants.
#[derive(Default)]
pub(super) struct Sleeps {
    /// The last of each, for as long as another pause can join it.
    last: BTreeMap<ParticipantId, Sleep>,
    over: Vec<Sleep>,
}

impl Sleeps {
    /// A pause begins, which is told by the deed at `deed`.
    pub fn begin(&mut self, who: ParticipantId, fault: FaultId, at: Time, deed: usize) {
        if self.last.get(&who).is_some_and(|sleep| sleep.until.is_some_and(|until| until < at)) {
            self.over.extend(self.last.remove(&who));
        }
        let new = || Sleep { from: at, until: None, open: BTreeSet::new(), deeds: Vec::new() };
        let sleep = self.last.entry(who).or_insert_with(new);
        sleep.until = None;
        sleep.open.insert(fault);
        sleep.deeds.push(deed);
    }

    /// A pause is over.
    pub fn end(&mut self, who: ParticipantId, fault: FaultId, at: Time) {
        if let Some(sleep) = self.last.get_mut(&who)
            && sleep.open.remove(&fault)
            && sleep.open.is_empty()
        {
            sleep.until = Some(at);
        }
    }

    /// The participant stops, and sleeps no more.
    pub fn crash(&mut self, who: ParticipantId, at: Time) {
        if let Some(mut sleep) = self.last.remove(&who) {
            sleep.until = sleep.until.or(Some(at));
            self.over.push(sleep);
        }
    }

    /// The participant takes a step: what touches its last sleep from now on is another one.
    pub fn step(&mut self, who: ParticipantId) {
        if self.last.get(&who).is_some_and(|sleep| sleep.until.is_some()) {
            self.over.extend(self.last.remove(&who));
        }
    }

    /// Says of each pause how long the sleep was that it is part of. What has no end goes on to the end of the run.
    pub fn settle(self, end: Time, deeds: &mut [Deed]) {
        for sleep in self.over.into_iter().chain(self.last.into_values()) {
            for deed in &sleep.deeds {
                if let Some(Deed { kind: Kind::Asleep { from, until, pauses, .. }, .. }) = deeds.get_mut(*deed) {
                    (*from, *until, *pauses) = (sleep.from, sleep.until.unwrap_or(end), sleep.deeds.len());
                }
            }
        }
    }
}
