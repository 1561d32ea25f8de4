//! Every claim in the library is true, and every claim turned round is caught, those of variants too.

use fencepost_lab::{check, run};
use fencepost_properties::State;
use fencepost_scenario::model::{Claim, Expectation};
use fencepost_scenario::{Document, Scenario, gallery};
use fencepost_vocabulary::{PropertyClass, PropertyKind};

fn library() -> Vec<(String, Scenario)> {
    let presets = gallery::all().iter();
    presets.map(|preset| (preset.name.to_owned(), Document::new(preset.text).parse().scenario)).collect()
}

/// The opposite of a claim.
fn flipped(expectation: &Expectation) -> Expectation {
    let Expectation::Property { property, subject, claim } = expectation else {
        return Expectation::Trace(0);
    };
    let claim = match claim {
        Claim::Held if property.class() == PropertyClass::Hazard => Claim::Seen { interval: None },
        Claim::Held => Claim::Violated { at: None },
        Claim::Violated { .. } | Claim::Seen { .. } => Claim::Held,
        Claim::Pending | Claim::Stuck { .. } => Claim::Met { at: None },
        Claim::Met { .. } => Claim::Pending,
        Claim::Within { bound, held } => Claim::Within { bound: *bound, held: !held },
    };
    Expectation::Property { property: *property, subject: subject.clone(), claim }
}

/// A claim whose time, if it names one, is a millisecond off.
fn off_by_a_little(expectation: &Expectation) -> Option<Expectation> {
    let Expectation::Property { property, subject, claim } = expectation else { return None };
    let later = |time: fencepost_sim::Time| time + fencepost_sim::Duration::from_millis(1);
    let claim = match *claim {
        Claim::Violated { at: Some(at) } => Claim::Violated { at: Some(later(at)) },
        Claim::Met { at: Some(at) } => Claim::Met { at: Some(later(at)) },
        Claim::Seen { interval: Some((from, until)) } => Claim::Seen { interval: Some((from, later(until))) },
        _ => return None,
    };
    Some(Expectation::Property { property: *property, subject: subject.clone(), claim })
}

/// Every claim of a scenario, the base's and the variants', one at a time.
fn claims(scenario: &mut Scenario) -> Vec<&mut Expectation> {
    let variants = scenario.variants.iter_mut().flat_map(|variant| variant.expectations.iter_mut());
    scenario.expectations.iter_mut().chain(variants).collect()
}

#[test]
fn every_claim_of_the_library_is_true() {
    for (name, scenario) in library() {
        for outcome in check(&scenario) {
            assert!(outcome.holds, "{name}: claim {} of {:?}: {}", outcome.index, outcome.variant, outcome.found);
        }
    }
}

#[test]
fn every_claim_turned_round_is_caught() {
    for (name, scenario) in library() {
        for place in 0..claims(&mut scenario.clone()).len() {
            let mut wrong = scenario.clone();
            let claim = claims(&mut wrong).swap_remove(place);
            *claim = flipped(claim);
            caught(&name, place, &wrong);
        }
    }
}

#[test]
fn a_time_that_is_a_millisecond_off_is_caught() {
    let mut tried = 0;
    for (name, scenario) in library() {
        for place in 0..claims(&mut scenario.clone()).len() {
            let mut wrong = scenario.clone();
            let claim = claims(&mut wrong).swap_remove(place);
            let Some(off) = off_by_a_little(claim) else { continue };
            *claim = off;
            caught(&name, place, &wrong);
            tried += 1;
        }
    }
    assert!(tried > 20, "only {tried} claims name a time");
}

#[track_caller]
fn caught(name: &str, place: usize, wrong: &Scenario) {
    let refuted: Vec<_> = check(wrong).into_iter().filter(|outcome| !outcome.holds).collect();
    assert_eq!(refuted.len(), 1, "{name}, claim {place}: {refuted:?}");
}

/// The verdict on effect-order when A of scenario 7 sleeps for so many milliseconds.
fn effect_order_after(pause: u64) -> State {
    let text = gallery::all().iter().find(|preset| preset.number == 7).expect("scenario 7 is in the gallery").text;
    let text = text.replace("for 15s", &format!("for {pause}ms"));
    let run = run(&Document::new(text).parse().scenario);
    let verdict = run.verdicts.iter().find(|verdict| verdict.property == PropertyKind::EffectOrder);
    verdict.expect("there is a store").state
}

#[test]
fn the_smallest_pause_that_breaks_the_order_is_ten_and_a_half_seconds() {
    let violated = |pause: &u64| matches!(effect_order_after(*pause), State::Violated { .. });
    let grid: Vec<u64> = (1..=40).map(|halves| halves * 500).collect();
    assert_eq!(grid.iter().copied().find(violated), Some(10_500));
    assert!(grid.iter().filter(|pause| **pause >= 10_500).all(violated), "and every longer one breaks it too");
}
