//! Every rule against traces written by hand. Each file of `testdata` is a series of cases: a title, what happens, then
//! `----` and what the judge says of the properties listed behind `judge`. `UPDATE_GOLDEN=1` writes down what it says
//! now; read the difference before you keep it.
#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::support::story;
use fencepost_properties::{Evidence, Ledger, State, Verdict, judge_claimed};
use fencepost_vocabulary::{Cast, PropertyKind, Trace};

#[test]
fn the_judge_says_what_is_written_down() {
    let files = files();
    assert!(!files.is_empty(), "there is test data");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("readable test data");
        let said = retell(&text);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&file, &said).expect("writable test data");
        } else if let Some(difference) = difference(&text, &said) {
            panic!("{}: {difference}", file.display());
        }
    }
}

/// The first line in which two texts differ.
fn difference(written: &str, said: &str) -> Option<String> {
    let line = written.lines().zip(said.lines()).position(|(written, said)| written != said);
    let line = line.or((written != said).then(|| written.lines().count().min(said.lines().count())))?;
    let at = |text: &str| text.lines().nth(line).unwrap_or("nothing more").to_owned();
    Some(format!("line {}\nwritten down: {}\nthe judge says: {}", line + 1, at(written), at(said)))
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/testdata");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// The file as it would be if the judge had written its verdicts.
fn retell(text: &str) -> String {
    let cases: Vec<String> = text.trim().split("\n\n").map(retell_case).collect();
    cases.join("\n\n") + "\n"
}

fn retell_case(case: &str) -> String {
    let (input, _) = case.split_once("\n----").unwrap_or((case, ""));
    let (judged, happening): (Vec<&str>, Vec<&str>) = input.lines().partition(|line| line.starts_with("judge "));
    let story = story::read(&happening.join("\n"));
    let words = judged.iter().flat_map(|line| line.split_whitespace().skip(1));
    let property = |word| PropertyKind::from_word(word).unwrap_or_else(|| panic!("{word:?} is no property"));
    let claimed: Vec<PropertyKind> = words.map(property).collect();
    let ledger = Ledger::read(&story.trace, &story.cast);
    let verdicts = judge_claimed(&ledger, &story.trace, &story.cast, &story.assumptions, &claimed);
    let mut said = format!("{input}\n----");
    for property in claimed {
        for verdict in verdicts.iter().filter(|verdict| verdict.property == property) {
            write!(said, "\n{}", line(verdict, &story.cast, &story.trace)).expect("a string takes everything");
        }
    }
    said
}

/// `effect-order(S) violated at 15.2 s (10.25 s, 15.2 s): the sentence`
fn line(verdict: &Verdict, cast: &Cast, trace: &Trace) -> String {
    let subject = verdict.subject.map_or(String::new(), |id| format!("({})", cast.name(id)));
    let events: Vec<String> = verdict.events.iter().map(|id| trace.event(*id).time.to_string()).collect();
    let events = if events.is_empty() { String::new() } else { format!(" [{}]", events.join(", ")) };
    let (word, state) = (verdict.property.word(), state(verdict.state));
    format!("{word}{subject} {state}{events}: {}", verdict.sentence)
}

fn state(state: State) -> String {
    let word = state.word();
    match state {
        State::Violated { at, .. } => format!("{word} at {at}"),
        State::Pending { age } => format!("{word} for {age}"),
        State::Stuck { evidence: Evidence::Quiescent, since } => format!("{word} quiescent since {since}"),
        State::Stuck { evidence: Evidence::GaveUp, since } => format!("{word} given up since {since}"),
        State::Stuck { evidence: Evidence::Horizon, since } => format!("{word} horizon since {since}"),
        State::Stuck { evidence: Evidence::Lasso { length }, since } => {
            format!("{word} lasso of {length} since {since}")
        }
        State::Quiet { since } => format!("{word}, quiet since {since}"),
        State::Met { after, at, .. } => format!("{word} after {after} at {at}"),
        State::NoVerdict(reason) => format!("{word} ({})", reason.word()),
        State::Seen { from, until } => format!("{word} from {from} until {until}"),
        State::Held | State::Unseen => word.into(),
    }
}
