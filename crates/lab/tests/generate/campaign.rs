//! A campaign against the fence: worlds of one lock, its store and two to four clients, each met by many schedules of
//! faults that are drawn around what happens in the world when nothing goes wrong.
//!
//! A fault at a random moment mostly meets nobody. So a world first runs without any, and a schedule then strikes the
//! participants, messages and steps of that run, at or near the moments when they did something, for lengths on the
//! scale of the lease.

use fencepost_lab::run;
use fencepost_scenario::Scenario;
use fencepost_scenario::model::*;
use fencepost_sim::{Disk, Duration, EventKind, ParticipantId, PartitionMode, Time, Vocabulary};
use fencepost_vocabulary::{CheckMode, Fencepost, MessageKind, Step, Trace};

use super::dice::Dice;

/// How many schedules a world is met by.
pub const SCHEDULES_PER_WORLD: u64 = 16;

/// What is wrong with the world, apart from its faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing: one store that checks and writes in one durable step, tokens that are never given twice.
    Nothing,
    /// The store looks at no token.
    NoCheck,
    /// Something can come between the store's check and its write.
    NonAtomic,
    /// The store forgets the highest token in a crash.
    VolatileMax,
    /// There are two stores behind one lock.
    TwoStores,
    /// The store asks the lock service and then writes.
    AskFirst,
    /// The lock service forgets in a crash which tokens it gave.
    VolatileCounter,
}

impl Flaw {
    /// Every flaw that breaks the order of effects.
    pub const ALL: [Self; 6] =
        [Self::NoCheck, Self::NonAtomic, Self::VolatileMax, Self::TwoStores, Self::AskFirst, Self::VolatileCounter];
}

/// A world without faults, and where in it a fault would strike something.
pub struct Ground {
    world: Scenario,
    lease: Duration,
    /// Who did something, and when.
    moments: Vec<(String, Time)>,
    /// The messages that were sent, those that carry a token twice: they are what a fence is about.
    messages: Vec<MessageName>,
    /// The steps that were taken: whose, which, the so-many-th.
    steps: Vec<(String, Step, u32)>,
    /// The steps that took time.
    timed: Vec<(String, Step, u32)>,
}

/// The world with this number.
pub fn ground(number: u64, flaw: Flaw) -> Ground {
    let mut dice = Dice(number ^ 0xca3b_a167);
    let (world, lease) = world(flaw, &mut dice);
    let run = run(&world);
    let name = |id: ParticipantId| run.cast.name(id).to_owned();
    let (steps, timed) = steps(&run.trace, &name);
    Ground { lease, moments: moments(&run.trace, &name), messages: messages(&run.trace, &name), steps, timed, world }
}

/// The schedule with this number: the world that belongs to it, and what goes wrong.
pub fn schedule(ground: &Ground, number: u64) -> Scenario {
    let mut dice = Dice(number ^ 0x5c4e_d01e);
    let mut scenario = ground.world.clone();
    scenario.faults = (0..2 + dice.below(7)).filter_map(|_| ground.fault(&mut dice)).collect();
    scenario
}

fn world(flaw: Flaw, dice: &mut Dice) -> (Scenario, Duration) {
    let lease = Duration::from_millis(500 + dice.below(4_000));
    // One that forgets who holds the lock has to wait a lease before it gives it away again.
    let forgets = dice.chance(20);
    let lock = LockSpec {
        lease: Some(lease),
        first_token: 1 + dice.below(50),
        reentrant: dice.chance(20),
        dedupe: dice.chance(80),
        counter: if flaw == Flaw::VolatileCounter { Memory::Volatile } else { Memory::Stable },
        leases: if forgets { Memory::Volatile } else { Memory::Stable },
        delayed_restart: forgets,
        ..LockSpec::default()
    };
    let check = match flaw {
        Flaw::NoCheck => CheckMode::None,
        Flaw::AskFirst => CheckMode::AskFirst,
        _ => CheckMode::Ge,
    };
    let store = StoreSpec {
        asks: (flaw == Flaw::AskFirst).then(|| "L".to_owned()),
        max: if flaw == Flaw::VolatileMax { Memory::Volatile } else { Memory::Stable },
        nonatomic: flaw == Flaw::NonAtomic,
        ..StoreSpec::new(check)
    };
    let stores: &[&str] = if flaw == Flaw::TwoStores { &["S", "T"] } else { &["S"] };
    let part = |name: &str, role| Participant { name: name.to_owned(), role };
    let mut participants = vec![part("L", Role::Lock(lock))];
    participants.extend(stores.iter().map(|name| part(name, Role::Store(store.clone()))));
    for name in ["A", "B", "C", "D"].into_iter().take(2 + dice.below(3) as usize) {
        participants.push(part(name, Role::Client(client(stores, lease, dice))));
    }
    let delay = DelayRange::fixed(Duration::from_millis(5 + dice.below(100)));
    (Scenario { until: Time::from_millis(120_000), delay, participants, ..Scenario::default() }, lease)
}

fn client(stores: &[&str], lease: Duration, dice: &mut Dice) -> ClientSpec {
    let mut program = Vec::new();
    for _ in 0..1 + dice.below(3) {
        let retry = if dice.chance(40) { Some(share(lease, 10 + dice.below(100))) } else { None };
        program.push(ProgramStep::Acquire {
            lock: "L".to_owned(),
            at: None,
            patience: retry.map(Patience::every).unwrap_or_default(),
        });
        for _ in 0..1 + dice.below(3) {
            let store = dice.pick(stores).to_owned();
            match dice.below(5) {
                0 => program.push(ProgramStep::Work(share(lease, 1 + dice.below(80)))),
                1 => {
                    program.push(ProgramStep::Read { store, at: None, from: Vec::new(), patience: Patience::default() })
                }
                _ => program.push(ProgramStep::Write {
                    store,
                    at: None,
                    value: WriteValue::Own,
                    times: 1 + dice.below(2) as u32,
                    pipelined: dice.chance(30),
                    token: None,
                    patience: Patience::default(),
                }),
            }
        }
        if dice.chance(80) {
            program.push(ProgramStep::Release { lock: "L".to_owned(), at: None, patience: Patience::default() });
        }
    }
    let at = Time(share(lease, dice.below(200)).0);
    let renew_every = if dice.chance(20) { Some(share(lease, 30)) } else { None };
    ClientSpec { renew_every, ..ClientSpec::new(at, program) }
}

/// So many hundredths of a length, at least 1 ms.
fn share(length: Duration, percent: u64) -> Duration {
    Duration((length.0 * percent / 100).max(1_000))
}

fn moments(trace: &Trace, name: &impl Fn(ParticipantId) -> String) -> Vec<(String, Time)> {
    let of_somebody = trace.events.iter().filter(|event| event.participant != ParticipantId::NETWORK);
    of_somebody.map(|event| (name(event.participant), event.time)).collect()
}

fn messages(trace: &Trace, name: &impl Fn(ParticipantId) -> String) -> Vec<MessageName> {
    let mut messages = Vec::new();
    for event in &trace.events {
        let EventKind::Sent { to, message, ordinal, .. } = &event.kind else { continue };
        let kind = message.kind();
        let named = MessageName { from: name(event.participant), to: name(*to), kind, ordinal: *ordinal };
        let times = if matches!(kind, MessageKind::Write | MessageKind::Standing) { 4 } else { 1 };
        messages.extend(std::iter::repeat_n(named, times));
    }
    messages
}

type Steps = Vec<(String, Step, u32)>;

/// The steps of a run and, apart, those that take time.
fn steps(trace: &Trace, name: &impl Fn(ParticipantId) -> String) -> (Steps, Steps) {
    let (mut all, mut timed) = (Steps::new(), Steps::new());
    for event in &trace.events {
        let (step, list) = match event.kind {
            EventKind::Stepped(step) => (Some(step), &mut all),
            EventKind::TimerFired(timer) => (Fencepost::timed_step(timer), &mut timed),
            _ => (None, &mut all),
        };
        if let Some(step) = step {
            let who = name(event.participant);
            let before = list.iter().filter(|(other, taken, _)| *other == who && *taken == step).count();
            list.push((who, step, before as u32 + 1));
        }
    }
    (all, timed)
}

impl Ground {
    /// One fault; `None` if what it would strike does not exist in this world.
    fn fault(&self, dice: &mut Dice) -> Option<FaultSpec> {
        Some(match dice.below(14) {
            0..=2 => self.pause(dice),
            3 => {
                let (participant, step, ordinal) = self.step(&self.steps, dice)?;
                FaultSpec::Pause { participant, start: PauseStart::Before { step, ordinal }, length: self.length(dice) }
            }
            4 => FaultSpec::Drop { message: self.message(dice)? },
            5 | 6 => FaultSpec::Delay { message: self.message(dice)?, by: self.length(dice) },
            7 => FaultSpec::Duplicate { message: self.message(dice)?, after: self.length(dice) },
            8 => self.partition(dice),
            9..=11 => self.crash(dice)?,
            12 => FaultSpec::Hold { message: self.message(dice)?, until: self.moment(dice).1 + self.length(dice) },
            _ => {
                let (participant, step, ordinal) = self.step(&self.timed, dice)?;
                FaultSpec::Stall { participant, step, ordinal, by: self.length(dice) }
            }
        })
    }

    /// Somebody, and a moment at which it does something, or a little before or after.
    fn moment(&self, dice: &mut Dice) -> (String, Time) {
        let (who, time) = dice.pick(&self.moments);
        let near = if dice.chance(50) { dice.below(10_000) } else { 0 };
        (who, Time((time.0 + near).saturating_sub(dice.below(2) * 2 * near)))
    }

    /// A length on the scale of the lease.
    fn length(&self, dice: &mut Dice) -> Duration {
        share(self.lease, 5 + dice.below(300))
    }

    fn message(&self, dice: &mut Dice) -> Option<MessageName> {
        (!self.messages.is_empty()).then(|| dice.pick(&self.messages))
    }

    fn step(&self, steps: &Steps, dice: &mut Dice) -> Option<(String, Step, u32)> {
        (!steps.is_empty()).then(|| dice.pick(steps))
    }

    fn pause(&self, dice: &mut Dice) -> FaultSpec {
        let (participant, at) = self.moment(dice);
        FaultSpec::Pause { participant, start: PauseStart::At(at), length: self.length(dice) }
    }

    fn partition(&self, dice: &mut Dice) -> FaultSpec {
        let (left, from) = self.moment(dice);
        let others: Vec<&String> =
            self.world.participants.iter().map(|it| &it.name).filter(|name| **name != left).collect();
        let right = dice.pick(&others).clone();
        let mode = dice.pick(&[PartitionMode::Drop, PartitionMode::Hold, PartitionMode::Sever]);
        let sides = Sides { left: vec![left], right: vec![right], one_way: dice.chance(30) };
        FaultSpec::Partition { sides, from, until: from + self.length(dice), mode }
    }

    /// A crash from which the participant comes back with its disk, soon or a lease or three later. A service is struck
    /// as often as all clients together, for it remembers more.
    fn crash(&self, dice: &mut Dice) -> Option<FaultSpec> {
        let (who, time) = self.moment(dice);
        let (participant, start) = match dice.below(6) {
            0..=2 => {
                let services = self.world.participants.iter().filter(|it| !matches!(it.role, Role::Client(_)));
                let services: Vec<String> = services.map(|it| it.name.clone()).collect();
                (dice.pick(&services), CrashStart::At(time))
            }
            3 => (who, CrashStart::At(time)),
            4 => {
                let (who, step, ordinal) = self.step(&self.steps, dice)?;
                (who, CrashStart::Before { step, ordinal })
            }
            _ => {
                let message = self.message(dice)?;
                (message.from.clone(), CrashStart::AfterSending(message))
            }
        };
        let down = if dice.chance(50) { share(self.lease, 1 + dice.below(30)) } else { self.length(dice) };
        let recovery = Recovery { at: time + down, disk: Disk::Kept };
        Some(FaultSpec::Crash { participant, start, recovery: Some(recovery) })
    }
}
