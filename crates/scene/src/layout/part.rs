//! The beginning of a run that is too long to be drawn whole.
//!
//! Laying out costs a bounded amount of work for each event, so to bound the events is to bound the whole. A part ends
//! between two moments and never within one, unless all of it is one moment.

use fencepost_sim::Time;
use fencepost_vocabulary::Trace;

use crate::kinds::SpanKind;
use crate::layout::Ground;
use crate::picture::Span;
use crate::px::Px;

/// The first events of a trace, at most so many; `None` if that is all of them. When the run ended, and why, stays.
pub fn of(trace: &Trace, most: usize) -> Option<Trace> {
    let beyond = trace.events.get(most)?;
    let before = trace.events.partition_point(|event| event.time < beyond.time);
    let events = trace.events[..if before == 0 { most } else { before }].to_vec();
    Some(Trace { events, ..*trace })
}

/// When the last of these events happens.
pub fn end(trace: &Trace) -> Time {
    trace.events.last().map_or(Time::ZERO, |event| event.time).max(Time::from_millis(1))
}

/// Leaves out what begins below the picture, and cuts off what reaches below it. How long it lasts stays what it is.
pub fn clip(spans: &mut Vec<Span>, ground: &Ground<'_>) {
    let bottom = ground.map.y(ground.end);
    let drawn = ground.view.trace.events.len();
    // What has not happened may be said of an event that comes later.
    let is_known = |span: &Span| {
        matches!(span.kind, SpanKind::Unmet { .. }) || span.about.event.is_none_or(|event| event.index() < drawn)
    };
    spans.retain(|span| span.from <= ground.end && is_known(span));
    for span in spans {
        span.rect.height = span.rect.height.min(bottom - span.rect.y).max(Px::ZERO);
    }
}
