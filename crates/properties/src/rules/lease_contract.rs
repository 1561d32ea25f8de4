//! LEASE-CONTRACT: before a lock is granted again, the holder has released it or its full lease has passed, counted from
//! its grant or its last extension on the service's monotonic clock.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding};
use crate::{Grant, Moment, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_locks(PropertyKind::LeaseContract, |lock| find(case, lock))
}

fn find(case: &Case<'_>, lock: ParticipantId) -> Finding {
    let grants = case.ledger.grants(lock);
    let is_over = |grant: &Grant, next: Moment| {
        grant.has_run_its_course(next) || grant.returned.is_some_and(|returned| case.touch(returned, next))
    };
    let broken = grants.windows(2).find(|pair| !is_over(&pair[0], pair[1].granted));
    match broken {
        Some(pair) => too_early(case, &pair[0], &pair[1]),
        None => Finding::held_for(grants.len(), held(case, lock, grants)),
    }
}

fn too_early(case: &Case<'_>, before: &Grant, next: &Grant) -> Finding {
    let holder = case.name(before.client);
    if case.is_pair(next.name.lock) {
        let (new, at) = (case.name(next.client), next.granted.time);
        let sentence =
            format!("{new} makes itself active at {at}, although {holder} was still active and is so without a lease.");
        return Finding::violated(next.granted, Some(before.granted), sentence);
    }
    let lease = match before.lease_ends_at(next.granted) {
        Some(end) => format!("its lease{} was to last until {end}", measured(case, before, next, ", measured", ",")),
        None => "it had no lease that could run out".into(),
    };
    let blame = match before.taken_by() {
        Some(stranger) => format!("; {} released it instead", case.name(stranger)),
        None if before.is_forgotten_by(next.granted) => format!("; {}", case.forgot(before.name.lock)),
        None => String::new(),
    };
    let sentence = format!(
        "{} makes {} for {} at {}, although {holder} had not released its {} and {lease}{blame}.",
        case.name(next.name.lock),
        case.grant(next),
        case.name(next.client),
        next.granted.time,
        case.grant(before),
    );
    Finding::violated(next.granted, Some(before.granted), sentence)
}

/// " on L's own clock", where that makes a difference; between these two. Keys are lent on many clocks, one after the other.
fn measured(case: &Case<'_>, lease: &Grant, next: &Grant, before: &str, after: &str) -> String {
    match lease.is_stretched(next.granted) {
        true if case.cast.object(lease.name.lock).is_none() => {
            format!("{before} on {}'s own clock{after}", case.name(lease.name.lock))
        }
        true if case.has_nodes() => format!("{before} on the clock of the node that granted it{after}"),
        _ => String::new(),
    }
}

fn handed_over(case: &Case<'_>, before: &Grant, next: &Grant) -> String {
    let holder = case.name(before.client);
    let reason =
        match before.returned.is_some_and(|returned| returned < next.granted || case.touch(returned, next.granted)) {
            true => format!("{holder} had released it"),
            false => format!("{holder}'s full lease had passed{}", measured(case, before, next, "", "")),
        };
    let (lock, client) = (case.name(next.name.lock), case.name(next.client));
    format!("{lock} granted the lock to {client} at {} once {reason}.", next.granted.time)
}

/// Of a pair nobody grants anything: its nodes make themselves active, and have no lease that could run out.
fn handed_over_in_a_pair(case: &Case<'_>, lock: ParticipantId, grants: &[Grant]) -> String {
    let name = case.name(lock);
    match grants {
        [] => format!("No node of {name} was active."),
        [only] => {
            let (node, since) = (case.name(only.client), only.granted.time);
            format!("{node} became active at {since}, and no node of {name} after that.")
        }
        [before, next] => {
            let (old, new, at) = (case.name(before.client), case.name(next.client), next.granted.time);
            let old = if old == new { "it" } else { old };
            format!("{new} became active at {at}, when {old} no longer was.")
        }
        [_, rest @ ..] => format!(
            "A node of {name} became active {} times after the first, each time when none was any more.",
            rest.len()
        ),
    }
}

fn held(case: &Case<'_>, lock: ParticipantId, grants: &[Grant]) -> String {
    if case.is_pair(lock) {
        return handed_over_in_a_pair(case, lock, grants);
    }
    let name = case.name(lock);
    let robbed = grants.last().and_then(|last| Some((last, last.taken_by()?, last.ended?.at.time)));
    match (robbed, grants.len()) {
        (Some((last, stranger, time)), _) => format!(
            "{} released {}'s {} at {time}, but {name} granted the lock to nobody after that.",
            case.name(stranger),
            case.name(last.client),
            case.grant(last),
        ),
        (None, 0) => format!("{name} granted nothing."),
        (None, 1) => format!("{name} made one grant and took nothing back before its time."),
        (None, 2) => handed_over(case, &grants[0], &grants[1]),
        (None, number) => format!(
            "{name} granted the lock again {} times, each time after the holder's release or its full lease.",
            number - 1
        ),
    }
}
