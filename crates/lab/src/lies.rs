//! Which of a scenario's lies were told, and when. The liars say only what they said; which line of the text told them to
//! is found here, by the rule by which they chose.

use fencepost_protocols::{chosen_lie, giver};
use fencepost_scenario::Scenario;
use fencepost_scenario::model::{FaultSpec, Role};
use fencepost_sim::FaultId;
use fencepost_vocabulary::{Cast, Event, EventKind, Message, Note, Trace};

use crate::compile::lies_of;

/// The lie that was told here, if one was: the message that carries it is sent right after it is noted.
pub(crate) fn lie_told(event: &Event, scenario: &Scenario, cast: &Cast, trace: &Trace) -> Option<FaultId> {
    let EventKind::Noted(Note::Lied { to, .. }) = &event.kind else { return None };
    let later = trace.events.get(event.id.index() + 1..)?.iter();
    let path = later.filter(|it| it.participant == event.participant).find_map(|it| match &it.kind {
        EventKind::Sent { message: Message::Order { path, .. }, .. } => Some(path),
        _ => None,
    })?;
    let (faults, lies): (Vec<_>, Vec<_>) = lies_of(event.participant, scenario, cast).into_iter().unzip();
    Some(faults[chosen_lie(&lies, *to, giver(path))?])
}

/// Why a lie was not told.
pub(crate) fn why_untold(fault: &FaultSpec, scenario: &Scenario) -> Option<String> {
    let FaultSpec::Lie { from, .. } = fault else { return None };
    let role = scenario.participants.iter().find(|it| it.name == *from).map(|it| &it.role);
    let Some(Role::Officer(spec)) = role else {
        return Some(format!("{from} gives no orders and passes none on."));
    };
    Some(if !spec.traitors.contains(from) {
        format!("{from} is no traitor, and a loyal general tells no lie.")
    } else if spec.signed && spec.generals.first() != Some(from) {
        "It is impossible: the orders are signed, and whoever passes one on cannot alter it.".to_owned()
    } else {
        format!("It was never told: {from} had nothing of the kind to say, or says the same anyway.")
    })
}
