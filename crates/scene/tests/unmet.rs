//! What should happen and does not is seen, and what a write outside of its lock is.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use fencepost_properties::State;
use fencepost_scene::{LabelKind, MarkKind, Scene, Span, SpanKind, Tone, prose};
use fencepost_vocabulary::PropertyKind;
use shared::{Played, library, wide};

fn strips(scene: &Scene) -> Vec<&Span> {
    let kinds = |span: &&Span| matches!(span.kind, SpanKind::Unmet { .. } | SpanKind::Stuck);
    scene.spans.iter().filter(kinds).collect()
}

/// Each promise that will never be kept has a strip from when on it is open, or shares the lane of one open for longer.
#[test]
fn every_promise_that_is_never_kept_is_seen() {
    let mut seen = 0;
    for (preset, variant) in library() {
        let played = Played::preset(preset.number, variant.as_deref());
        for scene in [360, 1_440].map(|width| played.scene(&wide(width))) {
            let strips = strips(&scene);
            for verdict in &played.run.verdicts {
                let State::Stuck { since, .. } = verdict.state else { continue };
                let covers = |span: &&&Span| span.from <= since && span.until == played.run.trace.ended_at;
                let found = strips.iter().any(|span| covers(&span));
                assert!(found, "{} {variant:?}: {}", preset.name, verdict.sentence);
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_deaf_leader_is_no_leader_from_when_nobody_s_answer_reaches_it() {
    let played = Played::preset(3, None);
    for width in [360, 1_440] {
        let scene = played.scene(&wide(width));
        let [strip] = strips(&scene)[..] else { panic!("one: {:?}", scene.spans) };
        assert_eq!((strip.kind, strip.from.to_string()), (SpanKind::Unmet { for_ever: true }, "2.1 s".to_owned()));
        assert_eq!(strip.about.participant.map(|it| it.index()), Some(0), "the first of those who wait");
        let said = scene.labels.iter().find(|label| label.text.starts_with("no leader"));
        let said = said.unwrap_or_else(|| panic!("at {width} px: {:?}", scene.labels));
        assert_eq!((said.kind, said.tone), (LabelKind::Disagreement, Tone::Bad));
        let told = prose::tell(strip.tale, &played.view());
        assert!(told.starts_with("Since 2.1 s"), "{told}");
    }
    let cured = Played::preset(3, Some("both")).at_900();
    assert!(strips(&cured).is_empty(), "{:?}", strips(&cured));
}

/// A gives the lock back and then writes, as the program says; no row but one turns red.
#[test]
fn a_write_outside_of_its_lock_has_a_pin_a_red_path_and_its_words() {
    let text = "fencepost 1\nuntil 10s\nnetwork delay 50ms\nlock L lease 5s first-token 33\nstore S check none\n\
        client A at 0s: acquire L; write S; release L; work 200ms; write S\n";
    let played = Played::text(text);
    let violated: Vec<PropertyKind> = played
        .run
        .verdicts
        .iter()
        .filter(|verdict| matches!(verdict.state, State::Violated { .. }))
        .map(|verdict| verdict.property)
        .collect();
    assert!(violated.contains(&PropertyKind::EffectGuarded), "{violated:?}");
    for width in [360, 1_440] {
        let scene = played.scene(&wide(width));
        let [callout] = &scene.callouts[..] else { panic!("{:?}", scene.callouts) };
        assert_eq!(callout.heading.join(" "), "A writes outside its lock.");
        assert!(scene.marks.iter().any(|mark| mark.kind == MarkKind::Pin && mark.at == callout.pin));
        let red = scene.arrows.iter().filter(|it| it.tone == Tone::Bad);
        let red: Vec<(&str, u32)> = red.map(|it| (it.kind.word(), it.ordinal)).collect();
        assert_eq!(red, [("release", 1), ("write", 2)], "how A let go of the lock, and the write after that alone");
    }
}

/// A, declared first, is no part of the pair, and so the strip of the pair is not A's.
#[test]
fn a_pair_of_which_neither_is_active_has_its_strip_at_one_of_the_two() {
    let text = "fencepost 1\nuntil 30s\nnetwork delay 50ms\nclient A at 1s: write P\n\
        pair P Q heartbeat 1s timeout 5s stonith unconfirmed disk S\nstore S check none\n\
        partition P | Q from 0s to 9s hold\n";
    let played = Played::text(text);
    for width in [360, 1_440] {
        let scene = played.scene(&wide(width));
        let strip = strips(&scene).into_iter().find(|it| prose::tell(it.tale, &played.view()).contains("is active"));
        let lane = strip.and_then(|it| it.about.participant).expect("a strip");
        let name = &scene.lanes[lane.index()].name;
        assert!(["P", "Q"].contains(&&**name), "{name}");
        assert!(scene.labels.iter().any(|it| it.text.starts_with("neither is active")), "{:?}", scene.labels);
    }
}

/// A client's write is what the nodes are to commit. The client has its answer; the node that has committed nothing waits.
#[test]
fn what_a_node_has_not_committed_is_open_at_the_node_and_not_at_the_client() {
    for (number, node) in [(47, "N3"), (41, "O1")] {
        let played = Played::preset(number, None);
        for width in [360, 1_440] {
            let scene = played.scene(&wide(width));
            let committed =
                |it: &&Span| prose::tell(it.tale, &played.view()).contains("has committed nothing of the kind");
            let strip = strips(&scene).into_iter().find(committed).expect("a strip");
            let lane = strip.about.participant.expect("a lane");
            assert_eq!(scene.lanes[lane.index()].name, node, "{number} at {width} px");
            let said = |it: &fencepost_scene::Label| it.text.starts_with("nothing committed");
            assert!(scene.labels.iter().any(said), "{number} at {width} px: {:?}", scene.labels);
        }
    }
}
