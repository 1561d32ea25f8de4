//! The ways a store decides whether to accept a write.

/// What a store compares before it applies a write. Check and write are one atomic step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckMode {
    /// Accept always.
    None,
    /// Accept a token that is not older than any seen: `token >= max_seen`. The fence.
    Ge,
    /// Accept only a token newer than any seen: `token > max_seen`. Rejects the holder's own second write.
    Gt,
    /// Accept when the version read is still the version stored. Knows no tokens.
    Cas,
    /// As `Ge`, and a client may announce its token before it writes.
    Announce,
    /// As `Ge`, and a read presents the token too.
    FencedRead,
    /// Accept only from the current holder with the current token; lock and data live in one store.
    SameStore,
}

impl CheckMode {
    /// Every mode, in the order in which they are explained.
    pub const ALL: [Self; 7] =
        [Self::None, Self::Ge, Self::Gt, Self::Cas, Self::Announce, Self::FencedRead, Self::SameStore];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ge => "ge",
            Self::Gt => "gt",
            Self::Cas => "cas",
            Self::Announce => "announce",
            Self::FencedRead => "fenced-read",
            Self::SameStore => "same-store",
        }
    }

    /// The mode with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }

    /// What the mode does, in one sentence for a reader.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::None => "Every write is accepted.",
            Self::Ge => "A write is accepted if its token is at least the highest token seen here.",
            Self::Gt => {
                "A write is accepted only if its token is higher than any seen here, so a holder's second write is rejected."
            }
            Self::Cas => "A write is accepted if nothing was written since the version it was computed from.",
            Self::Announce => {
                "As ge; a client can also announce its token before it writes, which fences older holders at once."
            }
            Self::FencedRead => {
                "As ge; a read carries the token too, which fences older holders before the new one computes."
            }
            Self::SameStore => {
                "A write is accepted only from the current holder of the lock, checked in the same atomic step."
            }
        }
    }
}
