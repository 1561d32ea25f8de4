//! Belief overlap: two clients believe at the same time that they hold one lock. A hazard and no violation, because no
//! lock service can prevent it where messages and clients may be slow.

use fencepost_sim::{ParticipantId, Time, sort_by_rank};
use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding};
use crate::{Belief, Moment, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_locks(PropertyKind::BeliefOverlap, |lock| find(case, lock))
}

/// Sweeps over the beliefs in one lock and reports the first interval in which there are two. All that changes at one
/// instant changes at once.
fn find(case: &Case<'_>, lock: ParticipantId) -> Finding {
    let mut believers: Vec<&Belief> = Vec::new();
    let mut overlap: Option<(Time, [&Belief; 2])> = None;
    for instant in changes(case, lock).chunk_by(|a, b| a.at.time == b.at.time) {
        let now = instant[0].at.time;
        instant.iter().for_each(|change| change.apply(&mut believers));
        match (overlap, &believers[..]) {
            (None, [older, younger, ..]) => overlap = Some((now, [older, younger])),
            (Some((from, pair)), [] | [_]) => return seen(case, pair, from, Some(now)),
            _ => {}
        }
    }
    match overlap {
        Some((from, pair)) => seen(case, pair, from, None),
        None => Finding { state: State::Unseen, events: Vec::new(), sentence: unseen(case, lock) },
    }
}

/// A client begins or ceases to believe.
struct Change<'a> {
    at: Moment,
    begins: bool,
    belief: &'a Belief,
}

impl<'a> Change<'a> {
    fn apply(&self, believers: &mut Vec<&'a Belief>) {
        if self.begins {
            believers.push(self.belief);
        } else {
            believers.retain(|other| other.client != self.belief.client);
        }
    }
}

/// All changes in one lock, in order; at one event the end of the old belief comes before the beginning of the new.
fn changes<'a>(case: &Case<'a>, lock: ParticipantId) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    for belief in case.ledger.beliefs.iter().filter(|belief| belief.lock == lock) {
        changes.push(Change { at: belief.from, begins: true, belief });
        changes.extend(belief.ended.map(|end| Change { at: end.at, begins: false, belief }));
    }
    sort_by_rank(&mut changes, |change| {
        (change.at.time.0, u64::from(change.at.event.0) * 2 + u64::from(change.begins))
    });
    changes
}

fn seen(case: &Case<'_>, [older, younger]: [&Belief; 2], from: Time, until: Option<Time>) -> Finding {
    let end = until.map_or("the end of the run".into(), |until| until.to_string());
    let (first, second, lock) = (case.name(older.client), case.name(younger.client), case.name(older.lock));
    // With three believers one of the first two may leave while two are left.
    let lasted = |belief: &Belief| belief.until().is_none_or(|its| until.is_some_and(|until| until <= its));
    let sentence = match lasted(older) && lasted(younger) {
        true if case.is_pair(older.lock) => format!("From {from} to {end} {first} and {second} both are active."),
        true => format!("From {from} to {end} {first} and {second} both believe that they hold {lock}."),
        false => format!(
            "From {from} to {end} there are always two clients that believe that they hold {lock}, at first {first} and \
             {second}."
        ),
    };
    Finding {
        state: State::Seen { from, until: until.unwrap_or(case.trace.ended_at) },
        events: vec![older.from.event, younger.from.event],
        sentence,
    }
}

fn unseen(case: &Case<'_>, lock: ParticipantId) -> String {
    match case.is_pair(lock) {
        true => format!("At no moment were both of {} active.", case.name(lock)),
        false => format!("At no moment did two clients believe that they hold {}.", case.name(lock)),
    }
}
