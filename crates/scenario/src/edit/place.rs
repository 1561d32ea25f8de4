//! Where a new line goes: beside its like, and never into the middle of something else.

use crate::document::Document;
use crate::edit::lines::Lines;
use crate::edit::words::{indent_of, with_word_after};
use crate::lines::ViewLines;
use crate::model::{FaultSpec, Statement};
use crate::parse::Parsed;
use crate::print::{print_fault, print_statement};

/// The texts with one more fault: in the base; or, where the variant would hide it, in the variant.
pub(crate) fn added(lines: &Lines<'_>, fault: &FaultSpec, variant: Option<&str>, parsed: &Parsed) -> Vec<Document> {
    let said = print_fault(fault);
    let in_base = added_to_base(lines.clone(), said.clone(), parsed).finish();
    std::iter::once(in_base).chain(added_to_variant(lines.clone(), said, variant, parsed)).collect()
}

/// After the last fault; else after the last participant, with a blank line between; else at the end of the base.
fn added_to_base<'a>(lines: Lines<'a>, said: String, parsed: &Parsed) -> Lines<'a> {
    let base = &parsed.lines.base;
    if let Some(last) = base.faults.iter().chain(&base.disabled).max() {
        return lines.inserted(last + 1, said);
    }
    let after = after_world(base, parsed, &lines);
    let lines = with_gap(lines, after);
    let lines = lines.inserted(after, said);
    match after > 0 && !lines.line(after - 1).trim().is_empty() {
        true => lines.inserted(after, String::new()),
        false => lines,
    }
}

/// A blank line here, unless there is one or nothing follows.
fn with_gap(lines: Lines<'_>, at: usize) -> Lines<'_> {
    let needed = at < lines.count() && !lines.line(at).trim().is_empty();
    if needed { lines.inserted(at, String::new()) } else { lines }
}

/// The line after the last one that says what the world is.
fn after_world(base: &ViewLines, parsed: &Parsed, lines: &Lines<'_>) -> usize {
    let optional = base.data.iter().chain(&base.renewals).chain(&base.trusts).flatten();
    let last = base
        .participants
        .iter()
        .chain(&base.objects)
        .chain(&base.guards)
        .chain(optional)
        .chain(&base.links)
        .max()
        .copied();
    let said = [base.until, base.seed, base.delay, base.fifo, base.model, base.failures, base.title, base.about]
        .into_iter()
        .flatten()
        .max();
    let variant = parsed.lines.variants.first().map(|variant| variant.header);
    let end = variant.unwrap_or_else(|| lines.count() - usize::from(lines.line(lines.count() - 1).is_empty()));
    last.or(said).map_or(end, |last| last + 1)
}

/// After the variant's last change, indented like it.
fn added_to_variant(lines: Lines<'_>, said: String, variant: Option<&str>, parsed: &Parsed) -> Option<Document> {
    let index = parsed.scenario.variants.iter().position(|one| Some(one.name.as_str()) == variant)?;
    let own = &parsed.lines.variants[index];
    let (after, indent) = match own.changes.iter().max() {
        Some(last) => (*last, indent_of(lines.line(*last)).to_owned()),
        None => (own.header, "  ".to_owned()),
    };
    Some(lines.inserted(after + 1, format!("{indent}{said}")).finish())
}

/// The texts with `until 30s`, `seed 7` or `network delay 20ms`: in the line that says it; or in a new one, where such lines
/// stand, or in the variant if that removed it.
pub(crate) fn with_world(
    lines: Lines<'_>,
    statement: &Statement,
    line: Option<usize>,
    variant: Option<&str>,
    parsed: &Parsed,
) -> Vec<Document> {
    let said = print_statement(statement);
    let (before, time) = said.rsplit_once(' ').unwrap_or_default();
    if let Some(line) = line {
        let last = before.rsplit(' ').next().unwrap_or_default();
        let said = with_word_after(lines.line(line), last, |_| time.to_owned());
        return said.map(|said| lines.set(line, said).finish()).into_iter().collect();
    }
    new_world(lines, said, variant, parsed)
}

/// The texts with a new line of the world: where such lines stand, or in the variant if that removed it.
fn new_world(lines: Lines<'_>, said: String, variant: Option<&str>, parsed: &Parsed) -> Vec<Document> {
    let base = &parsed.lines.base;
    let near = [base.until, base.seed, base.delay, base.fifo, base.model, base.failures, base.about, base.title];
    let near = near.into_iter().flatten().max();
    let version = (0..lines.count()).find(|line| lines.line(*line).trim_start().starts_with("fencepost"));
    let at = near.or(version).map_or(0, |line| line + 1);
    let in_base = lines.clone().inserted(at, said.clone()).finish();
    std::iter::once(in_base).chain(added_to_variant(lines, said, variant, parsed)).collect()
}

/// The texts with `model …` or `failures …` said anew, or not said any more: without its line, or, where that would
/// uncover the line of the base, with a `remove`.
pub(crate) fn with_claim(
    lines: Lines<'_>,
    word: &str,
    claim: Option<&Statement>,
    line: Option<usize>,
    variant: Option<&str>,
    parsed: &Parsed,
) -> Vec<Document> {
    match (claim, line) {
        (Some(claim), Some(line)) => vec![lines.resaid(line, &print_statement(claim)).finish()],
        (Some(claim), None) => new_world(lines, print_statement(claim), variant, parsed),
        (None, Some(line)) => {
            vec![lines.clone().removed(line).finish(), lines.resaid(line, &format!("remove {word}")).finish()]
        }
        (None, None) => vec![lines.finish()],
    }
}
