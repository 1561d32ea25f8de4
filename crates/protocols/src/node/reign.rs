//! What a leader knows of the others: how far their logs are as its own, and when they last answered.

use fencepost_sim::{Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::Message;

/// The memory of a leader. It begins empty with every reign and ends with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reign {
    /// All nodes but the leader, in the order of the group.
    pub peers: Vec<Peer>,
    /// The latest moment of sending that a quorum has acknowledged.
    pub backed: Option<LocalTime>,
    /// Whether it led when the run began: then there is no earlier leader whose entries it might not know.
    pub inherited: bool,
    /// Reads that wait for a sign that it still leads.
    pub reads: Vec<Read>,
}

/// Another node, as the leader knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Peer {
    pub id: ParticipantId,
    /// Up to where its log is known to be as the leader's.
    pub matched: u32,
    /// The last entry that was sent to it, in the hope that it has all before.
    pub sent: u32,
    /// When the latest message was sent that it has acknowledged.
    pub acked: Option<LocalTime>,
    /// When it was last heard from, or the reign began.
    pub heard: LocalTime,
}

/// A read that waits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Read {
    pub from: ParticipantId,
    pub message: Message,
    /// When it came.
    pub since: LocalTime,
}

impl Reign {
    /// A reign that begins now, over nodes of which nothing is known; entries up to `last` need not be sent unless it
    /// turns out that they are missing.
    pub fn new(others: impl Iterator<Item = ParticipantId>, last: u32, inherited: bool, now: Now) -> Self {
        let peer = |id| Peer { id, matched: 0, sent: last, acked: None, heard: now.mono };
        Self { peers: others.map(peer).collect(), backed: None, inherited, reads: Vec::new() }
    }

    pub fn peer_mut(&mut self, id: ParticipantId) -> Option<&mut Peer> {
        self.peers.iter_mut().find(|peer| peer.id == id)
    }

    /// The latest moment of sending that a quorum of so many, the leader among them, has acknowledged by now.
    pub fn acknowledged(&self, quorum: usize, now: LocalTime) -> Option<LocalTime> {
        reached(quorum, self.peers.iter().filter_map(|peer| peer.acked), now)
    }

    /// The last entry that a quorum of so many has, of which the leader has all up to `last`.
    pub fn copied(&self, quorum: usize, last: u32) -> u32 {
        reached(quorum, self.peers.iter().map(|peer| peer.matched), last).unwrap_or(0)
    }

    /// Since when no quorum of so many was heard from.
    pub fn in_touch(&self, quorum: usize, now: LocalTime) -> Option<LocalTime> {
        reached(quorum, self.peers.iter().map(|peer| peer.heard), now)
    }

    /// See [`fencepost_sim::Actor::rebase`]. How old a sign of life is counts only up to the shortest timeout, unless a
    /// read waits that asks whether it is older or younger than itself.
    pub fn rebase(&mut self, shortest: Duration, now: Now) {
        let exact = !self.reads.is_empty();
        let rebased = |at: LocalTime| if exact { at.rebased(now) } else { age(at, shortest, now) };
        for peer in &mut self.peers {
            peer.heard = age(peer.heard, shortest, now);
            peer.acked = peer.acked.map(rebased);
        }
        self.backed = self.backed.map(rebased);
        for read in &mut self.reads {
            read.since = read.since.rebased(now);
        }
    }
}

/// The highest that so many have reached, one of whom stands at `own`; `None` if there are not so many.
fn reached<T: Copy + Ord>(quorum: usize, others: impl Iterator<Item = T> + Clone, own: T) -> Option<T> {
    if quorum <= 1 {
        return Some(own);
    }
    let enough = |mark: &T| others.clone().filter(|other| other >= mark).count() + 1 >= quorum;
    others.clone().filter(enough).max().map(|mark| mark.min(own))
}

/// How long ago something was, where more than `most` is all the same.
pub(super) fn age(at: LocalTime, most: Duration, now: Now) -> LocalTime {
    LocalTime(now.mono.since(at).0.min(most.0))
}
