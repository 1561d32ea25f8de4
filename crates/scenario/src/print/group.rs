//! Groups as lines, and what groups keep in their logs; defaults that go without saying are not said.

use std::fmt::Write;

use fencepost_sim::Duration;
use fencepost_vocabulary::Clock;

use crate::model::{
    Ack, Declare, GeneralSpec, MemberSpec, Memory, NodeSpec, ObjectKindSpec, ObjectSpec, OfficerSpec, Order, PairSpec,
    Reads, RedlockSpec, RegisterSpec, RegistrySpec, Role, SharedLockSpec, SharedStoreSpec, Timeout, TokenSource,
};
use crate::print::length;
use crate::print::role::said;
use crate::time::written;

/// The line of a whole group; empty for a role that has a line of its own.
pub(super) fn group(role: &Role) -> String {
    match role {
        Role::Lock(_) | Role::Store(_) | Role::Client(_) => String::new(),
        Role::Member(spec) => members(spec),
        Role::General(spec) => generals(spec),
        Role::Node(spec) => nodes(spec),
        Role::KeyNode(spec) => redlock(spec),
        Role::Replica(spec) => register(spec),
        Role::Registry(spec) => registry(spec),
        Role::Twin(spec) => pair(spec),
        Role::Officer(spec) => officers(spec),
    }
}

fn members(spec: &MemberSpec) -> String {
    let names = spec.members.join(" ");
    let mut line = format!("members {names} heartbeat {} suspect {}", length(spec.heartbeat), length(spec.suspect));
    for (word, names, usual) in [("observers", &spec.observers, &spec.members), ("report", &spec.report, &Vec::new())] {
        if names != usual {
            let _ = write!(line, " {word} {}", names.join(" "));
        }
    }
    if spec.declare != Declare::Off {
        let _ = write!(line, " declare {}", spec.declare.word());
    }
    line
}

/// The line of two generals.
fn generals(spec: &GeneralSpec) -> String {
    let names = spec.generals.join(" ");
    let dawn = if spec.dawn == GeneralSpec::DAWN { String::new() } else { format!(" dawn {}", written(spec.dawn.0)) };
    let resend = spec.resend.map(|every| format!(" resend {}", length(every))).unwrap_or_default();
    format!("generals {names} messages {}{dawn}{resend}", spec.messages)
}

fn nodes(spec: &NodeSpec) -> String {
    let mut line = format!("nodes {} elect", spec.nodes.join(" "));
    unusual(&mut line, "heartbeat", spec.heartbeat, NodeSpec::HEARTBEAT);
    match &spec.timeout {
        usual if *usual == NodeSpec::TIMEOUT => {}
        Timeout::Drawn { low, high } if low == high => clause(&mut line, "timeout", length(*low)),
        Timeout::Drawn { low, high } => clause(&mut line, "timeout", format!("{}..{}", length(*low), length(*high))),
        Timeout::Fixed(all) => {
            clause(&mut line, "timeouts", all.iter().copied().map(length).collect::<Vec<_>>().join(" "));
        }
    }
    if let Some(leader) = &spec.leader {
        clause(&mut line, "leader", leader.clone());
    }
    if spec.term != spec.first_term() {
        clause(&mut line, "term", spec.term.to_string());
    }
    number(&mut line, "quorum", spec.quorum);
    said(&mut line, "prevote on", spec.prevote);
    said(&mut line, "checkquorum on", spec.check_quorum);
    said(&mut line, "sticky on", spec.sticky);
    said(&mut line, "votes volatile", spec.votes == Memory::Volatile);
    traitors(&mut line, &spec.traitors);
    line
}

fn redlock(spec: &RedlockSpec) -> String {
    let mut line = format!("lock {} lease {} redlock on {}", spec.lock, length(spec.lease), spec.nodes.join(" "));
    number(&mut line, "quorum", spec.quorum);
    said(&mut line, "keys volatile", spec.keys == Memory::Volatile);
    said(&mut line, "restart delayed", spec.delayed_restart);
    said(&mut line, "expiry wall", spec.expiry == Clock::Wall);
    line
}

fn register(spec: &RegisterSpec) -> String {
    let mut line = format!("register {} on {}", spec.register, spec.nodes.join(" "));
    number(&mut line, "quorum", spec.quorum);
    number(&mut line, "read-quorum", spec.read_quorum);
    said(&mut line, "write-back off", !spec.write_back);
    line
}

fn registry(spec: &RegistrySpec) -> String {
    let mut line = format!("registry {}", spec.registries.join(" "));
    unusual(&mut line, "replicate async", spec.replicate, RegistrySpec::REPLICATE);
    said(&mut line, "nonatomic", spec.nonatomic);
    line
}

fn pair(spec: &PairSpec) -> String {
    let mut line = format!("pair {}", spec.twins.join(" "));
    unusual(&mut line, "heartbeat", spec.heartbeat, PairSpec::HEARTBEAT);
    unusual(&mut line, "timeout", spec.timeout, PairSpec::TIMEOUT);
    said(&mut line, "stonith confirmed", spec.confirmed);
    if let Some(disk) = &spec.disk {
        clause(&mut line, "disk", disk.clone());
    }
    line
}

fn officers(spec: &OfficerSpec) -> String {
    let mut line = format!("generals {} rounds {}", spec.generals.join(" "), spec.rounds);
    traitors(&mut line, &spec.traitors);
    said(&mut line, "signed on", spec.signed);
    said(&mut line, "order retreat", spec.order == Order::Retreat);
    line
}

/// The line of something that a group keeps in its log.
pub(super) fn object(spec: &ObjectSpec) -> String {
    let nodes = spec.nodes.join(" ");
    match &spec.kind {
        ObjectKindSpec::Lock(lock) => shared_lock(&spec.name, &nodes, lock),
        ObjectKindSpec::Store(store) => shared_store(&spec.name, &nodes, store),
    }
}

fn shared_lock(name: &str, nodes: &str, spec: &SharedLockSpec) -> String {
    let lease = spec.lease.map_or_else(|| "none".to_owned(), length);
    let mut line = format!("lock {name} lease {lease} replicated on {nodes}");
    if spec.first_token != 1 {
        clause(&mut line, "first-token", spec.first_token.to_string());
    }
    said(&mut line, "dirty-grant on", spec.dirty_grant);
    said(&mut line, "token counter", spec.token == TokenSource::Counter);
    said(&mut line, "release blind", spec.blind_release);
    said(&mut line, "reentrant on", spec.reentrant);
    said(&mut line, "dedupe off", !spec.dedupe);
    line
}

fn shared_store(name: &str, nodes: &str, spec: &SharedStoreSpec) -> String {
    let mut line = format!("store {name} replicated on {nodes} check {}", spec.check.word());
    if spec.ack != Ack::default() {
        clause(&mut line, "ack", spec.ack.word().to_owned());
    }
    if spec.reads != Reads::default() {
        clause(&mut line, "reads", spec.reads.word().to_owned());
    }
    line
}

fn clause(line: &mut String, word: &str, value: String) {
    let _ = write!(line, " {word} {value}");
}

/// A length of time that is not the usual one.
fn unusual(line: &mut String, word: &str, value: Duration, usual: Duration) {
    if value != usual {
        clause(line, word, length(value));
    }
}

fn number(line: &mut String, word: &str, value: Option<u32>) {
    if let Some(value) = value {
        clause(line, word, value.to_string());
    }
}

fn traitors(line: &mut String, names: &[String]) {
    if !names.is_empty() {
        clause(line, "traitor", names.join(" "));
    }
}
