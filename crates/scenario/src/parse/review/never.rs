//! What can never come to anything, as far as the text alone can tell: messages that nobody sends, faults after the end,
//! leases that are over before they are looked at. Where it is not certain, nothing is said.

use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::MessageKind;

use crate::model::{
    ClientSpec, CrashStart, FaultSpec, MessageName, ObjectKindSpec, PauseStart, ProgramStep, Role, Scenario, WriteValue,
};
use crate::parse::review::{Names, Remarks};
use crate::view::View;

impl Remarks<'_> {
    pub(super) fn never(&mut self, view: &View, names: &Names<'_>) {
        for (fault, line) in view.scenario.faults.iter().zip(&view.lines.faults) {
            if let Some(message) = message(fault)
                && let Some(said) = never_sent(message, &view.scenario, names)
            {
                self.warn(*line, message.kind.word(), &said);
            }
            if let Some(at) = begins(fault).filter(|at| *at >= view.scenario.until) {
                let said =
                    format!("the run ends at {} and this begins at {at}, so it never strikes", view.scenario.until);
                self.odd(*line, &said);
            }
        }
        let lines = view.lines.participants.iter().zip(&view.lines.renewals);
        for (participant, (line, renewal)) in view.scenario.participants.iter().zip(lines) {
            if let Role::Client(spec) = &participant.role {
                self.leases(*line, renewal.unwrap_or(*line), spec, &view.scenario);
            }
        }
    }

    /// A margin or a renewal that is longer than every lease it is about.
    fn leases(&mut self, line: usize, renewal: usize, spec: &ClientSpec, scenario: &Scenario) {
        let asked = spec.program.iter().filter_map(|step| match step {
            ProgramStep::Acquire { lock, .. } => Some(lock.as_str()),
            _ => None,
        });
        // Of a lock that never expires, or that is not there, nothing can be said.
        let leases: Option<Vec<Duration>> = asked.map(|lock| lease(lock, scenario)).collect();
        let Some(longest) = leases.and_then(|leases| leases.into_iter().max()) else { return };
        let margins = spec.program.iter().filter_map(|step| match step {
            ProgramStep::CheckLease { margin } if *margin >= longest => Some(*margin),
            _ => None,
        });
        if let Some(margin) = margins.max() {
            let said =
                format!("a margin of {margin} leaves nothing of a lease of {longest}, so this check never passes");
            self.warn(line, "margin", &said);
        }
        if let Some(every) = spec.renew_every.filter(|every| *every >= longest) {
            let said = format!("a lease of {longest} is over before it is renewed after {every}");
            self.warn(renewal, "every", &said);
        }
    }
}

/// The message that a fault is about.
fn message(fault: &FaultSpec) -> Option<&MessageName> {
    match fault {
        FaultSpec::Crash { start: CrashStart::AfterSending(message), .. }
        | FaultSpec::Drop { message }
        | FaultSpec::Delay { message, .. }
        | FaultSpec::Hold { message, .. }
        | FaultSpec::Duplicate { message, .. } => Some(message),
        FaultSpec::Crash { .. }
        | FaultSpec::Pause { .. }
        | FaultSpec::Mute { .. }
        | FaultSpec::Deafen { .. }
        | FaultSpec::Stall { .. }
        | FaultSpec::ClockRate { .. }
        | FaultSpec::ClockJump { .. }
        | FaultSpec::Partition { .. }
        | FaultSpec::Lie { .. } => None,
    }
}

/// When a fault that has a time begins.
fn begins(fault: &FaultSpec) -> Option<Time> {
    match fault {
        FaultSpec::Pause { start: PauseStart::At(at), .. }
        | FaultSpec::Crash { start: CrashStart::At(at), .. }
        | FaultSpec::Mute { from: at, .. }
        | FaultSpec::Deafen { from: at, .. }
        | FaultSpec::ClockRate { from: at, .. }
        | FaultSpec::ClockJump { at, .. }
        | FaultSpec::Partition { from: at, .. } => Some(*at),
        FaultSpec::Pause { .. }
        | FaultSpec::Crash { .. }
        | FaultSpec::Stall { .. }
        | FaultSpec::Drop { .. }
        | FaultSpec::Delay { .. }
        | FaultSpec::Hold { .. }
        | FaultSpec::Duplicate { .. }
        | FaultSpec::Lie { .. } => None,
    }
}

/// How long a lock's lease is; `None` if it has none.
fn lease(lock: &str, scenario: &Scenario) -> Option<Duration> {
    let alone = scenario.participants.iter().find_map(|one| match &one.role {
        Role::Lock(spec) if one.name == lock => spec.lease,
        Role::KeyNode(spec) if spec.lock == lock => Some(spec.lease),
        _ => None,
    });
    let together = scenario.objects.iter().find_map(|object| match &object.kind {
        ObjectKindSpec::Lock(spec) if object.name == lock => spec.lease,
        _ => None,
    });
    alone.or(together)
}

/// Why nobody ever sends this message.
fn never_sent(message: &MessageName, scenario: &Scenario, names: &Names<'_>) -> Option<String> {
    let MessageName { from, to, kind, .. } = message;
    let sender = scenario.participants.iter().find(|one| one.name == *from)?;
    match &sender.role {
        Role::Client(spec) => {
            if !is_of_clients(*kind) {
                return Some(format!("a client never sends `{}`", kind.word()));
            }
            let is_lone = |name: &str| names.0.get(name).is_some_and(|kind| kind.lane && (kind.lock || kind.store));
            let can = |step: &ProgramStep| {
                // Whoever several keep, or one of a pair, may be asked in another's place.
                sends(step, *kind, spec).is_some_and(|whom| whom == to || !is_lone(whom))
            };
            let is_sent = *kind == MessageKind::Pong || spec.program.iter().any(can);
            (!is_sent).then(|| format!("the program of `{from}` sends `{to}` no `{}`", kind.word()))
        }
        Role::Lock(_) | Role::Store(_)
            if is_of_clients(*kind) && ![MessageKind::Ask, MessageKind::Pong].contains(kind) =>
        {
            Some(format!("`{from}` sends no `{}`: only clients do", kind.word()))
        }
        _ => None,
    }
}

/// Whether clients send messages of this kind.
fn is_of_clients(kind: MessageKind) -> bool {
    use MessageKind::{Acquire, Announce, Ask, Claim, Free, Get, Ping, Pong, Put, Read, Release, Renew, Take, Write};
    matches!(
        kind,
        Acquire | Announce | Ask | Claim | Free | Get | Ping | Pong | Put | Read | Release | Renew | Take | Write
    )
}

/// Whom a step sends a message of this kind to, if it can.
fn sends<'a>(step: &'a ProgramStep, kind: MessageKind, spec: &ClientSpec) -> Option<&'a str> {
    use MessageKind::{Acquire, Announce, Ask, Claim, Free, Get, Ping, Put, Read, Release, Renew, Take, Write};
    match step {
        ProgramStep::Acquire { lock, .. } => {
            let renews = kind == Renew && spec.renew_every.is_some();
            (renews || matches!(kind, Acquire | Take | Free)).then_some(lock)
        }
        ProgramStep::Release { lock, .. } => matches!(kind, Release | Free).then_some(lock),
        ProgramStep::Write { store, value, .. } => {
            let reads = kind == Read && matches!(value, WriteValue::ReadPlus(_));
            (reads || matches!(kind, Write | Get | Put)).then_some(store)
        }
        ProgramStep::Read { store, .. } => matches!(kind, Read | Get | Put).then_some(store),
        ProgramStep::Announce { store, .. } => (kind == Announce).then_some(store),
        ProgramStep::Ask { lock, .. } => (kind == Ask).then_some(lock),
        ProgramStep::Ping { to, .. } => (kind == Ping).then_some(to),
        ProgramStep::Claim { at, .. } => (kind == Claim).then_some(at),
        ProgramStep::CheckLease { .. } | ProgramStep::Work(_) | ProgramStep::Effect(_) => None,
    }
    .map(String::as_str)
}
