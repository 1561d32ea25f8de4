//! The first scenario, as one walks through it.

use fencepost_scenario::Document;
use fencepost_scene::{Options, View, lay_out};

use super::*;

const TEXT: &str = include_str!("../../../../scenarios/07-a-lock-gone-wrong.fencepost");

fn board_of(text: &str) -> Board {
    let scenario = Document::new(text).parse().scenario.view(None).expect("the base");
    let run = fencepost_lab::run(&scenario);
    let view =
        View { scenario: &scenario, cast: &run.cast, trace: &run.trace, ledger: &run.ledger, verdicts: &run.verdicts };
    Board::read(&scenario, &run.trace, &lay_out(&view, &Options::default()))
}

fn with(line: &str) -> Board {
    board_of(&TEXT.replacen("\nexpect", &format!("{line}\n\nexpect"), 1))
}

/// A lane's stops, shortly: when, and what.
fn listed(board: &Board, lane: usize) -> Vec<String> {
    let short = |stop: &Stop| match &stop.thing {
        Thing::Message(name) => format!("{} {}->{}", stop.time, name.from, name.to),
        Thing::Fault(place) => format!("{} fault {place}", stop.time),
        Thing::Repeat(_) => format!("{} again", stop.time),
        Thing::Pin(_) => format!("{} pin", stop.time),
        Thing::Moment | Thing::Event(_) => format!("{} event", stop.time),
    };
    board.stops[lane].iter().map(short).collect()
}

#[test]
fn a_lane_is_walked_from_the_first_request_to_the_last_answer() {
    let a = ["0 ms A->L", "100 ms L->A", "150 ms fault 0", "15.15 s A->S", "15.25 s S->A"];
    assert_eq!(listed(&board_of(TEXT), 0), a);
    let store = ["10.25 s B->S", "10.25 s S->B", "15.2 s A->S", "15.2 s S->A", "15.2 s pin"];
    assert_eq!(listed(&board_of(TEXT), 2), store);
}

#[test]
fn a_lost_message_is_a_stop_of_its_sender_alone() {
    let board = with("drop A->S write 1");
    assert!(listed(&board, 0).contains(&"15.15 s A->S".to_owned()));
    assert!(listed(&board, 2).iter().all(|stop| !stop.ends_with("A->S")));
    let flight = board.flights.iter().find(|flight| flight.name.from == "A" && flight.name.to == "S");
    assert_eq!(flight.map(|flight| flight.arrives), Some(None));
}

#[test]
fn a_partition_is_a_stop_of_everyone_it_separates() {
    let board = with("partition A | L from 2s to 3s");
    let has_cut = |lane| listed(&board, lane).contains(&"2 s fault 1".to_owned());
    assert_eq!([0, 1, 2, 3].map(has_cut), [true, true, false, false]);
}

#[test]
fn a_crash_is_a_stop() {
    assert!(listed(&with("crash B at 2s"), 3).contains(&"2 s fault 1".to_owned()));
}

#[test]
fn the_other_end_of_a_message_is_one_step_aside_where_the_lanes_are_neighbours() {
    let board = board_of(TEXT);
    let grant = board.stops[1].iter().find(|stop| stop.time == Time::from_millis(10_050));
    let received = board.across(grant.expect("the grant to B leaves"), true).expect("a lane to the right");
    assert_eq!((received.lane, received.time), (2, Time::from_millis(10_250)), "the nearest in time");
    assert_eq!(board.across(&board.first(), false), None, "there is no lane left of the first");
}

#[test]
fn a_thing_that_is_gone_leaves_its_moment() {
    let board = board_of(TEXT);
    let pin =
        board.pin(&board.first(), true).and_then(|hazard| board.pin(hazard, true)).expect("the violation").clone();
    let mended = board_of(&TEXT.replace("for 15s", "for 9500ms"));
    let left = mended.again(&pin);
    assert_eq!((left.lane, left.time, left.thing), (2, pin.time, Thing::Moment));
}
