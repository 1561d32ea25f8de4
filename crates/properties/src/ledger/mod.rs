//! What a trace amounts to: grants, beliefs, writes and requests, each from its beginning to its end.
//!
//! It judges nothing; the rules do, and the picture draws its bars from the same ledger. It knows everything that
//! happened and tells no actor.

mod acquires;
mod beliefs;
mod calls;
mod deeds;
mod downtimes;
mod faults;
mod grants;
mod keepers;
mod keys;
mod life;
mod lineage;
mod logs;
mod membership;
mod moment;
mod notes;
mod notes_of_groups;
mod orders;
mod origin;
mod questions;
mod reader;
mod requests;
mod terms;
mod writes;

pub use acquires::{Acquire, Answer};
pub use beliefs::{Belief, BeliefEnd, BeliefLoss};
pub use calls::{Call, Giveback};
pub use deeds::{DeadGrant, Decision, Deed};
pub use downtimes::{Downtime, Return};
pub use faults::{FaultEnd, LastFault};
pub use grants::{EndReason, Grant, GrantEnd, GrantNo, Renewal};
pub use lineage::{Content, Lineage};
pub use logs::Commit;
pub use membership::{Declaration, Installed, Suspicion};
pub use moment::Moment;
pub use orders::{Lie, Ownership, Proposal};
pub use questions::{Asked, Question};
pub use terms::Reign;
pub use writes::{Effect, Footing, Restored, TurnedAway, Write};

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::{Cast, Trace};

/// The books of one run. Every list is in the order of events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    grants: BTreeMap<ParticipantId, Vec<Grant>>,
    /// Who believed to hold a lock, and when.
    pub beliefs: Vec<Belief>,
    /// Every write that was sent.
    pub writes: Vec<Write>,
    /// Every write that was applied.
    pub effects: Vec<Effect>,
    /// Where each effect comes from, in the same order.
    pub lineage: Vec<Lineage>,
    /// Of each write, in the same order, the first sending.
    origins: Vec<EventId>,
    /// Every request that a store turned away.
    pub refusals: Vec<TurnedAway>,
    /// Every request for a lock.
    pub acquires: Vec<Acquire>,
    /// Every question beside the lock itself: pings, and asking whether a token still stands.
    pub questions: Vec<Question>,
    /// What else they asked for and wait for, in order: of stores, of names, and that a lock be freed.
    pub requests: Vec<Question>,
    /// Every crash, with the recovery if there was one.
    pub downtimes: Vec<Downtime>,
    /// Every return of a store from a crash, with what it still had.
    pub restorations: Vec<Restored>,
    /// Who suspected whom, and when.
    pub suspicions: Vec<Suspicion>,
    /// Who was declared dead, by whom.
    pub declarations: Vec<Declaration>,
    /// Every view that a member installed.
    pub views: Vec<Installed>,
    /// Who led which group of nodes in which term, and when.
    pub reigns: Vec<Reign>,
    /// Every entry that a node came to know as committed.
    pub commits: Vec<Commit>,
    /// Every read and write of a register or a store, from the asking to the answer.
    pub calls: Vec<Call>,
    /// Every time that a client gave a lock back, as it said itself.
    pub givebacks: Vec<Giveback>,
    /// Who was told that which name is its own.
    pub owned: Vec<Ownership>,
    /// Every order of a commander.
    pub proposals: Vec<Proposal>,
    /// Every lie of a traitor.
    pub lies: Vec<Lie>,
    /// Every decision of a general.
    pub decisions: Vec<Decision>,
    /// Every act of a client outside the stores.
    pub deeds: Vec<Deed>,
    /// Every grant to a client whose session was over.
    pub dead_grants: Vec<DeadGrant>,
    /// The last moment at which a fault was at work: the end of a pause or partition, or the beginning of one without an
    /// end; a crash or the recovery from it; a clock that was set; the arrival of a message that was delayed, held back or
    /// copied. `None` without faults.
    pub last_fault: Option<LastFault>,
    /// The beginning of the latest fault that has no end, a crash for good among them.
    pub endless: Option<Time>,
}

impl Ledger {
    /// Reads a trace once, from beginning to end. The cast says who keeps what, and which of all that are locks, so that a
    /// lock that never granted anything has an empty list of its own.
    pub fn read(trace: &Trace, cast: &Cast) -> Self {
        let mut ledger = reader::Reader::new(trace, cast).read();
        for lock in cast.ids().filter(|id| cast.is_lock(*id)) {
            ledger.grants.entry(lock).or_default();
        }
        ledger
    }

    /// Who led this group of nodes and when, and the last fault; nothing else.
    pub(crate) fn of_group(&self, group: ParticipantId) -> Self {
        let reigns = self.reigns.iter().filter(|reign| reign.group == group).cloned().collect();
        Self { reigns, last_fault: self.last_fault, ..Self::default() }
    }

    /// The locks, in the order of the cast.
    pub fn locks(&self) -> impl Iterator<Item = ParticipantId> {
        self.grants.keys().copied()
    }

    /// The grants of one lock in order: grant number `n` is at place `n - 1`.
    pub fn grants(&self, lock: ParticipantId) -> &[Grant] {
        self.grants.get(&lock).map_or(&[], Vec::as_slice)
    }

    /// The grants of all locks, lock by lock.
    pub fn all_grants(&self) -> impl Iterator<Item = &Grant> {
        self.grants.values().flatten()
    }

    /// The grant with this name.
    pub fn grant(&self, name: GrantNo) -> Option<&Grant> {
        self.grants(name.lock).get((name.number as usize).checked_sub(1)?)
    }

    /// The next grant of the same lock after this one, if there was one in this run.
    pub fn successor(&self, name: GrantNo) -> Option<&Grant> {
        self.grants(name.lock).get(name.number as usize)
    }

    /// What a write's sender had last been granted of this lock, in that life, when it first sent it: the belief, which
    /// may have ended by then.
    pub fn standing(&self, footing: &Footing, lock: ParticipantId) -> Option<&Belief> {
        footing.beliefs.iter().filter_map(|place| self.beliefs.get(*place)).find(|belief| belief.lock == lock)
    }

    /// Where an effect of this ledger comes from.
    pub fn lineage_of(&self, effect: &Effect) -> Option<&Lineage> {
        let place = self.effects.binary_search_by_key(&effect.applied, |other| other.applied).ok()?;
        self.lineage.get(place)
    }

    /// What all sendings of a write have in common, and no other write has: the event of the first.
    pub fn origin(&self, write: &Write) -> Option<EventId> {
        let place = self.writes.binary_search_by_key(&write.sent, |other| other.sent).ok()?;
        self.origins.get(place).copied()
    }

    /// The first write that an update took away: it stood in the store when the update was applied, and not in what the
    /// update was computed from. An update takes nothing from itself, however often it is applied.
    pub fn taken_by(&self, update: &Effect) -> Option<&Effect> {
        let Lineage { origin, over, basis } = *self.lineage_of(update)?;
        let is_other =
            |place: usize| origin.is_none() || self.lineage.get(place).is_none_or(|its| its.origin != origin);
        self.effects.get(lineage::unseen(&self.lineage, over, basis?, is_other)?)
    }

    /// The crashes of one participant, in order.
    pub fn crashes(&self, id: ParticipantId) -> impl Iterator<Item = &Downtime> {
        self.downtimes.iter().filter(move |down| down.participant == id)
    }

    /// The first crash of a participant after this moment.
    pub fn crash_after(&self, id: ParticipantId, moment: Moment) -> Option<&Downtime> {
        self.crashes(id).find(|down| down.from > moment)
    }

    /// The crash from which a participant never comes back.
    pub fn crash_for_good(&self, id: ParticipantId) -> Option<&Downtime> {
        self.crashes(id).find(|down| down.is_for_good())
    }
}
