//! Who suspects whom: a bar beside the observer's lane, one for each that it suspects.

use fencepost_sim::ParticipantId;

use crate::kinds::SpanKind;
use crate::layout::Ground;
use crate::picture::{About, Key, Span, Tale};
use crate::px::{Px, Rect};

/// How wide a bar is, how far the first stands from its lane, and how far the next from that.
const BAR: Px = Px::new(6);
const AWAY: Px = Px::new(10);
const STEP: Px = Px::new(9);

/// All suspicions.
pub fn draw(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    let suspicions = &ground.view.ledger.suspicions;
    for suspicion in suspicions {
        let Some(lane) = ground.lane(suspicion.observer) else { continue };
        let mut others: Vec<ParticipantId> = Vec::new();
        for other in suspicions.iter().filter(|other| other.observer == suspicion.observer) {
            if !others.contains(&other.of) {
                others.push(other.of);
            }
        }
        let slot = others.iter().position(|of| *of == suspicion.of).unwrap_or(0).min(4);
        let (from, until) = (suspicion.from.time, suspicion.until().unwrap_or(ground.end));
        let x = lane + AWAY + STEP * slot as i32;
        let event = suspicion.from.event;
        spans.push(Span {
            key: Key::of(&[45, u64::from(suspicion.observer.0), u64::from(suspicion.of.0), u64::from(event.0)]),
            about: About { event: Some(event), fault: None, participant: Some(suspicion.observer) },
            kind: SpanKind::Suspects,
            from,
            until,
            rect: Rect::between(x, ground.map.y(from), x + BAR, ground.map.y(until)),
            tale: Tale::Suspicion { event, until },
        });
    }
    spans.retain(|span| span.kind != SpanKind::Suspects || span.rect.height > Px::ZERO);
}
