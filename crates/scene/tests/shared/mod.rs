//! What every test of pictures needs: a text, run and laid out.
#![allow(dead_code, reason = "each test file uses its part")]

use fencepost_lab::Run;
use fencepost_scenario::{Document, Scenario, gallery};
use fencepost_scene::{Options, Px, Scene, View, lay_out};

/// A scenario for every kind of thing that a picture can show and the library need not.
pub const KINDS: [(&str, &str); 11] = [
    ("session", include_str!("kinds/session.fencepost")),
    ("outside", include_str!("kinds/outside.fencepost")),
    ("crash", include_str!("kinds/crash.fencepost")),
    ("clocks", include_str!("kinds/clocks.fencepost")),
    ("wall", include_str!("kinds/wall.fencepost")),
    ("omission", include_str!("kinds/omission.fencepost")),
    ("gap", include_str!("kinds/gap.fencepost")),
    ("disk", include_str!("kinds/disk.fencepost")),
    ("group", include_str!("kinds/group.fencepost")),
    ("generals", include_str!("kinds/generals.fencepost")),
    ("detector", include_str!("kinds/detector.fencepost")),
];

/// One of them, run.
pub fn kind(name: &str) -> Played {
    let (_, text) = KINDS.iter().find(|(known, _)| *known == name).expect("a known name");
    Played::text(text)
}

/// A scenario and its run.
pub struct Played {
    pub scenario: Scenario,
    pub run: Run,
}

impl Played {
    pub fn new(scenario: Scenario) -> Self {
        let run = fencepost_lab::run(&scenario);
        Self { scenario, run }
    }

    pub fn text(text: &str) -> Self {
        let parsed = Document::new(text).parse();
        assert!(parsed.diagnostics.is_empty(), "{}", parsed.diagnostics[0]);
        Self::new(parsed.scenario.view(None).expect("the base is always there"))
    }

    /// A scenario of the library, or one of its variants.
    pub fn preset(number: u32, variant: Option<&str>) -> Self {
        let preset = gallery::all().iter().find(|preset| preset.number == number).expect("a known number");
        let scenario = Document::new(preset.text).parse().scenario;
        Self::new(scenario.view(variant).expect("a known variant"))
    }

    pub fn view(&self) -> View<'_> {
        let Run { cast, trace, ledger, verdicts, .. } = &self.run;
        View { scenario: &self.scenario, cast, trace, ledger, verdicts }
    }

    pub fn scene(&self, options: &Options) -> Scene {
        lay_out(&self.view(), options)
    }

    pub fn at_900(&self) -> Scene {
        self.scene(&Options::default())
    }
}

/// Options for a width in whole pixels.
pub fn wide(width: i32) -> Options {
    Options { width: Px::new(width), ..Options::default() }
}

/// Every scenario of the library with every variant: number, name, variant.
pub fn library() -> Vec<(&'static gallery::Preset, Option<String>)> {
    let mut all = Vec::new();
    for preset in gallery::all() {
        let variants = Document::new(preset.text).parse().scenario.variants;
        all.push((preset, None));
        all.extend(variants.into_iter().map(|variant| (preset, Some(variant.name))));
    }
    all
}
