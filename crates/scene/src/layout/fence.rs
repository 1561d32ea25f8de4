//! Where a fence is not closed yet: from the grant of a token until the store first sees it, or a newer one, it would
//! still take an older one.

use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::{CheckMode, EventKind, Note, RoleKind};

use crate::kinds::SpanKind;
use crate::layout::{Ground, states};
use crate::picture::{About, Key, Span, Tale};
use crate::px::Px;
use fencepost_properties::{Grant, GrantNo};

/// How wide the band is.
const BAND: Px = Px::new(22);

/// All such bands. With several locks there is none: their tokens have nothing to do with each other.
pub fn draw(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    let mut locks = ground.view.ledger.locks();
    let (Some(lock), None) = (locks.next(), locks.next()) else { return };
    let grants = ground.view.ledger.grants(lock);
    if grants.len() < 2 {
        return;
    }
    for (store, member) in ground.view.cast.iter() {
        if let RoleKind::Store { check } = member.role
            && remembers(check)
        {
            at_store(store, grants, ground, spans);
        }
    }
}

/// Whether such a store compares with the highest token it has seen.
fn remembers(check: CheckMode) -> bool {
    use CheckMode::{Announce, FencedRead, Ge, GeNext, GeSeq, Gt, Mac};
    matches!(check, Ge | GeSeq | GeNext | Gt | Announce | FencedRead | Mac)
}

fn at_store(store: ParticipantId, grants: &[Grant], ground: &Ground<'_>, spans: &mut Vec<Span>) {
    let mut windows: Vec<(GrantNo, EventId, Time, Time)> = Vec::new();
    for grant in &grants[1..] {
        let from = grant.granted.time;
        let until = first_seen(store, grant, ground).unwrap_or(ground.end);
        match windows.last_mut().filter(|last| from <= last.3) {
            // The one before was not even seen when this one was granted.
            Some(last) => last.3 = last.3.max(until),
            None if from < until => windows.push((grant.name, grant.granted.event, from, until)),
            None => {}
        }
    }
    for (name, event, from, until) in windows {
        let Some(rect) = states::on_lane(store, BAND, (from, until), ground) else { continue };
        spans.push(Span {
            key: Key::of(&[46, u64::from(store.0), u64::from(name.number)]),
            about: About { event: Some(event), fault: None, participant: Some(store) },
            kind: SpanKind::Unfenced,
            from,
            until,
            rect,
            tale: Tale::Unfenced { grant: name, store, until },
        });
    }
}

/// When the store first saw this token or a higher one.
fn first_seen(store: ParticipantId, grant: &Grant, ground: &Ground<'_>) -> Option<Time> {
    let events = ground.view.trace.events.iter().filter(|event| event.participant == store);
    let mut seen = events.filter(|event| match &event.kind {
        EventKind::Noted(Note::HighestToken { token }) => *token >= grant.token,
        EventKind::Noted(Note::Applied { token: Some(token), .. }) => *token >= grant.token,
        _ => false,
    });
    seen.next().map(|event| event.time)
}
