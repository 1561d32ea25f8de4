//! `expect`: what the author claims about the run.

use fencepost_vocabulary::{PropertyClass, PropertyKind};

use crate::model::{Claim, Expectation, StuckKind};
use crate::parse::problem::Problem;
use crate::parse::words::Words;
use fencepost_sim::Time;

/// Words that are known but claim nothing yet.
const LATER_PROPERTIES: [&str; 1] = ["leader"];
/// More elections than anybody counts.
const MOST_ELECTIONS: u64 = 1_000_000;
/// A share that is the whole, in millionths.
const WHOLE: u32 = 1_000_000;
const CLAIMS: [&str; 8] = ["held", "violated", "pending", "met", "stuck", "within", "seen", "from"];

/// The claim after the word `expect`.
pub(crate) fn expect(words: &mut Words<'_>) -> Result<Expectation, Problem> {
    if words.take_if("trace") {
        return digest(words).map(Expectation::Trace);
    }
    if words.take_if("elections") {
        return elections(words);
    }
    if words.take_if("usable") {
        return usable(words);
    }
    let word = words.peek_text();
    if LATER_PROPERTIES.contains(&word) {
        return Err(Problem::not_yet(words.here(), &format!("`{word}`")));
    }
    let property = words.choice("a property", &PropertyKind::ALL.map(|kind| (kind.word(), kind)));
    let property = property.map_err(|problem| problem.like(word, &claimable()))?;
    let subject = subject(words)?;
    let place = words.here();
    let claim = claim(words)?;
    match fits(property, claim) {
        Ok(()) => Ok(Expectation::Property { property, subject, claim }),
        Err(said) => Err(Problem::error(place, said.to_owned())),
    }
}

/// All that can be claimed of something.
fn claimable() -> Vec<&'static str> {
    PropertyKind::ALL.into_iter().map(PropertyKind::word).chain(["elections", "usable", "trace"]).collect()
}

/// `0..1`, `>= 8`, `3`
fn elections(words: &mut Words<'_>) -> Result<Expectation, Problem> {
    let what = "how many elections, such as `1`, `0..1` or `>= 8`";
    if words.take_if(">=") {
        let least = words.number("the number of elections", 0, MOST_ELECTIONS)? as u32;
        return Ok(Expectation::Elections { least, most: None });
    }
    let (least, most) = words.numbers(what, MOST_ELECTIONS)?;
    Ok(Expectation::Elections { least: least as u32, most: Some(most as u32) })
}

/// `>= 80%`, `< 70%`
fn usable(words: &mut Words<'_>) -> Result<Expectation, Problem> {
    let reached = words.choice("`>=` or `<` and a share of the run", &[(">=", true), ("<", false)])?;
    Ok(Expectation::Usable { share: words.share("a share of the run", 0, WHOLE)?, reached })
}

/// `8f3a91c200000000`
fn digest(words: &mut Words<'_>) -> Result<u64, Problem> {
    let word = words.peek_text();
    let fits = word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digest = fits.then(|| u64::from_str_radix(word, 16).ok()).flatten();
    let digest = digest.ok_or_else(|| words.expected("a digest of 16 hexadecimal digits", &[]))?;
    words.take();
    Ok(digest)
}

/// `(B)`
fn subject(words: &mut Words<'_>) -> Result<Option<String>, Problem> {
    if !words.take_if("(") {
        return Ok(None);
    }
    let name = words.name("a participant's name")?;
    words.require(")")?;
    Ok(Some(name))
}

fn claim(words: &mut Words<'_>) -> Result<Claim, Problem> {
    let word = words.choice("what is claimed", &CLAIMS.map(|claim| (claim, claim)))?;
    match word {
        "held" => Ok(Claim::Held),
        "violated" => Ok(Claim::Violated { at: moment(words)? }),
        "pending" => Ok(Claim::Pending),
        "met" => Ok(Claim::Met { at: moment(words)? }),
        "stuck" => Ok(Claim::Stuck { kind: stuck(words)? }),
        "within" => within(words),
        "from" => interval(words),
        _ if words.take_if("from") => interval(words),
        _ => Ok(Claim::Seen { interval: None }),
    }
}

fn moment(words: &mut Words<'_>) -> Result<Option<Time>, Problem> {
    match words.take_if("at") {
        true => words.time().map(Some),
        false => Ok(None),
    }
}

fn stuck(words: &mut Words<'_>) -> Result<Option<StuckKind>, Problem> {
    if words.peek().is_none() {
        return Ok(None);
    }
    let known = [("quiescent", StuckKind::Quiescent), ("lasso", StuckKind::Lasso), ("horizon", StuckKind::Horizon)];
    words.choice("how it is stuck", &known).map(Some)
}

fn within(words: &mut Words<'_>) -> Result<Claim, Problem> {
    let bound = words.positive()?;
    let held = words.choice("`held` or `violated`", &[("held", true), ("violated", false)])?;
    Ok(Claim::Within { bound, held })
}

fn interval(words: &mut Words<'_>) -> Result<Claim, Problem> {
    let from = words.time()?;
    words.require("to")?;
    let to = words.time()?;
    match from < to {
        true => Ok(Claim::Seen { interval: Some((from, to)) }),
        false => Err(Problem::error(words.last(), "an interval must end after it begins".to_owned())),
    }
}

/// Whether this can be claimed of that kind of property at all.
fn fits(property: PropertyKind, claim: Claim) -> Result<(), &'static str> {
    use PropertyClass::{Hazard, Liveness, Safety};
    match (property.class(), claim) {
        (Safety | Hazard, Claim::Held)
        | (Safety, Claim::Violated { .. })
        | (Hazard, Claim::Seen { .. })
        | (Liveness, Claim::Pending | Claim::Met { .. } | Claim::Stuck { .. } | Claim::Within { .. }) => Ok(()),
        (Safety, _) => Err("this is a safety property: it is `held` or `violated`"),
        (Liveness, _) => Err(
            "no finite run can violate this or prove it for ever: it is `met`, `pending`, `stuck`, or `within` a time",
        ),
        (Hazard, _) => {
            Err("this is a hazard and no property: it is `held` (not seen), `seen`, or `from` a time `to` another")
        }
    }
}
