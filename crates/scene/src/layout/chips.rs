//! What each store holds, where it changes.

use fencepost_sim::{ParticipantId, Time};
use fencepost_vocabulary::{EventKind, FencingToken, Note, Value};

use crate::layout::Ground;
use crate::layout::canvas::Canvas;
use crate::layout::words;
use crate::picture::{About, Chip, Key, Tale, Tone};
use crate::px::{Point, Px, Rect};
use crate::quad::Quad;
use crate::width::{Weight, text_width};

const SIZE: Px = Px(115);
const HEIGHT: Px = Px::new(20);
const MARGIN: Px = Px::new(9);
/// From the lane to the chip.
const AWAY: Px = Px::new(16);
/// How many forms a chip has at most.
const FORMS: usize = 3;
/// A place dearer than this makes a shorter form worth trying.
const DEAR: u32 = 2;

/// All chips, as far as there is room. What a chip says, its event's sentence says too.
pub fn draw(ground: &Ground<'_>, canvas: &mut Canvas) -> Vec<Chip> {
    let mut chips = Vec::new();
    for change in changes(ground) {
        if let Some(chip) = chip(&change, ground, canvas) {
            canvas.block(Quad::upright(chip.rect));
            chips.push(chip);
        }
    }
    chips
}

/// What changed at one store at one moment.
struct Change {
    store: ParticipantId,
    time: Time,
    event: fencepost_sim::EventId,
    value: Option<Value>,
    highest: Option<FencingToken>,
    /// Which change of this store it is.
    number: u64,
}

fn changes(ground: &Ground<'_>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut counts = vec![0_u64; ground.view.cast.0.len()];
    for event in &ground.view.trace.events {
        let (value, highest) = match &event.kind {
            EventKind::Noted(Note::Applied { value, .. }) => (Some(*value), None),
            EventKind::Noted(Note::HighestToken { token }) => (None, Some(*token)),
            _ => continue,
        };
        let same = |last: &&mut Change| last.store == event.participant && last.time == event.time;
        if let Some(last) = changes.last_mut().filter(same) {
            (last.value, last.highest) = (value.or(last.value), highest.or(last.highest));
            // The write is what a chip stands for; the token only came along.
            last.event = if value.is_some() { event.id } else { last.event };
            continue;
        }
        let Some(count) = counts.get_mut(event.participant.index()) else { continue };
        *count += 1;
        let (store, time) = (event.participant, event.time);
        changes.push(Change { store, time, event: event.id, value, highest, number: *count });
    }
    changes
}

fn chip(change: &Change, ground: &Ground<'_>, canvas: &Canvas) -> Option<Chip> {
    let at = ground.at(change.store, change.time)?;
    let (text, rect) = settle(change, at, canvas, ground)?;
    Some(Chip {
        key: Key::of(&[21, u64::from(change.store.0), change.number]),
        about: About { event: Some(change.event), fault: None, participant: Some(change.store) },
        rect,
        text,
        tone: match ground.past.tone(change.event) {
            Tone::Bad => Tone::Bad,
            _ => Tone::Plain,
        },
        tale: Tale::Event(change.event),
    })
}

/// The first form that has a cheap place, or the one with the cheapest.
fn settle(change: &Change, at: Point, canvas: &Canvas, ground: &Ground<'_>) -> Option<(String, Rect)> {
    let mut best: Option<(u32, String, Rect)> = None;
    for text in (0..FORMS).map_while(|form| wording(change, form, ground)) {
        let Some((cost, rect)) = place(&text, at.x, at.y, canvas) else { continue };
        if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
            best = Some((cost, text, rect));
        }
        if cost <= DEAR {
            break;
        }
    }
    best.map(|(_, text, rect)| (text, rect))
}

/// The forms from long to short, one by one: most chips are content with the first.
fn wording(change: &Change, form: usize, ground: &Ground<'_>) -> Option<String> {
    let value = change.value.map(|value| words::value(value, ground.view.cast));
    match (form, value, change.highest) {
        (0, Some(value), Some(highest)) => Some(format!("value {value} · max {highest}")),
        (1, Some(value), Some(highest)) => Some(format!("{value} · {highest}")),
        (0, Some(value), None) => Some(format!("value {value}")),
        (1, Some(value), None) | (2, Some(value), Some(_)) => Some(value),
        (0, None, Some(highest)) => Some(format!("max {highest}")),
        (1, None, Some(highest)) => Some(highest.to_string()),
        _ => None,
    }
}

/// The cheapest place beside the lane.
fn place(text: &str, x: Px, y: Px, canvas: &Canvas) -> Option<(u32, Rect)> {
    let width = text_width(text, SIZE, Weight::Bold) + MARGIN * 2;
    let sides = [x + AWAY, x - AWAY - width];
    let heights = [0, 14, -14, 24, -24].map(|down| y - HEIGHT / 2 + Px::new(down));
    let mut best: Option<(u32, Rect)> = None;
    for (rank, top) in heights.into_iter().enumerate() {
        for left in sides {
            let rect = Rect { x: left, y: top, width, height: HEIGHT };
            let cost = canvas.cost(&Quad::upright(rect)).map(|cost| cost + rank as u32);
            if cost == Some(0) {
                return Some((0, rect));
            }
            match cost {
                Some(cost) if best.is_none_or(|(least, _)| cost < least) => best = Some((cost, rect)),
                _ => {}
            }
        }
    }
    best
}
