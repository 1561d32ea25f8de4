//! What terms, votes, logs, quorums, keys and lies look like, in runs put together by hand.
//!
//! `UPDATE_GOLDEN=1 cargo test -p fencepost-scene` writes the pictures anew; look at them before you keep them.
#![cfg(not(target_arch = "wasm32"))]

#[path = "shared/plays.rs"]
mod plays;
#[path = "shared/stage.rs"]
mod stage;

use fencepost_scene::{ArrowEnd, ChipKind, LegendKind, MarkKind, Options, Px, Scene, SpanKind, Tone, prose, svg};
use fencepost_sim::Time;
use plays::{keepers, king, liars, register, restless};
use stage::{Staged, ms};

fn all() -> [(&'static str, Staged); 5] {
    let plays = [("king", king()), ("liars", liars()), ("register", register()), ("keepers", keepers())];
    let [a, b, c, d] = plays;
    [a, b, c, d, ("restless", restless())]
}

fn at_900(staged: &Staged) -> Scene {
    staged.scene(&Options::default())
}

fn leads(scene: &Scene, lane: usize) -> Vec<(bool, Time, Time)> {
    let here = scene.spans.iter().filter(|span| span.about.participant.map(|it| it.index()) == Some(lane));
    let leads = here.filter_map(|span| match span.kind {
        SpanKind::Leads { backed, .. } => Some((backed, span.from, span.until)),
        _ => None,
    });
    leads.collect()
}

fn chips(scene: &Scene, kind: ChipKind) -> Vec<(&str, Time)> {
    let chips = scene.chips.iter().filter(|chip| chip.kind == kind);
    chips.map(|chip| (chip.text.as_str(), scene.time_map.time(chip.rect.center().y))).collect()
}

fn texts(scene: &Scene, kind: ChipKind) -> Vec<&str> {
    chips(scene, kind).into_iter().map(|(text, _)| text).collect()
}

fn says(scene: &Scene, words: &str) -> bool {
    scene.labels.iter().any(|label| label.text.contains(words))
}

#[test]
fn a_leader_is_hollow_until_enough_acknowledge_it_and_again_when_they_no_longer_do() {
    let scene = at_900(&king());
    // A heartbeat and a round trip after the last acknowledgement, which left before the cut.
    assert_eq!(leads(&scene, 0), [(false, ms(0), ms(100)), (true, ms(100), ms(1_200)), (false, ms(1_200), ms(6_150))]);
    assert_eq!(leads(&scene, 1), [(false, ms(4_000), ms(4_100)), (true, ms(4_100), ms(8_000))]);
}

#[test]
fn neighbouring_terms_differ_and_a_candidate_is_told_from_a_leader() {
    let scene = at_900(&king());
    let of = |lane: usize| scene.spans.iter().filter(move |it| it.about.participant.map(|it| it.index()) == Some(lane));
    let tints = of(1).filter_map(|span| match span.kind {
        SpanKind::Term { tint } => Some((tint, span.from)),
        _ => None,
    });
    assert_eq!(tints.collect::<Vec<_>>(), [(1, ms(0)), (2, ms(2_450)), (3, ms(3_900))]);
    let stands = of(2).filter(|span| matches!(span.kind, SpanKind::Stands { .. })).map(|span| (span.from, span.until));
    assert_eq!(stands.collect::<Vec<_>>(), [(ms(2_400), ms(3_950))]);
    let width = |kind: SpanKind| scene.spans.iter().find(|span| span.kind == kind).map(|span| span.rect.width);
    assert!(
        width(SpanKind::Leads { tint: 1, backed: true }) > width(SpanKind::Term { tint: 1 }),
        "not by colour alone"
    );
}

#[test]
fn an_election_is_one_chip_with_its_votes() {
    let staged = king();
    let scene = at_900(&staged);
    assert_eq!(texts(&scene, ChipKind::Tally), ["1 of 3 votes", "2 of 3 votes ✓"]);
    let tale = |place: usize| {
        let tally = scene.chips.iter().filter(|chip| chip.kind == ChipKind::Tally).nth(place).expect("two elections");
        prose::tell(tally.tale, &staged.view())
    };
    let lost = "N3 stands for election in term 2 at 2.4 s. Nobody else votes for it: 1 of 3 votes, and it does not come to lead.";
    let won = "N2 stands for election in term 3 at 3.9 s. It votes for itself, and so does N3: 2 of 3 votes, and it leads from 4 s on.";
    assert_eq!([tale(0), tale(1)], [lost, won]);
    assert!(says(&scene, "vote ✓") && says(&scene, "vote ✕"));
}

#[test]
fn a_commitment_is_a_bracket_across_the_lanes_that_acknowledged() {
    let staged = king();
    let scene = at_900(&staged);
    let [bracket] = &scene.brackets[..] else { panic!("one commitment: {:?}", scene.brackets) };
    assert_eq!(bracket.ticks, [scene.lanes[1].x, scene.lanes[2].x]);
    assert_eq!(bracket.y, scene.time_map.y(ms(4_650)));
    assert!(says(&scene, "2 of 3"));
    let told = prose::tell(bracket.tale, &staged.view());
    assert!(told.starts_with("At 4.65 s N2 has the word of N2, N3: 2 of 3."), "{told}");
}

#[test]
fn a_log_is_chips_that_are_written_committed_and_thrown_out() {
    let scene = at_900(&king());
    assert_eq!(texts(&scene, ChipKind::Logged).len(), 4, "{:?}", chips(&scene, ChipKind::Logged));
    assert_eq!(texts(&scene, ChipKind::Thrown), ["1"], "what it says was told when it was written");
    assert!(texts(&scene, ChipKind::Committed).contains(&"✓ 1 acquire B"), "{:?}", chips(&scene, ChipKind::Committed));
    let narrow = king().scene(&Options { width: Px::new(360), ..Options::default() });
    assert!(texts(&narrow, ChipKind::Logged).iter().all(|text| *text == "1"), "numbers only");
}

#[test]
fn a_lie_stands_behind_the_truth_struck_through() {
    let staged = liars();
    let scene = at_900(&staged);
    let lies: Vec<_> = scene.arrows.iter().filter(|arrow| arrow.lie).collect();
    assert_eq!(lies.len(), 1);
    assert_eq!(lies[0].tone, Tone::Bad);
    let label = scene.labels.iter().find(|label| label.about.event == lies[0].about.event).expect("it is named");
    assert_eq!((label.struck.as_deref(), &*label.text), (Some("attack "), "G1: retreat"));
    let file = svg::write(&scene, &staged.view(), &svg::Carried::default());
    assert!(file.contains("<tspan class=\"truth\">attack</tspan> G1: retreat"), "a reader without colours sees it too");
    assert_eq!(texts(&scene, ChipKind::Decision), ["attacks", "retreats"]);
}

#[test]
fn replicas_and_key_nodes_show_what_they_keep() {
    let scene = at_900(&register());
    assert_eq!(texts(&scene, ChipKind::Keeps), ["1 by W"]);
    assert_eq!(scene.labels.iter().filter(|label| label.text.contains('0') && label.about.event.is_none()).count(), 3);
    assert!(says(&scene, "got 0") && says(&scene, "reads 1"), "{:?}", scene.labels);
    let [read] = &scene.brackets[..] else { panic!("one operation that came to an end") };
    assert_eq!((read.ticks.len(), read.home), (2, scene.lanes[4].x));
    let scene = at_900(&keepers());
    assert_eq!(texts(&scene, ChipKind::Keeps).len(), 4, "two keys taken, one of them free again, a name");
    assert_eq!(scene.brackets.len(), 1, "two keys of three are enough");
    assert!(scene.lanes[6].crashed.is_some() && scene.lanes[7].crashed.is_none());
    assert!(scene.marks.iter().any(|mark| mark.kind == MarkKind::Crash));
}

#[test]
fn a_minute_of_heartbeats_is_no_grey_wall() {
    let staged = restless();
    let scene = at_900(&staged);
    let sent =
        staged.trace.events.iter().filter(|it| matches!(it.kind, fencepost_vocabulary::EventKind::Sent { .. })).count();
    assert!(sent > 1_500 && scene.arrows.len() < 500, "{sent} sent, {} drawn", scene.arrows.len());
    assert!(scene.height < Px::new(1_200), "{}", scene.height);
    let loud = |scene: &Scene| {
        let heard = |arrow: &&fencepost_scene::Arrow| arrow.tone != Tone::Faint && arrow.end == ArrowEnd::Head;
        scene.arrows.iter().filter(heard).count()
    };
    assert_eq!(
        loud(&scene),
        3 * 3,
        "of the first two terms and the last the request, the vote and the first heartbeat"
    );
    let open = scene.repeats.iter().map(|repeat| repeat.key).take(1).collect();
    let open = staged.scene(&Options { opened: open, ..Options::default() });
    assert_eq!(loud(&open), 30 * 3, "of each term the request, the vote and the first heartbeat");
    assert!(open.boxes().iter().filter(|(text, _)| text.contains("leads term")).count() > 25);
}

#[test]
fn one_of_many_that_a_fault_was_aimed_at_is_drawn() {
    let mut stage = stage::Stage::new(stage::group(3, &[]), "drop N1->N2 heartbeat 7\n");
    stage.note(0, stage::id(0), fencepost_vocabulary::Note::Leads { term: fencepost_vocabulary::Term(1) }, None);
    stage.beats((0, 650), stage::id(0), 1, &[1, 2], &[]);
    stage.lose(650, stage::id(0), stage::id(1), stage::beat(1));
    let scene = at_900(&stage.ends(30_000));
    assert!(scene.arrows.iter().any(|arrow| arrow.end == ArrowEnd::Lost), "{:?}", scene.arrows.len());
}

#[test]
fn every_sentence_is_one() {
    for (name, staged) in all() {
        let view = staged.view();
        let rows = prose::rows(&view).into_iter().map(|row| row.what);
        let scene = at_900(&staged);
        let tales = scene.spans.iter().map(|it| it.tale).chain(scene.arrows.iter().map(|it| it.tale));
        let tales = tales.chain(scene.chips.iter().map(|it| it.tale)).chain(scene.brackets.iter().map(|it| it.tale));
        for told in rows.chain(tales.map(|tale| prose::tell(tale, &view))) {
            let begins = told.chars().next().is_some_and(char::is_uppercase);
            assert!(begins && told.ends_with('.') && !told.contains("  "), "{name}: “{told}”");
        }
        assert!(prose::describe(&view).len() < 9_000, "{name}");
    }
}

#[test]
fn no_words_lie_on_words() {
    for (name, staged) in all() {
        for width in [320, 360, 560, 900, 1_440] {
            let scene = staged.scene(&Options { width: Px::new(width), ..Options::default() });
            let boxes = scene.boxes();
            for (place, (text, quad)) in boxes.iter().enumerate() {
                let over = boxes[place + 1..].iter().find(|(_, other)| quad.overlaps(other));
                assert!(over.is_none(), "{name} at {width}: “{text}” lies on {over:?}");
            }
        }
    }
}

#[test]
fn only_what_occurs_is_explained() {
    for (name, staged) in all() {
        let scene = at_900(&staged);
        let explained = |kind: LegendKind| scene.legend.iter().any(|entry| entry.kind == kind);
        assert_eq!(explained(LegendKind::Lie), name == "liars", "{name}");
        assert_eq!(explained(LegendKind::Bracket), !["liars", "restless"].contains(&name), "{name}");
        let hollow = SpanKind::Leads { tint: 0, backed: false };
        assert_eq!(explained(LegendKind::Span(hollow)), ["king", "restless"].contains(&name), "{name}");
    }
}

#[test]
fn the_pictures_are_as_reviewed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/by-hand");
    let [king, liars, register, keepers, _] = all();
    for (name, staged) in [king, liars, register, keepers] {
        for width in [360, 900] {
            let scene = staged.scene(&Options { width: Px::new(width), ..Options::default() });
            let now = svg::write(&scene, &staged.view(), &svg::Carried { text: name, link: None });
            let path = folder.join(format!("{name}-{width}.svg"));
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                std::fs::create_dir_all(&folder).expect("the folder can be made");
                std::fs::write(&path, &now).expect("a golden file can be written");
            }
            let then = std::fs::read_to_string(&path).expect("there is a golden file");
            let changed = now.lines().zip(then.lines()).find(|(now, then)| now != then);
            assert!(now == then, "{name} at {width} has changed, first at {changed:?}");
        }
    }
}
