//! Several who keep something together, made by chance: part of [`super`].

use fencepost_scenario::model::{
    Ack, Expectation, FaultSpec, NodeSpec, ObjectKindSpec, ObjectSpec, OfficerSpec, Order, PairSpec, Participant,
    Reads, RedlockSpec, RegisterSpec, RegistrySpec, Role, Scenario, SharedLockSpec, SharedStoreSpec, Timeout,
    TokenSource,
};
use fencepost_sim::Duration;
use fencepost_vocabulary::{CheckMode, Clock};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{length, memory, name, some_of};

const NODES: [&str; 6] = ["K1", "K2", "K3", "wall", "index", "attack"];
const SHARED_LOCKS: [&str; 3] = ["L", "K", "claim"];
const SHARED_STORES: [&str; 3] = ["S", "X", "usable"];
const OFFICERS: [&str; 5] = ["G1", "G2", "G3", "says", "one"];

/// A few of these, which are some of those.
fn some(of: &[String], count: usize) -> Vec<String> {
    of.iter().take(count.min(of.len())).cloned().collect()
}

fn timeout() -> impl Strategy<Value = (Timeout, Vec<Duration>)> {
    let drawn = (1..5_000_u64, 0..5_000_u64).prop_map(|(low, more)| Timeout::Drawn {
        low: Duration::from_millis(low),
        high: Duration::from_millis(low + more),
    });
    (prop_oneof![Just(NodeSpec::TIMEOUT), drawn], vec(length(), NODES.len()))
}

fn nodes() -> impl Strategy<Value = NodeSpec> {
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let numbers = (option::of(0..6_usize), 0..3_u32, option::of(1..9_u32), 0..3_usize);
    let times = (prop_oneof![Just(NodeSpec::HEARTBEAT), length()], timeout());
    (some_of(&NODES, 2), times, numbers, switches, memory()).prop_map(
        |(nodes, (heartbeat, (drawn, mut fixed)), (leader, later, quorum, traitors), switches, votes)| {
            let (prevote, check_quorum, sticky, is_fixed) = switches;
            fixed.truncate(nodes.len());
            let mut spec = NodeSpec::new(nodes);
            spec.leader = leader.and_then(|place| spec.nodes.get(place).cloned());
            spec.term = spec.first_term() + later;
            spec.timeout = if is_fixed { Timeout::Fixed(fixed) } else { drawn };
            spec.traitors = some(&spec.nodes, traitors);
            NodeSpec { heartbeat, quorum, prevote, check_quorum, sticky, votes, ..spec }
        },
    )
}

fn keys() -> impl Strategy<Value = RedlockSpec> {
    let rest = (option::of(1..9_u32), memory(), any::<bool>(), select(&[Clock::Mono, Clock::Wall]));
    (name(&SHARED_LOCKS), length(), some_of(&NODES, 1), rest).prop_map(
        |(lock, lease, nodes, (quorum, keys, delayed_restart, expiry))| RedlockSpec {
            lock,
            lease,
            nodes,
            quorum,
            keys,
            delayed_restart,
            expiry,
        },
    )
}

fn register() -> impl Strategy<Value = RegisterSpec> {
    let quorums = (option::of(1..9_u32), option::of(1..9_u32));
    (name(&SHARED_STORES), some_of(&NODES, 1), quorums, any::<bool>()).prop_map(
        |(register, nodes, (quorum, read_quorum), write_back)| RegisterSpec {
            register,
            nodes,
            quorum,
            read_quorum,
            write_back,
        },
    )
}

fn registry() -> impl Strategy<Value = RegistrySpec> {
    let replicate = prop_oneof![Just(RegistrySpec::REPLICATE), Just(Duration::ZERO), length()];
    (some_of(&NODES, 1), replicate, any::<bool>()).prop_map(|(registries, replicate, nonatomic)| RegistrySpec {
        registries,
        replicate,
        nonatomic,
    })
}

fn pair() -> impl Strategy<Value = PairSpec> {
    let times = (prop_oneof![Just(PairSpec::HEARTBEAT), length()], prop_oneof![Just(PairSpec::TIMEOUT), length()]);
    let twins = subsequence(&NODES, 2).prop_shuffle();
    (twins, times, any::<bool>(), option::of(name(&SHARED_STORES))).prop_map(
        |(twins, (heartbeat, timeout), confirmed, disk)| PairSpec {
            twins: twins.into_iter().map(str::to_owned).collect(),
            heartbeat,
            timeout,
            confirmed,
            disk,
        },
    )
}

fn officers() -> impl Strategy<Value = OfficerSpec> {
    (some_of(&OFFICERS, 2), 0..4_u32, 0..3_usize, any::<bool>(), select(&Order::ALL)).prop_map(
        |(generals, rounds, traitors, signed, order)| {
            let traitors = some(&generals, traitors);
            OfficerSpec { generals, rounds, traitors, signed, order }
        },
    )
}

/// A role that several have in one line.
pub fn group() -> BoxedStrategy<Role> {
    // Boxed, because a strategy of everything at once would not fit on the stack of a test.
    prop_oneof![
        3 => nodes().prop_map(Role::Node).boxed(),
        1 => keys().prop_map(Role::KeyNode).boxed(),
        1 => register().prop_map(Role::Replica).boxed(),
        1 => registry().prop_map(Role::Registry).boxed(),
        1 => pair().prop_map(Role::Twin).boxed(),
        1 => officers().prop_map(Role::Officer).boxed(),
    ]
    .boxed()
}

fn shared_lock() -> impl Strategy<Value = SharedLockSpec> {
    let token = select(&[TokenSource::Index, TokenSource::Counter]);
    (option::of(length()), 1..99_u64, token, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(lease, first_token, token, dirty_grant, reentrant, blind_release, dedupe)| SharedLockSpec {
            lease,
            first_token,
            dirty_grant,
            token,
            reentrant,
            blind_release,
            dedupe,
        },
    )
}

fn shared_store() -> impl Strategy<Value = SharedStoreSpec> {
    let check = select(&CheckMode::ALL).prop_filter("it asks nobody", |check| *check != CheckMode::AskFirst);
    (check, select(&Ack::ALL), select(&Reads::ALL)).prop_map(|(check, ack, reads)| SharedStoreSpec {
        check,
        ack,
        reads,
    })
}

/// Something in a log.
pub fn object() -> BoxedStrategy<ObjectSpec> {
    let lock = (name(&SHARED_LOCKS), shared_lock().prop_map(ObjectKindSpec::Lock));
    let store = (name(&SHARED_STORES), shared_store().prop_map(ObjectKindSpec::Store));
    (prop_oneof![lock, store], some_of(&NODES, 1))
        .prop_map(|((name, kind), nodes)| ObjectSpec { name, nodes, kind })
        .boxed()
}

/// Those of these objects whose names nobody has.
pub fn placed(scenario: &mut Scenario, drawn: Vec<ObjectSpec>) {
    for object in drawn {
        let taken = scenario.participants.iter().any(|one| clashes(one, &object.name))
            || scenario.objects.iter().any(|other| other.name == object.name);
        if !taken {
            scenario.objects.push(object);
        }
    }
}

/// Whether somebody has this name, or keeps something that has it.
pub fn clashes(one: &Participant, name: &str) -> bool {
    one.name == name || one.role.kept() == Some(name)
}

/// Somebody does not say what it was told.
pub fn lie() -> impl Strategy<Value = FaultSpec> {
    let two = subsequence(&OFFICERS, 2).prop_shuffle();
    (two, option::of(name(&OFFICERS)), select(&Order::ALL)).prop_map(|(two, about, says)| FaultSpec::Lie {
        from: two[0].to_owned(),
        to: two[1].to_owned(),
        about,
        says,
    })
}

/// A claim that is a number.
pub fn figure() -> impl Strategy<Value = Expectation> {
    let elections = (0..99_u32, option::of(0..9_u32))
        .prop_map(|(least, more)| Expectation::Elections { least, most: more.map(|more| least + more) });
    let usable = (0..=1_000_000_u32, any::<bool>()).prop_map(|(share, reached)| Expectation::Usable { share, reached });
    prop_oneof![elections, usable]
}
