//! From statements to the scenario they make, and which of them could not be used.

use fencepost_sim::Duration;

use crate::lines::ViewLines;
use crate::model::{ClientSpec, GuardSpec, LockSpec, ObjectSpec, Participant, Role, Scenario, Statement};
use crate::view::Located;
use crate::view::merge::{as_data, lock_names};

/// What statements add up to.
pub(crate) struct Assembled {
    pub scenario: Scenario,
    pub lines: ViewLines,
    /// Lines that could not be used, and why.
    pub problems: Vec<(usize, String)>,
}

/// The scenario that these statements make, in their order.
pub(crate) fn assemble(statements: Vec<Located>) -> Assembled {
    let locks = lock_names(statements.iter().map(|located| &located.statement));
    let mut made = Assembled { scenario: Scenario::default(), lines: ViewLines::default(), problems: Vec::new() };
    let (lanes, others): (Vec<_>, Vec<_>) =
        statements.into_iter().map(|located| as_data(located, &locks)).partition(|located| is_lane(&located.statement));
    lanes.into_iter().chain(others).for_each(|located| made.add(located));
    made
}

fn is_lane(statement: &Statement) -> bool {
    matches!(statement, Statement::Participant(_) | Statement::Group(_))
}

impl Assembled {
    fn add(&mut self, Located { statement, line }: Located) {
        let outcome = match statement {
            Statement::Until(until) => first(&mut self.lines.until, line).map(|()| self.scenario.until = until),
            Statement::Seed(seed) => first(&mut self.lines.seed, line).map(|()| self.scenario.seed = seed),
            Statement::Delay(delay) => first(&mut self.lines.delay, line).map(|()| self.scenario.delay = delay),
            Statement::Fifo => first(&mut self.lines.fifo, line).map(|()| self.scenario.fifo = true),
            Statement::Model(model) => first(&mut self.lines.model, line).map(|()| self.scenario.model = Some(model)),
            Statement::Failures(failures) => {
                first(&mut self.lines.failures, line).map(|()| self.scenario.failures = Some(failures))
            }
            Statement::Link(link) => {
                self.lines.links.push(line);
                self.scenario.links.push(link);
                Ok(())
            }
            Statement::Participant(participant) => self.participant(participant, line),
            Statement::Group(role) => self.group(&role, line),
            Statement::Object(object) => self.object(object, line),
            Statement::Data { lock, store } => self.with_lock(&lock, line, |spec| spec.data = Some(store)),
            Statement::Guarded(guard) => self.guard(guard, line),
            Statement::Renew { client, every } => self.renewal(&client, every, line),
            Statement::Trusts { client, share } => self.trusts(&client, share, line),
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
        self.is_free(&participant.name)?;
        if self.scenario.participants.len() >= crate::limits::PARTICIPANTS {
            return Err(format!("a scenario has at most {} participants", crate::limits::PARTICIPANTS));
        }
        self.scenario.participants.push(participant);
        self.lines.participants.push(line);
        self.lines.data.push(None);
        self.lines.renewals.push(None);
        self.lines.trusts.push(None);
        Ok(())
    }

    /// Each name of a group becomes a lane; a name that is taken stays whose it was. What the group keeps together has
    /// a name too, and without that there is nothing to keep.
    fn group(&mut self, role: &Role, line: usize) -> Result<(), String> {
        if let Some(kept) = role.kept() {
            self.is_free(kept)?;
        }
        let mut outcome = Ok(());
        for name in role.group().unwrap_or_default() {
            outcome = outcome.and(self.participant(Participant { name: name.clone(), role: role.clone() }, line));
        }
        outcome
    }

    fn object(&mut self, object: ObjectSpec, line: usize) -> Result<(), String> {
        self.is_free(&object.name)?;
        if self.scenario.objects.len() >= crate::limits::OBJECTS {
            return Err(format!("a scenario has at most {} replicated locks and stores", crate::limits::OBJECTS));
        }
        self.scenario.objects.push(object);
        self.lines.objects.push(line);
        Ok(())
    }

    /// Whether nobody and nothing has this name yet.
    fn is_free(&self, name: &str) -> Result<(), String> {
        let lanes = self.scenario.participants.iter().zip(&self.lines.participants);
        let mut lanes = lanes.filter(|(one, _)| one.name == name || one.role.kept() == Some(name));
        let objects = self.scenario.objects.iter().zip(&self.lines.objects);
        let mut objects = objects.filter(|(object, _)| object.name == name);
        let first = lanes.next().map(|(_, line)| line).or_else(|| objects.next().map(|(_, line)| line));
        match first {
            Some(first) => Err(format!("there is already a `{name}`, in line {}; this one is ignored", first + 1)),
            None => Ok(()),
        }
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

    /// Of two lines about one store the first counts.
    fn guard(&mut self, guard: GuardSpec, line: usize) -> Result<(), String> {
        let said = self.scenario.guards.iter().position(|other| other.store == guard.store);
        first(&mut said.map(|place| self.lines.guards[place]), line)?;
        self.scenario.guards.push(guard);
        self.lines.guards.push(line);
        Ok(())
    }

    fn renewal(&mut self, name: &str, every: Duration, line: usize) -> Result<(), String> {
        let index = self.client(name).ok_or_else(|| format!("there is no client `{name}` that could renew"))?;
        first(&mut self.lines.renewals[index], line)?;
        self.with_client(index, |spec| spec.renew_every = Some(every));
        Ok(())
    }

    fn trusts(&mut self, name: &str, share: u32, line: usize) -> Result<(), String> {
        let index = self.client(name).ok_or_else(|| format!("there is no client `{name}` that could trust a lease"))?;
        first(&mut self.lines.trusts[index], line)?;
        self.with_client(index, |spec| spec.trusts = share);
        Ok(())
    }

    fn client(&self, name: &str) -> Option<usize> {
        let is_client = |index: &usize| matches!(self.scenario.participants[*index].role, Role::Client(_));
        self.index(name).filter(is_client)
    }

    fn with_client(&mut self, index: usize, change: impl FnOnce(&mut ClientSpec)) {
        if let Role::Client(spec) = &mut self.scenario.participants[index].role {
            change(spec);
        }
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
