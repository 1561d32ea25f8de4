//! `network delay 50ms` and `network delay A->S 5ms`.

use crate::model::{DelayRange, LinkSpec, Statement};
use crate::parse::problem::Problem;
use crate::parse::words::{TokenKind, Words};

/// The statement after the word `network`.
pub(crate) fn network(words: &mut Words<'_>) -> Result<Statement, Problem> {
    words.require("delay")?;
    let statement = match is_link(words) {
        true => Statement::Link(link(words)?),
        false => Statement::Delay(DelayRange::fixed(words.duration()?)),
    };
    if words.peek_text() == "fifo" {
        return Err(Problem::not_yet(words.here(), "`fifo`"));
    }
    Ok(statement)
}

fn is_link(words: &Words<'_>) -> bool {
    let is_name = |c: char| c.is_ascii_alphabetic();
    words.peek().is_some_and(|token| token.kind == TokenKind::Word && token.text.starts_with(is_name))
}

fn link(words: &mut Words<'_>) -> Result<LinkSpec, Problem> {
    let (from, to) = arrow(words)?;
    Ok(LinkSpec { from, to, delay: DelayRange::fixed(words.duration()?), fifo: false })
}

/// `A->S`: a sender and a receiver.
pub(crate) fn arrow(words: &mut Words<'_>) -> Result<(String, String), Problem> {
    let from = words.name("the sender's name")?;
    words.require("->")?;
    let to = words.name("the receiver's name")?;
    match from == to {
        true => Err(Problem::error(words.last(), format!("`{to}` does not send messages to itself"))),
        false => Ok((from, to)),
    }
}
