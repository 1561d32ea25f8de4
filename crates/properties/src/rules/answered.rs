//! ANSWERED: every question of a client that does not crash, a ping or whether its token still stands, is answered in the
//! end. Whoever is asked may be slow, cut off or dead; the client cannot tell which.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use super::obligation::{Obligation, how_known, may_yet, worst};
use crate::case::{Case, Finding};
use crate::{Asked, Question, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    let asks = |id: ParticipantId| case.ledger.questions.iter().any(|question| question.client == id);
    let askers = case.cast.iter().filter(|(id, _)| case.cast.is_client(*id) && asks(*id));
    askers.map(|(id, _)| find(case, id).about(PropertyKind::Answered, Some(id))).collect()
}

fn find(case: &Case<'_>, client: ParticipantId) -> Finding {
    let asked: Vec<&Question> = case.ledger.questions.iter().filter(|question| question.client == client).collect();
    let owed: Vec<&Question> = asked.iter().filter(|question| is_owed(case, question)).copied().collect();
    let obligations: Vec<Obligation> = owed.iter().map(|question| obligation(question)).collect();
    let Some((place, state)) = worst(case, &obligations) else { return nothing_owed(case, &asked) };
    let sentence = sentence(case, owed[place], owed.len(), state);
    Finding { state, events: obligations[place].events(), sentence }
}

pub(super) fn is_owed(case: &Case<'_>, question: &Question) -> bool {
    question.answered.is_some() || case.ledger.crash_after(question.client, question.asked).is_none()
}

fn obligation(question: &Question) -> Obligation {
    Obligation { since: question.asked, met: question.answered }
}

fn nothing_owed(case: &Case<'_>, asked: &[&Question]) -> Finding {
    let crash = asked.first().and_then(|first| Some((first, case.ledger.crash_after(first.client, first.asked)?)));
    let sentence = match crash {
        Some((first, crash)) => {
            format!("{} and crashed at {}, so nothing is owed to it.", put(case, first), crash.from.time)
        }
        None => "Nothing was asked.".into(),
    };
    Finding::nothing(sentence)
}

/// "C asked N1 at 30 ms whether it is there"
fn put(case: &Case<'_>, question: &Question) -> String {
    let (client, whom, asked) = (case.name(question.client), case.name(question.whom), question.asked.time);
    match question.what {
        Asked::Presence => format!("{client} pinged {whom} at {asked}"),
        Asked::Standing => format!("{client} asked {whom} at {asked} whether its token still stands"),
    }
}

fn sentence(case: &Case<'_>, question: &Question, owed: usize, state: State) -> String {
    let put = put(case, question);
    match state {
        State::Met { after, at, .. } if owed == 1 => format!("{put} and had the answer {after} later, at {at}."),
        State::Met { after, at, .. } => {
            let all = if owed == 2 { "Both".into() } else { format!("All {owed}") };
            format!("{all} questions were answered; the longest wait: {put} and had the answer {after} later, at {at}.")
        }
        State::Stuck { evidence, .. } => format!("{put} and has no answer{}", how_known(case, evidence)),
        _ => {
            let (end, may) = (case.trace.ended_at, may_yet(case, "it may yet come"));
            format!("{put} and has no answer when the run ends at {end}{may}")
        }
    }
}
