//! Every handle of every scenario and variant, dragged over the whole picture: where the hand goes on, what it holds goes
//! on, and lies under it.

use fencepost_scene::{MarkKind, Span};
use fencepost_sim::Duration;

use super::*;
use crate::ui::timeline::board::flight_of;
use crate::ui::timeline::grid::tests::{Drawn, all};
use crate::ui::timeline::hit::{grips, head};

/// What can be pressed, where, and what that is on.
fn handles(drawn: &Drawn) -> Vec<(Point, Hit)> {
    let scene = &drawn.scene;
    let names: Vec<String> = scene.lanes.iter().map(|lane| lane.name.clone()).collect();
    let held =
        |span: &Span, part| Some(Hit::Fault { fault: span.about.fault?.index(), part, span: (span.from, span.until) });
    let mut all = Vec::new();
    for span in &scene.spans {
        let Some([start, end]) = grips(span) else { continue };
        let middle = Point { x: start.x, y: start.y + (end.y - start.y) * 0.7 };
        for (at, part) in [(start, Part::Start), (middle, Part::Body), (end, Part::End)] {
            all.extend(held(span, part).map(|hit| (at, hit)));
        }
    }
    for mark in scene.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Crash | MarkKind::Clock)) {
        let at = Point { x: mark.at.x.to_f64(), y: mark.at.y.to_f64() + 4.0 };
        all.extend(mark.about.fault.map(|fault| (at, Hit::Moment(fault.index()))));
    }
    for arrow in scene.arrows.iter().step_by(scene.arrows.len() / 8 + 1) {
        let flight = head(arrow).zip(flight_of(arrow, &drawn.run.trace, &names));
        all.extend(flight.map(|(at, flight)| (at, Hit::Message { flight, head: true })));
    }
    let height = scene.height.to_f64();
    all.extend([0.2, 0.7].map(|part| (Point { x: 0.0, y: height * part }, Hit::Lane(0))));
    all.push((Point { x: 0.0, y: height * 0.4 }, Hit::Gap(0)));
    all
}

/// The drag that begins at a handle.
fn pressed(at: Point, hit: Hit, field: Field<'_>) -> Option<(Drag, f64)> {
    let aside = if let Hit::Gap(_) = hit { 40.0 } else { 0.0 };
    drag_of(at, Point { x: at.x + aside, y: at.y + 5.0 }, hit, field)
}

/// So many pixels between two places of the pointer. `SWEEP=1` tries each of them.
fn stride() -> f64 {
    std::env::var("SWEEP").ok().and_then(|pixels| pixels.parse().ok()).unwrap_or(7.0)
}

#[test]
fn a_hand_that_goes_down_never_goes_back() {
    let mut drags = 0;
    for drawn in all() {
        let field = Field { scenario: &drawn.view.scenario, axis: &drawn.scene.time_map };
        for (at, hit) in handles(&drawn) {
            let Some((drag, offset)) = pressed(at, hit, field) else { continue };
            drags += 1;
            for fine in [false, true] {
                sweep(&drag, offset, fine, field, &drawn);
            }
        }
    }
    assert!(drags > 1_000, "only {drags} handles were dragged");
}

fn sweep(drag: &Drag, offset: f64, fine: bool, field: Field<'_>, drawn: &Drawn) {
    let stride = if fine { stride() * 4.0 } else { stride() };
    let mut last = Time::ZERO;
    let mut pointer = -60.0;
    while pointer < drawn.scene.height.to_f64() + 120.0 {
        let now = come_to(drag, offset, pointer, fine, field).expect("something is held");
        assert!(now >= last, "{}: {drag:?} goes back from {last} to {now} at {pointer} px", drawn.name);
        last = now;
        pointer += stride;
    }
}

/// How far from the pointer what it holds may be: half of the widest step. That is six times the narrowest, or ten
/// milliseconds where a picture is so steep.
fn most_off(axis: &dyn Axis, now: Time) -> f64 {
    let ten = Duration::from_millis(10);
    let before = Time(now.0.saturating_sub(ten.0));
    let steep = (axis.y_at(now + ten) - axis.y_at(now)).max(axis.y_at(now) - axis.y_at(before));
    steep.max(6.0 * 3.0) / 2.0 + 0.1
}

#[test]
fn what_is_held_stays_under_the_pointer() {
    for drawn in all() {
        let field = Field { scenario: &drawn.view.scenario, axis: &drawn.scene.time_map };
        for (at, hit) in handles(&drawn) {
            // A body is held anywhere; its own test follows.
            let Some((drag, offset)) = pressed(at, hit, field).filter(|(drag, _)| !is_body(drag)) else { continue };
            for pointer in [at.y + 13.0, at.y + 90.0, at.y + 400.0] {
                let y = pointer + offset;
                let now = come_to(&drag, offset, pointer, false, field).expect("something is held");
                if y < drawn.scene.height.to_f64()
                    && field.axis.time_at(y) > Time::ZERO
                    && !is_least(&drag, now, field.axis)
                {
                    let off = (field.axis.y_at(now) - y).abs();
                    assert!(
                        off <= most_off(field.axis, now),
                        "{}: {drag:?} at {pointer} px is {off} px off, at {now}",
                        drawn.name
                    );
                }
            }
        }
    }
}

fn is_body(drag: &Drag) -> bool {
    matches!(drag, Drag::Fault(_, Part::Body, _))
}

/// Whether a drag has come to its end: nothing ends before it begins, and what is new lasts a step.
fn is_least(drag: &Drag, now: Time, axis: &dyn Axis) -> bool {
    let beside = |anchor: Time, grid: Grid<'_>| now == grid.after(anchor) || now == grid.before(anchor);
    match drag {
        Drag::Fault(_, Part::Start, (_, end)) => beside(*end, Grid::new(axis)),
        Drag::Fault(_, _, (start, _)) => {
            beside(*start, Grid::new(axis)) || beside(*start, Grid::new(axis).from(*start))
        }
        Drag::NewPause(_, from) => beside(*from, Grid::new(axis).from(*from)),
        Drag::NewPartition(_, from) | Drag::Tip(_, from) => now == *from,
    }
}

#[test]
fn a_body_stays_under_the_pointer_wherever_the_axis_is_folded() {
    let scenario = Scenario {
        faults: vec![fresh::pause("A", Time::from_millis(400), Duration::from_millis(500))],
        ..Scenario::default()
    };
    let axis = crate::ui::timeline::axis::tests::Folded;
    let field = Field { scenario: &scenario, axis: &axis };
    let span = (Time::from_millis(400), Time::from_millis(900));
    // Held in its middle, 250 px below its beginning; in the fold half a second is 5 px.
    let drag = Drag::Fault(0, Part::Body, span);
    for pointer in (650..1_300).map(f64::from) {
        let start = come_to(&drag, -250.0, pointer, false, field).expect("a pause");
        let (top, bottom) = (axis.y_at(start), axis.y_at(start + Duration::from_millis(500)));
        assert!(
            top <= pointer + 5.0 && pointer <= bottom + 5.0,
            "from {top} to {bottom} px, and the hand at {pointer}"
        );
    }
}
