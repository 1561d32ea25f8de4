//! The two figures about leaders: when a moment counts as usable, and which changes count as elections.

use crate::support::story;
use fencepost_properties::{Figures, Ledger, figures};

/// Elections, and how many of a thousand parts of the run were usable. The heartbeat of a story is 100 ms, its longest
/// delay 50 ms, so what was acknowledged counts for 200 ms.
fn measured(text: &str) -> Option<(u32, u32)> {
    let story = story::read(text);
    let ledger = Ledger::read(&story.trace, &story.cast);
    let measured = figures(&ledger, &story.trace, &story.cast, &story.assumptions);
    measured.map(|Figures { elections, usable }| (elections, usable / 1_000))
}

#[test]
fn without_nodes_there_is_nothing_to_count() {
    assert_eq!(measured("cast L:lock:10s A:client\n0ms A asks L"), None);
    assert_eq!(measured("cast N1:node\nend horizon 1s"), Some((0, 0)));
}

#[test]
fn an_acknowledgement_counts_from_its_arrival_for_a_heartbeat_and_a_round_trip() {
    let backed = |at: &[&str], end: &str| {
        let lines: Vec<String> = at.iter().map(|at| format!("{at} N1 backed 1")).collect();
        measured(&format!("cast N1:node N2:node\n0ms N1 leads 1\n{}\nend {end}", lines.join("\n")))
    };
    assert_eq!(backed(&["100ms"], "horizon 1s"), Some((0, 200)));
    assert_eq!(backed(&["100ms", "250ms"], "horizon 1s"), Some((0, 350)), "what overlaps counts once");
    assert_eq!(backed(&["100ms", "300ms"], "horizon 1s"), Some((0, 400)), "what touches is joined");
    assert_eq!(backed(&["100ms", "500ms"], "horizon 1s"), Some((0, 400)), "what is apart is not");
    assert_eq!(backed(&["900ms"], "horizon 1s"), Some((0, 100)), "and nothing counts beyond the end");
    assert_eq!(backed(&["100ms"], "quiescent 1s"), Some((0, 200)), "nothing happens, and time goes on");
}

#[test]
fn nothing_counts_beyond_the_end_of_a_reign() {
    let ended = |how: &str| {
        measured(&format!("cast N1:node N2:node\n0ms N1 leads 1\n100ms N1 backed 1\n{how}\nend horizon 1s"))
    };
    for how in ["150ms N1 crashes", "150ms N1 abdicates 1", "150ms N1 enters 2"] {
        assert_eq!(ended(how), Some((0, 50)), "{how}");
    }
    assert_eq!(ended("150ms N1 abdicates 2"), Some((0, 200)), "not from this term");
    assert_eq!(ended("150ms N1 enters 1"), Some((0, 200)), "it is in this term already");
    assert_eq!(ended("150ms N2 crashes"), Some((0, 200)), "somebody else");
    assert_eq!(ended("150ms N2 leads 2\n160ms N2 backed 2"), Some((1, 260)), "one is as good as the other");
}

#[test]
fn who_leads_from_the_start_was_not_elected() {
    let text = "cast N1:node N2:node\n0ms N1 leads 1\n1s N2 leads 2\n1s N2 leads 2\n2s N1 leads 3\nend horizon 4s";
    assert_eq!(measured(text), Some((2, 0)));
}

#[test]
fn of_several_groups_the_one_that_fared_worst_counts() {
    let text = "cast N1:node N2:node M1:node:first M2:node\n0ms N1 leads 1\n0ms M1 leads 1\n100ms N1 backed 1\n\
                100ms M1 backed 1\n600ms M1 backed 1\n700ms M2 leads 2\nend horizon 1s";
    assert_eq!(measured(text), Some((1, 200)));
}
