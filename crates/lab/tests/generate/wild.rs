//! Scenarios with everything that the language has learnt since its first thousand: clocks, crashes and disks, drawn
//! delays, every check of a store, members and generals.

use fencepost_scenario::Scenario;
use fencepost_scenario::model::*;
use fencepost_sim::{Disk, Duration, PartitionMode, Time};
use fencepost_vocabulary::{CheckMode, Clock, MessageKind, Outside, Step};

use super::dice::Dice;
use super::{names, two};

/// The scenario of this seed.
pub fn wild(seed: u64) -> Scenario {
    let mut dice = Dice(seed ^ 0x0717_1d5e);
    let mut scenario = Scenario {
        title: format!("Nobody dared to write this, {seed}"),
        until: Time::from_millis(10_000 + dice.below(20) * 1_000),
        seed: dice.below(1_000),
        delay: range(150, &mut dice),
        fifo: dice.chance(30),
        model: if dice.chance(40) { Some(model(&mut dice)) } else { None },
        failures: if dice.chance(40) { Some(dice.pick(&FailureModel::ALL)) } else { None },
        ..Scenario::default()
    };
    services(&mut scenario, &mut dice);
    groups(&mut scenario, &mut dice);
    for name in ["A", "B", "C"].into_iter().take(2 + dice.below(2) as usize) {
        let role = Role::Client(client(&scenario, &mut dice));
        scenario.participants.push(Participant { name: name.to_owned(), role });
    }
    for _ in 0..dice.below(3) {
        let (from, to) = two(&scenario, &mut dice);
        if !scenario.links.iter().any(|link| link.from == from && link.to == to) {
            let (delay, fifo) = (range(1_000, &mut dice), dice.chance(30));
            scenario.links.push(LinkSpec { from, to, delay, fifo });
        }
    }
    for _ in 0..1 + dice.below(5) {
        let fault = fault(&scenario, &mut dice);
        if dice.chance(10) { scenario.disabled.push(fault) } else { scenario.faults.push(fault) }
    }
    scenario
}

fn range(most: u64, dice: &mut Dice) -> DelayRange {
    let low = dice.length(most);
    DelayRange { low, high: if dice.chance(50) { low + dice.length(most) } else { low } }
}

fn model(dice: &mut Dice) -> TimingModel {
    let bounds = Bounds { delay: dice.length(500), pause: dice.length(2_000), drift: dice.below(10) as u32 * 10_000 };
    match dice.below(3) {
        0 => TimingModel::Synchronous(bounds),
        1 => TimingModel::PartiallySynchronous { bounds, gst: dice.time(10_000) },
        _ => TimingModel::Asynchronous,
    }
}

fn memory(dice: &mut Dice) -> Memory {
    if dice.chance(25) { Memory::Volatile } else { Memory::Stable }
}

fn sync(dice: &mut Dice) -> SyncMode {
    match dice.below(6) {
        0 => SyncMode::After(dice.length(500)),
        1 => SyncMode::Every(dice.length(2_000)),
        _ => SyncMode::Now,
    }
}

fn store(checks: &[CheckMode], dice: &mut Dice) -> StoreSpec {
    let check = dice.pick(checks);
    StoreSpec {
        asks: (check == CheckMode::AskFirst).then(|| "L".to_owned()),
        max: memory(dice),
        nonatomic: dice.chance(25),
        sync: sync(dice),
        ..StoreSpec::new(check)
    }
}

fn services(scenario: &mut Scenario, dice: &mut Dice) {
    let spec = LockSpec {
        lease: if dice.chance(95) { Some(dice.length(5_000)) } else { None },
        first_token: 1 + dice.below(50),
        release: if dice.chance(10) { ReleaseMode::Blind } else { ReleaseMode::Compare },
        reentrant: dice.chance(20),
        dedupe: dice.chance(80),
        expiry: if dice.chance(25) { Clock::Wall } else { Clock::Mono },
        lock_delay: if dice.chance(25) { dice.length(3_000) } else { Duration::ZERO },
        counter: memory(dice),
        leases: memory(dice),
        delayed_restart: dice.chance(25),
        session: if dice.chance(25) { Some(dice.length(2_000)) } else { None },
        recheck: dice.chance(75),
        sync: sync(dice),
        data: if dice.chance(15) { Some(store(&[CheckMode::SameStore, CheckMode::Ge], dice)) } else { None },
    };
    scenario.participants.push(Participant { name: "L".to_owned(), role: Role::Lock(spec) });
    let checks: Vec<_> = CheckMode::ALL.into_iter().filter(|check| *check != CheckMode::SameStore).collect();
    for name in ["S", "T"].into_iter().take(1 + usize::from(dice.chance(30))) {
        let role = Role::Store(store(&checks, dice));
        scenario.participants.push(Participant { name: name.to_owned(), role });
    }
}

/// Sometimes a group that watches itself, sometimes two generals.
fn groups(scenario: &mut Scenario, dice: &mut Dice) {
    let owned = |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    if dice.chance(35) {
        let members = owned(&["N1", "N2", "N3", "N4"][..2 + dice.below(3) as usize]);
        let observers = if dice.chance(50) { members.clone() } else { members[..1].to_vec() };
        let spec = MemberSpec {
            observers,
            heartbeat: Duration::from_millis(200 + dice.below(1_000)),
            suspect: Duration::from_millis(500 + dice.below(3_000)),
            report: if dice.chance(50) { owned(&["A"]) } else { Vec::new() },
            declare: dice.pick(&Declare::ALL),
            members,
        };
        for name in spec.members.clone() {
            scenario.participants.push(Participant { name, role: Role::Member(spec.clone()) });
        }
    }
    if dice.chance(20) {
        let spec = GeneralSpec {
            generals: owned(&["G1", "G2"]),
            messages: 1 + dice.below(5) as u32,
            dawn: dice.time(6_000),
            resend: if dice.chance(30) { Some(dice.length(1_000)) } else { None },
        };
        for name in spec.generals.clone() {
            scenario.participants.push(Participant { name, role: Role::General(spec.clone()) });
        }
    }
}

fn client(scenario: &Scenario, dice: &mut Dice) -> ClientSpec {
    let stores = names(scenario, |role| matches!(role, Role::Store(_) | Role::Lock(LockSpec { data: Some(_), .. })));
    let anybody = names(scenario, |_| true);
    let retry = if dice.chance(50) { Some(dice.length(2_000)) } else { None };
    let mut program = vec![ProgramStep::Acquire {
        lock: "L".to_owned(),
        at: None,
        patience: retry.map(Patience::every).unwrap_or_default(),
    }];
    for _ in 0..1 + dice.below(6) {
        program.push(step(&dice.pick(&stores), &dice.pick(&anybody), dice));
    }
    if dice.chance(60) {
        program.push(ProgramStep::Release { lock: "L".to_owned(), at: None, patience: Patience::default() });
    }
    let renew_every = if dice.chance(25) { Some(dice.length(1_500)) } else { None };
    let trusts = if dice.chance(25) { (1 + dice.below(100) as u32) * 10_000 } else { ClientSpec::WHOLE };
    ClientSpec { renew_every, trusts, ..ClientSpec::new(Time::from_millis(dice.below(3_000)), program) }
}

fn step(store: &str, anybody: &str, dice: &mut Dice) -> ProgramStep {
    let store = store.to_owned();
    match dice.below(12) {
        0 => ProgramStep::Work(dice.length(2_000)),
        1 => ProgramStep::CheckLease { margin: dice.length(500) },
        2 => ProgramStep::Read { store, at: None, from: Vec::new(), patience: Patience::default() },
        3 => ProgramStep::Announce { store, patience: Patience::default() },
        4 => ProgramStep::Ask { lock: "L".to_owned(), patience: Patience::default() },
        5 => ProgramStep::Effect(dice.pick(&Outside::ALL)),
        6 => ProgramStep::Ping { to: anybody.to_owned(), patience: Patience::default() },
        7 => write(store, WriteValue::ReadPlus(1), None, dice),
        8 => write(store, WriteValue::Own, Some(1 + dice.below(100)), dice),
        _ => write(store, WriteValue::Own, None, dice),
    }
}

fn write(store: String, value: WriteValue, token: Option<u64>, dice: &mut Dice) -> ProgramStep {
    ProgramStep::Write {
        store,
        at: None,
        value,
        times: 1 + dice.below(3) as u32,
        pipelined: dice.chance(40),
        token,
        patience: Patience::default(),
    }
}

fn message(scenario: &Scenario, dice: &mut Dice) -> MessageName {
    let (from, to) = two(scenario, dice);
    let kinds =
        [MessageKind::Acquire, MessageKind::Granted, MessageKind::Write, MessageKind::Ok, MessageKind::Heartbeat];
    MessageName { from, to, kind: dice.pick(&kinds), ordinal: 1 + dice.below(3) as u32 }
}

fn fault(scenario: &Scenario, dice: &mut Dice) -> FaultSpec {
    let (participant, other) = two(scenario, dice);
    let from = dice.time(8_000);
    let until = if dice.chance(70) { Some(from + dice.length(5_000)) } else { None };
    match dice.below(15) {
        0 => FaultSpec::Mute { participant, from, until },
        1 => FaultSpec::Deafen { participant, from, until },
        2 => FaultSpec::Hold { message: message(scenario, dice), until: from },
        3 => {
            let step = dice.pick(&[Step::Apply, Step::Sync]);
            FaultSpec::Stall { participant, step, ordinal: 1 + dice.below(3) as u32, by: dice.length(5_000) }
        }
        4 => {
            let change_ppm = (dice.below(300) as i32 - 90) * 10_000;
            FaultSpec::ClockRate { participant, change_ppm, from }
        }
        5 => {
            let by = dice.length(10_000).0 as i64;
            FaultSpec::ClockJump { participant, at: from, by: if dice.chance(40) { -by } else { by } }
        }
        6 => {
            let sides = Sides { left: vec![participant], right: vec![other], one_way: dice.chance(30) };
            let mode = dice.pick(&[PartitionMode::Drop, PartitionMode::Hold, PartitionMode::Sever]);
            FaultSpec::Partition { sides, from, until: from + dice.length(5_000), mode }
        }
        7 => FaultSpec::Pause { participant, start: PauseStart::At(from), length: dice.length(8_000) },
        8 => FaultSpec::Delay { message: message(scenario, dice), by: dice.length(8_000) },
        9 => FaultSpec::Duplicate { message: message(scenario, dice), after: dice.length(5_000) },
        10 => FaultSpec::Drop { message: message(scenario, dice) },
        _ => crash(scenario, participant, from, dice),
    }
}

fn crash(scenario: &Scenario, participant: String, at: Time, dice: &mut Dice) -> FaultSpec {
    let disk = dice.pick(&[Disk::Kept, Disk::Synced, Disk::Wiped]);
    let recovery = if dice.chance(80) { Some(Recovery { at: at + dice.length(4_000), disk }) } else { None };
    let (participant, start) = match dice.below(4) {
        0 => {
            let step = dice.pick(&[Step::Write, Step::Apply, Step::Sync, Step::Acquire]);
            (participant, CrashStart::Before { step, ordinal: 1 + dice.below(2) as u32 })
        }
        1 => {
            let message = message(scenario, dice);
            (message.from.clone(), CrashStart::AfterSending(message))
        }
        _ => (participant, CrashStart::At(at)),
    };
    FaultSpec::Crash { participant, start, recovery }
}
