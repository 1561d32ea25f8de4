//! The engine as something to be timed: one scenario, prepared once, run again and again in four depths.
//!
//! It measures nothing itself: `main.rs` holds the native stopwatch, `bench/engine.mjs` the browser's. Both call the
//! same methods, so their figures can stand side by side.

use fencepost_lab::{Compiled, compile};
use fencepost_scenario::Document;
use fencepost_scenario::model::Scenario;
use fencepost_scene::{Options, View, lay_out};
use fencepost_sim::{Limits, Recorder, Recording, Unrecorded};
use fencepost_vocabulary::Fencepost;
use wasm_bindgen::prelude::wasm_bindgen;

/// One scenario, ready to run.
#[wasm_bindgen]
#[derive(Clone, Debug)]
pub struct Engine {
    scenario: Scenario,
    compiled: Compiled,
    limits: Limits,
}

#[wasm_bindgen]
impl Engine {
    /// Parses and compiles `text`.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Self {
        let scenario = Document::new(text).parse().scenario;
        let compiled = compile(&scenario);
        Self {
            scenario,
            compiled,
            limits: Limits { events: u64::MAX, events_per_instant: u64::MAX, ..Limits::default() },
        }
    }

    /// The kernel and the protocols alone, recording nothing, as a search would run them. Returns the events that happened.
    pub fn kernel(&self) -> u32 {
        let mut recorder = Unrecorded::default();
        let mut world = self.compiled.world.clone();
        fencepost_sim::run(&mut world, self.scenario.until, self.limits, &mut recorder);
        events(&recorder)
    }

    /// The same, with a trace and its causes.
    pub fn recorded(&self) -> u32 {
        let mut recording = Recording::default();
        let mut world = self.compiled.world.clone();
        fencepost_sim::run(&mut world, self.scenario.until, self.limits, &mut recording);
        events(&recording)
    }

    /// Compiled, run with a trace, and judged by every property.
    pub fn judged(&self) -> u32 {
        let run = std::hint::black_box(fencepost_lab::run_within(&self.scenario, self.limits));
        run.trace.events.len() as u32
    }

    /// All that an edit costs before anything is drawn: compile, run, judge, lay out.
    pub fn whole(&self) -> u32 {
        let run = fencepost_lab::run_within(&self.scenario, self.limits);
        let view = View {
            scenario: &self.scenario,
            cast: &run.cast,
            trace: &run.trace,
            ledger: &run.ledger,
            verdicts: &run.verdicts,
        };
        std::hint::black_box(lay_out(&view, &Options::default()));
        run.trace.events.len() as u32
    }
}

fn events(recorder: &impl Recorder<Fencepost>) -> u32 {
    recorder.len() as u32
}
