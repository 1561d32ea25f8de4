//! The page runs texts that have errors: whatever the parser could make of them is run, judged, laid out and drawn. So
//! every scenario of the library is damaged, by characters and by lines, and sent down that whole way.
//!
//! `DAMAGES=250 cargo test --release -p fencepost-scene --test damaged` does so many to each; unasked it is a twentieth.
//! In wasm, where the page runs, it is the same with `--target wasm32-unknown-unknown`; `DAMAGES` must then be set when
//! the test is built, and unasked it is two to each.

#[path = "../../scenario/tests/common/chance.rs"]
#[allow(dead_code, reason = "it makes bytes for links, too")]
mod chance;

use chance::Chance;
use fencepost_lab::run_within;
use fencepost_scenario::{Document, Scenario, gallery};
use fencepost_scene::svg::{self, Carried};
use fencepost_scene::{Options, View, lay_out};
use fencepost_sim::Limits;

/// How many damages are done to each text.
#[cfg(not(target_arch = "wasm32"))]
fn damages() -> u64 {
    std::env::var("DAMAGES").map_or(13, |number| number.parse().expect("a whole number"))
}

/// How many damages are done to each text: there is no environment in wasm but that of the compiler.
#[cfg(target_arch = "wasm32")]
fn damages() -> u64 {
    option_env!("DAMAGES").map_or(2, |number| number.parse().expect("a whole number"))
}

/// One scenario, as the page would show it. A long run is cut: what is looked for here is a panic, not patience.
fn show(scenario: Scenario) {
    let limits = Limits { events: 20_000, ..Limits::default() };
    let run = run_within(&scenario, limits);
    let view =
        View { scenario: &scenario, cast: &run.cast, trace: &run.trace, ledger: &run.ledger, verdicts: &run.verdicts };
    let scene = lay_out(&view, &Options::default());
    assert!(!svg::write(&scene, &view, &Carried::default()).is_empty());
}

/// A text and its first variant.
fn show_text(text: &str) {
    let scenario = Document::new(text).parse().scenario;
    let variant = scenario.variants.first().map(|variant| variant.name.clone());
    let views = [None, variant.as_deref()];
    views.into_iter().filter_map(|variant| scenario.view(variant)).for_each(show);
}

/// A line lost, doubled or moved.
fn disordered(text: &str, chance: &mut Chance) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    for _ in 0..=chance.below(3) {
        let (from, to) = (chance.below(lines.len()), chance.below(lines.len()));
        match chance.below(3) {
            0 if lines.len() > 1 => drop(lines.remove(from)),
            1 => lines.insert(to, lines[from]),
            _ => lines.swap(from, to),
        }
    }
    lines.join("\n")
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn no_damage_to_a_text_takes_the_page_down() {
    let texts: Vec<&str> = gallery::all().iter().map(|preset| preset.text).collect();
    for (place, text) in texts.iter().enumerate() {
        let mut chance = Chance(place as u64 + 1);
        for _ in 0..damages() {
            let other = texts[chance.below(texts.len())];
            let hurt = match chance.below(2) {
                0 => chance.hurt(text, other),
                _ => disordered(text, &mut chance),
            };
            show_text(&hurt);
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_nobody_keeps_is_asked_by_nobody() {
    // The line that would say who the nodes are is missing, or says something else.
    show_text("fencepost 1\nlock L lease 10s replicated on N1 N2\nclient A at 0s: acquire L at N1; write S; release L");
    show_text("fencepost 1\nstore X replicated on N1\nclient A at 0s: read X; write X at N1");
    show_text("fencepost 1\nlock L lease 10s replicated on A\nclient A at 0s: acquire L; renew L");
}
