//! Liars and pairs in whole runs: the claims of their scenarios, and what cannot be told apart in them.
#![cfg(not(target_arch = "wasm32"))]

#[path = "generate/dice.rs"]
#[expect(dead_code, reason = "others throw more kinds of dice")]
mod dice;

use dice::Dice;
use fencepost_lab::{Run, check, run};
use fencepost_scenario::model::FaultSpec;
use fencepost_scenario::{Document, Scenario};
use fencepost_vocabulary::{EventKind, Note, PropertyKind};

const GENERALS: &str = include_str!("../../../scenarios/39-three-generals-four-generals.fencepost");
const DUEL: &str = include_str!("../../../scenarios/32-the-duel.fencepost");

#[test]
fn the_scenarios_of_liars_and_of_the_pair_keep_their_claims() {
    for text in [GENERALS, DUEL] {
        let parsed = Document::new(text).parse();
        assert!(parsed.diagnostics.is_empty(), "{}", parsed.diagnostics[0]);
        let outcomes = check(&parsed.scenario);
        let broken: Vec<_> = outcomes.iter().filter(|outcome| !outcome.holds).collect();
        assert!(broken.is_empty(), "{broken:#?}");
        assert!(outcomes.len() > 12, "{} claims", outcomes.len());
    }
}

fn variant(name: Option<&str>) -> Run {
    run(&Document::new(GENERALS).parse().scenario.view(name).expect("the variant is there"))
}

/// With three generals, a lieutenant cannot tell a lying commander from a lieutenant who lies about a loyal one: all that
/// happens to it is the same in both worlds, so it decides the same in both, and in one of them that is wrong.
#[test]
fn a_lieutenant_cannot_tell_who_of_two_is_lying() {
    let (lieutenant, commander) = (variant(None), variant(Some("commander")));
    let views = [&lieutenant, &commander].map(|run| {
        let id = run.cast.find("G3").expect("it takes part");
        let events = run.trace.events.iter().filter(|event| event.participant == id);
        events.map(|event| (event.time, event.kind.clone())).collect::<Vec<_>>()
    });
    assert!(views[0].len() > 4, "it sees something");
    assert_eq!(views[0], views[1]);
}

/// The two problems are kept apart: one of two generals is not one of several, and the other way round.
#[test]
fn two_generals_have_messengers_and_several_have_orders() {
    let two = run(&Document::new("fencepost 1\ngenerals G1 G2 messages 3").parse().scenario);
    let several = run(&Document::new("fencepost 1\ngenerals G1 G2 rounds 1").parse().scenario);
    let kinds = |run: &Run| -> Vec<&'static str> {
        let sent = run.trace.events.iter().filter_map(|event| match &event.kind {
            EventKind::Sent { message, .. } => Some(message.kind().word()),
            _ => None,
        });
        let mut kinds: Vec<_> = sent.collect();
        kinds.dedup();
        kinds
    };
    assert_eq!([kinds(&two), kinds(&several)], [["messenger"], ["order"]]);
    let judges = |run: &Run, property| run.verdicts.iter().any(|verdict| verdict.property == property);
    assert!(judges(&several, PropertyKind::Validity) && !judges(&two, PropertyKind::Validity));
}

/// The schedules tried of each kind.
const SCHEDULES: u64 = 200;

/// In how many schedules the property is violated. `SCHEDULES=N` tries N of each instead of the usual share.
fn violations(text: impl Fn(&mut Dice) -> String, property: PropertyKind) -> usize {
    let asked = std::env::var("SCHEDULES").ok().and_then(|number| number.parse().ok());
    let is_violated = |seed: &u64| {
        let parsed = Document::new(text(&mut Dice(*seed))).parse();
        assert!(parsed.diagnostics.is_empty(), "{seed}: {}", parsed.diagnostics[0]);
        let run = run(&parsed.scenario);
        assert!(lies_are_told_or_dangle(&parsed.scenario, &run), "{seed}");
        run.verdicts.iter().any(|verdict| verdict.property == property && verdict.state.word() == "violated")
    };
    (0..asked.unwrap_or(SCHEDULES)).filter(is_violated).count()
}

/// So many lies were noted as lie about something; whoever told none has only lies that dangle.
fn lies_are_told_or_dangle(scenario: &Scenario, run: &Run) -> bool {
    let noted = run.trace.events.iter().filter(|event| matches!(event.kind, EventKind::Noted(Note::Lied { .. })));
    let is_lie = |fault: &&FaultSpec| matches!(fault, FaultSpec::Lie { .. });
    let lies = scenario.faults.iter().filter(is_lie).count();
    let told = lies - run.dangling.len().min(lies);
    let noted = noted.count();
    told <= noted && (told > 0) == (noted > 0)
}

/// A council of which some lie at random and about anything, over a network that is sound.
fn council(size: u64, rounds: u64, traitors: &[u64], signed: bool, dice: &mut Dice) -> String {
    let names = |ids: &mut dyn Iterator<Item = u64>| ids.map(|id| format!(" G{id}")).collect::<String>();
    let everyone = names(&mut (1..=size));
    let traitors_named = names(&mut traitors.iter().copied());
    let order = dice.pick(&["attack", "retreat"]);
    let signed = if signed { " signed on" } else { "" };
    let mut text = format!(
        "fencepost 1\nuntil 1s\nnetwork delay 10ms..50ms\ngenerals{everyone} rounds {rounds} traitor{traitors_named}{signed} order {order}\n"
    );
    for _ in 0..1 + dice.below(12) {
        let (liar, to) = (dice.pick(traitors), 1 + dice.below(size));
        let about = match 1 + dice.below(size * 2) {
            about if about <= size && about != liar => format!(" about G{about}"),
            _ => String::new(),
        };
        if to != liar {
            text.push_str(&format!("lie G{liar} to G{to}{about} says {}\n", dice.pick(&["attack", "retreat"])));
        }
    }
    text
}

/// One liar, anybody, among so many.
fn one_liar(size: u64, signed: bool) -> impl Fn(&mut Dice) -> String {
    move |dice| {
        let traitor = 1 + dice.below(size);
        council(size, 1, &[traitor], signed, dice)
    }
}

#[test]
fn generals_who_are_enough_stand_any_lies_in_whole_runs() {
    for property in [PropertyKind::Agreement, PropertyKind::Validity] {
        for size in [4, 5] {
            assert_eq!(violations(one_liar(size, false), property), 0, "{size} generals");
        }
        assert_eq!(violations(one_liar(3, true), property), 0, "three who sign");
        assert_eq!(violations(|dice| council(7, 2, &[1, 5], false, dice), property), 0, "seven, two rounds");
    }
    assert_eq!(violations(one_liar(3, false), PropertyKind::Agreement), 0);
    assert_ne!(violations(one_liar(3, false), PropertyKind::Validity), 0, "three are not enough");
}

/// A pair whose network, clocks and nodes are slow, cut, asleep; with `crashes` they also stop and come back.
fn pair(stonith: &str, check: &str, crashes: bool, dice: &mut Dice) -> String {
    let heartbeat = 300 + dice.below(1_200);
    let timeout = heartbeat * (2 + dice.below(4));
    let mut text = format!(
        "fencepost 1\nuntil 40s\nnetwork delay 10ms..80ms\npair P Q heartbeat {heartbeat}ms timeout {timeout}ms stonith {stonith} disk S\nstore S check {check}\n"
    );
    for client in ["A", "B", "C", "D", "E", "F"] {
        let (at, node) = (dice.below(30_000), dice.pick(&["P", "Q"]));
        text.push_str(&format!("client {client} at {at}ms: write {node}; write {node}\n"));
    }
    for _ in 0..2 + dice.below(4) {
        let (from, length) = (dice.below(25_000), 1 + dice.below(12_000));
        let (until, one) = (from + length, dice.pick(&["P", "Q"]));
        let fault = match dice.below(if crashes { 8 } else { 7 }) {
            0 => format!("partition P | Q from {from}ms to {until}ms hold"),
            1 => format!("partition P | Q from {from}ms to {until}ms"),
            2 => format!("partition {one} -> S from {from}ms to {until}ms hold"),
            3 => format!("pause {one} at {from}ms for {length}ms"),
            4 => format!("delay {one}->S write {} by {length}ms", 1 + dice.below(3)),
            5 => format!("clock {one} rate +{}% from {from}ms", 1 + dice.below(200)),
            6 => format!("drop P->Q stonith 1\ndrop Q->P off {}", 1 + dice.below(2)),
            _ => format!("crash {one} at {from}ms, recover at {until}ms"),
        };
        text.push_str(&fault);
        text.push('\n');
    }
    text
}

#[test]
fn a_pair_that_waits_for_the_last_word_is_never_active_twice_and_another_is() {
    let exclusion = PropertyKind::LockExclusion;
    assert_eq!(violations(|dice| pair("confirmed", "none", true, dice), exclusion), 0);
    assert_ne!(violations(|dice| pair("unconfirmed", "none", false, dice), exclusion), 0);
}

#[test]
fn a_disk_that_compares_epochs_keeps_the_order_of_any_pair_and_nothing_else_does() {
    let order = PropertyKind::EffectOrder;
    for stonith in ["confirmed", "unconfirmed"] {
        assert_eq!(violations(|dice| pair(stonith, "ge", false, dice), order), 0, "{stonith}");
        assert_ne!(violations(|dice| pair(stonith, "none", false, dice), order), 0, "{stonith}: what was under way");
    }
}
