//! From a view to a scene, one kind of thing after another.

use crate::picture::Scene;
use crate::px::Px;
use crate::time_map::TimeMap;
use crate::view::{Options, View};

/// Lays a run out as a picture.
pub fn lay_out(view: &View<'_>, options: &Options) -> Scene {
    let time_map = options.time_map.clone().unwrap_or_else(|| TimeMap::new([], Vec::new()));
    let mut scene = Scene {
        width: options.width,
        height: time_map.y(view.trace.ended_at),
        header: Px::new(56),
        narrow: false,
        title: view.scenario.title.clone(),
        desc: view.scenario.about.clone(),
        time_map,
        lanes: Vec::new(),
        ruler: Px::new(46),
        ticks: Vec::new(),
        folds: Vec::new(),
        spans: Vec::new(),
        arrows: Vec::new(),
        marks: Vec::new(),
        chips: Vec::new(),
        labels: Vec::new(),
        callouts: Vec::new(),
        legend: Vec::new(),
        reach: Default::default(),
    };
    scene.index();
    scene
}
