//! Participants as lines; defaults that go without saying are not said.

use std::fmt::Write;

use fencepost_sim::Duration;
use fencepost_vocabulary::Clock;

use crate::model::{
    ClientSpec, GuardSpec, LockSpec, Memory, Participant, Patience, ProgramStep, ReleaseMode, Retry, Role, StoreSpec,
    SyncMode, WriteValue,
};
use crate::print::world::share;
use crate::print::{group, length};
use crate::time::written;

/// The line of one participant. For one of a group it is the line of the whole group.
pub(super) fn participant(participant: &Participant) -> String {
    match &participant.role {
        Role::Lock(spec) => lock(&participant.name, spec),
        Role::Store(spec) => store(&participant.name, spec),
        Role::Client(spec) => client(&participant.name, spec),
        role => group::group(role),
    }
}

fn lock(name: &str, spec: &LockSpec) -> String {
    let mut line = match spec.lease {
        Some(lease) => format!("lock {name} lease {}", length(lease)),
        None => format!("lock {name} lease none"),
    };
    if spec.first_token != 1 {
        let _ = write!(line, " first-token {}", spec.first_token);
    }
    said(&mut line, "expiry wall", spec.expiry == Clock::Wall);
    if spec.lock_delay != Duration::ZERO {
        let _ = write!(line, " lock-delay {}", length(spec.lock_delay));
    }
    said(&mut line, "release blind", spec.release == ReleaseMode::Blind);
    said(&mut line, "counter volatile", spec.counter == Memory::Volatile);
    said(&mut line, "leases volatile", spec.leases == Memory::Volatile);
    said(&mut line, "restart delayed", spec.delayed_restart);
    if let Some(session) = spec.session {
        let _ = write!(line, " session {}", length(session));
    }
    said(&mut line, "recheck off", !spec.recheck);
    said(&mut line, "reentrant on", spec.reentrant);
    said(&mut line, "dedupe off", !spec.dedupe);
    line + &sync(spec.sync)
}

/// One clause more, if that is so.
pub(super) fn said(line: &mut String, clause: &str, is_so: bool) {
    if is_so {
        line.push(' ');
        line.push_str(clause);
    }
}

fn sync(mode: SyncMode) -> String {
    match mode {
        SyncMode::Now => String::new(),
        SyncMode::After(length) => format!(" sync {}", self::length(length)),
        SyncMode::Every(length) => format!(" sync every {}", self::length(length)),
    }
}

/// The line of a store, or of what a lock service keeps.
pub(super) fn store(name: &str, spec: &StoreSpec) -> String {
    let mut line = format!("store {name} check {}", spec.check.word());
    if let Some(lock) = &spec.asks {
        let _ = write!(line, " {lock}");
    }
    said(&mut line, "max volatile", spec.max == Memory::Volatile);
    said(&mut line, "nonatomic", spec.nonatomic);
    line + &sync(spec.sync)
}

/// The line that says which locks guard a store.
pub(super) fn guarded(guard: &GuardSpec) -> String {
    let locks = if guard.locks.is_empty() { "none".to_owned() } else { guard.locks.join(" ") };
    format!("store {} guarded-by {locks}", guard.store)
}

fn client(name: &str, spec: &ClientSpec) -> String {
    let steps: Vec<String> = spec.program.iter().map(step).collect();
    let renew = spec.renew_every.map(|every| format!(" renew every {}", length(every))).unwrap_or_default();
    let trusts = (spec.trusts != ClientSpec::WHOLE).then(|| format!(" trusts {}", share(spec.trusts)));
    let trusts = trusts.unwrap_or_default();
    let line = format!("client {name} at {}{renew}{trusts}: {}", written(spec.at.0), steps.join("; "));
    line.trim_end().to_owned()
}

fn step(step: &ProgramStep) -> String {
    match step {
        ProgramStep::Acquire { lock, at, patience } => {
            format!("acquire {lock}{}{}", node(at.as_ref()), waits(*patience))
        }
        ProgramStep::CheckLease { margin: Duration::ZERO } => "check lease".to_owned(),
        ProgramStep::CheckLease { margin } => format!("check lease margin {}", length(*margin)),
        ProgramStep::Work(work) => format!("work {}", length(*work)),
        ProgramStep::Write { store, at, value, times, pipelined, token, patience } => {
            let store = format!("{store}{}", node(at.as_ref()));
            write_step(&store, *value, *times, *pipelined, *token) + &waits(*patience)
        }
        ProgramStep::Read { store, at, from, patience } => {
            let from = if from.is_empty() { String::new() } else { format!(" from {}", from.join(" ")) };
            format!("read {store}{}{from}{}", node(at.as_ref()), waits(*patience))
        }
        ProgramStep::Announce { store, patience } => format!("announce {store}{}", waits(*patience)),
        ProgramStep::Release { lock, at, patience } => {
            format!("release {lock}{}{}", node(at.as_ref()), waits(*patience))
        }
        ProgramStep::Ask { lock, patience } => format!("ask {lock}{}", waits(*patience)),
        ProgramStep::Effect(outside) => format!("effect {}", outside.word()),
        ProgramStep::Ping { to, patience } => format!("ping {to}{}", waits(*patience)),
        ProgramStep::Claim { name, at, patience } => format!("claim {name} at {at}{}", waits(*patience)),
    }
}

fn node(at: Option<&String>) -> String {
    at.map(|at| format!(" at {at}")).unwrap_or_default()
}

/// How long a step waits; nothing if nothing is said.
fn waits(patience: Patience) -> String {
    let retry = patience.retry.map(|retry| match retry {
        Retry::Every(every) => format!(" retry {}", length(every)),
        Retry::Drawn(low, high) => format!(" retry {}..{}", length(low), length(high)),
        Retry::Doubling(first, most) => format!(" retry {} doubling {}", length(first), length(most)),
    });
    let within = patience.within.map(|within| format!(" within {}", length(within)));
    retry.into_iter().chain(within).collect()
}

fn write_step(store: &str, value: WriteValue, times: u32, pipelined: bool, token: Option<u64>) -> String {
    let mut step = format!("write {store}");
    if let WriteValue::ReadPlus(addend) = value {
        let _ = write!(step, " read+{addend}");
    }
    if times != 1 {
        let _ = write!(step, " x{times}");
    }
    said(&mut step, "pipelined", pipelined);
    if let Some(token) = token {
        let _ = write!(step, " token {token}");
    }
    step
}
