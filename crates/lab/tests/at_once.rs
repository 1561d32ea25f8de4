//! What is judged at once is what is judged in the end, and a state that is not left open is final.

use fencepost_lab::{Effort, Run, Runner, blame, blame_at_once, run, run_at_once, to_blame};
use fencepost_properties::{Reason, State, Verdict};
use fencepost_scenario::model::Scenario;
use fencepost_scenario::{Document, gallery};
use fencepost_sim::Limits;

/// Every view of every chapter.
fn views() -> Vec<(String, Scenario)> {
    let mut views = Vec::new();
    for entry in gallery::all() {
        let parsed = Document::new(entry.text).parse();
        let names = parsed.scenario.variants.iter().map(|variant| Some(variant.name.as_str()));
        for name in std::iter::once(None).chain(names) {
            let view = parsed.view(name).expect("it parses");
            views.push((format!("{} {}", entry.name, name.unwrap_or("as written")), view.scenario));
        }
    }
    views
}

fn is_open(verdict: &Verdict) -> bool {
    verdict.state == State::NoVerdict(Reason::Unfinished)
}

/// Judges with so little effort that everything costly is left open.
fn with_no_effort(scenario: &Scenario) -> Run {
    Runner::new(scenario, Limits::default()).within(Effort { lasso: 0, search: 0 }).finish()
}

#[test]
fn every_chapter_is_judged_in_full_at_once() {
    for (name, scenario) in views() {
        let at_once = run_at_once(&scenario);
        assert!(at_once.is_whole(), "{name}");
        assert_eq!(at_once, run(&scenario), "{name}");
    }
}

#[test]
fn what_is_not_left_open_is_final() {
    let (mut open, mut rows) = (0, 0);
    for (name, scenario) in views() {
        let (early, whole) = (with_no_effort(&scenario), run(&scenario));
        assert!(whole.is_whole(), "{name}");
        assert_eq!(early.verdicts.len(), whole.verdicts.len(), "{name}");
        for (early, late) in early.verdicts.iter().zip(&whole.verdicts) {
            assert_eq!((early.property, early.subject), (late.property, late.subject), "{name}");
            // A sentence may say more once it is known that the run goes round for ever; what it is about stays.
            let is_final = (early.state, &early.events) == (late.state, &late.events);
            assert!(is_open(early) || is_final, "{name}: {early:?} became {late:?}");
            open += usize::from(is_open(early));
            rows += 1;
        }
        assert_eq!(
            (early.trace, early.figures, early.dangling),
            (whole.trace, whole.figures, whole.dangling),
            "{name}"
        );
    }
    assert!(open > 20 && open < rows / 3, "{open} of {rows}");
}

#[test]
fn however_a_run_is_divided_it_is_the_same() {
    for (name, scenario) in views().into_iter().step_by(3) {
        for step in [1, 7, 100] {
            let mut runner = Runner::new(&scenario, Limits::default());
            let mut steps = 0;
            let divided = loop {
                steps += 1;
                if let Some(run) = runner.go_on(step) {
                    break run;
                }
            };
            assert_eq!(divided, run(&scenario), "{name} by {step}");
            assert!(steps > divided.trace.events.len() as u64 / step / 30, "{name}: {steps} steps");
            assert!(runner.go_on(step).is_none(), "told once");
        }
    }
}

#[test]
fn a_blame_at_once_is_the_whole_blame_or_none() {
    let mut found = 0;
    for (name, scenario) in views() {
        let run = run(&scenario);
        let Some(verdict) = to_blame(&run) else { continue };
        if let Some(at_once) = blame_at_once(&scenario, &run, verdict) {
            assert_eq!(at_once, blame(&scenario, &run, verdict), "{name}");
            found += 1;
        }
    }
    assert!(found > 30, "{found}");
}
