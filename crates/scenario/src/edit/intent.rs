//! What an edit means for the scenario, worked out without the text, to hold the new text against.

use crate::edit::{Edit, EditError, option};
use crate::model::{DelayRange, FaultSpec, ObjectKindSpec, Role, Scenario, Statement, StoreSpec};
use crate::parse::Parsed;
use crate::print::print_fault;
use crate::view::View;
use fencepost_sim::{Digest, Duration, Rank, sort_by_rank};
use fencepost_vocabulary::CheckMode;

/// The view as it must read after the edit.
pub(crate) struct Intent(Scenario);

impl Intent {
    /// What this edit makes of this view.
    pub fn of(edit: &Edit, view: &View) -> Result<Self, EditError> {
        let mut wanted = view.scenario.clone();
        match edit {
            Edit::AddFault(fault) => wanted.faults.push(fault.clone()),
            Edit::ReplaceFault { index, fault } => *nth(&mut wanted.faults, *index)? = fault.clone(),
            Edit::RemoveFault { index } => drop(taken(&mut wanted.faults, *index)?),
            Edit::RemoveDisabled { index } => drop(taken(&mut wanted.disabled, *index)?),
            Edit::DisableFault { index } => {
                let fault = taken(&mut wanted.faults, *index)?;
                wanted.disabled.push(fault);
            }
            Edit::EnableFault { index } => {
                let fault = taken(&mut wanted.disabled, *index)?;
                wanted.faults.push(fault);
            }
            Edit::SetCheck { store, check } => {
                set_check(&mut wanted, store, *check)?;
            }
            Edit::SetLease { lock, lease } => set_lease(&mut wanted, lock, *lease)?,
            Edit::SetFirstToken { lock, first_token } => set_first_token(&mut wanted, lock, *first_token)?,
            Edit::SetRole { participant, role } => set_role(&mut wanted, participant, role)?,
            Edit::SetOption { subject, option, value } => {
                let said = option::wanted(&view.scenario, subject, option, value.as_deref())?;
                set_told(&mut wanted, subject, said)?;
            }
            Edit::SetDelay(delay) => wanted.delay = DelayRange::fixed(*delay),
            Edit::SetUntil(until) => wanted.until = *until,
            Edit::SetSeed(seed) => wanted.seed = *seed,
            Edit::SetModel(model) => wanted.model = *model,
            Edit::SetFailures(failures) => wanted.failures = *failures,
            Edit::ReplaceText(_) => {}
        }
        Ok(Self(wanted))
    }

    /// Whether a text that means this says it. The order of faults may differ; nothing depends on it.
    pub fn is_met(&self, after: &Parsed, variant: Option<&str>, before: &Parsed) -> Result<(), String> {
        let found = after.view(variant).map(|view| view.scenario);
        if found.is_some_and(|found| sorted(found) == sorted(self.0.clone())) {
            return Ok(());
        }
        let fresh = |message: &str| before.diagnostics.iter().all(|old| old.message != message);
        let new = after.diagnostics.iter().find(|one| fresh(&one.message));
        Err(new.map_or_else(
            || "another line of the text says otherwise".to_owned(),
            |diagnostic| diagnostic.message.clone(),
        ))
    }
}

fn sorted(mut scenario: Scenario) -> Scenario {
    sort_by_rank(&mut scenario.faults, rank_of);
    sort_by_rank(&mut scenario.disabled, rank_of);
    scenario
}

/// Equal faults have equal ranks; that is all that matters here.
fn rank_of(fault: &FaultSpec) -> Rank {
    let mut digest = Digest::default();
    digest.bytes(print_fault(fault).as_bytes());
    (digest.finish(), 0)
}

fn nth(faults: &mut [FaultSpec], index: usize) -> Result<&mut FaultSpec, EditError> {
    faults.get_mut(index).ok_or(EditError::NoSuchFault(index))
}

fn taken(faults: &mut Vec<FaultSpec>, index: usize) -> Result<FaultSpec, EditError> {
    nth(faults, index)?;
    Ok(faults.remove(index))
}

/// A group is told in one line, so what one of them is told all are.
fn set_role(wanted: &mut Scenario, name: &str, new: &Role) -> Result<(), EditError> {
    let old = role(wanted, name).cloned();
    let old = old.filter(|old| is_like(old, new)).ok_or_else(|| EditError::NoSuchParticipant(name.to_owned()))?;
    let grouped = new.group().is_some();
    for one in &mut wanted.participants {
        if one.name == name || (grouped && one.role == old) {
            one.role = new.clone();
        }
    }
    Ok(())
}

/// What a statement tells somebody to be.
fn set_told(wanted: &mut Scenario, name: &str, said: Statement) -> Result<(), EditError> {
    match said {
        Statement::Object(new) => {
            let old = wanted.objects.iter_mut().find(|object| object.name == name).ok_or_else(|| nobody(name))?;
            *old = new;
            Ok(())
        }
        Statement::Data { store, .. } => match role(wanted, name) {
            Some(Role::Lock(lock)) => {
                lock.data = Some(store);
                Ok(())
            }
            _ => Err(nobody(name)),
        },
        Statement::Group(new) => {
            let first = new.group().and_then(<[String]>::first).cloned().unwrap_or_default();
            set_role(wanted, &first, &new)
        }
        Statement::Participant(mut one) => {
            if let (Role::Lock(new), Some(Role::Lock(old))) = (&mut one.role, role(wanted, name)) {
                new.data = old.data.take();
            }
            set_role(wanted, name, &one.role)
        }
        _ => Err(nobody(name)),
    }
}

/// Whether one role can take the other's place: it is of the same kind, and a group keeps its names.
fn is_like(old: &Role, new: &Role) -> bool {
    let named = old.group() == new.group() && old.kept() == new.kept();
    named && std::mem::discriminant(old) == std::mem::discriminant(new)
}

fn role<'a>(scenario: &'a mut Scenario, name: &str) -> Option<&'a mut Role> {
    scenario.participants.iter_mut().find(|one| one.name == name).map(|one| &mut one.role)
}

fn object<'a>(scenario: &'a mut Scenario, name: &str) -> Option<&'a mut ObjectKindSpec> {
    scenario.objects.iter_mut().find(|object| object.name == name).map(|object| &mut object.kind)
}

fn nobody(name: &str) -> EditError {
    EditError::NoSuchParticipant(name.to_owned())
}

fn set_check(scenario: &mut Scenario, name: &str, check: CheckMode) -> Result<(), EditError> {
    if let Some(ObjectKindSpec::Store(store)) = object(scenario, name) {
        store.check = check;
        return Ok(());
    }
    let store = match role(scenario, name) {
        Some(Role::Store(store)) => Some(store),
        Some(Role::Lock(lock)) => lock.data.as_mut(),
        _ => None,
    };
    let store: &mut StoreSpec = store.ok_or_else(|| nobody(name))?;
    store.check = check;
    // Only who asks first asks someone.
    store.asks = store.asks.take().filter(|_| check == CheckMode::AskFirst);
    Ok(())
}

fn set_lease(scenario: &mut Scenario, name: &str, lease: Option<Duration>) -> Result<(), EditError> {
    if let Some(ObjectKindSpec::Lock(lock)) = object(scenario, name) {
        lock.lease = lease;
        return Ok(());
    }
    if let Some(Role::Lock(lock)) = role(scenario, name) {
        lock.lease = lease;
        return Ok(());
    }
    let nodes = scenario.participants.iter_mut().filter_map(|one| match &mut one.role {
        Role::KeyNode(spec) if spec.lock == name => Some(spec),
        _ => None,
    });
    let nodes: Vec<_> = nodes.collect();
    if nodes.is_empty() {
        return Err(nobody(name));
    }
    let lease = lease.ok_or_else(|| EditError::CannotSay("each key has a lease".to_owned()))?;
    nodes.into_iter().for_each(|spec| spec.lease = lease);
    Ok(())
}

fn set_first_token(scenario: &mut Scenario, name: &str, first_token: u64) -> Result<(), EditError> {
    if let Some(ObjectKindSpec::Lock(lock)) = object(scenario, name) {
        lock.first_token = first_token;
        return Ok(());
    }
    match role(scenario, name) {
        Some(Role::Lock(lock)) => lock.first_token = first_token,
        _ => return Err(nobody(name)),
    }
    Ok(())
}
