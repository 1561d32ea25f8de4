//! From statements to a scenario, and from a scenario with variants to one flat scenario.
//!
//! A variant's statement takes the place of the base statements with the same key; all its statements with one key
//! together replace all base statements with that key. So `pause A …` in a variant replaces every pause of A.

mod assemble;
mod merge;

use crate::lines::{LineMap, ViewLines};
use crate::model::{ClientSpec, Participant, Role, Scenario, Statement};
pub(crate) use assemble::assemble;
pub(crate) use merge::{merged, settle};

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

/// The statements that make up a base scenario, in canonical order. What goes without saying is among them only if a
/// line says it.
pub(crate) fn statements(scenario: &Scenario, lines: &ViewLines) -> Vec<Located> {
    let mut all = world(scenario, lines);
    lanes(scenario, lines, &mut all);
    for (index, object) in scenario.objects.iter().enumerate() {
        all.push(Located { statement: Statement::Object(object.clone()), line: at(&lines.objects, index) });
    }
    for (index, guard) in scenario.guards.iter().enumerate() {
        all.push(Located { statement: Statement::Guarded(guard.clone()), line: at(&lines.guards, index) });
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

fn at(lines: &[usize], index: usize) -> usize {
    lines.get(index).copied().unwrap_or_default()
}

fn world(scenario: &Scenario, lines: &ViewLines) -> Vec<Located> {
    let mut all = Vec::new();
    let mut say = |statement: Statement, line: Option<usize>, needed: bool| {
        if needed || line.is_some() {
            all.push(Located { statement, line: line.unwrap_or_default() });
        }
    };
    say(Statement::Until(scenario.until), lines.until, true);
    say(Statement::Seed(scenario.seed), lines.seed, scenario.seed != 0);
    say(Statement::Delay(scenario.delay), lines.delay, true);
    if scenario.fifo {
        say(Statement::Fifo, lines.fifo, true);
    }
    for (index, link) in scenario.links.iter().enumerate() {
        say(Statement::Link(link.clone()), Some(at(&lines.links, index)), true);
    }
    if let Some(model) = scenario.model {
        say(Statement::Model(model), lines.model, true);
    }
    if let Some(failures) = scenario.failures {
        say(Statement::Failures(failures), lines.failures, true);
    }
    all
}

fn lanes(scenario: &Scenario, lines: &ViewLines, all: &mut Vec<Located>) {
    let mut groups: Vec<&Role> = Vec::new();
    for (index, participant) in scenario.participants.iter().enumerate() {
        let line = at(&lines.participants, index);
        let name = || participant.name.clone();
        let optional = |lines: &[Option<usize>]| lines.get(index).copied().flatten();
        let mut say = |statement, line| all.push(Located { statement, line });
        match &participant.role {
            // A group is said once, by the first of it that is there.
            role if role.group().is_some() => {
                if !groups.contains(&role) {
                    say(Statement::Group(role.clone()), line);
                    groups.push(role);
                }
            }
            Role::Lock(spec) => {
                let mut bare = spec.clone();
                let data = bare.data.take();
                say(Statement::Participant(Participant { name: name(), role: Role::Lock(bare) }), line);
                if let Some(store) = data {
                    say(Statement::Data { lock: name(), store }, optional(&lines.data).unwrap_or(line));
                }
            }
            Role::Client(spec) => {
                let bare = ClientSpec::new(spec.at, spec.program.clone());
                say(Statement::Participant(Participant { name: name(), role: Role::Client(bare) }), line);
                if let Some(every) = spec.renew_every {
                    say(Statement::Renew { client: name(), every }, optional(&lines.renewals).unwrap_or(line));
                }
                let said = optional(&lines.trusts);
                if spec.trusts != ClientSpec::WHOLE || said.is_some() {
                    say(Statement::Trusts { client: name(), share: spec.trusts }, said.unwrap_or(line));
                }
            }
            _ => say(Statement::Participant(participant.clone()), line),
        }
    }
}
