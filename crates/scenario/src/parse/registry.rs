//! `registry` and `pair`: who registers names, and two of whom one should be active.

use crate::model::{PairSpec, RegistrySpec, Role, Statement};
use crate::parse::group::names;
use crate::parse::problem::Problem;
use crate::parse::words::Words;

/// What can be said of registries, each once and in any order.
pub(crate) const REGISTRY_OPTIONS: [&str; 2] = ["replicate", "nonatomic"];
/// What can be said of a pair, each once and in any order.
pub(crate) const PAIR_OPTIONS: [&str; 4] = ["heartbeat", "timeout", "stonith", "disk"];

/// The statement after the word `registry`.
pub(crate) fn registry(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let registries = names(words, "a registry's name", &REGISTRY_OPTIONS)?;
    let mut spec = RegistrySpec { registries, replicate: RegistrySpec::REPLICATE, nonatomic: false };
    words.options("an option of the registries", &REGISTRY_OPTIONS, &mut |option, words| {
        match option {
            "replicate" => {
                words.require("async")?;
                spec.replicate = words.duration()?;
            }
            _ => spec.nonatomic = true,
        }
        Ok(())
    })?;
    Ok(Statement::Group(Role::Registry(spec)))
}

/// The statement after the word `pair`.
pub(crate) fn pair(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let twins = names(words, "a name of the pair", &PAIR_OPTIONS)?;
    if twins.len() != 2 {
        return Err(Problem::error(words.last(), format!("there are two in a pair, not {}", twins.len())));
    }
    let (heartbeat, timeout) = (PairSpec::HEARTBEAT, PairSpec::TIMEOUT);
    let mut spec = PairSpec { twins, heartbeat, timeout, confirmed: false, disk: None };
    words.options("an option of the pair", &PAIR_OPTIONS, &mut |option, words| {
        match option {
            "heartbeat" => spec.heartbeat = words.positive()?,
            "timeout" => spec.timeout = words.positive()?,
            "stonith" => {
                let known = [("unconfirmed", false), ("confirmed", true)];
                spec.confirmed = words.choice("`unconfirmed` or `confirmed`", &known)?;
            }
            _ => spec.disk = Some(words.name("the store's name")?),
        }
        Ok(())
    })?;
    Ok(Statement::Group(Role::Twin(spec)))
}
