//! What is said of a thing stands by it, and once: callouts at their pins, one tag for a cut, the names of two locks.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use fencepost_scene::{Callout, LabelKind, MarkKind, Px, Scene, Span, SpanKind};
use shared::{Played, library, wide};

/// How far a callout is from its pin, along the two sides.
fn away(callout: &Callout) -> Px {
    let (pin, edge) = callout.stem();
    (pin.x - edge.x).abs() + (pin.y - edge.y).abs()
}

/// In a wide picture there is room: 28's and 32's once stood five lanes off, though nothing was in the way nearer by.
#[test]
fn in_a_wide_picture_a_callout_stands_at_its_pin() {
    for number in [28, 29, 32, 33, 34] {
        let scene = Played::preset(number, None).scene(&wide(1_440));
        assert!(!scene.callouts.is_empty(), "{number}");
        for callout in &scene.callouts {
            assert!(away(callout) <= Px::new(110), "{number}: {:?} is {:?} away", callout.heading, away(callout));
        }
    }
}

#[test]
fn a_cut_has_one_tag_however_many_bands_it_has() {
    let mut several = 0;
    for (preset, variant) in library() {
        let scene = Played::preset(preset.number, variant.as_deref()).scene(&wide(1_440));
        let bands: Vec<&Span> = scene.spans.iter().filter(|it| matches!(it.kind, SpanKind::Cut { .. })).collect();
        for band in &bands {
            let tags = scene.labels.iter().filter(|it| it.kind == LabelKind::Tag && it.about == band.about).count();
            assert_eq!(tags, 1, "{} {variant:?}", preset.name);
            several += usize::from(bands.iter().filter(|it| it.about == band.about).count() > 1);
        }
    }
    assert!(several > 0, "the library has such a cut");
}

/// A holds L and M; the lock's and the believer's bars of both carry the lock's name.
#[test]
fn the_bars_of_two_locks_are_told_apart_on_both_sides() {
    let text = "fencepost 1\nuntil 9s\nnetwork delay 50ms\nlock L lease 20s\nlock M lease 20s\nstore S check none\n\
        client A at 0s: acquire L; work 1s; acquire M; work 2s; release M; work 1s; release L\n";
    for width in [900, 1_440] {
        let scene = Played::text(text).scene(&wide(width));
        for kind in [SpanKind::Granted, SpanKind::Believed] {
            let bars: Vec<&Span> = scene.spans.iter().filter(|span| span.kind == kind).collect();
            assert_eq!(bars.len(), 2);
            let near = |bar: &Span, name: &str| {
                let of_bar = |x: Px| bar.rect.x - Px::new(12) <= x && x <= bar.rect.right() + Px::new(12);
                scene
                    .labels
                    .iter()
                    .any(|it| it.text.as_ref() == name && it.about == bar.about && of_bar(it.bounds.center().x))
            };
            // Further locks stand further out: the inner bar is that of L.
            assert!(near(bars[0], "L") && near(bars[1], "M"), "{kind:?} at {width} px: {:?}", scene.labels);
        }
    }
}

/// A holds L and waits for M for ever: the bar of its waiting is no part of L's.
#[test]
fn whoever_waits_for_a_second_lock_waits_beside_the_first() {
    let scene = Played::preset(44, None).at_900();
    let rects = |wanted: fn(SpanKind) -> bool, scene: &Scene| -> Vec<_> {
        scene.spans.iter().filter(|it| wanted(it.kind)).map(|it| it.rect).collect()
    };
    let waits = rects(|kind| matches!(kind, SpanKind::Stuck | SpanKind::Waiting), &scene);
    assert_eq!(waits.len(), 2);
    let bars = rects(|kind| matches!(kind, SpanKind::Granted | SpanKind::Believed), &scene);
    for wait in waits {
        let covers = |bar: &fencepost_scene::Rect| wait.x < bar.right() && bar.x < wait.right();
        assert!(!bars.iter().any(covers), "{wait:?} {bars:?}");
    }
    assert!(scene.marks.iter().all(|mark| mark.kind != MarkKind::Pin), "nothing is violated there");
}
