//! The legend below the picture: marks with their meaning, in as many columns as fit.

use crate::picture::{Anchor, LegendEntry, LegendKind, Scene, Turn};
use crate::px::{Point, Px, Rect};
use crate::width::{Weight, text_width};

use super::markup::{Markup, circle, escaped, line, rect, stretches, text};

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
    match kind {
        LegendKind::Granted => rect("granted", upright(7), Px(35)),
        LegendKind::Believed => rect("believed", upright(7), Px(35)),
        LegendKind::Disagreement => hatched("danger", 'w', 20),
        LegendKind::Paused => hatched("pause", 'p', 16),
        LegendKind::Cut => rect("cut", upright(14), Px::new(3)),
        LegendKind::Waiting => rect("wait", upright(7), Px(35)),
        LegendKind::Stuck => hatched("stuck", 's', 7),
        LegendKind::Crashed => line("lane gone", spot(12, -8), spot(12, 8)),
        LegendKind::Lost => stretches("a", &[spot(0, 0), spot(18, 0)]) + &cross_at(spot(18, 0)),
        LegendKind::Bounced => {
            stretches("a", &[spot(0, 0), spot(20, 0)]) + &stretches("x", &[spot(21, -6), spot(21, 6)])
        }
        LegendKind::Copy => stretches("a copy", &[spot(0, 0), spot(24, 0)]),
        LegendKind::Inbox => circle("inbox", middle, Px(38)),
        LegendKind::Expiry => circle("ring", middle, Px(55)),
        LegendKind::Hazard => {
            circle("haz", middle, Px::new(7)) + &text("hazt", spot(12, 4), Anchor::Middle, Turn::LEVEL, "!")
        }
        LegendKind::Pin => circle("pin", middle, Px::new(8)) + &cross("pinx", 3),
        LegendKind::Chip => {
            rect("chip", Rect { x: at.x, y: at.y - Px::new(8), width: Px::new(24), height: Px::new(16) }, Px::new(4))
        }
        LegendKind::Fold => line("fold", spot(0, 0), spot(24, 0)),
    }
}

fn cross_at(point: Point) -> String {
    let spot = |x: i32, y: i32| Point { x: point.x + Px::new(x), y: point.y + Px::new(y) };
    stretches("x", &[spot(-4, -4), spot(4, 4)]) + &stretches("x", &[spot(4, -4), spot(-4, 4)])
}
