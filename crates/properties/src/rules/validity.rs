//! VALIDITY: what is decided was proposed. Among officers: if the commander is loyal, every loyal lieutenant decides as it
//! ordered. Among nodes: what is committed in a client's name was really sent by that client.

use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::{Command, EventKind, Message, MessageKind, PropertyKind};

use super::agreement::deciders;
use super::{count, entry_named, order};
use crate::case::{Case, Finding};
use crate::{Commit, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    let mut findings = Vec::new();
    if case.has_officers() {
        findings.push(of_officers(case));
    }
    if case.has_nodes() {
        findings.push(of_nodes(case));
    }
    findings.into_iter().map(|finding| finding.about(PropertyKind::Validity, None)).collect()
}

fn of_officers(case: &Case<'_>) -> Finding {
    let Some(wish) = case.ledger.proposals.first() else {
        return Finding::nothing("No commander gave an order.".into());
    };
    let commander = case.name(wish.by);
    if case.is_traitor(wish.by) {
        return Finding::nothing(format!("{commander} is a traitor, so nobody is bound to what it ordered."));
    }
    let loyal = || case.ledger.decisions.iter().filter(|decision| case.is_loyal_lieutenant(decision.by));
    let ordered = order(wish.attack);
    if let Some(other) = loyal().find(|decision| decision.attack != wish.attack) {
        let (who, plan, at) = (case.name(other.by), order(other.attack), other.at.time);
        let sentence =
            format!("{who} decides to {plan} at {at}, although {commander}, who is loyal, had ordered to {ordered}.");
        return Finding::violated(other.at, Some(wish.at), sentence);
    }
    Finding::held(match deciders(loyal()) {
        0 => format!("{commander} ordered to {ordered}, and no loyal lieutenant decided anything else."),
        number => format!("{commander} ordered to {ordered}, and {} decided so.", count(number, "loyal lieutenant")),
    })
}

/// What each client sent of each kind, and when.
type Sent<'a> = BTreeMap<(ParticipantId, MessageKind), Vec<(EventId, &'a Message)>>;

fn of_nodes(case: &Case<'_>) -> Finding {
    let mut sent: Sent<'_> = BTreeMap::new();
    for event in &case.trace.events {
        if let EventKind::Sent { message, .. } = &event.kind {
            sent.entry((event.participant, message.kind())).or_default().push((event.id, message));
        }
    }
    let mut seen: BTreeMap<(ParticipantId, u32), &Commit> = BTreeMap::new();
    let mut served = 0;
    for commit in case.ledger.commits.iter().filter(|commit| !case.is_traitor(commit.by)) {
        let known = seen.insert((case.group_of(commit.by), commit.index), commit);
        let Command::Serve { from, message } = &commit.entry.command else { continue };
        if known.is_some_and(|known| known.entry == commit.entry) {
            continue;
        }
        served += 1;
        let by_then = |(event, one): &(EventId, &Message)| *event < commit.at.event && **one == **message;
        if !sent.get(&(*from, message.kind())).is_some_and(|sent| sent.iter().any(by_then)) {
            return invented(case, commit, *from);
        }
    }
    Finding::held_for(
        served,
        match served {
            0 => "Nothing was committed in the name of a client.".into(),
            1 => "The one command that was committed was sent by its client.".into(),
            number => format!("Each of the {number} commands that were committed was sent by its client."),
        },
    )
}

fn invented(case: &Case<'_>, commit: &Commit, from: ParticipantId) -> Finding {
    let sentence = format!(
        "{} commits {} at {}, which {} never sent.",
        case.name(commit.by),
        entry_named(case, &commit.entry),
        commit.at.time,
        case.name(from)
    );
    Finding::violated(commit.at, None, sentence)
}
