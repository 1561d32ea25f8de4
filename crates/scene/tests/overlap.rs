//! No words on top of words, none cut off: in the library, its variants and scenarios nobody wrote, from a phone to a
//! wide screen.

#[path = "../../lab/tests/generate/mod.rs"]
mod generate;

use fencepost_lab::Run;
use fencepost_scenario::{Document, Scenario, gallery};
use fencepost_scene::{Options, Px, Scene, View, lay_out};

const WIDTHS: [i32; 5] = [320, 360, 560, 900, 1_440];

fn scene(scenario: &Scenario, run: &Run, options: &Options) -> Scene {
    let view = View { scenario, cast: &run.cast, trace: &run.trace, ledger: &run.ledger, verdicts: &run.verdicts };
    lay_out(&view, options)
}

fn assert_tidy(scenario: &Scenario, run: &Run, options: &Options) {
    let scene = scene(scenario, run, options);
    let what = format!("{} at {} px", scenario.title, options.width);
    let boxes = scene.boxes();
    for (place, (text, quad)) in boxes.iter().enumerate() {
        let bounds = quad.bounds();
        assert!(
            bounds.x >= Px::ZERO
                && bounds.y >= Px::ZERO
                && bounds.right() <= scene.width
                && bounds.bottom() <= scene.height,
            "{what}: “{text}” is cut off at {bounds:?} in {} x {}",
            scene.width,
            scene.height
        );
        let over = boxes[place + 1..].iter().find(|(_, other)| quad.overlaps(other));
        assert!(over.is_none(), "{what}: “{text}” at {bounds:?} lies on {over:?}");
    }
}

fn at_every_width(scenario: &Scenario) {
    let run = fencepost_lab::run(scenario);
    for width in WIDTHS.map(Px::new) {
        assert_tidy(scenario, &run, &Options { width, ..Options::default() });
    }
    assert_tidy(scenario, &run, &Options { linear: true, ..Options::default() });
}

#[test]
fn the_library_and_its_variants_are_tidy() {
    for preset in gallery::all() {
        let base = Document::new(preset.text).parse().scenario;
        let names = base.variants.iter().map(|variant| Some(variant.name.as_str()));
        for name in [None].into_iter().chain(names) {
            at_every_width(&base.view(name).expect("the variant exists"));
        }
    }
}

#[test]
fn scenarios_nobody_wrote_are_tidy() {
    (0..300).map(generate::scenario).for_each(|scenario| at_every_width(&scenario));
}
