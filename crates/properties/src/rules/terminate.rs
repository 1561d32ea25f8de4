//! TERMINATE: everyone who is loyal and does not crash for good decides in the end. A commander decides by giving its
//! order, a lieutenant by saying so, a node by committing the first command of a client.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::{Command, EventKind, Message, PropertyKind, RoleKind};

use super::obligation::{Obligation, how_known, worst};
use crate::case::{Case, Finding};
use crate::{Moment, State, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    vec![find(case).about(PropertyKind::Terminate, None)]
}

/// Whether a client asked a node for something that goes through its log.
pub(crate) fn is_anything_asked(case: &Case<'_>) -> bool {
    case.has_nodes() && first_asked(case).keys().any(|id| is_node(case, *id))
}

fn find(case: &Case<'_>) -> Finding {
    let asked = first_asked(case);
    let owed: Vec<(ParticipantId, Obligation)> = case
        .cast
        .iter()
        .filter(|(id, _)| !case.is_traitor(*id) && case.ledger.crash_for_good(*id).is_none())
        .filter_map(|(id, member)| Some((id, obligation(case, id, member.role, &asked)?)))
        .collect();
    let obligations: Vec<Obligation> = owed.iter().map(|(_, obligation)| *obligation).collect();
    let Some((place, state)) = worst(case, &obligations) else {
        let sentence = "Nobody who is loyal and runs was asked to decide anything.".into();
        return Finding::nothing(sentence);
    };
    let (who, obligation) = owed[place];
    Finding { state, events: obligation.events(), sentence: sentence(case, who, &owed, obligation, state) }
}

fn obligation(
    case: &Case<'_>,
    id: ParticipantId,
    role: RoleKind,
    asked: &BTreeMap<ParticipantId, Moment>,
) -> Option<Obligation> {
    match role {
        RoleKind::Officer { commander, .. } => {
            let since =
                Moment { time: Time::ZERO, event: case.trace.events.first().map_or(EventId(0), |event| event.id) };
            let ordered = case.ledger.proposals.iter().find(|proposal| commander && proposal.by == id);
            let decided = case.ledger.decisions.iter().find(|decision| decision.by == id).map(|decision| decision.at);
            let met = [ordered.map(|proposal| proposal.at), decided].into_iter().flatten().min();
            (!case.trace.events.is_empty()).then_some(Obligation { since, met })
        }
        RoleKind::Node { group, .. } => {
            let since = *asked.get(&group)?;
            let is_command = |command: &Command| matches!(command, Command::Serve { .. });
            let mut own = case.ledger.commits.iter().filter(|commit| commit.by == id);
            let met = own.find(|commit| is_command(&commit.entry.command)).map(|commit| commit.at);
            Some(Obligation { since, met })
        }
        _ => None,
    }
}

/// When a client first asked each group for something that goes through its log.
fn first_asked(case: &Case<'_>) -> BTreeMap<ParticipantId, Moment> {
    let mut first = BTreeMap::new();
    for event in &case.trace.events {
        if let EventKind::Sent { to, message, .. } = &event.kind
            && is_command(message)
        {
            first.entry(case.group_of(*to)).or_insert_with(|| Moment::of(event));
        }
    }
    first
}

fn is_node(case: &Case<'_>, id: ParticipantId) -> bool {
    case.cast.member(id).is_some_and(|member| matches!(member.role, RoleKind::Node { .. }))
}

/// Whether this asks for something that changes what the group keeps.
fn is_command(message: &Message) -> bool {
    matches!(
        message,
        Message::Acquire { .. } | Message::Write { .. } | Message::Claim { .. } | Message::Announce { .. }
    )
}

fn sentence(
    case: &Case<'_>,
    who: ParticipantId,
    owed: &[(ParticipantId, Obligation)],
    obligation: Obligation,
    state: State,
) -> String {
    let (name, since) = (case.name(who), obligation.since.time);
    let all: Vec<ParticipantId> = owed.iter().map(|(id, _)| *id).collect();
    let last = if all.len() == 1 { String::new() } else { format!(", {name} last") };
    match (state, is_node(case, who)) {
        (State::Met { after, at, .. }, true) => {
            let have = if all.len() == 1 { "has" } else { "have" };
            let names = case.names(&all);
            format!("{names} {have} committed a client's request{last}: {after} after a client first asked, at {at}.")
        }
        (State::Met { at, .. }, false) => match all.len() {
            1 => format!("{name} decided at {at}."),
            2 => format!("Both decided{last}, at {at}."),
            number => format!("All {number} decided{last}, at {at}."),
        },
        (State::Stuck { evidence, .. }, _) => open(case, who, since) + &how_known(case, evidence),
        _ => format!("{} when the run ends at {}.", open(case, who, since), case.trace.ended_at),
    }
}

fn open(case: &Case<'_>, who: ParticipantId, since: Time) -> String {
    let name = case.name(who);
    match is_node(case, who) {
        true => format!("A client asked for something first at {since}, and {name} has committed nothing of the kind"),
        false => format!("{name}, who is loyal, has not decided"),
    }
}
