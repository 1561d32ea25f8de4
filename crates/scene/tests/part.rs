//! Runs that are too long or too dense to be drawn whole: what is drawn, what is left out, and that the picture knows.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use std::collections::BTreeMap;

use fencepost_scene::{Options, Px, Scene, SpanKind};
use fencepost_sim::{EventKind, Time};
use shared::{KINDS, Played, kind, library};

/// As a page asks for it: bounded, and long enough for whatever is asked for here.
fn on_a_page(played: &Played) -> Scene {
    played.scene(&first(1_000_000))
}

fn first(most: usize) -> Options {
    Options { most, ..Options::default() }
}

/// Everything that has a place in time: what it is, the event it is about, how far down it reaches.
fn things(scene: &Scene) -> Vec<(&'static str, Option<u32>, Px)> {
    let event = |about: fencepost_scene::About| about.event.map(|event| event.0);
    let lowest = |arrow: &fencepost_scene::Arrow| arrow.path.iter().map(|point| point.y).max().unwrap_or_default();
    let arrows = scene.arrows.iter().map(|it| ("arrow", event(it.about), lowest(it)));
    let spans = scene.spans.iter().filter(|it| !matches!(it.kind, SpanKind::Unmet { .. }));
    let spans = spans.map(|it| ("span", event(it.about), it.rect.bottom()));
    let marks = scene.marks.iter().map(|it| ("mark", event(it.about), it.at.y));
    let chips = scene.chips.iter().map(|it| ("chip", event(it.about), it.rect.y));
    arrows.chain(spans).chain(marks).chain(chips).collect()
}

#[test]
fn an_ordinary_run_is_drawn_whole() {
    for (preset, variant) in library() {
        let scene = on_a_page(&Played::preset(preset.number, variant.as_deref()));
        assert_eq!(scene.rest, None, "{} {variant:?}", preset.name);
    }
}

#[test]
fn of_any_run_any_beginning_can_be_drawn() {
    let all = library().into_iter().map(|(preset, variant)| Played::preset(preset.number, variant.as_deref()));
    for played in all.chain(KINDS.iter().map(|(name, _)| kind(name))) {
        let events = &played.run.trace.events;
        let some = [1, 10, events.len() / 3, events.len() * 2 / 3, events.len() - 1];
        for most in some.into_iter().filter(|most| (1..events.len()).contains(most)) {
            let scene = played.scene(&first(most));
            let rest = scene.rest.expect("something is left out");
            assert_eq!(rest.of, events.len());
            // Between two moments, unless all of it is one.
            let cuts_a_moment = events[rest.drawn - 1].time == events[rest.drawn].time;
            assert!(rest.drawn <= most && (!cuts_a_moment || events[0].time == events[rest.drawn].time), "{rest:?}");
            assert!(rest.until >= events[rest.drawn - 1].time);
            let bottom = scene.time_map.y(rest.until);
            for (what, event, lowest) in things(&scene) {
                assert!(event.is_none_or(|event| (event as usize) < rest.drawn), "{}: {event:?}", scene.title);
                // A sign has a radius, and what is open at the end of a run may be a little longer.
                assert!(
                    lowest <= bottom + Px::new(30),
                    "{}, {most}: {what} of {event:?} reaches to {lowest} of {bottom}",
                    scene.title
                );
            }
        }
    }
}

#[test]
fn what_is_said_of_the_run_is_said_of_all_of_it() {
    let played = Played::preset(7, None);
    let (part, whole) = (played.scene(&first(12)), played.at_900());
    assert_eq!((&part.title, &part.desc), (&whole.title, &whole.desc));
    assert!(part.callouts.is_empty() && !whole.callouts.is_empty(), "the violation comes later");
    assert!(part.arrows.iter().all(|arrow| arrow.tone != fencepost_scene::Tone::Plain), "and is known all the same");
}

#[test]
fn a_pause_that_goes_on_below_the_picture_is_as_long_as_it_is() {
    let text = "fencepost 1\nstore S\nclient A at 0s: write S\nclient B at 4s: write S\nclient C at 8s: write S\n\
        pause S at 3s for 9s\n";
    let played = Played::text(text);
    let until = played.run.trace.events.partition_point(|event| event.time <= Time::from_millis(5_000));
    let scene = played.scene(&first(until));
    let pause = scene.spans.iter().find(|span| span.about.fault.is_some()).expect("a pause");
    assert_eq!(pause.until, Time::from_millis(12_000));
    assert_eq!(pause.rect.bottom(), scene.time_map.y(scene.rest.expect("a rest").until));
    assert!(scene.labels.iter().any(|label| &*label.text == "paused 9 s"));
}

#[test]
fn of_a_crowd_only_as_many_are_drawn_as_can_be_told_apart_and_the_others_are_counted() {
    let clients: String = (0..40).map(|client| format!("client C{client} at 0s: acquire L retry 20us\n")).collect();
    let played = Played::text(&format!("fencepost 1\nuntil 12ms\nnetwork delay 1ms\nlock L lease none\n{clients}"));
    assert_eq!(played.at_900().rest, None, "in a file there is all of it");
    let scene = on_a_page(&played);
    let mut rows: BTreeMap<i32, usize> = BTreeMap::new();
    for arrow in &scene.arrows {
        *rows.entry(arrow.path.first().expect("a path").y.0 / 400).or_default() += 1;
    }
    let most = rows.values().max().copied().unwrap_or_default();
    assert!((20..=240).contains(&most), "{most} messages leave within 40 px");
    let sent = played.run.trace.events.iter().filter(|event| matches!(event.kind, EventKind::Sent { .. })).count();
    let rest = scene.rest.expect("a crowd");
    assert_eq!((rest.drawn, rest.crowded), (rest.of, sent - scene.arrows.len()));
    assert!(sent > 10_000, "{sent} is no crowd");
}

#[test]
fn what_is_painted_is_what_is_in_view() {
    for (name, _) in KINDS {
        let scene = kind(name).at_900();
        let (top, bottom) = (Px::new(60), Px::new(400));
        let (left, right) = (Px::new(300), Px::new(420));
        let slice = scene.slice(top, bottom).between(left, right);
        let touches = |arrow: &&fencepost_scene::Arrow| {
            let (xs, ys) = (|| arrow.path.iter().map(|it| it.x), || arrow.path.iter().map(|it| it.y));
            xs().min() <= Some(right)
                && xs().max() >= Some(left)
                && ys().min() <= Some(bottom)
                && ys().max() >= Some(top)
        };
        for arrow in scene.arrows.iter().filter(touches) {
            assert!(slice.arrows.contains(&arrow), "{name}: {arrow:?}");
        }
        let apart = |x: Px| x < left - Px::new(12) || x > right + Px::new(12);
        assert!(!slice.marks.iter().any(|mark| apart(mark.at.x)), "{name}");
        assert!(slice.marks.len() < scene.slice(top, bottom).marks.len(), "{name}: some are elsewhere");
    }
}

#[test]
fn no_more_messages_are_painted_than_a_screen_can_show() {
    let clients: String = (0..60).map(|client| format!("client C{client} at 200ms: write S x50\n")).collect();
    let scene = on_a_page(&Played::text(&format!(
        "fencepost 1\nuntil 60s\nnetwork delay 50ms\nstore S\nclient A at 0s: write S\n{clients}"
    )));
    assert!(scene.rest.is_some_and(|rest| rest.dense));
    let all = scene.slice(Px::ZERO, Px::new(1_200));
    let thin = scene.slice(Px::ZERO, Px::new(1_200)).thinned();
    assert!(all.arrows.len() > 1_200, "{} are no crowd", all.arrows.len());
    assert!((900..=1_100).contains(&thin.arrows.len()), "{} are painted", thin.arrows.len());
    // What is named is there.
    let shown: Vec<_> = thin.arrows.iter().map(|arrow| arrow.about.event).collect();
    let named = thin.labels.iter().filter(|label| label.kind == fencepost_scene::LabelKind::Message);
    let is_there = |label: &&&fencepost_scene::Label| {
        shown.contains(&label.about.event) || !all.arrows.iter().any(|arrow| arrow.about.event == label.about.event)
    };
    assert!(named.clone().all(|label| is_there(&label)) && named.count() > 0);
    // A few pixels further most of it is the same.
    let next = scene.slice(Px::new(30), Px::new(1_230)).thinned();
    let stays = next.arrows.iter().filter(|arrow| shown.contains(&arrow.about.event)).count();
    assert!(stays > 600, "{stays} of {} stay", next.arrows.len());
}
