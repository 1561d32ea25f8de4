//! `clock`: whose clocks run too fast or too slow, and whose wall clock is set wrongly.

use crate::model::FaultSpec;
use crate::parse::problem::Problem;
use crate::parse::words::{Words, share_of};
use crate::time;

/// A clock may run at a hundredth of its speed, in millionths less than exact.
const SLOWEST: i64 = -990_000;
/// A clock may run at a hundred times its speed, in millionths more than exact.
const FASTEST: i64 = 99_000_000;

/// The fault after the word `clock`.
pub(crate) fn clock(words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let participant = words.name("the name of whose clock it is")?;
    match words.choice("`rate` or `jump`", &[("rate", true), ("jump", false)])? {
        true => rate(participant, words),
        false => jump(participant, words),
    }
}

/// `rate -50% from 2s`
fn rate(participant: String, words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let what = "how much faster or slower, such as `+200ppm` or `-50%`";
    let (faster, share) = words.signed(what, |word| {
        share_of(word).ok_or_else(|| format!("`{word}` is no share; say it in whole percent or in ppm"))
    })?;
    let change = i64::try_from(share).unwrap_or(i64::MAX);
    let change = if faster { change } else { -change };
    if !(SLOWEST..=FASTEST).contains(&change) {
        let said = "a clock runs at no less than a hundredth and no more than a hundred times its speed";
        return Err(Problem::error(words.last(), said.to_owned()));
    }
    words.require("from")?;
    Ok(FaultSpec::ClockRate { participant, change_ppm: change as i32, from: words.time()? })
}

/// `jump +10s at 2s`
fn jump(participant: String, words: &mut Words<'_>) -> Result<FaultSpec, Problem> {
    let (forward, micros) = words.signed("how far forward or back, such as `+10s` or `-1s`", time::read)?;
    if micros == 0 {
        return Err(Problem::error(words.last(), "this must be further than nothing".to_owned()));
    }
    let by = micros as i64;
    words.require("at")?;
    let at = words.time()?;
    Ok(FaultSpec::ClockJump { participant, at, by: if forward { by } else { -by } })
}
