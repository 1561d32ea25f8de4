//! The roles a participant can play, one file each: lease lock, store, client.
//!
//! Each is a state machine of plain data whose handler performs nothing and lists effects; the kernel in
//! `fencepost-sim` carries them out. Nothing here draws, parses or judges. The rules are those of sections 1.5, 1.7 and
//! 1.8 of the semantics, and each file says which.

mod client;
mod lease_lock;
mod store;

pub use client::{Client, ClientConfig, Instruction, WriteValue};
pub use lease_lock::{LeaseLock, LockConfig};
pub use store::Store;

use fencepost_sim::{Actor, Disk, Now};
use fencepost_vocabulary::Fencepost;

/// What a handler is woken by, in our words.
pub type Input = fencepost_sim::Input<Fencepost>;
/// What a handler asks for, in our words.
pub type Effects = fencepost_sim::Effects<Fencepost>;

/// Any participant. A new role is one file and one arm here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Grants a lock, and perhaps keeps the data too.
    Lock(LeaseLock),
    /// Keeps the data.
    Store(Store),
    /// Runs a program.
    Client(Client),
}

impl Actor for Role {
    type Words = Fencepost;

    fn handle(&mut self, input: Input, now: Now, effects: &mut Effects) {
        match self {
            Self::Lock(lock) => lock.handle(input, now.mono, effects),
            Self::Store(store) => store.handle(input, effects),
            Self::Client(client) => client.handle(input, now.mono, effects),
        }
    }

    fn recover(&mut self, _: Disk, _: u32) {}

    fn rebase(&mut self, _: Now) {}
}
