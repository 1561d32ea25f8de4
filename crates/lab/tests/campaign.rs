//! The first finding of the semantics, tried on as many schedules as there is time for: one store that checks and writes
//! in one durable step, with unique increasing tokens, applies effects in the order of their grants, whatever goes wrong.
//! And each way to weaken it is caught by the same schedules, so they are wild enough to prove something.
//!
//! `SCHEDULES=N` tries N schedules instead of the usual share; `make soak` tries a million.
#![cfg(not(target_arch = "wasm32"))]

mod generate;

use std::num::NonZero;

use fencepost_lab::{Run, run};
use fencepost_properties::State;
use fencepost_sim::EventKind;
use fencepost_vocabulary::{Note, PropertyKind, Refusal};
use generate::campaign::{Flaw, SCHEDULES_PER_WORLD, ground, schedule};

/// The schedules tried in a usual run.
const USUAL: u64 = 4_000;
/// A flaw must show within so many schedules.
const ENOUGH: u64 = 1_000;

/// What holds in the world without flaws, whatever goes wrong.
const PROMISES: [PropertyKind; 4] =
    [PropertyKind::EffectOrder, PropertyKind::TokenUnique, PropertyKind::TokenMonotonic, PropertyKind::LockExclusion];

/// What came of some schedules.
#[derive(Default)]
struct Tally {
    /// How many were tried.
    tried: u64,
    /// In how many a write was turned away because a newer token had been there: the fence at work.
    fenced: u64,
    /// In how many somebody came back from a crash.
    recovered: u64,
    /// The number of the first in which a promise was broken, and which.
    broken: Option<(u64, PropertyKind)>,
}

impl Tally {
    fn add(&mut self, number: u64, run: &Run) {
        let noted = |is: &dyn Fn(&EventKind<_>) -> bool| run.trace.events.iter().any(|event| is(&event.kind));
        self.tried += 1;
        self.fenced += u64::from(noted(&|kind| {
            matches!(kind, EventKind::Noted(Note::TurnedAway { reason: Refusal::Stale { .. }, .. }))
        }));
        self.recovered += u64::from(noted(&|kind| matches!(kind, EventKind::Recovered { .. })));
        if self.broken.is_none() {
            self.broken = PROMISES.into_iter().find(|it| violates(run, *it)).map(|property| (number, property));
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.tried += other.tried;
        self.fenced += other.fenced;
        self.recovered += other.recovered;
        self.broken = self.broken.into_iter().chain(other.broken).min_by_key(|(number, _)| *number);
        self
    }
}

fn violates(run: &Run, property: PropertyKind) -> bool {
    let mut of_property = run.verdicts.iter().filter(|verdict| verdict.property == property);
    of_property.any(|verdict| matches!(verdict.state, State::Violated { .. }))
}

/// Tries the schedules of these worlds.
fn try_worlds(worlds: impl Iterator<Item = u64>) -> Tally {
    let mut tally = Tally::default();
    for world in worlds {
        let ground = ground(world, Flaw::Nothing);
        for number in world * SCHEDULES_PER_WORLD..(world + 1) * SCHEDULES_PER_WORLD {
            tally.add(number, &run(&schedule(&ground, number)));
        }
    }
    tally
}

/// Tries schedules on all processors. What is found does not depend on how many there are.
fn try_all(schedules: u64) -> Tally {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get) as u64;
    let worlds = schedules.div_ceil(SCHEDULES_PER_WORLD);
    std::thread::scope(|scope| {
        let share = |first: u64| (first..worlds).step_by(processors as usize);
        let threads: Vec<_> = (0..processors).map(|first| scope.spawn(move || try_worlds(share(first)))).collect();
        let tallies = threads.into_iter().map(|thread| thread.join().expect("no run panics"));
        tallies.fold(Tally::default(), Tally::merge)
    })
}

fn text(flaw: Flaw, number: u64) -> String {
    fencepost_scenario::print(&schedule(&ground(number / SCHEDULES_PER_WORLD, flaw), number))
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures of a soak are its result")]
fn a_durable_atomic_fence_keeps_effects_in_the_order_of_their_grants() {
    let asked = std::env::var("SCHEDULES").ok().and_then(|number| number.parse::<u64>().ok());
    let tally = try_all(asked.unwrap_or(USUAL));
    if let Some((number, property)) = tally.broken {
        panic!("schedule {number} violates {property:?}:\n{}", text(Flaw::Nothing, number));
    }
    let percent = |count: u64| count * 100 / tally.tried;
    println!(
        "{} schedules, none out of order; in {} % a stale write was turned away, in {} % somebody came back from a crash",
        tally.tried,
        percent(tally.fenced),
        percent(tally.recovered)
    );
    assert!(percent(tally.fenced) >= 10, "only {} % of the runs put the fence to work", percent(tally.fenced));
    assert!(percent(tally.recovered) >= 10, "only {} % of the runs have a recovery", percent(tally.recovered));
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures of a soak are its result")]
fn each_way_to_weaken_the_fence_is_found_out() {
    for flaw in Flaw::ALL {
        let found = (0..ENOUGH).find(|number| {
            let scenario = schedule(&ground(number / SCHEDULES_PER_WORLD, flaw), *number);
            violates(&run(&scenario), PropertyKind::EffectOrder)
        });
        let number = found.unwrap_or_else(|| panic!("{flaw:?} shows in none of {ENOUGH} schedules"));
        println!("{flaw:?} shows in schedule {number}");
    }
}
