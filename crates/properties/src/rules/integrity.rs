//! INTEGRITY: nobody decides one matter twice in two ways. For a node a matter is a place in the log: what it has once
//! committed there never changes.

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use super::{entry_named, order};
use crate::case::{Case, Finding};
use crate::{Commit, Decision, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    let mut findings = Vec::new();
    if case.has_generals() || case.has_officers() {
        findings.push(of_people(case));
    }
    if case.has_nodes() {
        findings.push(of_nodes(case));
    }
    findings.into_iter().map(|finding| finding.about(PropertyKind::Integrity, None)).collect()
}

fn of_people(case: &Case<'_>) -> Finding {
    let mut first: BTreeMap<ParticipantId, &Decision> = BTreeMap::new();
    for decision in case.ledger.decisions.iter().filter(|decision| !case.is_traitor(decision.by)) {
        let before = *first.entry(decision.by).or_insert(decision);
        if before.attack != decision.attack {
            let (who, now, then) = (case.name(decision.by), decision.at.time, before.at.time);
            let (plan, other) = (order(decision.attack), order(before.attack));
            let sentence = format!("{who} decides to {plan} at {now}, although it had decided to {other} at {then}.");
            return Finding::violated(decision.at, Some(before.at), sentence);
        }
    }
    match case.ledger.decisions.len() {
        0 => Finding::nothing("Nobody decided anything.".into()),
        _ => Finding::held("Nobody decided twice in two ways.".into()),
    }
}

fn of_nodes(case: &Case<'_>) -> Finding {
    let mut last: BTreeMap<(ParticipantId, u32), &Commit> = BTreeMap::new();
    for commit in case.ledger.commits.iter().filter(|commit| !case.is_traitor(commit.by)) {
        // The ledger lists what a node commits again only if it is something else.
        if let Some(before) = last.insert((commit.by, commit.index), commit) {
            let sentence = format!(
                "{} commits {} at place {} of its log at {}, where it had committed {} at {}.",
                case.name(commit.by),
                entry_named(case, &commit.entry),
                commit.index,
                commit.at.time,
                entry_named(case, &before.entry),
                before.at.time
            );
            return Finding::violated(commit.at, Some(before.at), sentence);
        }
    }
    match last.len() {
        0 => Finding::nothing("No node committed anything.".into()),
        _ => Finding::held("No node committed two entries at one place of its log.".into()),
    }
}
