//! How a client deals with what independent nodes keep, none of which leads: it asks all of them at once, and enough
//! answers are an answer.
//!
//! Here is only which step and which answer belongs where. How it gets enough keys is in [`super::keys`], how it reads and
//! writes a register in [`super::register`]. What the leader of a group answers for is no matter of this file.

use std::sync::Arc;

use fencepost_sim::{LocalTime, ParticipantId};
use fencepost_vocabulary::{Message, Note, Operation, Refusal};

use super::{Access, Client, Instruction};
use crate::Effects;

impl Client {
    /// Carries out a step that turns to something that independent nodes keep; says whether it was one.
    pub(super) fn turns_to_many(&mut self, instruction: &Instruction, now: LocalTime, effects: &mut Effects) -> bool {
        let config = Arc::clone(&self.config);
        let Some(object) = instruction.of() else { return false };
        let Some(access) = config.objects.get(&object) else { return false };
        match (access, *instruction) {
            (Access::Led { .. }, _) => return false,
            (Access::Keys { .. }, Instruction::Acquire { .. }) => {
                self.seek_keys(object, now, effects);
                self.wait_no_longer_than(effects);
            }
            (Access::Keys { .. }, Instruction::Release { .. }) => self.give_keys_back(object, effects),
            (Access::Register { .. }, Instruction::Read { .. }) => self.operate(object, Operation::Read, effects),
            (Access::Register { .. }, Instruction::Write { value, .. }) => {
                self.writes += 1;
                let value = self.compute(object, value).0;
                self.operate(object, Operation::Write(value), effects);
            }
            // There is nobody who could answer that.
            _ => self.end(Note::Stopped, now, effects),
        }
        true
    }

    /// Takes in an answer that only one of several independent nodes gives; says whether it was one.
    pub(super) fn told_by_one_of_many(
        &mut self,
        from: ParticipantId,
        message: &Message,
        now: LocalTime,
        effects: &mut Effects,
    ) -> bool {
        match *message {
            Message::Taken { request } => self.key_taken(from, request, now, effects),
            Message::Rejected { request, reason: Refusal::KeyTaken } => self.key_refused(from, request, effects),
            Message::Got { request, stamp, value } => self.got(from, request, (stamp, value), effects),
            Message::Kept { request } => self.kept(from, request, effects),
            _ => return false,
        }
        true
    }
}
