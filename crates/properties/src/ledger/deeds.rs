//! What was done once and for all: a decision, a letter sent, a payment made.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::Outside;

use super::{GrantNo, Moment};

/// A general made up its mind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub by: ParticipantId,
    /// To attack, or to stay.
    pub attack: bool,
    /// When.
    pub at: Moment,
}

/// A client acted outside the stores, where no fence stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Who.
    pub client: ParticipantId,
    /// What it did.
    pub what: Outside,
    /// The grant it believed it held, if it believed so.
    pub grant: Option<GrantNo>,
    /// When.
    pub at: Moment,
}

/// A grant to a client whose own session was over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadGrant {
    /// The grant.
    pub grant: GrantNo,
    /// When the service made it without looking.
    pub at: Moment,
}
