//! Why a service says no.

use fencepost_sim::ParticipantId;

use crate::value::{FencingToken, Sequence, Version};

/// Why a service says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// The token is older than one already seen here.
    Stale {
        /// The highest token seen.
        highest: FencingToken,
    },
    /// This store accepts each token once (`check gt`).
    TokenUsed {
        /// The highest token seen.
        highest: FencingToken,
    },
    /// Something else was written since the version presented.
    VersionChanged {
        /// The version now stored.
        current: Version,
    },
    /// The check needs a token and the request carries none.
    NoToken,
    /// The check needs a version and the write was not computed from a read.
    NoVersion,
    /// The sender does not hold the lock, or not under this token.
    NotHolder,
    /// This store takes no announcements.
    NoAnnouncements,
    /// The participant does not do that at all: a write sent to a lock service, say.
    NotMyJob,
    /// Under this token this write, or a later one, was already applied.
    Repeated {
        /// The number of the last write applied under this token.
        last: Sequence,
    },
    /// Under this token an earlier write has not come yet.
    Gap {
        /// The number that must come next.
        expected: Sequence,
    },
    /// This store knows one token only, and this is another (`check eq`).
    TokenChanged {
        /// The one it knows.
        fixed: FencingToken,
    },
    /// The lock service, when asked, did not vouch for the token.
    NotVouched,
    /// The token carries no seal of the lock service, or a wrong one.
    BadSeal,
    /// The key belongs to somebody else at the moment.
    KeyTaken,
    /// The name belongs to somebody else.
    NameTaken {
        /// To whom.
        owner: ParticipantId,
    },
    /// The node of a pair is not the active one.
    NotActive,
}
