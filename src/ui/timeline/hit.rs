//! What lies under the pointer: geometry over a scene, the smallest and topmost thing first.
//!
//! It uses the scene's shapes rather than the browser's nodes, so that a thin arrow can be as wide to the hand as the
//! hand needs, and so that it can be tried natively.

use fencepost_scene::{Arrow, ArrowEnd, Label, LabelKind, MarkKind, Px, Rect, Scene, Span, SpanKind};
use fencepost_vocabulary::Trace;

use super::board::flight_of;
use super::gesture::{Hit, Part, Point};

/// How far from a shape the hand may be, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// From the middle of a grip, an arrow's tip or a pin.
    pub grip: f64,
    /// From a line.
    pub line: f64,
}

impl Reach {
    /// Of a mouse or a pen.
    pub const FINE: Self = Self { grip: 10.0, line: 6.0 };
    /// Of a finger: a target of 44 px.
    pub const COARSE: Self = Self { grip: 22.0, line: 14.0 };
}

/// What lies at a point of the scene.
pub fn hit(scene: &Scene, trace: &Trace, at: Point, reach: Reach) -> Hit {
    let near = Px::from_f64(reach.grip);
    let y = Px::from_f64(at.y);
    let slice = scene.slice(y - near, y + near);
    let finders: [&dyn Fn() -> Option<Hit>; 7] = [
        &|| slice.labels.iter().find_map(|label| count(label, at)),
        &|| slice.spans.iter().find_map(|span| grip(span, at, reach)),
        &|| slice.marks.iter().find_map(|mark| pin(mark, at, reach)),
        &|| tip(&slice.arrows, scene, trace, at, reach),
        &|| slice.spans.iter().find_map(|span| body(span, at)),
        &|| shaft(&slice.arrows, scene, trace, at, reach),
        &|| slice.spans.iter().find_map(|span| cut_body(span, at)),
    ];
    finders.iter().find_map(|find| find()).unwrap_or_else(|| ground(scene, at, reach))
}

/// A lane, or the space between two.
fn ground(scene: &Scene, at: Point, reach: Reach) -> Hit {
    if at.y < 0.0 || at.y > scene.height.to_f64() {
        return Hit::Nothing;
    }
    let off = |lane: &fencepost_scene::Lane| (lane.x.to_f64() - at.x).abs();
    let lanes = || scene.lanes.iter().enumerate();
    let nearest = lanes().min_by(|a, b| off(a.1).total_cmp(&off(b.1)));
    match nearest {
        Some((lane, shape)) if off(shape) <= reach.line + 4.0 => Hit::Lane(lane),
        _ => {
            let left = lanes().filter(|(_, lane)| lane.x.to_f64() < at.x).map(|(lane, _)| lane).max();
            left.filter(|left| left + 1 < scene.lanes.len()).map_or(Hit::Nothing, Hit::Gap)
        }
    }
}

fn fault_hit(span: &Span, part: Part) -> Option<Hit> {
    Some(Hit::Fault { fault: span.about.fault?.index(), part, span: (span.from, span.until) })
}

fn has_grips(span: &Span) -> bool {
    span.about.fault.is_some()
}

/// The middles of a span's two grips.
pub fn grips(span: &Span) -> Option<[Point; 2]> {
    let x = span.rect.center().x.to_f64();
    let ends = [span.rect.y, span.rect.bottom()].map(|y| Point { x, y: y.to_f64() });
    has_grips(span).then_some(ends)
}

fn grip(span: &Span, at: Point, reach: Reach) -> Option<Hit> {
    let [start, end] = grips(span)?;
    // On a short span each grip keeps its own half.
    let part = if (at.y - start.y).abs() < (at.y - end.y).abs() { Part::Start } else { Part::End };
    let held = if part == Part::Start { start } else { end };
    if distance(held, at) <= reach.grip { fault_hit(span, part) } else { None }
}

fn body(span: &Span, at: Point) -> Option<Hit> {
    let is_cut = matches!(span.kind, SpanKind::Cut { .. });
    if !is_cut && inside(&span.rect, at, 4.0) { fault_hit(span, Part::Body) } else { None }
}

fn cut_body(span: &Span, at: Point) -> Option<Hit> {
    let is_cut = matches!(span.kind, SpanKind::Cut { .. });
    if is_cut && inside(&span.rect, at, 2.0) { fault_hit(span, Part::Body) } else { None }
}

/// The count of a repetition, which opens it.
fn count(label: &Label, at: Point) -> Option<Hit> {
    (label.kind == LabelKind::Repeat && inside(&label.bounds, at, 4.0)).then_some(Hit::Repeat(label.key))
}

fn pin(mark: &fencepost_scene::Mark, at: Point, reach: Reach) -> Option<Hit> {
    if distance(place(mark.at), at) > reach.grip {
        return None;
    }
    match mark.kind {
        MarkKind::Pin | MarkKind::Hazard => mark.about.event.map(Hit::Pin),
        MarkKind::Dot | MarkKind::Inbox | MarkKind::Expiry => None,
        _ => mark.about.fault.map(|fault| Hit::Moment(fault.index())),
    }
}

/// The middle of an arrow's head, where it can be held; `None` if it has none, or is a copy. It lies before the tip, so
/// that the lane under the tip stays free.
pub fn head(arrow: &Arrow) -> Option<Point> {
    let has_one = !arrow.copy && matches!(arrow.end, ArrowEnd::Head | ArrowEnd::Bounced);
    let tip = arrow.path.last().filter(|_| has_one)?;
    Some(place(arrow.turn.offset(*tip, -Px::new(8), Px::ZERO)))
}

fn tip(arrows: &[&Arrow], scene: &Scene, trace: &Trace, at: Point, reach: Reach) -> Option<Hit> {
    let off = |arrow: &Arrow| head(arrow).map_or(f64::INFINITY, |middle| distance(middle, at));
    let nearest = arrows.iter().min_by(|a, b| off(a).total_cmp(&off(b)))?;
    if off(nearest) > reach.grip - 1.0 {
        return None;
    }
    message(nearest, scene, trace, true)
}

fn shaft(arrows: &[&Arrow], scene: &Scene, trace: &Trace, at: Point, reach: Reach) -> Option<Hit> {
    // Where an arrow leaves or meets a lane, the lane comes first.
    let at_end = |arrow: &Arrow| {
        [arrow.path.first(), arrow.path.last()].into_iter().flatten().any(|end| (end.x.to_f64() - at.x).abs() <= 5.0)
    };
    let off = |arrow: &Arrow| from_path(&arrow.path, at);
    let crossed = arrows.iter().filter(|arrow| !at_end(arrow));
    let nearest = crossed.min_by(|a, b| off(a).total_cmp(&off(b)))?;
    if off(nearest) <= reach.line { message(nearest, scene, trace, false) } else { None }
}

/// The distance of a point from a line with corners.
pub fn from_path(path: &[fencepost_scene::Point], at: Point) -> f64 {
    let lines = path.windows(2).map(|ends| from_line(place(ends[0]), place(ends[1]), at));
    lines.fold(f64::INFINITY, f64::min)
}

fn message(arrow: &Arrow, scene: &Scene, trace: &Trace, head: bool) -> Option<Hit> {
    let names: Vec<String> = scene.lanes.iter().map(|lane| lane.name.clone()).collect();
    Some(Hit::Message { flight: flight_of(arrow, trace, &names)?, head })
}

fn place(point: fencepost_scene::Point) -> Point {
    Point { x: point.x.to_f64(), y: point.y.to_f64() }
}

fn inside(rect: &Rect, at: Point, slack: f64) -> bool {
    (rect.x.to_f64() - slack..=rect.right().to_f64() + slack).contains(&at.x)
        && (rect.y.to_f64()..=rect.bottom().to_f64()).contains(&at.y)
}

fn distance(a: Point, b: Point) -> f64 {
    let (x, y) = (a.x - b.x, a.y - b.y);
    (x * x + y * y).sqrt()
}

/// The distance of a point from the line between two others.
fn from_line(a: Point, b: Point, at: Point) -> f64 {
    let (x, y) = (b.x - a.x, b.y - a.y);
    let length = x * x + y * y;
    let along = if length == 0.0 { 0.0 } else { (((at.x - a.x) * x + (at.y - a.y) * y) / length).clamp(0.0, 1.0) };
    distance(Point { x: a.x + along * x, y: a.y + along * y }, at)
}

#[cfg(test)]
mod tests;
