//! STABLE: from some moment on the leader changes no more. As with errors of an observer, no finite run can promise that;
//! a run that repeats itself can show the opposite, if the leader changes in a turn.

use fencepost_sim::{End, Time};
use fencepost_vocabulary::PropertyKind;

use super::count;
use super::obligation::{repeats_from, whole_turn};
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
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
        let sentence = match case.ledger.reigns.first() {
            Some(only) => format!("{} led from the start, and nobody else came to lead.", case.name(only.node)),
            None => "Nobody came to lead.".into(),
        };
        return Finding::nothing(sentence);
    };
    let at = last.from.time;
    let how_often = match changes.len() {
        1 => "the only change".into(),
        number => format!("the last of {}", count(number, "change")),
    };
    let told = format!("{} came to lead in term {} at {at}, {how_often}", case.name(last.node), last.term);
    let events = vec![last.from.event];
    if case.trace.end == End::Quiescent {
        let state = State::Met { after: at.since(Time::ZERO), at, event: last.from.event };
        return Finding { state, events, sentence: format!("{told}; nothing is left that could change that.") };
    }
    match whole_turn(case).filter(|lasso| at > lasso.from) {
        Some(lasso) => {
            let evidence = Evidence::Lasso { length: lasso.length };
            let (from, turn) = (repeats_from(case), lasso.length);
            let sentence = format!("{told}; from {from} on the run repeats itself every {turn}, and so it goes on.");
            Finding { state: State::Stuck { evidence, since: first.from.time }, events, sentence }
        }
        None => {
            let sentence = format!("{told}. No finite run can tell that nobody else will.");
            Finding { state: State::Quiet { since: at }, events, sentence }
        }
    }
}
