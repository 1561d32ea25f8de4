//! What a commander wants, what traitors make of it, and who was told that a name is its own.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::NameId;

use super::Moment;

/// A commander said what it wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Who.
    pub by: ParticipantId,
    /// To attack, or to retreat.
    pub attack: bool,
    /// When.
    pub at: Moment,
}

/// A traitor said something else than a loyal general would have said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lie {
    /// Who.
    pub by: ParticipantId,
    /// To whom.
    pub to: ParticipantId,
    /// What it said.
    pub said: bool,
    /// What it should have said.
    pub truth: bool,
    /// When.
    pub at: Moment,
}

/// A client was told that a name is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ownership {
    /// Who was told.
    pub client: ParticipantId,
    /// Which name.
    pub name: NameId,
    /// By whom.
    pub registry: ParticipantId,
    /// When.
    pub at: Moment,
}
