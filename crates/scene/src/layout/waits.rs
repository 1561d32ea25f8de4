//! What a service waits for while others wait for it: the gap between a check and its deed, a lock-delay, a disk.

use fencepost_scenario::model::{Role, SyncMode};
use fencepost_sim::{EventId, ParticipantId, Time};
use fencepost_vocabulary::{Event, EventKind, Note, Timer};

use crate::kinds::SpanKind;
use crate::layout::Ground;
use crate::picture::{About, Key, Span, Tale};
use crate::px::{Px, Rect};

/// How far each stands from its lane, and how far the next one at the same time.
const AWAY: Px = Px::new(8);
const STEP: Px = Px::new(6);
/// So many stand further and further out; the next ones cover the last of them.
const SLOTS: usize = 4;

/// Something that began and has not ended yet.
struct Open {
    participant: ParticipantId,
    kind: SpanKind,
    event: EventId,
    from: Time,
    /// What is shared with the timer that ends it.
    cause: Option<EventId>,
}

/// All of these.
pub fn draw(ground: &Ground<'_>, spans: &mut Vec<Span>) {
    let mut open: Vec<Open> = Vec::new();
    for event in &ground.view.trace.events {
        let ends = match event.kind {
            EventKind::TimerFired(Timer::Apply(_)) => Some(SpanKind::Gap),
            EventKind::TimerFired(Timer::Delay) => Some(SpanKind::Delayed),
            EventKind::TimerFired(Timer::Sync) => {
                spans.extend(sync(event, ground));
                None
            }
            EventKind::Noted(Note::Checking { .. }) => {
                open.push(Open::new(event, SpanKind::Gap));
                None
            }
            EventKind::Noted(Note::LockDelayed { .. }) => {
                open.push(Open::new(event, SpanKind::Delayed));
                None
            }
            EventKind::Crashed { .. } => {
                let (over, rest) = open.into_iter().partition(|it| it.participant == event.participant);
                open = rest;
                close(over, event.time, ground, spans);
                None
            }
            _ => None,
        };
        let ended = |it: &Open| (it.participant, Some(it.kind), it.cause) == (event.participant, ends, event.cause);
        if ends.is_some() {
            let (over, rest) = open.into_iter().partition(ended);
            open = rest;
            close(over, event.time, ground, spans);
        }
    }
    close(open, ground.end, ground, spans);
}

impl Open {
    fn new(event: &Event, kind: SpanKind) -> Self {
        let Event { participant, id, time, cause, .. } = *event;
        Self { participant, kind, event: id, from: time, cause }
    }
}

fn close(over: Vec<Open>, until: Time, ground: &Ground<'_>, spans: &mut Vec<Span>) {
    for wait in over {
        let tale = match wait.kind {
            SpanKind::Gap => Tale::Gap { event: wait.event, until },
            _ => Tale::Delay { event: wait.event, until },
        };
        // They end one after the other, so those that lasted beyond this one's beginning were added last.
        let alike = |span: &&Span| (span.kind, span.about.participant) == (wait.kind, Some(wait.participant));
        let slot = spans.iter().rev().filter(alike).take_while(|span| span.until > wait.from).take(SLOTS).count();
        spans.extend(span(&wait, until, slot, tale, ground));
    }
}

fn span(wait: &Open, until: Time, slot: usize, tale: Tale, ground: &Ground<'_>) -> Option<Span> {
    let lane = ground.lane(wait.participant)?;
    let width = if wait.kind == SpanKind::Gap { Px::new(5) } else { Px::new(4) };
    let x = lane + AWAY + STEP * slot as i32;
    let rect = Rect::between(x, ground.map.y(wait.from), x + width, ground.map.y(until));
    (rect.height > Px::ZERO).then_some(Span {
        key: Key::of(&[44, u64::from(wait.participant.0), u64::from(wait.event.0)]),
        about: About { event: Some(wait.event), fault: None, participant: Some(wait.participant) },
        kind: wait.kind,
        from: wait.from,
        until,
        rect,
        tale,
    })
}

/// The disk of a service that answers only when it has written.
fn sync(event: &Event, ground: &Ground<'_>) -> Option<Span> {
    let began = ground.view.trace.events.get(event.cause?.index())?;
    let role = &ground.view.scenario.participants.get(event.participant.index())?.role;
    let mode = match role {
        Role::Lock(lock) => lock.sync,
        Role::Store(store) => store.sync,
        _ => return None,
    };
    let SyncMode::After(_) = mode else { return None };
    let wait =
        Open { kind: SpanKind::Syncing, event: began.id, from: began.time, ..Open::new(event, SpanKind::Syncing) };
    span(&wait, event.time, 0, Tale::Delay { event: began.id, until: event.time }, ground)
}
