//! Scenarios nobody wrote: many small worlds with something of everything, the same ones every time.
//!
//! A seed gives a scenario on every platform and in every year; [`dice`] is the only source of chance.
#![allow(dead_code, reason = "each test uses its share of this module")]

pub mod campaign;
pub mod dice;
pub mod guarded;
pub mod together;
pub mod wild;

use fencepost_scenario::Scenario;
use fencepost_scenario::model::*;
use fencepost_sim::{PartitionMode, Time};
use fencepost_vocabulary::{CheckMode, MessageKind, Step};

use dice::Dice;

/// The checks drawn from. New ones are not among them, for they would turn every seed into another scenario.
const CHECKS: [CheckMode; 7] = [
    CheckMode::None,
    CheckMode::Ge,
    CheckMode::Gt,
    CheckMode::Cas,
    CheckMode::Announce,
    CheckMode::FencedRead,
    CheckMode::SameStore,
];

/// The scenario of this seed.
pub fn scenario(seed: u64) -> Scenario {
    let mut dice = Dice(seed);
    let mut scenario = Scenario {
        title: format!("Nobody wrote this, {seed}"),
        until: Time::from_millis(10_000 + dice.below(50) * 1_000),
        delay: DelayRange::fixed(dice.length(200)),
        ..Scenario::default()
    };
    services(&mut scenario, &mut dice);
    for name in ["A", "B", "C", "D"].into_iter().take(2 + dice.below(3) as usize) {
        let role = Role::Client(client(&scenario, &mut dice));
        scenario.participants.push(Participant { name: name.to_owned(), role });
    }
    for _ in 0..dice.below(3) {
        let (from, to) = two(&scenario, &mut dice);
        if !scenario.links.iter().any(|link| link.from == from && link.to == to) {
            scenario.links.push(LinkSpec { from, to, delay: DelayRange::fixed(dice.length(2_000)), fifo: false });
        }
    }
    for _ in 0..dice.below(6) {
        let fault = fault(&scenario, &mut dice);
        if dice.chance(10) { scenario.disabled.push(fault) } else { scenario.faults.push(fault) }
    }
    scenario
}

fn services(scenario: &mut Scenario, dice: &mut Dice) {
    for name in ["L", "M"].into_iter().take(1 + usize::from(dice.chance(20))) {
        let spec = LockSpec {
            lease: if dice.chance(90) { Some(dice.length(12_000)) } else { None },
            first_token: 1 + dice.below(50),
            release: if dice.chance(20) { ReleaseMode::Blind } else { ReleaseMode::Compare },
            reentrant: dice.chance(20),
            dedupe: dice.chance(80),
            data: if dice.chance(15) { Some(StoreSpec::new(dice.pick(&CHECKS))) } else { None },
            ..LockSpec::default()
        };
        scenario.participants.push(Participant { name: name.to_owned(), role: Role::Lock(spec) });
    }
    // A store of its own cannot ask who holds the lock.
    let checks: Vec<_> = CHECKS.into_iter().filter(|check| *check != CheckMode::SameStore).collect();
    for name in ["S", "T"].into_iter().take(1 + usize::from(dice.chance(20))) {
        let role = Role::Store(StoreSpec::new(dice.pick(&checks)));
        scenario.participants.push(Participant { name: name.to_owned(), role });
    }
}

/// The names of the participants for which `is` holds.
fn names(scenario: &Scenario, is: impl Fn(&Role) -> bool) -> Vec<String> {
    scenario.participants.iter().filter(|it| is(&it.role)).map(|it| it.name.clone()).collect()
}

fn two(scenario: &Scenario, dice: &mut Dice) -> (String, String) {
    let all = names(scenario, |_| true);
    let from = dice.pick(&all);
    let others: Vec<_> = all.into_iter().filter(|name| *name != from).collect();
    let to = dice.pick(&others);
    (from, to)
}

fn client(scenario: &Scenario, dice: &mut Dice) -> ClientSpec {
    let locks = names(scenario, |role| matches!(role, Role::Lock(_)));
    let stores = names(scenario, |role| matches!(role, Role::Store(_) | Role::Lock(LockSpec { data: Some(_), .. })));
    let lock = dice.pick(&locks);
    let retry = if dice.chance(30) { Some(dice.length(3_000)) } else { None };
    let mut program = vec![ProgramStep::Acquire {
        lock: lock.clone(),
        at: None,
        patience: retry.map(Patience::every).unwrap_or_default(),
    }];
    for _ in 0..1 + dice.below(6) {
        program.push(step(&dice.pick(&stores), dice));
    }
    if dice.chance(50) {
        program.push(ProgramStep::Release { lock, at: None, patience: Patience::default() });
    }
    let renew_every = if dice.chance(25) { Some(dice.length(4_000)) } else { None };
    ClientSpec { renew_every, ..ClientSpec::new(Time::from_millis(dice.below(5_000)), program) }
}

fn step(store: &str, dice: &mut Dice) -> ProgramStep {
    let store = store.to_owned();
    match dice.below(10) {
        0 | 1 => ProgramStep::Work(dice.length(4_000)),
        2 => ProgramStep::CheckLease { margin: dice.length(1_000) },
        3 | 4 => ProgramStep::Read { store, at: None, from: Vec::new(), patience: Patience::default() },
        5 => ProgramStep::Announce { store, patience: Patience::default() },
        6 => ProgramStep::Write {
            store,
            at: None,
            value: WriteValue::ReadPlus(1 + dice.below(3)),
            times: 1,
            pipelined: false,
            token: None,
            patience: Patience::default(),
        },
        _ => {
            let (times, pipelined) = (1 + dice.below(3) as u32, dice.chance(30));
            ProgramStep::Write {
                store,
                at: None,
                value: WriteValue::Own,
                times,
                pipelined,
                token: None,
                patience: Patience::default(),
            }
        }
    }
}

fn fault(scenario: &Scenario, dice: &mut Dice) -> FaultSpec {
    let (from, to) = two(scenario, dice);
    let clients = names(scenario, |role| matches!(role, Role::Client(_)));
    let message = MessageName {
        from: from.clone(),
        to: to.clone(),
        kind: dice.pick(&[MessageKind::Acquire, MessageKind::Granted, MessageKind::Write, MessageKind::Ok]),
        ordinal: 1 + dice.below(2) as u32,
    };
    match dice.below(8) {
        0 | 1 => FaultSpec::Pause {
            participant: dice.pick(&[from, dice_client(&clients, to)]),
            start: PauseStart::At(dice.time(12_000)),
            length: dice.length(15_000),
        },
        2 => {
            let start = PauseStart::Before { step: dice.pick(&[Step::Write, Step::Check, Step::Read]), ordinal: 1 };
            FaultSpec::Pause { participant: dice.pick(&clients), start, length: dice.length(15_000) }
        }
        3 => FaultSpec::Crash {
            participant: dice.pick(&clients),
            start: CrashStart::At(dice.time(12_000)),
            recovery: None,
        },
        4 => {
            let from_time = dice.time(8_000);
            let mode = dice.pick(&[PartitionMode::Drop, PartitionMode::Hold]);
            let sides = Sides { left: vec![from], right: vec![to], one_way: dice.chance(30) };
            FaultSpec::Partition { sides, from: from_time, until: from_time + dice.length(8_000), mode }
        }
        5 => FaultSpec::Drop { message },
        6 => FaultSpec::Delay { message, by: dice.length(15_000) },
        _ => FaultSpec::Duplicate { message, after: dice.length(10_000) },
    }
}

fn dice_client(clients: &[String], otherwise: String) -> String {
    clients.first().cloned().unwrap_or(otherwise)
}

/// What a contest is about: several clients, one lock, one store.
#[derive(Clone, Copy, Debug)]
pub struct Contest {
    /// How the store checks; `SameStore` puts the data into the lock service.
    pub check: CheckMode,
    /// Whether every write is an update of a value read under the same grant, and none is doubled on the way.
    pub updates_only: bool,
}

/// A contest with this seed: two to four clients, and whatever can go wrong.
pub fn contest(seed: u64, contest: Contest) -> Scenario {
    let mut dice = Dice(seed ^ 0x5eed_c027_e575);
    let mut scenario = Scenario {
        until: Time::from_millis(120_000),
        delay: DelayRange::fixed(dice.length(150)),
        ..Scenario::default()
    };
    let inside = contest.check == CheckMode::SameStore;
    let store = StoreSpec::new(contest.check);
    let lock = LockSpec {
        lease: Some(dice.length(6_000)),
        first_token: 1 + dice.below(50),
        release: ReleaseMode::Compare,
        reentrant: dice.chance(20),
        dedupe: dice.chance(80),
        data: inside.then(|| store.clone()),
        ..LockSpec::default()
    };
    scenario.participants.push(Participant { name: "L".to_owned(), role: Role::Lock(lock) });
    if !inside {
        scenario.participants.push(Participant { name: "S".to_owned(), role: Role::Store(store) });
    }
    let store = if inside { "L" } else { "S" };
    for name in ["A", "B", "C", "D"].into_iter().take(2 + dice.below(3) as usize) {
        let role = Role::Client(contender(store, contest, &mut dice));
        scenario.participants.push(Participant { name: name.to_owned(), role });
    }
    for _ in 0..1 + dice.below(5) {
        let fault = fault(&scenario, &mut dice);
        if !(contest.updates_only && matches!(fault, FaultSpec::Duplicate { .. })) {
            scenario.faults.push(fault);
        }
    }
    scenario
}

fn contender(store: &str, contest: Contest, dice: &mut Dice) -> ClientSpec {
    let (lock, store) = ("L".to_owned(), store.to_owned());
    let mut program = Vec::new();
    for _ in 0..1 + dice.below(3) {
        let retry = if dice.chance(40) { Some(dice.length(3_000)) } else { None };
        program.push(ProgramStep::Acquire {
            lock: lock.clone(),
            at: None,
            patience: retry.map(Patience::every).unwrap_or_default(),
        });
        if contest.updates_only {
            program.push(ProgramStep::Read {
                store: store.clone(),
                at: None,
                from: Vec::new(),
                patience: Patience::default(),
            });
            program.push(ProgramStep::Work(dice.length(5_000)));
            program.push(ProgramStep::Write {
                store: store.clone(),
                at: None,
                value: WriteValue::ReadPlus(1),
                times: 1,
                pipelined: false,
                token: None,
                patience: Patience::default(),
            });
        } else {
            (0..1 + dice.below(4)).for_each(|_| program.push(step(&store, dice)));
        }
        if dice.chance(70) {
            program.push(ProgramStep::Release { lock: lock.clone(), at: None, patience: Patience::default() });
        }
    }
    let renew_every = if dice.chance(25) { Some(dice.length(3_000)) } else { None };
    ClientSpec { renew_every, ..ClientSpec::new(Time::from_millis(dice.below(4_000)), program) }
}
