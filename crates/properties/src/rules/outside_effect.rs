//! Outside effect: a client sends mail or pays under a grant that is no longer the newest. A hazard and no violation of
//! any store's: nobody out there asks for a token, so no fence can stop it.

use fencepost_vocabulary::{Outside, PropertyKind};

use super::count;
use crate::case::{Case, Finding};
use crate::{Deed, Grant, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::OutsideEffect, None)]
}

fn find(case: &Case<'_>) -> Finding {
    match case.ledger.deeds.iter().find_map(|deed| Some((deed, overtaken(case, deed)?))) {
        Some((deed, later)) => seen(case, deed, later),
        None => {
            let sentence = match case.ledger.deeds.len() {
                0 => "Nobody acted outside the stores.".into(),
                1 => "The one act outside the stores was not done under an old grant.".into(),
                number => {
                    format!("None of the {} outside the stores was done under an old grant.", count(number, "act"))
                }
            };
            Finding { state: State::Unseen, events: Vec::new(), sentence }
        }
    }
}

/// The later grant that existed when a client acted, or was made at the same moment, unless the act led to it.
fn overtaken<'a>(case: &Case<'a>, deed: &Deed) -> Option<&'a Grant> {
    case.ledger.successor(deed.grant?).filter(|later| !case.came_before(deed.at, later.granted, false))
}

fn seen(case: &Case<'_>, deed: &Deed, later: &Grant) -> Finding {
    let (client, at) = (case.name(deed.client), deed.at.time);
    let what = match deed.what {
        Outside::Mail => "sends mail",
        Outside::Payment => "pays",
    };
    let own = deed.grant.and_then(|name| case.ledger.grant(name));
    let own = own.map_or(String::new(), |own| case.grant(own));
    let (lock, newer, owner) = (case.name(later.name.lock), case.grant(later), case.name(later.client));
    let lateness = match later.granted.time == at {
        true => format!("in the very instant in which {lock} makes {newer} for {owner}"),
        false => format!("although {lock} had made {newer} for {owner} at {}", later.granted.time),
    };
    let sentence = format!("{client} {what} at {at} under {own}, {lateness}; nothing out there asks for a token.");
    let (first, last) = (later.granted.min(deed.at), later.granted.max(deed.at));
    Finding { state: State::Seen { from: at, until: at }, events: vec![first.event, last.event], sentence }
}
