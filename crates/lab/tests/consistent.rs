//! No sentence about a run contradicts another one about it, or the run: every scenario of the library with its variants,
//! and scenarios nobody wrote. What is compared is read here from the trace alone, and never out of the ledger.
//!
//! `RUNS=N` tries N generated scenarios instead of the usual share; `make soak` tries ten thousand.
#![cfg(not(target_arch = "wasm32"))]

#[path = "consistent/counts.rs"]
mod counts;
#[path = "consistent/disks.rs"]
mod disks;
mod generate;
#[path = "consistent/pairs.rs"]
mod pairs;
#[path = "consistent/victims.rs"]
mod victims;

use std::collections::BTreeMap;

use fencepost_lab::{Run, run};
use fencepost_scenario::model::{Claim, Expectation};
use fencepost_scenario::{Document, Scenario, gallery};
use fencepost_vocabulary::{CheckMode, PropertyKind};
use generate::campaign::{Flaw, SCHEDULES_PER_WORLD, ground, schedule};
use generate::{Contest, contest};

/// The generated scenarios that a usual run tries.
const USUAL: u64 = 500;

/// What is wrong with what is said of a run.
type Complaints = Vec<String>;

fn complaints(run: &Run) -> Complaints {
    let mut found = pairs::complaints(run);
    found.extend(counts::complaints(run));
    found.extend(victims::complaints(run));
    found.extend(disks::complaints(run));
    found
}

#[test]
fn nothing_that_is_said_of_the_library_contradicts_the_rest() {
    let mut found = Vec::new();
    for preset in gallery::all() {
        let scenario = Document::new(preset.text).parse().scenario;
        let names = std::iter::once(None).chain(scenario.variants.iter().map(|variant| Some(variant.name.as_str())));
        for name in names {
            let view = scenario.view(name).expect("the variant is there");
            let wrong = complaints(&run(&view));
            found.extend(wrong.into_iter().map(|wrong| format!("{} {name:?}: {wrong}", preset.name)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The scenario with this number, and a claim about everything, so that everything is judged.
fn generated(number: u64) -> Scenario {
    let mut scenario = drawn(number);
    let claim = |property| Expectation::Property { property, subject: None, claim: Claim::Held };
    scenario.expectations = PropertyKind::ALL.into_iter().map(claim).collect();
    scenario
}

/// By turns one of each generator.
fn drawn(number: u64) -> Scenario {
    let seed = number / 6;
    match number % 6 {
        0 => generate::scenario(seed),
        1 => generate::wild::wild(seed),
        2 | 3 => generate::together::together(number),
        4 => contest(seed, Contest { check: CheckMode::None, updates_only: seed.is_multiple_of(2) }),
        _ => {
            let flaw = Flaw::ALL[(seed % Flaw::ALL.len() as u64) as usize];
            schedule(&ground(seed / SCHEDULES_PER_WORLD, flaw), seed)
        }
    }
}

/// Tries the scenarios with these numbers, and counts what the sentences were tried by.
fn try_some(numbers: impl Iterator<Item = u64>) -> (Complaints, BTreeMap<&'static str, u64>) {
    let (mut found, mut tried) = (Vec::new(), BTreeMap::new());
    for number in numbers {
        let run = run(&generated(number));
        found.extend(complaints(&run).into_iter().map(|wrong| format!("scenario {number}: {wrong}")));
        for word in pairs::told(&run) {
            *tried.entry(word).or_default() += 1;
        }
    }
    (found, tried)
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures of a soak are its result")]
fn nothing_that_is_said_of_a_generated_run_contradicts_the_rest() {
    let asked = std::env::var("RUNS").ok().and_then(|number| number.parse::<u64>().ok());
    let runs = asked.unwrap_or(USUAL);
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
    let (mut found, mut tried) = (Vec::new(), BTreeMap::<&str, u64>::new());
    std::thread::scope(|scope| {
        let share = |first: u64| (first..runs).step_by(processors as usize);
        let threads: Vec<_> = (0..processors).map(|first| scope.spawn(move || try_some(share(first)))).collect();
        for thread in threads {
            let (wrong, words) = thread.join().expect("no run panics");
            found.extend(wrong);
            words.into_iter().for_each(|(word, count)| *tried.entry(word).or_default() += count);
        }
    });
    println!("{runs} runs; sentences in which was said: {tried:?}");
    assert!(found.is_empty(), "{} complaints\n{}", found.len(), found[..found.len().min(40)].join("\n"));
    // What is never said was not tried.
    for word in pairs::WORDS {
        assert!(tried.contains_key(word), "{word:?} is never said: {tried:?}");
    }
}

/// The text of a generated scenario, to look into a complaint: `SCENARIO=7 cargo test ... shown -- --nocapture`.
#[test]
#[expect(clippy::print_stdout, reason = "it is there to be read")]
fn a_generated_scenario_is_shown() {
    let number = std::env::var("SCENARIO").ok().and_then(|number| number.parse().ok()).unwrap_or(0);
    let text = fencepost_scenario::print(&generated(number));
    println!("{text}");
    assert!(Document::new(text.as_str()).parse().scenario.participants.len() > 1, "it can be read again");
}
