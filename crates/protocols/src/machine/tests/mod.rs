//! The rules of what a group keeps, each by itself, and that a machine is nothing but its log.

mod lock;
mod replay;
mod store;

use std::sync::Arc;

use fencepost_sim::Now;
use fencepost_vocabulary::RequestId;

use super::*;
use crate::testing::*;
use fencepost_vocabulary::FencingToken;

/// The lock and the store that the group keeps.
const LOCK: ParticipantId = ParticipantId(7);
const STORE: ParticipantId = ParticipantId(8);

/// A lease of ten seconds, and a first token of 33.
fn rules() -> LockRules {
    LockRules { lease: Some(millis(10_000)), first_token: FencingToken(33), ..LockRules::default() }
}

fn machine(rules: LockRules) -> Machine {
    let store = StoreRules { check: CheckMode::Ge };
    Machine::new(MachineConfig { lock: Some((LOCK, rules)), store: Some((STORE, store)) })
}

fn asks(from: ParticipantId, message: Message) -> Command {
    Command::Serve { from, message: Arc::new(message) }
}

fn acquire(from: ParticipantId, request: u32) -> Command {
    asks(from, Message::Acquire { request: RequestId(request) })
}

fn renew(from: ParticipantId, token: u64) -> Command {
    asks(from, Message::Renew { token: FencingToken(token), sent: at(0).mono })
}

fn release(from: ParticipantId, token: u64) -> Command {
    asks(from, Message::Release { token: Some(FencingToken(token)), request: None })
}

fn expire(token: u64) -> Command {
    Command::Expire { token: FencingToken(token) }
}

impl Machine {
    /// Applies an entry as the leader.
    fn leads(&mut self, index: u32, command: &Command, now: Now) -> Outcome {
        Outcome::of(|effects| self.apply(index, command, Voice::Leader, now, effects))
    }

    /// Applies an entry as anybody else.
    fn follows(&mut self, index: u32, command: &Command) -> Outcome {
        Outcome::of(|effects| self.apply(index, command, Voice::Silent, at(0), effects))
    }

    /// Who holds the lock, and under which token.
    fn holder(&self) -> Option<(ParticipantId, u64)> {
        let holder = self.kept.lock.as_ref().and_then(Lock::holder);
        holder.map(|holder| (holder.client, holder.token.0))
    }
}

impl Outcome {
    /// What was noted of an object, and after which entry.
    fn of_object(&self, object: ParticipantId) -> Vec<(u32, &Note)> {
        let inner = |note| match note {
            &Note::For { object: whose, index, ref note } if whose == object => Some((index, &**note)),
            _ => None,
        };
        self.notes.iter().filter_map(inner).collect()
    }

    /// How long the lease lasts that it tells somebody of.
    fn lease(&self) -> Option<fencepost_sim::Duration> {
        self.sent.iter().find_map(|(_, message)| match message {
            Message::Granted { lease, .. } => *lease,
            _ => None,
        })
    }

    /// The grants it tells somebody of: the token, and how long he has waited.
    fn grants(&self, client: ParticipantId) -> Vec<(u64, u64)> {
        let granted = |(to, message): &(ParticipantId, Message)| match message {
            Message::Granted { token, waited, .. } if *to == client => Some((token.0, waited.0 / 1_000)),
            _ => None,
        };
        self.sent.iter().filter_map(granted).collect()
    }
}

#[test]
fn what_changes_something_goes_into_the_log_and_the_rest_is_read() {
    let (request, token) = (RequestId(1), FencingToken(33));
    let ways = |check| {
        let store = Some((STORE, StoreRules { check }));
        let machine = Machine::new(MachineConfig { lock: None, store });
        let way = |message| machine.way(&message);
        [
            way(Message::Read { request, token: None }),
            way(Message::Ask { request, token: Some(token) }),
            way(Message::Announce { request, token: Some(token) }),
            way(Message::Pong { request }),
        ]
    };
    assert_eq!(ways(CheckMode::Ge), [Way::Read, Way::Read, Way::Log, Way::Neither]);
    assert_eq!(ways(CheckMode::FencedRead)[0], Way::Log, "a read that raises the fence changes something");
}

#[test]
fn what_a_group_does_not_keep_it_declines() {
    let mut machine = Machine::new(MachineConfig::default());
    assert!(machine.leads(1, &acquire(A, 1), at(0)).says(A, |it| matches!(it, Message::Refused { .. })));
    assert!(machine.follows(1, &acquire(A, 1)).sent.is_empty());
    let read = Message::Read { request: RequestId(1), token: None };
    let declined = Outcome::of(|effects| machine.read(A, &read, at(0), effects));
    assert!(declined.says(A, |it| matches!(it, Message::Rejected { .. })));
}

#[test]
fn a_name_belongs_to_whose_claim_comes_first_and_he_may_ask_twice() {
    let claim = |from, request| {
        asks(from, Message::Claim { request: RequestId(request), name: fencepost_vocabulary::NameId(0) })
    };
    let mut machine = machine(rules());
    let first = machine.leads(1, &claim(A, 1), at(0));
    assert!(first.says(A, |it| matches!(it, Message::Claimed { .. })));
    assert!(matches!(first.notes[..], [Note::Registered { owner: A, .. }]));
    let second = machine.leads(2, &claim(B, 1), at(0));
    let taken = |it: &Message| matches!(it, Message::Rejected { reason, .. } if *reason == (fencepost_vocabulary::Refusal::NameTaken { owner: A }));
    assert!(second.says(B, taken) && second.notes.is_empty());
    let again = machine.leads(3, &claim(A, 1), at(0));
    assert!(again.says(A, |it| matches!(it, Message::Claimed { .. })) && again.notes.is_empty());
}
