//! The chips of nodes that keep something together: votes counted, entries written down, committed and thrown out, copies of
//! a register, keys, and names.

use std::collections::BTreeMap;

use fencepost_sim::{Disk, ParticipantId};
use fencepost_vocabulary::{Cast, Event, EventKind, Message, Note, RoleKind, Stamp, Value};

use crate::kinds::ChipKind;
use crate::layout::chips::{Change, What};
use crate::layout::{Ground, logs, votes, words};
use crate::picture::Tale;

/// All of them, in no order.
pub fn changes(ground: &Ground<'_>) -> Vec<Change> {
    let view = ground.view;
    let is_alone = |role: &RoleKind| !matches!(role, RoleKind::Node { .. } | RoleKind::KeyNode | RoleKind::Registry);
    if view.cast.members.iter().all(|it| is_alone(&it.role) && it.role != RoleKind::Replica) {
        return Vec::new();
    }
    let mut changes = Vec::new();
    for tally in votes::all(view) {
        let last = view.trace.events.get(tally.last.index()).filter(|_| !ground.story.is_folded(tally.began));
        let Some(last) = last else { continue };
        let what = What::Kept(ChipKind::Tally, tally.forms(), tally.tale());
        changes.push(Change { store: tally.candidate, time: last.time, event: last.id, what, number: 0 });
    }
    for change in logs::changes(view, &ground.story.quiet) {
        let what = What::Kept(change.kind, change.forms(ground.columns.narrow), Tale::Event(change.event));
        changes.push(Change { store: change.node, time: change.time, event: change.event, what, number: 0 });
    }
    let mut copies = BTreeMap::new();
    for event in &view.trace.events {
        let Some(forms) = kept(event, &mut copies, view.cast) else { continue };
        let what = What::Kept(ChipKind::Keeps, forms, Tale::Event(event.id));
        changes.push(Change { store: event.participant, time: event.time, event: event.id, what, number: 0 });
    }
    number(&mut changes);
    changes
}

/// Counts the changes of each node and each kind.
fn number(changes: &mut [Change]) {
    let mut counts: BTreeMap<(ParticipantId, u64), u64> = BTreeMap::new();
    for change in changes {
        let kind = if let What::Kept(kind, ..) = change.what { kind as u64 } else { 0 };
        let count = counts.entry((change.store, kind)).or_default();
        *count += 1;
        change.number = *count;
    }
}

/// What a key node, a registry or a replica has from this event on, if that is another thing than before.
fn kept(event: &Event, copies: &mut BTreeMap<ParticipantId, Stamp>, cast: &Cast) -> Option<Vec<String>> {
    let key = |who: &str| Some(vec![format!("key: {who}"), who.to_owned()]);
    match &event.kind {
        EventKind::Noted(Note::Keyed { client, .. }) => key(cast.name(*client)),
        EventKind::Noted(Note::FoundKey { holder: Some((client, _)) }) => key(cast.name(*client)),
        EventKind::Noted(Note::Unkeyed { .. } | Note::FoundKey { holder: None }) => key("free"),
        EventKind::Noted(Note::Registered { name, owner }) => {
            let (name, owner) = (cast.claimed(*name), cast.name(*owner));
            Some(vec![format!("{name} → {owner}"), owner.to_owned()])
        }
        EventKind::Delivered { message: Message::Put { stamp, value, .. }, .. } => {
            let newer = copies.get(&event.participant).is_none_or(|known| known < stamp);
            newer.then(|| copies.insert(event.participant, *stamp));
            newer.then(|| copy(*value, *stamp, cast))
        }
        EventKind::Recovered { disk: Disk::Wiped, .. } => {
            copies.remove(&event.participant).map(|_| vec![words::value(Value::Number(0), cast)])
        }
        _ => None,
    }
}

fn copy(value: Value, stamp: Stamp, cast: &Cast) -> Vec<String> {
    let said = words::kept(value, cast);
    match value {
        Value::Number(_) => vec![format!("{said} by {}", cast.name(stamp.writer)), said],
        _ => vec![said],
    }
}
