//! The lenses, rule by rule: what each model allows of a run, and why not.
#![cfg(not(target_arch = "wasm32"))]

use fencepost_lab::{Lens, Oddity, Row, lens, run};
use fencepost_scenario::Document;
use fencepost_sim::FaultId;

/// A lock, a store and two clients with a network of 50 ms.
const WORLD: &str = "fencepost 1\nlock L lease 10s\nstore S check none\nclient A at 0s: acquire L; work 50ms; write S\n\
    client B at 1s: acquire L; work 100ms; write S\n";

fn seen(more: &str) -> Lens {
    let parsed = Document::new(format!("{WORLD}{more}")).parse();
    assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
    lens(&parsed.scenario, &run(&parsed.scenario))
}

/// The words of the models that allow all of the run.
fn allowing(rows: &[Row]) -> Vec<&'static str> {
    rows.iter().filter(|row| row.outside.is_empty()).map(|row| row.word).collect()
}

const TIMELY: [&str; 3] = ["synchronous", "partially-synchronous", "asynchronous"];
const LADDER: [&str; 4] = ["crash-stop", "crash-recovery", "omission", "byzantine"];

/// Which timing models and which failure models allow a run, as the first of each list that does.
#[track_caller]
fn least(more: &str, timing: &str, failures: &str) {
    let lens = seen(more);
    let from = |words: &[&'static str], first: &str| -> Vec<&'static str> {
        words.iter().copied().skip_while(|word| *word != first).collect()
    };
    assert_eq!(allowing(&lens.timing), from(&TIMELY, timing), "{more}: {:#?}", lens.timing);
    assert_eq!(allowing(&lens.failures), from(&LADDER, failures), "{more}: {:#?}", lens.failures);
}

/// The one reason why the row with this word does not allow the run.
#[track_caller]
fn reason(more: &str, word: &str) -> String {
    let lens = seen(more);
    let row = lens.timing.iter().chain(&lens.failures).find(|row| row.word == word).expect("there is such a model");
    assert_eq!(row.outside.len(), 1, "{more}: {row:#?}");
    row.outside[0].why.clone()
}

const BOUNDS: &str = "model synchronous delay 100ms pause 500ms drift 1%\n";

#[test]
fn a_run_in_which_nothing_goes_wrong_is_allowed_by_all() {
    least("", "synchronous", "crash-stop");
    least(BOUNDS, "synchronous", "crash-stop");
    assert!(seen("").oddities.is_empty());
}

#[test]
fn what_never_struck_or_met_nothing_is_no_oddity() {
    let lens = seen("drop A->S write 9\npartition A | L from 50s to 55s\npause B at 59s for 100ms\n");
    assert_eq!(lens.oddities, [Oddity::Fault(FaultId(2))], "only the pause is there to be seen: {lens:#?}");
}

#[test]
fn a_pause_is_judged_by_its_length() {
    least(&format!("{BOUNDS}pause A at 150ms for 500ms\n"), "synchronous", "crash-stop");
    least(&format!("{BOUNDS}pause A at 150ms for 501ms\n"), "partially-synchronous", "crash-stop");
    let said = reason(&format!("{BOUNDS}pause A at 150ms for 15s\n"), "synchronous");
    assert_eq!(said, "A pauses for 15 s; at most 500 ms is allowed.");
    let said = reason("pause A at 150ms for 1ms\n", "synchronous");
    assert_eq!(said, "A pauses for 1 ms. No bound on pauses is stated; it would have to be 1 ms at least.");
    let said = reason("model synchronous delay 100ms\npause A at 150ms for 1ms\n", "synchronous");
    assert_eq!(said, "A pauses for 1 ms; this model allows no pause.");
}

/// How long nobody was at home counts, and not in how many lines that is written.
#[test]
fn pauses_that_touch_or_overlap_are_one() {
    let three = "pause A at 5s for 400ms\npause A at 5400ms for 400ms\npause A at 5500ms for 700ms\n";
    let lens = seen(&format!("{BOUNDS}{three}"));
    let said: Vec<&str> = lens.timing[0].outside.iter().map(|outside| outside.why.as_str()).collect();
    let why = "A takes no step for 1.2 s from 5 s on, in 3 pauses without a gap; at most 500 ms is allowed.";
    // The last alone is too long; each of the first two is, because of the others.
    assert_eq!(said, [why; 3]);
    // A microsecond between them is a gap, and so are two participants.
    let apart = "pause A at 5s for 400ms\npause A at 5400001us for 400ms\npause B at 5400ms for 400ms\n";
    least(&format!("{BOUNDS}{apart}"), "synchronous", "crash-stop");
    // One inside the other makes nothing longer.
    least(&format!("{BOUNDS}pause A at 5s for 500ms\npause A at 5100ms for 100ms\n"), "synchronous", "crash-stop");
    let model = "model partially-synchronous delay 100ms pause 500ms gst";
    let outside = |gst: &str| seen(&format!("{model} {gst}\n{three}")).outside.len();
    assert_eq!((outside("5700ms"), outside("5699ms")), (0, 3), "it is over at 6.2 s");
}

/// Who takes a step in between was at home, if only for that.
#[test]
fn a_step_between_two_pauses_parts_them() {
    let naps = "pause A at 100ms for 400ms\npause A before write 1 for 400ms\n";
    // The grant came while A slept: at 500 ms it is taken in, and the work begins that ends at 550 ms.
    least(&format!("{BOUNDS}{naps}"), "synchronous", "crash-stop");
    let touching = naps.replace("write 1", "work 1");
    assert_eq!(seen(&format!("{BOUNDS}{touching}")).oddities.len(), 2);
    least(&format!("{BOUNDS}{touching}"), "synchronous", "crash-stop");
}

#[test]
fn a_message_that_passes_from_one_cut_into_the_next_is_late_by_both() {
    let cuts = "partition A | S from 100ms to 400ms hold\npartition A | S from 400ms to 600ms hold\n";
    let bounds = BOUNDS.replace("delay 100ms", "delay 400ms");
    let said = reason(&format!("{bounds}{cuts}"), "synchronous");
    assert_eq!(said, "A message from A to S, sent at 150 ms, is on its way for 500 ms; at most 400 ms is allowed.");
    least(&format!("{bounds}{}", cuts.replace("600ms", "500ms")), "synchronous", "crash-stop");
}

/// Each message for itself: before the bound holds it arrives within the bound after that, and later within the bound.
#[test]
fn a_network_that_stays_slow_keeps_no_bound_however_late_it_begins() {
    let slow = "network delay 200ms\nmodel partially-synchronous delay 100ms gst 1s\n";
    let said = reason(
        &format!(
            "{slow}network delay A->L 10ms\nnetwork delay L->A 10ms\nnetwork delay A->S 10ms\n\
        network delay S->A 10ms\nnetwork delay L->B 10ms\nnetwork delay S->B 10ms\nnetwork delay B->S 10ms\n"
        ),
        "partially-synchronous",
    );
    assert_eq!(said, "A message from B to L, sent at 1 s, is on its way for 200 ms; at most 100 ms is allowed.");
}

#[test]
fn a_message_that_may_be_late_hides_none_of_its_link_that_may_not() {
    let pings = "client C at 0s: ping L; work 5s; ping L\nnetwork delay C->L 300ms\n";
    let model = |gst: &str| format!("{pings}model partially-synchronous delay 100ms gst {gst}\n");
    let said = reason(&model("1s"), "partially-synchronous");
    assert!(said.ends_with("is on its way for 300 ms; at most 100 ms is allowed."), "{said}");
    assert!(said.contains("sent at 5.35 s"), "the second, for the first was sent before the bound: {said}");
    assert_eq!(
        reason(&model("50ms"), "partially-synchronous"),
        "A message from C to L, sent at 0 ms, is on its way for 300 ms; it had to arrive by 150 ms."
    );
    assert!(seen(&model("6s")).outside.is_empty());
}

/// The two forms of the model are both in use, and only one is judged here.
#[test]
fn partially_synchronous_names_both_its_forms() {
    let promise = &seen("").timing[1].promise;
    assert!(promise.contains("Nobody in the run knows when.") && promise.contains("nobody knows how long they are"));
}

#[test]
fn what_is_alike_is_named_once() {
    let forger = "client M at 2s: write S token 1000 x3; write S token 2000\n";
    let lens = seen(forger);
    assert_eq!((lens.failures[0].outside.len(), lens.oddities.len()), (2, 2), "{:#?}", lens.failures[0]);
}

#[test]
fn a_crash_ends_a_pause() {
    least(&format!("{BOUNDS}pause A at 150ms for 15s\ncrash A at 600ms\n"), "synchronous", "crash-stop");
}

#[test]
fn a_message_is_judged_by_how_long_it_was_on_its_way() {
    least(&format!("{BOUNDS}delay A->S write 1 by 50ms\n"), "synchronous", "crash-stop");
    least(&format!("{BOUNDS}delay A->S write 1 by 51ms\n"), "partially-synchronous", "crash-stop");
    let held = "partition A | S from 100ms to 5s hold\n";
    let said = reason(&format!("{BOUNDS}{held}"), "synchronous");
    assert_eq!(said, "A message from A to S, sent at 150 ms, is on its way for 4.9 s; at most 100 ms is allowed.");
}

#[test]
fn a_slow_link_is_odd_without_any_fault_and_named_once() {
    let lens = seen(&format!("{BOUNDS}network delay A->L 200ms\n"));
    assert_eq!(lens.timing[0].outside.len(), 1, "{lens:#?}");
    assert!(matches!(lens.timing[0].outside[0].what, Oddity::Event(_)));
    least("network delay A->L 200ms\n", "synchronous", "crash-stop");
}

#[test]
fn a_bound_that_holds_late_allows_what_came_early() {
    let model = |gst: &str| format!("model partially-synchronous delay 100ms pause 500ms gst {gst}\n");
    let early = "pause A at 150ms for 15s\n";
    let outside = |text: String| seen(&text).outside.len();
    assert_eq!(outside(format!("{}{early}", model("15s"))), 0, "it sleeps for 150 ms more");
    assert_eq!(outside(format!("{}{early}", model("14649ms"))), 1, "it sleeps for 501 ms more");
    assert_eq!(outside(format!("{}{early}", model("14650ms"))), 0, "it sleeps for 500 ms more");
    let late = "delay A->S write 1 by 20s\n";
    assert_eq!(outside(format!("{}{late}", model("20100ms"))), 0, "it arrives at 20.2 s, 100 ms after the bound began");
    assert_eq!(outside(format!("{}{late}", model("20099ms"))), 1);
    assert!(seen(early).timing[1].promise.contains("from some moment on; here that is 15.15 s at the earliest"));
}

#[test]
fn who_crashes_for_good_is_within_every_model_and_who_comes_back_is_not() {
    least("crash A at 200ms\n", "synchronous", "crash-stop");
    assert_eq!(seen("crash A at 200ms\n").oddities.len(), 1, "it is odd all the same");
}

#[test]
fn who_comes_back_does_so_with_the_disk_it_was_promised_or_without() {
    least("crash A at 200ms, recover at 7s\n", "synchronous", "crash-recovery");
    least("crash A at 200ms, recover at 7s, disk synced\n", "synchronous", "crash-recovery");
    least("crash A at 200ms, recover at 7s, disk wiped\n", "synchronous", "byzantine");
    let said = reason("crash A at 200ms, recover at 7s, disk wiped\n", "omission");
    assert_eq!(said, "A comes back with an empty disk, though it was to be kept.");
    // A crash that strikes later than its recovery is one for ever.
    least("crash A after A->S write 1, recover at 1ms\n", "synchronous", "crash-stop");
}

#[test]
fn a_clock_is_judged_by_its_rate_and_by_when_it_is_right_again() {
    least(&format!("{BOUNDS}clock A rate +1% from 2s\n"), "synchronous", "crash-stop");
    least(&format!("{BOUNDS}clock A rate -2% from 2s\n"), "partially-synchronous", "crash-stop");
    let said = reason(&format!("{BOUNDS}clock A rate -2% from 2s\n"), "synchronous");
    assert_eq!(said, "The clocks of A are wrong by 2 %; 1 % is allowed.");
    let model = "model partially-synchronous delay 100ms gst 5s\n";
    let until = |end: &str| seen(&format!("{model}clock A rate +50% from 2s\nclock A rate +0% from {end}\n")).outside;
    assert_eq!((until("5s").len(), until("5001ms").len()), (0, 1));
}

#[test]
fn a_wall_clock_that_is_set_has_no_bound_on_its_error() {
    least(&format!("{BOUNDS}clock L jump +10s at 2s\n"), "partially-synchronous", "crash-stop");
    let jump =
        |gst: &str| seen(&format!("model partially-synchronous delay 100ms gst {gst}\nclock L jump -10s at 2s\n"));
    assert_eq!((jump("2s").outside.len(), jump("2001ms").outside.len()), (1, 0));
}

#[test]
fn who_is_mute_or_deaf_loses_messages_and_a_held_message_is_only_late() {
    least("mute A from 100ms\n", "synchronous", "omission");
    least("deafen S from 100ms\n", "synchronous", "omission");
    least("hold A->S write 1 until 5s\n", "partially-synchronous", "crash-stop");
    least("partition A | S from 100ms to 5s sever\n", "synchronous", "omission");
}

#[test]
fn a_stalled_step_is_judged_like_a_pause() {
    let world = "store S check ge nonatomic\n";
    let stalled =
        |by: &str| WORLD.replace("store S check none\n", world) + BOUNDS + &format!("delay S apply 1 by {by}\n");
    let outside = |by: &str| {
        let scenario = Document::new(stalled(by)).parse().scenario;
        lens(&scenario, &run(&scenario)).outside
    };
    assert!(outside("500ms").is_empty());
    assert_eq!(outside("501ms").len(), 1);
    assert_eq!(outside("501ms")[0].why, "A step of S takes 501 ms longer; at most 500 ms is allowed.");
}

#[test]
fn an_invented_token_is_a_lie() {
    let forger = "client M at 2s: write S token 1000000000\n";
    least(forger, "synchronous", "byzantine");
    assert_eq!(reason(forger, "omission"), "M shows token 1000000000, which nobody gave it.");
    assert!(matches!(seen(forger).oddities[..], [Oddity::Event(_)]));
}

#[test]
fn what_is_lost_or_doubled_is_an_omission() {
    least("drop A->S write 1\n", "synchronous", "omission");
    least("partition A | S from 100ms to 5s\n", "synchronous", "omission");
    assert_eq!(reason("drop A->S write 1\n", "crash-recovery"), "A message from A to S is lost.");
    assert_eq!(
        reason(&format!("{BOUNDS}duplicate A->S write 1 after 50ms\n"), "crash-stop"),
        "A message to S arrives twice."
    );
    least(&format!("{BOUNDS}duplicate A->S write 1 after 51ms\n"), "partially-synchronous", "omission");
}

#[test]
fn only_what_is_stated_can_be_left() {
    let faults = "pause A at 150ms for 15s\ndrop A->S write 1\n";
    assert!(seen(faults).outside.is_empty());
    assert_eq!(seen(&format!("{BOUNDS}{faults}")).outside.len(), 1);
    assert_eq!(seen(&format!("{BOUNDS}failures crash-recovery\n{faults}")).outside.len(), 2);
    assert!(seen(&format!("model asynchronous\nfailures omission\n{faults}")).outside.is_empty());
}

#[test]
fn a_row_says_what_it_promises_in_the_bounds_of_the_scenario() {
    let promise = &seen(BOUNDS).timing[0].promise;
    assert_eq!(
        promise,
        "Every message arrives within 100 ms, nobody pauses for more than 500 ms, and no clock is wrong by more than 1 %."
    );
    let promise = &seen("").timing[0].promise;
    assert_eq!(
        promise,
        "Every message arrives within 50 ms, nobody pauses, and all clocks are exact. No bounds are stated; these are the network's own."
    );
}

#[test]
fn only_the_byzantine_model_allows_a_lie() {
    let lying = "generals G1 G2 G3 rounds 1 traitor G2\nlie G2 to G3 says retreat\n";
    least(lying, "synchronous", "byzantine");
    assert_eq!(reason(lying, "omission"), "G2 tells G3 something else than it should.");
    assert_eq!(seen(lying).oddities, [Oddity::Fault(FaultId(0))], "the lie itself, by its line");
    let other = "generals G1 G2 G3 G4 rounds 1 traitor G2\nlie G2 to G3 says attack\nlie G2 to G4 says retreat\n";
    assert_eq!(seen(other).oddities, [Oddity::Fault(FaultId(1))], "what was never told is no oddity");
}

#[test]
fn a_traitor_who_tells_no_lie_and_a_pair_that_shoots_are_no_oddities() {
    least("generals G1 G2 G3 rounds 1 traitor G2\n", "synchronous", "crash-stop");
    let shooting = seen("pair P Q heartbeat 1s timeout 3s disk S\npause P at 1s for 5s\n");
    assert_eq!(shooting.oddities, [Oddity::Fault(FaultId(0))], "only the pause");
}

#[test]
fn only_the_byzantine_model_allows_two_votes_in_one_term() {
    let voting = "nodes N1 N2 N3 elect heartbeat 100ms timeouts 1s 1s 3s traitor N3\n";
    least(voting, "synchronous", "byzantine");
    assert_eq!(reason(voting, "omission"), "N3 votes for two in term 1.");
    least("nodes N1 N2 N3 elect heartbeat 100ms timeouts 1s 1s 3s\n", "synchronous", "crash-stop");
    least("nodes N1 N2 N3 elect heartbeat 100ms timeouts 1s 2s 3s traitor N3\n", "synchronous", "crash-stop");
}
