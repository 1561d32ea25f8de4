//! `client`: who runs a program, and how it treats its leases.

use crate::model::{ClientSpec, Participant, Role, Statement};
use crate::parse::problem::Problem;
use crate::parse::program::program;
use crate::parse::words::Words;
use fencepost_sim::Time;

/// The statements after the word `client`. `client C at 0s renew every 3s trusts 50%: …` is short for three.
pub(crate) fn client(words: &mut Words<'_>) -> Result<Vec<Statement>, Problem> {
    let name = words.name("the client's name")?;
    if ["renew", "trusts"].contains(&words.peek_text()) {
        let said = clauses(words, &name)?;
        if words.peek_text() == ":" {
            let said = "before its program a client needs `at` and a time: `client A at 0s renew every 3s: …`";
            return Err(Problem::error(words.here(), said.to_owned()));
        }
        return words.end().map(|()| said);
    }
    let mut spec = ClientSpec::new(Time::ZERO, Vec::new());
    let mut more = Vec::new();
    match client_head(words, &name, &mut spec) {
        Ok(said) => {
            more = said;
            spec.program = program(words);
        }
        Err(problem) => words.give_up(problem),
    }
    let client = Statement::Participant(Participant { name, role: Role::Client(spec) });
    Ok(std::iter::once(client).chain(more).collect())
}

/// `at 0s renew every 3s:`
fn client_head(words: &mut Words<'_>, name: &str, spec: &mut ClientSpec) -> Result<Vec<Statement>, Problem> {
    if words.take_if("at") {
        spec.at = words.time()?;
    }
    let said = clauses(words, name)?;
    match words.take_if(":") {
        true => Ok(said),
        false => Err(words.expected("`:` and a program", &["at", "renew", "trusts"])),
    }
}

/// `renew every 3s`, `trusts 50%`
fn clauses(words: &mut Words<'_>, name: &str) -> Result<Vec<Statement>, Problem> {
    let client = || name.to_owned();
    let mut said = Vec::new();
    loop {
        if words.take_if("renew") {
            words.require("every")?;
            said.push(Statement::Renew { client: client(), every: words.positive()? });
        } else if words.take_if("trusts") {
            let share = words.share("the share of a lease", 1, ClientSpec::WHOLE)?;
            said.push(Statement::Trusts { client: client(), share });
        } else {
            return Ok(said);
        }
    }
}
