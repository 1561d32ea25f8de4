//! The gestures of `interface.md`, one by one.

use fencepost_scenario::model::{ClientSpec, MessageName, Participant, Role};
use fencepost_sim::Duration;
use fencepost_vocabulary::MessageKind;

use super::*;
use crate::ui::timeline::axis::tests::Folded;

/// Four lanes, and A asleep from 150 ms for 15 s.
fn scenario() -> Scenario {
    let client =
        |name: &str| Participant { name: name.into(), role: Role::Client(ClientSpec::new(Time::ZERO, Vec::new())) };
    Scenario {
        participants: ["A", "L", "S", "B"].map(client).into(),
        faults: vec![fresh::pause("A", Time::from_millis(150), Duration::from_secs(15))],
        ..Scenario::default()
    }
}

fn down(x: f64, y: f64, hit: Hit) -> Input {
    Input::Down { at: Point { x, y }, hit }
}

fn to(x: f64, y: f64) -> Input {
    Input::Move { at: Point { x, y }, fine: false }
}

/// Plays inputs from rest and gives the last answer.
fn play(inputs: impl IntoIterator<Item = Input>) -> Response {
    let scenario = scenario();
    let field = Field { scenario: &scenario, axis: &Folded };
    let rest = (Gesture::Idle, Response::Quiet);
    inputs.into_iter().fold(rest, |(gesture, _), input| gesture.step(input, field)).1
}

fn pause_hit(part: Part) -> Hit {
    Hit::Fault { fault: 0, part, span: (Time::from_millis(150), Time::from_millis(15_150)) }
}

fn resized(start: u64, length: u64) -> Change {
    let with = fresh::pause("A", Time::from_millis(start), Duration::from_millis(length));
    Change::Replace { fault: 0, with }
}

#[test]
fn the_end_of_a_pause_comes_to_rest_on_nine_and_a_half_seconds() {
    let end = Folded.y_at(Time::from_millis(15_150));
    let target = Folded.y_at(Time::from_millis(9_650));
    // The hand holds the grip 3 px low and stops 1 px short: the grid does the rest.
    let drag = [down(0.0, end + 3.0, pause_hit(Part::End)), to(5.0, end - 40.0), to(9.0, target + 4.0)];
    assert_eq!(play(drag.clone()), Response::Preview(Some(resized(150, 9_500))));
    assert_eq!(play(drag.into_iter().chain([Input::Up])), Response::Commit(resized(150, 9_500)));
}

#[test]
fn every_half_second_of_the_long_stretch_is_reachable() {
    let end = Folded.y_at(Time::from_millis(15_150));
    for length in (1_500..9_500).step_by(500) {
        let target = Folded.y_at(Time::from_millis(150 + length));
        let drag = [down(0.0, end, pause_hit(Part::End)), to(0.0, target)];
        assert_eq!(play(drag), Response::Preview(Some(resized(150, length))), "{length} ms");
    }
}

#[test]
fn a_pause_dragged_inside_out_keeps_one_step_of_its_length() {
    let drag = [down(0.0, 15_150.0, pause_hit(Part::End)), to(0.0, 20.0)];
    assert_eq!(play(drag), Response::Preview(Some(resized(150, 10))));
}

#[test]
fn its_beginning_moves_while_its_end_stays() {
    let drag = [down(0.0, 150.0, pause_hit(Part::Start)), to(0.0, 353.0)];
    assert_eq!(play(drag), Response::Preview(Some(resized(350, 14_800))));
}

#[test]
fn its_body_moves_as_a_whole() {
    let drag = [down(0.0, 400.0, pause_hit(Part::Body)), to(0.0, 500.0)];
    assert_eq!(play(drag), Response::Preview(Some(resized(250, 15_000))));
}

#[test]
fn the_fine_hand_is_free_of_the_grid() {
    let fine = Input::Move { at: Point { x: 0.0, y: 403.0 }, fine: true };
    let drag = [down(0.0, 400.0, pause_hit(Part::Body)), fine];
    // 3 px are below the threshold, so first the hand goes far and then comes back.
    assert_eq!(play(drag.clone()), Response::Quiet);
    let [press, near] = drag;
    assert_eq!(play([press, to(0.0, 500.0), near]), Response::Preview(Some(resized(153, 15_000))));
}

#[test]
fn a_drag_along_a_lane_is_a_new_pause_in_either_direction() {
    let expected = Change::Add(fresh::pause("S", Time::from_millis(200), Duration::from_millis(100)));
    for (from, until) in [(200.0, 300.0), (300.0, 200.0)] {
        let drag = [down(50.0, from, Hit::Lane(2)), to(52.0, until), Input::Up];
        assert_eq!(play(drag), Response::Commit(expected.clone()));
    }
}

#[test]
fn sideways_across_a_gap_and_then_down_is_a_partition() {
    let expected = fresh::partition(&["A", "L", "S", "B"], 0, Time::from_millis(200), Duration::from_millis(100));
    let commit = Response::Commit(Change::Add(expected.expect("two sides")));
    for (hit, x) in [(Hit::Gap(0), 60.0), (Hit::Lane(0), 60.0), (Hit::Lane(1), -60.0)] {
        let drag = [down(0.0, 200.0, hit), to(x, 203.0), to(x, 300.0), Input::Up];
        assert_eq!(play(drag), commit);
    }
}

#[test]
fn sideways_alone_cuts_nothing() {
    let drag = [down(0.0, 200.0, Hit::Gap(0)), to(60.0, 200.0), Input::Up];
    assert_eq!(play(drag), Response::Revert);
    let outwards = [down(0.0, 200.0, Hit::Lane(0)), to(-60.0, 200.0), to(-60.0, 300.0), Input::Up];
    assert_eq!(play(outwards), Response::Quiet);
}

#[test]
fn a_tip_dragged_down_makes_the_message_late() {
    let name = MessageName { from: "A".into(), to: "S".into(), kind: MessageKind::Write, ordinal: 1 };
    let flight = Flight { name, sent: Time::from_millis(50), arrives: Some(Time::from_millis(100)) };
    let press = down(0.0, 100.0, Hit::Message { flight: flight.clone(), head: true });
    let late = flight.delayed(Duration::from_millis(80), &[]);
    assert_eq!(play([press.clone(), to(0.0, 181.0)]), Response::Preview(late));
    assert_eq!(play([press.clone(), to(0.0, 40.0), Input::Up]), Response::Revert);
    let shaft = down(0.0, 80.0, Hit::Message { flight, head: false });
    assert_eq!(play([shaft, to(0.0, 181.0), Input::Up]), Response::Quiet);
}

#[test]
fn a_small_movement_is_a_click() {
    let click = [down(0.0, 200.0, Hit::Lane(1)), to(2.0, 203.0), Input::Up];
    assert_eq!(play(click), Response::Open { hit: Hit::Lane(1), at: Point { x: 0.0, y: 200.0 } });
    assert_eq!(play([down(0.0, 0.0, Hit::Nothing), Input::Up]), Response::Quiet);
}

#[test]
fn escape_takes_a_drag_back_and_what_follows_means_nothing() {
    let drag = [down(0.0, 400.0, pause_hit(Part::Body)), to(0.0, 500.0), Input::Cancel];
    assert_eq!(play(drag.clone()), Response::Revert);
    assert_eq!(play(drag.into_iter().chain([to(0.0, 600.0), Input::Up])), Response::Quiet);
}

#[test]
fn the_readout_says_the_measure() {
    let scenario = scenario();
    let field = Field { scenario: &scenario, axis: &Folded };
    let (pressed, _) = Gesture::Idle.step(down(0.0, 15_150.0, pause_hit(Part::End)), field);
    assert_eq!(pressed.readout(), None);
    let (dragging, _) = pressed.step(to(0.0, 300.0), field);
    assert!(dragging.is_dragging());
    assert_eq!(dragging.readout().as_deref(), Some("paused 10 ms"));
}
