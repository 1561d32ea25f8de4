//! `fencepost check FILE…`

use std::collections::BTreeMap;
use std::path::PathBuf;

use fencepost_lab::{Outcome, Run};
use fencepost_scenario::View;

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

/// One view of a scenario, run.
struct Seen {
    name: Option<String>,
    view: View,
    run: Run,
    claims: Vec<Outcome>,
}

fn check_source(source: &Source) -> Status {
    let seen = views(source);
    let mut status = output::print(&table(source, &seen));
    for said in idle_faults(source, &seen) {
        output::complain(&said);
    }
    for outcome in seen.iter().flat_map(|seen| &seen.claims).filter(|outcome| !outcome.holds) {
        output::complain(&refuted(source, outcome));
        status = status.max(Status::Refuted);
    }
    status
}

/// The base and all variants, each run once.
fn views(source: &Source) -> Vec<Seen> {
    let variants = source.parsed.scenario.variants.iter().map(|variant| Some(variant.name.clone()));
    let seen = std::iter::once(None).chain(variants).filter_map(|name| {
        let view = source.parsed.view(name.as_deref())?;
        let run = fencepost_lab::run(&view.scenario);
        let claims = fencepost_lab::check_run(name.as_deref(), &view.scenario, &run);
        Some(Seen { name, view, run, claims })
    });
    seen.collect()
}

fn table(source: &Source, seen: &[Seen]) -> String {
    let mut text = format!("{} · {}\n", source.name, source.parsed.scenario.title);
    for Seen { name, view, run, claims } in seen {
        let hold = claims.iter().filter(|outcome| outcome.holds).count();
        let heading = name.as_ref().map_or("as it is".to_owned(), |name| format!("variant {name}"));
        text.push_str(&format!("\n{heading}: {hold} of {} claims hold · trace {:016x}\n", claims.len(), run.digest()));
        text.push_str(&output::cut_short(run));
        text.push_str(&idle(source, claims));
        for dangling in &run.dangling {
            let line = view.lines.faults.get(dangling.fault.index()).map_or(0, |line| line + 1);
            text.push_str(&format!("  line {line}: does not strike: {}\n", dangling.reason));
        }
        text.push_str(&output::verdicts(run));
        text.push_str(&output::figures(run));
    }
    text.push('\n');
    text
}

/// The faults that strike in none of the views that have them, each with the reason in the first of these. One that
/// strikes in some may well be what the others are there to prevent.
fn idle_faults(source: &Source, seen: &[Seen]) -> Vec<String> {
    let mut idle: BTreeMap<usize, Option<&str>> = BTreeMap::new();
    for Seen { view, run, .. } in seen {
        for (index, line) in view.lines.faults.iter().enumerate() {
            let dangling = run.dangling.iter().find(|dangling| dangling.fault.index() == index);
            let reason = dangling.map(|dangling| dangling.reason.as_str());
            let known = idle.entry(*line).or_insert(reason);
            *known = known.and(reason).and(*known);
        }
    }
    let said = idle.into_iter().filter_map(|(line, reason)| Some((line, reason?)));
    said.map(|(line, reason)| format!("{}\nwarning: this never strikes: {reason}", place_of(source, line))).collect()
}

/// The claims that hold because nothing in the run is of the kind they speak of.
fn idle(source: &Source, claims: &[Outcome]) -> String {
    let idle = claims.iter().filter(|outcome| outcome.nothing_to_judge);
    let lines = idle.filter_map(|outcome| {
        let line = line_of(source, outcome)?;
        let text = source.document.lines().nth(line)?;
        Some(format!("  line {}: nothing to judge: {}\n", line + 1, text.trim()))
    });
    lines.collect()
}

fn refuted(source: &Source, outcome: &Outcome) -> String {
    let line = line_of(source, outcome).unwrap_or_default();
    format!("{}\nerror: {}", place_of(source, line), outcome.complaint())
}

/// A whole line, pointed at.
fn place_of(source: &Source, line: usize) -> String {
    let text = source.document.lines().nth(line).unwrap_or_default();
    let column = text.chars().take_while(|it| it.is_whitespace()).count();
    output::place(source, line, column, text.trim().chars().count())
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
