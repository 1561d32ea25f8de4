//! The same text gives the same trace, natively and in wasm, today and next year.
//!
//! This test is compiled for both; `digests.txt` holds what every scenario of the library gives, a thousand generated
//! ones, five hundred wilder ones and three hundred in which several keep something together.
//! `UPDATE_GOLDEN=1 cargo test -p fencepost-lab` writes it natively, which is right only if the engine's rules were meant
//! to change.

mod generate;

use fencepost_lab::run;
use fencepost_scenario::{Document, gallery, print};
use fencepost_vocabulary::{EventKind, MessageKind};

const KNOWN: &str = include_str!("digests.txt");

/// How many scenarios are generated.
const GENERATED: u64 = 1_000;

/// How many wild ones are generated.
const WILD: u64 = 500;

/// How many there are in which several keep something together.
const TOGETHER: u64 = 300;

/// A line for each scenario and each variant: its name and its digest.
fn lines() -> Vec<String> {
    let library = gallery::all().iter().flat_map(|preset| digests(preset.name, preset.text));
    let generated = (0..GENERATED).flat_map(|seed| digests(&seed.to_string(), &print(&generate::scenario(seed))));
    let wild = (0..WILD).flat_map(|seed| digests(&format!("wild-{seed}"), &print(&generate::wild::wild(seed))));
    let together = |seed: u64| digests(&format!("together-{seed}"), &print(&generate::together::together(seed)));
    library.chain(generated).chain(wild).chain((0..TOGETHER).flat_map(together)).collect()
}

fn digests(name: &str, text: &str) -> Vec<String> {
    let scenario = Document::new(text).parse().scenario;
    let variants = scenario.variants.iter().map(|variant| Some(variant.name.as_str()));
    let views = std::iter::once(None).chain(variants).filter_map(|variant| Some((variant, scenario.view(variant)?)));
    views.map(|(variant, view)| format!("{name} {} {:016x}", variant.unwrap_or("-"), run(&view).digest())).collect()
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_digest_is_what_it_was() {
    let lines = lines();
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/digests.txt");
        std::fs::write(path, lines.join("\n") + "\n").expect("the digests can be written");
        return;
    }
    let known: Vec<&str> = KNOWN.lines().collect();
    assert_eq!(lines.len(), known.len(), "the library or the generator has changed");
    for (now, then) in lines.iter().zip(known) {
        assert_eq!(now, then);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_generated_is_worth_running() {
    let wild = (0..WILD).map(generate::wild::wild);
    let together = (0..TOGETHER).map(generate::together::together);
    for (place, scenario) in (0..GENERATED).map(generate::scenario).chain(wild).chain(together).enumerate() {
        assert_eq!(Document::new(print(&scenario)).parse().scenario, scenario, "{place} means what its text says");
    }
    let runs: Vec<_> = (0..GENERATED).map(|seed| run(&generate::scenario(seed))).collect();
    let violated = |run: &&fencepost_lab::Run| run.verdicts.iter().any(|it| it.state.word() == "violated");
    let events: usize = runs.iter().map(|run| run.trace.events.len()).sum();
    assert!(runs.iter().filter(violated).count() > 100, "few generated scenarios go wrong");
    assert!(events > 20 * GENERATED as usize, "{events} events in all");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_wild_has_something_of_everything() {
    let runs: Vec<_> = (0..WILD).map(|seed| run(&generate::wild::wild(seed))).collect();
    let events = || runs.iter().flat_map(|run| &run.trace.events);
    let in_some = |is: &dyn Fn(&EventKind) -> bool| events().filter(|event| is(&event.kind)).count();
    assert!(in_some(&|kind| matches!(kind, EventKind::Recovered { .. })) > 100, "few come back from a crash");
    assert!(in_some(&|kind| matches!(kind, EventKind::ClockSet { .. })) > 50, "few clocks are set");
    assert!(in_some(&|kind| matches!(kind, EventKind::Lost { .. })) > 50, "few messages find nobody");
    // What groups of nodes say to each other came later, and changed no run that was generated before.
    for kind in MessageKind::ALL.into_iter().filter(|kind| *kind <= MessageKind::Messenger) {
        let sent = in_some(&|it| matches!(it, EventKind::Sent { message, .. } if message.kind() == kind));
        assert!(sent > 0, "nobody ever sends `{}`", kind.word());
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn who_keeps_something_together_says_all_that_can_be_said() {
    let runs: Vec<_> = (0..TOGETHER).map(|seed| run(&generate::together::together(seed))).collect();
    let violated = |run: &&fencepost_lab::Run| run.verdicts.iter().any(|it| it.state.word() == "violated");
    assert!(runs.iter().filter(violated).count() > 20, "few of them go wrong");
    for kind in MessageKind::ALL.into_iter().filter(|kind| *kind > MessageKind::Messenger) {
        let is_it = |it: &EventKind| matches!(it, EventKind::Sent { message, .. } if message.kind() == kind);
        let sent = runs.iter().flat_map(|run| &run.trace.events).any(|event| is_it(&event.kind));
        assert!(sent, "nobody ever sends `{}`", kind.word());
    }
}
