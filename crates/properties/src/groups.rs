//! Verdicts about groups of nodes. Where a run has several, a row about all of them comes first and then one for each, named
//! by its first node, as the statement `nodes` is. A rule is not told which: it judges a run in which the others have no
//! leaders and commit nothing.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::{Cast, PropertyKind, RoleKind};

use crate::Verdict;
use crate::case::Case;

/// Whether the property speaks of a group of nodes, by itself.
pub(crate) fn is_of_groups(property: PropertyKind) -> bool {
    matches!(
        property,
        PropertyKind::Elect | PropertyKind::Stable | PropertyKind::OneLeaderPerTerm | PropertyKind::TwoLeaders
    )
}

/// Whether this is the node by which its group is named.
pub(crate) fn is_first(id: ParticipantId, cast: &Cast) -> bool {
    matches!(cast.member(id).map(|member| member.role), Some(RoleKind::Node { group, .. }) if group == id)
}

/// What the rule says of each group alone, if there are several.
pub(crate) fn each(
    property: PropertyKind,
    case: &Case<'_>,
    rule: impl Fn(PropertyKind, &Case<'_>) -> Vec<Verdict>,
) -> Vec<Verdict> {
    let groups = case.groups();
    if groups.len() < 2 || !is_of_groups(property) {
        return Vec::new();
    }
    let mut verdicts = Vec::new();
    for (group, nodes) in groups {
        let ledger = case.ledger.of_group(group);
        let alone = Case::of_group(&ledger, case, group);
        let names = case.names(&nodes);
        verdicts.extend(rule(property, &alone).into_iter().map(|mut verdict| {
            verdict.subject = Some(group);
            if !verdict.sentence.contains(&names) {
                verdict.sentence = format!("{names}: {}", verdict.sentence);
            }
            verdict
        }));
    }
    verdicts
}
