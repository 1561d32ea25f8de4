//! The kinds of message: what a fault names a message by, and the words for them.

/// The kind of a message, by which a fault addresses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// See [`crate::Message::Acquire`].
    Acquire,
    /// See [`crate::Message::Granted`].
    Granted,
    /// See [`crate::Message::Renew`].
    Renew,
    /// See [`crate::Message::Renewed`].
    Renewed,
    /// See [`crate::Message::Release`].
    Release,
    /// See [`crate::Message::Released`].
    Released,
    /// See [`crate::Message::Refused`].
    Refused,
    /// See [`crate::Message::Write`].
    Write,
    /// See [`crate::Message::Ok`].
    Ok,
    /// See [`crate::Message::Rejected`].
    Rejected,
    /// See [`crate::Message::Read`].
    Read,
    /// See [`crate::Message::Value`].
    Value,
    /// See [`crate::Message::Announce`].
    Announce,
    /// See [`crate::Message::Announced`].
    Announced,
    /// See [`crate::Message::Ask`].
    Ask,
    /// See [`crate::Message::Standing`].
    Standing,
    /// See [`crate::Message::Heartbeat`].
    Heartbeat,
    /// See [`crate::Message::Suspicion`].
    Suspicion,
    /// See [`crate::Message::Welcome`].
    Welcome,
    /// See [`crate::Message::View`].
    View,
    /// See [`crate::Message::Dead`].
    Dead,
    /// See [`crate::Message::Join`].
    Join,
    /// See [`crate::Message::Report`].
    Report,
    /// See [`crate::Message::Ping`].
    Ping,
    /// See [`crate::Message::Pong`].
    Pong,
    /// See [`crate::Message::Messenger`].
    Messenger,
    /// See [`crate::Message::RequestVote`].
    RequestVote,
    /// See [`crate::Message::Vote`].
    Vote,
    /// See [`crate::Message::RequestVote`], the trial.
    RequestPrevote,
    /// See [`crate::Message::Vote`], the trial.
    Prevote,
    /// See [`crate::Message::Append`], with entries. Without any it is a [`MessageKind::Heartbeat`].
    Append,
    /// See [`crate::Message::Appended`].
    Appended,
    /// See [`crate::Message::Redirected`].
    Redirected,
    /// See [`crate::Message::Get`].
    Get,
    /// See [`crate::Message::Got`].
    Got,
    /// See [`crate::Message::Put`].
    Put,
    /// See [`crate::Message::Kept`].
    Kept,
    /// See [`crate::Message::Take`].
    Take,
    /// See [`crate::Message::Taken`].
    Taken,
    /// See [`crate::Message::Free`].
    Free,
    /// See [`crate::Message::Claim`].
    Claim,
    /// See [`crate::Message::Claimed`].
    Claimed,
    /// See [`crate::Message::Replicate`].
    Replicate,
    /// See [`crate::Message::Stonith`].
    Stonith,
    /// See [`crate::Message::Off`].
    Off,
    /// See [`crate::Message::Order`].
    Order,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [Self; 46] = [
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
        Self::Ask,
        Self::Standing,
        Self::Heartbeat,
        Self::Suspicion,
        Self::Welcome,
        Self::View,
        Self::Dead,
        Self::Join,
        Self::Report,
        Self::Ping,
        Self::Pong,
        Self::Messenger,
        Self::RequestVote,
        Self::Vote,
        Self::RequestPrevote,
        Self::Prevote,
        Self::Append,
        Self::Appended,
        Self::Redirected,
        Self::Get,
        Self::Got,
        Self::Put,
        Self::Kept,
        Self::Take,
        Self::Taken,
        Self::Free,
        Self::Claim,
        Self::Claimed,
        Self::Replicate,
        Self::Stonith,
        Self::Off,
        Self::Order,
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
            Self::Ask => "ask",
            Self::Standing => "standing",
            Self::Heartbeat => "heartbeat",
            Self::Suspicion => "suspicion",
            Self::Welcome => "welcome",
            Self::View => "view",
            Self::Dead => "dead",
            Self::Join => "join",
            Self::Report => "report",
            Self::Ping => "ping",
            Self::Pong => "pong",
            Self::Messenger => "messenger",
            Self::RequestVote => "request-vote",
            Self::Vote => "vote",
            Self::RequestPrevote => "request-prevote",
            Self::Prevote => "prevote",
            Self::Append => "append",
            Self::Appended => "appended",
            Self::Redirected => "redirected",
            Self::Get => "get",
            Self::Got => "got",
            Self::Put => "put",
            Self::Kept => "kept",
            Self::Take => "take",
            Self::Taken => "taken",
            Self::Free => "free",
            Self::Claim => "claim",
            Self::Claimed => "claimed",
            Self::Replicate => "replicate",
            Self::Stonith => "stonith",
            Self::Off => "off",
            Self::Order => "order",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
