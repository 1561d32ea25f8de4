//! From names to places: builds the world that a scenario describes.
//!
//! A scenario may speak of somebody who is not there. Such a step is left out, such a fault never strikes; the reader
//! has been told by the parser, and is told again by [`crate::Dangling`]. Nothing is guessed.

use fencepost_protocols::{Client, ClientConfig, Instruction, LeaseLock, LockConfig, Role, Store, WriteValue};
use fencepost_scenario::model::{
    ClientSpec, CrashStart as CrashStartSpec, FaultSpec, LockSpec, MessageName, PauseStart, ProgramStep, ReleaseMode,
    Role as RoleSpec, Scenario, Sides, StoreSpec, WriteValue as WriteValueSpec,
};
use fencepost_sim::{
    CrashStart, Duration, FaultId, MessageTarget, Network, OmissionSide, ParticipantId, PartitionMode, Rate, Recovery,
    Time, World, sort_by_rank,
};
use fencepost_vocabulary::{Cast, Fault, Fencepost, FencingToken, Member, RoleKind};

/// How often one `write … x N` is written out at most. The parser's own limit is far below.
const MOST_REPEATS: u32 = 10_000;

/// A world ready to run, and who is who in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// The world, at time zero.
    pub world: World<Role>,
    /// The participants by name.
    pub cast: Cast,
    /// Faults that speak of somebody who is not there, each with the name.
    pub unresolved: Vec<(FaultId, String)>,
}

/// Builds the world of a scenario without its variants.
pub fn compile(scenario: &Scenario) -> Compiled {
    let cast = cast(scenario);
    let mut network = Network::new(cast.0.len(), scenario.delay.low);
    for link in &scenario.links {
        if let (Some(from), Some(to)) = (cast.find(&link.from), cast.find(&link.to)) {
            network.set_delay(from, to, link.delay.low);
        }
    }
    let mut unresolved = Vec::new();
    let mut faults = Vec::new();
    for (index, spec) in scenario.faults.iter().enumerate() {
        faults.push(fault(spec, &cast).unwrap_or_else(|name| {
            unresolved.push((FaultId(index as u16), name));
            no_fault()
        }));
    }
    let actors = scenario.participants.iter().zip(cast.iter()).map(|(it, (id, _))| role(id, &it.role, &cast)).collect();
    Compiled { world: World::new(actors, network, faults), cast, unresolved }
}

/// Keeps a fault's place in the plan when the fault itself cannot be built.
fn no_fault() -> Fault {
    Fault::Partition { links: Vec::new(), from: Time::ZERO, until: Time::ZERO, mode: PartitionMode::Drop }
}

fn cast(scenario: &Scenario) -> Cast {
    let member = |name: &str, role| Member { name: name.to_owned(), role };
    let members = scenario.participants.iter().map(|it| match &it.role {
        RoleSpec::Lock(lock) => {
            let data = lock.data.as_ref().map(|store| store.check);
            member(&it.name, RoleKind::Lock { lease: lock.lease, data })
        }
        RoleSpec::Store(store) => member(&it.name, RoleKind::Store { check: store.check }),
        RoleSpec::Client(_) | RoleSpec::Member(_) | RoleSpec::General(_) => member(&it.name, RoleKind::Client),
    });
    Cast(members.collect())
}

fn role(id: ParticipantId, spec: &RoleSpec, cast: &Cast) -> Role {
    match spec {
        RoleSpec::Lock(lock) => Role::Lock(LeaseLock::new(lock_config(lock))),
        RoleSpec::Store(spec) => Role::Store(store(spec)),
        RoleSpec::Client(client) => Role::Client(Client::new(id, client_config(client, cast))),
        RoleSpec::Member(_) | RoleSpec::General(_) => {
            Role::Client(Client::new(id, client_config(&ClientSpec::new(Time::ZERO, Vec::new()), cast)))
        }
    }
}

fn lock_config(spec: &LockSpec) -> LockConfig {
    LockConfig {
        lease: spec.lease,
        first_token: FencingToken(spec.first_token),
        blind_release: spec.release == ReleaseMode::Blind,
        reentrant: spec.reentrant,
        dedupe: spec.dedupe,
        data: spec.data.as_ref().map(store),
    }
}

fn store(spec: &StoreSpec) -> Store {
    Store::new(spec.check)
}

fn client_config(spec: &ClientSpec, cast: &Cast) -> ClientConfig {
    ClientConfig {
        begins_after: Duration(spec.at.0),
        program: spec.program.iter().flat_map(|step| instructions(step, cast)).collect(),
        renew_every: spec.renew_every,
    }
}

/// What a step of the text comes to: nothing if it speaks of somebody who is not there, several if it repeats.
fn instructions(step: &ProgramStep, cast: &Cast) -> Vec<Instruction> {
    let one = |instruction: Option<Instruction>| instruction.into_iter().collect();
    match step {
        ProgramStep::Acquire { lock, retry } => {
            one(cast.find(lock).map(|lock| Instruction::Acquire { lock, retry: *retry }))
        }
        ProgramStep::CheckLease { margin } => one(Some(Instruction::Check { margin: *margin })),
        ProgramStep::Work(length) => one(Some(Instruction::Work(*length))),
        ProgramStep::Read { store } => one(cast.find(store).map(|store| Instruction::Read { store })),
        ProgramStep::Announce { store } => one(cast.find(store).map(|store| Instruction::Announce { store })),
        ProgramStep::Release { lock } => one(cast.find(lock).map(|lock| Instruction::Release { lock })),
        ProgramStep::Ask { .. } | ProgramStep::Effect(_) | ProgramStep::Ping { .. } => Vec::new(),
        ProgramStep::Write { store, value, times, pipelined, .. } => {
            let Some(store) = cast.find(store) else { return Vec::new() };
            let value = match value {
                WriteValueSpec::Own => WriteValue::Own,
                WriteValueSpec::ReadPlus(number) => WriteValue::ReadPlus(*number),
            };
            let write = Instruction::Write { store, value, wait: !pipelined };
            vec![write; (*times).min(MOST_REPEATS) as usize]
        }
    }
}

/// The fault in the kernel's terms, or the name that nobody has.
fn fault(spec: &FaultSpec, cast: &Cast) -> Result<Fault, String> {
    let find = |name: &String| cast.find(name).ok_or_else(|| name.clone());
    Ok(match spec {
        FaultSpec::Pause { participant, start, length } => {
            Fault::Pause { participant: find(participant)?, start: pause_start(start), length: *length }
        }
        FaultSpec::Crash { participant, start, recovery } => Fault::Crash {
            participant: find(participant)?,
            start: crash_start(start, cast)?,
            recovery: recovery.map(|recovery| Recovery { at: recovery.at, disk: recovery.disk }),
        },
        FaultSpec::Mute { participant, from, until } => {
            Fault::Omission { participant: find(participant)?, side: OmissionSide::Sending, from: *from, until: *until }
        }
        FaultSpec::Deafen { participant, from, until } => Fault::Omission {
            participant: find(participant)?,
            side: OmissionSide::Receiving,
            from: *from,
            until: *until,
        },
        FaultSpec::Hold { message, until } => Fault::Hold { target: target(message, cast)?, until: *until },
        FaultSpec::Stall { participant, step, ordinal, by } => {
            Fault::Stall { participant: find(participant)?, step: *step, ordinal: *ordinal, by: *by }
        }
        FaultSpec::ClockRate { participant, change_ppm, from } => {
            let rate = Rate(Rate::EXACT.0.saturating_add_signed(*change_ppm).max(1));
            Fault::ClockRate { participant: find(participant)?, rate, from: *from }
        }
        FaultSpec::ClockJump { participant, at, by } => {
            Fault::ClockJump { participant: find(participant)?, at: *at, by: *by }
        }
        FaultSpec::Partition { sides, from, until, mode } => {
            Fault::Partition { links: links(sides, cast)?, from: *from, until: *until, mode: *mode }
        }
        FaultSpec::Drop { message } => Fault::Drop { target: target(message, cast)? },
        FaultSpec::Delay { message, by } => Fault::Delay { target: target(message, cast)?, by: *by },
        FaultSpec::Duplicate { message, after } => Fault::Duplicate { target: target(message, cast)?, after: *after },
    })
}

fn crash_start(start: &CrashStartSpec, cast: &Cast) -> Result<CrashStart<Fencepost>, String> {
    Ok(match start {
        CrashStartSpec::At(time) => CrashStart::At(*time),
        CrashStartSpec::Before { step, ordinal } => CrashStart::Before { step: *step, ordinal: *ordinal },
        CrashStartSpec::AfterSending(message) => CrashStart::AfterSending { target: target(message, cast)? },
    })
}

fn pause_start(start: &PauseStart) -> fencepost_sim::PauseStart<Fencepost> {
    match start {
        PauseStart::At(time) => fencepost_sim::PauseStart::At(*time),
        PauseStart::Before { step, ordinal } => fencepost_sim::PauseStart::Before { step: *step, ordinal: *ordinal },
    }
}

/// The directed links between the two sides, each once.
fn links(sides: &Sides, cast: &Cast) -> Result<Vec<(ParticipantId, ParticipantId)>, String> {
    let mut links = Vec::new();
    for left in &sides.left {
        for right in &sides.right {
            let (left, right) =
                (cast.find(left).ok_or_else(|| left.clone())?, cast.find(right).ok_or_else(|| right.clone())?);
            links.push((left, right));
            if !sides.one_way {
                links.push((right, left));
            }
        }
    }
    sort_by_rank(&mut links, |(from, to)| (u64::from(from.0), u64::from(to.0)));
    links.dedup();
    Ok(links)
}

fn target(message: &MessageName, cast: &Cast) -> Result<MessageTarget<Fencepost>, String> {
    let find = |name: &String| cast.find(name).ok_or_else(|| name.clone());
    Ok(MessageTarget {
        from: find(&message.from)?,
        to: find(&message.to)?,
        kind: message.kind,
        ordinal: message.ordinal,
    })
}
