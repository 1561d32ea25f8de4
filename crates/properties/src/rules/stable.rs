//! STABLE: from some moment on the leader changes no more. As with errors of an observer, no finite run can promise that,
//! with a change or without, unless nothing is left that could happen or the run is known to repeat itself. Then all is
//! known: it changes in every turn, or never again.

use fencepost_sim::{Duration, End, Time};
use fencepost_vocabulary::PropertyKind;

use super::count;
use super::obligation::{goes_round, whole_turn};
use crate::case::{Case, Finding};
use crate::{Evidence, Reign, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::Stable, None)]
}

/// Every time that somebody came to lead; not whom the scenario begins with.
fn changes<'a>(case: &Case<'a>) -> Vec<&'a Reign> {
    case.ledger.reigns.iter().filter(|reign| reign.from.time > Time::ZERO).collect()
}

fn find(case: &Case<'_>) -> Finding {
    let changes = changes(case);
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return unchanged(case) };
    let at = last.from.time;
    let how_often = match changes.len() {
        1 => "the only change".into(),
        number => format!("the last of {}", count(number, "change")),
    };
    let told = format!("{} came to lead in term {} at {at}, {how_often}", case.name(last.node), last.term);
    let events = vec![last.from.event];
    let met = State::Met { after: at.since(Time::ZERO), at, event: last.from.event };
    let (state, sentence) = match whole_turn(case) {
        _ if case.trace.end == End::Quiescent => (met, format!("{told}; nothing is left that could change that.")),
        Some(lasso) if at > lasso.from => {
            let evidence = Evidence::Lasso { length: lasso.length };
            let state = State::Stuck { evidence, since: first.from.time };
            (state, format!("{told}; {} with a change in every turn.", goes_round(case)))
        }
        Some(_) => (met, format!("{told}; {} without another.", goes_round(case))),
        None => (State::Quiet { since: at }, format!("{told}. Another change is not ruled out.")),
    };
    Finding { state, events, sentence }
}

/// Nobody came to lead but whom the scenario begins with. That proves nothing of what comes, unless nothing can come or
/// all comes again.
fn unchanged(case: &Case<'_>) -> Finding {
    let Some(only) = case.ledger.reigns.first() else { return nobody(case) };
    let told = format!("{} led from the start, and nobody else came to lead", case.name(only.node));
    let met = State::Met { after: Duration::ZERO, at: Time::ZERO, event: only.from.event };
    let (state, sentence) = match whole_turn(case) {
        _ if case.trace.end == End::Quiescent => (met, format!("{told}; nothing is left that could change that.")),
        Some(_) => (met, format!("{told}; {} without a change.", goes_round(case))),
        None => {
            let sentence = format!("{told}. A change is not ruled out.");
            (State::Quiet { since: Time::ZERO }, sentence)
        }
    };
    Finding { state, events: vec![only.from.event], sentence }
}

fn nobody(case: &Case<'_>) -> Finding {
    if case.trace.end == End::Quiescent || whole_turn(case).is_some() {
        return Finding::nothing("Nobody leads, so there is no leader who could change.".into());
    }
    let sentence = "Nobody came to lead. A change is not ruled out.".into();
    Finding { state: State::Quiet { since: Time::ZERO }, events: Vec::new(), sentence }
}
