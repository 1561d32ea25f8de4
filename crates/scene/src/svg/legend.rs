//! The legend below the picture: marks with their meaning, in as many columns as fit.

use crate::kinds::{LegendKind, MarkKind, SpanKind};
use crate::picture::{Anchor, LegendEntry, Scene, Turn};
use crate::px::{Point, Px, Rect};
use crate::width::{Weight, text_width};

use super::body;
use super::markup::{Markup, circle, escaped, line, path, rect, stretches, text};

const SIZE: Px = Px::new(11);
const ROW: Px = Px::new(22);
/// The room for a mark, and the space after an entry.
const MARK: Px = Px::new(30);
const AFTER: Px = Px::new(14);
const EDGE: Px = Px::new(16);

/// A legend with its places.
pub(super) struct Legend {
    entries: Vec<(LegendEntry, Point)>,
    width: Px,
    /// How much higher it makes the picture.
    pub(super) height: Px,
}

/// Places the entries, from left to right and from top to bottom.
pub(super) fn lay_out(scene: &Scene) -> Legend {
    let widths = scene.legend.iter().map(|entry| MARK + text_width(entry.text, SIZE, Weight::Regular) + AFTER);
    let column = widths.max().unwrap_or(MARK);
    let columns = ((scene.width - EDGE).0 / column.0).max(1);
    let top = Px::new(28);
    let at = |place: i32| Point { x: EDGE + column * (place % columns), y: top + ROW * (place / columns) };
    let entries: Vec<_> = scene.legend.iter().zip(0..).map(|(entry, place)| (*entry, at(place))).collect();
    let height = entries.last().map_or(Px::ZERO, |(_, last)| last.y + Px::new(16));
    Legend { entries, width: scene.width, height }
}

/// Draws it below `top`.
pub(super) fn draw(legend: &Legend, top: Px, out: &mut Markup) {
    if legend.entries.is_empty() {
        return;
    }
    out.push(&line(
        "rule",
        Point { x: EDGE, y: top + Px::new(8) },
        Point { x: legend.width - EDGE, y: top + Px::new(8) },
    ));
    for (entry, at) in &legend.entries {
        let at = Point { x: at.x, y: at.y + top };
        let words = Point { x: at.x + MARK, y: at.y + Px::new(4) };
        let words = text("leg", words, Anchor::Start, Turn::LEVEL, &escaped(entry.text));
        let mark = mark(entry.kind, at, out.id());
        out.push(&format!("<g>{mark}{words}</g>\n"));
    }
}

/// The mark itself, 24 px wide, its middle at the height of `at`.
fn mark(kind: LegendKind, at: Point, id: &str) -> String {
    let spot = |x: i32, y: i32| Point { x: at.x + Px::new(x), y: at.y + Px::new(y) };
    let middle = spot(12, 0);
    let upright = |width: i32| {
        let corner = spot(12 - width / 2, -8);
        Rect { x: corner.x, y: corner.y, width: Px::new(width), height: Px::new(16) }
    };
    let hatched = |class: &str, hatch: char, width: i32| {
        let Rect { x, y, width, height } = upright(width);
        format!(
            "<rect class=\"{class}\" fill=\"url(#{id}-{hatch})\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\"/>"
        )
    };
    let cross = |class: &str, size: i32| {
        stretches(class, &[spot(12 - size, -size), spot(12 + size, size)])
            + &stretches(class, &[spot(12 + size, -size), spot(12 - size, size)])
    };
    let boxed = |kind: SpanKind, width: i32| rect(kind.class(), upright(width), kind.radius().min(Px::new(width / 2)));
    match kind {
        LegendKind::Span(kind) => match kind {
            SpanKind::Granted => rect("granted", upright(7), Px(35)),
            SpanKind::Believed => rect("believed", upright(7), Px(35)),
            SpanKind::Disagreement => hatched("danger", 'w', 20),
            SpanKind::Paused => hatched("pause", 'p', 16),
            SpanKind::Down => hatched("down", 'k', 16),
            SpanKind::Waiting => rect("wait", upright(7), Px(35)),
            SpanKind::Delayed | SpanKind::Syncing => rect("busy", upright(5), Px(20)),
            SpanKind::Stuck | SpanKind::Unmet { .. } => hatched(kind.class(), 's', 7),
            SpanKind::Holding => rect("hold", upright(3), Px::ZERO),
            SpanKind::Suspects | SpanKind::Term { .. } => boxed(kind, 7),
            SpanKind::Stands { .. } => hatched(kind.class(), 'p', 7),
            SpanKind::Leads { .. } => boxed(kind, 14),
            SpanKind::Clock => boxed(kind, 10),
            SpanKind::Unfenced => boxed(kind, 20),
            SpanKind::Cut { .. } | SpanKind::Mute | SpanKind::Deaf | SpanKind::Gap => {
                let (width, class) = if kind == SpanKind::Gap { (4, "gap") } else { (14, "cuth") };
                let shape = if kind == SpanKind::Gap { String::new() } else { boxed(kind, width) };
                shape + &path(class, &kind.strokes(&upright(width)))
            }
        },
        LegendKind::Mark(kind) => match kind {
            MarkKind::Dot => circle("dot", middle, Px(32)),
            MarkKind::Inbox => circle("inbox", middle, Px(38)),
            MarkKind::Expiry => circle("ring", middle, Px(55)),
            MarkKind::Crash => cross("x", 6),
            MarkKind::Hazard => {
                circle("haz", middle, Px::new(7)) + &text("hazt", spot(12, 4), Anchor::Middle, Turn::LEVEL, "!")
            }
            MarkKind::Pin => circle("pin", middle, Px::new(8)) + &cross("pinx", 3),
            MarkKind::Recovery | MarkKind::Clock | MarkKind::Mail | MarkKind::Payment => body::glyph(kind, middle),
        },
        LegendKind::Crashed => line("lane gone", spot(12, -8), spot(12, 8)),
        LegendKind::Lost => stretches("a", &[spot(0, 0), spot(18, 0)]) + &cross_at(spot(18, 0)),
        LegendKind::Bounced => {
            stretches("a", &[spot(0, 0), spot(20, 0)]) + &stretches("x", &[spot(21, -6), spot(21, 6)])
        }
        LegendKind::Copy => stretches("a copy", &[spot(0, 0), spot(24, 0)]),
        LegendKind::Chip(kind) => rect(
            &format!("chip{}", kind.class()),
            Rect { x: at.x, y: at.y - Px::new(8), width: Px::new(24), height: Px::new(16) },
            Px::new(4),
        ),
        LegendKind::Fold => line("fold", spot(0, 0), spot(24, 0)),
        LegendKind::Lie => format!("<g class=\"m bad\">{}</g>", stretches("a lie", &[spot(0, 0), spot(24, 0)])),
        LegendKind::Bracket => {
            let ticks = [2, 12, 22].map(|x| format!("M{} {}v10", spot(x, 0).x, spot(x, -5).y));
            path("brace", &format!("M{} {}h20{}", spot(2, 0).x, at.y, ticks.concat()))
        }
    }
}

fn cross_at(point: Point) -> String {
    let spot = |x: i32, y: i32| Point { x: point.x + Px::new(x), y: point.y + Px::new(y) };
    stretches("x", &[spot(-4, -4), spot(4, 4)]) + &stretches("x", &[spot(4, -4), spot(-4, 4)])
}
