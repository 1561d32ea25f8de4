//! Who takes part. A participant is known by its place in the scenario, which is also its lane and its rank among ties.

/// A participant's place in the scenario, counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParticipantId(pub u16);

impl ParticipantId {
    /// Where events are booked that belong to no participant, such as a partition. Sorts after everyone.
    pub const NETWORK: Self = Self(u16::MAX);

    /// The place as an index into a list of participants.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}
