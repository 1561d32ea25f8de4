//! Belief overlap: two clients believe at the same time that they hold one lock. A hazard and no violation, because no
//! lock service can prevent it where messages and clients may be slow.

use fencepost_sim::{ParticipantId, Time, sort_by_rank};
use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding};
use crate::{Belief, Moment, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_locks(PropertyKind::BeliefOverlap, |lock| find(case, lock))
}

/// Reports the first interval in which two believe, and tells of the others as well: the first need not be the one that
/// does harm.
fn find(case: &Case<'_>, lock: ParticipantId) -> Finding {
    match &overlaps(case, lock)[..] {
        [] => Finding { state: State::Unseen, events: Vec::new(), sentence: unseen(case, lock) },
        [first, others @ ..] => seen(case, first, others),
    }
}

/// An interval in which there were at least two believers.
struct Overlap<'a> {
    /// The two with whom it began.
    pair: [&'a Belief; 2],
    from: Time,
    /// `None`: to the end of the run.
    until: Option<Time>,
}

/// Sweeps over the beliefs in one lock. All that changes at one instant changes at once.
fn overlaps<'a>(case: &Case<'a>, lock: ParticipantId) -> Vec<Overlap<'a>> {
    let mut believers: Vec<&Belief> = Vec::new();
    let mut overlaps: Vec<Overlap<'_>> = Vec::new();
    for instant in changes(case, lock).chunk_by(|a, b| a.at.time == b.at.time) {
        let now = instant[0].at.time;
        instant.iter().for_each(|change| change.apply(&mut believers));
        let open = overlaps.last_mut().filter(|last| last.until.is_none());
        match (open, &believers[..]) {
            (None, [older, younger, ..]) => {
                overlaps.push(Overlap { pair: [older, younger], from: now, until: None });
            }
            (Some(open), [] | [_]) => open.until = Some(now),
            (None, [] | [_]) | (Some(_), [_, _, ..]) => {}
        }
    }
    overlaps
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

/// How many intervals are told one by one.
const TOLD: usize = 3;

fn seen(case: &Case<'_>, first: &Overlap<'_>, others: &[Overlap<'_>]) -> Finding {
    let next = others.iter().take(TOLD - 1).map(|other| format!(" {}", told(case, other)));
    let untold = match others.len().saturating_sub(TOLD - 1) {
        0 => String::new(),
        1 => " It happens once more.".to_owned(),
        times => format!(" It happens {times} times more."),
    };
    let [older, younger] = first.pair;
    Finding {
        state: State::Seen { from: first.from, until: first.until.unwrap_or(case.trace.ended_at) },
        events: vec![older.from.event, younger.from.event],
        sentence: std::iter::once(told(case, first)).chain(next).chain([untold]).collect(),
    }
}

fn told(case: &Case<'_>, overlap: &Overlap<'_>) -> String {
    let Overlap { pair: [older, younger], from, until } = overlap;
    let end = until.map_or("the end of the run".into(), |until| until.to_string());
    let (first, second, lock) = (case.name(older.client), case.name(younger.client), case.name(older.lock));
    // With three believers one of the first two may leave while two are left.
    let lasted = |belief: &Belief| belief.until().is_none_or(|its| until.is_some_and(|until| until <= its));
    match lasted(older) && lasted(younger) {
        true if case.is_pair(older.lock) => format!("From {from} to {end} {first} and {second} both are active."),
        true => format!("From {from} to {end} {first} and {second} both believe that they hold {lock}."),
        false => format!(
            "From {from} to {end} there are always two clients that believe that they hold {lock}, at first {first} and \
             {second}."
        ),
    }
}

fn unseen(case: &Case<'_>, lock: ParticipantId) -> String {
    match case.is_pair(lock) {
        true => format!("At no moment were both of {} active.", case.name(lock)),
        false => format!("At no moment did two clients believe that they hold {}.", case.name(lock)),
    }
}
