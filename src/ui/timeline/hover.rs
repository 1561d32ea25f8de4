//! What a pointer that rests over the picture is told: what lies there, in the picture's own words, and what the clocks
//! show.
//!
//! Geometry only, like `super::hit`, and for looking rather than taking hold: bars, chips and labels answer here too.

use std::rc::Rc;

use fencepost_scene::{Arrow, Bracket, Px, Rect, Scene, Slice, Span, SpanKind, Tale};
use fencepost_sim::Time;

use super::gesture::Point;
use super::grid::Grid;
use super::hit::{Reach, from_path};

/// What is told of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What lies there; `None` at a moment of a lane where nothing does.
    pub saying: Option<Saying>,
    /// Whose moment it is, as the place of its lane.
    pub lane: Option<usize>,
    /// Which moment.
    pub time: Time,
}

/// A sentence, or what one is made from.
#[derive(Clone, Debug, PartialEq)]
pub enum Saying {
    /// What the picture tells of a thing.
    Tale(Tale),
    /// The whole of words that were cut short.
    InFull(Rc<str>),
}

/// What lies at a point, if it has words or a lane is there.
pub fn told(scene: &Scene, at: Point) -> Option<Told> {
    let near = Px::new(12);
    let y = Px::from_f64(at.y);
    if at.y < 0.0 || at.y > scene.height.to_f64() {
        return None;
    }
    let slice = scene.slice(y - near, y + near);
    let lane = lane_at(scene, at);
    let saying = saying_at(&slice, at);
    // A moment as exact as a hand could mean it.
    let time = || Grid::new(&scene.time_map).nearest(at.y);
    (saying.is_some() || lane.is_some()).then(|| Told { saying, lane, time: time() })
}

/// The lane that a point is on.
fn lane_at(scene: &Scene, at: Point) -> Option<usize> {
    scene.lanes.iter().position(|lane| (lane.x.to_f64() - at.x).abs() <= Reach::FINE.grip)
}

/// What is said of the topmost thing at a point.
fn saying_at(slice: &Slice<'_>, at: Point) -> Option<Saying> {
    let on = |rect: &Rect| holds(rect, at);
    let mark = slice.marks.iter().find(|mark| {
        let (x, y) = (mark.at.x.to_f64() - at.x, mark.at.y.to_f64() - at.y);
        x * x + y * y <= 64.0
    });
    let cut = slice.labels.iter().find(|label| label.in_full.is_some() && on(&label.bounds));
    let tale = mark
        .map(|mark| mark.tale)
        .or_else(|| slice.callouts.iter().find(|callout| on(&callout.rect)).map(|callout| callout.tale))
        .or_else(|| slice.chips.iter().find(|chip| on(&chip.rect)).map(|chip| chip.tale))
        .or_else(|| if cut.is_some() { None } else { arrow_at(&slice.arrows, at).map(|arrow| arrow.tale) })
        .or_else(|| if cut.is_some() { None } else { bracket_at(&slice.brackets, at).map(|bracket| bracket.tale) })
        .or_else(|| if cut.is_some() { None } else { span_at(&slice.spans, at).map(|span| span.tale) });
    tale.map(Saying::Tale).or_else(|| cut?.in_full.clone().map(Saying::InFull))
}

/// The arrow under a point.
pub fn arrow_at<'a>(arrows: &[&'a Arrow], at: Point) -> Option<&'a Arrow> {
    let off = |arrow: &&Arrow| from_path(&arrow.path, at);
    let nearest = arrows.iter().copied().min_by(|a, b| off(a).total_cmp(&off(b)))?;
    (off(&nearest) <= Reach::FINE.line).then_some(nearest)
}

/// The bracket under a point.
fn bracket_at<'a>(brackets: &[&'a Bracket], at: Point) -> Option<&'a Bracket> {
    let holds = |bracket: &&&Bracket| {
        let (left, right) = bracket.breadth();
        (bracket.y.to_f64() - at.y).abs() <= Reach::FINE.line && (left.to_f64()..=right.to_f64()).contains(&at.x)
    };
    brackets.iter().find(holds).copied()
}

/// The narrowest span under a point: a bar rather than the band behind it.
fn span_at<'a>(spans: &[&'a Span], at: Point) -> Option<&'a Span> {
    let under = spans.iter().filter(|span| span.kind != SpanKind::Holding && holds(&span.rect, at));
    under.copied().min_by_key(|span| span.rect.width)
}

/// Bars are narrow, so a hand may be a little off.
fn holds(rect: &Rect, at: Point) -> bool {
    (rect.x.to_f64() - 2.0..=rect.right().to_f64() + 2.0).contains(&at.x)
        && (rect.y.to_f64()..=rect.bottom().to_f64()).contains(&at.y)
}
