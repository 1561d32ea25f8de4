//! The run in words: the table of events as reviewed, and what a description must not leave out.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use fencepost_scene::prose;
use shared::{KINDS, Played, library, wide};
use std::path::Path;

#[test]
fn the_table_of_events_of_the_first_scenario_is_as_reviewed() {
    let played = Played::preset(7, None);
    let rows = prose::rows(&played.view());
    let now: String = rows.iter().map(|row| format!("{} | {} | {}\n", row.time, row.who, row.what)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/07-rows.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &now).expect("a golden file can be written");
    }
    assert_eq!(now, std::fs::read_to_string(path).expect("there is a golden file"));
}

#[test]
fn every_sentence_is_one() {
    let presets = library().into_iter().map(|(preset, variant)| Played::preset(preset.number, variant.as_deref()));
    for played in presets.chain(KINDS.iter().map(|(_, text)| Played::text(text))) {
        let rows = prose::rows(&played.view());
        assert!(rows.is_sorted_by_key(|row| row.time), "{}", played.scenario.title);
        for row in rows {
            let begins = row.what.chars().next().is_some_and(|letter| letter.is_uppercase());
            assert!(begins && row.what.ends_with('.') && !row.what.contains("  "), "{}", row.what);
        }
    }
}

#[test]
fn every_message_that_is_drawn_is_also_told() {
    for (preset, variant) in library() {
        let played = Played::preset(preset.number, variant.as_deref());
        let rows = prose::rows(&played.view());
        for arrow in &played.at_900().arrows {
            let event = arrow.about.event.expect("an arrow stands for a sending");
            assert!(
                rows.iter().any(|row| row.event == event),
                "{}: {}",
                preset.name,
                prose::tell(arrow.tale, &played.view())
            );
        }
    }
}

#[test]
fn a_description_says_what_was_violated_or_that_nothing_was() {
    let said = |variant: Option<&str>| prose::describe(&Played::preset(7, variant).view());
    assert!(said(None).contains("effect-fresh violated: At 15.2 s S accepts"), "{}", said(None));
    assert!(!said(Some("fenced")).contains("violated: "), "{}", said(Some("fenced")));
    let quiet = Played::text("fencepost 1\nlock L lease 9s\nclient A at 0s: acquire L; release L");
    assert!(prose::describe(&quiet.view()).ends_with("No property is violated in this run."));
}

#[test]
fn a_long_run_is_summed_up() {
    let writes = "client A at 0s: acquire L; write S x99";
    let played = Played::text(&format!("fencepost 1\nlock L lease none\nstore S\n{writes}"));
    let said = prose::describe(&played.view());
    assert!(said.contains(" more events follow."), "{said}");
    assert!(said.len() < 8_000, "{} bytes", said.len());
}

#[test]
fn what_went_to_another_store_overwrites_nothing() {
    let heading = |number| Played::preset(number, None).at_900().callouts[0].heading.join(" ");
    assert_eq!((heading(7), heading(24)), ("A overwrites B.".to_owned(), "A writes after B.".to_owned()));
}

/// The sentences of a run in which no lock is kept: its table, its bars and bands.
fn without_a_lock(number: u32) -> Vec<String> {
    let played = Played::preset(number, None);
    let view = played.view();
    let scene = played.at_900();
    let rows = prose::rows(&view).into_iter().map(|row| row.what);
    let tales = scene.spans.iter().map(|it| it.tale).chain(scene.marks.iter().map(|it| it.tale));
    let tales = tales.chain(scene.arrows.iter().map(|it| it.tale)).chain(scene.chips.iter().map(|it| it.tale));
    rows.chain(tales.map(|tale| prose::tell(tale, &view))).collect()
}

/// A disk sees the epoch of a pair as a token, so a write carries one; but nobody grants it, and nobody holds a lock.
#[test]
fn a_pair_and_a_register_are_not_spoken_of_as_a_lock_service() {
    for number in [30, 31, 32, 50] {
        for said in without_a_lock(number) {
            for word in [" lock ", " lock.", "grant", "that it holds P", "gives it back", "under token", "as it asked"]
            {
                assert!(!said.contains(word), "{number}: {said}");
            }
        }
    }
}

#[test]
fn whoever_takes_a_pair_over_makes_itself_active() {
    let played = Played::preset(32, None);
    let rows: Vec<String> = prose::rows(&played.view()).into_iter().map(|row| row.what).collect();
    let said = |sentence: &str| assert!(rows.iter().any(|row| row == sentence), "{sentence}\n{rows:#?}");
    said("Q makes itself the active one of P/Q at 5.1 s; its writes carry epoch 2 as their token.");
    said("Q believes from 5.1 s that it is the active one of P/Q, in epoch 2.");
    said("Q is no longer the active one of P/Q from 90.05 s on; epoch 2 ends.");
    said("Q stops believing at 90.05 s that it is the active one of P/Q.");
    for width in [360, 1_440] {
        let scene = played.scene(&wide(width));
        let texts: Vec<&str> = scene.labels.iter().map(|label| &*label.text).collect();
        assert!(!texts.iter().any(|it| it.contains("leader")), "a pair elects nobody: {texts:?}");
        assert!(texts.iter().any(|it| it.starts_with("neither is active")), "at {width} px: {texts:?}");
    }
}
