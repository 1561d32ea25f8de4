//! Who suspected whom, who was declared dead, and which views of the group were installed.

use std::collections::BTreeMap;

use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::Membership;

use super::Moment;

/// One unbroken suspicion of one observer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// Who suspects.
    pub observer: ParticipantId,
    /// Whom.
    pub of: ParticipantId,
    /// Which life of it.
    pub incarnation: u32,
    /// When it began.
    pub from: Moment,
    /// The first moment without it: withdrawn, or lost with the observer's memory. `None` if it outlived the run.
    pub ended: Option<Moment>,
}

/// A participant counted as dead from here on, at this life of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Who declares.
    pub by: ParticipantId,
    /// Who is declared dead.
    pub of: ParticipantId,
    /// Which life of it.
    pub incarnation: u32,
    /// The view that has it no more.
    pub view: u32,
    /// When.
    pub at: Moment,
}

/// A view of the group, as one of its members installed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// Who installed it.
    pub by: ParticipantId,
    /// The number of the view.
    pub view: u32,
    /// Who belongs to the group from here on.
    pub members: Membership,
    /// When.
    pub at: Moment,
}

impl Suspicion {
    /// The first moment without it; `None` if it outlived the run.
    pub fn until(&self) -> Option<Time> {
        self.ended.map(|ended| ended.time)
    }
}

/// Builds the lists about the group while a trace is read.
#[derive(Default)]
pub(super) struct GroupBook {
    pub suspicions: Vec<Suspicion>,
    pub declarations: Vec<Declaration>,
    pub views: Vec<Installed>,
    /// The open suspicion of an observer, as a place in the list.
    open: BTreeMap<(ParticipantId, ParticipantId), usize>,
}

impl GroupBook {
    /// Said again of the same life, a suspicion goes on.
    pub fn suspects(&mut self, suspicion: Suspicion) {
        let key = (suspicion.observer, suspicion.of);
        if let Some(place) = self.open.get(&key) {
            if self.suspicions[*place].incarnation == suspicion.incarnation {
                return;
            }
            self.suspicions[*place].ended = Some(suspicion.from);
        }
        self.open.insert(key, self.suspicions.len());
        self.suspicions.push(suspicion);
    }

    pub fn trusts(&mut self, observer: ParticipantId, of: ParticipantId, at: Moment) {
        if let Some(place) = self.open.remove(&(observer, of)) {
            self.suspicions[place].ended = Some(at);
        }
    }

    /// Whoever belongs to a new view with a new life is no longer suspected by the one that installed it.
    pub fn installed(&mut self, installed: Installed) {
        for (of, incarnation) in &installed.members.0 {
            let open = self.open.get(&(installed.by, *of)).map(|place| &self.suspicions[*place]);
            if open.is_some_and(|open| open.incarnation < *incarnation) {
                self.trusts(installed.by, *of, installed.at);
            }
        }
        self.views.push(installed);
    }

    /// What an observer suspected is forgotten with everything else it had in mind.
    pub fn crashed(&mut self, observer: ParticipantId, at: Moment) {
        let suspicions = &mut self.suspicions;
        self.open.retain(|(who, _), place| {
            if *who == observer {
                suspicions[*place].ended = Some(at);
            }
            *who != observer
        });
    }
}
