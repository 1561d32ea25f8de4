//! What a picture shows, told by the scene: one scenario, a few facts.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use fencepost_scene::{
    ArrowEnd, LabelKind, LegendKind, MarkKind, Options, Point, Px, Scene, SpanKind, TimeMap, Tone, svg,
};
use fencepost_sim::Time;
use shared::{Played, library, wide};

fn ms(millis: u64) -> Time {
    Time::from_millis(millis)
}

/// The scenario's text with these lines behind it.
fn seven_and(lines: &str) -> Played {
    Played::text(&format!("{}\n{lines}\n", include_str!("shared/seven.fencepost")))
}

fn span(scene: &Scene, kind: SpanKind) -> (Time, Time) {
    let span = scene.spans.iter().find(|span| span.kind == kind).unwrap_or_else(|| panic!("no {kind:?}"));
    assert_eq!((span.rect.y, span.rect.bottom()), (scene.time_map.y(span.from), scene.time_map.y(span.until)));
    (span.from, span.until)
}

fn words(scene: &Scene) -> Vec<String> {
    let said = |label: &fencepost_scene::Label| format!("{}{}", label.text, label.token.as_deref().unwrap_or_default());
    scene.labels.iter().map(said).collect()
}

#[test]
fn a_lock_gone_wrong_shows_the_pause_both_leases_and_the_pin() {
    let scene = Played::preset(7, None).at_900();
    assert_eq!(span(&scene, SpanKind::Paused), (ms(150), ms(15_150)));
    assert_eq!(span(&scene, SpanKind::Granted), (ms(50), ms(10_050)));
    assert_eq!(span(&scene, SpanKind::Believed), (ms(100), ms(15_250)));
    assert_eq!(span(&scene, SpanKind::Disagreement), (ms(10_050), ms(15_250)));
    let pin = scene.marks.iter().find(|mark| mark.kind == MarkKind::Pin).expect("a violation has a pin");
    assert_eq!(pin.at, Point { x: scene.lanes[2].x, y: scene.time_map.y(ms(15_200)) });
    let callout = &scene.callouts[0];
    assert_eq!((callout.heading.join(" ").as_str(), callout.pin), ("A overwrites B.", pin.at));
    assert_eq!(callout.lines, ["effect-order, effect-fresh violated · 15.2 s"]);
    let chips: Vec<&str> = scene.chips.iter().map(|chip| chip.text.as_str()).collect();
    assert_eq!(chips, ["value B", "value A"]);
    for said in ["paused 15 s", "A believes · L does not", "lease of A ends", "B queued", "granted · 34", "value –"]
    {
        assert!(words(&scene).iter().any(|it| it == said), "{said} is not in {:?}", words(&scene));
    }
}

#[test]
fn the_message_that_violates_is_red_and_what_came_after_is_dim() {
    let scene = Played::preset(7, None).at_900();
    let tones: Vec<(&str, Tone)> = scene.arrows.iter().map(|arrow| (arrow.kind.word(), arrow.tone)).collect();
    assert_eq!(tones[6..], [("write", Tone::Bad), ("ok", Tone::Dim)]);
    assert!(tones[..6].iter().all(|(_, tone)| *tone == Tone::Lit), "{tones:?}");
}

#[test]
fn with_a_fence_the_write_bounces_and_nothing_is_pinned() {
    let scene = Played::preset(7, Some("fenced")).at_900();
    assert!(scene.callouts.is_empty() && scene.marks.iter().all(|mark| mark.kind != MarkKind::Pin));
    let ends: Vec<(&str, ArrowEnd)> = scene.arrows.iter().map(|arrow| (arrow.kind.word(), arrow.end)).collect();
    assert_eq!(ends[6..], [("write", ArrowEnd::Bounced), ("rejected", ArrowEnd::Head)]);
    assert!(words(&scene).contains(&"33 is older than 34".to_owned()));
    assert!(scene.legend.iter().any(|entry| entry.kind == LegendKind::Bounced));
}

#[test]
fn a_message_held_by_a_cut_bends_there_and_leaves_at_the_heal() {
    let scene = seven_and("partition A | S from 100ms to 4s hold").at_900();
    let held = scene.arrows.iter().find(|arrow| arrow.path.len() == 4).expect("a bent arrow");
    let band = scene.spans.iter().find(|span| matches!(span.kind, SpanKind::Cut { toward: None, .. })).expect("a band");
    let x = band.rect.center().x;
    assert_eq!((held.path[1].x, held.path[2].x), (x, x));
    assert_eq!(held.path[2].y, scene.time_map.y(ms(4_000)));
    assert_eq!(held.path[3].y, scene.time_map.y(ms(4_050)));
    assert!(words(&scene).contains(&"cut A | S".to_owned()));
}

#[test]
fn a_message_lost_in_a_cut_dies_there_and_a_dropped_one_on_its_way() {
    let scene = seven_and("partition A -> L from 0ms to 40ms\ndrop B->L acquire 1").at_900();
    let lost: Vec<Point> =
        scene.arrows.iter().filter(|arrow| arrow.end == ArrowEnd::Lost).map(|arrow| arrow.path[1]).collect();
    let band =
        scene.spans.iter().find(|span| matches!(span.kind, SpanKind::Cut { toward: Some(_), .. })).expect("a band");
    assert_eq!(lost[0].x, band.rect.center().x);
    assert!(scene.lanes[1].x < lost[1].x && lost[1].x < scene.lanes[3].x);
    assert_eq!(lost.len(), 2);
}

#[test]
fn a_copy_is_an_arrow_of_its_own() {
    let scene = seven_and("duplicate A->S write 1 after 3s").at_900();
    let copies: Vec<_> = scene.arrows.iter().filter(|arrow| arrow.copy).collect();
    assert_eq!(copies.len(), 1);
    assert_eq!(copies[0].path[1].y, scene.time_map.y(ms(3_200)));
    assert!(copies[0].about.fault.is_some(), "the fault that made it can be reached from it");
}

#[test]
fn a_crash_ends_the_belief_and_the_line() {
    let scene = seven_and("crash A at 120ms").at_900();
    let crashed: Vec<Option<Px>> = scene.lanes.iter().map(|lane| lane.crashed).collect();
    assert_eq!(crashed, [None, None, Some(scene.time_map.y(ms(120))), None]);
    assert_eq!(span(&scene, SpanKind::Believed).1, ms(120));
    assert!(words(&scene).contains(&"A crashes".to_owned()));
}

#[test]
fn an_unanswered_request_waits_for_ever() {
    let text = "fencepost 1\nlock L lease none\nclient A at 0s: acquire L\nclient B at 1s: acquire L\ncrash A at 200ms";
    let scene = Played::text(text).at_900();
    assert_eq!(span(&scene, SpanKind::Stuck).0, ms(1_000));
}

#[test]
fn mail_for_a_sleeper_waits_in_a_hollow_dot() {
    let scene = seven_and("pause L at 10ms for 1s").at_900();
    let inbox = scene.marks.iter().find(|mark| mark.kind == MarkKind::Inbox).expect("a hollow dot");
    assert_eq!(inbox.at.y, scene.time_map.y(ms(50)));
    let opened = Point { y: scene.time_map.y(ms(1_010)), ..inbox.at };
    assert!(scene.marks.iter().any(|mark| mark.kind == MarkKind::Dot && mark.at == opened));
}

#[test]
fn a_frozen_axis_stays_as_it_is() {
    let before = Played::preset(7, None).at_900();
    let options = Options { time_map: Some(before.time_map.clone()), ..Options::default() };
    let during = seven_and("pause A at 150ms for 9500ms").scene(&options);
    assert_eq!(during.time_map, before.time_map);
    assert_eq!(span(&during, SpanKind::Paused).1, ms(9_650));
    assert!(during.marks.iter().all(|mark| mark.kind != MarkKind::Pin), "held, now that A wakes in time");
}

#[test]
fn keys_survive_an_edit() {
    let (long, short) = (seven_and("pause A at 150ms for 15s").at_900(), seven_and("pause A at 150ms for 9s").at_900());
    let keys = |scene: &Scene| scene.arrows.iter().map(|arrow| arrow.key).collect::<Vec<_>>();
    let kept = keys(&long).iter().filter(|key| keys(&short).contains(key)).count();
    assert_eq!(kept, keys(&long).len());
    let mut all = keys(&long);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), long.arrows.len(), "no two arrows share a key");
}

#[test]
fn a_slice_is_what_touches_it() {
    let scene = Played::preset(14, None).at_900();
    let mut seen = 0;
    for top in (0..scene.height.0).step_by(370).map(Px) {
        let bottom = top + Px::new(120);
        let slice = scene.slice(top, bottom);
        let touches = |y0: Px, y1: Px| y0 <= bottom && top <= y1;
        let spans: Vec<_> = scene.spans.iter().filter(|span| touches(span.rect.y, span.rect.bottom())).collect();
        let labels: Vec<_> = scene.labels.iter().filter(|it| touches(it.bounds.y, it.bounds.bottom())).collect();
        assert_eq!((slice.spans, slice.labels), (spans, labels));
        seen += slice.arrows.len();
    }
    assert!(seen >= scene.arrows.len(), "no arrow falls between two slices");
    assert_eq!(scene.slice(Px(i32::MIN), Px(i32::MAX)).marks.len(), scene.marks.len());
}

#[test]
fn every_axis_rises_and_can_be_turned_round() {
    for (preset, variant) in library() {
        let scene = Played::preset(preset.number, variant.as_deref()).at_900();
        assert!(scene.time_map.knots().windows(2).all(|pair| pair[0].time < pair[1].time && pair[0].y < pair[1].y));
        for tenths in scene.time_map.extent().0.0..scene.height.0 {
            let there_and_back = scene.time_map.y(scene.time_map.time(Px(tenths)));
            assert!((there_and_back - Px(tenths)).abs() <= Px(1), "{} at {}", preset.name, Px(tenths));
        }
    }
}

#[test]
fn easing_never_turns_back() {
    let maps =
        [seven_and("pause A at 150ms for 15s"), seven_and("pause A at 150ms for 2s")].map(|it| it.at_900().time_map);
    for permille in (0..=1_000).step_by(50) {
        let map = TimeMap::between(&maps[0], &maps[1], permille);
        assert!(map.knots().windows(2).all(|pair| pair[0].time < pair[1].time && pair[0].y < pair[1].y));
    }
    assert_eq!(TimeMap::between(&maps[0], &maps[1], 1_000).y(ms(10_050)), maps[1].y(ms(10_050)));
}

#[test]
fn linear_means_linear() {
    let scene = Played::preset(7, None).scene(&Options { linear: true, ..Options::default() });
    let (a, b, c) = (scene.time_map.y(ms(0)), scene.time_map.y(ms(5_000)), scene.time_map.y(ms(10_000)));
    assert!(((b - a) - (c - b)).abs() <= Px(1));
    assert!(scene.folds.is_empty());
}

#[test]
fn a_phone_gets_the_whole_picture_in_its_width() {
    for number in [7, 8, 9, 10, 16, 17, 18] {
        assert_eq!(Played::preset(number, None).scene(&wide(360)).width, Px::new(360), "scenario {number}");
    }
}

#[test]
fn nothing_at_all_is_a_picture_too() {
    let played = Played::text("fencepost 1");
    let scene = played.at_900();
    assert!(scene.lanes.is_empty() && scene.height > Px::ZERO);
    assert!(svg::write(&scene, &played.view(), &svg::Carried::default()).ends_with("</svg>\n"));
}

#[test]
fn disagreement_is_named_in_full_where_it_fits() {
    let scene = Played::preset(16, None).at_900();
    let named: Vec<_> = scene.labels.iter().filter(|label| label.kind == LabelKind::Disagreement).collect();
    assert_eq!(named.len(), 1);
    assert_eq!(&*named[0].text, "C1 believes · L does not");
}

#[test]
fn the_lanes_stand_still_during_a_drag() {
    let frozen =
        Options { time_map: Some(seven_and("pause A at 150ms for 15s").at_900().time_map), ..Options::default() };
    let lanes = |millis: u64| {
        let scene = seven_and(&format!("pause A at 150ms for {millis}ms")).scene(&frozen);
        scene.lanes.iter().map(|lane| lane.x).collect::<Vec<_>>()
    };
    for millis in [1, 9_500, 12_345, 20_000, 40_000] {
        assert_eq!(lanes(millis), lanes(15_000), "{millis} ms");
    }
}
