//! `fencepost check FILE…`

use std::path::PathBuf;

use fencepost_lab::Outcome;

use crate::Status;
use crate::input::{self, Source};
use crate::output;

/// Checks all files, and ends with the worst of what it found.
pub(crate) fn check(files: &[PathBuf]) -> Status {
    let statuses: Vec<Status> = files
        .iter()
        .map(|path| match input::read(path) {
            Some(source) => check_source(&source),
            None => Status::Unusable,
        })
        .collect();
    statuses.into_iter().max().unwrap_or(Status::Fine)
}

fn check_source(source: &Source) -> Status {
    let outcomes = fencepost_lab::check(&source.parsed.scenario);
    let printed = output::print(&table(source, &outcomes));
    let mut status = printed;
    for outcome in outcomes.iter().filter(|outcome| !outcome.holds) {
        output::complain(&refuted(source, outcome));
        status = status.max(Status::Refuted);
    }
    status
}

fn table(source: &Source, outcomes: &[Outcome]) -> String {
    let scenario = &source.parsed.scenario;
    let mut text = format!("{} · {}\n", source.name, output::harmless(&scenario.title));
    let names = std::iter::once(None).chain(scenario.variants.iter().map(|variant| Some(variant.name.as_str())));
    for name in names {
        let Some(view) = scenario.view(name) else { continue };
        let run = fencepost_lab::run(&view);
        let claims: Vec<_> = outcomes.iter().filter(|outcome| outcome.variant.as_deref() == name).collect();
        let hold = claims.iter().filter(|outcome| outcome.holds).count();
        let heading = name.map_or("as it is".to_owned(), |name| format!("variant {name}"));
        text.push_str(&format!("\n{heading}: {hold} of {} claims hold · trace {:016x}\n", claims.len(), run.digest()));
        text.push_str(&output::cut_short(&run));
        text.push_str(&idle(source, &claims));
        text.push_str(&output::verdicts(&run));
    }
    text.push('\n');
    text
}

/// The claims that hold because nothing in the run is of the kind they speak of.
fn idle(source: &Source, claims: &[&Outcome]) -> String {
    let idle = claims.iter().filter(|outcome| outcome.nothing_to_judge);
    let lines = idle.filter_map(|outcome| {
        let line = line_of(source, outcome)?;
        let text = source.document.lines().nth(line)?;
        Some(format!("  line {}: nothing to judge: {}\n", line + 1, output::harmless(text.trim())))
    });
    lines.collect()
}

fn refuted(source: &Source, outcome: &Outcome) -> String {
    let line = line_of(source, outcome).unwrap_or_default();
    let text = source.document.lines().nth(line).unwrap_or_default();
    let column = text.chars().take_while(|it| it.is_whitespace()).count();
    let length = text.trim().chars().count();
    format!("{}\nerror: {}", output::place(source, line, column, length), outcome.complaint())
}

fn line_of(source: &Source, outcome: &Outcome) -> Option<usize> {
    let lines = &source.parsed.lines;
    let list = match &outcome.variant {
        None => &lines.base.expectations,
        Some(name) => {
            let index = source.parsed.scenario.variants.iter().position(|variant| variant.name == *name)?;
            &lines.variants.get(index)?.expectations
        }
    };
    list.get(outcome.index).copied()
}
