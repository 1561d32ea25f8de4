//! Each scenario of the library and each of its variants: what happens, and what it means, as a text to review.
//!
//! `UPDATE_GOLDEN=1 cargo test -p fencepost-lab` writes the files anew; read the difference as carefully as code.
#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};

use fencepost_lab::{Run, run, words};
use fencepost_scenario::{Document, Scenario};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The scenario files by name, in order.
fn scenarios() -> Vec<(String, String)> {
    let folder = root().join("scenarios");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of scenarios is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "fencepost"))
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(&path).expect("a scenario can be read"))
    };
    files.into_iter().map(read).collect()
}

/// What happens and what it means, for the base and every variant.
fn told(scenario: &Scenario) -> String {
    let names = std::iter::once(None).chain(scenario.variants.iter().map(|variant| Some(variant.name.as_str())));
    names.map(|name| told_view(&scenario.view(name).expect("the variant is there"), name)).collect()
}

fn told_view(view: &Scenario, name: Option<&str>) -> String {
    let run = run(view);
    let mut text = format!("==== {}\n{}----\n", name.unwrap_or("as it is"), transcript(&run));
    for verdict in &run.verdicts {
        let subject = verdict.subject.map(|id| format!("({})", run.cast.name(id))).unwrap_or_default();
        let property = format!("{}{subject}", verdict.property.word());
        text.push_str(&format!("{property}: {}. {}\n", verdict.state.word(), verdict.sentence));
    }
    text.push_str(&format!("trace {:016x}\n\n", run.digest()));
    text
}

/// What happened. Nobody reviews a run of many thousand events of which almost all are signs of life and their answers, so
/// these are left out of a long one; that none of them is another is for its digest to say.
fn transcript(run: &Run) -> String {
    let all = words::transcript(run);
    if all.lines().count() <= MOST {
        return all;
    }
    let kept = |line: &&str| !PULSES.iter().any(|pulse| line.contains(pulse));
    all.lines().filter(kept).flat_map(|line| [line, "\n"]).collect()
}

/// The longest transcript that is told in full.
const MOST: usize = 2_000;
/// What tells the lines of signs of life from others.
const PULSES: [&str; 4] = ["`heartbeat`", "`appended`", "its heartbeat timer", "is still acknowledged as the leader"];

#[test]
fn every_scenario_runs_as_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let scenarios = scenarios();
    assert!(scenarios.len() >= 8, "found {} scenarios", scenarios.len());
    for (name, text) in scenarios {
        let parsed = Document::new(text).parse();
        assert!(parsed.is_sound(), "{name}: {}", parsed.diagnostics[0]);
        let (path, told) = (folder.join(format!("{name}.txt")), told(&parsed.scenario));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &told).expect("the golden file can be written");
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            told == golden,
            "{name} runs differently from {}:\n{}",
            path.display(),
            first_difference(&golden, &told)
        );
    }
}

fn first_difference(golden: &str, told: &str) -> String {
    let lines = golden.lines().zip(told.lines()).enumerate();
    match lines.into_iter().find(|(_, (old, new))| old != new) {
        Some((number, (old, new))) => format!("line {}\n  was {old}\n  is  {new}", number + 1),
        None => "one is longer than the other".to_owned(),
    }
}
