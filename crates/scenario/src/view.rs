//! From statements to a scenario, and from a scenario with variants to one flat scenario.
//!
//! A variant's statement takes the place of the base statements with the same key; all its statements with one key
//! together replace all base statements with that key. So `pause A …` in a variant replaces every pause of A.

use std::collections::{BTreeMap, BTreeSet};

use crate::lines::{LineMap, ViewLines};
use crate::model::{Key, LockSpec, Participant, Role, Scenario, Statement};
use crate::print::key_of;

/// A scenario with its variant worked in, and the line of each of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The scenario, without variants.
    pub scenario: Scenario,
    /// Its lines.
    pub lines: ViewLines,
}

/// A statement and the line it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    pub statement: Statement,
    pub line: usize,
}

/// What statements add up to.
pub(crate) struct Assembled {
    pub scenario: Scenario,
    pub lines: ViewLines,
    /// Lines that could not be used, and why.
    pub problems: Vec<(usize, String)>,
}

impl Scenario {
    /// The base scenario (`None`) or a variant by name, as one flat scenario without variants. `None` if no variant has
    /// that name.
    pub fn view(&self, variant: Option<&str>) -> Option<Self> {
        View::of(self, None, variant).map(|view| view.scenario)
    }
}

impl View {
    /// The view of a scenario; without a map, all lines are 0 and mean nothing.
    pub(crate) fn of(scenario: &Scenario, map: Option<&LineMap>, variant: Option<&str>) -> Option<Self> {
        let Some(name) = variant else {
            let lines = map.map(|map| map.base.clone()).unwrap_or_default();
            return Some(Self { scenario: Scenario { variants: Vec::new(), ..scenario.clone() }, lines });
        };
        let index = scenario.variants.iter().position(|variant| variant.name == name)?;
        let chosen = &scenario.variants[index];
        let map = map.cloned().unwrap_or_default();
        let own = map.variants.get(index).cloned().unwrap_or_default();
        let changes = located(&chosen.changes, &own.changes);
        let mut view = assemble(merged(statements(scenario, &map.base), changes));
        view.scenario.title = scenario.title.clone();
        view.scenario.about = scenario.about.clone();
        view.scenario.expectations = chosen.expectations.clone();
        (view.lines.title, view.lines.about) = (map.base.title, map.base.about);
        view.lines.expectations = own.expectations;
        Some(Self { scenario: view.scenario, lines: view.lines })
    }
}

fn located(statements: &[Statement], lines: &[usize]) -> Vec<Located> {
    let line = |index: usize| lines.get(index).copied().unwrap_or_default();
    let located = |(index, statement): (usize, &Statement)| Located { statement: statement.clone(), line: line(index) };
    statements.iter().enumerate().map(located).collect()
}

/// The statements that make up a base scenario, in canonical order.
pub(crate) fn statements(scenario: &Scenario, lines: &ViewLines) -> Vec<Located> {
    let at = |lines: &[usize], index: usize| lines.get(index).copied().unwrap_or_default();
    let mut all = vec![
        Located { statement: Statement::Until(scenario.until), line: lines.until.unwrap_or_default() },
        Located { statement: Statement::Delay(scenario.delay), line: lines.delay.unwrap_or_default() },
    ];
    for (index, link) in scenario.links.iter().enumerate() {
        all.push(Located { statement: Statement::Link(link.clone()), line: at(&lines.links, index) });
    }
    for (index, participant) in scenario.participants.iter().enumerate() {
        let line = at(&lines.participants, index);
        let optional = |lines: &[Option<usize>]| lines.get(index).copied().flatten().unwrap_or(line);
        let (bare, data, renewal) = taken_apart(participant.clone());
        all.push(Located { statement: Statement::Participant(bare), line });
        all.extend(data.map(|statement| Located { statement, line: optional(&lines.data) }));
        all.extend(renewal.map(|statement| Located { statement, line: optional(&lines.renewals) }));
    }
    let mut fault = |faults: &[_], lines: &[usize], off| {
        for (index, fault) in faults.iter().enumerate() {
            let fault: &crate::model::FaultSpec = fault;
            all.push(Located { statement: Statement::Fault { fault: fault.clone(), off }, line: at(lines, index) });
        }
    };
    fault(&scenario.faults, &lines.faults, false);
    fault(&scenario.disabled, &lines.disabled, true);
    all
}

/// A participant as the statements that make it: itself, its data, its renewals.
fn taken_apart(mut participant: Participant) -> (Participant, Option<Statement>, Option<Statement>) {
    let name = participant.name.clone();
    match &mut participant.role {
        Role::Lock(spec) => {
            let data = spec.data.take().map(|store| Statement::Data { lock: name, store });
            (participant, data, None)
        }
        Role::Client(spec) => {
            let renewal = spec.renew_every.take().map(|every| Statement::Renew { client: name, every });
            (participant, None, renewal)
        }
        Role::Store(_) => (participant, None, None),
    }
}

/// A variant's `store L …` speaks of the data of the lock service `L`, if there is one.
pub(crate) fn settle(changes: Vec<Located>, base: &Scenario) -> Vec<Located> {
    let mut locks: BTreeSet<String> = lock_names(changes.iter().map(|change| &change.statement));
    let is_lock = |participant: &&Participant| matches!(participant.role, Role::Lock(_));
    locks.extend(base.participants.iter().filter(is_lock).map(|participant| participant.name.clone()));
    changes.into_iter().map(|change| as_data(change, &locks)).collect()
}

fn lock_names<'a>(statements: impl Iterator<Item = &'a Statement>) -> BTreeSet<String> {
    let name = |statement: &Statement| match statement {
        Statement::Participant(Participant { name, role: Role::Lock(_) }) => Some(name.clone()),
        _ => None,
    };
    let mut names = BTreeSet::new();
    names.extend(statements.filter_map(name));
    names
}

/// `store L` as the data of the lock `L`; and the data of no lock as a store of its own.
fn as_data(located: Located, locks: &BTreeSet<String>) -> Located {
    let statement = match located.statement {
        Statement::Participant(Participant { name, role: Role::Store(store) }) if locks.contains(&name) => {
            Statement::Data { lock: name, store }
        }
        Statement::Data { lock, store } if !locks.contains(&lock) => {
            Statement::Participant(Participant { name: lock, role: Role::Store(store) })
        }
        other => other,
    };
    Located { statement, ..located }
}

/// The base statements with the changes of a variant worked in.
pub(crate) fn merged(base: Vec<Located>, changes: Vec<Located>) -> Vec<Located> {
    let mut removed = BTreeSet::new();
    let mut replaced: BTreeMap<Key, Vec<Located>> = BTreeMap::new();
    let mut order = Vec::new();
    for change in changes {
        match &change.statement {
            Statement::Remove(key) => removed.extend(with_dependents(key)),
            statement => {
                let key = key_of(statement);
                order.push(key.clone());
                replaced.entry(key).or_default().push(change);
            }
        }
    }
    let mut all = Vec::new();
    for statement in base {
        let key = key_of(&statement.statement);
        match replaced.get_mut(&key) {
            Some(instead) => all.append(instead),
            None if removed.contains(&key) => {}
            None => all.push(statement),
        }
    }
    order.iter().for_each(|key| all.append(replaced.entry(key.clone()).or_default()));
    all
}

/// Who removes a client removes its renewals with it.
fn with_dependents(key: &Key) -> Vec<Key> {
    let mut keys = vec![key.clone()];
    if key.0.len() == 2 && key.0[0] == "client" {
        keys.push(Key(key.0.iter().cloned().chain(["renew".to_owned()]).collect()));
    }
    keys
}

/// The scenario that these statements make, in their order.
pub(crate) fn assemble(statements: Vec<Located>) -> Assembled {
    let locks = lock_names(statements.iter().map(|located| &located.statement));
    let mut made = Assembled { scenario: Scenario::default(), lines: ViewLines::default(), problems: Vec::new() };
    let (lanes, others): (Vec<_>, Vec<_>) = statements
        .into_iter()
        .map(|located| as_data(located, &locks))
        .partition(|located| matches!(located.statement, Statement::Participant(_)));
    lanes.into_iter().chain(others).for_each(|located| made.add(located));
    made
}

impl Assembled {
    fn add(&mut self, Located { statement, line }: Located) {
        let outcome = match statement {
            Statement::Until(until) => first(&mut self.lines.until, line).map(|()| self.scenario.until = until),
            Statement::Delay(delay) => first(&mut self.lines.delay, line).map(|()| self.scenario.delay = delay),
            Statement::Link(link) => {
                self.lines.links.push(line);
                self.scenario.links.push(link);
                Ok(())
            }
            Statement::Participant(participant) => self.participant(participant, line),
            Statement::Data { lock, store } => self.with_lock(&lock, line, |spec| spec.data = Some(store)),
            Statement::Renew { client, every } => self.renewal(&client, every, line),
            Statement::Fault { fault, off } => {
                let (faults, lines) = match off {
                    true => (&mut self.scenario.disabled, &mut self.lines.disabled),
                    false => (&mut self.scenario.faults, &mut self.lines.faults),
                };
                faults.push(fault);
                lines.push(line);
                Ok(())
            }
            Statement::Remove(_) => Ok(()),
        };
        self.problems.extend(outcome.err().map(|said| (line, said)));
    }

    fn participant(&mut self, participant: Participant, line: usize) -> Result<(), String> {
        let name = &participant.name;
        if let Some(index) = self.index(name) {
            let first = self.lines.participants[index] + 1;
            return Err(format!("there is already a `{name}`, in line {first}; this one is ignored"));
        }
        if self.scenario.participants.len() >= crate::limits::PARTICIPANTS {
            return Err(format!("a scenario has at most {} participants", crate::limits::PARTICIPANTS));
        }
        self.scenario.participants.push(participant);
        self.lines.participants.push(line);
        self.lines.data.push(None);
        self.lines.renewals.push(None);
        Ok(())
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.scenario.participants.iter().position(|participant| participant.name == name)
    }

    fn with_lock(&mut self, name: &str, line: usize, change: impl FnOnce(&mut LockSpec)) -> Result<(), String> {
        let index = self.index(name);
        if let Some(index) = index
            && let Role::Lock(spec) = &mut self.scenario.participants[index].role
        {
            first(&mut self.lines.data[index], line)?;
            change(spec);
        }
        Ok(())
    }

    fn renewal(&mut self, name: &str, every: fencepost_sim::Duration, line: usize) -> Result<(), String> {
        if let Some(index) = self.index(name)
            && let Role::Client(spec) = &mut self.scenario.participants[index].role
        {
            first(&mut self.lines.renewals[index], line)?;
            spec.renew_every = Some(every);
            return Ok(());
        }
        Err(format!("there is no client `{name}` that could renew"))
    }
}

/// Of two statements that say the same thing the first counts.
fn first(slot: &mut Option<usize>, line: usize) -> Result<(), String> {
    if let Some(first) = slot {
        return Err(format!("this was said in line {} already; the first one counts", *first + 1));
    }
    *slot = Some(line);
    Ok(())
}
