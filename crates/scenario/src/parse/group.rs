//! `members` and `generals`: several participants in one line.

use crate::model::{Declare, GeneralSpec, MemberSpec, Statement};
use crate::parse::problem::Problem;
use crate::parse::token::TokenKind;
use crate::parse::words::Words;
use fencepost_sim::{Duration, Time};

/// What can be said of members, each once and in any order.
pub(crate) const MEMBER_OPTIONS: [&str; 5] = ["heartbeat", "suspect", "observers", "report", "declare"];
/// What can be said of generals, each once and in any order.
pub(crate) const GENERAL_OPTIONS: [&str; 3] = ["messages", "dawn", "resend"];
const LATER_GENERAL_OPTIONS: [&str; 2] = ["rounds", "traitor"];

/// The most messengers that go in turn.
const MOST_MESSAGES: u64 = 1_000;

/// The statement after the word `members`.
pub(crate) fn members(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let members = names(words, "a member's name", &MEMBER_OPTIONS)?;
    if members.len() < 2 {
        return Err(words.expected("another member's name", &[]));
    }
    let (mut heartbeat, mut suspect) = (None, None);
    let mut spec = MemberSpec {
        observers: members.clone(),
        members,
        heartbeat: Duration::ZERO,
        suspect: Duration::ZERO,
        report: Vec::new(),
        declare: Declare::Off,
    };
    words.options("an option of the members", &MEMBER_OPTIONS, &mut |option, words| {
        match option {
            "heartbeat" => heartbeat = Some(words.positive()?),
            "suspect" => suspect = Some(words.positive()?),
            "observers" => spec.observers = observers(words, &spec.members)?,
            "report" => spec.report = names(words, "a client's name", &MEMBER_OPTIONS)?,
            _ => spec.declare = words.choice("who declares", &Declare::ALL.map(|way| (way.word(), way)))?,
        }
        Ok(())
    })?;
    spec.heartbeat = heartbeat.ok_or_else(|| words.expected("`heartbeat` and a time", &["heartbeat"]))?;
    spec.suspect = suspect.ok_or_else(|| words.expected("`suspect` and a time", &["suspect"]))?;
    Ok(Statement::Members(spec))
}

/// `observers N2 N3`: some of the members.
fn observers(words: &mut Words<'_>, members: &[String]) -> Result<Vec<String>, Problem> {
    let observers = names(words, "an observer's name", &MEMBER_OPTIONS)?;
    match observers.iter().find(|name| !members.contains(name)) {
        Some(stranger) => Err(Problem::error(words.last(), format!("`{stranger}` observes but is no member"))),
        None => Ok(observers),
    }
}

/// One name or more, up to one of the words that go on.
fn names(words: &mut Words<'_>, what: &str, options: &[&str]) -> Result<Vec<String>, Problem> {
    let mut names = vec![words.name(what)?];
    while words.peek().is_some_and(|token| token.kind == TokenKind::Word && !options.contains(&token.text)) {
        let name = words.name(what)?;
        if names.contains(&name) {
            return Err(Problem::error(words.last(), format!("`{name}` is named twice")));
        }
        names.push(name);
    }
    Ok(names)
}

/// The statement after the word `generals`.
pub(crate) fn generals(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let generals = names(words, "a general's name", &[&GENERAL_OPTIONS[..], &LATER_GENERAL_OPTIONS].concat())?;
    if let Some(later) = LATER_GENERAL_OPTIONS.into_iter().find(|word| *word == words.peek_text()) {
        return Err(Problem::not_yet(words.here(), &format!("`{later}`")));
    }
    if generals.len() != 2 {
        return Err(Problem::error(words.last(), format!("there are two generals, not {}", generals.len())));
    }
    let mut messages = None;
    let mut spec = GeneralSpec { generals, messages: 1, dawn: GeneralSpec::DAWN, resend: None };
    words.options("an option of the generals", &GENERAL_OPTIONS, &mut |option, words| {
        match option {
            "messages" => messages = Some(words.number("the number of messengers", 1, MOST_MESSAGES)? as u32),
            "dawn" => spec.dawn = Time(words.positive()?.0),
            _ => spec.resend = Some(words.positive()?),
        }
        Ok(())
    })?;
    spec.messages = messages.ok_or_else(|| words.expected("`messages` and how many", &["messages"]))?;
    Ok(Statement::Generals(spec))
}
