//! A box beside every event that violates something, with what happened and what that violates.
//!
//! Several properties violated by one event share a box. A box covers no words, nothing that led to a violation and, if it
//! can, no dot; where there is no such place near the pin, the layout asks the time axis for room below that moment, and a
//! box that finds none even then stands further off, with a line to its pin.

use fencepost_properties::Verdict;
use fencepost_sim::{EventId, sort_by_rank};
use fencepost_vocabulary::PropertyKind;

use crate::layout::Ground;
use crate::layout::axis::Need;
use crate::layout::canvas::Canvas;
use crate::layout::past::violation;
use crate::picture::{About, Callout, Key, Tale, stem};
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
const NEAR: u32 = 3;
const FAR: u32 = 24;
/// What it costs to say it in narrower lines, and to draw the line to the pin across words or what led to a violation.
const FOLDED: u32 = 4;
const CROSSED: u32 = 16;
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

/// The words of a box, what goes wrong and what that violates, and its place with what that covers.
type Settled = (Vec<String>, Vec<String>, (Rect, Option<u32>));

/// The form with the cheapest place, from the widest to the narrowest.
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
    let mut best: Option<(u32, Settled)> = None;
    for (form, room) in (0..).zip([usual, Px::new(160), Px::new(110)].map(|room| room.min(widest))) {
        let heading = folded(said.split(' ').map(|word| format!("{word} ")), Weight::Bold, room);
        let words = properties.iter().enumerate().flat_map(|(place, property)| match properties.len() - place {
            1 => vec![format!("{} ", property.word()), format!("violated · {time}")],
            _ => vec![format!("{}, ", property.word())],
        });
        let lines = folded(words, Weight::Regular, room);
        let limit = best.as_ref().map_or(u32::MAX, |(least, _)| *least).saturating_sub(form * FOLDED);
        let Some((cost, place)) = place(pin, size(&heading, &lines), limit, canvas) else { continue };
        best = Some((cost + form * FOLDED, (heading, lines, place)));
        if cost <= DEAR {
            break;
        }
    }
    best.map(|(_, settled)| settled)
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

/// The cheapest place below `limit`, its cost, and how much of that is for what it covers; `None` for that if the place is
/// not near the pin. The nearer the better: below the pin and above it, in line with it or aside, beside it; and where
/// that is all taken further off, at the margin of the picture, from where a line leads to the pin.
fn place(pin: Point, size: (Px, Px), limit: u32, canvas: &Canvas) -> Option<(u32, (Rect, Option<u32>))> {
    let whole = canvas.size().0;
    let most = whole - size.0 - Px::new(4);
    let (mut limit, mut best) = (limit, None);
    for step in 0..FAR {
        for (Point { x, y }, worse) in around(pin, size, STEM + STEP * step as i32) {
            let rect = Rect { x: x.min(most).max(Px::new(4)), y, width: size.0, height: size.1 };
            let away = step.max(aside(pin, rect));
            let dear = 3 * away + worse;
            let Some(covers) = canvas.cost_below(&Quad::upright(rect), limit.saturating_sub(dear)) else { continue };
            let cost = covers + dear + across(pin, rect, canvas);
            if cost < limit {
                limit = cost;
                best = Some((cost, (rect, (away < NEAR).then_some(covers))));
            }
        }
    }
    best
}

/// How many steps a box is aside of a pin.
fn aside(pin: Point, rect: Rect) -> u32 {
    let gap = (rect.x - pin.x).max(pin.x - rect.right()).max(STEM) - STEM;
    (gap.0 / STEP.0).unsigned_abs()
}

/// The corners of boxes at a distance from a pin, and how much worse each is than the first.
fn around(pin: Point, (width, height): (Px, Px), away: Px) -> impl Iterator<Item = (Point, u32)> {
    let aside = [(MARGIN, 0), (width - MARGIN, 0), (width / 2, 1), (width / 4, 1), (width * 3 / 4, 1)];
    let above_and_below = [(pin.y + away, 0), (pin.y - away - height, 1)];
    let in_line = above_and_below.into_iter().flat_map(move |(y, worse)| {
        let margins = [Px::ZERO, Px::new(100_000)].map(|x| (Point { x, y }, worse + 3));
        aside.into_iter().map(move |(left, more)| (Point { x: pin.x - left, y }, worse + more)).chain(margins)
    });
    let beside = [pin.x + away, pin.x - away - width].into_iter().flat_map(move |x| {
        let heights = [(pin.y - height / 2, 2), (pin.y - height + MARGIN, 3), (pin.y - MARGIN, 3)];
        heights.map(|(y, worse)| (Point { x, y }, worse))
    });
    in_line.chain(beside)
}

/// What the line from the pin to a box costs.
fn across(pin: Point, rect: Rect, canvas: &Canvas) -> u32 {
    let (from, to) = stem(pin, rect);
    let bare = from.toward(to, 14);
    canvas.cost_below(&Quad::line(bare, to, Px::new(1)), u32::MAX).map_or(CROSSED, |cost| cost / 2)
}
