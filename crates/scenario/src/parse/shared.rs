//! What several keep together: `lock … replicated on`, `lock … redlock on`, `store … replicated on`, `register`.

use crate::model::{
    Ack, Memory, ObjectKindSpec, ObjectSpec, Reads, RedlockSpec, RegisterSpec, Role, SharedLockSpec, SharedStoreSpec,
    Statement, TokenSource,
};
use crate::parse::group::names;
use crate::parse::lock;
use crate::parse::node::quorum;
use crate::parse::problem::Problem;
use crate::parse::words::Words;
use fencepost_sim::Duration;
use fencepost_vocabulary::{CheckMode, Clock};

/// What can be said of a replicated lock, each once and in any order.
pub(crate) const LOCK_OPTIONS: [&str; 8] =
    ["lease", "replicated", "first-token", "dirty-grant", "token", "release", "reentrant", "dedupe"];
/// What can be said of a lock of independent nodes, each once and in any order.
pub(crate) const KEY_OPTIONS: [&str; 6] = ["lease", "redlock", "quorum", "keys", "restart", "expiry"];
/// What can be said of a replicated store, each once and in any order.
pub(crate) const STORE_OPTIONS: [&str; 4] = ["replicated", "check", "ack", "reads"];
/// What can be said of a register, each once and in any order.
pub(crate) const REGISTER_OPTIONS: [&str; 3] = ["quorum", "read-quorum", "write-back"];

/// The rest of `lock L … replicated on N1 N2 N3 …` after the name.
pub(crate) fn replicated_lock(name: String, words: &mut Words<'_>) -> Result<Statement, Problem> {
    let (mut lease, mut nodes) = (None, Vec::new());
    let mut spec = SharedLockSpec::new(None);
    let what = "an option of a replicated lock";
    words.options(what, &LOCK_OPTIONS, &mut |option, words| {
        match option {
            "lease" => lease = Some(lock::lease(words)?),
            "replicated" => nodes = kept_by(words, &name, &LOCK_OPTIONS)?,
            "first-token" => spec.first_token = lock::first_token(words)?,
            "dirty-grant" => spec.dirty_grant = lock::switch(words)?,
            "token" => {
                let known = [("index", TokenSource::Index), ("counter", TokenSource::Counter)];
                spec.token = words.choice("`index` or `counter`", &known)?;
            }
            "release" => {
                spec.blind_release = words.choice("`compare` or `blind`", &[("compare", false), ("blind", true)])?;
            }
            "reentrant" => spec.reentrant = lock::switch(words)?,
            _ => spec.dedupe = lock::switch(words)?,
        }
        Ok(())
    })?;
    spec.lease = lease.ok_or_else(|| words.expected("`lease` and a time, or `lease none`", &["lease"]))?;
    Ok(Statement::Object(ObjectSpec { name, nodes, kind: ObjectKindSpec::Lock(spec) }))
}

/// The rest of `lock L … redlock on N1 N2 N3 N4 N5 …` after the name.
pub(crate) fn redlock(name: String, words: &mut Words<'_>) -> Result<Statement, Problem> {
    let mut lease = None;
    let mut spec = RedlockSpec {
        lock: name,
        lease: Duration::ZERO,
        nodes: Vec::new(),
        quorum: None,
        keys: Memory::Stable,
        delayed_restart: false,
        expiry: Clock::Mono,
    };
    words.options("an option of a lock of independent nodes", &KEY_OPTIONS, &mut |option, words| {
        match option {
            "lease" => lease = Some(words.positive()?),
            "redlock" => spec.nodes = kept_by(words, &spec.lock, &KEY_OPTIONS)?,
            "quorum" => spec.quorum = Some(quorum(words)?),
            "keys" => spec.keys = lock::memory(words)?,
            "restart" => spec.delayed_restart = lock::restart(words)?,
            _ => spec.expiry = lock::expiry(words)?,
        }
        Ok(())
    })?;
    spec.lease = lease.ok_or_else(|| words.expected("`lease` and a time", &["lease"]))?;
    Ok(Statement::Group(Role::KeyNode(spec)))
}

/// The rest of `store X replicated on N1 N2 N3 …` after the name.
pub(crate) fn replicated_store(name: String, words: &mut Words<'_>) -> Result<Statement, Problem> {
    let mut nodes = Vec::new();
    let mut spec = SharedStoreSpec::default();
    words.options("an option of a replicated store", &STORE_OPTIONS, &mut |option, words| {
        match option {
            "replicated" => nodes = kept_by(words, &name, &STORE_OPTIONS)?,
            "check" => spec.check = check(words)?,
            "ack" => spec.ack = words.choice("`majority` or `one`", &Ack::ALL.map(|way| (way.word(), way)))?,
            _ => {
                let known = Reads::ALL.map(|way| (way.word(), way));
                spec.reads = words.choice("`local`, `lease` or `index`", &known)?;
            }
        }
        Ok(())
    })?;
    Ok(Statement::Object(ObjectSpec { name, nodes, kind: ObjectKindSpec::Store(spec) }))
}

/// A log says the same to everyone who reads it, so nobody can be asked on the way.
fn check(words: &mut Words<'_>) -> Result<CheckMode, Problem> {
    let check = words.choice("a way to check writes", &CheckMode::ALL.map(|mode| (mode.word(), mode)))?;
    if check == CheckMode::AskFirst {
        let said = "a replicated store asks nobody: every node must come to the same answer by itself";
        return Err(Problem::error(words.last(), said.to_owned()));
    }
    Ok(check)
}

/// The statement after the word `register`.
pub(crate) fn register(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let register = words.name("the register's name")?;
    let nodes = kept_by(words, &register, &REGISTER_OPTIONS)?;
    let mut spec = RegisterSpec { register, nodes, quorum: None, read_quorum: None, write_back: true };
    words.options("an option of the register", &REGISTER_OPTIONS, &mut |option, words| {
        match option {
            "quorum" => spec.quorum = Some(quorum(words)?),
            "read-quorum" => spec.read_quorum = Some(quorum(words)?),
            _ => spec.write_back = lock::switch(words)?,
        }
        Ok(())
    })?;
    Ok(Statement::Group(Role::Replica(spec)))
}

/// `on N1 N2 N3`: those who keep something of this name.
fn kept_by(words: &mut Words<'_>, name: &str, options: &[&str]) -> Result<Vec<String>, Problem> {
    words.require("on")?;
    let nodes = names(words, "a node's name", options)?;
    match nodes.iter().any(|node| node == name) {
        true => Err(Problem::error(words.last(), format!("`{name}` cannot be kept by a node of the same name"))),
        false => Ok(nodes),
    }
}
