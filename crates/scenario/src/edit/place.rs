//! Where a new line goes: beside its like, and never into the middle of something else.

use crate::document::Document;
use crate::edit::lines::Lines;
use crate::edit::words::{indent_of, with_word_after};
use crate::lines::ViewLines;
use crate::model::FaultSpec;
use crate::parse::Parsed;
use crate::print::print_fault;
use crate::time::written;

/// The texts with one more fault: in the base; or, where the variant would hide it, in the variant.
pub(crate) fn added(lines: &Lines<'_>, fault: &FaultSpec, variant: Option<&str>, parsed: &Parsed) -> Vec<Document> {
    let said = print_fault(fault);
    let in_base = added_to_base(lines.clone(), said.clone(), parsed);
    let index = variant.and_then(|name| parsed.scenario.variants.iter().position(|one| one.name == name));
    let in_variant = index.map(|index| added_to_variant(lines.clone(), said, parsed, index));
    std::iter::once(in_base).chain(in_variant).map(Lines::finish).collect()
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
    let optional = base.data.iter().chain(&base.renewals).flatten();
    let last = base.participants.iter().chain(optional).chain(&base.links).max().copied();
    let said = [base.until, base.delay, base.title, base.about].into_iter().flatten().max();
    let variant = parsed.lines.variants.first().map(|variant| variant.header);
    let end = variant.unwrap_or_else(|| lines.count() - usize::from(lines.line(lines.count() - 1).is_empty()));
    last.or(said).map_or(end, |last| last + 1)
}

/// After the variant's last change, indented like it.
fn added_to_variant<'a>(lines: Lines<'a>, said: String, parsed: &Parsed, index: usize) -> Lines<'a> {
    let own = &parsed.lines.variants[index];
    let (after, indent) = match own.changes.iter().max() {
        Some(last) => (*last, indent_of(lines.line(*last)).to_owned()),
        None => (own.header, "  ".to_owned()),
    };
    lines.inserted(after + 1, format!("{indent}{said}"))
}

/// With `until 30s` or `network delay 20ms`: in the line that says it, or in a new one where such lines stand.
pub(crate) fn with_world<'a>(
    lines: Lines<'a>,
    word: &str,
    before: &str,
    micros: u64,
    line: Option<usize>,
    parsed: &Parsed,
) -> Lines<'a> {
    if let Some(line) = line {
        return match with_word_after(lines.line(line), word, |_| written(micros)) {
            Some(said) => lines.set(line, said),
            None => lines,
        };
    }
    let base = &parsed.lines.base;
    let near = [base.until, base.delay, base.about, base.title].into_iter().flatten().max();
    let version = (0..lines.count()).find(|line| lines.line(*line).trim_start().starts_with("fencepost"));
    let at = near.or(version).map_or(0, |line| line + 1);
    lines.inserted(at, format!("{before}{word} {}", written(micros)))
}
