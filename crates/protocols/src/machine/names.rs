//! Claimed names: a name belongs to whoever's claim comes first in the log.

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Message, NameId, Note, Refusal, RequestId};

use super::Telling;

/// Whose each name is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Names(BTreeMap<NameId, ParticipantId>);

impl Names {
    /// "Nobody's, so mine": the comparison and the setting are one entry of the log. Who asks again for what is its own
    /// is told so again.
    pub fn claim(&mut self, by: ParticipantId, request: RequestId, name: NameId, telling: &mut Telling<'_>) {
        let owner = *self.0.entry(name).or_insert_with(|| {
            telling.aloud(|effects| effects.note(Note::Registered { name, owner: by }));
            by
        });
        let answer = if owner == by {
            Message::Claimed { request, name }
        } else {
            Message::Rejected { request, reason: Refusal::NameTaken { owner } }
        };
        telling.send(by, answer);
    }
}
