//! The moments: a dot wherever a message leaves or is taken in, and a sign where something ends or goes wrong.

use fencepost_properties::State;
use fencepost_sim::{Time, sort_by_rank};
use fencepost_vocabulary::{Event, EventKind, Note, Outside, PropertyClass};

use crate::kinds::MarkKind;
use crate::layout::past::violation;
use crate::layout::{Ground, inner};
use crate::picture::{About, Key, Mark, Side, Tale, Tone};
use crate::px::{Point, Px};

/// All marks.
pub fn draw(ground: &Ground<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    // Where the marks of the current moment begin.
    let mut moment = (Time::ZERO, 0);
    for event in &ground.view.trace.events {
        let Some(kind) = kind_of(event).filter(|_| is_seen(event, ground)) else { continue };
        if event.time > moment.0 {
            moment = (event.time, marks.len());
        }
        let here = |mark: &&mut Mark| mark.kind == kind && mark.about.participant == Some(event.participant);
        match marks[moment.1..].iter_mut().find(here) {
            Some(first) => first.tone = louder(first.tone, tone(event, ground)),
            None => marks.extend(mark(event, kind, ground)),
        }
    }
    // Of two signs at one place the rarer lies on top.
    sort_by_rank(&mut marks, |mark| (mark.at.y.rank(), mark.kind as u64));
    let (moments, signs) = (marks.len(), [hazards(ground), pins(ground)].concat());
    marks.extend(signs);
    step_aside(&mut marks, moments, ground);
    marks
}

/// A sign that another one would hide stands beside its lane, on the side without bars. The first `sorted` of the marks
/// stand in the order of their heights, so that no sign is compared with all others.
fn step_aside(marks: &mut [Mark], sorted: usize, ground: &Ground<'_>) {
    for place in 0..marks.len() {
        let Mark { kind, at, .. } = marks[place];
        if !matches!(kind, MarkKind::Recovery | MarkKind::Clock | MarkKind::Mail | MarkKind::Payment) {
            continue;
        }
        let hides = |other: &Mark| other.kind != MarkKind::Dot && other.kind != kind && other.at == at;
        let first = marks[..sorted].partition_point(|other| other.at.y < at.y);
        let level = marks[first..sorted].iter().take_while(|other| other.at.y == at.y);
        if level.chain(&marks[sorted..]).any(hides) {
            let side = super::sayings::side_without_bars(marks[place].about.participant, ground);
            marks[place].at.x += if side == Side::Left { Px::new(-20) } else { Px::new(20) };
        }
    }
}

/// Whether it is not the end of a pulse for which there is no room.
fn is_seen(event: &Event, ground: &Ground<'_>) -> bool {
    let sending = match event.kind {
        EventKind::Sent { .. } => Some(event.id),
        EventKind::Delivered { .. } | EventKind::Buffered { .. } | EventKind::Lost { .. } => event.cause,
        _ => None,
    };
    sending.is_none_or(|sending| !ground.unseen.contains(&sending))
}

fn kind_of(event: &Event) -> Option<MarkKind> {
    match &event.kind {
        EventKind::Sent { .. } | EventKind::Delivered { .. } => Some(MarkKind::Dot),
        EventKind::Buffered { .. } => Some(MarkKind::Inbox),
        EventKind::Noted(note) if matches!(inner::noted(note), Note::Expired { .. }) => Some(MarkKind::Expiry),
        EventKind::Noted(Note::PoweredOff) => Some(MarkKind::Crash),
        EventKind::Crashed { .. } => Some(MarkKind::Crash),
        EventKind::Recovered { .. } => Some(MarkKind::Recovery),
        EventKind::ClockSet { .. } => Some(MarkKind::Clock),
        EventKind::Noted(Note::Acted { what: Outside::Mail, .. }) => Some(MarkKind::Mail),
        EventKind::Noted(Note::Acted { what: Outside::Payment, .. }) => Some(MarkKind::Payment),
        _ => None,
    }
}

fn mark(event: &Event, kind: MarkKind, ground: &Ground<'_>) -> Option<Mark> {
    let at = ground.at(event.participant, event.time)?;
    let fault = match event.kind {
        EventKind::Crashed { fault, .. } | EventKind::Recovered { fault, .. } | EventKind::ClockSet { fault, .. } => {
            Some(fault)
        }
        _ => None,
    };
    Some(Mark {
        key: key(event, kind),
        about: About { event: Some(event.id), fault, participant: Some(event.participant) },
        kind,
        at,
        tone: tone(event, ground),
        tale: Tale::Event(event.id),
    })
}

/// The end of a lit arrow is lit too, even where nothing came of it, and both ends of a faint one are faint.
fn tone(event: &Event, ground: &Ground<'_>) -> Tone {
    let own = ground.past.tone(event.id);
    let tone = match event.kind {
        EventKind::Delivered { .. } | EventKind::Buffered { .. } if own == Tone::Dim => {
            event.cause.map_or(own, |sending| ground.past.tone(sending))
        }
        _ => own,
    };
    let letter = match &event.kind {
        EventKind::Sent { .. } => ground.story.letter(event.id),
        EventKind::Delivered { .. } => event.cause.and_then(|sending| ground.story.letter(sending)),
        _ => None,
    };
    match (tone, letter) {
        (Tone::Plain | Tone::Lit | Tone::Dim, Some(letter)) if letter.is_faint() => Tone::Faint,
        _ => tone,
    }
}

/// The lasting name of a mark: by its message, or by its fault, or by its lease.
fn key(event: &Event, kind: MarkKind) -> Key {
    let here = u64::from(event.participant.0);
    match &event.kind {
        EventKind::Sent { to, message, ordinal, .. } => {
            Key::of(&[10, here, u64::from(to.0), message.kind() as u64, u64::from(*ordinal)])
        }
        EventKind::Crashed { fault, .. } => Key::of(&[11, here, u64::from(fault.0)]),
        EventKind::Recovered { fault, .. } | EventKind::ClockSet { fault, .. } => {
            Key::of(&[16, here, u64::from(fault.0), kind as u64])
        }
        EventKind::Noted(Note::Expired { client, token }) => Key::of(&[12, here, u64::from(client.0), token.0]),
        _ => Key::of(&[13, here, kind as u64, event.time.0]),
    }
}

/// Of two things that happen at one place and moment, the louder one is seen.
fn louder(a: Tone, b: Tone) -> Tone {
    let loudness = |tone| match tone {
        Tone::Faint => 0,
        Tone::Dim => 1,
        Tone::Plain => 2,
        Tone::Lit => 3,
        Tone::Good => 4,
        Tone::Hazard => 5,
        Tone::Bad => 6,
    };
    if loudness(b) > loudness(a) { b } else { a }
}

/// A pin on every event that violates something.
fn pins(ground: &Ground<'_>) -> Vec<Mark> {
    let mut events: Vec<_> = ground.view.verdicts.iter().filter_map(violation).collect();
    sort_by_rank(&mut events, |event| (u64::from(event.0), 0));
    events.dedup();
    let pin = |event: fencepost_sim::EventId| {
        let event = ground.view.trace.events.get(event.index())?;
        Some(Mark {
            key: Key::of(&[14, u64::from(event.participant.0), u64::from(event.id.0)]),
            about: About { event: Some(event.id), fault: None, participant: Some(event.participant) },
            kind: MarkKind::Pin,
            at: ground.at(event.participant, event.time)?,
            tone: Tone::Bad,
            tale: Tale::Violations(event.id),
        })
    };
    events.into_iter().filter_map(pin).collect()
}

/// A sign beside the lane of the second believer, on the side of its bars' opposite.
fn hazards(ground: &Ground<'_>) -> Vec<Mark> {
    let verdicts = (0..).zip(ground.view.verdicts);
    let seen = verdicts.filter(|(_, verdict)| verdict.property.class() == PropertyClass::Hazard);
    let mark = |(place, verdict): (u32, &fencepost_properties::Verdict)| {
        let State::Seen { from, .. } = verdict.state else { return None };
        if from > ground.end {
            return None;
        }
        let event = verdict.events.iter().rev().filter_map(|id| ground.view.trace.events.get(id.index()));
        let event = event.clone().find(|event| event.time == from).or(event.clone().next())?;
        let Point { x, y } = ground.at(event.participant, from)?;
        let has_bars = ground.columns.has_bars(event.participant);
        let away = if has_bars { Px::new(40) } else { Px::new(20) };
        let side = match ground.columns.lanes.get(event.participant.index())?.bars {
            Side::Left => -away,
            Side::Right => away,
        };
        Some(Mark {
            key: Key::of(&[15, u64::from(verdict.subject.map_or(u16::MAX, |lock| lock.0)), verdict.property as u64]),
            about: About { event: Some(event.id), fault: None, participant: Some(event.participant) },
            kind: MarkKind::Hazard,
            at: Point { x: x + side, y },
            tone: Tone::Hazard,
            tale: Tale::Verdict(place),
        })
    };
    let mut marks: Vec<Mark> = seen.filter_map(mark).collect();
    marks.dedup_by_key(|mark| mark.at);
    marks
}
