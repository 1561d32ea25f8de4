//! No words on top of words, none cut off: in the library, its variants and scenarios nobody wrote, from a phone to a
//! wide screen.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../../lab/tests/generate/mod.rs"]
mod generate;
mod shared;

use std::collections::BTreeMap;

use fencepost_scene::{Arrow, Label, LabelKind, MarkKind, Options, Point, Px, Quad, Tone, prose};
use fencepost_sim::{EventId, Time};
use fencepost_vocabulary::EventKind;
use shared::{KINDS, Played, library, wide};

const WIDTHS: [i32; 5] = [320, 360, 560, 900, 1_440];

fn assert_tidy(played: &Played, options: &Options) {
    let scene = played.scene(options);
    let what = format!("{} at {} px", played.scenario.title, options.width);
    let boxes = scene.boxes();
    for (place, (text, quad)) in boxes.iter().enumerate() {
        let bounds = quad.bounds();
        let inside = bounds.x >= Px::ZERO && bounds.y >= Px::ZERO;
        let inside = inside && bounds.right() <= scene.width && bounds.bottom() <= scene.height;
        assert!(inside, "{what}: “{text}” is cut off at {bounds:?} in {} x {}", scene.width, scene.height);
        let over = boxes[place + 1..].iter().find(|(_, other)| quad.overlaps(other));
        assert!(over.is_none(), "{what}: “{text}” at {bounds:?} lies on {over:?}");
    }
}

fn assert_tidy_everywhere(played: &Played) {
    WIDTHS.iter().for_each(|width| assert_tidy(played, &wide(*width)));
    assert_tidy(played, &Options { linear: true, ..Options::default() });
}

/// The lines and the head of an arrow.
fn strokes(arrow: &Arrow) -> Vec<Quad> {
    let line = |pair: &[Point]| Quad::line(pair[0], pair[1], Px(16));
    let corners: Vec<Point> = arrow.path.iter().copied().collect();
    let tip = corners[corners.len() - 1];
    let head = Quad::line(arrow.turn.offset(tip, Px::new(-9), Px::ZERO), tip, Px::new(8));
    corners.windows(2).map(line).chain([head]).collect()
}

/// No words, in a box or not, across what led to a violation.
fn assert_clear(played: &Played, width: i32) {
    let scene = played.scene(&wide(width));
    let causal = scene.arrows.iter().filter(|arrow| matches!(arrow.tone, Tone::Lit | Tone::Bad));
    let strokes: Vec<(&Arrow, Quad)> =
        causal.flat_map(|arrow| strokes(arrow).into_iter().map(move |it| (arrow, it))).collect();
    let pins = scene.marks.iter().filter(|mark| mark.kind == MarkKind::Pin).count();
    assert_eq!(scene.callouts.len(), pins, "{} at {width} px: what went wrong is named", played.scenario.title);
    for (text, quad) in scene.boxes() {
        let across = strokes.iter().find(|(_, stroke)| quad.overlaps(stroke));
        assert!(
            across.is_none(),
            "{} at {width} px: “{text}” at {:?} lies across {:?}",
            played.scenario.title,
            quad.bounds(),
            across.map(|(arrow, _)| prose::tell(arrow.tale, &played.view()))
        );
    }
}

#[test]
fn no_words_lie_across_what_led_to_a_violation() {
    for (preset, variant) in library() {
        let played = Played::preset(preset.number, variant.as_deref());
        [360, 1_440].into_iter().for_each(|width| assert_clear(&played, width));
    }
    for played in (0..120).map(generate::scenario).map(Played::new) {
        [360, 1_440].into_iter().for_each(|width| assert_clear(&played, width));
    }
}

/// What the heap test compares of one end of an arrow: when it left and arrived, whether this is where it left, whose end
/// it is, and how loud it is.
type Flight = (Time, Option<Time>, bool, u16, Tone);

/// Both ends of an arrow.
fn flights(arrow: &Arrow, played: &Played) -> Option<[Flight; 2]> {
    let time = |id: EventId| played.run.trace.events.get(id.index()).map(|event| event.time);
    let (sent, arrives) = (time(arrow.about.event?)?, arrow.arrival.and_then(time));
    let of = |out: bool, who: u16| (sent, arrives, out, who, arrow.tone);
    Some([of(true, arrow.about.participant?.0), of(false, arrow.to.0)])
}

/// Of three and more that fan out or come together one is named, and its count is right.
fn assert_no_heaps(played: &Played, width: i32) {
    let scene = played.scene(&wide(width));
    let arrow = |label: &Label| scene.arrows.iter().find(|arrow| arrow.about.event == label.about.event);
    let mut heaps = BTreeMap::new();
    for label in scene.labels.iter().filter(|label| label.kind == LabelKind::Message) {
        let Some((arrow, flights)) = arrow(label).and_then(|it| Some((it, flights(it, played)?))) else { continue };
        let counted = label.text.split_once("× ").map(|(count, _)| count.parse::<usize>().expect("a number"));
        if let Some(count) = counted {
            let alike = |flight: &_| {
                let others = scene.arrows.iter().filter(|other| other.kind == arrow.kind);
                others.filter(|other| self::flights(other, played).is_some_and(|it| it.contains(flight))).count()
            };
            assert!(count >= 3 && flights.iter().any(|it| alike(it) >= count), "{}: {}", scene.title, label.text);
        }
        for flight in flights {
            *heaps.entry((flight, label.text.clone(), label.token.clone())).or_insert(0) += 1;
        }
    }
    let heap = heaps.iter().find(|(_, count)| **count > 2);
    assert!(heap.is_none(), "{} at {width} px: {heap:?}", scene.title);
}

#[test]
fn of_many_that_fan_out_or_come_together_one_says_it_for_all() {
    for (preset, variant) in library() {
        let played = Played::preset(preset.number, variant.as_deref());
        [360, 1_440].into_iter().for_each(|width| assert_no_heaps(&played, width));
    }
    let scene = Played::preset(29, None).scene(&wide(1_440));
    let said = |text: &str| scene.labels.iter().filter(|label| &*label.text == text).count();
    assert_eq!((said("5× free"), said("free")), (1, 0), "B gives its five keys back at one moment");
}

/// The shortest form of a message is still a word.
#[test]
fn no_message_is_named_by_its_token_alone() {
    for (preset, variant) in library() {
        let played = Played::preset(preset.number, variant.as_deref());
        for scene in [360, 1_440].map(|width| played.scene(&wide(width))) {
            let words = |label: &&Label| label.text.chars().any(|it| it.is_alphabetic() || "✓✕".contains(it));
            let bare = scene.labels.iter().filter(|it| it.kind == LabelKind::Message).find(|it| !words(it));
            assert!(bare.is_none(), "{}: {bare:?}", scene.title);
        }
    }
}

#[test]
fn the_library_and_its_variants_are_tidy() {
    for (preset, variant) in library() {
        assert_tidy_everywhere(&Played::preset(preset.number, variant.as_deref()));
    }
}

#[test]
fn every_kind_of_thing_is_tidy() {
    KINDS.iter().for_each(|(_, text)| assert_tidy_everywhere(&Played::text(text)));
}

#[test]
fn scenarios_nobody_wrote_are_tidy() {
    (0..120).map(generate::scenario).for_each(|scenario| assert_tidy_everywhere(&Played::new(scenario)));
}

#[test]
fn a_drag_with_a_frozen_axis_is_tidy() {
    let before = Played::preset(7, None);
    let frozen = Options { time_map: Some(before.at_900().time_map), ..Options::default() };
    for length in (500..15_000).step_by(500) {
        let text = format!("{}\npause A at 150ms for {length}ms", include_str!("shared/seven.fencepost"));
        assert_tidy(&Played::text(&text), &frozen);
    }
}

/// Whether two messages are of one kind and left at one moment, from or to the same participant: of several that fan
/// out, or come together, one says it for all.
fn fan(played: &Played, one: EventId, other: EventId) -> bool {
    let sent = |id: EventId| {
        let event = played.run.trace.events.get(id.index())?;
        let EventKind::Sent { to, message, .. } = &event.kind else { return None };
        Some((event.time, message.kind(), event.participant, *to))
    };
    match (sent(one), sent(other)) {
        (Some((at, kind, from, to)), Some((also_at, same, other_from, other_to))) => {
            (at, kind) == (also_at, same) && (from == other_from || to == other_to)
        }
        _ => false,
    }
}

/// At the usual width the library's pictures say everything: of what matters nothing has to be left out.
/// What is faint is one of many, and what is dim comes after all else.
#[test]
fn at_900_px_no_message_of_the_library_is_without_words() {
    for (preset, variant) in library() {
        let played = Played::preset(preset.number, variant.as_deref());
        let scene = played.at_900();
        let labelled = |event| scene.labels.iter().any(|label| label.about.event == Some(event));
        let arrows = || scene.arrows.iter().filter_map(|arrow| arrow.about.event);
        let said = |event| labelled(event) || arrows().any(|other| fan(&played, event, other) && labelled(other));
        let loud = |arrow: &&fencepost_scene::Arrow| !matches!(arrow.tone, Tone::Faint | Tone::Dim);
        let silent = scene.arrows.iter().filter(loud).find(|arrow| !arrow.about.event.is_some_and(said));
        assert!(
            silent.is_none(),
            "{} {variant:?}: {:?}",
            preset.name,
            silent.map(|arrow| prose::tell(arrow.tale, &played.view()))
        );
    }
}

/// As much of everything as the language allows, at times as far as it allows: no panic, no overflow, still tidy.
#[test]
fn a_hostile_text_is_a_picture_too() {
    let mut text = String::from("fencepost 1\nuntil 24h\nnetwork delay 0us\nlock L lease 1us\nstore S check ge\n");
    for client in 0..40 {
        let name = format!("a-very-long-name-of-a-client-{client:03}");
        text += &format!("client {name} at {client}us: acquire L retry 30m; work 1us; write S; release L\n");
        text += &format!("pause {name} at {client}us for 20h\npause {name} before write 1 for 23h\n");
    }
    text += "partition L -> S from 0ms to 86400s hold\ndelay a-very-long-name-of-a-client-000->S write 1 by 86399s\n";
    let scenario = fencepost_scenario::Document::new(text).parse().scenario;
    let played = Played::new(scenario);
    assert!(played.run.trace.events.len() > 200, "{} events", played.run.trace.events.len());
    assert_tidy_everywhere(&played);
}
