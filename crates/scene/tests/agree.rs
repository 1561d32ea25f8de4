//! Table, tooltip and labels say the same, and say it of what is there: a pair is no lock service, and two locks are two.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use fencepost_scene::{LabelKind, SpanKind, prose};
use shared::{Played, library};

#[test]
fn the_table_tells_of_a_message_what_its_arrow_tells() {
    for (preset, variant) in library() {
        let played = Played::preset(preset.number, variant.as_deref());
        let (view, scene) = (played.view(), played.at_900());
        for arrow in &scene.arrows {
            let sending = arrow.about.event.expect("each arrow was sent");
            let row = prose::sentence(&played.run.trace.events[sending.index()], &view);
            let told = prose::tell(arrow.tale, &view);
            assert!(row.starts_with(&told), "{}: “{row}” is not “{told}”", preset.name);
        }
    }
}

#[test]
fn a_pair_is_not_spoken_of_as_a_lock_service() {
    let mut bars = 0;
    for (preset, variant) in library().into_iter().filter(|(preset, _)| preset.number == 32) {
        let played = Played::preset(preset.number, variant.as_deref());
        let (view, scene) = (played.view(), played.at_900());
        if view.cast.members.iter().any(|member| matches!(member.role, fencepost_vocabulary::RoleKind::Lock { .. })) {
            continue;
        }
        let legend = scene.legend.iter().map(|entry| entry.text.to_owned());
        let headings = scene.callouts.iter().map(|callout| callout.heading.join(" "));
        let held = |kind| matches!(kind, SpanKind::Granted | SpanKind::Believed | SpanKind::Disagreement);
        let tales: Vec<String> =
            scene.spans.iter().filter(|span| held(span.kind)).map(|span| prose::tell(span.tale, &view)).collect();
        bars += tales.len();
        for said in legend.chain(headings).chain(tales) {
            let is_wrong =
                ["the lock", "lock service", "Two grants", "under token"].iter().any(|word| said.contains(word));
            assert!(!is_wrong, "{variant:?}: {said}");
        }
    }
    assert!(bars > 4, "{bars}");
}

#[test]
fn the_bars_of_two_locks_have_their_names() {
    let text = "fencepost 1\nuntil 5s\nnetwork delay 50ms\nlock L lease 2s\nlock M lease 3s\nstore S check none\n\
        client A at 0s: acquire L; acquire M; write S; release M; release L\n";
    let played = Played::text(text);
    for width in [360, 1_440] {
        let scene = played.scene(&shared::wide(width));
        for span in scene.spans.iter().filter(|span| span.kind == SpanKind::Granted) {
            let lock = if span.from.to_string() == "50 ms" { "L" } else { "M" };
            let beside = scene.labels.iter().filter(|label| label.kind == LabelKind::Note && &*label.text == lock);
            let near = |x: fencepost_scene::Px| (x - span.rect.center().x).abs() < fencepost_scene::Px::new(12);
            assert!(
                beside.clone().any(|label| near(label.bounds.center().x)),
                "{lock} at {width} px: {:?}",
                scene.labels
            );
        }
    }
    let one = Played::preset(7, None).at_900();
    assert!(one.labels.iter().all(|label| &*label.text != "L"), "one lock needs no name");
}
