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
    delay: Duration,
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
        Self { size, links: vec![Link { delay, cuts: Vec::new() }; size * size] }
    }

    /// Gives one directed link its own delay.
    ///
    /// # Panics
    /// When a participant is outside the network.
    pub fn set_delay(&mut self, from: ParticipantId, to: ParticipantId, delay: Duration) {
        self.link_mut(from, to).delay = delay;
    }

    pub(crate) fn cut(&mut self, from: ParticipantId, to: ParticipantId, cut: Cut) {
        self.link_mut(from, to).cuts.push(cut);
    }

    /// The delay of a directed link.
    pub(crate) fn delay(&self, from: ParticipantId, to: ParticipantId) -> Duration {
        self.link(from, to).delay
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
