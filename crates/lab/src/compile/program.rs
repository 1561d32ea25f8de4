//! What a client is told to do, step by step.

use std::collections::BTreeMap;

use fencepost_protocols::{ClientConfig, Instruction, Patience, Retry, WriteValue};
use fencepost_scenario::model::{
    ClientSpec, Patience as PatienceSpec, ProgramStep, Retry as RetrySpec, Scenario, WriteValue as WriteValueSpec,
};
use fencepost_sim::{Duration, ParticipantId};
use fencepost_vocabulary::{Cast, CheckMode, FencingToken, NameId, ObjectKind, RoleKind, Step};

use super::network::salt;
use super::objects;

/// How often one `write … x N` is written out at most. The parser's own limit is far below.
const MOST_REPEATS: u32 = 10_000;

pub(super) fn client_config(
    client: ParticipantId,
    spec: &ClientSpec,
    scenario: &Scenario,
    cast: &Cast,
) -> ClientConfig {
    let (mut program, mut at, mut from) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    let (mut patience, mut taken) = (BTreeMap::new(), BTreeMap::new());
    for step in &spec.program {
        let (node, nodes) = (node(step).and_then(|name| cast.lane(name)), nodes(step, cast));
        for instruction in instructions(step, cast) {
            at.extend(node.map(|node| (program.len(), node)));
            from.extend(nodes.clone().map(|nodes| (program.len(), nodes)));
            let waits = waits(step, &instruction, (client, scenario.seed, cast), &mut taken);
            patience.extend(waits.map(|waits| (program.len(), waits)));
            program.push(instruction);
        }
    }
    ClientConfig {
        begins_after: Duration(spec.at.0),
        program,
        renew_every: spec.renew_every,
        trusts: spec.trusts,
        counting_stores: cast.ids().filter(|id| counts(*id, cast)).collect(),
        objects: objects::access(scenario, cast),
        at,
        from,
        patience,
    }
}

/// How long a step waits. What is left to chance depends on the client's name, on what it does to whom, and on how often
/// it has done so before in its program: another step more or less changes nothing.
fn waits(
    step: &ProgramStep,
    instruction: &Instruction,
    (client, seed, cast): (ParticipantId, u64, &Cast),
    taken: &mut BTreeMap<(Step, Option<ParticipantId>), u32>,
) -> Option<Patience> {
    let PatienceSpec { retry, within } = patience(step)?;
    let (word, whom) = (instruction.step(), instruction.of());
    let count = taken.entry((word, whom)).or_default();
    *count += 1;
    let whom = whom.map_or("", |whom| cast.name(whom));
    let salt = || salt(seed, &[cast.name(client), word.word(), whom, &count.to_string()]);
    let retry = retry.map(|retry| match retry {
        RetrySpec::Every(length) => Retry::Every(length),
        RetrySpec::Drawn(low, high) => Retry::Drawn { low, high, salt: salt() },
        RetrySpec::Doubling(first, most) => Retry::Doubling { first, most },
    });
    Some(Patience { retry, within })
}

fn patience(step: &ProgramStep) -> Option<PatienceSpec> {
    match step {
        ProgramStep::Acquire { patience, .. }
        | ProgramStep::Read { patience, .. }
        | ProgramStep::Write { patience, .. }
        | ProgramStep::Announce { patience, .. }
        | ProgramStep::Release { patience, .. }
        | ProgramStep::Ask { patience, .. }
        | ProgramStep::Ping { patience, .. }
        | ProgramStep::Claim { patience, .. } => Some(*patience),
        ProgramStep::CheckLease { .. } | ProgramStep::Work(_) | ProgramStep::Effect(_) => None,
    }
}

/// Whom of several a step turns to, where it says so.
fn node(step: &ProgramStep) -> Option<&String> {
    match step {
        ProgramStep::Acquire { at, .. }
        | ProgramStep::Write { at, .. }
        | ProgramStep::Read { at, .. }
        | ProgramStep::Release { at, .. } => at.as_ref(),
        ProgramStep::Claim { at, .. } => Some(at),
        _ => None,
    }
}

/// Who alone is asked by a step, where it says so.
fn nodes(step: &ProgramStep, cast: &Cast) -> Option<Vec<ParticipantId>> {
    match step {
        ProgramStep::Read { from, .. } if !from.is_empty() => {
            Some(from.iter().filter_map(|name| cast.lane(name)).collect())
        }
        _ => None,
    }
}

/// Whether a store wants the writes to it numbered with none missing.
fn counts(id: ParticipantId, cast: &Cast) -> bool {
    let alone = cast.member(id).is_some_and(|member| {
        matches!(
            member.role,
            RoleKind::Store { check: CheckMode::GeNext } | RoleKind::Lock { data: Some(CheckMode::GeNext), .. }
        )
    });
    let together = ObjectKind::Store { check: CheckMode::GeNext };
    alone || cast.object(id).is_some_and(|object| object.kind == together)
}

/// The name that is claimed, among all that are.
fn claimed(name: &String, cast: &Cast) -> Option<NameId> {
    cast.names.iter().position(|other| other == name).map(|place| NameId(place as u16))
}

/// What a step of the text comes to: nothing if it speaks of somebody who is not there, several if it repeats.
fn instructions(step: &ProgramStep, cast: &Cast) -> Vec<Instruction> {
    let one = |instruction: Option<Instruction>| instruction.into_iter().collect();
    match step {
        ProgramStep::Acquire { lock, .. } => one(cast.find(lock).map(|lock| Instruction::Acquire { lock })),
        ProgramStep::CheckLease { margin } => one(Some(Instruction::Check { margin: *margin })),
        ProgramStep::Work(length) => one(Some(Instruction::Work(*length))),
        ProgramStep::Read { store, .. } => one(cast.find(store).map(|store| Instruction::Read { store })),
        ProgramStep::Announce { store, .. } => one(cast.find(store).map(|store| Instruction::Announce { store })),
        ProgramStep::Release { lock, .. } => one(cast.find(lock).map(|lock| Instruction::Release { lock })),
        ProgramStep::Ask { lock, .. } => one(cast.find(lock).map(|lock| Instruction::Ask { lock })),
        ProgramStep::Effect(what) => one(Some(Instruction::Effect(*what))),
        ProgramStep::Ping { to, .. } => one(cast.lane(to).map(|to| Instruction::Ping { to })),
        ProgramStep::Claim { name, at, .. } => {
            one(cast.lane(at).zip(claimed(name, cast)).map(|(registry, name)| Instruction::Claim { registry, name }))
        }
        ProgramStep::Write { store, value, times, pipelined, token, .. } => {
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

#[cfg(test)]
mod tests {
    use super::*;
    use fencepost_scenario::Document;
    use fencepost_scenario::model::Role as RoleSpec;

    /// How long the steps of client A wait.
    fn waits(text: &str) -> Vec<Patience> {
        let scenario = Document::new(format!("fencepost 2\n{text}")).parse().scenario;
        let cast = crate::compile::compile(&scenario).cast;
        let id = cast.lane("A").expect("A takes part");
        let RoleSpec::Client(spec) = &scenario.participants[id.index()].role else { panic!("A is a client") };
        client_config(id, spec, &scenario, &cast).patience.into_values().collect()
    }

    #[test]
    fn what_a_step_draws_depends_on_the_seed_the_names_and_its_place_among_its_kind() {
        let lock = "lock L lease none\nlock M lease none\n";
        let first = waits(&format!("{lock}client A at 0s: ping L retry 1s..8s; ping L retry 1s..8s"));
        assert_ne!(first[0], first[1], "two steps have their own chances");
        let more = "client B at 0s: ping M\nclient A at 5s: work 1s; acquire M; ping M retry 2s; ping L retry 1s..8s";
        assert!(waits(&format!("{lock}{more}")).contains(&first[0]), "an edit elsewhere reshuffles nothing");
        for other in ["seed 7\nclient A at 0s: ping L retry 1s..8s", "client A at 0s: ping M retry 1s..8s"] {
            assert_ne!(waits(&format!("{lock}{other}"))[0], first[0], "{other}");
        }
    }
}
