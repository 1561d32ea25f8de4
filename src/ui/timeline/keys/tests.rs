//! The keyboard column of `interface.md`, row by row.

use fencepost_scenario::model::{ClientSpec, CrashStart, MessageName, Participant, Role, Sides};
use fencepost_sim::{Disk, Duration, EventId, PartitionMode};
use fencepost_vocabulary::MessageKind;

use super::*;
use crate::ui::timeline::axis::tests::Folded;
use crate::ui::timeline::change::Flight;
use crate::ui::timeline::{fresh, measure};

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn message() -> MessageName {
    MessageName { from: "A".into(), to: "S".into(), kind: MessageKind::Write, ordinal: 1 }
}

fn sleep(length: u64) -> FaultSpec {
    fresh::pause("A", Time::from_millis(150), millis(length))
}

/// A sleeps for 15 s and then writes to S, which is wrong.
fn scenario() -> Scenario {
    let client =
        |name: &str| Participant { name: name.into(), role: Role::Client(ClientSpec::new(Time::ZERO, Vec::new())) };
    Scenario { participants: ["A", "L", "S"].map(client).into(), faults: vec![sleep(15_000)], ..Scenario::default() }
}

fn board() -> Board {
    let stop = |lane, at, thing| Stop { lane, time: Time::from_millis(at), thing, tale: None };
    let write = || Thing::Message(message());
    let flight = Flight { name: message(), sent: Time::from_millis(15_150), arrives: Some(Time::from_millis(15_200)) };
    let step = fencepost_vocabulary::Step::Apply;
    let apply = super::super::steps::Step { time: Time::from_millis(15_200), step, ordinal: 3, timed: true };
    Board {
        names: ["A", "L", "S"].map(String::from).into(),
        stops: vec![
            vec![stop(0, 150, Thing::Fault(0)), stop(0, 15_150, write())],
            vec![],
            vec![stop(2, 15_200, write()), stop(2, 15_200, Thing::Pin(EventId(9)))],
        ],
        steps: vec![Vec::new(), Vec::new(), vec![apply]],
        flights: vec![flight],
        end: Time::from_millis(20_000),
    }
}

/// Presses keys one after the other, as `alt+down`, `shift+up`, `p`, and gives the last answer.
fn press(keys: &mut Keys, names: &str) -> Answer {
    let (board, scenario) = (board(), scenario());
    let desk = Desk { board: &board, scenario: &scenario, axis: &Folded };
    let mut last = Answer::Quiet;
    for name in names.split(' ') {
        let letter = name.rsplit('+').next().unwrap_or_default();
        let key = match letter {
            "up" => Key::Up,
            "down" => Key::Down,
            "left" => Key::Left,
            "right" => Key::Right,
            "home" => Key::Home,
            "end" => Key::End,
            "enter" => Key::Enter,
            "escape" => Key::Escape,
            "delete" => Key::Delete,
            letter => Key::Char(letter.chars().next().unwrap_or('+')),
        };
        last = keys.press(Press { key, shift: name.starts_with("shift+"), alt: name.starts_with("alt+") }, desk);
    }
    last
}

fn typed(names: &str) -> Answer {
    press(&mut Keys::default(), names)
}

fn focused(names: &str) -> Stop {
    let mut keys = Keys::default();
    press(&mut keys, names);
    keys.at.expect("a focus")
}

fn replaced(with: FaultSpec) -> Change {
    Change::Replace { fault: 0, with }
}

#[test]
fn arrows_walk_along_a_lane_and_to_the_next() {
    assert_eq!(focused("down").thing, Thing::Message(message()));
    assert_eq!(focused("down down").thing, Thing::Message(message()), "the last stop is the last");
    assert_eq!(focused("down up").thing, Thing::Fault(0));
    let across = focused("down right");
    assert_eq!((across.lane, across.thing), (1, Thing::Moment), "an empty lane has its moments");
    assert_eq!(focused("end home").thing, Thing::Fault(0));
}

#[test]
fn brackets_walk_along_the_violations() {
    assert_eq!(focused("]").thing, Thing::Pin(EventId(9)));
    assert_eq!(focused("alt+]").thing, Thing::Pin(EventId(9)), "where brackets need Alt");
    assert_eq!(focused("] [").thing, Thing::Pin(EventId(9)), "there is none before");
}

#[test]
fn fifteen_seconds_become_nine_and_a_half_in_eleven_steps() {
    let mut keys = Keys::default();
    let ups = ["alt+up"; 11].join(" ");
    assert_eq!(press(&mut keys, &ups), Answer::Preview(Some(replaced(sleep(9_500)))));
    let (board, scenario) = (board(), scenario());
    let desk = Desk { board: &board, scenario: &scenario, axis: &Folded };
    assert_eq!(keys.release(desk), Answer::Commit(replaced(sleep(9_500))), "one undo step for all of them");
    assert_eq!(keys.placing, None);
}

#[test]
fn plus_and_minus_wait_for_enter() {
    assert_eq!(typed("- - enter"), Answer::Commit(replaced(sleep(14_000))));
    assert_eq!(typed("- + enter"), Answer::Revert, "nothing changed");
    assert_eq!(typed("- - escape"), Answer::Revert);
}

#[test]
fn leaving_the_diagram_keeps_what_was_being_placed() {
    let mut keys = Keys::default();
    press(&mut keys, "-");
    let (board, scenario) = (board(), scenario());
    let desk = Desk { board: &board, scenario: &scenario, axis: &Folded };
    assert_eq!(keys.leave(desk), Answer::Commit(replaced(sleep(14_500))));
    assert_eq!(keys.leave(desk), Answer::Ignored);
}

#[test]
fn p_places_a_pause_of_a_second_and_arrows_size_it() {
    let pause = |length| Change::Add(fresh::pause("L", Time::from_millis(150), millis(length)));
    assert_eq!(typed("right p"), Answer::Preview(Some(pause(1_000))));
    assert_eq!(typed("right p down enter"), Answer::Commit(pause(1_050)));
    assert_eq!(typed("right p up up enter"), Answer::Commit(pause(900)));
}

#[test]
fn the_focus_goes_to_what_was_placed() {
    let mut keys = Keys::default();
    press(&mut keys, "right p enter");
    let mut scenario = scenario();
    scenario.faults.insert(0, fresh::pause("L", Time::from_millis(150), millis(1_000)));
    keys.rerun(&board(), &scenario);
    assert_eq!(keys.at.map(|at| at.thing), Some(Thing::Fault(0)));
    assert_eq!(keys.expected, None);
}

#[test]
fn the_focus_stays_on_the_same_message_when_the_run_changes() {
    let mut keys = Keys::default();
    press(&mut keys, "down");
    let mut later = board();
    later.stops[0][1].time = Time::from_millis(9_650);
    keys.rerun(&later, &scenario());
    assert_eq!(keys.at.map(|at| at.time), Some(Time::from_millis(9_650)));
}

#[test]
fn shift_moves_a_pause_or_the_moment() {
    let moved = measure::with_start(&sleep(15_000), Time::from_millis(160));
    assert_eq!(typed("shift+down"), Answer::Preview(Some(replaced(moved))));
    let moment = focused("right shift+down shift+down shift+up");
    assert_eq!((moment.thing, moment.time), (Thing::Moment, Time::from_millis(160)));
}

#[test]
fn a_message_is_lost_doubled_or_late() {
    let drop = FaultSpec::Drop { message: message() };
    assert_eq!(typed("down delete"), Answer::Commit(Change::Add(drop)));
    let twice = FaultSpec::Duplicate { message: message(), after: Duration::from_secs(1) };
    assert_eq!(typed("down d"), Answer::Commit(Change::Add(twice)));
    let late = FaultSpec::Delay { message: message(), by: millis(20) };
    assert_eq!(typed("down alt+down alt+down"), Answer::Preview(Some(Change::Add(late))));
    assert_eq!(typed("down alt+down alt+up"), Answer::Preview(None));
}

#[test]
fn delete_takes_a_fault_away() {
    assert_eq!(typed("delete"), Answer::Commit(Change::Remove(0)));
    assert_eq!(typed("] delete"), Answer::Quiet);
}

#[test]
fn n_cuts_beside_the_lane_and_arrows_pick_the_sides() {
    let cut = |left: &[&str], right: &[&str], one_way| {
        let own = |names: &[&str]| names.iter().map(|name| String::from(*name)).collect();
        let sides = Sides { left: own(left), right: own(right), one_way };
        let (from, until) = (Time::from_millis(150), Time::from_millis(1_150));
        Answer::Preview(Some(Change::Add(FaultSpec::Partition { sides, from, until, mode: PartitionMode::Drop })))
    };
    assert_eq!(typed("n"), cut(&["A"], &["L", "S"], false));
    assert_eq!(typed("n right"), cut(&["A", "L"], &["S"], false));
    assert_eq!(typed("n right right left"), cut(&["A"], &["L", "S"], false));
    assert_eq!(typed("n o"), cut(&["A"], &["L", "S"], true));
    assert_eq!(typed("n o o right"), cut(&["S"], &["A", "L"], true));
    assert_eq!(typed("n o o o"), cut(&["A"], &["L", "S"], false));
}

#[test]
fn x_crashes_at_the_moment() {
    let crash =
        FaultSpec::Crash { participant: "S".into(), start: CrashStart::At(Time::from_millis(15_200)), recovery: None };
    assert_eq!(typed("] x"), Answer::Commit(Change::Add(crash)));
}

#[test]
fn enter_opens_and_strange_keys_are_not_ours() {
    assert!(matches!(typed("enter"), Answer::Open(stop) if stop.thing == Thing::Fault(0)));
    assert_eq!(typed("q"), Answer::Ignored);
    assert_eq!(typed("escape"), Answer::Ignored);
}

#[test]
fn a_board_without_lanes_is_no_reason_to_stop() {
    let (board, scenario) = (Board::default(), Scenario::default());
    let desk = Desk { board: &board, scenario: &scenario, axis: &Folded };
    for key in [Key::Up, Key::Right, Key::End, Key::Delete, Key::Char('p'), Key::Char('n'), Key::Char('+')] {
        let answer = Keys::default().press(Press { key, shift: false, alt: false }, desk);
        assert!(matches!(answer, Answer::Ignored | Answer::Quiet | Answer::Moved), "{key:?}: {answer:?}");
    }
}

/// What a key places at 150 ms on the lane of L.
fn placed_on_l(names: &str) -> FaultSpec {
    match typed(&format!("right {names}")) {
        Answer::Preview(Some(Change::Add(fault))) | Answer::Commit(Change::Add(fault)) => fault,
        other => panic!("{names} answers {other:?}"),
    }
}

#[test]
fn every_fault_of_a_lane_has_its_letter() {
    let at = Time::from_millis(150);
    assert_eq!(placed_on_l("x"), fresh::crash("L", CrashStart::At(at)));
    assert_eq!(placed_on_l("r"), fresh::restart("L", at));
    assert_eq!(placed_on_l("m"), fresh::mute("L", at));
    assert_eq!(placed_on_l("e"), fresh::deafen("L", at));
    assert_eq!(placed_on_l("c"), fresh::clock_rate("L", at));
    assert_eq!(placed_on_l("j"), fresh::clock_jump("L", at));
}

#[test]
fn arrows_size_what_is_placed_and_letters_say_how_it_is_meant() {
    let at = Time::from_millis(150);
    let down = |disk| match fresh::restart("L", at) {
        FaultSpec::Crash { participant, start, recovery: Some(recovery) } => {
            let recovery = fencepost_scenario::model::Recovery { disk, ..recovery };
            FaultSpec::Crash { participant, start, recovery: Some(recovery) }
        }
        other => other,
    };
    assert_eq!(placed_on_l("r down"), measure::with_length(&fresh::restart("L", at), millis(1_050)));
    assert_eq!(placed_on_l("r d"), down(Disk::Synced));
    assert_eq!(placed_on_l("r d d"), down(Disk::Wiped));
    assert_eq!(placed_on_l("r d d d"), down(Disk::Kept));
    assert_eq!(placed_on_l("m h"), FaultSpec::Mute { participant: "L".into(), from: at, until: None });
    assert_eq!(measure::fault_words(&placed_on_l("c down")), "clocks −40 %");
}

#[test]
fn a_step_can_be_struck_before_or_made_slow() {
    let strike = |names| typed(&format!("right right home shift+up {names}"));
    let write = |timed| super::super::steps::Step {
        time: Time::from_millis(15_200),
        step: fencepost_vocabulary::Step::Apply,
        ordinal: 3,
        timed,
    };
    assert_eq!(strike("shift+p"), Answer::Preview(Some(Change::Add(fresh::pause_before("S", write(true))))));
    assert_eq!(strike("shift+x"), Answer::Commit(Change::Add(fresh::crash_before("S", write(true)))));
    assert_eq!(strike("s"), Answer::Preview(Some(Change::Add(fresh::stall("S", write(true))))));
    assert_eq!(typed("shift+p"), Answer::Quiet, "A takes no step any more");
    assert_eq!(typed("s"), Answer::Quiet);
}

#[test]
fn a_message_is_held_or_the_last_of_its_sender() {
    let held = fresh::hold(&message(), Time::from_millis(16_150));
    assert_eq!(typed("down h"), Answer::Preview(Some(Change::Add(held))));
    let kill = fresh::crash("A", CrashStart::AfterSending(message()));
    assert_eq!(typed("down k"), Answer::Commit(Change::Add(kill)));
    assert_eq!(typed("h"), Answer::Quiet, "a lane is not held");
}
