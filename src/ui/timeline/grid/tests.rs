//! The grid on a made-up axis, and on that of every scenario and variant.

use fencepost_scenario::{Document, gallery};
use fencepost_scene::{Options, Scene, TimeMap};

use super::*;
use crate::ui::timeline::axis::tests::Folded;

/// A scenario as it was run, and its picture.
pub struct Drawn {
    /// Which scenario and variant.
    pub name: String,
    /// What was run.
    pub view: fencepost_scenario::View,
    /// What came of it.
    pub run: fencepost_lab::Run,
    /// How it looks.
    pub scene: Scene,
}

/// Every scenario with every variant.
pub fn all() -> impl Iterator<Item = Drawn> {
    gallery::all().iter().flat_map(|entry| {
        let parsed = Document::new(entry.text).parse();
        let names: Vec<String> = parsed.scenario.variants.iter().map(|variant| variant.name.clone()).collect();
        let all = std::iter::once(None).chain(names.into_iter().map(Some));
        all.filter_map(move |variant| {
            let view = parsed.view(variant.as_deref())?;
            let run = fencepost_lab::run(&view.scenario);
            let of_run = fencepost_scene::View {
                scenario: &view.scenario,
                cast: &run.cast,
                trace: &run.trace,
                ledger: &run.ledger,
                verdicts: &run.verdicts,
            };
            let scene = fencepost_scene::lay_out(&of_run, &Options::default());
            Some(Drawn { name: format!("{} {}", entry.name, variant.unwrap_or_default()), view, run, scene })
        })
    })
}

#[test]
fn the_grid_suits_the_stretch() {
    let grid = Grid::new(&Folded);
    let ms = Time::from_millis;
    assert_eq!((grid.nearest(503.4), grid.after(ms(500)), grid.before(ms(500))), (ms(500), ms(510), ms(490)));
    assert_eq!(
        (grid.nearest(1_103.0), grid.after(ms(6_500)), grid.before(ms(6_500))),
        (ms(6_500), ms(7_000), ms(6_000))
    );
    assert_eq!(grid.fine(true).nearest(503.4), ms(503));
    assert_eq!(grid.from(ms(155)).nearest(503.4), ms(505), "a length is counted from where it begins");
}

#[test]
fn after_and_before_are_inverse_and_no_moment_is_before_the_run() {
    for anchor in [0, 150, 155] {
        let grid = Grid::new(&Folded).from(Time::from_millis(anchor));
        let mut moment = Time::ZERO;
        while moment < Time::from_millis(12_000) {
            let next = grid.after(moment);
            assert!(next > moment && grid.before(next) == moment, "{moment} {next} counted from {anchor} ms");
            moment = next;
        }
        assert_eq!(grid.before(Time::ZERO), Time::ZERO);
    }
}

/// The step of a straight stretch: the least that is worth its pixels.
fn step_of(map: &TimeMap, (from, until): (Time, Time)) -> i64 {
    let pixels = map.y_at(until) - map.y_at(from);
    let worth = |step: &i64| *step as f64 * pixels / until.since(from).0 as f64 >= LEAST_PIXELS;
    STEPS.into_iter().find(worth).unwrap_or(COARSEST)
}

#[test]
fn on_a_straight_stretch_of_any_picture_a_hand_goes_in_equal_steps() {
    let mut stretches = 0;
    for drawn in all() {
        let map = &drawn.scene.time_map;
        let grid = Grid::new(map);
        for ends in map.knots().windows(2) {
            let stretch = (ends[0].time, ends[1].time);
            let step = step_of(map, stretch) as u64;
            // At an edge the finer steps of the next stretch reach over by one.
            let (first, last) = (stretch.0.0.div_ceil(step) + 1, (stretch.1.0 / step).saturating_sub(1));
            for n in (first..last).take(40) {
                assert_eq!(grid.after(Time(n * step)), Time((n + 1) * step), "{} from {}", drawn.name, stretch.0);
                stretches += 1;
            }
        }
    }
    assert!(stretches > 2_000, "only {stretches} steps were looked at");
}
