//! Scenarios made by chance, with a fixed seed: everything the language can say, and nothing it cannot.

mod faults;
mod together;

pub use faults::fault;

use fencepost_scenario::Scenario;
use fencepost_scenario::model::{
    Bounds, Claim, ClientSpec, Declare, DelayRange, Expectation, FailureModel, GeneralSpec, GuardSpec, Key, LinkSpec,
    LockSpec, MemberSpec, Memory, Participant, Patience, ProgramStep, ReleaseMode, Retry, Role, Statement, StoreSpec,
    StuckKind, SyncMode, TimingModel, Variant, WriteValue,
};
use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::{CheckMode, Clock, Outside, PropertyClass, PropertyKind};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, RngSeed};

const LOCKS: [&str; 2] = ["L", "lock-2"];
const STORES: [&str; 2] = ["S", "T_1"];
const CLIENTS: [&str; 3] = ["A", "B", "C-3-x"];
/// Words of the language that are names all the same.
const MEMBERS: [&str; 5] = ["N1", "N2", "mail", "disk", "N5"];
const CLAIMED: [&str; 3] = ["alice", "claim", "says"];
const GENERALS: [&str; 3] = ["G1", "G2", "wall"];

/// The same cases on every machine and every day.
pub fn config(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() }
}

fn name(pool: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    select(pool).prop_map(str::to_owned)
}

fn anybody() -> impl Strategy<Value = String> + Clone {
    select([&LOCKS[..], &STORES, &CLIENTS, &MEMBERS, &["Nobody"]].concat()).prop_map(str::to_owned)
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

fn memory() -> impl Strategy<Value = Memory> {
    select(&[Memory::Stable, Memory::Volatile])
}

fn sync() -> impl Strategy<Value = SyncMode> {
    prop_oneof![Just(SyncMode::Now), length().prop_map(SyncMode::After), length().prop_map(SyncMode::Every)]
}

fn check() -> impl Strategy<Value = StoreSpec> {
    let asks = option::of(name(&LOCKS));
    (select(&CheckMode::ALL), asks, memory(), any::<bool>(), sync()).prop_map(|(check, asks, max, nonatomic, sync)| {
        let asks = asks.filter(|_| check == CheckMode::AskFirst);
        StoreSpec { check, asks, max, nonatomic, sync }
    })
}

fn lock() -> impl Strategy<Value = LockSpec> {
    let release = select(&[ReleaseMode::Compare, ReleaseMode::Blind]);
    let delay = prop_oneof![Just(Duration::ZERO), length()];
    let clock = select(&[Clock::Mono, Clock::Wall]);
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let rest = (clock, delay, memory(), memory(), option::of(length()), sync());
    (option::of(length()), 1..99_u64, release, switches, rest).prop_map(
        |(lease, first_token, release, (reentrant, dedupe, delayed_restart, recheck), rest)| {
            let (expiry, lock_delay, counter, leases, session, sync) = rest;
            LockSpec {
                lease,
                first_token,
                release,
                reentrant,
                dedupe,
                expiry,
                lock_delay,
                counter,
                leases,
                delayed_restart,
                session,
                recheck,
                sync,
                data: None,
            }
        },
    )
}

fn at() -> impl Strategy<Value = Option<String>> + Clone {
    option::of(name(&MEMBERS))
}

/// How long a step waits: every way to say it, and mostly none.
fn patience() -> impl Strategy<Value = Patience> + Clone {
    let (short, long) = (1..60_000_000_u64, 60_000_001..3_600_000_000_u64);
    let two = (short, long).prop_map(|(low, high)| (Duration(low), Duration(high)));
    let retry = prop_oneof![
        length().prop_map(Retry::Every),
        two.clone().prop_map(|(low, high)| Retry::Drawn(low, high)),
        two.prop_map(|(first, most)| Retry::Doubling(first, most)),
    ];
    (option::of(retry), option::of(length())).prop_map(|(retry, within)| Patience { retry, within })
}

fn step() -> BoxedStrategy<ProgramStep> {
    let value = prop_oneof![Just(WriteValue::Own), (1..9_u64).prop_map(WriteValue::ReadPlus)];
    let write = (name(&STORES), at(), value, 1..9_u32, any::<bool>(), option::of(1..2_000_000_000_u64), patience());
    prop_oneof![
        (name(&LOCKS), at(), patience()).prop_map(|(lock, at, patience)| ProgramStep::Acquire { lock, at, patience }),
        prop_oneof![Just(Duration::ZERO), length()].prop_map(|margin| ProgramStep::CheckLease { margin }),
        length().prop_map(ProgramStep::Work),
        write.prop_map(|(store, at, value, times, pipelined, token, patience)| {
            // What is not waited for needs no patience.
            let patience = if pipelined { Patience::default() } else { patience };
            ProgramStep::Write { store, at, value, times, pipelined, token, patience }
        }),
        (name(&STORES), at(), some_of(&MEMBERS, 0), patience()).prop_map(|(store, at, mut from, patience)| {
            // Whom a read turns to first and who alone is asked are two ways to say who is asked.
            from.retain(|_| at.is_none());
            ProgramStep::Read { store, at, from, patience }
        }),
        (name(&CLAIMED), name(&MEMBERS), patience()).prop_map(|(name, at, patience)| ProgramStep::Claim {
            name,
            at,
            patience
        }),
        (name(&STORES), patience()).prop_map(|(store, patience)| ProgramStep::Announce { store, patience }),
        (name(&LOCKS), at(), patience()).prop_map(|(lock, at, patience)| ProgramStep::Release { lock, at, patience }),
        (name(&LOCKS), patience()).prop_map(|(lock, patience)| ProgramStep::Ask { lock, patience }),
        select(&Outside::ALL).prop_map(ProgramStep::Effect),
        (name(&MEMBERS), patience()).prop_map(|(to, patience)| ProgramStep::Ping { to, patience }),
    ]
    .boxed()
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

fn some_of(pool: &'static [&'static str], least: usize) -> impl Strategy<Value = Vec<String>> {
    let names = subsequence(pool, least..=pool.len()).prop_shuffle();
    names.prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

fn members() -> impl Strategy<Value = MemberSpec> {
    let observers = option::of((1..4_usize, any::<bool>()));
    (some_of(&MEMBERS, 2), length(), length(), observers, some_of(&CLIENTS, 0), select(&Declare::ALL)).prop_map(
        |(members, heartbeat, suspect, observers, report, declare)| {
            let mut watching = members.clone();
            if let Some((count, turned)) = observers {
                watching.truncate(count);
                if turned {
                    watching.reverse();
                }
            }
            MemberSpec { members, heartbeat, suspect, observers: watching, report, declare }
        },
    )
}

fn generals() -> impl Strategy<Value = GeneralSpec> {
    (subsequence(&GENERALS, 2).prop_shuffle(), 1..9_u32, micros(), option::of(length())).prop_map(
        |(names, messages, dawn, resend)| GeneralSpec {
            generals: names.into_iter().map(str::to_owned).collect(),
            messages,
            dawn: Time(dawn),
            resend,
        },
    )
}

/// What a line with a lane in it makes: one participant or a group of them.
fn lanes() -> BoxedStrategy<Vec<Participant>> {
    let group = |names: Vec<String>, role: Role| -> Vec<Participant> {
        names.into_iter().map(|name| Participant { name, role: role.clone() }).collect()
    };
    prop_oneof![
        6 => participant().prop_map(|one| vec![one]),
        1 => members().prop_map(move |spec| group(spec.members.clone(), Role::Member(spec))),
        1 => generals().prop_map(move |spec| group(spec.generals.clone(), Role::General(spec))),
        2 => together::group().prop_map(move |role| group(role.group().unwrap_or_default().to_vec(), role)),
    ]
    .boxed()
}

/// Participants with data and renewals, no name twice.
fn participants() -> BoxedStrategy<Vec<Participant>> {
    vec((lanes(), option::of(check()), option::of(length()), 1..=ClientSpec::WHOLE), 0..7)
        .prop_map(|drawn| {
            let mut all: Vec<Participant> = Vec::new();
            for (mut lanes, data, renew_every, share) in drawn {
                match &mut lanes[0].role {
                    Role::Lock(spec) => spec.data = data,
                    Role::Client(spec) => (spec.renew_every, spec.trusts) = (renew_every, tidy(share)),
                    _ => {}
                }
                let names: Vec<&str> =
                    lanes.iter().map(|lane| lane.name.as_str()).chain(lanes[0].role.kept()).collect();
                let free = |name: &&str| !all.iter().any(|other| together::clashes(other, name));
                if names.iter().all(free) {
                    all.append(&mut lanes);
                }
            }
            all
        })
        .boxed()
}

/// Half of the shares are whole percentages, which are written in another way.
fn tidy(share: u32) -> u32 {
    if share.is_multiple_of(2) { (share / 10_000).max(1) * 10_000 } else { share }
}

fn two_of_them() -> impl Strategy<Value = (String, String)> {
    subsequence([&LOCKS[..], &STORES, &CLIENTS].concat(), 2)
        .prop_shuffle()
        .prop_map(|two| (two[0].to_owned(), two[1].to_owned()))
}

fn range() -> impl Strategy<Value = DelayRange> {
    (length(), prop_oneof![Just(Duration::ZERO), (1..50_000_u64).prop_map(Duration)])
        .prop_map(|(low, more)| DelayRange { low, high: Duration((low.0 + more.0).min(86_400_000_000)) })
}

fn link() -> impl Strategy<Value = LinkSpec> {
    (two_of_them(), range(), any::<bool>()).prop_map(|((from, to), delay, fifo)| LinkSpec { from, to, delay, fifo })
}

fn model() -> impl Strategy<Value = TimingModel> {
    let bounds = (length(), prop_oneof![Just(Duration::ZERO), length()], 0..99_000_000_u32)
        .prop_map(|(delay, pause, drift)| Bounds { delay, pause, drift: if drift > 0 { tidy(drift) } else { 0 } });
    prop_oneof![
        bounds.clone().prop_map(TimingModel::Synchronous),
        (bounds, moment()).prop_map(|(bounds, gst)| TimingModel::PartiallySynchronous { bounds, gst }),
        Just(TimingModel::Asynchronous),
    ]
}

fn claim(property: PropertyKind) -> BoxedStrategy<Claim> {
    let at = || option::of(moment());
    let interval = option::of((0..1_000_u64, 1..1_000_u64));
    let interval = interval.prop_map(|drawn| drawn.map(|(from, length)| (Time(from), Time(from + length))));
    let kinds = select(&[StuckKind::Quiescent, StuckKind::Lasso, StuckKind::Horizon]);
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

fn expectation() -> BoxedStrategy<Expectation> {
    let property = select(&PropertyKind::ALL).prop_flat_map(|property| {
        (Just(property), option::of(anybody()), claim(property))
            .prop_map(|(property, subject, claim)| Expectation::Property { property, subject, claim })
    });
    prop_oneof![9 => property, 1 => any::<u64>().prop_map(Expectation::Trace), 2 => together::figure()].boxed()
}

fn key() -> impl Strategy<Value = Key> {
    select(&[
        "until",
        "network delay",
        "lock L",
        "store S",
        "store L",
        "store S guarded-by",
        "client A",
        "client A renew",
        "client A trusts",
        "seed",
        "network fifo",
        "model",
        "failures",
        "members N1",
        "generals G1",
        "nodes K1",
        "register X",
        "lie G1 to G2 about says",
        "clock A rate",
        "partition A | L",
        "pause A",
        "crash B",
    ])
    .prop_map(|key| Key(key.split(' ').map(str::to_owned).collect()))
}

/// What the world is, beyond its delays.
fn world() -> impl Strategy<Value = Statement> {
    prop_oneof![
        any::<u64>().prop_map(Statement::Seed),
        Just(Statement::Fifo),
        model().prop_map(Statement::Model),
        select(&FailureModel::ALL).prop_map(Statement::Failures),
    ]
}

/// Locks that guard a store, or none.
fn guard() -> impl Strategy<Value = GuardSpec> {
    (name(&STORES), subsequence(LOCKS.to_vec(), 0..=LOCKS.len()).prop_shuffle())
        .prop_map(|(store, locks)| GuardSpec { store, locks: locks.into_iter().map(str::to_owned).collect() })
}

/// No two lines for one store.
fn guards() -> impl Strategy<Value = Vec<GuardSpec>> {
    vec(guard(), 0..3).prop_map(|drawn| {
        let mut all: Vec<GuardSpec> = Vec::new();
        for guard in drawn {
            if all.iter().all(|other| other.store != guard.store) {
                all.push(guard);
            }
        }
        all
    })
}

fn change() -> BoxedStrategy<Statement> {
    prop_oneof![
        micros().prop_map(|until| Statement::Until(Time(until))),
        range().prop_map(Statement::Delay),
        world(),
        link().prop_map(Statement::Link),
        members().prop_map(|spec| Statement::Group(Role::Member(spec))),
        generals().prop_map(|spec| Statement::Group(Role::General(spec))),
        (name(&CLIENTS), 1..=ClientSpec::WHOLE)
            .prop_map(|(client, share)| Statement::Trusts { client, share: tidy(share) }),
        participant().prop_map(Statement::Participant),
        together::group().prop_map(Statement::Group),
        together::object().prop_map(Statement::Object),
        (name(&LOCKS), check()).prop_map(|(lock, store)| Statement::Data { lock, store }),
        (name(&CLIENTS), length()).prop_map(|(client, every)| Statement::Renew { client, every }),
        guard().prop_map(Statement::Guarded),
        (fault(), any::<bool>()).prop_map(|(fault, off)| Statement::Fault { fault, off }),
        (fault(), any::<bool>()).prop_map(|(fault, off)| Statement::Fault { fault, off }),
        key().prop_map(Statement::Remove),
    ]
    .boxed()
}

/// What `title` and `about` can hold: anything in one line.
fn said() -> impl Strategy<Value = String> {
    "[ -~äπ—]{0,40}".prop_map(|text| text.trim().to_owned())
}

fn variant() -> BoxedStrategy<Variant> {
    let title = "[ !#-~äπ]{0,20}".prop_map(|text| text.trim().to_owned());
    ("[a-z]{1,6}", title, vec(change(), 0..5), vec(expectation(), 0..3))
        .prop_map(|(name, title, changes, expectations)| {
            let title = if title.is_empty() { name.clone() } else { title };
            Variant { name, title, changes, expectations }
        })
        .boxed()
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
pub fn scenario() -> BoxedStrategy<Scenario> {
    let models = (option::of(model()), option::of(select(&FailureModel::ALL)));
    let chance = (prop_oneof![Just(0), any::<u64>()], any::<bool>(), models);
    let world = (said(), said(), micros(), range(), vec(link(), 0..3), participants(), chance);
    let objects = vec(together::object(), 0..3);
    let rest = (guards(), vec(fault(), 0..5), vec(fault(), 0..3), vec(expectation(), 0..4), vec(variant(), 0..3));
    (world, objects, rest)
        .prop_map(|(world, objects, (guards, faults, disabled, expectations, drawn))| {
            let (title, about, until, delay, links, participants, (seed, fifo, (model, failures))) = world;
            let (until, variants) = (Time(until), Vec::new());
            let mut base = Scenario {
                title,
                about,
                until,
                seed,
                delay,
                fifo,
                links,
                model,
                failures,
                participants,
                objects: Vec::new(),
                guards,
                faults,
                disabled,
                expectations,
                variants,
            };
            together::placed(&mut base, objects);
            with_variants(base, drawn)
        })
        .boxed()
}
