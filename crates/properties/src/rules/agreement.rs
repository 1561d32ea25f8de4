//! AGREEMENT, uniform: no two generals decide differently, at whatever time.

use fencepost_vocabulary::PropertyKind;

use crate::Verdict;
use crate::case::{Case, Finding};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::Agreement, None)]
}

fn find(case: &Case<'_>) -> Finding {
    let decisions = &case.ledger.decisions;
    let Some(first) = decisions.first() else { return Finding::held("Nobody decided anything.".into()) };
    // Up to the first that differs, all are as the first.
    let Some(other) = decisions.iter().find(|other| other.attack != first.attack) else {
        return Finding::held(match decisions.len() {
            1 => format!("Only {} decided, to {}.", case.name(first.by), plan(first.attack)),
            2 => format!("Both decided to {}.", plan(first.attack)),
            number => format!("All {number} decided to {}.", plan(first.attack)),
        });
    };
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

fn plan(attack: bool) -> &'static str {
    if attack { "attack" } else { "stay" }
}
