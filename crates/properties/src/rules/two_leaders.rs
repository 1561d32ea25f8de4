//! Two leaders: two nodes of a group lead at one moment, each in a term of its own. A hazard and no violation: the older
//! one can commit nothing, but it does not know, and a client may still ask it.

use std::collections::BTreeMap;

use fencepost_sim::{ParticipantId, Time, sort_by_rank};
use fencepost_vocabulary::PropertyKind;

use crate::case::{Case, Finding};
use crate::{Moment, Reign, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::TwoLeaders, None)]
}

/// Sweeps over the reigns and reports the first interval in which one group has two leaders. All that changes at one
/// instant changes at once.
fn find(case: &Case<'_>) -> Finding {
    let mut leading: BTreeMap<ParticipantId, Vec<&Reign>> = BTreeMap::new();
    let mut seen: Option<(Time, [&Reign; 2])> = None;
    for instant in changes(case).chunk_by(|a, b| a.at.time == b.at.time) {
        let now = instant[0].at.time;
        for change in instant {
            let leaders = leading.entry(change.reign.group).or_default();
            match change.begins {
                true => leaders.push(change.reign),
                false => leaders.retain(|other| other.node != change.reign.node),
            }
        }
        match seen {
            None => seen = leading.values().find_map(|leaders| Some((now, of_two_terms(leaders)?))),
            Some((from, pair)) if leading.get(&pair[0].group).is_none_or(|leaders| of_two_terms(leaders).is_none()) => {
                return overlap(case, pair, from, Some(now));
            }
            Some(_) => {}
        }
    }
    match seen {
        Some((from, pair)) => overlap(case, pair, from, None),
        None => Finding { state: State::Unseen, events: Vec::new(), sentence: unseen(case) },
    }
}

/// Two leaders, each of a term of its own. Two of one term are no lawful hazard but a broken election.
fn of_two_terms<'a>(leaders: &[&'a Reign]) -> Option<[&'a Reign; 2]> {
    let first = leaders.first()?;
    let other = leaders.iter().find(|other| other.term != first.term)?;
    Some([first, other])
}

fn unseen(case: &Case<'_>) -> String {
    let reigns = &case.ledger.reigns;
    let shares = |reign: &Reign| {
        reigns.iter().any(|other| (other.group, other.term) == (reign.group, reign.term) && other.node != reign.node)
    };
    let whom = if case.groups().len() > 1 { "two nodes of one group" } else { "two nodes" };
    match reigns.iter().any(shares) {
        true => format!(
            "At no moment did {whom} lead in different terms; two leaders of one term are the matter of \
             one-leader-per-term."
        ),
        false => format!("At no moment did {whom} lead."),
    }
}

/// A node begins or ceases to lead.
struct Change<'a> {
    at: Moment,
    begins: bool,
    reign: &'a Reign,
}

fn changes<'a>(case: &Case<'a>) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    for reign in &case.ledger.reigns {
        changes.push(Change { at: reign.from, begins: true, reign });
        changes.extend(reign.ended.map(|at| Change { at, begins: false, reign }));
    }
    sort_by_rank(&mut changes, |change| {
        (change.at.time.0, u64::from(change.at.event.0) * 2 + u64::from(change.begins))
    });
    changes
}

fn overlap(case: &Case<'_>, [older, younger]: [&Reign; 2], from: Time, until: Option<Time>) -> Finding {
    let end = until.map_or("the end of the run".into(), |until| until.to_string());
    let sentence = format!(
        "From {from} to {end} there are two leaders: {} in term {} and {} in term {}.",
        case.name(older.node),
        older.term,
        case.name(younger.node),
        younger.term
    );
    Finding {
        state: State::Seen { from, until: until.unwrap_or(case.trace.ended_at) },
        events: vec![older.from.event, younger.from.event],
        sentence,
    }
}
