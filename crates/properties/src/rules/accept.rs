//! ACCEPT: every write of the newest grant is accepted in the end, or overtaken by a later write of the same grant. A
//! store that breaks it fences the rightful holder.
//!
//! Nothing is owed to a writer that crashed, nor to one that was told that its own lease was over: that refusal is the
//! lock's, not the fence's.

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{PropertyKind, Refusal, Sequence};

use super::obligation::{Obligation, goes_round, long_after, worst};
use crate::case::{Case, Finding};
use crate::{Evidence, Grant, GrantNo, Moment, State, Verdict, Write};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::Accept, None)]
}

fn find(case: &Case<'_>) -> Finding {
    let overtakers = Overtakers::of(case);
    let owed: Vec<&Write> = newest_writes(case).filter(|write| is_owed(case, write)).collect();
    let obligations: Vec<Obligation> = owed.iter().map(|write| overtakers.obligation(write)).collect();
    let Some((place, state)) = worst(case, &obligations) else {
        return Finding::nothing(nothing_owed(case));
    };
    let mut events = obligations[place].events();
    if let (None, Some((refused, _))) = (obligations[place].met, owed[place].turned_away) {
        events.push(refused.event);
    }
    Finding { state, events, sentence: sentence(case, owed[place], owed.len(), state) }
}

/// The writes of each lock's last grant in this run.
fn newest_writes<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Write> {
    let ledger = case.ledger;
    ledger.writes.iter().filter(move |write| write.grant.is_some_and(|grant| ledger.successor(grant).is_none()))
}

fn nothing_owed(case: &Case<'_>) -> String {
    match newest_writes(case).next() {
        None if case.ledger.all_grants().next().is_none() => {
            "No lock was granted, so no store had to accept a write of its holder.".into()
        }
        None => "The holder of the newest grant sent no write, so no store had to accept one.".into(),
        Some(write) => {
            let (writer, store) = (case.name(write.writer), case.name(write.store));
            match case.ledger.crash_after(write.writer, write.sent) {
                Some(crash) => format!(
                    "{writer} holds the newest grant and crashed at {}, so nothing is owed to it.",
                    crash.from.time
                ),
                None => format!(
                    "The lease of {writer}'s newest grant was over when {store} turned its write away, so nothing was owed to it."
                ),
            }
        }
    }
}

fn is_owed(case: &Case<'_>, write: &Write) -> bool {
    if write.applied.is_some() {
        return true;
    }
    let grant = write.grant.and_then(|name| case.ledger.grant(name));
    let lease_was_over = grant.is_some_and(|grant| was_told_so(write, grant));
    case.ledger.crash_after(write.writer, write.sent).is_none() && !lease_was_over
}

/// Whether the write was refused because its own grant had ended, as it had.
fn was_told_so(write: &Write, grant: &Grant) -> bool {
    let Some((at, Refusal::NotHolder)) = write.turned_away else { return false };
    grant.ended.is_some_and(|end| end.at < at) || grant.lease_ends.is_some_and(|end| end <= at.time)
}

/// For each grant and store, its applied writes with the highest numbers, and when each was first applied.
struct Overtakers(BTreeMap<(GrantNo, ParticipantId), BTreeMap<Sequence, Moment>>);

impl Overtakers {
    /// Keeps for each number the first moment at which a write with that number or a higher one was applied.
    fn of(case: &Case<'_>) -> Self {
        let mut applied: BTreeMap<_, BTreeMap<Sequence, Moment>> = BTreeMap::new();
        for write in newest_writes(case) {
            if let (Some(grant), Some(at)) = (write.grant, write.applied) {
                applied.entry((grant, write.store)).or_default().insert(write.sequence, at);
            }
        }
        for writes in applied.values_mut() {
            let mut soonest = None;
            for at in writes.values_mut().rev() {
                *at = soonest.map_or(*at, |soonest: Moment| soonest.min(*at));
                soonest = Some(*at);
            }
        }
        Self(applied)
    }

    fn obligation(&self, write: &Write) -> Obligation {
        let later = write.grant.and_then(|grant| self.0.get(&(grant, write.store)));
        let met = later.and_then(|writes| writes.range(write.sequence..).next()).map(|(_, at)| *at);
        Obligation { since: write.sent, met }
    }
}

fn sentence(case: &Case<'_>, write: &Write, owed: usize, state: State) -> String {
    let (store, writer) = (case.name(write.store), case.name(write.writer));
    let what = format!("{writer}'s write {}{}", write.sequence.0, newest(case, write));
    let turned_away = match write.turned_away {
        Some((at, _)) => format!("{store} turned {what} away at {}", at.time),
        None => format!("{store} has not accepted {what} sent at {}", write.sent.time),
    };
    match state {
        State::Met { after, .. } if owed == 1 => {
            format!("{store} accepted the one write of the newest grant, {writer}'s, {after} after it was sent.")
        }
        State::Met { after, .. } => {
            let all = if owed == 2 { "Both".into() } else { format!("All {owed}") };
            format!("{all} writes of the newest grant were accepted, or overtaken by a later one, within {after}.")
        }
        State::Stuck { evidence: Evidence::Quiescent, .. } => {
            format!("{turned_away}; no later one was accepted, and nothing is left that could happen.")
        }
        State::Stuck { evidence: Evidence::Lasso { .. }, .. } => {
            format!("{turned_away}; no later one was accepted, and {} without one.", goes_round(case))
        }
        State::Stuck { .. } => format!(
            "{turned_away}, and no later one was accepted by the end of the run at {}, {}",
            case.trace.ended_at,
            long_after(case)
        ),
        _ => format!("{turned_away}; no later one was accepted by the end of the run at {}.", case.trace.ended_at),
    }
}

fn newest(case: &Case<'_>, write: &Write) -> String {
    match write.grant.and_then(|name| case.ledger.grant(name)) {
        Some(grant) => format!(" of the newest grant, {},", case.grant(grant)),
        None => String::new(),
    }
}
