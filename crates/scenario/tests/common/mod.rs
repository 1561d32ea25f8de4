//! Scenarios made by chance, with a fixed seed: everything the language can say, and nothing it cannot.

use fencepost_scenario::Scenario;
use fencepost_scenario::model::{
    Claim, ClientSpec, CrashStart, DelayRange, Expectation, FaultSpec, Key, LinkSpec, LockSpec, MessageName,
    Participant, PauseStart, ProgramStep, ReleaseMode, Role, Sides, Statement, StoreSpec, StuckKind, Variant,
    WriteValue,
};
use fencepost_sim::{Duration, PartitionMode, Time};
use fencepost_vocabulary::{CheckMode, MessageKind, PropertyClass, PropertyKind, Step};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, RngSeed};

const LOCKS: [&str; 2] = ["L", "lock-2"];
const STORES: [&str; 2] = ["S", "T_1"];
const CLIENTS: [&str; 3] = ["A", "B", "C-3-x"];

/// The same cases on every machine and every day.
pub fn config(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() }
}

fn name(pool: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    select(pool).prop_map(str::to_owned)
}

fn anybody() -> impl Strategy<Value = String> + Clone {
    select([&LOCKS[..], &STORES, &CLIENTS, &["Nobody"]].concat()).prop_map(str::to_owned)
}

fn micros() -> impl Strategy<Value = u64> + Clone {
    prop_oneof![1..2_000_u64, (1..2_000_u64).prop_map(|ms| ms * 1_000), (1..86_400_u64).prop_map(|s| s * 1_000_000)]
}

fn length() -> impl Strategy<Value = Duration> + Clone {
    micros().prop_map(Duration)
}

fn moment() -> impl Strategy<Value = Time> + Clone {
    prop_oneof![Just(Time::ZERO), micros().prop_map(Time)]
}

fn check() -> impl Strategy<Value = StoreSpec> {
    select(&CheckMode::ALL).prop_map(|check| StoreSpec::new(check))
}

fn lock() -> impl Strategy<Value = LockSpec> {
    let release = select(&[ReleaseMode::Compare, ReleaseMode::Blind]);
    (option::of(length()), 1..99_u64, release, any::<bool>(), any::<bool>()).prop_map(
        |(lease, first_token, release, reentrant, dedupe)| LockSpec {
            lease,
            first_token,
            release,
            reentrant,
            dedupe,
            ..LockSpec::default()
        },
    )
}

fn step() -> impl Strategy<Value = ProgramStep> {
    let value = prop_oneof![Just(WriteValue::Own), (1..9_u64).prop_map(WriteValue::ReadPlus)];
    prop_oneof![
        (name(&LOCKS), option::of(length())).prop_map(|(lock, retry)| ProgramStep::Acquire { lock, retry }),
        prop_oneof![Just(Duration::ZERO), length()].prop_map(|margin| ProgramStep::CheckLease { margin }),
        length().prop_map(ProgramStep::Work),
        (name(&STORES), value, 1..9_u32, any::<bool>()).prop_map(|(store, value, times, pipelined)| {
            ProgramStep::Write { store, value, times, pipelined, token: None }
        }),
        name(&STORES).prop_map(|store| ProgramStep::Read { store }),
        name(&STORES).prop_map(|store| ProgramStep::Announce { store }),
        name(&LOCKS).prop_map(|lock| ProgramStep::Release { lock }),
    ]
}

fn client() -> impl Strategy<Value = ClientSpec> {
    (moment(), vec(step(), 0..6)).prop_map(|(at, program)| ClientSpec::new(at, program))
}

/// A participant that is written in one line.
fn participant() -> impl Strategy<Value = Participant> {
    prop_oneof![
        (name(&LOCKS), lock().prop_map(Role::Lock)),
        (name(&STORES), check().prop_map(Role::Store)),
        (name(&CLIENTS), client().prop_map(Role::Client)),
    ]
    .prop_map(|(name, role)| Participant { name, role })
}

/// Participants with data and renewals, no name twice.
fn participants() -> impl Strategy<Value = Vec<Participant>> {
    vec((participant(), option::of(check()), option::of(length())), 0..7).prop_map(|drawn| {
        let mut all: Vec<Participant> = Vec::new();
        for (mut participant, data, renew_every) in drawn {
            match &mut participant.role {
                Role::Lock(spec) => spec.data = data,
                Role::Client(spec) => spec.renew_every = renew_every,
                Role::Store(_) | Role::Member(_) | Role::General(_) => {}
            }
            if all.iter().all(|other| other.name != participant.name) {
                all.push(participant);
            }
        }
        all
    })
}

fn two_of_them() -> impl Strategy<Value = (String, String)> {
    subsequence([&LOCKS[..], &STORES, &CLIENTS].concat(), 2)
        .prop_shuffle()
        .prop_map(|two| (two[0].to_owned(), two[1].to_owned()))
}

fn link() -> impl Strategy<Value = LinkSpec> {
    (two_of_them(), length()).prop_map(|((from, to), delay)| LinkSpec {
        from,
        to,
        delay: DelayRange::fixed(delay),
        fifo: false,
    })
}

fn message() -> impl Strategy<Value = MessageName> {
    (two_of_them(), select(&MessageKind::ALL), 1..9_u32).prop_map(|((from, to), kind, ordinal)| MessageName {
        from,
        to,
        kind,
        ordinal,
    })
}

fn sides() -> impl Strategy<Value = Sides> {
    let drawn = subsequence([&LOCKS[..], &STORES, &CLIENTS].concat(), 2..5);
    (drawn, 1..4_usize, any::<bool>()).prop_map(|(names, cut, one_way)| {
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let (left, right) = names.split_at(cut.min(names.len() - 1));
        Sides { left: left.to_vec(), right: right.to_vec(), one_way }
    })
}

/// Any fault.
pub fn fault() -> impl Strategy<Value = FaultSpec> {
    let start = prop_oneof![
        moment().prop_map(PauseStart::At),
        (select(&Step::ALL), 1..9_u32).prop_map(|(step, ordinal)| PauseStart::Before { step, ordinal }),
    ];
    let mode = select(&[PartitionMode::Drop, PartitionMode::Hold]);
    prop_oneof![
        (anybody(), start, length()).prop_map(|(participant, start, length)| FaultSpec::Pause {
            participant,
            start,
            length
        }),
        (anybody(), moment()).prop_map(|(participant, at)| FaultSpec::Crash {
            participant,
            start: CrashStart::At(at),
            recovery: None
        }),
        (sides(), 0..1_000_u64, 1..1_000_u64, mode).prop_map(|(sides, from, length, mode)| FaultSpec::Partition {
            sides,
            from: Time::from_millis(from),
            until: Time::from_millis(from + length),
            mode
        }),
        message().prop_map(|message| FaultSpec::Drop { message }),
        (message(), length()).prop_map(|(message, by)| FaultSpec::Delay { message, by }),
        (message(), length()).prop_map(|(message, after)| FaultSpec::Duplicate { message, after }),
    ]
}

fn claim(property: PropertyKind) -> BoxedStrategy<Claim> {
    let at = || option::of(moment());
    let interval = option::of((0..1_000_u64, 1..1_000_u64));
    let interval = interval.prop_map(|drawn| drawn.map(|(from, length)| (Time(from), Time(from + length))));
    let kinds = select(&[StuckKind::Quiescent, StuckKind::Horizon]);
    match property.class() {
        PropertyClass::Safety => prop_oneof![Just(Claim::Held), at().prop_map(|at| Claim::Violated { at })].boxed(),
        PropertyClass::Hazard => {
            prop_oneof![Just(Claim::Held), interval.prop_map(|interval| Claim::Seen { interval })].boxed()
        }
        PropertyClass::Liveness => prop_oneof![
            Just(Claim::Pending),
            at().prop_map(|at| Claim::Met { at }),
            option::of(kinds).prop_map(|kind| Claim::Stuck { kind }),
            (length(), any::<bool>()).prop_map(|(bound, held)| Claim::Within { bound, held }),
        ]
        .boxed(),
    }
}

fn expectation() -> impl Strategy<Value = Expectation> {
    let property = select(&PropertyKind::ALL).prop_flat_map(|property| {
        (Just(property), option::of(anybody()), claim(property))
            .prop_map(|(property, subject, claim)| Expectation::Property { property, subject, claim })
    });
    prop_oneof![9 => property, 1 => any::<u64>().prop_map(Expectation::Trace)]
}

fn key() -> impl Strategy<Value = Key> {
    select(&[
        "until",
        "network delay",
        "lock L",
        "store S",
        "store L",
        "client A",
        "client A renew",
        "pause A",
        "crash B",
    ])
    .prop_map(|key| Key(key.split(' ').map(str::to_owned).collect()))
}

fn change() -> impl Strategy<Value = Statement> {
    prop_oneof![
        micros().prop_map(|until| Statement::Until(Time(until))),
        length().prop_map(|delay| Statement::Delay(DelayRange::fixed(delay))),
        link().prop_map(Statement::Link),
        participant().prop_map(Statement::Participant),
        (name(&LOCKS), check()).prop_map(|(lock, store)| Statement::Data { lock, store }),
        (name(&CLIENTS), length()).prop_map(|(client, every)| Statement::Renew { client, every }),
        (fault(), any::<bool>()).prop_map(|(fault, off)| Statement::Fault { fault, off }),
        (fault(), any::<bool>()).prop_map(|(fault, off)| Statement::Fault { fault, off }),
        key().prop_map(Statement::Remove),
    ]
}

/// What `title` and `about` can hold: anything in one line.
fn said() -> impl Strategy<Value = String> {
    "[ -~äπ—]{0,40}".prop_map(|text| text.trim().to_owned())
}

fn variant() -> impl Strategy<Value = Variant> {
    let title = "[ !#-~äπ]{0,20}".prop_map(|text| text.trim().to_owned());
    ("[a-z]{1,6}", title, vec(change(), 0..5), vec(expectation(), 0..3)).prop_map(
        |(name, title, changes, expectations)| {
            let title = if title.is_empty() { name.clone() } else { title };
            Variant { name, title, changes, expectations }
        },
    )
}

/// A `store L …` speaks of a lock's data only if there is such a lock.
fn is_lock(name: &str, scenario: &Scenario, changes: &[Statement]) -> bool {
    let locks = |one: &Participant| one.name == name && matches!(one.role, Role::Lock(_));
    let changed = changes.iter().any(|change| matches!(change, Statement::Participant(one) if locks(one)));
    changed || scenario.participants.iter().any(locks)
}

fn with_variants(mut scenario: Scenario, drawn: Vec<Variant>) -> Scenario {
    for mut variant in drawn {
        let all = variant.changes.clone();
        variant.changes.retain(|change| match change {
            Statement::Data { lock, .. } => is_lock(lock, &scenario, &all),
            _ => true,
        });
        if scenario.variants.iter().all(|other| other.name != variant.name) {
            scenario.variants.push(variant);
        }
    }
    scenario
}

/// Any scenario in its canonical form.
pub fn scenario() -> impl Strategy<Value = Scenario> {
    let world = (said(), said(), micros(), length(), vec(link(), 0..3), participants());
    let rest = (vec(fault(), 0..5), vec(fault(), 0..3), vec(expectation(), 0..4), vec(variant(), 0..3));
    (world, rest).prop_map(
        |((title, about, until, delay, links, participants), (faults, disabled, expectations, drawn))| {
            let until = Time(until);
            let variants = Vec::new();
            let delay = DelayRange::fixed(delay);
            let base = Scenario {
                title,
                about,
                until,
                delay,
                links,
                participants,
                faults,
                disabled,
                expectations,
                variants,
                ..Scenario::default()
            };
            with_variants(base, drawn)
        },
    )
}
