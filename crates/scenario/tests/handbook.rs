//! `docs/language.md` is true: every example is read without a remark, every error is the one that is said, and no word
//! of the language is missing.

use fencepost_scenario::{Diagnostic, Document, limits};
use fencepost_vocabulary::{CheckMode, MessageKind, PropertyKind, Step};

const HANDBOOK: &str = include_str!("../../../docs/language.md");

/// The fenced blocks of one language, each with the line it begins in.
fn blocks(language: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut lines = HANDBOOK.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(label) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            if label == language {
                found.push((number + 1, format!("{}\n", body.join("\n"))));
            }
        }
    }
    found
}

/// The first scenario of the handbook, with these lines as one more variant.
fn in_the_world(lines: &str) -> Document {
    let world = &blocks("fencepost")[0].1;
    let block: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    Document::new(format!("{world}\nvariant example\n{block}")).for_others()
}

fn said(diagnostic: &Diagnostic) -> String {
    let suggestion = diagnostic.suggestion.iter().map(|word| format!("; did you mean `{word}`?"));
    std::iter::once(diagnostic.message.clone()).chain(suggestion).collect()
}

#[test]
fn every_whole_scenario_is_sound() {
    let all = blocks("fencepost");
    assert!(all.len() >= 5);
    for (line, text) in all {
        assert_eq!(Document::new(text).parse().diagnostics, [], "the example in line {line}");
    }
}

#[test]
fn every_line_shown_can_stand_in_a_variant_of_the_first_scenario() {
    let all = blocks("fencepost-lines");
    assert!(all.len() >= 33);
    for (line, lines) in all {
        let parsed = in_the_world(&lines).parse();
        assert_eq!(parsed.diagnostics, [], "the example in line {line}");
        let variant = parsed.scenario.variants.last().expect("the example is a variant");
        let count = variant.changes.len() + variant.expectations.len();
        assert_eq!(count, lines.lines().count(), "every line of the example in line {line} means something");
    }
}

#[test]
fn every_error_is_the_one_that_is_said() {
    let all = blocks("fencepost-error");
    assert!(all.len() >= 100);
    for (line, block) in all {
        let (written, expected) = block.split_once("----\n").expect("a text, a line, what is said");
        let whole = written.starts_with("fencepost") || written.starts_with('#');
        let document = if whole { Document::new(written) } else { in_the_world(written) };
        let found: Vec<String> = document.parse().diagnostics.iter().map(said).collect();
        assert_eq!(found, expected.lines().collect::<Vec<_>>(), "the error in line {line}");
    }
}

#[test]
fn every_statement_has_an_example_and_an_error() {
    let headings: Vec<&str> = HANDBOOK.lines().filter(|line| line.starts_with("### `")).collect();
    for word in
        ["fencepost", "title", "about", "until", "seed", "network", "model", "failures", "lock", "store", "client"]
            .into_iter()
            .chain(["members", "generals", "pause", "crash", "mute", "deafen", "clock", "partition", "drop", "delay"])
            .chain(["duplicate", "hold", "off", "expect", "variant", "remove"])
            .chain(["nodes", "register", "registry", "pair", "lie"])
    {
        assert!(headings.iter().any(|heading| heading.contains(&format!("`{word}"))), "{word}");
    }
    for section in HANDBOOK.split("\n### `").skip(1) {
        let section = section.split("\n## ").next().unwrap_or_default();
        let name = section.lines().next().unwrap_or_default();
        assert!(section.contains("```fencepost\n") || section.contains("```fencepost-lines\n"), "example for `{name}");
        assert!(section.contains("```fencepost-error\n"), "error for `{name}");
    }
}

#[test]
fn no_word_is_missing() {
    let words = CheckMode::ALL.map(CheckMode::word).into_iter();
    let words = words.chain(PropertyKind::ALL.map(PropertyKind::word)).map(|word| format!("`{word}`"));
    let bare = Step::ALL.map(Step::word).into_iter().chain(MessageKind::ALL.map(MessageKind::word));
    for word in words.chain(bare.map(str::to_owned)) {
        assert!(HANDBOOK.contains(&word), "{word}");
    }
    for kind in PropertyKind::ALL.iter().filter(|kind| **kind != PropertyKind::BeliefOverlap) {
        assert!(HANDBOOK.contains(kind.definition()), "{}", kind.definition());
    }
}

#[test]
fn the_limits_are_the_real_ones() {
    let rows = [
        ("participants", limits::PARTICIPANTS),
        ("replicated locks and stores", limits::OBJECTS),
        ("generals who agree by word of mouth", limits::OFFICERS),
        ("rounds of relaying", limits::ROUNDS),
        ("lines", limits::LINES),
        ("bytes in a line", limits::LINE),
        ("bytes in a text", limits::TEXT),
        ("faults, switched off or not", limits::FAULTS),
        ("variants", limits::VARIANTS),
        ("steps of a program, each repetition of a write counted", limits::STEPS),
    ];
    let plain = HANDBOOK.replace(',', "");
    for (what, most) in rows {
        assert!(plain.contains(&format!("| {} | {most} |", what.replace(',', ""))), "{what}");
    }
}
