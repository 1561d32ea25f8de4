//! The first scenario, laid out, and a hand upon it.

use fencepost_lab::Run;
use fencepost_scenario::{Document, Scenario};
use fencepost_scene::{Options, View, lay_out};
use fencepost_sim::Time;
use fencepost_vocabulary::MessageKind;

use super::*;

struct Laid {
    run: Run,
    scene: Scene,
}

/// The first scenario with one line more, on a picture 900 px wide.
fn laid_with(line: &str) -> Laid {
    let text = include_str!("../../../../scenarios/07-a-lock-gone-wrong.fencepost");
    let text = text.replacen("\nexpect", &format!("{line}\n\nexpect"), 1);
    let parsed = Document::new(text).parse();
    let scenario: Scenario = parsed.scenario.view(None).expect("the base");
    let run = fencepost_lab::run(&scenario);
    let view =
        View { scenario: &scenario, cast: &run.cast, trace: &run.trace, ledger: &run.ledger, verdicts: &run.verdicts };
    let scene = lay_out(&view, &Options::default());
    Laid { scene, run }
}

impl Laid {
    fn at(&self, x: Px, y: Px, reach: Reach) -> Hit {
        hit(&self.scene, &self.run.trace, Point { x: x.to_f64(), y: y.to_f64() }, reach)
    }

    fn y(&self, millis: u64) -> Px {
        self.scene.time_map.y(Time::from_millis(millis))
    }

    fn x(&self, lane: usize) -> Px {
        self.scene.lanes[lane].x
    }

    /// The arrow of the only write of A.
    fn write(&self) -> &Arrow {
        let of_a =
            |arrow: &&Arrow| arrow.kind == MessageKind::Write && arrow.about.participant.is_some_and(|a| a.0 == 0);
        self.scene.arrows.iter().find(of_a).expect("A writes")
    }
}

#[test]
fn the_ends_of_a_pause_are_grips_and_the_rest_is_its_body() {
    let laid = laid_with("");
    let part = |millis, dy| match laid.at(laid.x(0), laid.y(millis) + Px::new(dy), Reach::FINE) {
        Hit::Fault { fault: 0, part, span } if span == (Time::from_millis(150), Time::from_millis(15_150)) => {
            Some(part)
        }
        _ => None,
    };
    assert_eq!(part(15_150, 0), Some(Part::End));
    assert_eq!(part(15_150, 8), Some(Part::End));
    assert_eq!(part(150, -8), Some(Part::Start));
    assert_eq!(part(5_000, 0), Some(Part::Body));
    assert_eq!(part(60, 0), None);
}

#[test]
fn a_finger_reaches_further_than_a_mouse() {
    let laid = laid_with("");
    let beside = laid.x(0) + Px::new(18);
    let is_grip = |reach| matches!(laid.at(beside, laid.y(15_150), reach), Hit::Fault { part: Part::End, .. });
    assert!(is_grip(Reach::COARSE) && !is_grip(Reach::FINE));
}

#[test]
fn an_arrow_is_held_by_its_head_or_touched_at_its_shaft() {
    let laid = laid_with("");
    let (from, to) = (laid.write().path[0], laid.write().path[1]);
    let held = |x: Px, y: Px| match laid.at(x, y, Reach::FINE) {
        Hit::Message { flight, head } if flight.name.kind == MessageKind::Write && flight.name.from == "A" => {
            Some(head)
        }
        _ => None,
    };
    assert_eq!(held(from.x.toward(to.x, 1, 2), from.y.toward(to.y, 1, 2)), Some(false));
    let by_head = laid.write().turn.offset(to, -Px::new(17), Px::ZERO);
    assert_eq!(held(by_head.x, by_head.y), Some(true));
    assert_eq!(held(from.x.toward(to.x, 1, 2), from.y - Px::new(30)), None);
}

#[test]
fn the_violation_is_a_pin() {
    let laid = laid_with("");
    let pin = laid.scene.marks.iter().find(|mark| mark.kind == MarkKind::Pin).expect("a violation");
    let event = pin.about.event.expect("its event");
    assert_eq!(laid.at(pin.at.x, pin.at.y, Reach::FINE), Hit::Pin(event));
}

#[test]
fn beside_everything_there_are_lanes_and_gaps() {
    let laid = laid_with("");
    let quiet = laid.y(600);
    assert_eq!(laid.at(laid.x(1), quiet, Reach::FINE), Hit::Lane(1));
    assert_eq!(laid.at(laid.x(1) + Px::new(9), quiet, Reach::FINE), Hit::Lane(1));
    assert_eq!(laid.at(laid.x(1) + Px::new(60), quiet, Reach::FINE), Hit::Gap(1));
    assert_eq!(laid.at(laid.x(3) + Px::new(60), quiet, Reach::FINE), Hit::Nothing, "right of the last lane");
    assert_eq!(laid.at(laid.x(1), laid.scene.height + Px::new(40), Reach::FINE), Hit::Nothing);
}

#[test]
fn a_lane_can_be_taken_where_an_arrow_leaves_it() {
    let laid = laid_with("");
    // B asks at 1 s: its lane begins to matter there, and it must be possible to pause it right then.
    assert_eq!(laid.at(laid.x(3), laid.y(1_000), Reach::FINE), Hit::Lane(3));
}

#[test]
fn a_partition_has_grips_and_a_body() {
    let laid = laid_with("partition A | L S B from 2s to 3s");
    let cut = laid.scene.spans.iter().find(|span| matches!(span.kind, SpanKind::Cut { .. })).expect("a band");
    let (x, end) = (cut.rect.center().x, cut.rect.bottom());
    assert!(matches!(laid.at(x, end, Reach::FINE), Hit::Fault { fault: 1, part: Part::End, .. }));
    let middle = cut.rect.center();
    assert!(matches!(laid.at(middle.x, middle.y, Reach::FINE), Hit::Fault { fault: 1, .. }));
}

#[test]
fn the_count_of_what_was_said_again_is_taken_before_what_lies_under_it() {
    let text = include_str!("../../../../scenarios/36-the-switch-that-was-half-broken.fencepost");
    let scenario: Scenario = Document::new(text).parse().scenario.view(None).expect("the base");
    let run = fencepost_lab::run(&scenario);
    let view =
        View { scenario: &scenario, cast: &run.cast, trace: &run.trace, ledger: &run.ledger, verdicts: &run.verdicts };
    let laid = Laid { scene: lay_out(&view, &Options::default()), run };
    let count = laid.scene.labels.iter().find(|label| label.kind == LabelKind::Repeat).expect("elections are counted");
    let middle = count.bounds.center();
    assert_eq!(laid.at(middle.x, middle.y, Reach::FINE), Hit::Repeat(count.key));
    assert_ne!(laid.at(middle.x, count.bounds.bottom() + Px::new(9), Reach::FINE), Hit::Repeat(count.key));
}
