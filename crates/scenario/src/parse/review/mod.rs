//! Names that point nowhere, statements that can do nothing: understood, and still worth a remark.
//!
//! Everything here stays in the scenario; the laboratory shows a fault that concerns nobody as dangling.

mod alike;
mod fault;
mod guard;
mod lane;
mod never;
mod together;

use fencepost_sim::sort_by_rank;
use std::collections::{BTreeMap, BTreeSet};

use fencepost_vocabulary::CheckMode;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Expectation, Key, LockSpec, NodeSpec, ObjectKindSpec, Role, Scenario, Statement};
use crate::parse::problem::Problem;
use crate::parse::token::tokens;
use crate::parse::{Parsed, limits};
use crate::print::{key_of, normal};
use crate::view::{View, assemble, merged, statements};

const NO_LOCK_HERE: &str =
    "`same-store` works only in a lock service, which knows who holds the lock; everywhere else it rejects every write";

/// Adds the remarks to the diagnostics, and sorts them by their place.
pub(crate) fn review(parsed: &mut Parsed, unusable: Vec<(usize, String)>, lines: &[&str]) {
    let mut remarks = Remarks { lines, only: None, found: Vec::new() };
    unusable.into_iter().for_each(|(line, said)| remarks.whole(line, &said));
    remarks.base(parsed);
    for index in 0..parsed.scenario.variants.len() {
        remarks.variant(parsed, index);
    }
    parsed.diagnostics.append(&mut remarks.found);
    sort_by_rank(&mut parsed.diagnostics, |diagnostic| (diagnostic.line as u64, diagnostic.column as u64));
    parsed.diagnostics.truncate(limits::DIAGNOSTICS);
}

/// What a name stands for.
#[derive(Clone, Default)]
struct Kind<'a> {
    /// Whether it is a participant. What several keep together has a name and no lane.
    lane: bool,
    lock: bool,
    store: bool,
    client: bool,
    /// Whether it takes steps that take time.
    service: bool,
    /// Whether it registers names.
    registers: bool,
    officer: bool,
    traitor: bool,
    /// The group that it is a node of.
    node: Option<&'a NodeSpec>,
    /// Who keeps it, if several do.
    kept_by: &'a [String],
}

/// Who there is in a view.
struct Names<'a>(BTreeMap<&'a str, Kind<'a>>);

impl<'a> Names<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        let mut all = BTreeMap::new();
        for object in &scenario.objects {
            let lock = matches!(object.kind, ObjectKindSpec::Lock(_));
            all.insert(object.name.as_str(), Kind { lock, store: !lock, kept_by: &object.nodes, ..Kind::default() });
        }
        for one in &scenario.participants {
            all.insert(&one.name, kind(&one.name, &one.role));
            if let (Some(kept), Some(kept_by)) = (one.role.kept(), one.role.group()) {
                let lock = matches!(one.role, Role::KeyNode(_));
                all.insert(kept, Kind { lock, store: !lock, kept_by, ..Kind::default() });
            }
        }
        Self(all)
    }

    /// The names of those of whom something is true.
    fn those(&self, fits: impl Fn(&Kind<'_>) -> bool) -> Vec<&'a str> {
        self.0.iter().filter(|(_, kind)| fits(kind)).map(|(name, _)| *name).collect()
    }
}

fn kind<'a>(name: &str, role: &'a Role) -> Kind<'a> {
    let none = Kind { lane: true, ..Kind::default() };
    match role {
        Role::Lock(spec) => Kind { lock: true, store: spec.data.is_some(), service: true, ..none },
        Role::Store(_) => Kind { store: true, service: true, ..none },
        Role::Client(_) => Kind { client: true, ..none },
        Role::Member(_) | Role::General(_) | Role::KeyNode(_) | Role::Replica(_) => none,
        Role::Node(spec) => Kind { registers: true, node: Some(spec), ..none },
        Role::Registry(_) => Kind { registers: true, service: true, ..none },
        // What is written to one of a pair reaches their disk.
        Role::Twin(spec) => Kind { store: spec.disk.is_some(), ..none },
        Role::Officer(spec) => {
            Kind { officer: true, traitor: spec.traitors.iter().any(|traitor| traitor == name), ..none }
        }
    }
}

struct Remarks<'a> {
    lines: &'a [&'a str],
    /// The lines that are being reviewed; `None` for all.
    only: Option<Vec<usize>>,
    found: Vec<Diagnostic>,
}

impl Remarks<'_> {
    fn base(&mut self, parsed: &Parsed) {
        if let Some(view) = parsed.view(None) {
            self.view(&view);
        }
    }

    /// A variant's own lines, and what they did to the others: what is wrong with the base itself was said there.
    fn variant(&mut self, parsed: &Parsed, index: usize) {
        let own = &parsed.lines.variants[index];
        let variant = &parsed.scenario.variants[index];
        self.only = Some(own.changes.iter().chain(&own.expectations).copied().collect());
        let base = statements(&parsed.scenario, &parsed.lines.base);
        let mut keys: BTreeSet<Key> = BTreeSet::new();
        keys.extend(base.iter().map(|located| key_of(&located.statement)));
        for (change, line) in variant.changes.iter().zip(&own.changes) {
            if let Statement::Remove(key) = change
                && !keys.contains(&normal(key))
            {
                self.whole(*line, &format!("the base has no `{}` that could be removed", key.0.join(" ")));
            }
        }
        let changes = variant.changes.iter().cloned().zip(own.changes.iter().copied());
        let changes = changes.map(|(statement, line)| crate::view::Located { statement, line }).collect();
        for (line, said) in assemble(merged(base, changes)).problems {
            self.whole(line, &said);
        }
        if let Some(view) = parsed.view(Some(&variant.name)) {
            self.changed(&view, &variant.name);
        }
    }

    /// A variant's view. A step of the base's that is left out because the variant took somebody away is odd; a fault
    /// that lost its target is shown as dangling, and needs no remark here.
    fn changed(&mut self, view: &View, variant: &str) {
        let own = self.only.take().unwrap_or_default();
        let known = self.found.len();
        self.view(view);
        let mut fresh = self.found.split_off(known);
        fresh.retain(|remark| own.contains(&remark.line) || view.lines.participants.contains(&remark.line));
        for remark in fresh.iter_mut().filter(|remark| !own.contains(&remark.line)) {
            remark.severity = Severity::Warning;
            remark.message.push_str(&format!(" in the variant `{variant}`"));
        }
        self.found.append(&mut fresh);
    }

    fn view(&mut self, view: &View) {
        let (scenario, lines) = (&view.scenario, &view.lines);
        let names = Names::of(scenario);
        self.alike(view);
        self.links(scenario, &lines.links, &names);
        for (participant, line) in scenario.participants.iter().zip(&lines.participants) {
            match &participant.role {
                Role::Client(spec) => self.program(*line, &spec.program, &names),
                Role::Store(spec) if spec.check == CheckMode::SameStore => self.warn(*line, "same-store", NO_LOCK_HERE),
                Role::Store(spec) => self.asked(*line, spec, &names),
                Role::Lock(spec) => self.lock(*line, spec),
                _ => {}
            }
        }
        self.groups(view, &names);
        self.objects(view, &names);
        self.guards(view, &names);
        for (participant, line) in scenario.participants.iter().zip(&lines.data) {
            if let (Role::Lock(LockSpec { data: Some(spec), .. }), Some(line)) = (&participant.role, line) {
                self.asked(*line, spec, &names);
            }
        }
        let faults = scenario.faults.iter().zip(&lines.faults);
        for (fault, line) in faults.chain(scenario.disabled.iter().zip(&lines.disabled)) {
            self.fault(*line, fault, &names);
        }
        self.lost(view);
        self.never(view, &names);
        for (claim, line) in scenario.expectations.iter().zip(&lines.expectations) {
            if let Expectation::Property { subject: Some(name), .. } = claim {
                self.anything(*line, name, &names);
            }
        }
    }

    fn links(&mut self, scenario: &Scenario, lines: &[usize], names: &Names<'_>) {
        let mut delayed = BTreeMap::new();
        for (link, line) in scenario.links.iter().zip(lines) {
            self.somebody(*line, [&link.from, &link.to], names);
            if let Some(earlier) = delayed.insert((&link.from, &link.to), line) {
                let twice = format!("this was said in line {} already; the last one counts", earlier + 1);
                self.say(*line, Problem::odd(&twice).within(self.lines.get(*line).copied().unwrap_or_default()));
            }
        }
    }

    /// These names must stand for someone.
    fn somebody<'n>(&mut self, line: usize, wanted: impl IntoIterator<Item = &'n String>, names: &Names<'_>) {
        if !self.is_wanted(line) {
            return;
        }
        for name in wanted {
            match names.0.get(name.as_str()) {
                Some(kind) if kind.lane => {}
                Some(_) => {
                    let said = format!("`{name}` has no lane of its own: several keep it, and each of them has a name");
                    self.say(line, Problem::error(self.place(line, name), said));
                }
                None => self.unknown(line, name, &names.those(|kind| kind.lane)),
            }
        }
    }

    /// This name must stand for someone or something.
    fn anything(&mut self, line: usize, name: &str, names: &Names<'_>) {
        if self.is_wanted(line) && !names.0.contains_key(name) {
            self.unknown(line, name, &names.those(|_| true));
        }
    }

    fn unknown(&mut self, line: usize, name: &str, known: &[&str]) {
        let problem = Problem::error(self.place(line, name), format!("there is no participant `{name}`"));
        self.say(line, problem.like(name, known));
    }

    /// This name must stand for a participant that can do this.
    fn kind(&mut self, line: usize, name: &str, what: &str, fits: impl Fn(&Kind<'_>) -> bool, names: &Names<'_>) {
        if !self.is_wanted(line) {
            return;
        }
        match names.0.get(name) {
            Some(kind) if fits(kind) => {}
            Some(_) => {
                self.say(line, Problem::error(self.place(line, name), format!("`{name}` is no {what}")));
            }
            None => self.unknown(line, name, &names.those(&fits)),
        }
    }

    /// This name should stand for a lock or a store, and does not.
    fn no_such(&mut self, line: usize, name: &str, what: &str, known: &[&str], is_somebody: bool) {
        match is_somebody {
            true => self.wrong(line, name, &format!("`{name}` is no {what}")),
            false => self.unknown(line, name, known),
        }
    }

    fn warn(&mut self, line: usize, word: &str, said: &str) {
        self.say(line, Problem::warning(self.place(line, word), said.to_owned()));
    }

    fn wrong(&mut self, line: usize, word: &str, said: &str) {
        self.say(line, Problem::error(self.place(line, word), said.to_owned()));
    }

    /// Of a whole line: understood, but odd.
    fn odd(&mut self, line: usize, said: &str) {
        let text = self.lines.get(line).copied().unwrap_or_default();
        self.say(line, Problem::odd(said).within(text));
    }

    fn whole(&mut self, line: usize, said: &str) {
        let text = self.lines.get(line).copied().unwrap_or_default();
        self.say(line, Problem::whole(said).within(text));
    }

    /// Whether a remark on this line would be heard. Looking for what was meant takes time, and strangers' texts can
    /// have a hundred thousand names that mean nothing.
    fn is_wanted(&self, line: usize) -> bool {
        self.found.len() < limits::DIAGNOSTICS && self.only.as_ref().is_none_or(|only| only.contains(&line))
    }

    fn say(&mut self, line: usize, problem: Problem) {
        let diagnostic = problem.on(line, self.lines.get(line).copied().unwrap_or_default());
        // The same slip in one line is told once, however often the line has it.
        if self.is_wanted(line) && !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// The last place of a word in a line: names are what a line speaks of, and what it speaks of comes last.
    fn place(&self, line: usize, word: &str) -> std::ops::Range<usize> {
        let text = self.lines.get(line).copied().unwrap_or_default();
        let found = tokens(text).0.into_iter().rfind(|token| token.text == word);
        found.map_or(0..text.len(), |token| token.start..token.end)
    }
}
