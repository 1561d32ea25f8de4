//! How the leader's log becomes everyone's, and when an entry is committed.
//!
//! The leader sends what it appends at once, and with every heartbeat says what must stand before; a node whose log is
//! another says so, with its length as a hint from where to send again. An entry of the leader's own term is committed
//! when a quorum has it, and with it all before; entries of earlier terms are never counted by themselves. The rules
//! are those of Ongaro and Ousterhout's Raft (USENIX ATC 2014), without snapshots and changes of the group.

use fencepost_sim::{LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{Command, Entries, Entry, Message, Note, Position, Term, Timer};

use super::log::Log;
use super::reign::Peer;
use super::{Node, Office};
use crate::Effects;

/// What a leader says follows in a log.
pub(super) struct Appended {
    pub term: Term,
    pub previous: Position,
    pub entries: Entries,
    pub commit: u32,
    pub sent: LocalTime,
}

/// What a node says of its log.
pub(super) struct Receipt {
    pub term: Term,
    pub matched: Option<u32>,
    pub length: u32,
    pub sent: LocalTime,
}

impl Node {
    /// Leader: gives everyone a sign of life, with what it may not have yet.
    pub(super) fn beat(&mut self, now: Now, effects: &mut Effects) {
        effects.set_timer(Timer::Heartbeat, self.config.heartbeat);
        self.send_to_all(now, effects);
    }

    /// Leader: sends everyone what was not sent yet, or a heartbeat if there is nothing.
    pub(super) fn send_to_all(&mut self, now: Now, effects: &mut Effects) {
        let Office::Leading(reign) = &mut self.office else { return };
        for peer in &mut reign.peers {
            send(peer, &self.log, (self.term, self.commit), now, effects);
        }
        self.back(now, effects);
    }

    /// Leader: puts something into its log and sends it to everyone.
    pub(super) fn append(&mut self, command: Command, now: Now, effects: &mut Effects) {
        self.write_down(command, now, effects);
        self.send_to_all(now, effects);
        self.commit_what_is_copied(now, effects);
    }

    /// Leader: puts something into its log.
    pub(super) fn write_down(&mut self, command: Command, now: Now, effects: &mut Effects) {
        self.log_entry(Entry { term: self.term, command }, effects);
        self.applied_at_once(now, effects);
    }

    fn log_entry(&mut self, entry: Entry, effects: &mut Effects) {
        effects.note(Note::Logged { index: self.log.last() + 1, entry: entry.clone() });
        self.log.push(entry);
    }

    /// Hears a leader. One of an earlier term is told which it is now.
    pub(super) fn hear(&mut self, from: ParticipantId, said: Appended, now: Now, effects: &mut Effects) {
        let (previous, sent) = (said.previous.index, said.sent);
        let reached = previous + said.entries.0.len() as u32;
        let (term, matched) = (said.term, self.obey(from, said, now, effects));
        let reply = if self.config.traitor {
            Message::Appended { term, matched: Some(reached), length: reached, sent }
        } else {
            // Where the logs are not the same, they may be so before that place.
            let last = self.log.last();
            let length = if matched.is_some() { last } else { last.min(previous.saturating_sub(1)) };
            Message::Appended { term: self.term, matched, length, sent }
        };
        effects.send(from, reply);
    }

    /// Does as a leader says, if it is one, and says up to where the logs are now the same.
    fn obey(&mut self, from: ParticipantId, said: Appended, now: Now, effects: &mut Effects) -> Option<u32> {
        if said.term < self.term || self.is_rival(said.term) {
            return None;
        }
        self.follow(said.term, effects);
        self.retire(effects);
        (self.leader, self.heard) = (Some(from), Some(now.mono));
        self.wait(effects);
        let Appended { previous, entries, commit, .. } = said;
        if self.log.position(previous.index) != Some(previous) {
            return None;
        }
        let reached = previous.index + entries.0.len() as u32;
        self.take_over(previous.index, entries, now, effects);
        self.commit_up_to(commit.min(reached), now, effects);
        Some(reached)
    }

    /// Whether it leads in this term itself. Two leaders of one term, which are a bug to see, do not obey each other.
    fn is_rival(&self, term: Term) -> bool {
        term == self.term && matches!(self.office, Office::Leading(_))
    }

    /// Makes its log the same as the leader's behind `place`. Nothing is thrown away unless it contradicts.
    fn take_over(&mut self, place: u32, entries: Entries, now: Now, effects: &mut Effects) {
        for (index, entry) in (place + 1..).zip(entries.0) {
            match self.log.get(index) {
                Some(own) if own.term == entry.term => continue,
                Some(_) => self.throw_away(index, now, effects),
                None => {}
            }
            self.log_entry(entry, effects);
        }
    }

    fn throw_away(&mut self, from: u32, now: Now, effects: &mut Effects) {
        effects.note(Note::Truncated { from });
        self.log.truncate(from);
        // Only where quorums do not meet, or somebody lied, is this ever less.
        self.commit = self.commit.min(from - 1);
        self.undo(from, now, effects);
    }

    /// Leader: hears what a node makes of what it was sent.
    pub(super) fn acknowledged(&mut self, from: ParticipantId, receipt: Receipt, now: Now, effects: &mut Effects) {
        let Receipt { term, matched, length, sent } = receipt;
        self.follow(term, effects);
        let Office::Leading(reign) = &mut self.office else { return };
        let Some(peer) = reign.peer_mut(from).filter(|_| term == self.term) else { return };
        peer.heard = now.mono;
        peer.acked = peer.acked.max(Some(sent));
        match matched {
            Some(matched) if matched > peer.matched => {
                // A liar may have more than there is.
                peer.matched = matched.min(self.log.last());
                peer.sent = peer.sent.max(peer.matched);
                self.commit_what_is_copied(now, effects);
            }
            Some(_) => {}
            None => {
                // One whose disk was wiped has less than it once had.
                peer.sent = length.min(self.log.last());
                peer.matched = peer.matched.min(length);
                send(peer, &self.log, (self.term, self.commit), now, effects);
            }
        }
        self.back(now, effects);
    }

    /// Leader: notes if a quorum has acknowledged something later than before, and answers the reads that waited for it.
    fn back(&mut self, now: Now, effects: &mut Effects) {
        let (term, quorum) = (self.term, self.config.quorum);
        let Office::Leading(reign) = &mut self.office else { return };
        let acknowledged = reign.acknowledged(quorum, now.mono);
        if let Some(sent) = acknowledged.filter(|_| acknowledged > reign.backed) {
            reign.backed = acknowledged;
            effects.note(Note::Backed { term, sent });
            self.serve_reads(now, effects);
        }
    }

    /// Leader: commits what a quorum has, if the last of it is of its own term.
    pub(super) fn commit_what_is_copied(&mut self, now: Now, effects: &mut Effects) {
        let Office::Leading(reign) = &self.office else { return };
        let copied = reign.copied(self.config.quorum, self.log.last());
        if self.log.get(copied).is_some_and(|entry| entry.term == self.term) {
            self.commit_up_to(copied, now, effects);
        }
    }

    fn commit_up_to(&mut self, upto: u32, now: Now, effects: &mut Effects) {
        if upto > self.commit {
            self.commit = upto;
            effects.note(Note::Committed { upto });
            self.apply_committed(now, effects);
        }
    }
}

/// Sends a node what it was not sent yet, and hopes that it has the rest.
fn send(peer: &mut Peer, log: &Log, (term, commit): (Term, u32), now: Now, effects: &mut Effects) {
    let previous = log.position(peer.sent).unwrap_or_default();
    let entries = log.copies_behind(previous.index);
    peer.sent = log.last();
    effects.send(peer.id, Message::Append { term, previous, entries, commit, sent: now.mono });
}
