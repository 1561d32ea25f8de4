//! What crashes, clocks, omissions, disks, groups and generals look like: one scenario, a few facts.
#![cfg(not(target_arch = "wasm32"))]

mod shared;

use fencepost_scene::{LabelKind, LegendKind, MarkKind, Px, Scene, SpanKind, Tone, prose, svg};
use fencepost_sim::{PartitionMode, Time};
use shared::{KINDS, Played, kind};

fn ms(millis: u64) -> Time {
    Time::from_millis(millis)
}

fn spans(scene: &Scene, kind: SpanKind) -> Vec<(Time, Time)> {
    scene.spans.iter().filter(|span| span.kind == kind).map(|span| (span.from, span.until)).collect()
}

fn says(scene: &Scene, words: &str) -> bool {
    scene.labels.iter().any(|label| label.text.contains(words))
}

fn chips(scene: &Scene) -> Vec<&str> {
    scene.chips.iter().map(|chip| chip.text.as_str()).collect()
}

#[test]
fn a_crash_with_recovery_is_a_bar_and_a_mark_and_not_a_lane_that_ends() {
    let scene = kind("crash").at_900();
    assert_eq!(spans(&scene, SpanKind::Down), [(ms(1_000), ms(2_000)), (ms(5_000), ms(6_000))]);
    assert!(scene.lanes.iter().all(|lane| lane.crashed.is_none()));
    assert_eq!(scene.marks.iter().filter(|mark| mark.kind == MarkKind::Recovery).count(), 2);
    assert!(says(&scene, "disk wiped") && chips(&scene).contains(&"value – · no max"), "{:?}", chips(&scene));
}

#[test]
fn a_crash_ends_the_pause_that_it_strikes() {
    let text = "fencepost 1\nlock L lease none\nclient A at 0s: acquire L\n";
    let scene = Played::text(&format!("{text}pause L at 1s for 9s\ncrash L at 2s, recover at 4s\n")).at_900();
    assert_eq!(spans(&scene, SpanKind::Paused), [(ms(1_000), ms(2_000))]);
    assert_eq!(spans(&scene, SpanKind::Down), [(ms(2_000), ms(4_000))]);
}

#[test]
fn one_that_crashed_has_forgotten_its_question() {
    let text = "fencepost 1\nlock L lease none\nclient A at 0s: acquire L\nclient B at 1s: acquire L\n";
    let scene = Played::text(&format!("{text}crash B at 2s, recover at 3s\n")).at_900();
    let waits: Vec<_> = [SpanKind::Waiting, SpanKind::Stuck].into_iter().flat_map(|kind| spans(&scene, kind)).collect();
    assert_eq!(waits[0], (ms(1_000), ms(2_000)));
}

#[test]
fn a_recovery_under_a_pin_stands_beside_it() {
    let scene = kind("crash").at_900();
    let pins: Vec<_> = scene.marks.iter().filter(|mark| mark.kind == MarkKind::Pin).map(|mark| mark.at).collect();
    let hidden = scene.marks.iter().find(|mark| mark.kind == MarkKind::Recovery && pins.contains(&mark.at));
    assert_eq!(hidden, None);
}

#[test]
fn a_slow_clock_is_a_strip_and_shows_what_it_reads() {
    let played = kind("clocks");
    let scene = played.at_900();
    assert_eq!(spans(&scene, SpanKind::Clock), [(ms(2_000), played.run.trace.ended_at)]);
    assert!(says(&scene, "clock at 0.5×") && says(&scene, "its clock: 7.1 s"), "{:?}", scene.labels);
    let mark = scene.marks.iter().find(|mark| mark.kind == MarkKind::Clock).expect("a clock's face");
    let told = prose::tell(mark.tale, &played.view());
    assert_eq!(told, "From 2 s on the clocks of A run at 0.5× of true time.");
}

#[test]
fn a_clock_that_is_set_tells_both_readings() {
    let played = kind("wall");
    let rows = prose::rows(&played.view());
    let expired = rows.iter().find(|row| row.what.contains("runs out")).expect("a lease runs out");
    assert!(expired.what.ends_with("The wall clock of L shows 12 s."), "{}", expired.what);
    let kinds: Vec<MarkKind> = played.at_900().marks.iter().map(|mark| mark.kind).collect();
    assert!(kinds.contains(&MarkKind::Clock) && kinds.contains(&MarkKind::Payment), "{kinds:?}");
}

#[test]
fn silence_and_deafness_are_bars_and_a_severed_message_dies_at_the_cut() {
    let scene = kind("omission").at_900();
    assert_eq!(spans(&scene, SpanKind::Mute), [(ms(1_000), ms(4_000))]);
    assert_eq!(spans(&scene, SpanKind::Deaf), [(ms(200), ms(3_000))]);
    let severs = SpanKind::Cut { toward: None, mode: PartitionMode::Sever };
    assert_eq!(spans(&scene, severs), [(ms(10_100), ms(11_000))]);
    assert!(scene.legend.iter().any(|entry| entry.kind == LegendKind::Span(severs)));
    let held = scene.arrows.iter().find(|arrow| arrow.path.len() == 4).expect("a message that is held");
    assert!((held.path[1].x - scene.lanes[2].x).abs() <= Px::new(42), "beside its sender");
    assert_eq!(held.path[2].y, scene.time_map.y(ms(6_000)));
}

#[test]
fn what_is_already_beyond_a_cut_that_severs_dies_when_it_strikes() {
    let text = "fencepost 1\nnetwork delay 1s\nlock L lease none\nclient A at 0s: acquire L\n";
    let scene = Played::text(&format!("{text}partition L | A from 900ms to 3s sever")).at_900();
    let [arrow] = &scene.arrows[..] else { panic!("one message") };
    assert_eq!(arrow.path[1].y, scene.time_map.y(ms(900)));
}

#[test]
fn between_check_and_write_there_is_a_bracket_and_after_a_lease_a_delay() {
    let scene = kind("gap").at_900();
    let gaps = spans(&scene, SpanKind::Gap);
    assert!(gaps.contains(&(ms(2_050), Time(12_051_000))), "{gaps:?}");
    assert_eq!(spans(&scene, SpanKind::Delayed)[0], (ms(2_050), ms(5_050)));
    assert_eq!(spans(&scene, SpanKind::Unfenced), [(ms(5_050), Time(5_251_000))]);
}

#[test]
fn a_store_that_forgets_its_tokens_is_open_again() {
    let forgets = "crash S at 12s, recover at 12100ms";
    let text = include_str!("shared/seven.fencepost").replace("check none", "check ge max volatile");
    let scene = Played::text(&format!("{text}\npause A at 150ms for 15s\n{forgets}\n")).at_900();
    let open = spans(&scene, SpanKind::Unfenced);
    assert_eq!(open.len(), 2, "{open:?}");
    assert_eq!((open[0], open[1].0), ((ms(10_050), ms(10_250)), ms(12_100)));
}

#[test]
fn a_disk_that_is_waited_for_is_a_bar_and_a_bad_seal_bounces() {
    let scene = kind("disk").at_900();
    assert!(spans(&scene, SpanKind::Syncing).contains(&(ms(50), ms(80))));
    assert!(says(&scene, "granted · sealed "), "{:?}", scene.labels);
    let bounced = scene.arrows.iter().filter(|arrow| arrow.end == fencepost_scene::ArrowEnd::Bounced).count();
    assert!(bounced > 0, "the answer waited for the disk, and still bounces the request");
}

#[test]
fn heartbeats_stay_in_the_background() {
    let scene = kind("group").at_900();
    let beats: Vec<_> = scene.arrows.iter().filter(|arrow| arrow.kind.word() == "heartbeat").collect();
    assert!(beats.len() > 20 && beats.iter().all(|arrow| arrow.tone == Tone::Faint));
    let named = |kind| scene.labels.iter().filter(|it| it.kind == kind && it.text.contains("heartbeat")).count();
    assert_eq!((named(LabelKind::Message), named(LabelKind::Repeat)), (1, 3), "each member's are counted");
    assert!(scene.height < Px::new(1_000), "the stretches between the events of the story are quiet");
}

#[test]
fn a_question_asked_again_and_again_fades() {
    let scene = kind("session").at_900();
    let asks: Vec<Tone> = scene.arrows.iter().filter(|it| it.kind.word() == "acquire").map(|it| it.tone).collect();
    assert!(asks.len() > 12 && asks[..5].iter().all(|tone| *tone == Tone::Plain), "{asks:?}");
    assert!(asks[5..].iter().all(|tone| *tone == Tone::Faint), "{asks:?}");
}

#[test]
fn what_is_done_outside_is_a_sign_with_a_hazard_beside_it() {
    let scene = kind("outside").at_900();
    let at = |kind| scene.marks.iter().filter(move |mark| mark.kind == kind).map(|mark| mark.at);
    let mail = at(MarkKind::Mail).next().expect("an envelope");
    assert_eq!(mail.x, scene.lanes[0].x);
    assert!(at(MarkKind::Hazard).any(|hazard| hazard.y == mail.y), "the effect came too late");
    assert_eq!(at(MarkKind::Payment).count(), 1);
}

#[test]
fn only_what_occurs_is_in_the_legend_and_in_the_style_sheet() {
    for (name, text) in KINDS {
        let played = Played::text(text);
        let scene = played.at_900();
        let file = svg::write(&scene, &played.view(), &svg::Carried::default());
        let down = scene.spans.iter().any(|span| span.kind == SpanKind::Down);
        assert_eq!(file.contains(".down{"), down, "{name}");
        assert_eq!(scene.legend.iter().any(|it| it.kind == LegendKind::Span(SpanKind::Down)), down, "{name}");
    }
}
