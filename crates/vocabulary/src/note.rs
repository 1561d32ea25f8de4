//! What actors tell the observers. No actor ever reads one, so nothing here can influence a run.
//!
//! A note belongs to the participant of its event: the lock service, the store or the client that made it.

use fencepost_sim::{Duration, LocalTime, ParticipantId};

use crate::refusal::Refusal;
use crate::replica::{Entry, NameId, Operation, Term};
use crate::value::{FencingToken, Membership, Outside, RequestId, Sequence, Value, Version};

/// One observation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// Lock service: the lock is taken, or nobody gets it yet; the client waits in line.
    Queued {
        /// Who waits.
        client: ParticipantId,
        /// Its request.
        request: RequestId,
    },
    /// Lock service: a new grant. The so-many-th of these is the ghost grant number of this lock.
    Granted {
        /// Who holds the lock now.
        client: ParticipantId,
        /// Its request.
        request: RequestId,
        /// The token handed out.
        token: FencingToken,
        /// How long the lease lasts from now; `None` for a lock without a lease.
        lease: Option<Duration>,
    },
    /// Lock service: a lease begins anew.
    Extended {
        /// Who holds the lock.
        client: ParticipantId,
        /// The token of its grant, which stays.
        token: FencingToken,
        /// How long the lease lasts from now.
        lease: Option<Duration>,
    },
    /// Lock service: a lease ran out and the grant is over.
    Expired {
        /// Whose it was.
        client: ParticipantId,
        /// The token of the grant.
        token: FencingToken,
    },
    /// Lock service: a grant is over because someone released it.
    Released {
        /// Whose grant it was.
        client: ParticipantId,
        /// The token of the grant.
        token: FencingToken,
        /// Who asked; with a blind release it need not be the holder.
        by: ParticipantId,
    },
    /// Lock service: a release was ignored because the asker no longer holds that grant.
    ReleaseIgnored {
        /// Who asked.
        by: ParticipantId,
        /// The token it presented, if any.
        token: Option<FencingToken>,
    },
    /// Store: a write was applied.
    Applied {
        /// Who wrote.
        client: ParticipantId,
        /// The token it presented.
        token: Option<FencingToken>,
        /// Which of the holder's writes under that grant it is.
        sequence: Sequence,
        /// What the store holds now.
        value: Value,
        /// The version it has now.
        version: Version,
        /// The version the write was computed from, if it was computed from a read.
        base: Option<Version>,
    },
    /// Store: a request was turned away and nothing changed.
    TurnedAway {
        /// Who asked.
        client: ParticipantId,
        /// The token it presented.
        token: Option<FencingToken>,
        /// Which of the holder's writes it was; 0 for an announcement or a read.
        sequence: Sequence,
        /// Why.
        reason: Refusal,
    },
    /// Store: the highest token seen is now this one.
    HighestToken {
        /// The token.
        token: FencingToken,
    },
    /// Client: I hold the lock, as far as I know.
    Holds {
        /// Which lock.
        lock: ParticipantId,
        /// The request that was granted.
        request: RequestId,
        /// The token.
        token: FencingToken,
        /// Until when I may believe it, on my clock; `None` for a lock without a lease.
        until: Option<LocalTime>,
    },
    /// Client: my lease was extended.
    HoldsLonger {
        /// Which lock.
        lock: ParticipantId,
        /// The token.
        token: FencingToken,
        /// Until when I may believe it, on my clock.
        until: Option<LocalTime>,
    },
    /// Client: I no longer hold the lock, as far as I know.
    Left {
        /// Which lock.
        lock: ParticipantId,
        /// The token of the grant that is over for me.
        token: FencingToken,
        /// How it ended.
        departure: Departure,
    },
    /// Client: I looked at my clock and compared it with my lease.
    Checked {
        /// Which lock.
        lock: ParticipantId,
        /// Whether enough of the lease was left to go on.
        passed: bool,
    },
    /// Client: my program is done.
    Finished,
    /// Client: I gave up before the end of my program.
    Stopped,
    /// Store, after a recovery: this is what the disk still had.
    Restored {
        /// The version it has now.
        version: Version,
        /// The highest token it remembers.
        highest: Option<FencingToken>,
    },
    /// Lock service, after a recovery: this is what the disk still had.
    Reopened {
        /// The token of the next grant.
        next_token: FencingToken,
        /// Who holds the lock, and under which token, if that was not forgotten. The lease may have run out meanwhile.
        holder: Option<(ParticipantId, FencingToken)>,
    },
    /// Lock service: somebody in line was not heard from for too long, and loses its place.
    SessionOver {
        /// Who.
        client: ParticipantId,
    },
    /// Lock service that does not look again: the new holder's own session is over.
    GrantedToDead {
        /// Who holds the lock now.
        client: ParticipantId,
        /// The token handed out.
        token: FencingToken,
    },
    /// Lock service: the lock is free, but nobody gets it yet.
    LockDelayed {
        /// For how long from now.
        until_after: Duration,
    },
    /// Store whose check and write are apart: the check has passed, the write is to come.
    Checking {
        /// Who writes.
        client: ParticipantId,
        /// The token it presented.
        token: Option<FencingToken>,
        /// Which of the store's workers has it in hand.
        worker: u32,
    },
    /// Client: I did something outside the stores.
    Acted {
        /// What.
        what: Outside,
        /// The lock it believes it holds, and the token of that grant.
        grant: Option<(ParticipantId, FencingToken)>,
    },
    /// Client: I made up a token.
    Forged {
        /// The token.
        token: FencingToken,
    },
    /// Observer: this member was not heard from for too long.
    Suspects {
        /// Who.
        of: ParticipantId,
        /// In which of its lives.
        incarnation: u32,
    },
    /// Observer: it is alive after all.
    Trusts {
        /// Who.
        of: ParticipantId,
    },
    /// Member: enough of us say so, or I alone: it is dead.
    Declared {
        /// Who.
        of: ParticipantId,
        /// In which of its lives.
        incarnation: u32,
        /// Since which view.
        view: u32,
    },
    /// Member: this is the group now.
    Installed {
        /// The number of the view.
        view: u32,
        /// Who is in it.
        members: Membership,
    },
    /// Member: I was dead and belong to the group again.
    Rejoined {
        /// In which of my lives.
        incarnation: u32,
    },
    /// Member: they say I am dead.
    LearnsDead {
        /// Since which view.
        view: u32,
    },
    /// General: my mind is made up.
    Decided {
        /// To attack, or to stay.
        attack: bool,
    },
    /// Node: what I do here I do for something that several nodes keep together: this lock, this store.
    For {
        /// What, as its id in the cast.
        object: ParticipantId,
        /// The entry of the log that it follows from. What follows from one entry happens once, whoever tells of it; 0
        /// if there is no log.
        index: u32,
        /// What.
        note: Box<Note>,
    },
    /// Node: a new term has begun for me.
    Enters {
        /// Which.
        term: Term,
    },
    /// Node: I stand for election.
    Campaigns {
        /// In which term.
        term: Term,
        /// Whether it only asks how the vote would go (PreVote).
        trial: bool,
    },
    /// Node: my vote in this term is given.
    Votes {
        /// In which term.
        term: Term,
        /// To whom.
        candidate: ParticipantId,
    },
    /// Node: I lead.
    Leads {
        /// In which term.
        term: Term,
    },
    /// Node: I no longer lead.
    StepsDown {
        /// The term in which it led.
        term: Term,
    },
    /// Leader: enough nodes have acknowledged what I sent at some moment, later than ever before.
    Backed {
        /// The leader's term.
        term: Term,
        /// When it had sent that, on its clock.
        sent: LocalTime,
    },
    /// Node: this stands in my log now.
    Logged {
        /// Where.
        index: u32,
        /// What.
        entry: Entry,
    },
    /// Node: I have thrown away all of my log from here on.
    Truncated {
        /// The first place that is gone.
        from: u32,
    },
    /// Node: I know that my log is committed up to here.
    Committed {
        /// The last place that is.
        upto: u32,
    },
    /// Lock node: this client has my key.
    Keyed {
        /// Who.
        client: ParticipantId,
        /// Under which request.
        request: RequestId,
        /// For how long from now.
        lease: Duration,
    },
    /// Lock node: my key is free again.
    Unkeyed {
        /// Who had it.
        client: ParticipantId,
        /// Under which request.
        request: RequestId,
        /// Whether its time was over; else it was given back.
        expired: bool,
    },
    /// Lock node, after a recovery: this is who has my key, as far as the disk knows.
    FoundKey {
        /// Who, and under which request.
        holder: Option<(ParticipantId, RequestId)>,
    },
    /// Client: I begin to do something with what several nodes keep.
    Began {
        /// With what, as its id in the cast.
        object: ParticipantId,
        /// Under which request.
        request: RequestId,
        /// What.
        operation: Operation,
    },
    /// Client: that is done.
    Ended {
        /// With what.
        object: ParticipantId,
        /// Under which request it began.
        request: RequestId,
        /// What it read; `None` for a write.
        value: Option<Value>,
    },
    /// Client: I am told that this name is mine.
    Owns {
        /// The name.
        name: NameId,
        /// By whom.
        registry: ParticipantId,
    },
    /// Registry: this name belongs to somebody, as far as I know.
    Registered {
        /// The name.
        name: NameId,
        /// To whom.
        owner: ParticipantId,
    },
    /// Commander: this is what I want.
    Proposed {
        /// To attack, or to retreat.
        attack: bool,
    },
    /// Traitor: I say something else than I should.
    Lied {
        /// To whom.
        to: ParticipantId,
        /// What it says.
        said: bool,
        /// What a loyal general would have said.
        truth: bool,
    },
    /// Node of a pair: I am powered off, for good.
    PoweredOff,
    /// Client: I have waited for an answer as long as my program allows, and give up.
    Unanswered {
        /// Whom I asked, or the object.
        of: ParticipantId,
    },
}

/// How a client comes to believe that it no longer holds a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Departure {
    /// It gave the lock back.
    Released,
    /// Its own clock, or the lock service, told it that the lease was over.
    Lost,
    /// A store told it that someone newer holds the lock.
    Fenced,
    /// Its program was done and then the lease ran out, of which it took no notice.
    Over,
}
