//! FD-ACCURATE: from some moment on nobody who is alive is suspected. A suspicion is false while the suspected is up,
//! asleep or cut off though it may be.
//!
//! No finite run can promise that there will be no false suspicion later, so after one the property is pending at best,
//! unless nothing is left that could happen. How long it took is counted from the beginning of the run, so that the
//! bounded form, "within 5 s", says: at no moment from 5 s on is one suspected that is alive.

use fencepost_sim::{End, Time};
use fencepost_vocabulary::PropertyKind;

use super::obligation::{how_known, open_since};
use crate::case::{Case, Finding};
use crate::{Moment, State, Suspicion, Verdict};

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
        return still_wrong(case, &errors, *open);
    }
    let ended = errors.iter().filter_map(|error| Some((error, error.until?)));
    match ended.max_by_key(|(_, until)| *until) {
        Some((error, until)) => no_longer_wrong(case, *error, until),
        None => Finding::nothing(never_wrong(case)),
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

fn still_wrong(case: &Case<'_>, errors: &[Error<'_>], open: Error<'_>) -> Finding {
    let since = open.from.time;
    let state = match open_since(case, since, |lasso| errors.iter().any(|error| ends_in(error, lasso.from))) {
        State::Pending { .. } => State::Pending { age: case.trace.ended_at.since(Time::ZERO) },
        stuck => stuck,
    };
    let still = format!("{}, and still does", wrongly(case, open, None));
    let sentence = match state {
        State::Stuck { evidence, .. } => still + &how_known(case, evidence),
        _ => format!("{still} when the run ends at {}.", case.trace.ended_at),
    };
    Finding { state, events: vec![open.from.event], sentence }
}

fn ends_in(error: &Error<'_>, from: Time) -> bool {
    error.until.is_some_and(|until| until.time > from)
}

fn no_longer_wrong(case: &Case<'_>, error: Error<'_>, until: Moment) -> Finding {
    let mut sentence = wrongly(case, error, Some(until));
    let events = vec![error.from.event, until.event];
    if case.trace.end == End::Quiescent {
        sentence += " Nothing is left that could bring another error.";
        let state = State::Met { after: until.time.since(Time::ZERO), at: until.time, event: until.event };
        return Finding { state, events, sentence };
    }
    sentence += " No finite run can tell that there will be no other error.";
    Finding { state: State::Quiet { since: until.time }, events, sentence }
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

fn never_wrong(case: &Case<'_>) -> String {
    match case.ledger.suspicions.first() {
        Some(right) => format!(
            "Nobody was suspected who was alive: when {} suspected {} at {}, it had crashed.",
            case.name(right.observer),
            case.name(right.of),
            right.from.time
        ),
        None => "Nobody was suspected.".into(),
    }
}
