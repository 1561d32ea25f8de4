//! A fault that does not strike says why: for each way in which that can be, the actual reason.
#![cfg(not(target_arch = "wasm32"))]

mod generate;

use fencepost_lab::run_within;
use fencepost_scenario::{Document, print};
use fencepost_sim::Limits;

/// The reasons why faults do not strike, where A writes twice and is done at 350 ms.
fn reasons(more: &str, limits: Limits) -> Vec<(u16, String)> {
    let text = format!(
        "fencepost 1\nuntil 60s\nnetwork delay 50ms\nlock L lease 10s\nstore S\n\
         client A at 0s: acquire L; work 50ms; write S x2\n{more}\n"
    );
    let parsed = Document::new(text.as_str()).parse();
    assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
    run_within(&parsed.scenario, limits).dangling.into_iter().map(|one| (one.fault.0, one.reason)).collect()
}

#[test]
fn a_fault_that_does_not_strike_says_why() {
    for (fault, reason) in [
        ("drop A->S write 9", "A sends `write` to S only twice in this run, and this is about number 9."),
        ("delay A->S announce 1 by 1s", "A sends S no `announce` in this run."),
        ("crash A after A->L release 1", "A sends L no `release` in this run."),
        ("pause A before work 2 for 1s", "A takes the step `work` only once in this run, and this is about number 2."),
        ("crash A before write 3", "A takes the step `write` only twice in this run, and this is about number 3."),
        ("pause A before release 1 for 1s", "A takes no step `release` in this run."),
        ("delay S apply 1 by 1s", "S takes no step `apply` in this run."),
        ("pause A at 60s for 1s", "It would begin at 60 s, and the run ends at 60 s."),
        ("partition A | S from 70s", "It would begin at 70 s, and the run ends at 60 s."),
        ("clock A jump +1s at 2m", "It would begin at 120 s, and the run ends at 60 s."),
    ] {
        assert_eq!(reasons(fault, Limits::default()), [(0, reason.to_owned())], "{fault}");
    }
    let down = reasons("crash A at 20ms\npause A at 30ms for 1s\ncrash A at 40ms", Limits::default());
    let was = "A was down already: it crashed at 20 ms.".to_owned();
    assert_eq!(down, [(1, was.clone()), (2, was)]);
}

/// What had not come by then might have.
#[test]
fn in_a_run_that_was_cut_short_nothing_is_said_of_the_rest() {
    let short = Limits { events: 12, ..Limits::default() };
    let idle = reasons("drop A->S write 1\npause A at 59s for 1s", short);
    assert_eq!(idle.len(), 2);
    assert!(idle[0].1.starts_with("A sends S no `write` before the run was cut short at "), "{idle:?}");
    assert!(idle[1].1.starts_with("It would begin at 59 s, and the run was cut short at "), "{idle:?}");
}

/// What the text alone is said to rule out never happens in the run either.
#[test]
fn what_is_remarked_on_as_never_striking_does_not_strike() {
    let generated = (0..600).map(generate::scenario).chain((0..400).map(generate::wild::wild));
    let generated = generated.chain((0..300).map(generate::together::together));
    let mut remarked = 0;
    for scenario in generated {
        let parsed = Document::new(print(&scenario)).parse();
        let is_about = |message: &str| {
            message.contains("never strikes")
                || message.contains("never sends")
                || message.contains("sends `")
                || message.contains("sends no `")
        };
        let remarks: Vec<_> = parsed.diagnostics.iter().filter(|one| is_about(&one.message)).collect();
        if remarks.is_empty() {
            continue;
        }
        let idle = run_within(&parsed.scenario, Limits::default()).dangling;
        for remark in remarks {
            let fault =
                parsed.lines.base.faults.iter().position(|line| *line == remark.line).expect("it is about a fault");
            let is_idle = idle.iter().any(|dangling| dangling.fault.index() == fault);
            assert!(is_idle, "{}: {}", remark.message, print(&scenario));
            remarked += 1;
        }
    }
    assert!(remarked > 20, "only {remarked} faults were remarked on");
}
