//! What the course claims beyond one run: two worlds that look alike, thresholds on a grid, and every messenger in turn.
#![cfg(not(target_arch = "wasm32"))]

use fencepost_lab::{Run, run};
use fencepost_properties::State;
use fencepost_scenario::{Document, Scenario, gallery};
use fencepost_sim::Time;
use fencepost_vocabulary::{Event, PropertyKind};

fn text(number: u32) -> &'static str {
    gallery::all().iter().find(|preset| preset.number == number).expect("it is in the gallery").text
}

fn parsed(text: &str) -> Scenario {
    let parsed = Document::new(text).parse();
    assert!(parsed.is_sound(), "{}", parsed.diagnostics[0]);
    parsed.scenario
}

fn variant(number: u32, name: Option<&str>) -> Run {
    run(&parsed(text(number)).view(name).expect("the variant is there"))
}

fn violates(run: &Run, property: PropertyKind) -> bool {
    let mut of_property = run.verdicts.iter().filter(|verdict| verdict.property == property);
    of_property.any(|verdict| matches!(verdict.state, State::Violated { .. }))
}

/// What happens to one participant before a moment.
fn seen_by<'run>(run: &'run Run, name: &str, before: Time) -> Vec<(Time, &'run Event)> {
    let id = run.cast.find(name).expect("it takes part");
    let events = run.trace.events.iter().filter(|event| event.participant == id && event.time < before);
    events.map(|event| (event.time, event)).collect()
}

/// Scenario 1: up to the late answer, nothing that C or N2 sees tells a slow N1 from a dead one.
#[test]
fn slow_and_dead_look_the_same_until_the_answer() {
    let (slow, dead) = (variant(1, None), variant(1, Some("dead")));
    let answer = Time::from_millis(60_070);
    for name in ["C", "N2"] {
        let views = [&slow, &dead].map(|run| seen_by(run, name, answer));
        let kinds = views.each_ref().map(|view| view.iter().map(|(at, event)| (*at, &event.kind)).collect::<Vec<_>>());
        assert_eq!(kinds[0], kinds[1], "{name} can tell the two worlds apart");
        assert!(kinds[0].len() > 3, "{name} sees something");
    }
    assert_ne!(
        seen_by(&slow, "C", Time::from_millis(60_071)).len(),
        seen_by(&dead, "C", Time::from_millis(60_071)).len()
    );
}

/// Scenario 15: the smallest sleep, in half seconds, that breaks the order in spite of a lock-delay.
#[test]
fn waiting_longer_moves_the_cliff() {
    let smallest = |delay: &str| {
        let text = text(15).replace("lock-delay 6s", delay);
        let base = text.split("\nvariant").next().expect("there is a base");
        (1..=60).map(|halves| halves * 500).find(|pause: &u64| {
            let scenario = parsed(&base.replace("for 16500ms", &format!("for {pause}ms")));
            violates(&run(&scenario), PropertyKind::EffectOrder)
        })
    };
    assert_eq!(
        ["", "lock-delay 2s", "lock-delay 6s", "lock-delay 15s"].map(smallest),
        [Some(10_500), Some(12_500), Some(16_500), Some(25_500)]
    );
}

/// Scenario 5: with k messengers, losing the last one breaks the agreement and losing any other does not, for then all
/// that would have followed are not sent either.
#[test]
fn the_last_messenger_is_always_the_one_too_few() {
    for messages in 1..=6 {
        let agrees = |lost: u32| {
            let link = if lost % 2 == 1 { "G1->G2" } else { "G2->G1" };
            let ordinal = lost.div_ceil(2);
            let text =
                format!("fencepost 1\ngenerals G1 G2 messages {messages} dawn 5s\ndrop {link} messenger {ordinal}");
            !violates(&run(&parsed(&text)), PropertyKind::Agreement)
        };
        for lost in 1..=messages {
            assert_eq!(agrees(lost), lost < messages, "messenger {lost} of {messages}");
        }
    }
}

/// Scenario 11: how much of a lease a client may use is the speed of its clock over that of the service's, and no more.
#[test]
fn a_lease_is_worth_the_ratio_of_the_clocks() {
    for (clock, ratio) in [("A rate -50%", 50), ("A rate -20%", 80), ("L rate +100%", 50), ("L rate +25%", 80)] {
        let overlaps = |share: u32| {
            let clients = format!("client A at 0s trusts {share}%: acquire L\nclient B at 1s: acquire L");
            let text = format!("fencepost 1\nlock L lease 10s\n{clients}\nclock {clock} from 0s");
            let run = run(&parsed(&text));
            run.verdicts.iter().any(|verdict| matches!(verdict.state, State::Seen { .. }))
        };
        assert_eq!([ratio, ratio + 2].map(overlaps), [false, true], "clock {clock}");
    }
}

/// Scenario 34: the lease by which a leader reads is one part in 21 short, so it bears a clock that is slow by that much
/// and no more, where messages take next to no time. A clock slow by 5 % is too slow.
#[test]
fn a_lease_of_a_leader_bears_a_clock_slow_by_one_part_in_21() {
    let base = fencepost_scenario::print(&parsed(text(34)).view(None).expect("the base is always there"));
    // N2 leads a second after the last heartbeat that came through, which N1 sends by its own slow clock.
    let lies = |rate: &str, written: &str, read: &str| {
        let changes = [
            ("network delay 50ms", "network delay 100us"),
            ("rate -50%", rate),
            ("client W at 3s", written),
            ("client R at 3500ms", read),
        ];
        let slow = changes.into_iter().fold(base.clone(), |text, (old, new)| {
            assert!(text.contains(old), "{text}");
            text.replace(old, new)
        });
        violates(&run(&parsed(&slow)), PropertyKind::Linearizable)
    };
    assert!(!lies("rate -47619ppm", "client W at 2995600us", "client R at 2996300us"));
    assert!(lies("rate -5%", "client W at 2895300us", "client R at 2896000us"));
}
