//! A write outside of its lock in the picture: its pin, what it says, and in red how its writer came to be without the
//! lock and the way of the write.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use fencepost_scene::{MarkKind, Point, Scene, Tone};
use fencepost_sim::Time;
use fencepost_vocabulary::MessageKind;
use shared::Played;

/// The kinds of the arrows that are red, in the order of sending.
fn red(scene: &Scene) -> Vec<MessageKind> {
    scene.arrows.iter().filter(|arrow| arrow.tone == Tone::Bad).map(|arrow| arrow.kind).collect()
}

fn played(programs: &str) -> Scene {
    Played::text(&format!("fencepost 1\nlock L lease 10s\nstore S\n{programs}")).at_900()
}

#[test]
fn a_write_behind_a_release_is_pinned_and_both_are_red() {
    let scene = played("client A at 0s: acquire L; release L; work 2s; write S\nclient B at 5s: acquire L; write S\n");
    let pin = scene.marks.iter().find(|mark| mark.kind == MarkKind::Pin).expect("a violation has a pin");
    assert_eq!(pin.at, Point { x: scene.lanes[1].x, y: scene.time_map.y(Time::from_millis(2_250)) });
    assert_eq!(scene.callouts[0].heading.join(" "), "A writes outside its lock.");
    assert_eq!(scene.callouts[0].lines, ["effect-guarded violated · 2.25 s"]);
    assert_eq!(red(&scene), [MessageKind::Release, MessageKind::Write]);
}

#[test]
fn of_a_writer_that_never_asked_for_the_lock_the_write_alone_is_red() {
    let scene = played("client A at 0s: write S\nclient B at 5s: acquire L; write S\n");
    assert_eq!(scene.callouts[0].heading.join(" "), "A writes outside its lock.");
    assert_eq!(red(&scene), [MessageKind::Write]);
}
