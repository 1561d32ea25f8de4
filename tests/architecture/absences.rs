//! Words that must not occur, where, and why.

use crate::reading::{Source, mentions, rust_sources, sources};

/// The engine: all that a run, its verdicts and its text are made of.
const BELOW_THE_SCENE: &[&str] = &["sim", "vocabulary", "protocols", "properties", "scenario", "lab"];

/// Each would make the same scenario run differently on another machine, or on another day.
const UNREPEATABLE: &[&str] = &[
    "f32",
    "f64",
    "HashMap",
    "HashSet",
    "SystemTime",
    "Instant",
    "std::time",
    "rand",
    "getrandom",
    "std::thread",
    "std::env",
];

/// These differ in the last bit between processors and mathematics libraries; a picture's bytes would too.
/// Square roots, sums and products are exact everywhere by IEEE 754.
const INEXACT: &[&str] =
    &[".sin(", ".cos(", ".tan(", ".atan", ".asin(", ".acos(", ".powf(", ".exp(", ".ln(", ".log", ".hypot("];

/// Each turns text into markup. A scenario is a stranger's text.
const MARKUP_FROM_TEXT: &[&str] = &[
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "set_inner_html",
    "set_outer_html",
    "from_html_unchecked",
    "document.write",
    "eval(",
];

fn assert_absent(files: &[Source], words: &[&str], reason: &str) {
    assert!(!files.is_empty(), "there are no files to look at: has a folder moved?");
    let found: Vec<String> = files.iter().flat_map(|file| mentions_in(file, words)).collect();
    assert!(found.is_empty(), "{reason}:\n{}", found.join("\n"));
}

fn mentions_in(file: &Source, words: &[&str]) -> Vec<String> {
    let hits = file.code_lines().flat_map(|(number, code)| {
        let named = words.iter().filter(move |word| mentions(code, word));
        named.map(move |word| format!("  {}:{number} says {word}", file.name))
    });
    hits.collect()
}

#[test]
fn nothing_below_the_scene_depends_on_the_machine_or_the_day() {
    for layer in BELOW_THE_SCENE {
        let files = rust_sources(&format!("crates/{layer}/src"));
        assert_absent(&files, UNREPEATABLE, "a run must be the same everywhere");
    }
}

#[test]
fn a_picture_is_the_same_bytes_everywhere() {
    let files = rust_sources("crates/scene/src");
    assert_absent(&files, INEXACT, "native and wasm must draw the same bytes");
    assert_absent(
        &files,
        &["HashMap", "HashSet", "SystemTime", "Instant", "rand", "web_sys"],
        "a scene is a function of its view",
    );
}

#[test]
fn no_text_becomes_markup() {
    let mut files = rust_sources("src");
    files.extend(sources("static", &["js", "mjs", "html"]));
    assert_absent(&files, MARKUP_FROM_TEXT, "a scenario is a stranger's text");
}

#[test]
fn no_test_is_ignored() {
    let mut files = rust_sources("crates");
    files.extend(rust_sources("src"));
    files.extend(rust_sources("tests").into_iter().filter(|file| !file.name.starts_with("tests/architecture")));
    assert_absent(&files, &["#[ignore"], "a test that never runs protects nothing");
}

/// The whole of the page's dealings with the browser, so that `update` stays a function that tests can call.
#[test]
fn one_file_holds_the_window() {
    let reaching = |file: &Source| {
        file.code_lines().any(|(_, code)| mentions(code, "web_sys::window") || mentions(code, "window()"))
    };
    let names: Vec<String> = rust_sources("src").into_iter().filter(reaching).map(|file| file.name).collect();
    assert!(names.len() <= 1, "only one file may reach for the window, the effects: {names:?}");
}

/// With no inline script, the page's Content-Security-Policy can forbid them all.
#[test]
fn no_script_is_written_inside_the_page() {
    for page in sources("", &["html"]).iter().filter(|page| !page.name.starts_with("bench/")) {
        for opening in page.text.split("<script").skip(1) {
            let (tag, rest) = opening.split_once('>').expect("a closed tag");
            let outside = tag.contains("src=") && rest.starts_with("</script>");
            assert!(outside, "{} holds an inline script: <script{tag}>", page.name);
        }
    }
}
