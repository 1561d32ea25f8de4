//! How long files and functions may be, and that each module says what it is.
//!
//! Both limits are ratchets: lower them when the code allows it, and never raise them.

use crate::reading::{Source, rust_sources};

/// Lines in the longest Rust file, its tests included.
const LONGEST_FILE: usize = 500;

/// Lines in the longest function, its signature and closing brace included.
const LONGEST_FUNCTION: usize = 70;

/// Of a hundred functions, so many may be longer than forty lines.
const PERCENT_OVER_FORTY: usize = 4;

fn all_sources() -> Vec<Source> {
    let folders = ["crates", "src", "tests", "bench"];
    folders.into_iter().flat_map(rust_sources).collect()
}

/// A function's place and length.
struct Function {
    place: String,
    lines: usize,
}

/// Formatted code closes a function with a brace under the first letter of its `fn` line, so its length is a count.
fn functions_of(source: &Source) -> Vec<Function> {
    let lines: Vec<&str> = source.text.lines().collect();
    let starts = (0..lines.len()).filter(|at| opens_function(lines[*at]));
    starts.filter_map(|at| measure(source, &lines, at)).collect()
}

fn opens_function(line: &str) -> bool {
    let mut words = line.split_whitespace().peekable();
    while words
        .next_if(|word| word.starts_with("pub") || ["const", "async", "crate)", "super)"].contains(word))
        .is_some()
    {}
    words.next() == Some("fn")
}

/// None for a function without a body, or on one line.
fn measure(source: &Source, lines: &[&str], at: usize) -> Option<Function> {
    let indent = lines[at].len() - lines[at].trim_start().len();
    let closing = format!("{}}}", " ".repeat(indent));
    let ended = |line: &&str| {
        line.trim_end().ends_with(';') && line.starts_with(&closing[..indent]) && !line[indent..].starts_with(' ')
    };
    let end = lines[at..]
        .iter()
        .position(|line| *line == closing || ended(line) || (line.ends_with('}') && line.contains("fn ")))?;
    Some(Function { place: format!("{}:{}", source.name, at + 1), lines: end + 1 })
}

#[test]
fn files_are_short() {
    for source in all_sources() {
        let lines = source.text.lines().count();
        assert!(
            lines <= LONGEST_FILE,
            "{} has {lines} lines, more than {LONGEST_FILE}: cut it where it tells two stories",
            source.name
        );
    }
}

#[test]
fn functions_are_short() {
    let functions: Vec<Function> = all_sources().iter().flat_map(functions_of).collect();
    assert!(functions.len() > 100, "only {} functions were found: has the counting broken?", functions.len());
    let too_long = functions.iter().filter(|one| one.lines > LONGEST_FUNCTION);
    let too_long: Vec<String> = too_long.map(|one| format!("  {} has {} lines", one.place, one.lines)).collect();
    assert!(too_long.is_empty(), "functions over {LONGEST_FUNCTION} lines:\n{}", too_long.join("\n"));
    let over_forty = functions.iter().filter(|one| one.lines > 40).count();
    let share = over_forty * 100 / functions.len();
    assert!(share <= PERCENT_OVER_FORTY, "{over_forty} of {} functions are longer than 40 lines", functions.len());
}

#[test]
fn every_module_says_what_it_is() {
    for source in all_sources() {
        let first = source.text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! ") && first.len() > 15,
            "{} must open with a `//!` line that says what it is",
            source.name
        );
    }
}

#[test]
fn a_function_is_measured_from_its_name_to_its_brace() {
    let text = "impl X {\n    pub(crate) const fn a(\n        b: u8,\n    ) -> u8 {\n        b\n    }\n    fn c();\n}\nfn d() {}\n";
    let source = Source { name: "x.rs".into(), text: text.into() };
    let lengths: Vec<usize> = functions_of(&source).iter().map(|one| one.lines).collect();
    assert_eq!(lengths, [5, 1, 1]);
}
