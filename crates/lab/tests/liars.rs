//! Liars and pairs in whole runs: the claims of their scenarios, and what cannot be told apart in them.
#![cfg(not(target_arch = "wasm32"))]

use fencepost_lab::{Run, check, run};
use fencepost_scenario::Document;
use fencepost_vocabulary::{EventKind, PropertyKind};

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
