//! One line: which statement it is. Each family of statements is read in a file of its own.

use crate::alike::foreign_letter;
use crate::model::{Expectation, Statement};
use crate::parse::keywords::STATEMENTS;
use crate::parse::problem::Problem;
use crate::parse::words::Words;
use crate::parse::{client, expect, fault, group, lock, node, registry, shared, store, variant, world};
use crate::visible::visible_line;

/// What one line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// `fencepost 1`
    Version(u64),
    /// `title …`
    Title(String),
    /// `about …`
    About(String),
    /// A statement that can stand in the base and in a variant. `client C at 0s renew every 3s: …` makes two.
    Changes(Vec<Statement>),
    /// `expect …`
    Expect(Expectation),
    /// `variant name "Title"`
    Variant(String, String),
}

/// What was read of one line.
#[derive(Default)]
pub(crate) struct Read {
    /// What it says, if it says anything.
    pub item: Option<Item>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What it says that not every version of the language knows, and which is the first that does.
    pub later: Option<(u32, String)>,
}

/// What a line says.
pub(crate) fn read(line: &str) -> Read {
    if let Some(item) = free_text(line) {
        return Read { item: Some(item), ..Read::default() };
    }
    let mut words = Words::new(line);
    if words.peek().is_none() {
        return Read::default();
    }
    let item = statement(&mut words).and_then(|item| words.end().map(|()| item));
    let mut problems = std::mem::take(&mut words.problems);
    let item = item.map_err(|problem| problems.push(problem)).ok();
    // A line that says nothing that can be used needs no version.
    let later = words.later.take().filter(|_| item.is_some());
    Read { item, problems, later }
}

/// `title` and `about` take the rest of the line as it is, `#` and all.
fn free_text(line: &str) -> Option<Item> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    match word {
        "title" => Some(Item::Title(shown(rest))),
        "about" => Some(Item::About(shown(rest))),
        _ => None,
    }
}

/// A free text as it is shown everywhere: with marks for what does not show.
fn shown(text: &str) -> String {
    visible_line(text.trim()).into_owned()
}

fn statement(words: &mut Words<'_>) -> Result<Item, Problem> {
    let word = words.peek_text();
    if !STATEMENTS.contains(&word) {
        let unknown = format!("`{word}` does not begin a statement{}", foreign_letter(word));
        return Err(Problem::error(words.here(), unknown).like(word, &STATEMENTS));
    }
    words.take();
    match word {
        "fencepost" => version(words),
        "expect" => expect::expect(words).map(Item::Expect),
        "variant" => variant::variant(words).map(|(name, title)| Item::Variant(name, title)),
        "client" => client::client(words).map(Item::Changes),
        "network" => world::network(words).map(Item::Changes),
        _ => change(word, words).map(|statement| Item::Changes(vec![statement])),
    }
}

fn change(word: &str, words: &mut Words<'_>) -> Result<Statement, Problem> {
    match word {
        "until" => words.positive().map(|length| Statement::Until(fencepost_sim::Time(length.0))),
        "seed" => world::seed(words),
        "model" => world::model(words),
        "failures" => world::failures(words),
        "lock" => lock::lock(words),
        "store" => store::store(words),
        "members" => group::members(words),
        "generals" => group::generals(words),
        "nodes" => node::nodes(words),
        "register" => shared::register(words),
        "registry" => registry::registry(words),
        "pair" => registry::pair(words),
        "off" => fault::switched_off(words),
        "remove" => variant::remove(words),
        _ => fault::fault(word, words).map(|fault| Statement::Fault { fault, off: false }),
    }
}

fn version(words: &mut Words<'_>) -> Result<Item, Problem> {
    words.number("the version of the language", 1, u64::MAX).map(Item::Version)
}
