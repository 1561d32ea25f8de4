//! The run in words: the table of events as reviewed, and what a description must not leave out.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use fencepost_scene::prose;
use shared::{KINDS, Played, library};
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
