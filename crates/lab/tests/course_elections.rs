//! The course's scenarios about elections, with other dice: what their texts claim of one seed is so with any.
//!
//! The figures are those of an exhaustive reckoning outside this repository, as far as chance leaves them alone: no
//! election and exactly one are exact, many are at least eight in a minute, and of the time either less than 70 % is
//! usable or at least 80 %.
#![cfg(not(target_arch = "wasm32"))]

use std::ops::RangeInclusive;

use fencepost_lab::{Run, run};
use fencepost_properties::{Evidence, State};
use fencepost_scenario::{Document, gallery};
use fencepost_vocabulary::PropertyKind;

const SEEDS: RangeInclusive<u64> = 1..=6;
const NONE: RangeInclusive<u32> = 0..=0;
const ONE: RangeInclusive<u32> = 1..=1;
const MANY: RangeInclusive<u32> = 8..=u32::MAX;

/// The two cures, as a line of nodes names them.
const CURES: [&str; 4] = ["", " prevote on", " checkquorum on", " prevote on checkquorum on"];

/// The scenario's base or variant with this line of nodes, run with this seed.
fn play(name: &str, variant: Option<&str>, nodes: &str, seed: u64) -> Run {
    let preset = gallery::find(name).expect("it is in the gallery");
    let scenario = Document::new(preset.text).parse().scenario;
    let view = fencepost_scenario::print(&scenario.view(variant).expect("the variant is there"));
    let others = view.lines().filter(|line| !line.starts_with("nodes ") && !line.starts_with("seed "));
    let text: String = others.chain([nodes, &format!("seed {seed}")]).flat_map(|line| [line, "\n"]).collect();
    let parsed = Document::new(text).parse();
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    run(&parsed.scenario)
}

/// What a line of nodes comes to with every seed: so many elections, and whether most of the time is usable.
#[track_caller]
fn always(name: &str, variant: Option<&str>, nodes: &str, elections: &RangeInclusive<u32>, is_usable: bool) {
    for seed in SEEDS {
        let run = play(name, variant, nodes, seed);
        let figures = run.figures.expect("there are nodes");
        assert!(elections.contains(&figures.elections), "{nodes}, seed {seed}: {figures:?}");
        let is_as_said = if is_usable { figures.usable >= 800_000 } else { figures.usable < 700_000 };
        assert!(is_as_said, "{nodes}, seed {seed}: {figures:?}");
        assert_eq!(state(&run, PropertyKind::OneLeaderPerTerm).map(|it| it.word()), Some("held"));
    }
}

fn state(run: &Run, property: PropertyKind) -> Option<State> {
    run.verdicts.iter().find(|verdict| verdict.property == property).map(|verdict| verdict.state)
}

fn nodes(count: usize, leader: usize, cure: &str) -> String {
    let names: Vec<String> = (1..=count).map(|number| format!("N{number}")).collect();
    format!("nodes {} elect heartbeat 100ms timeout 1s..2s leader N{leader}{cure}", names.join(" "))
}

#[test]
fn a_mute_leader_is_replaced_once_whatever_the_cure() {
    for cure in CURES {
        always("the-vote-that-buries-the-living", None, &nodes(3, 1, cure), &ONE, true);
        always("the-vote-that-buries-the-living", Some("follower"), &nodes(3, 1, cure), &NONE, true);
    }
}

#[test]
fn a_deaf_leader_takes_both_cures() {
    let [plain, prevote, check, both] = CURES.map(|cure| nodes(3, 1, cure));
    for one in [&plain, &prevote] {
        always("alive-to-everyone-deaf-to-all", None, one, &NONE, false);
    }
    always("alive-to-everyone-deaf-to-all", None, &check, &MANY, false);
    always("alive-to-everyone-deaf-to-all", None, &both, &ONE, true);
}

#[test]
fn half_a_switch_takes_prevote() {
    for (cure, elections) in CURES.into_iter().zip([&MANY, &NONE, &MANY, &NONE]) {
        // Three nodes are without a leader for a moment at a time only.
        always("the-switch-that-was-half-broken", None, &nodes(3, 3, cure), elections, true);
        let is_usable = *elections == NONE;
        always("the-switch-that-was-half-broken", Some("five"), &nodes(5, 3, cure), elections, is_usable);
    }
}

#[test]
fn where_prevote_alone_kills_nothing_and_both_cure() {
    let [plain, prevote, _, both] = CURES.map(|cure| nodes(5, 4, cure));
    always("the-cure-that-kills", None, &plain, &(1..=5), true);
    always("the-cure-that-kills", None, &prevote, &NONE, false);
    always("the-cure-that-kills", None, &both, &ONE, true);
}

#[test]
fn with_fixed_timeouts_half_a_switch_goes_round_in_a_circle_and_with_drawn_ones_it_does_not() {
    let stable = |line: &str| {
        let text = gallery::find("the-switch-that-was-half-broken").expect("it is in the gallery").text;
        let view = Document::new(text).parse().scenario.view(Some("fixed")).expect("the variant is there");
        let mut text = fencepost_scenario::print(&view);
        let fixed = text.lines().find(|line| line.starts_with("nodes ")).expect("the nodes").to_owned();
        if !line.is_empty() {
            text = text.replace(&fixed, line);
        }
        state(&run(&Document::new(text).parse().scenario), PropertyKind::Stable)
    };
    assert!(matches!(stable(""), Some(State::Stuck { evidence: Evidence::Lasso { .. }, .. })), "{:?}", stable(""));
    assert!(matches!(stable(&nodes(3, 3, "")), Some(State::Quiet { .. })));
}
