//! AGREEMENT: no two that are loyal decide differently, at whatever time. Two generals decide to attack or to stay; of
//! officers the lieutenants count; nodes decide what stands at each place of their log, by committing it.

use std::collections::{BTreeMap, BTreeSet};

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use super::{entry_named, order};
use crate::case::{Case, Finding};
use crate::{Commit, Decision, Proposal, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    let mut findings = Vec::new();
    if case.has_generals() {
        findings.push(of_people(case, &case.ledger.decisions, |attack| if attack { "attack" } else { "stay" }));
    }
    if case.has_officers() {
        let loyal = case.ledger.decisions.iter().filter(|decision| case.is_loyal_lieutenant(decision.by));
        findings.push(of_lieutenants(case, &loyal.cloned().collect::<Vec<_>>()));
    }
    if case.has_nodes() {
        findings.push(of_nodes(case));
    }
    findings.into_iter().map(|finding| finding.about(PropertyKind::Agreement, None)).collect()
}

fn of_people(case: &Case<'_>, decisions: &[Decision], plan: impl Fn(bool) -> &'static str) -> Finding {
    let Some(first) = decisions.first() else { return Finding::nothing("Nobody decided anything.".into()) };
    if let Some(other) = other_than(decisions) {
        return at_odds(case, first, other, plan);
    }
    Finding::held(match deciders(decisions) {
        1 => format!("Only {} decided, to {}.", case.name(first.by), plan(first.attack)),
        2 => format!("Both decided to {}.", plan(first.attack)),
        number => format!("All {number} decided to {}.", plan(first.attack)),
    })
}

/// Of officers those count who are loyal and do not command.
fn of_lieutenants(case: &Case<'_>, decisions: &[Decision]) -> Finding {
    let Some(first) = decisions.first() else {
        return Finding::nothing("No loyal lieutenant decided anything.".into());
    };
    if let Some(other) = other_than(decisions) {
        return at_odds(case, first, other, order);
    }
    let loyal = case.cast.ids().filter(|id| case.is_loyal_lieutenant(*id)).count();
    let (who, plan) = (case.name(first.by), order(first.attack));
    Finding::held(match deciders(decisions) {
        _ if loyal == 1 => return Finding::nothing(alone(case, first)),
        1 => format!("Of the {loyal} loyal lieutenants only {who} decided, to {plan}."),
        2 if loyal == 2 => format!("Both loyal lieutenants decided to {plan}."),
        number if number == loyal => format!("All {loyal} loyal lieutenants decided to {plan}."),
        number => format!("{number} of the {loyal} loyal lieutenants decided, all of them to {plan}."),
    })
}

/// "G3 is the only loyal lieutenant, so there is nobody to differ from; disobeying G1 is validity's matter."
fn alone(case: &Case<'_>, only: &Decision) -> String {
    let who = case.name(only.by);
    let disobeyed = |wish: &&Proposal| !case.is_traitor(wish.by) && wish.attack != only.attack;
    let matter = match case.ledger.proposals.first().filter(disobeyed) {
        Some(wish) => format!("; disobeying {} is validity's matter", case.name(wish.by)),
        None => String::new(),
    };
    format!("{who} is the only loyal lieutenant, so there is nobody to differ from{matter}.")
}

/// How many decided; to decide the same once more is nothing new.
pub(super) fn deciders<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> usize {
    decisions.into_iter().map(|decision| decision.by).collect::<BTreeSet<_>>().len()
}

/// The first decision that is not as the first. Up to that all are as it was.
fn other_than(decisions: &[Decision]) -> Option<&Decision> {
    let first = decisions.first()?;
    decisions.iter().find(|other| other.attack != first.attack)
}

fn at_odds(case: &Case<'_>, first: &Decision, other: &Decision, plan: impl Fn(bool) -> &'static str) -> Finding {
    let sentence = format!(
        "{} decides to {} at {}, although {} decided to {} at {}.",
        case.name(other.by),
        plan(other.attack),
        other.at.time,
        case.name(first.by),
        plan(first.attack),
        first.at.time
    );
    Finding::violated(other.at, Some(first.at), sentence)
}

fn of_nodes(case: &Case<'_>) -> Finding {
    let mut places: BTreeMap<(ParticipantId, u32), Vec<&Commit>> = BTreeMap::new();
    for commit in case.ledger.commits.iter().filter(|commit| !case.is_traitor(commit.by)) {
        let place = places.entry((case.group_of(commit.by), commit.index)).or_default();
        // As many as there are nodes, or a few more where a node contradicts itself.
        let differs = |before: &&&Commit| before.entry != commit.entry && before.by != commit.by;
        if let Some(before) = place.iter().find(differs) {
            return differing(case, before, commit);
        }
        place.push(commit);
    }
    Finding::held_for(
        places.len(),
        match places.len() {
            0 => "No node committed anything.".into(),
            1 => "One entry was committed, the same by every node that did.".into(),
            number => format!("{number} entries were committed, each of them the same by every node that did."),
        },
    )
}

fn differing(case: &Case<'_>, before: &Commit, commit: &Commit) -> Finding {
    let sentence = format!(
        "{} commits {} at place {} of the log at {}; {} had committed {} there at {}.",
        case.name(commit.by),
        entry_named(case, &commit.entry),
        commit.index,
        commit.at.time,
        case.name(before.by),
        entry_named(case, &before.entry),
        before.at.time
    );
    Finding::violated(commit.at, Some(before.at), sentence)
}
