//! The words of the simulated world: messages, notes, tokens, steps, check modes and property names.
//!
//! Data only; it runs nothing, judges nothing and draws nothing. Every layer above the kernel speaks these words, so
//! that a message, a fault in a scenario's text and a label in a picture cannot drift apart. How an actor uses them is
//! in `fencepost-protocols`; what a run of them means is in `fencepost-properties`.

mod cast;
mod check;
mod encode;
mod message;
mod message_kind;
mod nonce;
mod note;
mod property;
mod quorum;
mod refusal;
mod replica;
mod terms;
mod value;
mod words;

pub use cast::{Cast, Member, Object, ObjectKind, RoleKind};
pub use check::CheckMode;
pub use fencepost_sim::Clock;
pub use message::Message;
pub use message_kind::MessageKind;
pub use note::{Departure, Note};
pub use property::{PropertyClass, PropertyKind};
pub use quorum::Arithmetic;
pub use refusal::Refusal;
pub use replica::{Command, Entries, Entry, NameId, Operation, Path, Position, Stamp, Term};
pub use value::{FencingToken, Membership, Outside, RequestId, Seal, Sequence, Value, Version};
pub use words::{Fencepost, Step, Timer};

/// A trace in these words.
pub type Trace = fencepost_sim::Trace<Fencepost>;
/// An event in these words.
pub type Event = fencepost_sim::Event<Fencepost>;
/// What happened at an event, in these words.
pub type EventKind = fencepost_sim::EventKind<Fencepost>;
/// A fault in these words.
pub type Fault = fencepost_sim::Fault<Fencepost>;
