//! The marks of this picture and what they mean, in one line each.

use crate::picture::{ArrowEnd, LegendEntry, LegendKind, MarkKind, Scene, SpanKind};

/// The legend of a scene: only what occurs in it, always in the same order.
pub fn of(scene: &Scene) -> Vec<LegendEntry> {
    let entries = ALL.into_iter().filter(|(kind, _)| occurs(*kind, scene));
    entries.map(|(kind, text)| LegendEntry { kind, text }).collect()
}

const ALL: [(LegendKind, &str); 17] = [
    (LegendKind::Granted, "the lock service says it holds the lock"),
    (LegendKind::Believed, "it believes that it holds the lock"),
    (LegendKind::Disagreement, "it believes so, the lock service does not"),
    (LegendKind::Paused, "paused: takes no steps, its clock runs on"),
    (LegendKind::Crashed, "crashed: takes no steps ever again"),
    (LegendKind::Cut, "cut: messages do not get through"),
    (LegendKind::Lost, "a message is lost"),
    (LegendKind::Copy, "a second copy of a message"),
    (LegendKind::Bounced, "a request is turned away"),
    (LegendKind::Inbox, "a message waits until the sleeper wakes"),
    (LegendKind::Expiry, "a lease runs out"),
    (LegendKind::Waiting, "waits for an answer"),
    (LegendKind::Stuck, "waits for an answer that will not come"),
    (LegendKind::Chip, "what the store holds from here on"),
    (LegendKind::Hazard, "a hazard: two believe they hold the lock"),
    (LegendKind::Pin, "a property is violated"),
    (LegendKind::Fold, "a quiet stretch, drawn shorter"),
];

fn occurs(kind: LegendKind, scene: &Scene) -> bool {
    let span = |wanted: fn(SpanKind) -> bool| scene.spans.iter().any(|span| wanted(span.kind));
    let mark = |wanted: MarkKind| scene.marks.iter().any(|mark| mark.kind == wanted);
    let end = |wanted: ArrowEnd| scene.arrows.iter().any(|arrow| arrow.end == wanted);
    match kind {
        LegendKind::Granted => span(|kind| kind == SpanKind::Granted),
        LegendKind::Believed => span(|kind| kind == SpanKind::Believed),
        LegendKind::Disagreement => span(|kind| kind == SpanKind::Disagreement),
        LegendKind::Paused => span(|kind| kind == SpanKind::Paused),
        LegendKind::Cut => span(|kind| matches!(kind, SpanKind::Cut { .. })),
        LegendKind::Waiting => span(|kind| kind == SpanKind::Waiting),
        LegendKind::Stuck => span(|kind| kind == SpanKind::Stuck),
        LegendKind::Crashed => scene.lanes.iter().any(|lane| lane.crashed.is_some()),
        LegendKind::Lost => end(ArrowEnd::Lost),
        LegendKind::Bounced => end(ArrowEnd::Bounced),
        LegendKind::Copy => scene.arrows.iter().any(|arrow| arrow.copy),
        LegendKind::Inbox => mark(MarkKind::Inbox),
        LegendKind::Expiry => mark(MarkKind::Expiry),
        LegendKind::Hazard => mark(MarkKind::Hazard),
        LegendKind::Pin => mark(MarkKind::Pin),
        LegendKind::Chip => !scene.chips.is_empty(),
        LegendKind::Fold => !scene.folds.is_empty(),
    }
}
