//! Dead grant: the lock is granted to a client whose own session was over. A hazard: nothing is wrong with the grant, but
//! if nobody is there to use it, all others wait until its lease has run out.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding};
use crate::{DeadGrant, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_locks(PropertyKind::DeadGrant, |lock| find(case, lock))
}

fn find(case: &Case<'_>, lock: ParticipantId) -> Finding {
    match case.ledger.dead_grants.iter().find(|dead| dead.grant.lock == lock) {
        Some(dead) => seen(case, dead),
        None => {
            let sentence = format!("{} granted nothing to a client whose session was over.", case.name(lock));
            Finding { state: State::Unseen, events: Vec::new(), sentence }
        }
    }
}

/// It lasts as long as the grant.
fn seen(case: &Case<'_>, dead: &DeadGrant) -> Finding {
    let grant = case.ledger.grant(dead.grant);
    let until = grant.and_then(|grant| grant.ended).map_or(case.trace.ended_at, |end| end.at.time);
    let what = grant.map_or(String::new(), |grant| format!("{} for {}", case.grant(grant), case.name(grant.client)));
    let idle = match case.ledger.beliefs.iter().any(|belief| belief.grant == Some(dead.grant)) {
        true => String::new(),
        false => format!("; nobody takes it up before {until}"),
    };
    let (lock, at) = (case.name(dead.grant.lock), dead.at.time);
    let sentence = format!("{lock} makes {what} at {at}, although that client's session was over{idle}.");
    Finding { state: State::Seen { from: dead.at.time, until }, events: vec![dead.at.event], sentence }
}
