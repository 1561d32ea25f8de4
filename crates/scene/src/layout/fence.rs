//! Where a fence is not closed yet: from the grant of a token until the store first sees it, or a newer one, it would
//! still take an older one.

use fencepost_properties::GrantNo;
use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::{CheckMode, FencingToken, Note, RoleKind};

use crate::kinds::SpanKind;
use crate::layout::{Ground, inner, states};
use crate::picture::{About, Key, Span, Tale};
use crate::px::Px;

/// How wide the band is.
const BAND: Px = Px::new(22);

/// All such bands. With several locks there is none: their tokens have nothing to do with each other.
pub fn draw(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    let mut locks = ground.view.ledger.locks();
    let (Some(lock), None) = (locks.next(), locks.next()) else { return };
    for (store, member) in ground.view.cast.iter() {
        if let RoleKind::Store { check } = member.role
            && remembers(check)
        {
            at_store(store, lock, ground, spans);
        }
    }
}

/// Whether such a store compares with the highest token it has seen.
fn remembers(check: CheckMode) -> bool {
    use CheckMode::{Announce, FencedRead, Ge, GeNext, GeSeq, Gt, Mac};
    matches!(check, Ge | GeSeq | GeNext | Gt | Announce | FencedRead | Mac)
}

fn at_store(store: ParticipantId, lock: ParticipantId, ground: &Ground<'_>, spans: &mut Vec<Span>) {
    let (mut number, mut newest, mut seen): (u32, Option<FencingToken>, Option<FencingToken>) = (0, None, None);
    // Whether a grant before the newest has a lower token; without one there is nothing to fence off.
    let mut has_older = false;
    // The grant with which the window opened, by number, event and moment.
    let mut open: Option<(u32, EventId, Time)> = None;
    for event in &ground.view.trace.events {
        let Some((who, note)) = inner::said(event) else { continue };
        match note {
            Note::Granted { token, .. } if who == lock && !ground.story.quiet.contains(&event.id) => {
                has_older |= newest.is_some_and(|before| before < *token);
                (number, newest) = (number + 1, Some(*token));
            }
            Note::HighestToken { token } if who == store => seen = Some(*token),
            // An emptied disk opens the window anew.
            Note::Restored { highest, .. } if who == store => seen = *highest,
            _ => continue,
        }
        match open {
            None if has_older && seen < newest => open = Some((number, event.id, event.time)),
            Some(began) if seen >= newest => {
                spans.extend(band(store, lock, began, event.time, ground));
                open = None;
            }
            _ => {}
        }
    }
    spans.extend(open.and_then(|began| band(store, lock, began, ground.end, ground)));
}

fn band(
    store: ParticipantId,
    lock: ParticipantId,
    (number, event, from): (u32, EventId, Time),
    until: Time,
    ground: &Ground<'_>,
) -> Option<Span> {
    let rect = states::on_lane(store, BAND, (from, until), ground)?;
    (rect.height > Px::ZERO).then_some(Span {
        key: Key::of(&[46, u64::from(store.0), u64::from(number), u64::from(event.0)]),
        about: About { event: Some(event), fault: None, participant: Some(store) },
        kind: SpanKind::Unfenced,
        from,
        until,
        rect,
        tale: Tale::Unfenced { grant: GrantNo { lock, number }, store, event, until },
    })
}
