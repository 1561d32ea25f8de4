//! What is printed, and how a place in a text is pointed at.

use std::io::Write;
use std::path::Path;

use fencepost_lab::{Lens, Oddity, Run, blame, first_violation};
use fencepost_properties::{State, Verdict};
use fencepost_scenario::visible::{visible, visible_line};
use fencepost_scenario::{Diagnostic, Scenario, Severity, print_fault};

use crate::Status;
use crate::input::Source;

/// Prints a result to standard output, with marks for what does not show. A reader who has gone away (`| head`) is no
/// error.
pub(crate) fn print(text: &str) -> Status {
    let mut out = std::io::stdout().lock();
    match out.write_all(visible(text).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            complain(&format!("The result cannot be written: {error}."));
            Status::Unusable
        }
        _ => Status::Fine,
    }
}

/// Prints a remark or an error to standard error, with marks for what does not show.
pub(crate) fn complain(text: &str) {
    // There is nobody left to tell if this fails.
    let _ = writeln!(std::io::stderr().lock(), "{}", visible(text));
}

/// A path as it is told: in one line, whatever it is called.
pub(crate) fn named(path: &Path) -> String {
    visible_line(&path.to_string_lossy()).into_owned()
}

/// A diagnostic with its file, line and column, the line itself, and a mark under the place.
pub(crate) fn pointed(source: &Source, diagnostic: &Diagnostic) -> String {
    let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
    let mut said = format!("{severity}: {}", diagnostic.message);
    if let Some(word) = &diagnostic.suggestion {
        said.push_str(&format!("; did you mean `{word}`?"));
    }
    format!("{}\n{said}", place(source, diagnostic.line, diagnostic.column, diagnostic.length))
}

/// `file:3:7`, the line, and a mark under `length` characters from `column` on; all counted from 0 here and from 1 there.
pub(crate) fn place(source: &Source, line: usize, column: usize, length: usize) -> String {
    let text = source.document.lines().nth(line).unwrap_or_default().replace('\t', " ");
    // A character that does not show is a mark of several, so the place moves with those before it.
    let part = |from: usize, most: usize| -> String { text.chars().skip(from).take(most).collect() };
    let shown = |part: String| visible(&part).chars().count();
    let beyond = (column + length).saturating_sub(text.chars().count().max(column));
    let marked = shown(part(column, length)) + beyond;
    let (before, mark) = (shown(part(0, column)), "^".repeat(marked.clamp(1, 200)));
    let number = (line + 1).to_string();
    let margin = " ".repeat(number.len());
    format!(
        "{}:{number}:{}\n{margin} |\n{number} | {text}\n{margin} | {}{mark}",
        source.name,
        column + 1,
        " ".repeat(before)
    )
}

/// That a run was cut short, if it was, and what that means.
pub(crate) fn cut_short(run: &Run) -> String {
    let said = |stopped| format!("Cut short: {stopped}. What had not happened by then has no verdict.\n");
    fencepost_properties::cut_short(&run.trace).map_or(String::new(), said)
}

/// The verdicts of a run as a table of three columns.
pub(crate) fn verdicts(run: &Run) -> String {
    let rows: Vec<_> = run.verdicts.iter().map(|verdict| row(verdict, run)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (first, second) = (width(0), width(1));
    let mut table = String::new();
    for [property, state, sentence] in &rows {
        table.push_str(&format!("  {property:first$}  {state:second$}  {sentence}\n"));
    }
    table
}

/// What is measured where nodes elect: "elections 3 · usable 96.4%", as claims about them are written.
pub(crate) fn figures(run: &Run) -> String {
    run.figures.map_or(String::new(), |figures| {
        let (whole, tenth) = (figures.usable / 10_000, figures.usable / 1_000 % 10);
        let part = if run.is_cut_short() { " of what was run" } else { "" };
        format!("  # elections {} · usable {whole}.{tenth}%{part}\n", figures.elections)
    })
}

/// The faults of a run, one a line: which of them the first violation needs, and which never strike.
pub(crate) fn faults(scenario: &Scenario, run: &Run) -> String {
    let lines: Vec<String> = scenario.faults.iter().map(print_fault).collect();
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    let blame = first_violation(run).map(|verdict| blame(scenario, run, verdict));
    let needed = |index: usize| blame.as_ref().is_some_and(|blame| blame.necessary.get(index) == Some(&true));
    let mut table = if lines.is_empty() { String::new() } else { "\nFaults\n".to_owned() };
    for (index, line) in lines.iter().enumerate() {
        let dangling = run.dangling.iter().find(|dangling| dangling.fault.index() == index);
        let remark = match (dangling, &blame) {
            (Some(dangling), _) => format!("does not strike: {}", dangling.reason),
            (None, Some(blame)) if needed(index) => {
                format!("necessary for {}", run.verdicts[blame.verdict].property.word())
            }
            (None, _) => String::new(),
        };
        table.push_str(format!("  {}  {line:width$}  {remark}", index + 1).trim_end());
        table.push('\n');
    }
    table
}

/// Which models allow the run, and what the others object to.
pub(crate) fn models(lens: &Lens) -> String {
    let mut table = "\nModels\n".to_owned();
    for row in lens.timing.iter().chain(&lens.failures) {
        let (sign, stated) =
            (if row.outside.is_empty() { '✓' } else { '✕' }, if row.stated { " (stated)" } else { "" });
        table.push_str(&format!("  {sign} {}{stated}\n", row.word));
        for outside in &row.outside {
            let what = match outside.what {
                Oddity::Fault(fault) => format!("fault {}: ", fault.index() + 1),
                Oddity::Event(_) => String::new(),
            };
            table.push_str(&format!("      {what}{}\n", outside.why));
        }
    }
    table
}

fn row(verdict: &Verdict, run: &Run) -> [String; 3] {
    let property = match verdict.subject {
        Some(id) => format!("{}({})", verdict.property.word(), run.cast.name(id)),
        None => verdict.property.word().to_owned(),
    };
    [format!("{} {property}", sign(verdict.state)), verdict.state.word().to_owned(), verdict.sentence.clone()]
}

fn sign(state: State) -> char {
    match state {
        State::Held | State::Met { .. } | State::Unseen => '✓',
        State::Violated { .. } => '✕',
        State::Stuck { .. } => '■',
        State::Pending { .. } | State::Quiet { .. } => '…',
        State::Seen { .. } => '!',
        State::NoVerdict(_) => '–',
    }
}
