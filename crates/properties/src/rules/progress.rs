//! PROGRESS, freedom from deadlock: while somebody waits for a lock, somebody is granted it in the end. It is weaker than
//! GRANT, which asks that for everybody: under it one client may starve as long as others do not.
//!
//! Each grant that arrives pays what was owed, and whoever still waits then is owed the next one.

use fencepost_sim::{ParticipantId, sort_by_rank};
use fencepost_vocabulary::PropertyKind;

use super::grant::is_owed;
use super::obligation::{Obligation, how_known, may_yet, worst};
use crate::case::{Case, Finding};
use crate::{Acquire, Moment, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.each_lock(PropertyKind::Progress, |lock| find(case, lock))
}

fn waits<'a>(case: &Case<'a>, lock: ParticipantId) -> impl Iterator<Item = &'a Acquire> {
    case.ledger.acquires.iter().filter(move |acquire| acquire.lock == lock && is_owed(case, acquire))
}

fn find(case: &Case<'_>, lock: ParticipantId) -> Finding {
    let owed = owed(case, lock);
    let obligations: Vec<Obligation> = owed.iter().map(|(_, obligation)| *obligation).collect();
    let Some((place, state)) = worst(case, &obligations) else {
        let sentence = format!("Nobody waited for {}.", case.name(lock));
        return Finding::nothing(sentence);
    };
    let (waiting, obligation) = owed[place];
    Finding { state, events: obligation.events(), sentence: sentence(case, waiting, obligation, state) }
}

/// What happens to one who waits.
enum Change<'a> {
    Asks(&'a Acquire),
    /// The answer arrives; `true` for a grant.
    Hears(&'a Acquire, bool),
}

/// For each stretch in which somebody waits and nobody is granted the lock: one who waits, and what is owed.
fn owed<'a>(case: &Case<'a>, lock: ParticipantId) -> Vec<(&'a Acquire, Obligation)> {
    let mut changes: Vec<(Moment, Change<'a>)> = Vec::new();
    for acquire in waits(case, lock) {
        changes.push((acquire.asked, Change::Asks(acquire)));
        let answer = acquire.answer;
        changes.extend(answer.map(|answer| (answer.arrived, Change::Hears(acquire, answer.token.is_some()))));
    }
    sort_by_rank(&mut changes, |(at, _)| (at.time.0, u64::from(at.event.0)));
    let (mut waiting, mut since, mut owed) = (Vec::<&Acquire>::new(), None, Vec::new());
    for (at, change) in changes {
        match change {
            Change::Asks(acquire) => {
                waiting.push(acquire);
                since = since.or(Some(at));
            }
            Change::Hears(acquire, granted) => {
                if let (true, Some(begun)) = (granted, since) {
                    owed.push((waiting[0], Obligation { since: begun, met: Some(at) }));
                }
                waiting.retain(|other| *other != acquire);
                // Whoever is left has waited since it asked, and is owed something since the last grant.
                let left = waiting.first().map(|first| first.asked);
                since = left.map(|asked| if granted { at } else { asked.max(since.unwrap_or(asked)) });
            }
        }
    }
    owed.extend(since.map(|since| (waiting[0], Obligation { since, met: None })));
    owed
}

fn sentence(case: &Case<'_>, waiting: &Acquire, obligation: Obligation, state: State) -> String {
    let (client, lock, since) = (case.name(waiting.client), case.name(waiting.lock), obligation.since.time);
    let nobody = format!("{client} waits for {lock}, and since {since} nobody is granted it");
    match state {
        State::Met { after, at, .. } => {
            format!("While anybody waited for {lock} somebody was granted it, at the latest after {after}, at {at}.")
        }
        State::Stuck { evidence, .. } => nobody + &how_known(case, evidence),
        _ => format!("{nobody} when the run ends at {}{}", case.trace.ended_at, may_yet(case, "somebody may yet be")),
    }
}
