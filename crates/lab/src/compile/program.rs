//! What a client is told to do, step by step.

use fencepost_protocols::{ClientConfig, Instruction, WriteValue};
use fencepost_scenario::model::{ClientSpec, ProgramStep, WriteValue as WriteValueSpec};
use fencepost_sim::Duration;
use fencepost_vocabulary::Cast;

/// How often one `write … x N` is written out at most. The parser's own limit is far below.
const MOST_REPEATS: u32 = 10_000;

pub(super) fn client_config(spec: &ClientSpec, cast: &Cast) -> ClientConfig {
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
