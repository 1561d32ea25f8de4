//! `variant fenced "Fence at the storage"` and `remove KEY`.

use crate::model::{Key, Statement};
use crate::parse::fault::FAULTS;
use crate::parse::problem::Problem;
use crate::parse::token::TokenKind;
use crate::parse::words::Words;
use crate::visible::visible_line;

/// The name and the title after the word `variant`. Without a title the name serves.
pub(crate) fn variant(words: &mut Words<'_>) -> Result<(String, String), Problem> {
    let name = words.label("the variant's name")?;
    let Some(token) = words.peek() else {
        return Ok((name.clone(), name));
    };
    if token.kind != TokenKind::Quoted {
        return Err(words.expected("a title in double quotes", &[]));
    }
    words.take();
    if !words.peek_behind().ends_with('"') || token.end - token.start < 2 {
        return Err(Problem::error(token.start..token.end, "this title lacks its closing quote".to_owned()));
    }
    let title = if token.text.trim().is_empty() { name.clone() } else { visible_line(token.text.trim()).into_owned() };
    Ok((name, title))
}

/// The statement after the word `remove`.
pub(crate) fn remove(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let world = ["until", "seed", "network", "model", "failures"];
    let lanes = ["lock", "store", "client", "members", "generals", "nodes", "register", "registry", "pair"];
    let known = [&world[..], &lanes, &FAULTS].concat();
    if !known.contains(&words.peek_text()) {
        return Err(words.expected("what to remove, such as `pause A`", &known));
    }
    let mut key: Vec<String> = Vec::new();
    let cut = words.peek_text() == "partition";
    while let Some(token) = words.take() {
        let joins = !cut && (token.text == "->" || key.last().is_some_and(|last| last.ends_with("->")));
        match key.last_mut().filter(|_| joins) {
            Some(last) => last.push_str(token.text),
            None => key.push(token.text.to_owned()),
        }
    }
    Ok(Statement::Remove(Key(key)))
}
