//! ANSWERED: whatever a client asks and waits for is answered in the end, by a yes or a no: a ping, whether its token still
//! stands, to read, to write, to announce, to give a lock back, to claim a name. To ask for a lock has a rule of its own,
//! GRANT. Nothing is owed to a client that crashes or whose program ends for another reason. Whoever is asked may be slow, cut off or dead; the client cannot tell which.

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::PropertyKind;

use super::obligation::{Obligation, how_known, may_yet, worst};
use crate::case::{Case, Finding};
use crate::{Asked, Evidence, Question, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    let clients = case.cast.iter().filter(|(id, _)| case.cast.is_client(*id));
    let asked = clients.map(|(id, _)| (id, asked(case, id))).filter(|(_, asked)| !asked.is_empty());
    asked.map(|(id, asked)| find(case, &asked).about(PropertyKind::Answered, Some(id))).collect()
}

/// What a client asked. Whether somebody is there and whether a token stands is always of interest; all else that it
/// waited for is if something of it was not answered, or if somebody claims something about it.
fn asked<'a>(case: &Case<'a>, client: ParticipantId) -> Vec<&'a Question> {
    let requests: Vec<&Question> = case.ledger.requests.iter().filter(|request| request.client == client).collect();
    let is_open = |request: &&Question| request.answered.is_none() && is_owed(case, request);
    let tells = case.claimed.contains(&PropertyKind::Answered) || requests.iter().any(is_open);
    let questions = case.ledger.questions.iter().filter(|question| question.client == client);
    questions.chain(requests.into_iter().filter(|_| tells)).collect()
}

fn find(case: &Case<'_>, asked: &[&Question]) -> Finding {
    let owed: Vec<&Question> = asked.iter().filter(|question| is_owed(case, question)).copied().collect();
    let obligations: Vec<Obligation> = owed.iter().map(|question| obligation(question)).collect();
    let Some((place, state)) = worst(case, &obligations) else { return nothing_owed(case, asked) };
    let question = owed[place];
    if let Some(at) = question.given_up {
        let state = State::Stuck { evidence: Evidence::GaveUp, since: question.asked.time };
        let sentence = format!("{}, had no answer by {}, and gave up.", put(case, question), at.time);
        return Finding { state, events: vec![question.asked.event, at.event], sentence };
    }
    let sentence = sentence(case, question, owed.len(), state);
    Finding { state, events: obligations[place].events(), sentence }
}

pub(super) fn is_owed(case: &Case<'_>, question: &Question) -> bool {
    question.answered.is_some()
        || !question.dropped && case.ledger.crash_after(question.client, question.asked).is_none()
}

fn obligation(question: &Question) -> Obligation {
    Obligation { since: question.asked, met: question.answered }
}

fn nothing_owed(case: &Case<'_>, asked: &[&Question]) -> Finding {
    let Some(first) = asked.first() else { return Finding::nothing(String::new()) };
    let put = put(case, first);
    Finding::nothing(match case.ledger.crash_after(first.client, first.asked) {
        Some(crash) => format!("{put} and crashed at {}, so nothing is owed to it.", crash.from.time),
        None => {
            let client = case.name(first.client);
            format!("{put}, and {client}'s program ended before any answer, so nothing is owed to it.")
        }
    })
}

/// "C asked N1 at 30 ms whether it is there"
fn put(case: &Case<'_>, question: &Question) -> String {
    let (client, whom, asked) = (case.name(question.client), case.name(question.whom), question.asked.time);
    match question.what {
        Asked::Presence => format!("{client} pinged {whom} at {asked}"),
        Asked::Standing => format!("{client} asked {whom} at {asked} whether its token still stands"),
        Asked::Reading => format!("{client} asked {whom} at {asked} for its value"),
        Asked::Writing => format!("{client} sent {whom} a write at {asked}"),
        Asked::Announcing => format!("{client} sent {whom} an announcement at {asked}"),
        Asked::Releasing => format!("{client} sent {whom} a release at {asked}"),
        Asked::Claiming => format!("{client} claimed a name of {whom} at {asked}"),
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
