//! What lasts on any lane: pauses, the time after a crash, silence and deafness, and clocks at another pace. What lasts
//! on the lanes of some has a module of its own.

use fencepost_sim::{ParticipantId, Rate, Time};
use fencepost_vocabulary::{EventKind, RoleKind};

use crate::kinds::SpanKind;
use crate::layout::story::{Harm, Strike};
use crate::layout::{Ground, fence, terms, waits, watch};
use crate::picture::{About, Key, Span, Tale};
use crate::px::{Px, Rect};

/// How wide a block on the lane is, the band of an omission, and the strip of a clock.
const BLOCK: Px = Px::new(18);
const BAND: Px = Px::new(12);
const STRIP: Px = Px::new(10);
const WIDE_STRIP: Px = Px::new(22);

/// All of these.
pub fn draw(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    terms::draw(ground, spans);
    spans.extend(ground.story.strikes.iter().filter_map(|strike| of_strike(strike, ground)));
    clocks(ground, spans);
    waits::draw(ground, spans);
    watch::draw(ground, spans);
    fence::draw(ground, spans);
}

fn of_strike(strike: &Strike, ground: &Ground<'_>) -> Option<Span> {
    let (event, until) = (strike.event, strike.until);
    let (kind, tag, width, tale) = match strike.harm {
        Harm::Pause => (SpanKind::Paused, 3, BLOCK, Tale::Pause { event, until }),
        // One that never comes back is a dashed lane.
        Harm::Crash if !strike.for_ever => (SpanKind::Down, 40, BLOCK, Tale::Down { event, back: strike.back }),
        Harm::Mute => (SpanKind::Mute, 41, BAND, Tale::Omission { event, deaf: false, until }),
        Harm::Deaf => (SpanKind::Deaf, 42, BAND, Tale::Omission { event, deaf: true, until }),
        Harm::Crash | Harm::Cut => return None,
    };
    Some(Span {
        key: Key::of(&[tag, u64::from(strike.fault.0)]),
        about: About { event: Some(event), fault: Some(strike.fault), participant: Some(strike.participant) },
        kind,
        from: strike.from,
        until,
        rect: on_lane(strike.participant, width, (strike.from, until), ground)?,
        tale,
    })
}

/// A box over a lane.
pub fn on_lane(who: ParticipantId, width: Px, (from, until): (Time, Time), ground: &Ground<'_>) -> Option<Rect> {
    let x = ground.lane(who)?;
    Some(Rect::between(x - width / 2, ground.map.y(from), x + width / 2, ground.map.y(until)))
}

/// A strip wherever a participant's clocks run at another pace than true time.
fn clocks(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    let changes = |event: &&fencepost_vocabulary::Event| matches!(event.kind, EventKind::ClockSet { .. });
    let changes: Vec<_> = ground.view.trace.events.iter().filter(changes).collect();
    for (place, event) in changes.iter().enumerate() {
        let EventKind::ClockSet { rate, fault, .. } = event.kind else { continue };
        let next = changes[place + 1..].iter().find(|next| next.participant == event.participant);
        let (from, until) = (event.time, next.map_or(ground.end, |next| next.time));
        if rate == Rate::EXACT || from >= until {
            continue;
        }
        // It shows beside the band of a leader.
        let elects = ground.view.cast.member(event.participant).map(|member| member.role);
        let width = if let Some(RoleKind::Node { .. }) = elects { WIDE_STRIP } else { STRIP };
        let Some(rect) = on_lane(event.participant, width, (from, until), ground) else { continue };
        spans.push(Span {
            key: Key::of(&[43, u64::from(event.participant.0), u64::from(fault.0), place as u64]),
            about: About { event: Some(event.id), fault: Some(fault), participant: Some(event.participant) },
            kind: SpanKind::Clock,
            from,
            until,
            rect,
            tale: Tale::Clock { event: event.id, until },
        });
    }
}
