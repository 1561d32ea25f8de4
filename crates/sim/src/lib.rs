//! The deterministic kernel: time, network, faults, event queue and trace.
//!
//! A [`World`] is a value: cloning it forks the simulation, comparing two tells whether they can still differ. [`run`]
//! moves it forward and tells a [`Recorder`] what happened; [`Recording`] keeps that as a [`Trace`] with causes.
//!
//! It knows no protocol: what actors say to each other is a [`Vocabulary`] it never looks into. It has no wall clock, no
//! randomness, no floating point and no hash maps, so the same world gives the same trace digest on every machine.
//! Start reading at [`world`], then [`run`](mod@run); the rules are those of section 1 of the semantics.

mod actor;
mod chance;
mod clock;
mod clock_track;
mod digest;
mod fault;
mod lasso;
mod network;
mod order;
mod participant;
mod queue;
mod record;
mod run;
mod time;
mod trace;
mod world;

pub use actor::{Actor, Effect, Effects, Input, Vocabulary};
pub use chance::drawn;
pub use clock::Clock;
pub use clock_track::ClockTrack;
pub use digest::{Digest, Encode, digest_of};
pub use fault::{CrashStart, Disk, Fault, FaultId, MessageTarget, OmissionSide, PartitionMode, PauseStart, Recovery};
pub use lasso::{Lasso, LassoHunt, LassoSearch, find_lasso};
pub use network::Network;
pub use order::{Rank, signed, sort_by_rank};
pub use participant::ParticipantId;
pub use queue::Phase;
pub use record::{Recorder, Recording, Unrecorded};
pub use run::{Limits, Pace, run};
pub use time::{Duration, LocalTime, Now, Rate, Time, WallTime};
pub use trace::{End, Event, EventId, EventKind, Fate, Trace};
pub use world::World;
