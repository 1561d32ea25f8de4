//! The network as it is planned: the delays of every directed link, whether it keeps the order, and when it is cut.
//!
//! It holds no state. The fate of a message is settled when it is sent, from this plan and from the message faults that
//! [`crate::world`] counts down.

use crate::chance::drawn;
use crate::digest::{Digest, Encode};
use crate::fault::FaultId;
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

/// One interval in which a link does not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Cut {
    pub from: Time,
    pub until: Time,
    /// What becomes of a message that would leave meanwhile.
    pub leaving: Leaving,
    /// Whether a message that would arrive meanwhile is lost.
    pub bars_arrival: bool,
    pub fault: FaultId,
}

/// What a cut does to a message that would leave; the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Leaving {
    Lost,
    Held,
    Free,
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

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// The delay of every message on this link, if they all have the same and nothing ever stands in their way.
    pub(crate) fn plain_delay(&self, from: ParticipantId, to: ParticipantId) -> Option<Duration> {
        let link = self.link(from, to);
        (link.low == link.high && !link.fifo && link.cuts.is_empty()).then_some(link.low)
    }

    /// The least delay of a directed link, and the only one unless it is drawn.
    pub(crate) fn delay(&self, from: ParticipantId, to: ParticipantId) -> Duration {
        self.link(from, to).low
    }

    /// Whether the delays of this link are drawn from a range.
    pub(crate) fn is_drawn(&self, from: ParticipantId, to: ParticipantId) -> bool {
        let link = self.link(from, to);
        link.low != link.high
    }

    /// The delay of the message of this kind and ordinal on this link.
    pub(crate) fn drawn_delay(
        &self,
        from: ParticipantId,
        to: ParticipantId,
        kind: &impl Encode,
        ordinal: u32,
    ) -> Duration {
        let link = self.link(from, to);
        let mut digest = Digest::default();
        link.salt.encode(&mut digest);
        kind.encode(&mut digest);
        ordinal.encode(&mut digest);
        drawn(link.low, link.high, &digest)
    }

    pub(crate) fn is_fifo(&self, from: ParticipantId, to: ParticipantId) -> bool {
        self.link(from, to).fifo
    }

    pub(crate) fn has_fifo(&self) -> bool {
        self.links.iter().any(|link| link.fifo)
    }

    /// The cut that a message leaving now runs into, if any; one that loses messages before one that holds them.
    pub(crate) fn cut_at(&self, from: ParticipantId, to: ParticipantId, leaves: Time) -> Option<Cut> {
        let cuts = self.link(from, to).cuts.iter().filter(|cut| cut.covers(leaves) && cut.leaving != Leaving::Free);
        cuts.min_by_key(|cut| (cut.leaving, cut.fault)).copied()
    }

    /// The cut that loses a message at its arrival, if one does.
    pub(crate) fn barred_at(&self, from: ParticipantId, to: ParticipantId, arrives: Time) -> Option<FaultId> {
        let cuts = self.link(from, to).cuts.iter().filter(|cut| cut.covers(arrives) && cut.bars_arrival);
        cuts.map(|cut| cut.fault).min()
    }

    fn link(&self, from: ParticipantId, to: ParticipantId) -> &Link {
        &self.links[self.place(from, to)]
    }

    fn link_mut(&mut self, from: ParticipantId, to: ParticipantId) -> &mut Link {
        let place = self.place(from, to);
        &mut self.links[place]
    }

    /// Where a link stands in a list of all links.
    pub(crate) fn place(&self, from: ParticipantId, to: ParticipantId) -> usize {
        assert!(from.index() < self.size && to.index() < self.size, "a link joins two participants of the network");
        from.index() * self.size + to.index()
    }
}

impl Cut {
    fn covers(&self, moment: Time) -> bool {
        self.from <= moment && moment < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ParticipantId = ParticipantId(0);
    const B: ParticipantId = ParticipantId(1);

    fn drawn(low: u64, high: u64, salt: u64) -> Vec<u64> {
        let mut network = Network::new(2, Duration::ZERO);
        network.set_range(A, B, Duration(low), Duration(high), salt);
        (1..=1_000).map(|ordinal| network.drawn_delay(A, B, &7_u32, ordinal).0).collect()
    }

    #[test]
    fn a_drawn_delay_lies_in_its_range_and_both_ends_are_met() {
        let delays = drawn(20, 29, 1);
        let times = |delay| delays.iter().filter(|drawn| **drawn == delay).count();
        assert!(delays.iter().all(|delay| (20..=29).contains(delay)));
        assert!((20..=29).all(|delay| (60..140).contains(&times(delay))), "a tenth each, more or less");
        assert_eq!(drawn(0, u64::MAX, 1).len(), 1_000, "the widest range there is");
    }

    #[test]
    fn another_salt_gives_other_delays_and_the_same_one_the_same() {
        assert_eq!(drawn(0, 1_000, 1), drawn(0, 1_000, 1));
        assert_ne!(drawn(0, 1_000, 1), drawn(0, 1_000, 2));
    }

    #[test]
    fn the_first_delays_of_a_salt_are_what_they_were() {
        // They are part of every digest ever shared.
        assert_eq!(drawn(20_000, 80_000, 7)[..4], [69_218, 76_794, 35_541, 78_319]);
    }
}
