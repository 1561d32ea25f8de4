//! ONE-LEADER-PER-TERM: no two nodes of a group lead in one term, at whatever time. Two that lead at one moment in two
//! terms are another matter, and lawful: see [`super::two_leaders`].

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{PropertyKind, Term};

use super::count;
use crate::case::{Case, Finding};
use crate::{Reign, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::OneLeaderPerTerm, None)]
}

fn find(case: &Case<'_>) -> Finding {
    let mut first: BTreeMap<(ParticipantId, Term), &Reign> = BTreeMap::new();
    for reign in &case.ledger.reigns {
        let before = *first.entry((reign.group, reign.term)).or_insert(reign);
        if before.node != reign.node {
            return two(case, before, reign);
        }
    }
    Finding::held_for(
        case.ledger.reigns.len(),
        match &case.ledger.reigns[..] {
            [] => "Nobody came to lead.".into(),
            [only] => format!("{} alone came to lead, in term {}.", case.name(only.node), only.term),
            _ => format!("{} had a leader, and none had two.", count(first.len(), "term")),
        },
    )
}

fn two(case: &Case<'_>, before: &Reign, reign: &Reign) -> Finding {
    let sentence = format!(
        "{} comes to lead in term {} at {}; {} had come to lead in the same term at {}.",
        case.name(reign.node),
        reign.term,
        reign.from.time,
        case.name(before.node),
        before.from.time
    );
    Finding::violated(reign.from, Some(before.from), sentence)
}
