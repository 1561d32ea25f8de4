//! docs/semantics.md names, after each rule, the tests that fail when it is broken. Here each of them is looked up.

use std::fs;

use crate::reading::root;

/// A link of the document: what it names, and the file it names it in.
struct Named<'text> {
    name: &'text str,
    file: &'text str,
}

/// Every link to a file of the repository, in order.
fn links(text: &str) -> Vec<Named<'_>> {
    let ends = text.match_indices("](../");
    let link = |(at, opening): (usize, &str)| {
        let (name, rest) = (&text[text[..at].rfind('[')? + 1..at], &text[at + opening.len()..]);
        Some(Named { name, file: &rest[..rest.find(')')?] })
    };
    ends.filter_map(link).collect()
}

/// In Rust a function marked as a test; in a lecture the title of a case.
fn exists(named: &Named<'_>) -> bool {
    let Ok(text) = fs::read_to_string(root().join(named.file)) else { return false };
    if named.file.ends_with(".rs") {
        return is_test(&text, named.name.trim_matches('`'));
    }
    text.lines().any(|line| ["==== ", "# "].iter().any(|mark| line.strip_prefix(mark) == Some(named.name)))
}

fn is_test(text: &str, name: &str) -> bool {
    let opening = format!("fn {name}(");
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    let places = (0..lines.len()).filter(|at| lines[*at].starts_with(&opening));
    // Between the mark and the function there are only further marks.
    let marks = |at: usize| lines[..at].iter().rev().take_while(|line| line.starts_with("#["));
    places.into_iter().any(|at| marks(at).any(|line| *line == "#[test]" || line.ends_with(", test)]")))
}

#[test]
fn every_test_that_the_semantics_names_is_there() {
    let text = fs::read_to_string(root().join("docs/semantics.md")).expect("the document is there");
    let named = links(&text);
    assert!(named.len() > 80, "only {} links: has their form changed?", named.len());
    let missing: Vec<String> = named
        .iter()
        .filter(|named| !exists(named))
        .map(|named| format!("  {} in {}", named.name, named.file))
        .collect();
    assert!(missing.is_empty(), "docs/semantics.md names tests that are not there:\n{}", missing.join("\n"));
}

/// A rule without a test is a promise that nobody keeps.
#[test]
fn every_rule_of_the_semantics_names_a_test() {
    let text = fs::read_to_string(root().join("docs/semantics.md")).expect("the document is there");
    let (_, rules) = text.split_once("\n## Time and order").expect("the rules begin there");
    let bullets: Vec<&str> = rules.split("\n- **").skip(1).collect();
    let bare: Vec<_> =
        bullets.iter().filter(|rule| !rule.contains("](../")).flat_map(|rule| rule.lines().next()).collect();
    assert!(bullets.len() > 30, "only {} rules: has their form changed?", bullets.len());
    assert!(bare.is_empty(), "docs/semantics.md names no test for:\n{}", bare.join("\n"));
}

#[test]
fn a_helper_is_no_test() {
    let text = "#[test]\n#[cfg(unix)]\nfn one() {}\nfn two() {}\n    #[cfg_attr(not(target_arch = \"wasm32\"), test)]\n    fn three() {}\n";
    assert_eq!(["one", "two", "three", "four"].map(|name| is_test(text, name)), [true, false, true, false]);
    let named = links("- a rule\n  Tests: [`one`](../a.rs), [a case](../b.txt)");
    assert_eq!(named.iter().map(|it| (it.name, it.file)).collect::<Vec<_>>(), [("`one`", "a.rs"), ("a case", "b.txt")]);
}
