//! The order of the lines of a text says in which order its participants stand, and nothing else: however the others are
//! arranged, the run is the same.

mod generate;

use fencepost_lab::run;
use fencepost_scenario::model::{CrashStart, FaultSpec, PauseStart};
use fencepost_scenario::{Document, Scenario, gallery, print};
use fencepost_sim::Duration;
use fencepost_vocabulary::EventKind;
use generate::dice::Dice;

fn shuffled<T>(mut things: Vec<T>, dice: &mut Dice) -> Vec<T> {
    for place in (1..things.len()).rev() {
        things.swap(place, dice.below(place as u64 + 1) as usize);
    }
    things
}

/// Every view of the library, and worlds that nobody wrote.
fn scenarios() -> Vec<(String, Scenario)> {
    let mut all = Vec::new();
    for preset in gallery::all() {
        let scenario = Document::new(preset.text).parse().scenario;
        let variants = scenario.variants.iter().map(|variant| Some(variant.name.as_str()));
        for name in std::iter::once(None).chain(variants) {
            let view = scenario.view(name).expect("the view is there");
            all.push((format!("{} {}", preset.name, name.unwrap_or("-")), view));
        }
    }
    all.extend((0..250).map(|seed| (seed.to_string(), generate::scenario(seed))));
    all.extend((0..250).map(|seed| (format!("wild-{seed}"), generate::wild::wild(seed))));
    all.extend((0..100).map(|seed| (format!("together-{seed}"), generate::together::together(seed))));
    all
}

/// The same fault once more, in the same moment or on the same message, and not quite the same.
fn rival(fault: &FaultSpec, dice: &mut Dice) -> FaultSpec {
    let mut fault = fault.clone();
    match &mut fault {
        FaultSpec::Pause { participant, start, length } => match (&start, dice.chance(30)) {
            (PauseStart::At(time), true) => {
                fault =
                    FaultSpec::Crash { participant: participant.clone(), start: CrashStart::At(*time), recovery: None };
            }
            _ => *length = dice.length(9_000),
        },
        FaultSpec::Crash { recovery, .. } => {
            if let Some(recovery) = recovery {
                recovery.at = recovery.at + Duration::from_millis(1 + dice.below(900));
            }
        }
        FaultSpec::ClockRate { change_ppm, .. } => *change_ppm += 100_000,
        FaultSpec::ClockJump { by, .. } => *by += 1_000_000,
        FaultSpec::Partition { until, .. } => *until = *until + Duration::from_millis(1 + dice.below(900)),
        FaultSpec::Mute { until, .. } | FaultSpec::Deafen { until, .. } => {
            *until = until.map(|until| until + Duration::from_millis(1 + dice.below(900)));
        }
        FaultSpec::Drop { message } => {
            fault = FaultSpec::Delay { message: message.clone(), by: dice.length(3_000) };
        }
        FaultSpec::Delay { by, .. } | FaultSpec::Stall { by, .. } => *by = dice.length(3_000),
        FaultSpec::Duplicate { after, .. } => *after = dice.length(3_000),
        FaultSpec::Hold { until, .. } => *until = *until + Duration::from_millis(1),
        FaultSpec::Lie { says, .. } => {
            use fencepost_scenario::model::Order;
            *says = if *says == Order::Attack { Order::Retreat } else { Order::Attack };
        }
    }
    fault
}

/// Two faults that strike at one moment or at one message are the hard case, so each has a rival here.
#[test]
fn the_order_of_the_fault_lines_does_not_matter() {
    let (mut dice, mut moved) = (Dice(7), 0);
    for (name, mut scenario) in scenarios() {
        let rivals: Vec<FaultSpec> = scenario.faults.iter().map(|fault| rival(fault, &mut dice)).collect();
        scenario.faults.extend(rivals);
        let digest = run(&scenario).digest();
        for _ in 0..3 {
            let arranged = Scenario { faults: shuffled(scenario.faults.clone(), &mut dice), ..scenario.clone() };
            moved += usize::from(arranged.faults != scenario.faults);
            assert_eq!(run(&arranged).digest(), digest, "{name}: {}", print(&arranged));
        }
    }
    assert!(moved > 1_000, "only {moved} orders were tried");
}

/// Whether a line tells a participant, or what several keep: those stand in the order of their lines.
fn is_in_place(line: &str) -> bool {
    let mut words = line.split(' ');
    match words.next().unwrap_or_default() {
        "fencepost" | "lock" | "store" | "members" | "generals" | "nodes" | "register" | "registry" | "pair" => true,
        "client" => line.contains(':'),
        _ => false,
    }
}

#[test]
fn the_order_of_all_lines_but_those_of_participants_does_not_matter() {
    let (mut dice, mut moved) = (Dice(11), 0);
    for (name, scenario) in scenarios() {
        let text = print(&scenario);
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        let (fixed, free): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|line| is_in_place(line));
        let digest = run(&Document::new(text.as_str()).parse().scenario).digest();
        let mut arranged = fixed;
        for line in shuffled(free, &mut dice) {
            arranged.insert(1 + dice.below(arranged.len() as u64) as usize, line);
        }
        let arranged = arranged.join("\n") + "\n";
        moved += usize::from(arranged != text);
        let parsed = Document::new(arranged.as_str()).parse();
        assert_eq!(run(&parsed.scenario).digest(), digest, "{name}: {arranged}");
    }
    assert!(moved > 500, "only {moved} orders were tried");
}

/// A line that never strikes is as good as none, wherever it stands.
#[test]
fn a_fault_that_never_strikes_does_not_show_in_the_digest() {
    let text = "fencepost 1\nlock L lease 10s\nstore S\nclient A at 0s: acquire L; write S\ncrash A at 1ms\n";
    let digest = |text: &str| run(&Document::new(text).parse().scenario).digest();
    let idle = text.replace("crash A", "drop A->S write 9\ncrash A");
    assert_eq!(digest(&idle), digest(text));
}

/// However faults are planned, the reader sees the line that struck, and the one that did not.
#[test]
fn a_fault_in_the_trace_is_the_line_of_the_text() {
    let text = "fencepost 1\nlock L lease 10s\nclient A at 0s: acquire L\nclient B at 1s: acquire L\npause A at 1s for 1s\n\
        drop A->L acquire 2\ncrash B at 2s\n";
    let run = run(&Document::new(text).parse().scenario);
    let named = run.trace.events.iter().filter_map(|event| match event.kind {
        EventKind::FaultStarted { fault, .. } | EventKind::Crashed { fault, .. } => Some(fault.0),
        _ => None,
    });
    assert_eq!(named.collect::<Vec<_>>(), [0, 2]);
    assert_eq!(run.dangling.iter().map(|dangling| dangling.fault.0).collect::<Vec<_>>(), [1]);
}
