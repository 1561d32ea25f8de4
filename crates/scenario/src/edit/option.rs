//! One option of what somebody is told to be, said anew in its line or no longer said: `prevote on`, `quorum 2`.
//!
//! A page that offers options needs no word of this crate for each: it reads with [`Told`] what is said, and says
//! another word in its place. What the word means is what the parser makes of the canonical line with that word in it.

use crate::edit::EditError;
use crate::edit::words::with_option;
use crate::model::{LockSpec, ObjectKindSpec, Participant, Role, Scenario, Statement};
use crate::parse::{options, statement};
use crate::print::print_statement;

/// What a participant, or something that a group keeps, is told to be: option by option, in the words of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it is, in the words that begin such a line: `lock`, `replicated lock`, `redlock`, `store`, `replicated store`,
    /// `client`, `members`, `generals`, `officers`, `nodes`, `register`, `registry`, `pair`.
    pub kind: &'static str,
    /// What can be said of it.
    pub options: &'static [&'static str],
    line: String,
}

impl Told {
    /// What a participant of this name is told to be, alone or with its group; or something that a group keeps.
    pub fn of(scenario: &Scenario, name: &str) -> Option<Self> {
        Some(Self::by(&subject(scenario, name, false)?))
    }

    /// What the store is told that lives in this lock service.
    pub fn of_data(scenario: &Scenario, lock: &str) -> Option<Self> {
        Some(Self::by(&subject(scenario, lock, true)?))
    }

    fn by(statement: &Statement) -> Self {
        let (kind, options) = kind_of(statement);
        Self { kind, options, line: print_statement(statement) }
    }

    /// The place of a name among those of its line, counted from 0; behind them all if it is none of them.
    pub fn place_of(&self, name: &str) -> usize {
        self.line.split(' ').skip(1).take_while(|word| *word != name).count()
    }

    /// The words after an option, as the canonical line has them: empty for an option that is a word by itself, `None`
    /// for what goes without saying.
    pub fn value(&self, option: &str) -> Option<&str> {
        let (words, _) = crate::parse::tokens(&self.line);
        let (first, end) = crate::edit::words::clause(&words, self.options, option)?;
        Some(self.line[words[first].end..words[end - 1].end].trim_start())
    }
}

/// The statement that tells somebody what to be, as the canonical text would have it.
fn subject(scenario: &Scenario, name: &str, data: bool) -> Option<Statement> {
    if let Some(object) = scenario.objects.iter().find(|object| object.name == name) {
        return (!data).then(|| Statement::Object(object.clone()));
    }
    let named = |one: &&Participant| one.name == name || one.role.kept() == Some(name);
    let found = scenario.participants.iter().find(named)?;
    match &found.role {
        Role::Lock(LockSpec { data: Some(store), .. }) if data => {
            Some(Statement::Data { lock: found.name.clone(), store: store.clone() })
        }
        _ if data => None,
        Role::Lock(spec) => {
            let role = Role::Lock(LockSpec { data: None, ..spec.clone() });
            Some(Statement::Participant(Participant { name: found.name.clone(), role }))
        }
        role if role.group().is_some() => Some(Statement::Group(role.clone())),
        _ => Some(Statement::Participant(found.clone())),
    }
}

fn kind_of(statement: &Statement) -> (&'static str, &'static [&'static str]) {
    match statement {
        Statement::Object(object) => match object.kind {
            ObjectKindSpec::Lock(_) => ("replicated lock", &options::LOCK_OPTIONS),
            ObjectKindSpec::Store(_) => ("replicated store", &options::STORE_OPTIONS),
        },
        Statement::Participant(Participant { role, .. }) | Statement::Group(role) => kind_of_role(role),
        _ => ("store", &options::STORE),
    }
}

fn kind_of_role(role: &Role) -> (&'static str, &'static [&'static str]) {
    match role {
        Role::Lock(_) => ("lock", &options::LOCK),
        Role::Store(_) => ("store", &options::STORE),
        Role::Client(_) => ("client", &[]),
        Role::Member(_) => ("members", &options::MEMBER_OPTIONS),
        Role::General(_) => ("generals", &options::GENERAL_OPTIONS),
        Role::Officer(_) => ("officers", &options::OFFICER_OPTIONS),
        Role::Node(_) => ("nodes", &options::NODE),
        Role::KeyNode(_) => ("redlock", &options::KEY_OPTIONS),
        Role::Replica(_) => ("register", &options::REGISTER_OPTIONS),
        Role::Registry(_) => ("registry", &options::REGISTRY_OPTIONS),
        Role::Twin(_) => ("pair", &options::PAIR_OPTIONS),
    }
}

/// The options of the statement by which somebody is told what to be; of the store in it, if only that has this one.
pub(crate) fn options_for(
    scenario: &Scenario,
    name: &str,
    option: &str,
) -> Result<(&'static [&'static str], bool), EditError> {
    let has = |data: bool| {
        let (_, options) = kind_of(&subject(scenario, name, data)?);
        options.contains(&option).then_some((options, data))
    };
    has(false).or_else(|| has(true)).ok_or_else(|| EditError::NoSuchParticipant(name.to_owned()))
}

/// What it is to mean: the canonical statement with this option in it.
pub(crate) fn wanted(
    scenario: &Scenario,
    name: &str,
    option: &str,
    value: Option<&str>,
) -> Result<Statement, EditError> {
    let (options, data) = options_for(scenario, name, option)?;
    let Some(now) = subject(scenario, name, data) else { return Err(EditError::NoSuchParticipant(name.to_owned())) };
    let line = with_option(&print_statement(&now), options, option, value);
    let said = statement(&line).map_err(EditError::CannotSay)?;
    // What lives in a lock service looks like a store of its own, read alone.
    Ok(match said {
        Statement::Participant(Participant { name: lock, role: Role::Store(store) }) if data => {
            Statement::Data { lock, store }
        }
        said => said,
    })
}
