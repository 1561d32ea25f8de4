//! What a client is told to do, step by step.

use std::collections::BTreeMap;

use fencepost_protocols::{ClientConfig, Instruction, WriteValue};
use fencepost_scenario::model::{ClientSpec, ProgramStep, WriteValue as WriteValueSpec};
use fencepost_sim::Duration;
use fencepost_vocabulary::{Cast, CheckMode, FencingToken, RoleKind};

/// How often one `write … x N` is written out at most. The parser's own limit is far below.
const MOST_REPEATS: u32 = 10_000;

pub(super) fn client_config(spec: &ClientSpec, cast: &Cast) -> ClientConfig {
    ClientConfig {
        begins_after: Duration(spec.at.0),
        program: spec.program.iter().flat_map(|step| instructions(step, cast)).collect(),
        renew_every: spec.renew_every,
        trusts: spec.trusts,
        counting_stores: cast.iter().filter(|(_, member)| counts(member.role)).map(|(id, _)| id).collect(),
        objects: BTreeMap::new(),
        at: BTreeMap::new(),
        from: BTreeMap::new(),
    }
}

/// Whether a store wants the writes to it numbered with none missing.
fn counts(role: RoleKind) -> bool {
    matches!(role, RoleKind::Store { check: CheckMode::GeNext } | RoleKind::Lock { data: Some(CheckMode::GeNext), .. })
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
        ProgramStep::Ask { lock } => one(cast.find(lock).map(|lock| Instruction::Ask { lock })),
        ProgramStep::Effect(what) => one(Some(Instruction::Effect(*what))),
        ProgramStep::Ping { to } => one(cast.find(to).map(|to| Instruction::Ping { to })),
        ProgramStep::Write { store, value, times, pipelined, token } => {
            let Some(store) = cast.find(store) else { return Vec::new() };
            let value = match value {
                WriteValueSpec::Own => WriteValue::Own,
                WriteValueSpec::ReadPlus(number) => WriteValue::ReadPlus(*number),
            };
            let write = Instruction::Write { store, value, wait: !pipelined, token: token.map(FencingToken) };
            vec![write; (*times).min(MOST_REPEATS) as usize]
        }
    }
}
