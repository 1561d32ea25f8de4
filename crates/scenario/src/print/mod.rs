//! The canonical text of a scenario and of each statement: used for new lines and by whoever wants a text tidied.
//!
//! It writes what [`crate::parse`] reads; defaults that go without saying are not said.

mod claim;
mod fault;
mod group;
mod key;
mod role;
mod world;

use std::fmt::Write;

use fencepost_sim::Duration;

use crate::lines::ViewLines;
use crate::model::{Key, Scenario, Statement, Variant};
use crate::time::written;
use crate::view;

pub use claim::print_expectation;
pub use fault::print_fault;
pub(crate) use fault::print_message;
pub(crate) use key::{key_of, normal};
pub(crate) use world::share as said_share;

/// The whole scenario as a text.
pub fn print(scenario: &Scenario) -> String {
    let text = printed(scenario);
    // The lowest version that knows all of it.
    let version = crate::parse::parse(&text).version;
    crate::parse::raised(&text, &version)
}

fn printed(scenario: &Scenario) -> String {
    let mut text = String::from("fencepost 1\n");
    for (word, said) in [("title", &scenario.title), ("about", &scenario.about)] {
        if !said.is_empty() {
            let _ = writeln!(text, "{word} {}", said.replace('\n', " "));
        }
    }
    let mut group = 0;
    for located in view::statements(scenario, &ViewLines::default()) {
        if group_of(&located.statement) != group {
            group = group_of(&located.statement);
            text.push('\n');
        }
        let _ = writeln!(text, "{}", print_statement(&located.statement));
    }
    if !scenario.expectations.is_empty() {
        text.push('\n');
    }
    for claim in &scenario.expectations {
        let _ = writeln!(text, "{}", print_expectation(claim));
    }
    scenario.variants.iter().for_each(|variant| print_variant(variant, &mut text));
    text
}

/// World, participants and faults stand apart.
fn group_of(statement: &Statement) -> u8 {
    match statement {
        Statement::Until(_)
        | Statement::Seed(_)
        | Statement::Delay(_)
        | Statement::Fifo
        | Statement::Link(_)
        | Statement::Model(_)
        | Statement::Failures(_) => 0,
        Statement::Participant(_)
        | Statement::Group(_)
        | Statement::Object(_)
        | Statement::Data { .. }
        | Statement::Guarded(_)
        | Statement::Renew { .. }
        | Statement::Trusts { .. } => 1,
        Statement::Fault { .. } | Statement::Remove(_) => 2,
    }
}

fn print_variant(variant: &Variant, text: &mut String) {
    let _ = match variant.title == variant.name {
        true => writeln!(text, "\nvariant {}", variant.name),
        false => writeln!(text, "\nvariant {} \"{}\"", variant.name, variant.title.replace(['"', '\n'], " ")),
    };
    for change in &variant.changes {
        let _ = writeln!(text, "  {}", print_statement(change));
    }
    for claim in &variant.expectations {
        let _ = writeln!(text, "  {}", print_expectation(claim));
    }
}

/// One statement as a line without indentation.
///
/// A client that renews is written in one line here (`client C at 0s renew every 3s: …`), although [`print()`] gives
/// its renewal a line of its own.
pub fn print_statement(statement: &Statement) -> String {
    match statement {
        Statement::Until(until) => format!("until {}", written(until.0)),
        Statement::Seed(seed) => format!("seed {seed}"),
        Statement::Delay(delay) => format!("network delay {}", world::range(*delay)),
        Statement::Fifo => "network fifo".to_owned(),
        Statement::Link(link) => world::link(link),
        Statement::Model(model) => world::model(model),
        Statement::Failures(failures) => format!("failures {}", failures.word()),
        Statement::Participant(participant) => role::participant(participant),
        Statement::Group(role) => group::group(role),
        Statement::Object(spec) => group::object(spec),
        Statement::Data { lock, store } => role::store(lock, store),
        Statement::Guarded(guard) => role::guarded(guard),
        Statement::Renew { client, every } => format!("client {client} renew every {}", length(*every)),
        Statement::Trusts { client, share } => format!("client {client} trusts {}", world::share(*share)),
        Statement::Fault { fault, off: false } => print_fault(fault),
        Statement::Fault { fault, off: true } => format!("off {}", print_fault(fault)),
        Statement::Remove(Key(words)) => format!("remove {}", words.join(" ")),
    }
}

fn length(length: Duration) -> String {
    written(length.0)
}
