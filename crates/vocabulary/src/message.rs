//! What participants say to each other. Why a service says no is in [`crate::refusal`], what kinds of message there are in
//! [`crate::message_kind`].

use fencepost_sim::{Duration, LocalTime, ParticipantId};

use crate::message_kind::MessageKind;
use crate::refusal::Refusal;
use crate::replica::{Entries, NameId, Path, Position, Stamp, Term};
use crate::value::{FencingToken, Membership, RequestId, Seal, Sequence, Value, Version};

/// A message between two participants.
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
        /// The seal on the token, where some store asks for one.
        seal: Option<Seal>,
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
        /// The token of the grant to give back; `None` from somebody who holds none.
        token: Option<FencingToken>,
        /// Which request this is, where its token does not tell it from every other: from somebody who shows none, and
        /// where a group keeps the lock, which must not free it twice for one request.
        request: Option<RequestId>,
    },
    /// Lock service to client: noted, whether or not the lock was still yours.
    Released {
        /// The token from the request.
        token: Option<FencingToken>,
        /// Its number, if it had one.
        request: Option<RequestId>,
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
        /// The seal on the token, if it came with one.
        seal: Option<Seal>,
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
        /// The announcer's token, if it holds a lock.
        token: Option<FencingToken>,
    },
    /// Store to client: older tokens are now rejected.
    Announced {
        /// The request this answers.
        request: RequestId,
        /// The token from the request.
        token: FencingToken,
    },
    /// Client or store to lock service: is this token still the holder's?
    Ask {
        /// Which request this is.
        request: RequestId,
        /// The token in question; `None` from somebody who holds no lock.
        token: Option<FencingToken>,
    },
    /// Lock service to whoever asked: it is, or it is not; at the moment of this answer.
    Standing {
        /// The request this answers.
        request: RequestId,
        /// Whether the token was the holder's when this was sent.
        valid: bool,
    },
    /// Member to observers: I am alive.
    Heartbeat {
        /// In which of its lives the sender is.
        incarnation: u32,
    },
    /// Member to members: my vote that somebody is dead.
    Suspicion {
        /// Who is thought dead.
        of: ParticipantId,
        /// In which of its lives.
        incarnation: u32,
        /// The number of the view that would be without it. A member votes once for each number.
        view: u32,
    },
    /// Member to members: my vote that somebody who came back belongs to us again.
    Welcome {
        /// Who came back.
        of: ParticipantId,
        /// In which of its lives.
        incarnation: u32,
        /// The number of the view that would have it. A member votes once for each number.
        view: u32,
    },
    /// Member to members, and to whoever is reported to: this is the group now.
    View {
        /// The number of the view.
        number: u32,
        /// Who is no longer in it, and in which of its lives, if this is why it changed.
        left: Option<(ParticipantId, u32)>,
        /// Who is in it.
        members: Membership,
    },
    /// Member to a sender that was declared dead: you are dead.
    Dead {
        /// In which of its lives. It may be in another by now.
        incarnation: u32,
        /// The number of the view that knows.
        view: u32,
    },
    /// Member to members: I was declared dead and am back, as somebody new.
    Join {
        /// In which of its lives the sender is now.
        incarnation: u32,
    },
    /// Observer to a client: what I think of somebody.
    Report {
        /// Of whom.
        of: ParticipantId,
        /// Whether I suspect it.
        suspected: bool,
    },
    /// Client to anybody: are you there?
    Ping {
        /// Which request this is.
        request: RequestId,
    },
    /// Anybody to a client: I am.
    Pong {
        /// The request this answers.
        request: RequestId,
    },
    /// General to general: one of the messengers that go back and forth.
    Messenger {
        /// The so-many-th, counted from 1.
        number: u32,
    },
    /// Node to nodes: make me the leader of this term; or, beforehand, would you?
    RequestVote {
        /// The term that the sender would lead in.
        term: Term,
        /// Where the sender's log ends.
        last: Position,
        /// Whether it only asks what the answer would be, and nobody changes anything (PreVote).
        trial: bool,
    },
    /// Node to node: my vote, or not.
    Vote {
        /// The term: of the vote if it is given, of the sender if it is not.
        term: Term,
        /// Whether it is given.
        granted: bool,
        /// Whether this only says what the answer would be.
        trial: bool,
    },
    /// Leader to node: this follows in your log. Without entries it is a heartbeat.
    Append {
        /// The leader's term.
        term: Term,
        /// What must stand right before the entries.
        previous: Position,
        /// What follows.
        entries: Entries,
        /// Up to where the leader knows the log to be committed.
        commit: u32,
        /// When it was sent, on the leader's clock; the reply carries it back.
        sent: LocalTime,
    },
    /// Node to leader: my log is as yours, up to here; or it is not.
    Appended {
        /// The sender's term.
        term: Term,
        /// Up to where the logs agree; `None` if what should stand before the entries does not.
        matched: Option<u32>,
        /// How long the sender's log is, to look from there.
        length: u32,
        /// The leader's own time stamp.
        sent: LocalTime,
    },
    /// Node to client: I am not the leader.
    Redirected {
        /// The request this answers, if it had a number.
        request: Option<RequestId>,
        /// Who is, as far as the sender knows.
        leader: Option<ParticipantId>,
    },
    /// Client to a register's node: what do you hold?
    Get {
        /// Which request this is.
        request: RequestId,
    },
    /// A register's node to client: this.
    Got {
        /// The request this answers.
        request: RequestId,
        /// Which write it holds.
        stamp: Stamp,
        /// What that wrote.
        value: Value,
    },
    /// Client to a register's node: hold this, unless you hold something later.
    Put {
        /// Which request this is.
        request: RequestId,
        /// Which write it is.
        stamp: Stamp,
        /// What it writes.
        value: Value,
    },
    /// A register's node to client: I hold that, or something later.
    Kept {
        /// The request this answers.
        request: RequestId,
    },
    /// Client to one of several independent lock nodes: give me your key, for so long, if it is free.
    Take {
        /// Which request this is.
        request: RequestId,
        /// How long it is mine.
        lease: Duration,
    },
    /// Lock node to client: it is yours.
    Taken {
        /// The request this answers.
        request: RequestId,
    },
    /// Client to a lock node: I no longer want what I asked for under this request.
    Free {
        /// The request that took it.
        request: RequestId,
    },
    /// Client to a registry: this name shall be mine.
    Claim {
        /// Which request this is.
        request: RequestId,
        /// The name.
        name: NameId,
    },
    /// Registry to client: it is.
    Claimed {
        /// The request this answers.
        request: RequestId,
        /// The name.
        name: NameId,
    },
    /// Registry to registry: this name is taken. A copy that nobody waits for.
    Replicate {
        /// The name.
        name: NameId,
        /// Whose it is.
        owner: ParticipantId,
    },
    /// Node of a pair to the other: power off ("shoot the other node in the head").
    Stonith,
    /// Node of a pair to the other: I am off.
    Off,
    /// General to general: the order is to attack, or to retreat.
    Order {
        /// Through whose hands it went, the commander's first.
        path: Path,
        /// What the sender says it is.
        attack: bool,
    },
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
            Self::Ask { .. } => MessageKind::Ask,
            Self::Standing { .. } => MessageKind::Standing,
            Self::Heartbeat { .. } => MessageKind::Heartbeat,
            Self::Suspicion { .. } => MessageKind::Suspicion,
            Self::Welcome { .. } => MessageKind::Welcome,
            Self::View { .. } => MessageKind::View,
            Self::Dead { .. } => MessageKind::Dead,
            Self::Join { .. } => MessageKind::Join,
            Self::Report { .. } => MessageKind::Report,
            Self::Ping { .. } => MessageKind::Ping,
            Self::Pong { .. } => MessageKind::Pong,
            Self::Messenger { .. } => MessageKind::Messenger,
            Self::RequestVote { trial: false, .. } => MessageKind::RequestVote,
            Self::RequestVote { trial: true, .. } => MessageKind::RequestPrevote,
            Self::Vote { trial: false, .. } => MessageKind::Vote,
            Self::Vote { trial: true, .. } => MessageKind::Prevote,
            Self::Append { entries, .. } if entries.0.is_empty() => MessageKind::Heartbeat,
            Self::Append { .. } => MessageKind::Append,
            Self::Appended { .. } => MessageKind::Appended,
            Self::Redirected { .. } => MessageKind::Redirected,
            Self::Get { .. } => MessageKind::Get,
            Self::Got { .. } => MessageKind::Got,
            Self::Put { .. } => MessageKind::Put,
            Self::Kept { .. } => MessageKind::Kept,
            Self::Take { .. } => MessageKind::Take,
            Self::Taken { .. } => MessageKind::Taken,
            Self::Free { .. } => MessageKind::Free,
            Self::Claim { .. } => MessageKind::Claim,
            Self::Claimed { .. } => MessageKind::Claimed,
            Self::Replicate { .. } => MessageKind::Replicate,
            Self::Stonith => MessageKind::Stonith,
            Self::Off => MessageKind::Off,
            Self::Order { .. } => MessageKind::Order,
        }
    }

    /// The token it carries, if it carries one.
    pub fn token(&self) -> Option<FencingToken> {
        match self {
            Self::Granted { token, .. }
            | Self::Renew { token, .. }
            | Self::Renewed { token, .. }
            | Self::Announced { token, .. } => Some(*token),
            Self::Release { token, .. }
            | Self::Released { token, .. }
            | Self::Announce { token, .. }
            | Self::Ask { token, .. } => *token,
            Self::Refused { token, .. } | Self::Write { token, .. } | Self::Read { token, .. } => *token,
            _ => None,
        }
    }
}
