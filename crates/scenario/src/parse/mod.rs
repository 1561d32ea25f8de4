//! From a text to what it means: the best scenario it can be read as, and a diagnostic for everything that was not
//! understood. It never fails, and it never runs beyond [`limits`].
//!
//! [`line`] reads one statement; this file puts the lines together. What follows from names that point nowhere is
//! looked at in [`review`].

mod client;
mod clock;
mod expect;
mod fault;
mod group;
mod keywords;
pub mod limits;
mod line;
mod lock;
mod node;
mod problem;
mod program;
mod registry;
mod review;
mod shared;
mod store;
mod token;
mod variant;
mod version;
mod words;
mod world;

use crate::diagnostic::Diagnostic;
use crate::lines::{LineMap, VariantLines};
use crate::model::{Expectation, Scenario, Statement, Variant};
use crate::view::{Located, View, assemble, settle};
pub(crate) use keywords::is_word;
use line::Item;
use problem::Problem;
pub(crate) use store::is_option as is_store_option;
pub(crate) use token::{Token, TokenKind, is_name, tokens};
pub use version::Version;
pub(crate) use version::raised;

/// What can be said in each kind of line, each once and in any order.
pub(crate) mod options {
    pub(crate) use super::group::{GENERAL_OPTIONS, MEMBER_OPTIONS, OFFICER_OPTIONS};
    pub(crate) use super::lock::OPTIONS as LOCK;
    pub(crate) use super::node::OPTIONS as NODE;
    pub(crate) use super::registry::{PAIR_OPTIONS, REGISTRY_OPTIONS};
    pub(crate) use super::shared::{KEY_OPTIONS, LOCK_OPTIONS, REGISTER_OPTIONS, STORE_OPTIONS};
    pub(crate) use super::store::OPTIONS as STORE;
}

/// The one statement of a line, or what is wrong with it.
pub(crate) fn statement(line: &str) -> Result<Statement, String> {
    let line::Read { item, problems, .. } = line::read(line);
    match (item, problems.first()) {
        (Some(Item::Changes(mut all)), None) if all.len() == 1 => Ok(all.remove(0)),
        (_, problem) => Err(problem.map_or_else(|| "it says nothing".to_owned(), |one| one.message.clone())),
    }
}

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The best scenario the text can be read as.
    pub scenario: Scenario,
    /// What is to be said about the text, from top to bottom.
    pub diagnostics: Vec<Diagnostic>,
    /// Which line each part of the scenario came from.
    pub lines: LineMap,
    /// Which version of the language it says it is written in, and which it needs.
    pub version: Version,
}

impl Parsed {
    /// Whether everything was understood; warnings do not count.
    pub fn is_sound(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity != crate::Severity::Error)
    }

    /// The base scenario (`None`) or a variant by name, flat, with the line of each part. `None` if no variant has
    /// that name.
    pub fn view(&self, variant: Option<&str>) -> Option<View> {
        View::of(&self.scenario, Some(&self.lines), variant)
    }
}

/// What the text means.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut reader = Reader::default();
    if text.len() > limits::TEXT {
        let said = format!("this text is longer than {} KiB; the rest is not read", limits::TEXT / 1024);
        reader.report(0, "", Problem::error(0..1, said));
    }
    let readable = &text[..text.floor_char_boundary(limits::TEXT)];
    for (number, line) in readable.split('\n').enumerate() {
        if number >= limits::LINES {
            let said = format!("a scenario has at most {} lines; the rest is not read", limits::LINES);
            reader.report(number, line, Problem::error(0..1, said));
            break;
        }
        reader.read(number, line);
    }
    reader.finish(readable)
}

/// A variant while its block is read.
struct Draft {
    name: String,
    title: String,
    header: usize,
    changes: Vec<Located>,
    expectations: Vec<(Expectation, usize)>,
    /// Whether the next indented line still belongs to it.
    open: bool,
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    title: Option<(String, usize)>,
    about: Option<(String, usize)>,
    statements: Vec<Located>,
    expectations: Vec<(Expectation, usize)>,
    variants: Vec<Draft>,
    diagnostics: Vec<Diagnostic>,
    faults: usize,
    /// Whether the first statement was seen, which must be the version.
    begun: bool,
    version: Version,
    /// What the text says that came with the newest version it needs.
    newest_words: String,
}

impl Reader {
    fn report(&mut self, number: usize, line: &str, problem: Problem) {
        if self.diagnostics.len() < limits::DIAGNOSTICS {
            self.diagnostics.push(problem.on(number, line));
        }
    }

    fn read(&mut self, number: usize, line: &str) {
        if line.len() > limits::LINE {
            let said = format!("a line has at most {} bytes; this one is not read", limits::LINE);
            return self.report(number, line, Problem::error(limits::LINE..line.len(), said));
        }
        // What is newer than this copy is not read: what it would make of it is another scenario.
        if self.version.is_unknown() {
            return;
        }
        if let Some(problem) = Problem::hidden(line) {
            self.report(number, line, problem);
        }
        let line::Read { item, problems, later } = line::read(line);
        let says_nothing = item.is_none() && problems.is_empty();
        if says_nothing {
            return;
        }
        self.expect_version(number, line, item.as_ref());
        problems.into_iter().for_each(|problem| self.report(number, line, problem));
        let indented = line.starts_with(char::is_whitespace);
        if !indented && let Some(draft) = self.variants.last_mut() {
            draft.open = false;
        }
        if let Some((version, words)) = later.filter(|(version, _)| *version > self.version.needed) {
            self.version.needed = version;
            self.newest_words = words;
        }
        let Some(item) = item else { return };
        match self.place(number, item, indented) {
            Ok(()) => {}
            Err(problem) => self.report(number, line, problem.within(line)),
        }
    }

    /// The first statement of every text is `fencepost 1`.
    fn expect_version(&mut self, number: usize, line: &str, item: Option<&Item>) {
        let is_version = line.trim_start().starts_with("fencepost");
        if !self.begun && !is_version {
            let said = "a scenario begins with the line `fencepost 1`".to_owned();
            self.report(number, line, Problem::error(0..line.len(), said));
        } else if self.begun && matches!(item, Some(Item::Version(_))) {
            let said = "the version is said once, in the first line".to_owned();
            self.report(number, line, Problem::warning(0..line.len(), said));
        }
        if let Some(Item::Version(said)) = item
            && (!self.begun || *said > u64::from(version::NEWEST))
        {
            self.version = Version { said: *said, needed: 1, line: Some(number) };
        }
        self.begun = true;
        if self.version.is_unknown() {
            self.refuse(number, line);
        }
    }

    /// A text that is newer than this copy is not shown: what was read of it is thrown away.
    fn refuse(&mut self, number: usize, line: &str) {
        *self = Self { version: self.version.clone(), begun: true, ..Self::default() };
        let said = format!(
            "fencepost {} is newer than this copy, which reads versions 1 to {}; nothing of it is shown, for it would be \
             another scenario",
            self.version.said,
            version::NEWEST
        );
        self.report(number, line, Problem::error(0..line.len(), said).within(line));
    }

    /// Puts an item where it belongs.
    fn place(&mut self, number: usize, item: Item, indented: bool) -> Result<(), Problem> {
        let variant = if indented { self.variants.iter().rposition(|draft| draft.open) } else { None };
        match (item, variant) {
            (Item::Version(_), _) => Ok(()),
            (Item::Title(_) | Item::About(_), Some(_)) => Err(Problem::whole("a variant's title is in its first line")),
            (Item::Title(text), None) => once(&mut self.title, text, number),
            (Item::About(text), None) => once(&mut self.about, text, number),
            (Item::Variant(name, title), within) => {
                let nested = "variants do not stand within each other, so this line begins a new one beside the last";
                let odd = if within.is_some() { Err(Problem::odd(nested)) } else { Ok(()) };
                self.begin_variant(name, title, number).and(odd)
            }
            (Item::Expect(claim), Some(index)) => {
                self.variants[index].expectations.push((claim, number));
                Ok(())
            }
            (Item::Expect(claim), None) => {
                self.expectations.push((claim, number));
                self.outside(indented)
            }
            (Item::Changes(statements), Some(index)) => self.change_variant(index, statements, number),
            (Item::Changes(statements), None) => {
                self.change_base(statements, number).and_then(|()| self.outside(indented))
            }
        }
    }

    /// An indented line that belongs to no variant counts for the base, which may not be what was meant.
    fn outside(&self, indented: bool) -> Result<(), Problem> {
        match indented {
            true => Err(Problem::odd("this line is indented but stands in no variant, so it counts for the base")),
            false => Ok(()),
        }
    }

    fn begin_variant(&mut self, name: String, title: String, header: usize) -> Result<(), Problem> {
        let twice = self.variants.iter().any(|draft| draft.name == name);
        let full = self.variants.len() >= limits::VARIANTS;
        // The block of a variant that cannot be used is read and thrown away, so that it cannot change the base.
        let kept = if twice || full { String::new() } else { name.clone() };
        let (changes, expectations) = (Vec::new(), Vec::new());
        self.variants.push(Draft { name: kept, title, header, changes, expectations, open: true });
        match (twice, full) {
            (true, _) => Err(Problem::whole(&format!("there is already a variant `{name}`; this one is ignored"))),
            (_, true) => Err(Problem::whole(&format!("a scenario has at most {} variants", limits::VARIANTS))),
            _ => Ok(()),
        }
    }

    fn change_base(&mut self, statements: Vec<Statement>, line: usize) -> Result<(), Problem> {
        if let [Statement::Remove(_)] = statements[..] {
            return Err(Problem::whole("`remove` belongs into a variant; in the base, delete the line itself"));
        }
        self.count_faults(&statements)?;
        self.statements.extend(statements.into_iter().map(|statement| Located { statement, line }));
        Ok(())
    }

    fn change_variant(&mut self, index: usize, statements: Vec<Statement>, line: usize) -> Result<(), Problem> {
        self.count_faults(&statements)?;
        self.variants[index].changes.extend(statements.into_iter().map(|statement| Located { statement, line }));
        Ok(())
    }

    fn count_faults(&mut self, statements: &[Statement]) -> Result<(), Problem> {
        let is_fault = matches!(statements, [Statement::Fault { .. }]);
        if is_fault && self.faults >= limits::FAULTS {
            return Err(Problem::whole(&format!("a scenario has at most {} faults", limits::FAULTS)));
        }
        self.faults += usize::from(is_fault);
        Ok(())
    }

    /// A text that says a version which does not know all of it is read all the same, but must not go out like that.
    fn ask_for_version(&mut self, lines: &[&str]) {
        let Some(number) = self.version.line.filter(|_| self.version.is_too_low()) else { return };
        let said = format!(
            "`{}` came with version {needed} of the language; begin with `fencepost {needed}`, or an older copy leaves it \
             out and shows another scenario",
            self.newest_words,
            needed = self.version.needed
        );
        let line = lines.get(number).copied().unwrap_or_default();
        self.report(number, line, Problem::warning(0..line.len(), said).within(line));
    }

    fn finish(mut self, text: &str) -> Parsed {
        if !self.begun {
            let said = "this text is empty; a scenario begins with the line `fencepost 1`".to_owned();
            self.report(0, "", Problem::error(0..1, said));
        }
        let lines: Vec<&str> = text.split('\n').collect();
        self.ask_for_version(&lines);
        let base = assemble(self.statements);
        let (mut scenario, mut map) = (base.scenario, LineMap { base: base.lines, variants: Vec::new() });
        (scenario.title, map.base.title) = said(self.title);
        (scenario.about, map.base.about) = said(self.about);
        (scenario.expectations, map.base.expectations) = self.expectations.into_iter().unzip();
        for draft in self.variants.into_iter().filter(|draft| !draft.name.is_empty()) {
            let (variant, lines) = draft.finish(&scenario);
            scenario.variants.push(variant);
            map.variants.push(lines);
        }
        let mut parsed = Parsed { scenario, diagnostics: self.diagnostics, lines: map, version: self.version };
        review::review(&mut parsed, base.problems, &lines);
        parsed
    }
}

impl Draft {
    fn finish(self, base: &Scenario) -> (Variant, VariantLines) {
        let settled = settle(self.changes, base);
        let (changes, lines) = settled.into_iter().map(|change| (change.statement, change.line)).unzip();
        let (expectations, claims) = self.expectations.into_iter().unzip();
        let lines = VariantLines { header: self.header, changes: lines, expectations: claims };
        (Variant { name: self.name, title: self.title, changes, expectations }, lines)
    }
}

fn said(text: Option<(String, usize)>) -> (String, Option<usize>) {
    text.map_or_else(Default::default, |(text, line)| (text, Some(line)))
}

fn once(slot: &mut Option<(String, usize)>, text: String, line: usize) -> Result<(), Problem> {
    if let Some((_, first)) = slot {
        return Err(Problem::odd(&format!("this was said in line {} already; the first one counts", *first + 1)));
    }
    *slot = Some((text, line));
    Ok(())
}
