//! HEAL: once the last fault is over, service resumes. Whoever wants something then, or later, is served in the end: one
//! grant, one acknowledged write or one answered question shows that things work again.
//!
//! A fault that has no end is part of the world from its beginning on; one that outlasts the run leaves it open. The wait
//! counts from the end of the faults, or from the first request after it if nobody wanted anything before. What
//! was refused is no longer wanted.

use fencepost_sim::{Duration, ParticipantId, sort_by_rank};
use fencepost_vocabulary::PropertyKind;

use super::obligation::{Obligation, how_known, worst};
use super::{answered, grant};
use crate::case::{Case, Finding};
use crate::{FaultEnd, LastFault, Moment, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::Heal, None)]
}

/// Something a client wanted.
struct Wish {
    asked: Moment,
    served: Option<Moment>,
    who: ParticipantId,
}

fn find(case: &Case<'_>) -> Finding {
    let Some(last) = case.ledger.last_fault else {
        return Finding::nothing("Nothing went wrong, so there is nothing to recover from.".into());
    };
    if last.at > case.trace.ended_at {
        return outlasting(case, last);
    }
    let over = last.at;
    let mut open: Vec<Wish> = wishes(case);
    open.retain(|wish| wish.served.is_none_or(|served| served.time >= over));
    sort_by_rank(&mut open, |wish| (wish.asked.time.0, u64::from(wish.asked.event.0)));
    let Some(first) = open.first() else {
        return Finding::nothing(format!("{}, and nobody wanted anything after that.", told(last)));
    };
    let served = open.iter().filter_map(|wish| Some((wish.served?, wish))).min_by_key(|(served, _)| *served);
    let since = Moment { time: first.asked.time.max(over), event: first.asked.event };
    let obligation = Obligation { since, met: served.map(|(at, _)| at) };
    let Some((_, state)) = worst(case, &[obligation]) else { return Finding::nothing(String::new()) };
    let sentence = sentence(case, [first, served.map_or(first, |(_, wish)| wish)], state);
    Finding { state, events: obligation.events(), sentence }
}

/// "The last fault was over at 6 s"
fn told(last: LastFault) -> String {
    let at = last.at;
    match last.how {
        FaultEnd::Over => format!("The last fault was over at {at}"),
        FaultEnd::Struck => format!("The last fault struck at {at}"),
        FaultEnd::Lasts => format!("The last fault began at {at} and has no end"),
    }
}

/// A fault is still at work when the run ends, and would be over later: nobody can tell whether service resumes.
fn outlasting(case: &Case<'_>, last: LastFault) -> Finding {
    let (end, until) = (case.trace.ended_at, last.at);
    let sentence = format!("A fault is at work until {until}, and the run ends before, at {end}.");
    Finding { state: State::Pending { age: Duration::ZERO }, events: Vec::new(), sentence }
}

/// Everything that a client wanted and was not refused, and that its own crash did not make void.
fn wishes(case: &Case<'_>) -> Vec<Wish> {
    let ledger = case.ledger;
    let locks = ledger.acquires.iter().filter(|acquire| grant::is_owed(case, acquire));
    let locks = locks.filter(|acquire| acquire.answer.is_none() || acquire.is_granted()).map(|acquire| Wish {
        asked: acquire.asked,
        served: acquire.answer.map(|answer| answer.arrived),
        who: acquire.client,
    });
    let writes = ledger.writes.iter().filter(|write| {
        let is_void = write.turned_away.is_some() || ledger.crash_after(write.writer, write.sent).is_some();
        write.confirmed.is_some() || !is_void
    });
    let writes = writes.map(|write| Wish { asked: write.sent, served: write.confirmed, who: write.writer });
    // A store that asks a lock service wants nothing for itself.
    let asked = ledger.questions.iter().filter(|question| case.cast.is_client(question.client));
    let questions = asked.filter(|question| answered::is_owed(case, question));
    let questions =
        questions.map(|question| Wish { asked: question.asked, served: question.answered, who: question.client });
    locks.chain(writes).chain(questions).collect()
}

fn sentence(case: &Case<'_>, [wanted, served]: [&Wish; 2], state: State) -> String {
    let (asked, who) = (wanted.asked.time, case.name(wanted.who));
    let Some(last) = case.ledger.last_fault else { return String::new() };
    let wants = match asked <= last.at {
        true => format!("{}; {who} was waiting then", told(last)),
        false => format!("{}; {who} was the first to want something, at {asked}", told(last)),
    };
    match state {
        State::Met { after, at, .. } if wanted.who == served.who => {
            format!("{wants}, and was served {after} later, at {at}.")
        }
        State::Met { after, at, .. } => {
            format!("{wants}, and {} was served first, {after} later, at {at}.", case.name(served.who))
        }
        State::Stuck { evidence, .. } => format!("{wants}, and nobody is served{}", how_known(case, evidence)),
        _ => format!("{wants}, and nobody is served when the run ends at {}.", case.trace.ended_at),
    }
}
