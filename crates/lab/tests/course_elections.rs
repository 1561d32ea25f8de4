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

/// The scenario's base or variant, as a text of its own.
fn text_of(name: &str, variant: Option<&str>) -> String {
    let preset = gallery::find(name).expect("it is in the gallery");
    let scenario = Document::new(preset.text).parse().scenario;
    fencepost_scenario::print(&scenario.view(variant).expect("the variant is there"))
}

/// This text with this line of nodes, run with this seed.
fn play(text: &str, nodes: &str, seed: u64) -> Run {
    let others = text.lines().filter(|line| !line.starts_with("nodes ") && !line.starts_with("seed "));
    let text: String = others.chain([nodes, &format!("seed {seed}")]).flat_map(|line| [line, "\n"]).collect();
    let parsed = Document::new(text).parse();
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    run(&parsed.scenario)
}

/// What a line of nodes comes to with every seed: so many elections, and whether most of the time is usable.
#[track_caller]
fn always(text: &str, nodes: &str, elections: &RangeInclusive<u32>, is_usable: bool) {
    for seed in SEEDS {
        let run = play(text, nodes, seed);
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
    let leader = text_of("the-vote-that-buries-the-living", Some("elected"));
    let follower = leader.replace("mute N1", "mute N3");
    assert_ne!(leader, follower);
    for cure in CURES {
        always(&leader, &nodes(3, 1, cure), &ONE, true);
        always(&follower, &nodes(3, 1, cure), &NONE, true);
    }
}

#[test]
fn a_deaf_leader_takes_both_cures() {
    let text = text_of("alive-to-everyone-deaf-to-all", None);
    let [plain, prevote, check, both] = CURES.map(|cure| nodes(3, 1, cure));
    for one in [&plain, &prevote] {
        always(&text, one, &NONE, false);
    }
    always(&text, &check, &MANY, false);
    always(&text, &both, &ONE, true);
}

#[test]
fn half_a_switch_takes_prevote() {
    let [five, three] = [None, Some("three")].map(|variant| text_of("the-switch-that-was-half-broken", variant));
    for (cure, elections) in CURES.into_iter().zip([&MANY, &NONE, &MANY, &NONE]) {
        // Three nodes are without a leader for a moment at a time only.
        always(&three, &nodes(3, 3, cure), elections, true);
        let is_usable = *elections == NONE;
        always(&five, &nodes(5, 3, cure), elections, is_usable);
    }
}

#[test]
fn where_prevote_alone_kills_nothing_and_both_cure() {
    let text = text_of("the-cure-that-kills", None);
    let [plain, prevote, check, both] = CURES.map(|cure| nodes(5, 4, cure));
    always(&text, &plain, &(1..=5), true);
    always(&text, &prevote, &NONE, false);
    always(&text, &check, &(1..=5), true);
    always(&text, &both, &ONE, true);
}

/// Scenario 37: without chance, doing nothing fails and so does each cure alone.
#[test]
fn without_chance_only_both_cures_help_where_prevote_kills() {
    let text = text_of("the-cure-that-kills", Some("fixed"));
    let fixed = text.lines().find(|line| line.starts_with("nodes ")).expect("the nodes");
    for (cure, elections) in CURES.into_iter().zip([&MANY, &NONE, &MANY, &ONE]) {
        always(&text, &format!("{fixed}{cure}"), elections, *elections == ONE);
    }
}

#[test]
fn with_fixed_timeouts_half_a_switch_goes_round_in_a_circle_and_with_drawn_ones_it_does_not() {
    let stable = |line: &str| {
        let mut text = text_of("the-switch-that-was-half-broken", Some("fixed"));
        let fixed = text.lines().find(|line| line.starts_with("nodes ")).expect("the nodes").to_owned();
        if !line.is_empty() {
            text = text.replace(&fixed, line);
        }
        state(&run(&Document::new(text).parse().scenario), PropertyKind::Stable)
    };
    assert!(matches!(stable(""), Some(State::Stuck { evidence: Evidence::Lasso { .. }, .. })), "{:?}", stable(""));
    assert!(matches!(stable(&nodes(3, 3, "")), Some(State::Quiet { .. })));
}
