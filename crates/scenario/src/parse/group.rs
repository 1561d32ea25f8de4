//! `members` and `generals`: several participants in one line. Other groups have files of their own.

use crate::model::{Declare, GeneralSpec, MemberSpec, OfficerSpec, Order, Role, Statement};
use crate::parse::limits;
use crate::parse::lock::switch;
use crate::parse::problem::Problem;
use crate::parse::token::TokenKind;
use crate::parse::words::Words;
use fencepost_sim::{Duration, Time};

/// What can be said of members, each once and in any order.
pub(crate) const MEMBER_OPTIONS: [&str; 5] = ["heartbeat", "suspect", "observers", "report", "declare"];
/// What can be said of two generals, each once and in any order.
pub(crate) const GENERAL_OPTIONS: [&str; 3] = ["messages", "dawn", "resend"];
/// What can be said of generals who agree by word of mouth, each once and in any order.
pub(crate) const OFFICER_OPTIONS: [&str; 4] = ["rounds", "traitor", "signed", "order"];

/// The most messengers that go in turn.
const MOST_MESSAGES: u64 = 1_000;

/// The statement after the word `members`.
pub(crate) fn members(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let members = several(words, "a member's name", "another member's name", &MEMBER_OPTIONS)?;
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
    Ok(Statement::Group(Role::Member(spec)))
}

/// `observers N2 N3`: some of the members.
fn observers(words: &mut Words<'_>, members: &[String]) -> Result<Vec<String>, Problem> {
    let observers = names(words, "an observer's name", &MEMBER_OPTIONS)?;
    some_of(observers, members, "observes but is no member", words)
}

/// These names, if they are all among those.
pub(crate) fn some_of(
    these: Vec<String>,
    those: &[String],
    else_said: &str,
    words: &Words<'_>,
) -> Result<Vec<String>, Problem> {
    match these.iter().find(|name| !those.contains(name)) {
        Some(stranger) => Err(Problem::error(words.last(), format!("`{stranger}` {else_said}"))),
        None => Ok(these),
    }
}

/// Two names or more, up to one of the words that go on.
pub(crate) fn several(
    words: &mut Words<'_>,
    what: &str,
    another: &str,
    options: &[&str],
) -> Result<Vec<String>, Problem> {
    let names = names(words, what, options)?;
    match names.len() {
        1 => Err(words.expected(another, &[])),
        _ => Ok(names),
    }
}

/// One name or more, up to one of the words that go on.
pub(crate) fn names(words: &mut Words<'_>, what: &str, options: &[&str]) -> Result<Vec<String>, Problem> {
    names_until(words, what, &|word, _| options.contains(&word))
}

/// One name or more, up to a word that goes on, which may depend on how many names there are.
fn names_until(
    words: &mut Words<'_>,
    what: &str,
    goes_on: &dyn Fn(&str, usize) -> bool,
) -> Result<Vec<String>, Problem> {
    let mut names = vec![words.name(what)?];
    while words.peek().is_some_and(|token| token.kind == TokenKind::Word && !goes_on(token.text, names.len())) {
        let name = words.name(what)?;
        if names.contains(&name) {
            return Err(Problem::error(words.last(), format!("`{name}` is named twice")));
        }
        names.push(name);
    }
    Ok(names)
}

/// The statement after the word `generals`: two who send messengers, or several who agree by word of mouth.
pub(crate) fn generals(words: &mut Words<'_>) -> Result<Statement, Problem> {
    // A text of the first version may have two generals named `signed` and `order`, but never more than two.
    let goes_on = |word: &str, names: usize| {
        GENERAL_OPTIONS.contains(&word) || OFFICER_OPTIONS[..2].contains(&word) || {
            names >= 2 && OFFICER_OPTIONS.contains(&word)
        }
    };
    let generals = names_until(words, "a general's name", &goes_on)?;
    if OFFICER_OPTIONS.contains(&words.peek_text()) {
        return officers(generals, words);
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
    Ok(Statement::Group(Role::General(spec)))
}

/// `rounds 1 traitor G3 signed on order attack`
fn officers(generals: Vec<String>, words: &mut Words<'_>) -> Result<Statement, Problem> {
    if !(2..=limits::OFFICERS).contains(&generals.len()) {
        let said = format!("there are 2 to {} generals, not {}", limits::OFFICERS, generals.len());
        return Err(Problem::error(words.last(), said));
    }
    let mut rounds = None;
    let mut spec = OfficerSpec { generals, rounds: 0, traitors: Vec::new(), signed: false, order: Order::Attack };
    words.options("an option of the generals", &OFFICER_OPTIONS, &mut |option, words| {
        match option {
            "rounds" => rounds = Some(words.number("the number of rounds", 0, limits::ROUNDS as u64)? as u32),
            "traitor" => {
                let traitors = names(words, "a traitor's name", &OFFICER_OPTIONS)?;
                spec.traitors = some_of(traitors, &spec.generals, "is a traitor but no general", words)?;
            }
            "signed" => spec.signed = switch(words)?,
            _ => spec.order = order(words)?,
        }
        Ok(())
    })?;
    spec.rounds = rounds.ok_or_else(|| words.expected("`rounds` and how many", &["rounds"]))?;
    Ok(Statement::Group(Role::Officer(spec)))
}

/// `attack`, `retreat`
pub(crate) fn order(words: &mut Words<'_>) -> Result<Order, Problem> {
    words.choice("`attack` or `retreat`", &Order::ALL.map(|order| (order.word(), order)))
}
