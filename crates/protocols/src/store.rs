//! The storage service (semantics 1.7): a value, its version, and the highest token it has seen.
//!
//! Each request is one atomic step: the check and the write cannot be separated. A store knows nothing of leases or of
//! time; what it can know of the lock is what the token tells it. The one exception is a store inside the lock service
//! itself, to which [`crate::LeaseLock`] tells who the current holder is.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{CheckMode, FencingToken, Message, Note, Refusal, RequestId, Sequence, Value, Version};

use crate::{Effects, Input};

/// A store and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Store {
    check: CheckMode,
    value: Value,
    version: Version,
    highest: Option<FencingToken>,
}

/// Who holds the lock at this very moment: known only to a store that lives inside the lock service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    pub client: ParticipantId,
    pub token: FencingToken,
}

/// Who asked, and in which of its requests: where the answer goes.
#[derive(Clone, Copy)]
struct Asker {
    client: ParticipantId,
    request: RequestId,
}

/// A write as it arrived.
struct Write {
    from: Asker,
    token: Option<FencingToken>,
    sequence: Sequence,
    value: Value,
    base: Option<Version>,
}

impl Store {
    /// An empty store that has seen no token.
    pub fn new(check: CheckMode) -> Self {
        Self { check, value: Value::Empty, version: Version(0), highest: None }
    }

    /// Takes one step as a participant of its own.
    pub fn handle(&mut self, input: Input, effects: &mut Effects) {
        if let Input::Message { from, message } = input {
            self.serve(from, message, None, effects);
        }
    }

    /// Answers one request. `holder` is what the lock service around this store knows, if there is one.
    pub(crate) fn serve(
        &mut self,
        client: ParticipantId,
        message: Message,
        holder: Option<Holder>,
        effects: &mut Effects,
    ) {
        match message {
            Message::Write { request, token, sequence, value, base, .. } => {
                let from = Asker { client, request };
                self.write(Write { from, token, sequence, value, base }, holder, effects);
            }
            Message::Read { request, token } => self.read(Asker { client, request }, token, effects),
            Message::Announce { request, token } => self.announce(Asker { client, request }, token, effects),
            Message::Acquire { .. } => {
                effects.send(client, Message::Refused { token: None, reason: Refusal::NotMyJob });
            }
            Message::Renew { token, .. } | Message::Release { token } => {
                effects.send(client, Message::Refused { token: Some(token), reason: Refusal::NotMyJob });
            }
            // Answers that were never asked for.
            _ => {}
        }
    }

    fn write(&mut self, write: Write, holder: Option<Holder>, effects: &mut Effects) {
        if let Err(reason) = self.check(&write, holder) {
            turn_away(write.from, write.token, write.sequence, reason, effects);
            return;
        }
        if let (true, Some(token)) = (self.remembers_tokens(), write.token) {
            self.raise(token, effects);
        }
        self.value = write.value;
        self.version = Version(self.version.0 + 1);
        effects.note(Note::Applied {
            client: write.from.client,
            token: write.token,
            sequence: write.sequence,
            value: self.value,
            version: self.version,
            base: write.base,
        });
        effects.send(write.from.client, Message::Ok { request: write.from.request, version: self.version });
    }

    fn check(&self, write: &Write, holder: Option<Holder>) -> Result<(), Refusal> {
        match self.check {
            CheckMode::None => Ok(()),
            CheckMode::Ge
            | CheckMode::GeSeq
            | CheckMode::GeNext
            | CheckMode::Announce
            | CheckMode::FencedRead
            | CheckMode::Mac => self.not_older(write.token),
            CheckMode::Gt => self.newer(write.token),
            CheckMode::Eq => write.token.map(|_| ()).ok_or(Refusal::NoToken),
            CheckMode::AskFirst => Err(Refusal::NotVouched),
            CheckMode::Cas => self.unchanged_since(write.base),
            CheckMode::SameStore => match holder {
                Some(holder) if holder.client == write.from.client && write.token == Some(holder.token) => Ok(()),
                _ => Err(Refusal::NotHolder),
            },
        }
    }

    /// The fence: `token >= highest`. Equal tokens are the same holder's, and it may write twice.
    fn not_older(&self, token: Option<FencingToken>) -> Result<(), Refusal> {
        let token = token.ok_or(Refusal::NoToken)?;
        match self.highest {
            Some(highest) if token < highest => Err(Refusal::Stale { highest }),
            _ => Ok(()),
        }
    }

    /// The dialect `token > highest`, which fences the holder off its own second write.
    fn newer(&self, token: Option<FencingToken>) -> Result<(), Refusal> {
        let token = token.ok_or(Refusal::NoToken)?;
        match self.highest {
            Some(highest) if token == highest => Err(Refusal::TokenUsed { highest }),
            _ => self.not_older(Some(token)),
        }
    }

    fn unchanged_since(&self, base: Option<Version>) -> Result<(), Refusal> {
        match base {
            None => Err(Refusal::NoVersion),
            Some(base) if base != self.version => Err(Refusal::VersionChanged { current: self.version }),
            Some(_) => Ok(()),
        }
    }

    fn read(&mut self, from: Asker, token: Option<FencingToken>, effects: &mut Effects) {
        if self.check == CheckMode::FencedRead {
            if let Err(reason) = self.not_older(token) {
                turn_away(from, token, Sequence(0), reason, effects);
                return;
            }
            if let Some(token) = token {
                self.raise(token, effects);
            }
        }
        let (request, value, version) = (from.request, self.value, self.version);
        effects.send(from.client, Message::Value { request, value, version });
    }

    fn announce(&mut self, from: Asker, token: FencingToken, effects: &mut Effects) {
        let listens = matches!(self.check, CheckMode::Announce | CheckMode::FencedRead);
        let verdict = if listens { self.not_older(Some(token)) } else { Err(Refusal::NoAnnouncements) };
        match verdict {
            Ok(()) => {
                self.raise(token, effects);
                effects.send(from.client, Message::Announced { request: from.request, token });
            }
            Err(reason) => turn_away(from, Some(token), Sequence(0), reason, effects),
        }
    }

    fn remembers_tokens(&self) -> bool {
        matches!(self.check, CheckMode::Ge | CheckMode::Gt | CheckMode::Announce | CheckMode::FencedRead)
    }

    fn raise(&mut self, token: FencingToken, effects: &mut Effects) {
        if self.highest.is_none_or(|highest| token > highest) {
            self.highest = Some(token);
            effects.note(Note::HighestToken { token });
        }
    }
}

fn turn_away(from: Asker, token: Option<FencingToken>, sequence: Sequence, reason: Refusal, effects: &mut Effects) {
    effects.note(Note::TurnedAway { client: from.client, token, sequence, reason });
    effects.send(from.client, Message::Rejected { request: from.request, reason });
}

#[cfg(test)]
mod tests {
    use fencepost_sim::Effect;

    use super::*;

    const A: ParticipantId = ParticipantId(0);
    const B: ParticipantId = ParticipantId(1);

    fn announcement() -> Message {
        Message::Announce { request: RequestId(1), token: FencingToken(34) }
    }

    /// Sends a write and says whether it was accepted.
    fn accepts(store: &mut Store, client: ParticipantId, token: u64) -> bool {
        accepts_at(store, client, token, None, None)
    }

    fn accepts_at(
        store: &mut Store,
        client: ParticipantId,
        token: u64,
        base: Option<u64>,
        holder: Option<Holder>,
    ) -> bool {
        let mut effects = Effects::default();
        let message = Message::Write {
            request: RequestId(1),
            token: Some(FencingToken(token)),
            sequence: Sequence(1),
            value: Value::Number(token),
            base: base.map(Version),
            seal: None,
        };
        store.serve(client, message, holder, &mut effects);
        effects.drain().any(|effect| matches!(effect, Effect::Send { message: Message::Ok { .. }, .. }))
    }

    #[test]
    fn without_a_check_everything_lands() {
        let mut store = Store::new(CheckMode::None);
        assert!(accepts(&mut store, B, 34));
        assert!(accepts(&mut store, A, 33));
    }

    #[test]
    fn ge_rejects_the_older_and_lets_the_holder_write_twice() {
        let mut store = Store::new(CheckMode::Ge);
        assert_eq!([34, 34, 33, 35].map(|token| accepts(&mut store, A, token)), [true, true, false, true]);
    }

    #[test]
    fn gt_rejects_the_holders_second_write() {
        let mut store = Store::new(CheckMode::Gt);
        assert_eq!([33, 33, 34, 33].map(|token| accepts(&mut store, A, token)), [true, false, true, false]);
    }

    #[test]
    fn cas_knows_versions_and_no_tokens() {
        let mut store = Store::new(CheckMode::Cas);
        assert!(!accepts_at(&mut store, A, 99, None, None), "a write that was computed from nothing");
        assert!(accepts_at(&mut store, A, 34, Some(0), None));
        assert!(!accepts_at(&mut store, A, 35, Some(0), None));
        assert!(accepts_at(&mut store, A, 33, Some(1), None), "an older token, but the current version");
    }

    #[test]
    fn same_store_asks_who_holds_the_lock_now() {
        let mut store = Store::new(CheckMode::SameStore);
        let holder = Some(Holder { client: B, token: FencingToken(34) });
        assert!(!accepts_at(&mut store, A, 33, None, holder));
        assert!(!accepts_at(&mut store, A, 34, None, holder), "the right token from the wrong client");
        assert!(!accepts_at(&mut store, B, 34, None, None), "nobody holds the lock");
        assert!(accepts_at(&mut store, B, 34, None, holder));
    }

    #[test]
    fn an_announcement_fences_before_the_first_write() {
        let mut store = Store::new(CheckMode::Announce);
        store.serve(B, announcement(), None, &mut Effects::default());
        assert!(!accepts(&mut store, A, 33));
    }

    #[test]
    fn a_store_that_takes_no_announcements_is_not_fenced_by_one() {
        let mut store = Store::new(CheckMode::Ge);
        store.serve(B, announcement(), None, &mut Effects::default());
        assert!(accepts(&mut store, A, 33));
    }

    #[test]
    fn a_fenced_read_fences_before_the_reader_computes() {
        for (check, accepted) in [(CheckMode::FencedRead, false), (CheckMode::Ge, true)] {
            let mut store = Store::new(check);
            store.serve(
                B,
                Message::Read { request: RequestId(1), token: Some(FencingToken(34)) },
                None,
                &mut Effects::default(),
            );
            assert_eq!(accepts(&mut store, A, 33), accepted, "{check:?}");
        }
    }

    #[test]
    fn a_rejected_write_changes_nothing() {
        let mut store = Store::new(CheckMode::Ge);
        accepts(&mut store, B, 34);
        let before = store.clone();
        accepts(&mut store, A, 33);
        assert_eq!(store, before);
    }
}
