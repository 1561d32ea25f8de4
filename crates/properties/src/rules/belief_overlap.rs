//! Belief overlap: two clients believe at the same time that they hold one lock. A hazard and no violation, because no
//! lock service can prevent it where messages and clients may be slow.

use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding};
use crate::{Belief, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_locks(PropertyKind::BeliefOverlap, |lock| find(case, lock))
}

/// Sweeps over the beliefs in one lock and reports the first interval in which there are two.
fn find(case: &Case<'_>, lock: ParticipantId) -> Finding {
    let mut believers: Vec<&Belief> = Vec::new();
    let mut overlap: Option<[&Belief; 2]> = None;
    for Change { begins, belief, .. } in changes(case, lock) {
        if begins {
            believers.push(belief);
        } else {
            believers.retain(|other| other.client != belief.client);
        }
        match (overlap, &believers[..]) {
            (None, [older, younger]) => overlap = Some([older, younger]),
            (Some(pair), [] | [_]) => match belief.until() {
                Some(until) if until > pair[1].from.time => return seen(case, pair, Some(until)),
                // It was over in the instant in which it began.
                _ => overlap = None,
            },
            _ => {}
        }
    }
    match overlap {
        Some(pair) => seen(case, pair, None),
        None => Finding { state: State::Unseen, events: Vec::new(), sentence: unseen(case, lock) },
    }
}

/// A client begins or ceases to believe.
struct Change<'a> {
    at: EventId,
    begins: bool,
    belief: &'a Belief,
}

fn changes<'a>(case: &Case<'a>, lock: ParticipantId) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    for belief in case.ledger.beliefs.iter().filter(|belief| belief.lock == lock) {
        changes.push(Change { at: belief.from.event, begins: true, belief });
        changes.extend(belief.ended.map(|end| Change { at: end.at.event, begins: false, belief }));
    }
    // At one event the end of the old belief comes before the beginning of the new one.
    changes.sort_by_key(|change| (change.at, change.begins));
    changes
}

fn seen(case: &Case<'_>, [older, younger]: [&Belief; 2], until: Option<Time>) -> Finding {
    let from = younger.from.time;
    let end = until.map_or("the end of the run".into(), |until| until.to_string());
    let sentence = format!(
        "From {from} to {end} {} and {} both believe that they hold {}.",
        case.name(older.client),
        case.name(younger.client),
        case.name(older.lock),
    );
    Finding {
        state: State::Seen { from, until: until.unwrap_or(case.trace.ended_at) },
        events: vec![older.from.event, younger.from.event],
        sentence,
    }
}

fn unseen(case: &Case<'_>, lock: ParticipantId) -> String {
    format!("At no moment did two clients believe that they hold {}.", case.name(lock))
}
