//! NO-LOST-UPDATE: no update, a write computed from a read, replaces a write that its writer had not read.
//!
//! Writes are told apart by their events and never by versions: a crash can give one number out twice. What a crash has
//! taken back stands nowhere, so no update takes it away; and a copy of an update that finds nothing but the update
//! itself changes nothing. It asks for no grant: an update is lost whoever held the lock.

use fencepost_vocabulary::{EventKind, Message, PropertyKind};

use crate::case::{Case, Finding, Scope};
use crate::{Effect, Verdict};

pub(crate) fn judge(case: &Case<'_>) -> Vec<Verdict> {
    case.over_stores(PropertyKind::NoLostUpdate, |scope| find(case, scope))
}

fn find(case: &Case<'_>, scope: Scope<'_, '_>) -> Finding {
    let updates = scope.effects.iter().filter(|effect| effect.base.is_some());
    match updates.clone().find_map(|update| Some((*update, case.ledger.taken_by(update)?))) {
        Some((update, lost)) => taken(case, update, lost),
        None => held(case, updates.count()),
    }
}

fn taken(case: &Case<'_>, update: &Effect, lost: &Effect) -> Finding {
    let (store, writer, when) = (case.name(update.store), case.name(update.writer), update.applied.time);
    let whose = match lost.writer == update.writer {
        true => "its own".into(),
        false => format!("{}'s", case.name(lost.writer)),
    };
    let sentence = format!(
        "At {when} {store} applies {writer}'s update, which was computed without {whose} write of {}: that write is lost.",
        lost.applied.time
    );
    Finding::violated(update.applied, Some(lost.applied), sentence)
}

fn held(case: &Case<'_>, updates: usize) -> Finding {
    Finding::held(match updates {
        0 => {
            let applied = if is_any_sent(case) {
                "that was computed from a read was applied"
            } else {
                "was computed from a read"
            };
            return Finding::nothing(format!("No write {applied}: this says nothing here."));
        }
        1 => "The one update that was applied replaced no write that its writer had not read.".into(),
        2 => "Neither of the two updates replaced a write that its writer had not read.".into(),
        more => format!("None of the {more} updates replaced a write that its writer had not read."),
    })
}

fn is_any_sent(case: &Case<'_>) -> bool {
    let is_update =
        |kind: &EventKind| matches!(kind, EventKind::Sent { message: Message::Write { base: Some(_), .. }, .. });
    case.trace.events.iter().any(|event| is_update(&event.kind))
}
