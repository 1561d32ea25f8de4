//! ACCEPT: every write of the newest grant is accepted in the end, or overtaken by a later write of the same grant. A
//! store that breaks it fences the rightful holder.
//!
//! Nothing is owed to a writer that crashed, nor to one that was told that its own lease was over: that refusal is the
//! lock's, not the fence's.

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{PropertyKind, Refusal};

use super::obligation::{Obligation, goes_round, long_after, worst};
use super::token_genuine::Granted;
use crate::case::{Case, Finding};
use crate::{Evidence, Grant, Moment, State, Verdict, Write};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::Accept, None)]
}

fn find(case: &Case<'_>) -> Finding {
    let newest = newest_writes(case);
    let overtakers = Overtakers::of(&newest);
    let owed: Vec<&Write> = newest.iter().filter(|write| is_owed(case, write)).copied().collect();
    let obligations: Vec<Obligation> = owed.iter().map(|write| overtakers.obligation(write)).collect();
    let Some((place, state)) = worst(case, &obligations) else {
        return Finding::nothing(nothing_owed(case, &newest));
    };
    let mut events = obligations[place].events();
    if let (None, Some((refused, _))) = (obligations[place].met, owed[place].turned_away) {
        events.push(refused.event);
    }
    Finding { state, events, sentence: sentence(case, owed[place], owed.len(), state) }
}

/// The writes that were sent under the last grant in this run of every lock that guards the store, by whoever held it. A
/// write outside of a lock is owed nothing, and neither is one that shows a made-up token: whoever turns it away does
/// right.
fn newest_writes<'a>(case: &Case<'a>) -> Vec<&'a Write> {
    let given = Granted::of(case);
    let is_newest = |write: &&Write| {
        let guards = case.cast.guards(write.store);
        !guards.is_empty()
            && guards.iter().all(|lock| newest_grant(case, write, *lock).is_some())
            && !given.is_invented(write.writer, write.token, write.sent)
    };
    case.ledger.writes.iter().filter(is_newest).collect()
}

/// The grant of a lock under which a write was sent, if it is the last one.
fn newest_grant<'a>(case: &Case<'a>, write: &Write, lock: ParticipantId) -> Option<&'a Grant> {
    let name = case.belief_at(&write.footing, lock)?.grant?;
    case.ledger.grant(name).filter(|_| case.ledger.successor(name).is_none())
}

/// The grants of all locks under which a write was sent.
fn grants<'a>(case: &'a Case<'_>, write: &'a Write) -> impl Iterator<Item = &'a Grant> {
    case.cast.guards(write.store).iter().filter_map(|lock| newest_grant(case, write, *lock))
}

fn nothing_owed(case: &Case<'_>, newest: &[&Write]) -> String {
    match newest.first() {
        None if case.ledger.all_grants().next().is_none() => {
            "No lock was granted, so no store had to accept a write of its holder.".into()
        }
        None => no_newest_write(case),
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

/// Why no write is one of the newest holder: nobody had all the locks of the store, or the token was made up, or there
/// was no write.
fn no_newest_write(case: &Case<'_>) -> String {
    let under = |write: &Write| grants(case, write).count();
    let some = case.ledger.writes.iter().find(|write| under(write) > 0);
    match some.map(|write| (write, case.cast.guards(write.store))) {
        Some((write, guards)) if under(write) < guards.len() => {
            let (locks, store) = (case.names(guards), case.name(write.store));
            format!("Nobody wrote under the newest grants of {locks} at once, so {store} had to accept no write.")
        }
        Some((write, _)) => format!(
            "The newest holder, {}, showed a token that it was never given, so no store had to accept its write.",
            case.name(write.writer)
        ),
        None => "The newest holder sent no write under its lock, so no store had to accept one.".into(),
    }
}

fn is_owed(case: &Case<'_>, write: &Write) -> bool {
    if write.applied.is_some() {
        return true;
    }
    let lease_was_over = grants(case, write).any(|grant| was_told_so(write, grant));
    case.ledger.crash_after(write.writer, write.sent).is_none() && !lease_was_over
}

/// Whether the write was refused because its own grant had ended, as it had.
fn was_told_so(write: &Write, grant: &Grant) -> bool {
    let Some((at, Refusal::NotHolder)) = write.turned_away else { return false };
    grant.ended.is_some_and(|end| end.at < at) || grant.lease_ends.is_some_and(|end| end <= at.time)
}

/// For each store the writes of the newest grant that it applied, by when they were first sent, and when each was first
/// applied.
struct Overtakers(BTreeMap<ParticipantId, BTreeMap<Moment, Moment>>);

impl Overtakers {
    /// Keeps for each write the first moment at which it or one behind it was applied.
    fn of(newest: &[&Write]) -> Self {
        let mut applied: BTreeMap<_, BTreeMap<Moment, Moment>> = BTreeMap::new();
        for write in newest {
            if let Some(at) = write.applied {
                let first = applied.entry(write.store).or_default().entry(write.footing.made).or_insert(at);
                *first = at.min(*first);
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
        let later = self.0.get(&write.store);
        let met = later.and_then(|writes| writes.range(write.footing.made..).next()).map(|(_, at)| *at);
        Obligation { since: write.sent, met }
    }
}

fn sentence(case: &Case<'_>, write: &Write, owed: usize, state: State) -> String {
    let (store, writer) = (case.name(write.store), case.name(write.writer));
    let what = format!("{writer}'s write {}{}", write.sequence.0, case.shown(write.token, Some(&write.footing)));
    let turned_away = match write.turned_away {
        Some((at, _)) => format!("{store} turned away {what} at {}, although {writer} was the newest holder", at.time),
        None => format!("{store} has not accepted {what}, sent at {} by the newest holder", write.sent.time),
    };
    match state {
        State::Met { after, .. } if owed == 1 => {
            format!("{store} accepted the newest holder's one write, {writer}'s, {after} after it was sent.")
        }
        State::Met { after, .. } => {
            let all = if owed == 2 { "Both".into() } else { format!("All {owed}") };
            format!("{all} writes of the newest holder were accepted, or overtaken by a later one, within {after}.")
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
