//! LOCK-EXCL: no two grants of one lock are live at once. It speaks of the lock service alone; clients may believe what
//! they like.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use super::count;
use crate::case::{Case, Finding};
use crate::{Grant, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_locks(PropertyKind::LockExclusion, |lock| find(case, lock))
}

fn find(case: &Case<'_>, lock: ParticipantId) -> Finding {
    let grants = case.ledger.grants(lock);
    // Until the first violation every grant is over before the next begins, so neighbours are all there is to compare.
    let is_bad = |pair: &&[Grant]| {
        let (end, next) = (pair[0].life_end(pair[1].granted), pair[1].granted);
        end.is_after(next) && !case.touch(end.moment(), next)
    };
    if let Some(pair) = grants.windows(2).find(is_bad) {
        return two_live(case, &pair[0], &pair[1]);
    }
    Finding::held_for(grants.len(), held(case, lock, grants.len()))
}

fn two_live(case: &Case<'_>, live: &Grant, grant: &Grant) -> Finding {
    if case.is_pair(live.name.lock) {
        return both_active(case, live, grant);
    }
    let lease = match live.lease_ends_at(grant.granted) {
        Some(end) => format!(", whose lease runs until {end}, is still live"),
        None => " is still live".into(),
    };
    let blame = match live.taken_by() {
        Some(stranger) => format!(": it was {} who released it", case.name(stranger)),
        None if live.is_forgotten_by(grant.granted) => format!(": {}", case.forgot(live.name.lock)),
        None => String::new(),
    };
    let sentence = format!(
        "{} makes {} for {} at {} while {}'s {}{lease}{blame}.",
        case.name(grant.name.lock),
        case.grant(grant),
        case.name(grant.client),
        grant.granted.time,
        case.name(live.client),
        case.grant(live),
    );
    Finding::violated(grant.granted, Some(live.granted), sentence)
}

/// Of a pair: "Q makes itself active (epoch 2) at 5.1 s while P still is (epoch 1)."
fn both_active(case: &Case<'_>, live: &Grant, grant: &Grant) -> Finding {
    let (new, old, at) = (case.name(grant.client), case.name(live.client), grant.granted.time);
    let sentence = match live.client == grant.client {
        true => format!(
            "{new} makes itself active at {at} (epoch {}), although it was (epoch {}).",
            grant.token, live.token
        ),
        false => {
            format!(
                "{new} makes itself active at {at} (epoch {}) while {old} still is (epoch {}).",
                grant.token, live.token
            )
        }
    };
    Finding::violated(grant.granted, Some(live.granted), sentence)
}

fn held(case: &Case<'_>, lock: ParticipantId, grants: usize) -> String {
    let name = case.name(lock);
    match grants {
        1 if case.is_pair(lock) => format!("One node of {name} was active, and no other was."),
        2.. if case.is_pair(lock) => format!("Of {name} at no moment both were active."),
        0 | 1 => format!("{name} made {}, so no two could be live at once.", count(grants, "grant")),
        _ => format!("{name} made {grants} grants; by its own book each had ended when the next began."),
    }
}
