//! What the ledger makes of what clients ask for and wait for, beside the lock itself.

use crate::support::story;
use fencepost_properties::{Asked, Ledger};

fn ledger(what: &str) -> Ledger {
    let story = story::read(&format!(
        "cast L:lock:10s S:store T:store R:registry A:client B:client N1:node N2:node\n\
         object K:lock:10s on N1 N2\nobject X:store on N1 N2\nnames alice bob\n{what}"
    ));
    Ledger::read(&story.trace, &story.cast)
}

/// Each request, and when its first answer was in, in milliseconds.
fn requests(what: &str) -> Vec<(Asked, Option<u64>)> {
    let ledger = ledger(what);
    ledger.requests.iter().map(|asked| (asked.what, asked.answered.map(|at| at.time.0 / 1_000))).collect()
}

#[test]
fn whatever_is_waited_for_is_answered_by_its_yes_and_by_its_no() {
    for (asked, ask, whom, answers) in [
        (Asked::Reading, "A reads S", "S", &["S tells A 5", "S declines A", "S refuses A"][..]),
        (Asked::Writing, "A writes S - #1", "S", &["S acks A #1 v1", "S declines A", "S refuses A"]),
        (Asked::Announcing, "A announces S 33", "S", &["S heeds A 33", "S declines A"]),
        (Asked::Releasing, "A releases L 33", "L", &["L settles A 33"]),
        (Asked::Releasing, "A releases L -", "L", &["L settles A -"]),
        (Asked::Claiming, "A claims alice of R", "R", &["R confirms alice to A", "R declines A"]),
        (Asked::Reading, "A reads N1", "N1", &["N1 tells A 5", "N1 declines A", "N1 refuses A"]),
        (Asked::Writing, "A writes N1 - #1", "N1", &["N1 acks A #1 v1"]),
        (Asked::Releasing, "A releases N1 33", "N1", &["N1 settles A 33"]),
    ] {
        assert_eq!(requests(&format!("0ms {ask}")), [(asked, None)], "{ask}");
        for answer in answers {
            let whole = format!("0ms {ask}\n50ms {whom} hears A\n50ms {answer}\n100ms A hears {whom}");
            let whole = if answer.contains("tells") { format!("{whole} request 1") } else { whole };
            assert_eq!(requests(&whole), [(asked, Some(100))], "{ask}, {answer}");
        }
    }
}

#[test]
fn an_answer_to_something_else_answers_nothing() {
    for (ask, answer) in [
        ("A reads S request 2", "S tells A 5\n100ms A hears S request 1"),
        ("A reads S", "T tells A 5\n100ms A hears T request 1"),
        ("A reads S", "S tells B 5\n100ms B hears S request 1"),
        ("A writes S - #2", "S acks A #1 v1\n100ms A hears S"),
        ("A releases L 33", "L settles A 34\n100ms A hears L"),
        ("A releases L 33", "L settles A -\n100ms A hears L"),
        ("A claims alice of R request 2", "R confirms alice to A\n100ms A hears R"),
    ] {
        let told = requests(&format!("0ms {ask}\n50ms {answer}"));
        assert!(matches!(told[..], [(_, None)]), "{ask}, {answer}: {told:?}");
    }
}

#[test]
fn what_another_node_answers_is_the_answer_of_what_they_keep() {
    for (ask, answer) in [
        ("A reads N1", "N2 tells A 5\n100ms A hears N2 request 1"),
        ("A writes N1 - #1", "N2 acks A #1 v1\n100ms A hears N2"),
        ("A releases N1 33", "N2 settles A 33\n100ms A hears N2"),
    ] {
        let told = requests(&format!("0ms {ask}\n50ms {answer}"));
        assert!(matches!(told[..], [(_, Some(100))]), "{ask}, {answer}: {told:?}");
    }
}

#[test]
fn what_is_sent_again_is_the_same_request_and_a_release_of_another_token_is_not() {
    let twice = |what: &str| requests(&format!("0ms A {what}\n1s A {what}")).len();
    assert_eq!(["reads S", "writes S - #1", "announces S 33", "releases L 33", "claims alice of R"].map(twice), [1; 5]);
    let told = requests(
        "0ms A releases L 33
         10ms A releases L 34
         50ms L hears A
         50ms L settles A 33
         60ms L hears A
         60ms L settles A 34
         100ms A hears L
         110ms A hears L",
    );
    assert_eq!(told, [(Asked::Releasing, Some(100)), (Asked::Releasing, Some(110))]);
}
