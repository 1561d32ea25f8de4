//! The state machine behind a log. A placeholder with its signatures, until the machine itself is here.

use fencepost_sim::Now;
use fencepost_vocabulary::Command;

use crate::Effects;

/// What a machine keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MachineConfig {}

/// Whether an entry is applied for everyone to hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// Replies are sent and notes made.
    Leader,
    /// Neither.
    Silent,
}

/// The machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Machine {}

impl Machine {
    /// One that has applied nothing.
    pub fn new(_: MachineConfig) -> Self {
        Self {}
    }

    /// Does what an entry says.
    pub fn apply(&mut self, _: u32, _: &Command, _: Voice, _: Now, _: &mut Effects) {}

    /// The node has come to lead.
    pub fn promoted(&mut self, _: Now, _: &mut Effects) {}

    /// The node no longer leads.
    pub fn demoted(&mut self, _: &mut Effects) {}

    /// What to propose when the timer of the lease has fired.
    pub fn lease_over(&self, _: Now) -> Option<Command> {
        None
    }

    /// See [`fencepost_sim::Actor::rebase`].
    pub fn rebase(&mut self, _: Now) {}
}
