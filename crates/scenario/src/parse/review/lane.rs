//! What participants are told that they cannot do, or that changes nothing.

use fencepost_sim::Duration;
use fencepost_vocabulary::{CheckMode, Clock};

use crate::model::{LockSpec, MemberSpec, ProgramStep, StoreSpec};
use crate::parse::review::{Names, Remarks};

impl Remarks<'_> {
    pub(super) fn program(&mut self, line: usize, program: &[ProgramStep], names: &Names<'_>) {
        let mut acquired: Vec<&str> = Vec::new();
        // Whoever acquires nothing may well release what is somebody else's: an operator does.
        let takes_part = program.iter().any(|step| matches!(step, ProgramStep::Acquire { .. }));
        for step in program {
            match step {
                ProgramStep::Acquire { lock, at, .. } => {
                    self.kind(line, lock, "lock service", |kind| kind.lock, names);
                    self.keeps(line, lock, at, names);
                    acquired.push(lock);
                }
                ProgramStep::CheckLease { .. } if acquired.is_empty() => {
                    self.warn(line, "check", "the lease is checked before any lock is acquired");
                }
                ProgramStep::Release { lock, at, .. } => {
                    match takes_part {
                        true => self.given(line, lock, "release", "released", &acquired, names),
                        false => self.kind(line, lock, "lock service", |kind| kind.lock, names),
                    }
                    self.keeps(line, lock, at, names);
                }
                ProgramStep::Ask { lock, .. } => self.given(line, lock, "ask", "asked", &acquired, names),
                ProgramStep::Announce { store, .. } => self.kind(line, store, "store", |kind| kind.store, names),
                ProgramStep::Write { store, at, .. } => {
                    self.kind(line, store, "store", |kind| kind.store, names);
                    self.keeps(line, store, at, names);
                }
                ProgramStep::Read { store, at, from, .. } => {
                    self.kind(line, store, "store", |kind| kind.store, names);
                    self.keeps(line, store, at.iter().chain(from), names);
                }
                ProgramStep::Claim { at, .. } => {
                    self.kind(
                        line,
                        at,
                        "registry, and only registries and nodes register names",
                        |kind| kind.registers,
                        names,
                    );
                }
                ProgramStep::Ping { to, .. } => self.somebody(line, [to], names),
                ProgramStep::CheckLease { .. } | ProgramStep::Work(_) | ProgramStep::Effect(_) => {}
            }
        }
    }

    /// A step that speaks of a lock that the program must have acquired before.
    fn given(&mut self, line: usize, lock: &str, word: &str, done: &str, acquired: &[&str], names: &Names<'_>) {
        self.kind(line, lock, "lock service", |kind| kind.lock, names);
        if names.0.contains_key(lock) && !acquired.contains(&lock) {
            self.warn(line, word, &format!("`{lock}` is {done} but was never acquired"));
        }
    }

    /// Whoever a step turns to must keep what it asks for.
    fn keeps<'n>(&mut self, line: usize, what: &str, asked: impl IntoIterator<Item = &'n String>, names: &Names<'_>) {
        let Some(kind) = names.0.get(what).filter(|_| self.is_wanted(line)) else { return };
        for name in asked.into_iter().filter(|name| !kind.kept_by.contains(name)) {
            match names.0.contains_key(name.as_str()) {
                true => self.wrong(line, name, &format!("`{name}` does not keep `{what}`")),
                false => self.anything(line, name, names),
            }
        }
    }

    pub(super) fn lock(&mut self, line: usize, spec: &LockSpec) {
        if spec.lease.is_none() {
            let never = "a lock that never expires has no use for this";
            let said = [
                ("expiry", spec.expiry == Clock::Wall),
                ("lock-delay", spec.lock_delay != Duration::ZERO),
                ("restart", spec.delayed_restart),
            ];
            said.into_iter().filter(|(_, said)| *said).for_each(|(word, _)| self.warn(line, word, never));
        }
        if !spec.recheck && spec.session.is_none() {
            self.warn(line, "recheck", "nobody's session can be over without `session` and a time");
        }
    }

    /// A store that asks first must know whom.
    pub(super) fn asked(&mut self, line: usize, spec: &StoreSpec, names: &Names<'_>) {
        match &spec.asks {
            Some(lock) => self.kind(line, lock, "lock service", |kind| kind.lock, names),
            None if spec.check == CheckMode::AskFirst && names.0.values().filter(|kind| kind.lock).count() != 1 => {
                self.warn(line, "ask-first", "it must be said which lock service is asked: `check ask-first L`");
            }
            None => {}
        }
    }

    pub(super) fn members(&mut self, line: usize, spec: &MemberSpec, names: &Names<'_>) {
        for client in &spec.report {
            self.kind(line, client, "client", |kind| kind.client, names);
        }
        if spec.suspect <= spec.heartbeat {
            self.warn(line, "suspect", "everyone is suspected between two heartbeats");
        }
    }
}
