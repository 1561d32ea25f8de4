//! What participants say to each other.

use fencepost_sim::{Duration, LocalTime};

use crate::value::{FencingToken, RequestId, Sequence, Value, Version};

/// A message between a client and a service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    /// Client to lock service: give me the lock.
    Acquire {
        /// Which request this is; a retry repeats the number.
        request: RequestId,
    },
    /// Lock service to client: you hold the lock.
    Granted {
        /// The request this answers.
        request: RequestId,
        /// The token of the grant.
        token: FencingToken,
        /// From the request's arrival to the grant, on the service's clock.
        waited: Duration,
        /// How long the lease lasts from the grant; `None` for a lock without a lease.
        lease: Option<Duration>,
    },
    /// Client to lock service: extend my lease.
    Renew {
        /// The token of the grant to extend.
        token: FencingToken,
        /// When it was sent, on the client's clock; the reply carries it back.
        sent: LocalTime,
    },
    /// Lock service to client: your lease runs from the moment you asked.
    Renewed {
        /// The token of the extended grant.
        token: FencingToken,
        /// The client's own time stamp from the request.
        sent: LocalTime,
        /// How long the lease lasts.
        lease: Option<Duration>,
    },
    /// Client to lock service: I am done.
    Release {
        /// The token of the grant to give back.
        token: FencingToken,
    },
    /// Lock service to client: noted, whether or not the lock was still yours.
    Released {
        /// The token from the request.
        token: FencingToken,
    },
    /// Lock service to client: no.
    Refused {
        /// The token or, for a refused acquire, `None`.
        token: Option<FencingToken>,
        /// Why not.
        reason: Refusal,
    },
    /// Client to store: write this.
    Write {
        /// Which request this is.
        request: RequestId,
        /// The token of the writer's lock, if it holds one.
        token: Option<FencingToken>,
        /// Which of the holder's writes under this grant it is.
        sequence: Sequence,
        /// What to write.
        value: Value,
        /// The version it was computed from, if it was computed from a read.
        base: Option<Version>,
    },
    /// Store to client: written.
    Ok {
        /// The request this answers.
        request: RequestId,
        /// The version the store now has.
        version: Version,
    },
    /// Store to client: not written, nothing changed.
    Rejected {
        /// The request this answers.
        request: RequestId,
        /// Why not.
        reason: Refusal,
    },
    /// Client to store: what do you hold?
    Read {
        /// Which request this is.
        request: RequestId,
        /// The reader's token. Only a store that fences reads looks at it.
        token: Option<FencingToken>,
    },
    /// Store to client: this.
    Value {
        /// The request this answers.
        request: RequestId,
        /// What it holds.
        value: Value,
        /// The version it has.
        version: Version,
    },
    /// Client to store: expect this token from now on.
    Announce {
        /// Which request this is.
        request: RequestId,
        /// The announcer's token.
        token: FencingToken,
    },
    /// Store to client: older tokens are now rejected.
    Announced {
        /// The request this answers.
        request: RequestId,
        /// The token from the request.
        token: FencingToken,
    },
}

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
}

/// The kind of a message, by which a fault addresses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// See [`Message::Acquire`].
    Acquire,
    /// See [`Message::Granted`].
    Granted,
    /// See [`Message::Renew`].
    Renew,
    /// See [`Message::Renewed`].
    Renewed,
    /// See [`Message::Release`].
    Release,
    /// See [`Message::Released`].
    Released,
    /// See [`Message::Refused`].
    Refused,
    /// See [`Message::Write`].
    Write,
    /// See [`Message::Ok`].
    Ok,
    /// See [`Message::Rejected`].
    Rejected,
    /// See [`Message::Read`].
    Read,
    /// See [`Message::Value`].
    Value,
    /// See [`Message::Announce`].
    Announce,
    /// See [`Message::Announced`].
    Announced,
}

impl Message {
    /// The kind of this message.
    pub fn kind(&self) -> MessageKind {
        match self {
            Self::Acquire { .. } => MessageKind::Acquire,
            Self::Granted { .. } => MessageKind::Granted,
            Self::Renew { .. } => MessageKind::Renew,
            Self::Renewed { .. } => MessageKind::Renewed,
            Self::Release { .. } => MessageKind::Release,
            Self::Released { .. } => MessageKind::Released,
            Self::Refused { .. } => MessageKind::Refused,
            Self::Write { .. } => MessageKind::Write,
            Self::Ok { .. } => MessageKind::Ok,
            Self::Rejected { .. } => MessageKind::Rejected,
            Self::Read { .. } => MessageKind::Read,
            Self::Value { .. } => MessageKind::Value,
            Self::Announce { .. } => MessageKind::Announce,
            Self::Announced { .. } => MessageKind::Announced,
        }
    }

    /// The token it carries, if it carries one.
    pub fn token(&self) -> Option<FencingToken> {
        match self {
            Self::Granted { token, .. }
            | Self::Renew { token, .. }
            | Self::Renewed { token, .. }
            | Self::Release { token }
            | Self::Released { token }
            | Self::Announce { token, .. }
            | Self::Announced { token, .. } => Some(*token),
            Self::Refused { token, .. } | Self::Write { token, .. } | Self::Read { token, .. } => *token,
            Self::Acquire { .. } | Self::Ok { .. } | Self::Rejected { .. } | Self::Value { .. } => None,
        }
    }
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Acquire,
        Self::Granted,
        Self::Renew,
        Self::Renewed,
        Self::Release,
        Self::Released,
        Self::Refused,
        Self::Write,
        Self::Ok,
        Self::Rejected,
        Self::Read,
        Self::Value,
        Self::Announce,
        Self::Announced,
    ];

    /// The word of the scenario language and of the picture.
    pub fn word(self) -> &'static str {
        match self {
            Self::Acquire => "acquire",
            Self::Granted => "granted",
            Self::Renew => "renew",
            Self::Renewed => "renewed",
            Self::Release => "release",
            Self::Released => "released",
            Self::Refused => "refused",
            Self::Write => "write",
            Self::Ok => "ok",
            Self::Rejected => "rejected",
            Self::Read => "read",
            Self::Value => "value",
            Self::Announce => "announce",
            Self::Announced => "announced",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
