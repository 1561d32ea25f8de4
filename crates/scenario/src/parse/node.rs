//! `nodes`: who elects a leader among themselves, and by which rules.

use crate::model::{NodeSpec, Role, Statement, Timeout};
use crate::parse::group::{names, several, some_of};
use crate::parse::lock::{memory, switch};
use crate::parse::problem::Problem;
use crate::parse::words::Words;
use fencepost_sim::Duration;

/// What can be said of nodes, each once and in any order.
pub(crate) const OPTIONS: [&str; 11] = [
    "heartbeat",
    "timeout",
    "timeouts",
    "leader",
    "term",
    "quorum",
    "prevote",
    "checkquorum",
    "sticky",
    "votes",
    "traitor",
];

/// The highest term in which nodes begin.
const LATEST_TERM: u64 = 1_000_000;
/// The largest quorum; whether there are so many nodes is looked at later.
pub(crate) const LARGEST_QUORUM: u64 = 1_000;

/// The statement after the word `nodes`.
pub(crate) fn nodes(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let nodes = several(words, "a node's name", "another node's name", &["elect"])?;
    words.require("elect")?;
    let mut spec = NodeSpec::new(nodes);
    let mut term = None;
    words.options("an option of the nodes", &OPTIONS, &mut |option, words| {
        match option {
            "term" => term = Some(words.number("the term", 0, LATEST_TERM)? as u32),
            _ => node_option(option, words, &mut spec)?,
        }
        Ok(())
    })?;
    if spec.leader.is_some() && term == Some(0) {
        return Err(Problem::error(words.last(), "a leader was elected in some term, counted from 1".to_owned()));
    }
    spec.term = term.unwrap_or_else(|| spec.first_term());
    Ok(Statement::Group(Role::Node(spec)))
}

fn node_option(option: &str, words: &mut Words<'_>, spec: &mut NodeSpec) -> Result<(), Problem> {
    match option {
        "heartbeat" => spec.heartbeat = words.positive()?,
        "timeout" => spec.timeout = timeout(words)?,
        "timeouts" => spec.timeout = timeouts(words, spec.nodes.len())?,
        "leader" => {
            let leader = words.name("the name of the node that leads")?;
            if !spec.nodes.contains(&leader) {
                return Err(Problem::error(words.last(), format!("`{leader}` leads but is none of the nodes")));
            }
            spec.leader = Some(leader);
        }
        "quorum" => spec.quorum = Some(quorum(words)?),
        "prevote" => spec.prevote = switch(words)?,
        "checkquorum" => spec.check_quorum = switch(words)?,
        "sticky" => spec.sticky = switch(words)?,
        "votes" => spec.votes = memory(words)?,
        _ => {
            let traitors = names(words, "the name of the node that is a traitor", &OPTIONS)?;
            spec.traitors = some_of(traitors, &spec.nodes, "is a traitor but none of the nodes", words)?;
        }
    }
    Ok(())
}

/// `1s..2s`, `1s`
fn timeout(words: &mut Words<'_>) -> Result<Timeout, Problem> {
    let (low, high) = words.times("a length of time, or two with `..` between")?;
    if low == 0 {
        return Err(Problem::error(words.last(), "this must be longer than nothing".to_owned()));
    }
    match low <= high {
        true => Ok(Timeout::Drawn { low: Duration(low), high: Duration(high) }),
        false => Err(Problem::error(words.last(), "the shorter time comes first".to_owned())),
    }
}

/// `1s 1500ms 2s`: one for each node.
fn timeouts(words: &mut Words<'_>, nodes: usize) -> Result<Timeout, Problem> {
    let mut all = Vec::new();
    while words.peek_text().starts_with(|letter: char| letter.is_ascii_digit()) {
        all.push(words.positive()?);
    }
    match all.len() == nodes {
        true => Ok(Timeout::Fixed(all)),
        false => {
            let said = format!("there are {nodes} nodes, so there must be {nodes} timeouts, not {}", all.len());
            Err(Problem::error(words.last(), said))
        }
    }
}

/// How many are enough.
pub(crate) fn quorum(words: &mut Words<'_>) -> Result<u32, Problem> {
    words.number("how many are enough", 1, LARGEST_QUORUM).map(|number| number as u32)
}
