//! The ways a store decides whether to accept a write.

/// What a store compares before it applies a write. Check and write are one atomic step, except where the store asks
/// somebody first or is set up to check and apply apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckMode {
    /// Accept always.
    None,
    /// Accept a token that is not lower than the highest seen: `token >= max_seen`. The fence.
    Ge,
    /// As `Ge`, and within one token only a higher sequence number than the last: `token > max_seen`, or equal and
    /// `sequence > last_seen`. What HDFS JournalNodes do.
    GeSeq,
    /// As `GeSeq`, but the sequence number must be the next one, and a new token begins at 1.
    GeNext,
    /// Accept only a token newer than any seen: `token > max_seen`. Rejects the holder's own second write.
    Gt,
    /// Accept only the token of the first write ever accepted. Rejects every later holder.
    Eq,
    /// Accept when the version read is still the version stored. Knows no tokens.
    Cas,
    /// As `Ge`, and a client may announce its token before it writes.
    Announce,
    /// As `Ge`, and a read presents the token too.
    FencedRead,
    /// Accept what the lock service vouches for when it is asked; by the time its answer arrives it may be wrong.
    AskFirst,
    /// Accept only from the current holder with the current token; lock and data live in one store.
    SameStore,
    /// As `Ge`, and the token must carry the lock service's own seal, which no client can make.
    Mac,
}

impl CheckMode {
    /// Every mode, in the order in which they are explained.
    pub const ALL: [Self; 12] = [
        Self::None,
        Self::Ge,
        Self::GeSeq,
        Self::GeNext,
        Self::Gt,
        Self::Eq,
        Self::Cas,
        Self::Announce,
        Self::FencedRead,
        Self::AskFirst,
        Self::SameStore,
        Self::Mac,
    ];

    /// The word of the scenario language.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ge => "ge",
            Self::GeSeq => "ge+seq",
            Self::GeNext => "ge+next",
            Self::Gt => "gt",
            Self::Eq => "eq",
            Self::Cas => "cas",
            Self::Announce => "announce",
            Self::FencedRead => "fenced-read",
            Self::AskFirst => "ask-first",
            Self::SameStore => "same-store",
            Self::Mac => "mac",
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
            Self::GeSeq => {
                "As ge; under one token each write must also carry a higher number than the last one applied."
            }
            Self::GeNext => "As ge; under one token the writes must also come in order, none missing.",
            Self::Gt => {
                "A write is accepted only if its token is higher than any seen here, so a holder's second write is rejected."
            }
            Self::Eq => {
                "A write is accepted only if its token equals that of the first write here, so the next holder is rejected."
            }
            Self::Cas => "A write is accepted if nothing was written since the version it was computed from.",
            Self::Announce => {
                "As ge; a client can also announce its token before it writes, which fences older holders at once."
            }
            Self::FencedRead => {
                "As ge; a read carries the token too, which fences older holders before the new one computes."
            }
            Self::AskFirst => {
                "A write is accepted if the lock service, asked first, says that its token is still the holder's."
            }
            Self::Mac => "As ge; the token must also carry the lock service's seal, which a client cannot make up.",
            Self::SameStore => {
                "A write is accepted only from the current holder of the lock, checked in the same atomic step."
            }
        }
    }
}
