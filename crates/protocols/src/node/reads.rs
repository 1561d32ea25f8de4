//! How a leader answers reads (R6): because it believes that it leads, because it led so lately that nobody else can, or
//! because a quorum has just said that it still does.
//!
//! A new leader may not know yet what is committed, and waits until an entry of its own term is.

use fencepost_sim::{Now, ParticipantId};
use fencepost_vocabulary::Message;

use super::config::Reads;
use super::reign::Read;
use super::{Node, Office};
use crate::Effects;

impl Node {
    /// Leader: answers a read, now or when it may.
    pub(super) fn read(&mut self, from: ParticipantId, message: Message, now: Now, effects: &mut Effects) {
        if self.config.reads == Reads::Local {
            return self.answer(&Read { from, message, since: now.mono }, now, effects);
        }
        let Office::Leading(reign) = &mut self.office else { return };
        if reign.reads.iter().any(|read| (read.from, &read.message) == (from, &message)) {
            return;
        }
        reign.reads.push(Read { from, message, since: now.mono });
        self.serve_reads(now, effects);
        // Who cannot answer by itself asks the others at once.
        if self.config.reads == Reads::Index && self.has_reads() {
            self.send_to_all(now, effects);
        }
    }

    fn has_reads(&self) -> bool {
        matches!(&self.office, Office::Leading(reign) if !reign.reads.is_empty())
    }

    /// Leader: answers all reads that it now may.
    pub(super) fn serve_reads(&mut self, now: Now, effects: &mut Effects) {
        if !self.has_reads() || !self.knows_what_is_committed() {
            return;
        }
        let Office::Leading(reign) = &mut self.office else { return };
        let (mut ready, mut waiting) = (Vec::new(), Vec::new());
        for read in std::mem::take(&mut reign.reads) {
            let is_ready = match self.config.reads {
                Reads::Local => true,
                Reads::Lease => reign.backed.is_some_and(|sent| now.mono < sent + self.config.lease()),
                Reads::Index => reign.backed.is_some_and(|sent| sent >= read.since),
            };
            if is_ready { ready.push(read) } else { waiting.push(read) }
        }
        reign.reads = waiting;
        for read in &ready {
            self.answer(read, now, effects);
        }
    }

    fn knows_what_is_committed(&self) -> bool {
        let inherited = matches!(&self.office, Office::Leading(reign) if reign.inherited);
        inherited || self.log.get(self.commit).is_some_and(|entry| entry.term == self.term)
    }

    fn answer(&self, read: &Read, now: Now, effects: &mut Effects) {
        if let Some(service) = &self.service {
            service.machine.read(read.from, &read.message, now, effects);
        }
    }
}
