//! What is said again and again: one count for all, which opens them and folds them again; and no picture is a scroll.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use std::collections::BTreeSet;

use fencepost_scene::{ChipKind, Key, LabelKind, Options, Px, Repeat, Scene, Span, SpanKind, Tone, prose};
use fencepost_vocabulary::{EventKind, Note};
use shared::{Played, kind, library, wide};

const WIDTHS: [i32; 2] = [360, 1_440];

/// With these opened.
fn opened(played: &Played, keys: impl IntoIterator<Item = Key>) -> Scene {
    played.scene(&Options { opened: keys.into_iter().collect(), ..Options::default() })
}

fn words(scene: &Scene, repeat: &Repeat) -> Option<String> {
    let label = scene.labels.iter().find(|label| label.kind == LabelKind::Repeat && label.key == repeat.key);
    label.map(|label| label.text.to_string())
}

/// The candidacies of a run, by the number of their event.
fn candidacies(played: &Played) -> Vec<fencepost_sim::Time> {
    let stands = |kind: &EventKind| matches!(kind, EventKind::Noted(Note::Campaigns { trial: false, .. }));
    played.run.trace.events.iter().filter(|event| stands(&event.kind)).map(|event| event.time).collect()
}

#[test]
fn no_picture_is_a_scroll() {
    for (preset, variant) in library() {
        let played = Played::preset(preset.number, variant.as_deref());
        for width in WIDTHS {
            let scene = played.scene(&wide(width));
            // With the title above it and a legend of one column below, as in a file.
            let around = Px::new(38 + 44) + Px::new(22) * scene.legend.len() as i32;
            let height = scene.header + scene.height + around;
            let most = if preset.number == 36 { 2_500 } else { 4_000 };
            assert!(height < Px::new(most), "{} {variant:?} at {width} px is {height} px high", preset.name);
        }
    }
}

#[test]
fn of_a_run_of_like_elections_the_first_and_the_last_are_drawn_and_the_others_counted() {
    let played = Played::preset(36, Some("three"));
    let all = candidacies(&played);
    assert!(all.len() > 20, "the library's restless one: {}", all.len());
    for width in WIDTHS {
        let scene = played.scene(&wide(width));
        let elections: Vec<&Repeat> =
            scene.repeats.iter().filter(|it| prose::tell(it.tale, &played.view()).contains("elections")).collect();
        let [run] = elections[..] else { panic!("one run: {elections:?}") };
        let left_out = all.iter().filter(|time| run.from <= **time && **time < run.until).count();
        assert_eq!((run.count as usize, left_out), (all.len() - 4, all.len() - 4));
        let said = words(&scene, run).expect("the count has a label");
        assert!(said.starts_with(&format!("{left_out} ")), "{said}");
        let tallies = scene.chips.iter().filter(|chip| chip.kind == ChipKind::Tally).count();
        assert_eq!(tallies, 4, "at {width} px: the first, in which a hazard is first seen, two more, and the last");
    }
}

#[test]
fn all_who_stand_in_one_term_stand_in_one_election() {
    let text =
        "fencepost 1\nuntil 12500ms\nnetwork delay 50ms\nnodes N1 N2 N3 elect heartbeat 100ms timeouts 1s 1s 1s\n";
    let scene = Played::text(text).at_900();
    let counts: Vec<u32> = scene.repeats.iter().map(|it| it.count).collect();
    assert_eq!(counts, [9], "of twelve terms the first two are drawn, and the last");
    let tallies = scene.chips.iter().filter(|chip| chip.kind == ChipKind::Tally).count();
    assert_eq!(tallies, 9, "three candidates in each of the three");
}

#[test]
fn terms_that_are_left_out_leave_no_slivers() {
    let played = Played::preset(36, Some("three"));
    for width in WIDTHS {
        let scene = played.scene(&wide(width));
        let run = scene.repeats.iter().find(|it| prose::tell(it.tale, &played.view()).contains("elections"));
        let (from, until) = run.map(|run| (run.from, run.until)).expect("a run");
        let within = |span: &&Span| from <= span.from && span.until <= until;
        assert_eq!(scene.spans.iter().filter(within).collect::<Vec<_>>(), Vec::<&Span>::new(), "at {width} px");
        let is_term = |span: &&Span| matches!(span.kind, SpanKind::Term { .. });
        assert!(scene.spans.iter().filter(is_term).any(|it| it.until <= from), "the terms before it are drawn");
        assert!(scene.spans.iter().filter(is_term).any(|it| it.until > until), "and those that outlast it");
    }
}

/// The rounds of a run in which a node asks whether it would win.
fn rounds(played: &Played) -> usize {
    let asks = |kind: &EventKind| matches!(kind, EventKind::Noted(Note::Campaigns { trial: true, .. }));
    played.run.trace.events.iter().filter(|event| asks(&event.kind)).count()
}

#[test]
fn rounds_of_would_you_vote_fold_like_elections() {
    let played = Played::preset(37, None);
    let left_out = rounds(&played) - 3;
    assert!(left_out > 20, "{left_out}");
    for width in WIDTHS {
        let scene = played.scene(&wide(width));
        let is_of_rounds = |it: &&Repeat| prose::tell(it.tale, &played.view()).contains("more rounds");
        let [run] = scene.repeats.iter().filter(is_of_rounds).collect::<Vec<_>>()[..] else { panic!("one run") };
        assert_eq!(run.count as usize, left_out, "all but the first two and the last");
        let said = words(&scene, run).expect("the count has a label");
        assert!(said.starts_with(&format!("{left_out}")), "{said}");
        assert!(scene.labels.iter().all(|label| !label.text.contains("prevote")), "in the words of the arrows");
        let asked =
            scene.labels.iter().filter(|label| label.text.starts_with("would it win") || &*label.text == "term 2?");
        assert_eq!(asked.count(), 2, "at {width} px");
    }
    let run = played.at_900().repeats[0].key;
    assert!(opened(&played, [run]).height > played.at_900().height, "and open like them");
}

/// All three ask at once whether they would win, are told so, and stand: one election for each term, as without asking.
#[test]
fn rounds_that_end_in_candidacies_are_part_of_their_election() {
    let text = "fencepost 1\nuntil 12500ms\nnetwork delay 50ms\n\
        nodes N1 N2 N3 elect heartbeat 100ms timeouts 1s 1s 1s prevote on\n";
    let played = Played::text(text);
    let terms = played.run.trace.events.iter().filter_map(|event| match event.kind {
        EventKind::Noted(Note::Campaigns { term, .. }) => Some(term),
        _ => None,
    });
    let terms: BTreeSet<_> = terms.collect();
    assert!(rounds(&played) >= 3 * 8 && candidacies(&played).len() >= 3 * 8, "{terms:?}");
    let scene = played.at_900();
    let runs: Vec<&Repeat> =
        scene.repeats.iter().filter(|it| prose::tell(it.tale, &played.view()).contains("elections")).collect();
    let counts: Vec<usize> = runs.iter().map(|run| run.count as usize).collect();
    assert_eq!(counts, [terms.len() - 3], "all but the first two and the last");
}

#[test]
fn a_run_of_elections_can_be_opened_and_keeps_its_count_to_be_folded_again() {
    let played = Played::preset(36, Some("three"));
    let scene = played.at_900();
    let run =
        scene.repeats.iter().find(|it| words(&scene, it).is_some_and(|it| it.contains("elections"))).expect("a run");
    let all = opened(&played, [run.key]);
    let tallies = all.chips.iter().filter(|chip| chip.kind == ChipKind::Tally).count();
    assert_eq!(tallies, candidacies(&played).len(), "every election has its votes again");
    assert!(all.height > scene.height * 3);
    let again = all.repeats.iter().find(|it| it.key == run.key).expect("it is still there");
    assert!(again.open && words(&all, again).is_some(), "or nobody could fold it");
}

#[test]
fn a_crash_ends_a_run_of_elections() {
    let text = "fencepost 1\nuntil 60s\nnetwork delay 50ms\n\
        nodes N1 N2 N3 elect heartbeat 100ms timeout 1s..2s leader N3\n\
        partition N1 | N3 from 0s\ncrash N2 at 30s recover at 31s\n";
    let played = Played::text(text);
    let scene = played.at_900();
    let crash = fencepost_sim::Time::from_millis(30_000);
    let runs = scene.repeats.iter().filter(|it| words(&scene, it).is_some_and(|it| it.contains("elections")));
    let runs: Vec<_> = runs.map(|it| (it.from, it.until)).collect();
    assert!(runs.len() >= 2, "{runs:?}");
    assert!(runs.iter().all(|(from, until)| *until <= crash || crash < *from), "a crash is no part of one: {runs:?}");
}

#[test]
fn questions_asked_again_and_heartbeats_fold_and_open_the_same_way() {
    for (played, word) in [(kind("session"), "acquire"), (Played::preset(34, None), "heartbeat")] {
        let scene = played.at_900();
        let about = |it: &&Repeat| prose::tell(it.tale, &played.view()).contains(&format!("`{word}`"));
        let repeat = scene.repeats.iter().find(about).unwrap_or_else(|| panic!("{word}: {:?}", scene.repeats));
        assert!(words(&scene, repeat).is_some(), "{word}");
        let loud = |scene: &Scene| {
            let of_word = scene.arrows.iter().filter(|arrow| arrow.kind.word() == word);
            of_word
                .filter(|arrow| arrow.tone != Tone::Faint && arrow.about.participant == Some(repeat.participant))
                .count()
        };
        let open = opened(&played, [repeat.key]);
        assert!(loud(&open) >= loud(&scene) + repeat.count as usize, "{word}: {} of {}", loud(&open), loud(&scene));
        assert!(open.height > scene.height, "{word}: what is opened has room");
    }
}

#[test]
fn names_of_what_is_not_there_open_nothing() {
    let played = Played::preset(36, Some("three"));
    assert_eq!(opened(&played, [Key(7)]).arrows, played.at_900().arrows);
    let keys: BTreeSet<Key> = played.at_900().repeats.iter().map(|repeat| repeat.key).collect();
    assert_eq!(keys.len(), played.at_900().repeats.len(), "each has a name of its own");
}
