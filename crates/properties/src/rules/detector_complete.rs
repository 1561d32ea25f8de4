//! FD-COMPLETE: every member that crashed for good is suspected in the end by every observer that runs, for ever.
//!
//! It is met when the last observer begins the suspicion that it still has when the run ends.

use fencepost_sim::{Duration, End, ParticipantId, Time};
use fencepost_vocabulary::PropertyKind;

use super::obligation::{Obligation, goes_round, how_known, whole_turn, worst};
use crate::case::{Case, Finding};
use crate::{Downtime, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::DetectorComplete, None)]
}

/// What one observer owes to one who is gone.
struct Owed<'a> {
    observer: ParticipantId,
    gone: &'a Downtime,
    obligation: Obligation,
}

fn find(case: &Case<'_>) -> Finding {
    let owed = owed(case);
    let obligations: Vec<Obligation> = owed.iter().map(|owed| owed.obligation).collect();
    let Some((place, state)) = worst(case, &obligations) else {
        return Finding::nothing(nothing_owed(case));
    };
    let sentence = sentence(case, &owed[place], state);
    Finding { state, events: obligations[place].events(), sentence }
}

fn owed<'a>(case: &Case<'a>) -> Vec<Owed<'a>> {
    let gone = case.ledger.downtimes.iter().filter(|down| down.is_for_good() && case.cast.is_member(down.participant));
    let watched = gone.flat_map(|gone| {
        let others = case.observers().filter(|observer| *observer != gone.participant);
        let running = others.filter(|observer| case.ledger.crash_for_good(*observer).is_none());
        running.map(|observer| Owed { observer, gone, obligation: obligation(case, observer, gone) })
    });
    watched.collect()
}

/// A suspicion older than the crash was wrong when it began and is right from the crash on.
fn obligation(case: &Case<'_>, observer: ParticipantId, gone: &Downtime) -> Obligation {
    let lasting = case.ledger.suspicions.iter().find(|suspicion| {
        (suspicion.observer, suspicion.of) == (observer, gone.participant) && suspicion.ended.is_none()
    });
    Obligation { since: gone.from, met: lasting.map(|suspicion| suspicion.from.max(gone.from)) }
}

fn nothing_owed(case: &Case<'_>) -> String {
    match case.ledger.downtimes.iter().find(|down| down.is_for_good() && case.cast.is_member(down.participant)) {
        Some(gone) => format!("{} crashed for good and no observer runs on.", case.name(gone.participant)),
        None => "No member crashed for good, so there is nobody whom an observer must suspect.".into(),
    }
}

/// How long a suspicion lasts that began then and never ended in this run: for ever only where that is known.
fn how_long(case: &Case<'_>, at: Time) -> String {
    match (case.trace.end, whole_turn(case).filter(|lasso| at <= lasso.from)) {
        (End::Quiescent, _) => "nothing is left that could change that".to_owned(),
        (End::Horizon | End::Limit | End::Zeno, Some(_)) => format!("{} so it always will", goes_round(case)),
        (End::Horizon | End::Limit | End::Zeno, None) => {
            format!("still does when the run ends at {}", case.trace.ended_at)
        }
    }
}

fn sentence(case: &Case<'_>, owed: &Owed<'_>, state: State) -> String {
    let (observer, gone, crashed) = (case.name(owed.observer), case.name(owed.gone.participant), owed.gone.from.time);
    match state {
        State::Met { after: Duration::ZERO, .. } => {
            format!("{gone} crashed at {crashed}, when {observer} suspected it already, and it still does at the end.")
        }
        State::Met { after, at, .. } => {
            let lasts = how_long(case, at);
            format!("{gone} crashed at {crashed}; {observer} suspects it from {at} on, {after} later, and {lasts}.")
        }
        State::Stuck { evidence, .. } => {
            format!("{gone} crashed at {crashed} and {observer} does not suspect it{}", how_known(case, evidence))
        }
        _ => format!(
            "{gone} crashed at {crashed} and {observer} does not suspect it when the run ends at {}.",
            case.trace.ended_at
        ),
    }
}
