//! The network as it is planned: the delay of every directed link, and when which link is cut.
//!
//! It holds no state. The fate of a message is settled when it is sent, from this plan and from the message faults that
//! [`crate::world`] counts down.

use crate::fault::{FaultId, PartitionMode};
use crate::participant::ParticipantId;
use crate::time::{Duration, Time};

/// Delays and cuts for every directed link between `size` participants.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    size: usize,
    links: Vec<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Link {
    low: Duration,
    high: Duration,
    salt: u64,
    fifo: bool,
    cuts: Vec<Cut>,
}

/// One interval in which a link is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Cut {
    pub from: Time,
    pub until: Time,
    pub mode: PartitionMode,
    pub fault: FaultId,
}

impl Network {
    /// A network in which every link has the same delay.
    pub fn new(size: usize, delay: Duration) -> Self {
        let link = Link { low: delay, high: delay, salt: 0, fifo: false, cuts: Vec::new() };
        Self { size, links: vec![link; size * size] }
    }

    /// Gives one directed link its own delay.
    ///
    /// # Panics
    /// When a participant is outside the network.
    pub fn set_delay(&mut self, from: ParticipantId, to: ParticipantId, delay: Duration) {
        self.set_range(from, to, delay, delay, 0);
    }

    /// Gives every message on one directed link a delay of its own, from `low` to `high`, both included. It is a
    /// function of the `salt`, the kind of the message and its ordinal, and of nothing else.
    ///
    /// # Panics
    /// When a participant is outside the network.
    pub fn set_range(&mut self, from: ParticipantId, to: ParticipantId, low: Duration, high: Duration, salt: u64) {
        let link = self.link_mut(from, to);
        (link.low, link.high, link.salt) = (low, high.max(low), salt);
    }

    /// Lets no message on one directed link overtake another.
    ///
    /// # Panics
    /// When a participant is outside the network.
    pub fn set_fifo(&mut self, from: ParticipantId, to: ParticipantId) {
        self.link_mut(from, to).fifo = true;
    }

    pub(crate) fn cut(&mut self, from: ParticipantId, to: ParticipantId, cut: Cut) {
        self.link_mut(from, to).cuts.push(cut);
    }

    /// The delay of a directed link.
    pub(crate) fn delay(&self, from: ParticipantId, to: ParticipantId) -> Duration {
        self.link(from, to).low
    }

    /// The cut that a message sent now runs into, if any; one that loses messages before one that holds them.
    pub(crate) fn cut_at(&self, from: ParticipantId, to: ParticipantId, now: Time) -> Option<Cut> {
        let covering = self.link(from, to).cuts.iter().filter(|cut| cut.from <= now && now < cut.until);
        covering.min_by_key(|cut| (cut.mode, cut.fault)).copied()
    }

    fn link(&self, from: ParticipantId, to: ParticipantId) -> &Link {
        &self.links[self.place(from, to)]
    }

    fn link_mut(&mut self, from: ParticipantId, to: ParticipantId) -> &mut Link {
        let place = self.place(from, to);
        &mut self.links[place]
    }

    fn place(&self, from: ParticipantId, to: ParticipantId) -> usize {
        assert!(from.index() < self.size && to.index() < self.size, "a link joins two participants of the network");
        from.index() * self.size + to.index()
    }
}
