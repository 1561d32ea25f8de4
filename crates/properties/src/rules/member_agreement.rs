//! MEMBER-AGREE: no two members install different views under the same number. Who is dead is a decision, so all must
//! have taken the same one.

use std::collections::BTreeMap;

use fencepost_vocabulary::{Membership, PropertyKind};

use crate::case::{Case, Finding};
use crate::{Installed, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::MemberAgreement, None)]
}

fn find(case: &Case<'_>) -> Finding {
    let mut first_of: BTreeMap<u32, &Installed> = BTreeMap::new();
    for installed in &case.ledger.views {
        let first = *first_of.entry(installed.view).or_insert(installed);
        if first.members != installed.members {
            return differing(case, first, installed);
        }
    }
    Finding::held_for(
        first_of.len(),
        match first_of.len() {
            0 => "No member installed a view.".into(),
            1 => "One view was installed, the same by everyone who did.".into(),
            number => format!("{number} views were installed, each of them the same by everyone who did."),
        },
    )
}

fn differing(case: &Case<'_>, first: &Installed, second: &Installed) -> Finding {
    let sentence = format!(
        "{} installs view {} with {} at {}; {} had installed view {} with {} at {}.",
        case.name(second.by),
        second.view,
        names(case, &second.members),
        second.at.time,
        case.name(first.by),
        first.view,
        names(case, &first.members),
        first.at.time,
    );
    Finding::violated(second.at, Some(first.at), sentence)
}

/// "N1, N2 and N3"; a member that came back from the dead says in which of its lives: "N1 (life 2)".
fn names(case: &Case<'_>, members: &Membership) -> String {
    let mut list = String::new();
    for (place, (id, incarnation)) in members.0.iter().enumerate() {
        list += match (place, place + 1 == members.0.len()) {
            (0, _) => "",
            (_, true) => " and ",
            _ => ", ",
        };
        list += case.name(*id);
        if *incarnation > 1 {
            list += &format!(" (life {incarnation})");
        }
    }
    if list.is_empty() { "nobody".into() } else { list }
}
