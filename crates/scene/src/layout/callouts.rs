//! A box beside every event that violates something, with what happened and what that violates.
//!
//! Several properties violated by one event share a box. A box covers no other box and, if it can, no dot; where it
//! cannot, the layout asks the time axis for room below that moment.

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
    let widest = canvas.size().0 - MARGIN * 4;
    let heading = shorten(&prose::heading(verdicts.first()?, ground.view), SIZE, Weight::Bold, widest);
    let lines = lines(
        &properties,
        &happened.time.to_string(),
        text_width(&heading, SIZE, Weight::Bold),
        widest,
        ground.columns.narrow,
    );
    let (rect, cost) = place(pin, size(&heading, &lines), canvas)?;
    let tale = Tale::Violations(event);
    let about = About { event: Some(event), fault: None, participant: Some(happened.participant) };
    let key = Key::of(&[20, u64::from(happened.participant.0), properties.first().map_or(0, |it| *it as u64)]);
    Some((Callout { key, about, properties, pin, rect, heading, lines, tale }, cost))
}

/// The names of the properties and the time, in lines about as long as the heading.
fn lines(properties: &[PropertyKind], time: &str, heading: Px, widest: Px, narrow: bool) -> Vec<String> {
    let room = heading.max(if narrow { Px::new(190) } else { Px::new(310) }).min(widest);
    let mut lines: Vec<String> = Vec::new();
    let words = properties.iter().enumerate().map(|(place, property)| match properties.len() - place {
        1 => format!("{} violated · {time}", property.word()),
        _ => format!("{}, ", property.word()),
    });
    for word in words {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line}{word}"), SIZE, Weight::Regular) <= room => line.push_str(&word),
            _ => lines.push(word),
        }
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines
}

fn size(heading: &str, lines: &[String]) -> (Px, Px) {
    let widths = lines.iter().map(|line| text_width(line, SIZE, Weight::Regular));
    let widest = widths.fold(text_width(heading, SIZE, Weight::Bold), Px::max);
    (widest + MARGIN * 2, Px::new(27) + LINE * lines.len() as i32)
}

/// The cheapest place near the pin; the first of the free ones if none is cheap.
fn place(pin: Point, (width, height): (Px, Px), canvas: &Canvas) -> Option<(Rect, Option<u32>)> {
    let (whole_width, whole_height) = canvas.size();
    let mut best: Option<(u32, Rect)> = None;
    for down in [STEM, -STEM - height, STEM * 2, STEM * 3] {
        for x in [pin.x - MARGIN, pin.x - width + MARGIN, pin.x - width / 2] {
            let x = x.min(whole_width - width - Px::new(4)).max(Px::new(4));
            let rect = Rect { x, y: pin.y + down, width, height };
            let limit = best.as_ref().map_or(u32::MAX, |(least, _)| *least);
            if let Some(cost) = canvas.cost_below(&Quad::upright(rect), limit) {
                best = Some((cost, rect));
            }
        }
    }
    if let Some((cost, rect)) = best {
        return Some((rect, Some(cost)));
    }
    let x = (pin.x - MARGIN).min(whole_width - width - Px::new(4)).max(Px::ZERO);
    let below = (pin.y + STEM).min(whole_height - height);
    // Better no words than words on words; the pin stays, and says it when pointed at.
    let rect = Rect { x, y: below, width, height };
    canvas.cost_below(&Quad::upright(rect), u32::MAX).map(|_| (rect, None))
}
