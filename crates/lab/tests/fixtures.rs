//! The roles, one rule at a time: a scenario, and what an observer notes of its run.
//!
//! Each file in `fixtures/` is a lecture: `==== what this shows`, the scenario without its first line, `----`, then
//! what is said about the text, what happens (notes, faults and lost messages; the comings and goings are left out) and every verdict that is not
//! plainly fine. `UPDATE_GOLDEN=1 cargo test -p fencepost-lab --test fixtures` writes the expected part anew; review it.
#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};

use fencepost_lab::{Run, run, words};
use fencepost_properties::{Reason, State};
use fencepost_scenario::Document;
use fencepost_sim::{Fate, ParticipantId};
use fencepost_vocabulary::{Event, EventKind, Message};

/// One case of a lecture.
struct Case {
    title: String,
    text: String,
    expected: String,
}

fn cases(lecture: &str) -> Vec<Case> {
    let parts = lecture.split("==== ").skip(1);
    let case = |part: &str| {
        let (title, rest) = part.split_once('\n').expect("a case has a title and a text");
        let (text, expected) = rest.split_once("----\n").expect("a case has an expected part");
        Case { title: title.to_owned(), text: text.to_owned(), expected: expected.trim_end().to_owned() }
    };
    parts.map(case).collect()
}

fn observed(case: &Case) -> String {
    let parsed = Document::new(format!("fencepost 1\n{}", case.text)).parse();
    let run = run(&parsed.scenario);
    let mut lines: Vec<String> = parsed.diagnostics.iter().map(ToString::to_string).collect();
    lines.extend(run.trace.events.iter().filter_map(|event| line(event, &run)));
    lines.extend(run.dangling.iter().map(|it| format!("fault {} dangles. {}", it.fault.index() + 1, it.reason)));
    lines.extend(run.verdicts.iter().filter(|verdict| is_remarkable(verdict.state)).map(|verdict| {
        let subject = verdict.subject.map(|id| format!("({})", run.cast.name(id))).unwrap_or_default();
        format!("{}{subject}: {}. {}", verdict.property.word(), verdict.state.word(), verdict.sentence)
    }));
    lines.join("\n")
}

fn is_remarkable(state: State) -> bool {
    !matches!(state, State::Held | State::Met { .. } | State::Unseen | State::NoVerdict(Reason::NothingToJudge))
}

fn line(event: &Event, run: &Run) -> Option<String> {
    let tells = match &event.kind {
        // A lost heartbeat is told by who suspects whom.
        EventKind::Sent { message: Message::Heartbeat { .. }, .. }
        | EventKind::Lost { message: Message::Heartbeat { .. }, .. } => false,
        EventKind::Noted(_)
        | EventKind::FaultStarted { .. }
        | EventKind::FaultEnded { .. }
        | EventKind::Crashed { .. }
        | EventKind::Recovered { .. }
        | EventKind::ClockSet { .. }
        | EventKind::Lost { .. }
        | EventKind::Duplicated { .. } => true,
        EventKind::Sent { fate, .. } => !matches!(fate, Fate::OnTime { .. }),
        _ => false,
    };
    let who = if event.participant == ParticipantId::NETWORK { "network" } else { run.cast.name(event.participant) };
    tells.then(|| format!("{}: {who} {}", event.time, words::event(&event.kind, &run.cast)))
}

fn check(path: &Path) {
    let lecture = std::fs::read_to_string(path).expect("a fixture can be read");
    let cases = cases(&lecture);
    assert!(!cases.is_empty(), "{} has no case", path.display());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let opening = lecture.split("==== ").next().unwrap_or_default();
        let anew = cases.iter().map(|case| format!("==== {}\n{}----\n{}\n\n", case.title, case.text, observed(case)));
        let text = format!("{opening}{}", anew.collect::<String>());
        std::fs::write(path, text.trim_end().to_owned() + "\n").expect("the fixture can be written");
        return;
    }
    for case in cases {
        assert_eq!(observed(&case), case.expected, "{}: {}", path.display(), case.title);
    }
}

#[test]
fn every_lecture_is_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 4, "{} fixtures", paths.len());
    paths.iter().for_each(|path| check(path));
}
