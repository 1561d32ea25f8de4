//! A box beside every event that violates something, with what happened and what that violates.
//!
//! Several properties violated by one event share a box. A box covers no words, nothing that led to a violation and, if it
//! can, no dot; where there is no such place near the pin, the layout asks the time axis for room below that moment, and a
//! box that finds none even then stands further off, with a line to its pin.

use std::ops::Range;

use fencepost_properties::Verdict;
use fencepost_sim::{EventId, sort_by_rank};
use fencepost_vocabulary::PropertyKind;

use crate::layout::Ground;
use crate::layout::axis::Need;
use crate::layout::canvas::Canvas;
use crate::layout::past::violation;
use crate::picture::{About, Callout, Key, Tale};
use crate::prose;
use crate::px::{Point, Px, Rect};
use crate::quad::Quad;
use crate::width::{Weight, shorten, text_width};

const SIZE: Px = Px::new(12);
const MARGIN: Px = Px::new(12);
const LINE: Px = Px::new(17);
/// From the pin's middle to the box.
const STEM: Px = Px::new(22);
/// How much further off each next place is, how many are near the pin, and how many there are.
const STEP: Px = Px::new(20);
const NEAR: i32 = 3;
const FAR: i32 = 24;
/// A place that costs more than this hides something, and room should be made.
const DEAR: u32 = 12;

/// All callouts, and the room that was missing for some.
pub fn draw(ground: &Ground<'_>, canvas: &mut Canvas) -> (Vec<Callout>, Vec<Need>) {
    let mut events: Vec<EventId> = ground.view.verdicts.iter().filter_map(violation).collect();
    sort_by_rank(&mut events, |event| (u64::from(event.0), 0));
    events.dedup();
    let (mut callouts, mut needs) = (Vec::new(), Vec::new());
    for event in events {
        let Some((callout, cost)) = callout(event, ground, canvas) else { continue };
        if cost.is_none_or(|cost| cost > DEAR) {
            let time = ground.view.trace.event(event).time;
            needs.push((time, callout.rect.height + STEM + Px::new(16)));
        }
        canvas.block(Quad::upright(callout.rect));
        let (pin, edge) = callout.stem();
        canvas.avoid(Quad::line(pin, edge, Px::new(2)), 6);
        callouts.push(callout);
    }
    (callouts, needs)
}

/// The callout of one event, and what its place costs; nothing if it is only placed for want of a better place.
fn callout(event: EventId, ground: &Ground<'_>, canvas: &Canvas) -> Option<(Callout, Option<u32>)> {
    let verdicts: Vec<&Verdict> =
        ground.view.verdicts.iter().filter(|verdict| violation(verdict) == Some(event)).collect();
    let happened = ground.view.trace.events.get(event.index())?;
    let pin = ground.at(happened.participant, happened.time)?;
    let mut properties: Vec<PropertyKind> = verdicts.iter().map(|verdict| verdict.property).collect();
    properties.dedup();
    let said = prose::heading(verdicts.first()?, ground.view);
    let (heading, lines, (rect, cost)) = settle(pin, &said, &properties, &happened.time.to_string(), ground, canvas)?;
    let tale = Tale::Violations(event);
    let about = About { event: Some(event), fault: None, participant: Some(happened.participant) };
    let key = Key::of(&[20, u64::from(happened.participant.0), properties.first().map_or(0, |it| *it as u64)]);
    Some((Callout { key, about, properties, pin, rect, heading, lines, tale }, cost))
}

/// The words of a box, what goes wrong and what that violates, and its place with what that costs.
type Settled = (Vec<String>, Vec<String>, (Rect, Option<u32>));

/// The first form that has a place near the pin, from the widest to the narrowest; for want of one, the last that has any.
fn settle(
    pin: Point,
    said: &str,
    properties: &[PropertyKind],
    time: &str,
    ground: &Ground<'_>,
    canvas: &Canvas,
) -> Option<Settled> {
    let widest = canvas.size().0 - MARGIN * 4;
    let usual =
        text_width(said, SIZE, Weight::Bold).max(if ground.columns.narrow { Px::new(190) } else { Px::new(310) });
    let mut settled = None;
    for room in [usual, Px::new(160), Px::new(110)].map(|room| room.min(widest)) {
        let heading = folded(said.split(' ').map(|word| format!("{word} ")), Weight::Bold, room);
        let words = properties.iter().enumerate().flat_map(|(place, property)| match properties.len() - place {
            1 => vec![format!("{} ", property.word()), format!("violated · {time}")],
            _ => vec![format!("{}, ", property.word())],
        });
        let lines = folded(words, Weight::Regular, room);
        let Some(place) = place(pin, size(&heading, &lines), canvas) else { continue };
        let is_near = place.1.is_some();
        settled = Some((heading, lines, place));
        if is_near {
            break;
        }
    }
    settled
}

/// Words in lines that are no longer than the room, unless one word is.
fn folded(words: impl Iterator<Item = String>, weight: Weight, room: Px) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if text_width(format!("{line}{word}").trim_end(), SIZE, weight) <= room => line.push_str(&word),
            _ => lines.push(word),
        }
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines.iter().map(|line| shorten(line, SIZE, weight, room)).collect()
}

fn size(heading: &[String], lines: &[String]) -> (Px, Px) {
    let bold = heading.iter().map(|line| text_width(line, SIZE, Weight::Bold));
    let widths = bold.chain(lines.iter().map(|line| text_width(line, SIZE, Weight::Regular)));
    let widest = widths.fold(Px::ZERO, Px::max);
    (widest + MARGIN * 2, Px::new(10) + LINE * (heading.len() + lines.len()) as i32)
}

/// The cheapest place, the nearer the better, and what it costs; no cost if it is not near the pin. Above and below it, in line with
/// it or aside; and where that is all taken, further off, at the margin of the picture, from where a line leads to the pin.
fn place(pin: Point, size: (Px, Px), canvas: &Canvas) -> Option<(Rect, Option<u32>)> {
    let near = cheapest(pin, size, 0..NEAR, canvas);
    if let Some((cost, rect)) = near.filter(|(cost, _)| *cost <= DEAR) {
        return Some((rect, Some(cost)));
    }
    let far = cheapest(pin, size, NEAR..FAR, canvas);
    let best = [near, far].into_iter().flatten().min_by_key(|(cost, _)| *cost);
    // Better no words than words on words; the pin stays, and says it when pointed at.
    best.map(|(_, rect)| (rect, None))
}

/// The cheapest place at these distances from the pin.
fn cheapest(pin: Point, (width, height): (Px, Px), steps: Range<i32>, canvas: &Canvas) -> Option<(u32, Rect)> {
    let whole = canvas.size().0;
    let (left, right) = (Px::new(4), whole - width - Px::new(4));
    let mut best: Option<(u32, Rect)> = None;
    for step in steps {
        for (worse, down) in [(0, STEM + STEP * step), (1, -STEM - height - STEP * step)] {
            let aside = [pin.x - MARGIN, pin.x - width + MARGIN, pin.x - width / 2, right, left];
            for (rank, x) in aside.into_iter().enumerate() {
                let dear = step as u32 + worse + if rank < 3 { 0 } else { 2 };
                let limit = best.map_or(u32::MAX, |(least, _)| least).saturating_sub(dear);
                let rect = Rect { x: x.min(right).max(left), y: pin.y + down, width, height };
                if let Some(cost) = canvas.cost_below(&Quad::upright(rect), limit) {
                    best = Some((cost + dear, rect));
                }
            }
        }
    }
    best
}
