//! How a member of a group is set up.

use fencepost_sim::{Duration, ParticipantId};

/// How a member of a group is set up. All members of one group have the same, but for `id`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MemberConfig {
    /// Who it is.
    pub id: ParticipantId,
    /// Everyone who ever belongs to the group, itself among them. A majority is a majority of these.
    pub members: Vec<ParticipantId>,
    /// How often it gives a sign of life.
    pub heartbeat: Duration,
    /// How long somebody must be silent to be suspected.
    pub suspect_after: Duration,
    /// Who watches the others.
    pub observers: Vec<ParticipantId>,
    /// The clients that an observer tells what it thinks.
    pub report: Vec<ParticipantId>,
    /// Who may declare somebody dead.
    pub declare: Declare,
}

/// Who may declare a member dead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Declare {
    /// Nobody: a suspicion is all there is.
    #[default]
    Off,
    /// A majority of all members, each of which votes once for each view.
    Majority,
    /// Any observer by itself. A bug to see.
    Alone,
}

impl MemberConfig {
    /// How many votes decide.
    pub(super) fn majority(&self) -> usize {
        self.members.len() / 2 + 1
    }

    /// Whether it watches the others.
    pub(super) fn is_observer(&self) -> bool {
        self.observers.contains(&self.id)
    }

    /// All members but itself.
    pub(super) fn others(&self) -> impl Iterator<Item = ParticipantId> {
        self.members.iter().copied().filter(|member| *member != self.id)
    }
}
