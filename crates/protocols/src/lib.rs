//! The roles a participant can play, one file or folder each: lease lock, store, client, member of a group, one of two
//! generals and one of several, one of a pair, and the nodes that keep something together: those with a leader and a log,
//! key node, replica, registry.
//!
//! Each is a state machine of plain data whose handler performs nothing and lists effects; the kernel in
//! `fencepost-sim` carries them out. Nothing here draws, parses or judges. The rules are those of sections 1.5 to 1.10 of
//! the semantics, and each file says which.

mod client;
mod disk;
mod general;
mod key_node;
mod lease_lock;
mod machine;
mod member;
mod node;
mod officer;
mod reading;
mod registry;
mod replica;
mod seal;
mod store;
#[cfg(test)]
mod testing;
mod twin;

pub use client::{Access, Client, ClientConfig, Instruction, Patience, Retry, WriteValue};
pub use disk::{Memory, SyncMode};
pub use general::{General, GeneralConfig};
pub use key_node::{KeyNode, KeyNodeConfig};
pub use lease_lock::{LeaseLock, LockConfig};
pub use machine::{LockRules, Machine, MachineConfig, StoreRules, TokenSource, Voice, Way};
pub use member::{Declare, Member, MemberConfig};
pub use node::{Ack, Node, NodeConfig, Reads, Timeout};
pub use officer::{Lie, Officer, OfficerConfig, chosen_lie, giver};
pub use registry::{Registry, RegistryConfig};
pub use replica::Replica;
pub use store::{Store, StoreConfig};
pub use twin::{Stonith, Twin, TwinConfig};

use fencepost_sim::{Actor, Clock, Disk, Effect, Now, ParticipantId};
use fencepost_vocabulary::{Fencepost, Message, Refusal, RequestId};

/// What a handler is woken by, in our words.
pub type Input = fencepost_sim::Input<Fencepost>;
/// What a handler asks for, in our words.
pub type Effects = fencepost_sim::Effects<Fencepost>;

/// Any participant. A new role is one file and one arm here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Grants a lock, and perhaps keeps the data too.
    Lock(Box<LeaseLock>),
    /// Keeps the data.
    Store(Store),
    /// Runs a program.
    Client(Client),
    /// Watches and is watched.
    Member(Member),
    /// Must agree with another.
    General(General),
    /// Elects a leader with others, and keeps a log with them.
    Node(Box<Node>),
    /// One of several independent lock nodes.
    KeyNode(KeyNode),
    /// Holds one copy of a register.
    Replica(Replica),
    /// Registers names.
    Registry(Registry),
    /// Must agree with several, of whom some may be traitors.
    Officer(Officer),
    /// One of a pair of which one should be active.
    Twin(Twin),
}

impl Actor for Role {
    type Words = Fencepost;

    fn handle(&mut self, input: Input, now: Now, effects: &mut Effects) {
        // Anybody can be asked for a sign of life, and it takes no more than being awake and under power.
        if let Input::Message { from, message: Message::Ping { request } } = input
            && !self.is_powered_off()
        {
            effects.send(from, Message::Pong { request });
        }
        match self {
            Self::Lock(lock) => lock.handle(input, now, effects),
            Self::Store(store) => store.handle(input, effects),
            Self::Client(client) => client.handle(input, now.mono, effects),
            Self::Member(member) => member.handle(input, effects),
            Self::General(general) => general.handle(input, now.mono, effects),
            Self::Node(node) => node.handle(input, now, effects),
            Self::KeyNode(node) => node.handle(input, now, effects),
            Self::Replica(replica) => replica.handle(input, effects),
            Self::Registry(registry) => registry.handle(input, effects),
            Self::Officer(officer) => officer.handle(input, now.mono, effects),
            Self::Twin(twin) => twin.handle(input, effects),
        }
    }

    fn recover(&mut self, disk: Disk, _: u32) {
        match self {
            Self::Lock(lock) => lock.recover(disk),
            Self::Store(store) => store.recover(disk),
            Self::Client(client) => client.recover(disk),
            Self::Member(member) => member.recover(disk),
            Self::General(general) => general.recover(disk),
            Self::Node(node) => node.recover(disk),
            Self::KeyNode(node) => node.recover(disk),
            Self::Replica(replica) => replica.recover(disk),
            Self::Registry(registry) => registry.recover(disk),
            Self::Officer(officer) => officer.recover(disk),
            Self::Twin(twin) => twin.recover(disk),
        }
    }

    fn rebase(&mut self, now: Now) {
        match self {
            Self::Lock(lock) => lock.rebase(now),
            Self::Client(client) => client.rebase(now),
            Self::Node(node) => node.rebase(now),
            Self::KeyNode(node) => node.rebase(now),
            // These remember no reading of a clock.
            Self::Store(_) | Self::Member(_) | Self::General(_) => {}
            Self::Replica(_) | Self::Registry(_) | Self::Officer(_) | Self::Twin(_) => {}
        }
    }

    fn least_count(&self) -> Option<u32> {
        match self {
            Self::Node(node) => Some(node.least_term()),
            _ => None,
        }
    }

    fn lower_counts(&mut self, by: u32) {
        if let Self::Node(node) = self {
            node.lower_terms(by);
        }
    }
}

impl Role {
    fn is_powered_off(&self) -> bool {
        matches!(self, Self::Twin(twin) if twin.is_off())
    }
}

/// The number of a question that can go to an object.
fn question(message: &Message) -> Option<RequestId> {
    match message {
        Message::Acquire { request }
        | Message::Write { request, .. }
        | Message::Read { request, .. }
        | Message::Announce { request, .. }
        | Message::Ask { request, .. }
        | Message::Claim { request, .. } => Some(*request),
        Message::Release { request, .. } => *request,
        _ => None,
    }
}

/// Says no to a request that is not for this kind of participant. What is no request is nothing to answer.
fn decline(from: ParticipantId, message: Message, effects: &mut Effects) {
    let reason = Refusal::NotMyJob;
    match message {
        Message::Acquire { .. } => effects.send(from, Message::Refused { token: None, reason }),
        Message::Renew { token, .. } => effects.send(from, Message::Refused { token: Some(token), reason }),
        Message::Release { token, .. } | Message::Ask { token, .. } => {
            effects.send(from, Message::Refused { token, reason });
        }
        Message::Write { request, .. }
        | Message::Read { request, .. }
        | Message::Announce { request, .. }
        | Message::Get { request }
        | Message::Put { request, .. }
        | Message::Take { request, .. }
        | Message::Claim { request, .. } => {
            effects.send(from, Message::Rejected { request, reason });
        }
        _ => {}
    }
}

/// Carries over everything except what would be sent: nobody has asked in this life.
fn without_sends(mut from: Effects, to: &mut Effects) {
    for effect in from.drain() {
        match effect {
            Effect::Send { .. } => {}
            Effect::SetTimer { timer, clock: Clock::Mono, after } => to.set_timer(timer, after),
            Effect::SetTimer { timer, clock: Clock::Wall, after } => to.set_wall_timer(timer, after),
            Effect::CancelTimer(timer) => to.cancel_timer(timer),
            Effect::Step(step) => to.step(step),
            Effect::DropSteps => to.drop_steps(),
            Effect::Note(note) => to.note(note),
        }
    }
}
