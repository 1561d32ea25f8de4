//! GRANT, freedom from starvation: each request of a client that does not crash is granted or answered in the end.
//!
//! It is met when the client takes the answer in. An answer that is lost on the way is none; a repeated request gets the
//! answer of its repetition.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use super::obligation::{Obligation, goes_round, long_after, may_yet, worst};
use crate::case::{Case, Finding};
use crate::{Acquire, Evidence, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    let mut owed: Vec<Vec<&Acquire>> = vec![Vec::new(); case.cast.members.len()];
    for acquire in &case.ledger.acquires {
        if let Some(owed) = owed.get_mut(acquire.client.index()) {
            owed.push(acquire);
        }
    }
    let clients = case.cast.iter().filter(|(id, _)| case.cast.is_client(*id));
    clients.map(|(id, _)| find(case, id, &owed[id.index()]).about(PropertyKind::Grant, Some(id))).collect()
}

fn find(case: &Case<'_>, client: ParticipantId, acquires: &[&Acquire]) -> Finding {
    let owed: Vec<&Acquire> = acquires.iter().filter(|acquire| is_owed(case, acquire)).copied().collect();
    let obligations: Vec<Obligation> = owed.iter().map(|acquire| obligation(acquire)).collect();
    let Some((place, state)) = worst(case, &obligations) else { return nothing_owed(case, client, acquires) };
    if let Some(at) = owed[place].given_up {
        let (lock, asked) = (case.name(owed[place].lock), owed[place].asked);
        let state = State::Stuck { evidence: Evidence::GaveUp, since: asked.time };
        let sentence =
            format!("{} asked {lock} at {}, had no answer by {}, and gave up.", case.name(client), asked.time, at.time);
        return Finding { state, events: vec![asked.event, at.event], sentence };
    }
    Finding { state, events: obligations[place].events(), sentence: sentence(case, owed[place], state) }
}

/// A client that crashes takes its question with it, even if it comes back.
pub(super) fn is_owed(case: &Case<'_>, acquire: &Acquire) -> bool {
    acquire.answer.is_some() || case.ledger.crash_after(acquire.client, acquire.asked).is_none()
}

fn obligation(acquire: &Acquire) -> Obligation {
    Obligation { since: acquire.asked, met: acquire.answer.map(|answer| answer.arrived) }
}

fn nothing_owed(case: &Case<'_>, client: ParticipantId, acquires: &[&Acquire]) -> Finding {
    let name = case.name(client);
    let crash = acquires.first().and_then(|acquire| Some((acquire, case.ledger.crash_after(client, acquire.asked)?)));
    let sentence = match crash {
        Some((acquire, crash)) => format!(
            "{name} asked {} at {} and crashed at {}, so nothing is owed to it.",
            case.name(acquire.lock),
            acquire.asked.time,
            crash.from.time
        ),
        None => format!("{name} never asked for a lock."),
    };
    Finding::nothing(sentence)
}

fn sentence(case: &Case<'_>, acquire: &Acquire, state: State) -> String {
    let (client, lock, asked) = (case.name(acquire.client), case.name(acquire.lock), acquire.asked.time);
    match state {
        State::Met { after, at, .. } if acquire.is_granted() => {
            format!("{client} asked {lock} at {asked} and had the lock {after} later, at {at}.")
        }
        State::Met { after, at, .. } => {
            format!("{client} asked {lock} at {asked} and was refused {after} later, at {at}. That is an answer.")
        }
        State::Stuck { evidence: Evidence::Quiescent, .. } => {
            format!("{client} asked {lock} at {asked}, has no answer, and nothing is left that could bring one.")
        }
        State::Stuck { evidence: Evidence::Lasso { .. }, .. } => {
            format!("{client} asked {lock} at {asked}, has no answer, and {} without one.", goes_round(case))
        }
        State::Stuck { .. } => format!(
            "{client} asked {lock} at {asked} and has no answer when the run ends at {}, {}",
            case.trace.ended_at,
            long_after(case)
        ),
        _ => {
            let end = case.trace.ended_at;
            let may = may_yet(case, "it may yet be answered");
            format!("{client} asked {lock} at {asked} and still waits when the run ends at {end}{may}")
        }
    }
}
