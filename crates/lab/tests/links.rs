//! Links that were posted once: what they open still runs as it did, down to the digest.
//!
//! That they open as the same text is tested beside the links, in `fencepost-scenario`. `UPDATE_GOLDEN=1` adds a new
//! link's line; a line that changes is a link that someone posted and that now shows something else.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fencepost_lab::run;
use fencepost_properties::{Reason, State};
use fencepost_scenario::{Document, link};

/// A line for each link: its file, its verdicts that are not plainly held or met, and its digest.
fn told() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenario/tests/links");
    let files = std::fs::read_dir(folder).expect("the corpus is there");
    files.map(|file| told_of(file.expect("it can be listed").path())).collect()
}

fn told_of(path: PathBuf) -> (String, String) {
    let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    let content = std::fs::read_to_string(path).expect("a corpus file is text");
    let (address, _) = content.split_once("\n----\n").expect("a link, a line, a text");
    let opened = link::decode(address).unwrap_or_else(|failure| panic!("{name}: {failure}"));
    let scenario = Document::new(opened.opened.text().expect("the corpus holds texts")).parse().scenario;
    // A variant that is not there opens as the base, and the page says so.
    let view = scenario.view(opened.view.variant.as_deref()).or_else(|| scenario.view(None));
    let run = run(&view.expect("the base is always there"));
    let is_empty = |state| state == State::NoVerdict(Reason::NothingToJudge);
    let told = run.verdicts.iter().filter(|verdict| !is_empty(verdict.state));
    let remarkable = told.filter(|verdict| !matches!(verdict.state.word(), "held" | "met"));
    let words: Vec<String> =
        remarkable.map(|verdict| format!("{} {}", verdict.property.word(), verdict.state.word())).collect();
    (name, format!("{:016x} {}", run.digest(), words.join(", ")).trim_end().to_owned())
}

#[test]
fn every_link_ever_posted_runs_as_it_did() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links.txt");
    let told: String = told().into_iter().map(|(name, line)| format!("{name} {line}\n")).collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &told).expect("the list can be written");
    }
    let known = std::fs::read_to_string(&path).expect("the list is there");
    assert_eq!(told, known);
    assert!(known.lines().count() >= 7, "the corpus only grows");
}
