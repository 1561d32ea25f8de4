//! The three timing models: how long messages, pauses and clock errors may be, and from when on.
//!
//! *Synchronous*: bounds on all three, from the first moment on. *Partially synchronous* (Dwork, Lynch and Stockmeyer
//! 1988) has two forms. In one there are bounds from the first moment on, and nobody in the run knows how long they are: a
//! finite run always keeps some. In the other, which is judged here, the bounds are known and hold only from the global
//! stabilisation time (GST) on, which nobody in the run knows; a message sent earlier arrives within the bound after it,
//! and one that is sent later takes no longer than the bound, however slow the network is made. *Asynchronous*: no bounds at all. A lock's lease means something only
//! in the first two, and only a fence protects the data in the last.

use fencepost_scenario::Scenario;
use fencepost_scenario::model::{Bounds, TimingModel};
use fencepost_sim::{Duration, Time};
use fencepost_vocabulary::Cast;

use super::deeds::{Deed, Kind};
use super::{Row, outside};
use crate::run::{Run, longest_delay};

/// The bounds to judge by: those that are stated, or else those that the network keeps when nothing goes wrong.
pub(super) fn bounds(scenario: &Scenario) -> Bounds {
    match scenario.model {
        Some(TimingModel::Synchronous(bounds) | TimingModel::PartiallySynchronous { bounds, .. }) => bounds,
        Some(TimingModel::Asynchronous) | None => {
            Bounds { delay: longest_delay(scenario), pause: Duration::ZERO, drift: 0 }
        }
    }
}

pub(super) fn rows(scenario: &Scenario, bounds: &Bounds, deeds: &[Deed], run: &Run) -> [Row; 3] {
    let judged = Judged { bounds, is_stated: is_stated(scenario), cast: &run.cast };
    let gst = match scenario.model {
        Some(TimingModel::PartiallySynchronous { gst, .. }) => Some(gst),
        _ => None,
    };
    [
        Row {
            word: "synchronous",
            stated: matches!(scenario.model, Some(TimingModel::Synchronous(_))),
            promise: format!("{}{}", kept(bounds), read_off(scenario)),
            outside: outside(deeds, &|kind| judged.exceeds(kind, Time::ZERO)),
        },
        Row {
            word: "partially-synchronous",
            stated: gst.is_some(),
            promise: settled(gst, settles(deeds, bounds)),
            outside: match gst {
                Some(gst) => outside(deeds, &|kind| judged.exceeds(kind, gst)),
                // Whatever happens in a finite run can have happened before the bounds began to hold.
                None => Vec::new(),
            },
        },
        Row {
            word: "asynchronous",
            stated: scenario.model == Some(TimingModel::Asynchronous),
            promise: "Messages take any time, anyone can be slow, and clocks mean nothing, so no lease does either."
                .to_owned(),
            outside: Vec::new(),
        },
    ]
}

fn kept(bounds: &Bounds) -> String {
    let pause = match bounds.pause {
        Duration::ZERO => "nobody pauses".to_owned(),
        pause => format!("nobody pauses for more than {pause}"),
    };
    let clocks = match bounds.drift {
        0 => "all clocks are exact".to_owned(),
        drift => format!("no clock is wrong by more than {}", share(drift)),
    };
    format!("Every message arrives within {}, {pause}, and {clocks}.", bounds.delay)
}

/// Whether the scenario says what the bounds are.
fn is_stated(scenario: &Scenario) -> bool {
    match scenario.model {
        Some(TimingModel::Synchronous(_) | TimingModel::PartiallySynchronous { .. }) => true,
        Some(TimingModel::Asynchronous) | None => false,
    }
}

fn read_off(scenario: &Scenario) -> &'static str {
    if is_stated(scenario) { "" } else { " No bounds are stated; these are the network's own." }
}

fn settled(gst: Option<Time>, settles: Time) -> String {
    let from = match (gst, settles) {
        (Some(gst), _) => format!("from {gst} on"),
        (None, Time::ZERO) => "from some moment on; here they always do".to_owned(),
        (None, settles) => format!("from some moment on; here that is {settles} at the earliest"),
    };
    format!(
        "The same bounds hold {from}. Nobody in the run knows when. (In the other form of this model there are bounds from \
         the start on, and nobody knows how long they are.)"
    )
}

/// The first moment from which on the bounds are kept: the earliest GST that would make this run a run of the model.
fn settles(deeds: &[Deed], bounds: &Bounds) -> Time {
    let latest = deeds.iter().filter_map(|deed| match deed.kind {
        Kind::Asleep { from, until, .. } => past(from, until, bounds.pause),
        Kind::Stalled { taken, by, .. } => past(begun(taken, by), taken, bounds.pause),
        Kind::Slow { sent, arrives, .. } => past(sent, arrives, bounds.delay),
        Kind::Drifting { until, change_ppm, .. } if change_ppm > bounds.drift => Some(until),
        Kind::Set { at, .. } => Some(at + Duration(1)),
        _ => None,
    });
    latest.max().unwrap_or(Time::ZERO)
}

/// Something that may last for `bound` and lasted longer: the moment from which on it would have been in time.
fn past(from: Time, until: Time, bound: Duration) -> Option<Time> {
    (until.since(from) > bound).then(|| Time(until.0.saturating_sub(bound.0)))
}

/// The bounds that a run is judged by.
struct Judged<'a> {
    bounds: &'a Bounds,
    /// Whether the scenario says them; else they are the network's own.
    is_stated: bool,
    cast: &'a Cast,
}

impl Judged<'_> {
    /// Why this is not allowed where the bounds hold from `gst` on; `None` if it is.
    fn exceeds(&self, kind: &Kind, gst: Time) -> Option<String> {
        let Self { bounds, cast, .. } = *self;
        let late = |from: Time, until: Time, bound: Duration| until > from.max(gst) + bound;
        match *kind {
            Kind::Asleep { who, from, until, pauses } if late(from, until, bounds.pause) => {
                let (who, length) = (cast.name(who), until.since(from));
                let what = match pauses {
                    1 => format!("{who} pauses for {length}"),
                    _ => format!("{who} takes no step for {length} from {from} on, in {pauses} pauses without a gap"),
                };
                Some(format!("{what}{}", self.no_pause(length, from, gst)))
            }
            Kind::Stalled { who, taken, by } if late(begun(taken, by), taken, bounds.pause) => Some(format!(
                "A step of {} takes {by} longer{}",
                cast.name(who),
                self.no_pause(by, begun(taken, by), gst)
            )),
            Kind::Slow { from, to, sent, arrives } if late(sent, arrives, bounds.delay) => {
                let (from, to, length) = (cast.name(from), cast.name(to), arrives.since(sent));
                let bound = match self.is_stated {
                    true if sent < gst => format!("it had to arrive by {}", gst + bounds.delay),
                    true => format!("at most {} is allowed", bounds.delay),
                    false => format!("by itself the network takes at most {}", bounds.delay),
                };
                Some(format!("A message from {from} to {to}, sent at {sent}, is on its way for {length}; {bound}."))
            }
            Kind::Drifting { who, until, change_ppm } if until > gst && change_ppm > bounds.drift => {
                let wrong = share(change_ppm);
                let bound = match (bounds.drift, self.is_stated) {
                    (0, true) => "; this model allows no error.".to_owned(),
                    (0, false) => {
                        format!(". No bound on the error of clocks is stated; it would have to be {wrong} at least.")
                    }
                    (drift, _) => format!("; {} is allowed.", share(drift)),
                };
                Some(format!("The clocks of {} are wrong by {wrong}{bound}", cast.name(who)))
            }
            Kind::Set { who, at } if at >= gst => {
                Some(format!("The wall clock of {} is set; where drift is bounded, no clock jumps.", cast.name(who)))
            }
            _ => None,
        }
    }

    /// The end of a sentence about someone who was so long away.
    fn no_pause(&self, length: Duration, from: Time, gst: Time) -> String {
        match (self.bounds.pause, self.is_stated) {
            (Duration::ZERO, true) => "; this model allows no pause.".to_owned(),
            (Duration::ZERO, false) => {
                format!(". No bound on pauses is stated; it would have to be {length} at least.")
            }
            (bound, _) if from < gst => format!("; from {gst} on at most {bound} is allowed."),
            (bound, _) => format!("; at most {bound} is allowed."),
        }
    }
}

/// When a step that was stalled by so much should have been taken.
fn begun(taken: Time, by: Duration) -> Time {
    Time(taken.0.saturating_sub(by.0))
}

/// A share in millionths, as people write it: "50 %", "200 ppm".
fn share(ppm: u32) -> String {
    if ppm.is_multiple_of(10_000) { format!("{} %", ppm / 10_000) } else { format!("{ppm} ppm") }
}
