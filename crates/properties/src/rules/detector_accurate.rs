//! FD-ACCURATE: from some moment on nobody who is alive is suspected. A suspicion is false while the suspected is up,
//! asleep or cut off though it may be.
//!
//! No finite run can promise that there will be no false suspicion later, whether there was one or not, so the property is
//! pending at best, unless nothing is left that could happen or the run is known to repeat itself: then a turn without
//! one is a promise, and a turn with one brings it for ever. How long it took is counted from the beginning of the run, so that the
//! bounded form, "within 5 s", says: at no moment from 5 s on is one suspected that is alive.

use fencepost_sim::{Duration, End, Time};
use fencepost_vocabulary::PropertyKind;

use super::obligation::{goes_round, how_known, open_since, whole_turn};
use crate::case::{Case, Finding};
use crate::{Evidence, Moment, State, Suspicion, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::DetectorAccurate, None)]
}

/// A stretch in which an observer suspects one that is up.
#[derive(Clone, Copy)]
struct Error<'a> {
    suspicion: &'a Suspicion,
    from: Moment,
    until: Option<Moment>,
}

fn find(case: &Case<'_>) -> Finding {
    let errors: Vec<Error<'_>> =
        case.ledger.suspicions.iter().flat_map(|suspicion| errors_of(case, suspicion)).collect();
    if let Some(open) = errors.iter().find(|error| error.until.is_none()) {
        return still_wrong(case, *open);
    }
    let comes_again = |error: &&Error<'_>| whole_turn(case).is_some_and(|lasso| ends_in(error, lasso.from));
    if let Some(error) = errors.iter().rfind(comes_again) {
        return for_ever_wrong(case, *error);
    }
    let ended = errors.iter().filter_map(|error| Some((error, error.until?)));
    match ended.max_by_key(|(_, until)| *until) {
        Some((error, until)) => no_longer_wrong(case, *error, until),
        None => never_wrong(case),
    }
}

/// The suspicion without the times in which the suspected was down: there it was right.
fn errors_of<'a>(case: &Case<'a>, suspicion: &'a Suspicion) -> Vec<Error<'a>> {
    let mut errors = Vec::new();
    let mut from = Some(suspicion.from);
    for down in case.ledger.crashes(suspicion.of) {
        let back = down.ended.map(|back| back.at);
        match from {
            Some(start) if down.from > start => {
                errors.push(Error { suspicion, from: start, until: Some(down.from) });
                from = back;
            }
            // It was down already when the suspicion began.
            Some(start) if back.is_none_or(|back| back > start) => from = back,
            _ => {}
        }
    }
    errors.extend(from.map(|from| Error { suspicion, from, until: suspicion.ended }));
    errors.retain_mut(|error| {
        // A crash behind the end of the suspicion ends nothing.
        error.until = [error.until, suspicion.ended].into_iter().flatten().min();
        error.until.is_none_or(|until| error.from.time < until.time)
    });
    errors
}

fn still_wrong(case: &Case<'_>, open: Error<'_>) -> Finding {
    let since = open.from.time;
    let still = format!("{}, and still does", wrongly(case, open, None));
    let (state, sentence) = match whole_turn(case) {
        // Whatever other errors end in a turn: it has this one, or will have it again.
        Some(lasso) => {
            let evidence = Evidence::Lasso { length: lasso.length };
            (State::Stuck { evidence, since }, format!("{still}; {} with an error in every turn.", goes_round(case)))
        }
        None => match open_since(case, since, |_| false) {
            State::Stuck { evidence, since } => (State::Stuck { evidence, since }, still + &how_known(case, evidence)),
            _ => {
                let age = case.trace.ended_at.since(Time::ZERO);
                (State::Pending { age }, format!("{still} when the run ends at {}.", case.trace.ended_at))
            }
        },
    };
    Finding { state, events: vec![open.from.event], sentence }
}

fn ends_in(error: &Error<'_>, from: Time) -> bool {
    error.until.is_some_and(|until| until.time > from)
}

/// The run goes round, and a turn has an error.
fn for_ever_wrong(case: &Case<'_>, error: Error<'_>) -> Finding {
    let length = case.assumptions.lasso.map_or(Duration::ZERO, |lasso| lasso.length);
    let state = State::Stuck { evidence: Evidence::Lasso { length }, since: error.from.time };
    let sentence =
        format!("{} And {} with an error in every turn.", wrongly(case, error, error.until), goes_round(case));
    Finding { state, events: vec![error.from.event], sentence }
}

fn no_longer_wrong(case: &Case<'_>, error: Error<'_>, until: Moment) -> Finding {
    let told = wrongly(case, error, Some(until));
    let events = vec![error.from.event, until.event];
    let met = State::Met { after: until.time.since(Time::ZERO), at: until.time, event: until.event };
    let (state, sentence) = match whole_turn(case) {
        _ if case.trace.end == End::Quiescent => {
            (met, format!("{told} Nothing is left that could bring another error."))
        }
        Some(_) => (met, format!("{told} And {} without another error.", goes_round(case))),
        None => {
            let sentence = format!("{told} Another error is not ruled out.");
            (State::Quiet { since: until.time }, sentence)
        }
    };
    Finding { state, events, sentence }
}

/// "N2 suspects N1 from 5.05 s on, although N1 is alive", or with both ends and a full stop.
fn wrongly(case: &Case<'_>, error: Error<'_>, until: Option<Moment>) -> String {
    let (observer, suspected) = (case.name(error.suspicion.observer), case.name(error.suspicion.of));
    let (end, stop) = match until {
        None => ("on".into(), ""),
        Some(until) if error.suspicion.ended == Some(until) => (format!("to {}", until.time), "."),
        Some(until) => (format!("to {}", until.time), "; then it crashes."),
    };
    format!("{observer} suspects {suspected} from {} {end}, although {suspected} is alive{stop}", error.from.time)
}

fn never_wrong(case: &Case<'_>) -> Finding {
    let told = match case.ledger.suspicions.first() {
        Some(right) => format!(
            "Nobody was suspected who was alive: when {} suspected {} at {}, it had crashed",
            case.name(right.observer),
            case.name(right.of),
            right.from.time
        ),
        None => "Nobody was suspected".into(),
    };
    let Some(first) = case.trace.events.first() else { return Finding::nothing("Nothing happened.".into()) };
    let met = State::Met { after: Duration::ZERO, at: Time::ZERO, event: first.id };
    let (state, sentence) = match whole_turn(case) {
        _ if case.trace.end == End::Quiescent => (met, format!("{told}. Nothing is left that could bring an error.")),
        Some(_) => (met, format!("{told}. And {} without an error.", goes_round(case))),
        None => {
            let sentence = format!("{told}. An error is not ruled out.");
            (State::Quiet { since: Time::ZERO }, sentence)
        }
    };
    Finding { state, events: Vec::new(), sentence }
}
