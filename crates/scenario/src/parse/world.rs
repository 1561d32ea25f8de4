//! What the world is: `seed`, `network`, `model`, `failures`.

use crate::model::{Bounds, DelayRange, FailureModel, LinkSpec, Statement, TimingModel};
use crate::parse::problem::Problem;
use crate::parse::token::TokenKind;
use crate::parse::words::Words;
use fencepost_sim::{Duration, Time};

/// The fastest drift that can be a bound: as much as a clock can be wrong at all.
const MOST_DRIFT: u32 = 99_000_000;

/// The statement after the word `seed`.
pub(crate) fn seed(words: &mut Words<'_>) -> Result<Statement, Problem> {
    words.number("the seed", 0, u64::MAX).map(Statement::Seed)
}

/// The statements after the word `network`. `network delay 50ms fifo` is short for two.
pub(crate) fn network(words: &mut Words<'_>) -> Result<Vec<Statement>, Problem> {
    if words.take_if("fifo") {
        return Ok(vec![Statement::Fifo]);
    }
    if !words.take_if("delay") {
        return Err(words.expected("`delay` or `fifo`", &["delay", "fifo"]));
    }
    if is_link(words) {
        return link(words).map(|link| vec![Statement::Link(link)]);
    }
    let delay = Statement::Delay(range(words)?);
    let fifo = words.take_if("fifo").then_some(Statement::Fifo);
    Ok(std::iter::once(delay).chain(fifo).collect())
}

fn is_link(words: &Words<'_>) -> bool {
    let is_name = |c: char| c.is_ascii_alphabetic();
    words.peek().is_some_and(|token| token.kind == TokenKind::Word && token.text.starts_with(is_name))
}

fn link(words: &mut Words<'_>) -> Result<LinkSpec, Problem> {
    let (from, to) = arrow(words)?;
    let delay = range(words)?;
    Ok(LinkSpec { from, to, delay, fifo: words.take_if("fifo") })
}

/// `50ms`, `20ms..80ms`
fn range(words: &mut Words<'_>) -> Result<DelayRange, Problem> {
    let (low, high) = words.times("a length of time, or two with `..` between")?;
    match low <= high {
        true => Ok(DelayRange { low: Duration(low), high: Duration(high) }),
        false => Err(Problem::error(words.last(), "the shorter time comes first".to_owned())),
    }
}

/// `A->S`: a sender and a receiver.
pub(crate) fn arrow(words: &mut Words<'_>) -> Result<(String, String), Problem> {
    let from = words.name("the sender's name")?;
    words.require("->")?;
    let to = words.name("the receiver's name")?;
    match from == to {
        true => Err(Problem::error(words.last(), format!("`{to}` does not send messages to itself"))),
        false => Ok((from, to)),
    }
}

/// The statement after the word `failures`.
pub(crate) fn failures(words: &mut Words<'_>) -> Result<Statement, Problem> {
    words.choice("a model of failures", &FailureModel::ALL.map(|model| (model.word(), model))).map(Statement::Failures)
}

/// The statement after the word `model`.
pub(crate) fn model(words: &mut Words<'_>) -> Result<Statement, Problem> {
    let known = [("synchronous", 0), ("partially-synchronous", 1), ("asynchronous", 2)];
    let kind = words.choice("a model of time", &known)?;
    if kind == 2 {
        return Ok(Statement::Model(TimingModel::Asynchronous));
    }
    let (bounds, gst) = bounds(words)?;
    let model = match (kind, gst) {
        (0, None) => TimingModel::Synchronous(bounds),
        (0, Some(_)) => {
            let said = "in a synchronous model the bounds hold from the start, so it has no `gst`";
            return Err(Problem::error(words.last(), said.to_owned()));
        }
        (_, Some(gst)) => TimingModel::PartiallySynchronous { bounds, gst },
        (_, None) => return Err(words.expected("`gst` and the time from which the bounds hold", &["gst"])),
    };
    Ok(Statement::Model(model))
}

/// `delay 100ms pause 500ms drift 1% gst 30s`, in any order. What is not said is bounded by nothing at all.
fn bounds(words: &mut Words<'_>) -> Result<(Bounds, Option<Time>), Problem> {
    let (mut delay, mut pause, mut drift, mut gst) = (None, Duration::ZERO, 0, None);
    words.options("a bound of the model", &["delay", "pause", "drift", "gst"], &mut |option, words| {
        match option {
            "delay" => delay = Some(words.positive()?),
            "pause" => pause = words.duration()?,
            "drift" => drift = words.share("a drift", 0, MOST_DRIFT)?,
            _ => gst = Some(words.time()?),
        }
        Ok(())
    })?;
    let delay = delay.ok_or_else(|| words.expected("`delay` and the longest delay there is", &["delay"]))?;
    Ok((Bounds { delay, pause, drift }, gst))
}
