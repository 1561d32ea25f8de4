//! When the last fault was at work. What has no end, a cut, an omission, is part of the world from its beginning on: what
//! is lost to it later is nothing new.

use std::collections::BTreeSet;

use fencepost_sim::{FaultId, Time};

/// The last moment at which a fault began to be at work, or was still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LastFault {
    /// When. It can lie beyond the end of the run.
    pub at: Time,
    /// What happened to the fault then.
    pub how: FaultEnd,
}

/// What becomes of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultEnd {
    /// It struck in a moment: a message was lost, a clock was set, somebody stopped for good.
    Struck,
    /// It was over: a pause, a cut, a recovery, the arrival of what was late or copied.
    Over,
    /// It began, and has no end.
    Lasts,
}

/// Follows the faults while a trace is read.
#[derive(Default)]
pub(super) struct FaultBook {
    pub last: Option<LastFault>,
    /// The beginning of the latest that has no end, a crash for good among them.
    pub endless: Option<Time>,
    lasting: BTreeSet<FaultId>,
}

impl FaultBook {
    /// A cut, a pause or an omission begins.
    pub fn started(&mut self, fault: FaultId, at: Time, until: Option<Time>) {
        match until {
            Some(until) => self.note(until, FaultEnd::Over),
            None => {
                self.lasting.insert(fault);
                self.note(at, FaultEnd::Lasts);
                self.endless = Some(at);
            }
        }
    }

    /// Somebody crashes.
    pub fn crashed(&mut self, at: Time, recovers: Option<Time>) {
        match recovers {
            Some(recovers) => self.note(recovers, FaultEnd::Over),
            None => {
                self.note(at, FaultEnd::Struck);
                self.endless = Some(at);
            }
        }
    }

    /// A message fell to a fault: it is late, or lost.
    pub fn hit(&mut self, fault: FaultId, sent: Time, arrives: Option<Time>) {
        match arrives {
            _ if self.lasting.contains(&fault) => {}
            Some(arrives) => self.note(arrives, FaultEnd::Over),
            None => self.note(sent, FaultEnd::Struck),
        }
    }

    /// A fault was at work at this moment.
    pub fn note(&mut self, at: Time, how: FaultEnd) {
        self.last = self.last.max(Some(LastFault { at, how }));
    }
}
