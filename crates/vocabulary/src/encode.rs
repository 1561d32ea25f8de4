//! How the words enter a trace digest: a byte for the variant, then the fields in order. The numbers are part of
//! every digest ever shared, so they are written out and never change.

use fencepost_sim::{Digest, Encode, ParticipantId};

use crate::message::Message;
use crate::message_kind::MessageKind;
use crate::note::{Departure, Note};
use crate::refusal::Refusal;
use crate::replica::{Command, Entries, Entry, NameId, Operation, Path, Position, Stamp, Term};
use crate::value::{FencingToken, Membership, Outside, RequestId, Seal, Sequence, Value, Version};
use crate::words::{Step, Timer};

/// Feeds a variant's number and its fields, in order.
macro_rules! feed {
    ($digest:expr, $tag:literal $(, $field:expr)*) => {{
        $digest.tag($tag);
        $( $field.encode($digest); )*
    }};
}

impl Encode for FencingToken {
    fn encode(&self, digest: &mut Digest) {
        digest.number(self.0);
    }
}

impl Encode for RequestId {
    fn encode(&self, digest: &mut Digest) {
        digest.number(u64::from(self.0));
    }
}

impl Encode for Sequence {
    fn encode(&self, digest: &mut Digest) {
        digest.number(u64::from(self.0));
    }
}

impl Encode for Version {
    fn encode(&self, digest: &mut Digest) {
        digest.number(self.0);
    }
}

impl Encode for Value {
    fn encode(&self, digest: &mut Digest) {
        match self {
            Self::Empty => feed!(digest, 0),
            Self::By { writer, ordinal } => feed!(digest, 1, writer, ordinal),
            Self::Number(number) => feed!(digest, 2, number),
        }
    }
}

impl Encode for Seal {
    fn encode(&self, digest: &mut Digest) {
        digest.number(self.0);
    }
}

impl Encode for Membership {
    fn encode(&self, digest: &mut Digest) {
        digest.number(self.0.len() as u64);
        for (member, incarnation) in &self.0 {
            member.encode(digest);
            incarnation.encode(digest);
        }
    }
}

impl Encode for Term {
    fn encode(&self, digest: &mut Digest) {
        digest.number(u64::from(self.0));
    }
}

impl Encode for NameId {
    fn encode(&self, digest: &mut Digest) {
        digest.number(u64::from(self.0));
    }
}

impl Encode for Position {
    fn encode(&self, digest: &mut Digest) {
        self.index.encode(digest);
        self.term.encode(digest);
    }
}

impl Encode for Stamp {
    fn encode(&self, digest: &mut Digest) {
        self.count.encode(digest);
        self.writer.encode(digest);
    }
}

impl Encode for Entry {
    fn encode(&self, digest: &mut Digest) {
        self.term.encode(digest);
        self.command.encode(digest);
    }
}

impl Encode for Command {
    fn encode(&self, digest: &mut Digest) {
        match self {
            Self::Nothing => feed!(digest, 0),
            Self::Serve { from, message } => feed!(digest, 1, from, message),
            Self::Expire { token } => feed!(digest, 2, token),
        }
    }
}

impl Encode for Entries {
    fn encode(&self, digest: &mut Digest) {
        list(&self.0, digest);
    }
}

impl Encode for Path {
    fn encode(&self, digest: &mut Digest) {
        list(&self.0, digest);
    }
}

fn list<T: Encode>(items: &[T], digest: &mut Digest) {
    digest.number(items.len() as u64);
    items.iter().for_each(|item| item.encode(digest));
}

impl Encode for Operation {
    fn encode(&self, digest: &mut Digest) {
        match self {
            Self::Read => feed!(digest, 0),
            Self::Write(value) => feed!(digest, 1, value),
        }
    }
}

impl Encode for Outside {
    fn encode(&self, digest: &mut Digest) {
        digest.tag(match self {
            Self::Mail => 0,
            Self::Payment => 1,
        });
    }
}

/// Somebody and a number: a token of its, or which of its lives.
fn pair<T: Encode>(pair: &Option<(ParticipantId, T)>, digest: &mut Digest) {
    digest.tag(u8::from(pair.is_some()));
    if let Some((id, number)) = pair {
        id.encode(digest);
        number.encode(digest);
    }
}

impl Encode for Message {
    fn encode(&self, digest: &mut Digest) {
        match self {
            Self::Acquire { request } => feed!(digest, 0, request),
            Self::Granted { request, token, waited, lease, seal: None } => {
                feed!(digest, 1, request, token, waited, lease)
            }
            Self::Granted { request, token, waited, lease, seal: Some(seal) } => {
                feed!(digest, 14, request, token, waited, lease, seal)
            }
            Self::Renew { token, sent } => feed!(digest, 2, token, sent),
            Self::Renewed { token, sent, lease } => feed!(digest, 3, token, sent, lease),
            Self::Release { token: Some(token), request: None } => feed!(digest, 4, token),
            Self::Release { token, request } => feed!(digest, 46, token, request),
            Self::Released { token: Some(token), request: None } => feed!(digest, 5, token),
            Self::Released { token, request } => feed!(digest, 47, token, request),
            Self::Refused { token, reason } => feed!(digest, 6, token, reason),
            Self::Write { request, token, sequence, value, base, seal: None } => {
                feed!(digest, 7, request, token, sequence, value, base)
            }
            Self::Write { request, token, sequence, value, base, seal: Some(seal) } => {
                feed!(digest, 15, request, token, sequence, value, base, seal)
            }
            Self::Ok { request, version } => feed!(digest, 8, request, version),
            Self::Rejected { request, reason } => feed!(digest, 9, request, reason),
            Self::Read { request, token } => feed!(digest, 10, request, token),
            Self::Value { request, value, version } => feed!(digest, 11, request, value, version),
            Self::Announce { request, token: Some(token) } => feed!(digest, 12, request, token),
            Self::Announce { request, token: None } => feed!(digest, 48, request),
            Self::Announced { request, token } => feed!(digest, 13, request, token),
            Self::Ask { request, token: Some(token) } => feed!(digest, 16, request, token),
            Self::Ask { request, token: None } => feed!(digest, 49, request),
            Self::Standing { request, valid } => feed!(digest, 17, request, valid),
            Self::Heartbeat { incarnation } => feed!(digest, 18, incarnation),
            Self::Suspicion { of, incarnation, view } => feed!(digest, 19, of, incarnation, view),
            Self::Welcome { of, incarnation, view } => feed!(digest, 20, of, incarnation, view),
            Self::View { number, left, members } => {
                feed!(digest, 21, number, members);
                pair(left, digest);
            }
            Self::Dead { incarnation, view } => feed!(digest, 22, incarnation, view),
            Self::Join { incarnation } => feed!(digest, 23, incarnation),
            Self::Report { of, suspected } => feed!(digest, 24, of, suspected),
            Self::Ping { request } => feed!(digest, 25, request),
            Self::Pong { request } => feed!(digest, 26, request),
            Self::Messenger { number } => feed!(digest, 27, number),
            Self::RequestVote { term, last, trial } => feed!(digest, 28, term, last, trial),
            Self::Vote { term, granted, trial } => feed!(digest, 29, term, granted, trial),
            Self::Append { term, previous, entries, commit, sent } => {
                feed!(digest, 30, term, previous, entries, commit, sent)
            }
            Self::Appended { term, matched, length, sent } => feed!(digest, 31, term, matched, length, sent),
            Self::Redirected { request, leader } => feed!(digest, 32, request, leader),
            Self::Get { request } => feed!(digest, 33, request),
            Self::Got { request, stamp, value } => feed!(digest, 34, request, stamp, value),
            Self::Put { request, stamp, value } => feed!(digest, 35, request, stamp, value),
            Self::Kept { request } => feed!(digest, 36, request),
            Self::Take { request, lease } => feed!(digest, 37, request, lease),
            Self::Taken { request } => feed!(digest, 38, request),
            Self::Free { request } => feed!(digest, 39, request),
            Self::Claim { request, name } => feed!(digest, 40, request, name),
            Self::Claimed { request, name } => feed!(digest, 41, request, name),
            Self::Replicate { name, owner } => feed!(digest, 42, name, owner),
            Self::Stonith => feed!(digest, 43),
            Self::Off => feed!(digest, 44),
            Self::Order { path, attack } => feed!(digest, 45, path, attack),
        }
    }
}

/// By the place in the list, so a new kind goes to its end. It seeds delays and enters no trace.
impl Encode for MessageKind {
    fn encode(&self, digest: &mut Digest) {
        digest.tag(*self as u8);
    }
}

impl Encode for Refusal {
    fn encode(&self, digest: &mut Digest) {
        match self {
            Self::Stale { highest } => feed!(digest, 0, highest),
            Self::TokenUsed { highest } => feed!(digest, 1, highest),
            Self::VersionChanged { current } => feed!(digest, 2, current),
            Self::NoToken => feed!(digest, 3),
            Self::NoVersion => feed!(digest, 4),
            Self::NotHolder => feed!(digest, 5),
            Self::NoAnnouncements => feed!(digest, 6),
            Self::NotMyJob => feed!(digest, 7),
            Self::Repeated { last } => feed!(digest, 8, last),
            Self::Gap { expected } => feed!(digest, 9, expected),
            Self::TokenChanged { fixed } => feed!(digest, 10, fixed),
            Self::NotVouched => feed!(digest, 11),
            Self::BadSeal => feed!(digest, 12),
            Self::KeyTaken => feed!(digest, 13),
            Self::NameTaken { owner } => feed!(digest, 14, owner),
            Self::NotActive => feed!(digest, 15),
        }
    }
}

impl Encode for Note {
    fn encode(&self, digest: &mut Digest) {
        match self {
            Self::Queued { client, request } => feed!(digest, 0, client, request),
            Self::Granted { client, request, token, lease } => feed!(digest, 1, client, request, token, lease),
            Self::Extended { client, token, lease } => feed!(digest, 2, client, token, lease),
            Self::Expired { client, token } => feed!(digest, 3, client, token),
            Self::Released { client, token, by } => feed!(digest, 4, client, token, by),
            Self::ReleaseIgnored { by, token: Some(token) } => feed!(digest, 5, by, token),
            Self::ReleaseIgnored { by, token: None } => feed!(digest, 50, by),
            Self::Applied { client, token, sequence, value, version, base } => {
                feed!(digest, 6, client, token, sequence, value, version, base);
            }
            Self::TurnedAway { client, token, sequence, reason } => {
                feed!(digest, 7, client, token, sequence, reason);
            }
            Self::HighestToken { token } => feed!(digest, 8, token),
            Self::Holds { lock, request, token, until } => feed!(digest, 9, lock, request, token, until),
            Self::HoldsLonger { lock, token, until } => feed!(digest, 10, lock, token, until),
            Self::Left { lock, token, departure } => feed!(digest, 11, lock, token, departure),
            Self::Checked { lock, passed } => feed!(digest, 12, lock, passed),
            Self::Finished => feed!(digest, 13),
            Self::Stopped => feed!(digest, 14),
            Self::Restored { version, highest } => feed!(digest, 15, version, highest),
            Self::Reopened { next_token, holder } => {
                feed!(digest, 16, next_token);
                pair(holder, digest);
            }
            Self::SessionOver { client } => feed!(digest, 17, client),
            Self::GrantedToDead { client, token } => feed!(digest, 18, client, token),
            Self::LockDelayed { until_after } => feed!(digest, 19, until_after),
            Self::Checking { client, token, worker } => feed!(digest, 20, client, token, worker),
            Self::Acted { what, grant } => {
                feed!(digest, 21, what);
                pair(grant, digest);
            }
            Self::Forged { token } => feed!(digest, 22, token),
            Self::Suspects { of, incarnation } => feed!(digest, 23, of, incarnation),
            Self::Trusts { of } => feed!(digest, 24, of),
            Self::Declared { of, incarnation, view } => feed!(digest, 25, of, incarnation, view),
            Self::Installed { view, members } => feed!(digest, 26, view, members),
            Self::Rejoined { incarnation } => feed!(digest, 27, incarnation),
            Self::LearnsDead { view } => feed!(digest, 28, view),
            Self::Decided { attack } => feed!(digest, 29, attack),
            Self::For { object, index, note } => feed!(digest, 30, object, index, note),
            Self::Enters { term } => feed!(digest, 31, term),
            Self::Campaigns { term, trial } => feed!(digest, 32, term, trial),
            Self::Votes { term, candidate } => feed!(digest, 33, term, candidate),
            Self::Leads { term } => feed!(digest, 34, term),
            Self::StepsDown { term } => feed!(digest, 35, term),
            Self::Backed { term, sent } => feed!(digest, 36, term, sent),
            Self::Logged { index, entry } => feed!(digest, 37, index, entry),
            Self::Truncated { from } => feed!(digest, 38, from),
            Self::Committed { upto } => feed!(digest, 39, upto),
            Self::Keyed { client, request, lease } => feed!(digest, 40, client, request, lease),
            Self::Unkeyed { client, request, expired } => feed!(digest, 41, client, request, expired),
            Self::FoundKey { holder } => {
                feed!(digest, 42);
                pair(holder, digest);
            }
            Self::Began { object, request, operation } => feed!(digest, 43, object, request, operation),
            Self::Ended { object, request, value } => feed!(digest, 44, object, request, value),
            Self::Owns { name, registry } => feed!(digest, 45, name, registry),
            Self::Registered { name, owner } => feed!(digest, 46, name, owner),
            Self::Proposed { attack } => feed!(digest, 47, attack),
            Self::Lied { to, said, truth } => feed!(digest, 48, to, said, truth),
            Self::PoweredOff => feed!(digest, 49),
            Self::Unanswered { of } => feed!(digest, 51, of),
        }
    }
}

impl Encode for Departure {
    fn encode(&self, digest: &mut Digest) {
        digest.tag(match self {
            Self::Released => 0,
            Self::Lost => 1,
            Self::Fenced => 2,
            Self::Over => 3,
        });
    }
}

impl Encode for Step {
    fn encode(&self, digest: &mut Digest) {
        digest.tag(match self {
            Self::Acquire => 0,
            Self::Check => 1,
            Self::Work => 2,
            Self::Read => 3,
            Self::Write => 4,
            Self::Announce => 5,
            Self::Release => 6,
            Self::Finish => 7,
            Self::Ask => 8,
            Self::Effect => 9,
            Self::Ping => 10,
            Self::Apply => 11,
            Self::Sync => 12,
            Self::Claim => 13,
        });
    }
}

impl Encode for Timer {
    fn encode(&self, digest: &mut Digest) {
        match self {
            Self::Lease => feed!(digest, 0),
            Self::Begin => feed!(digest, 1),
            Self::Work => feed!(digest, 2),
            Self::Retry => feed!(digest, 3),
            Self::Renew => feed!(digest, 4),
            Self::LeaseOver => feed!(digest, 5),
            Self::Apply(worker) => feed!(digest, 6, worker),
            Self::Sync => feed!(digest, 7),
            Self::Delay => feed!(digest, 8),
            Self::Heartbeat => feed!(digest, 10),
            Self::Suspect(member) => feed!(digest, 11, member),
            Self::Resend => feed!(digest, 12),
            Self::Dawn => feed!(digest, 13),
            Self::Election => feed!(digest, 14),
            Self::Quorum => feed!(digest, 15),
            Self::Replicate(copy) => feed!(digest, 16, copy),
            Self::Round => feed!(digest, 17),
            Self::Takeover => feed!(digest, 18),
            Self::Within => feed!(digest, 19),
        }
    }
}
