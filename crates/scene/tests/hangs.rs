//! A search for texts that cost too much. Scenarios are mutated, by numbers driven to extremes and by lines doubled, lost,
//! exchanged or borrowed, and each goes down the page's whole way: read, run, judged, seen through the models, blamed,
//! laid out and drawn. Whatever makes more work of some kind than all before it is mutated next.
//!
//! The worst of each kind is kept in `tests/hangs/`, and every run of the tests takes them that way again and holds what
//! can be counted against its budget. `HANGS=24 cargo test --release -p fencepost-scene --test hangs -- --nocapture` goes
//! on for so many minutes on the processor, and writes what it keeps.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../../scenario/tests/common/chance.rs"]
#[allow(dead_code, reason = "it makes bytes for links, too")]
mod chance;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chance::Chance;
use fencepost_lab::{blame, first_violation, lens, run_within};
use fencepost_scenario::{Document, Scenario, gallery, highlight, link};
use fencepost_scene::svg::{self, Carried};
use fencepost_scene::{Options, View, lay_out};
use fencepost_sim::Limits;

/// The search cuts a run sooner than the page does, so that it comes to more texts.
const SEARCHED: u64 = 20_000;
/// What was kept is run for longer than where it was found, and still for less than a page's limit: work that grows
/// faster than the events shows.
const KEPT: u64 = 40_000;
/// Texts are kept small enough to be read.
const LONGEST: usize = 16_000;

/// How much work of each kind a text made.
type Work = BTreeMap<&'static str, u64>;

/// The nanoseconds that this thread has had a processor; 0 where nobody counts them. They guide the search, and no test
/// depends on them.
fn processor() -> u64 {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    counted.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// Does it, and notes for how long it had the processor.
fn timed<T>(work: &mut Work, what: &'static str, it: impl FnOnce() -> T) -> T {
    let before = processor();
    let done = it();
    *work.entry(what).or_default() += processor() - before;
    done
}

/// A text and its first variant, as the page shows them.
fn work_of(text: &str, events: u64) -> Work {
    let mut work = Work::new();
    let document = Document::new(text);
    let parsed = timed(&mut work, "ns read", || {
        document.lines().for_each(|line| drop(highlight::highlight(line)));
        drop(link::encode(document.for_others().text(), &Default::default()));
        document.parse()
    });
    work.insert("remarks", parsed.diagnostics.len() as u64);
    let variant = parsed.scenario.variants.first().map(|variant| variant.name.clone());
    for name in
        [None, Some(variant.as_deref())].into_iter().map(Option::flatten).take(1 + usize::from(variant.is_some()))
    {
        if let Some(view) = parsed.view(name) {
            show(&view.scenario, events, &mut work);
        }
    }
    work
}

fn show(scenario: &Scenario, events: u64, work: &mut Work) {
    let limits = Limits { events, ..Limits::default() };
    let run = timed(work, "ns run", || run_within(scenario, limits));
    let seen = timed(work, "ns lens", || lens(scenario, &run));
    if let Some(verdict) = first_violation(&run) {
        timed(work, "ns blame", || drop(blame(scenario, &run, verdict)));
    }
    let view = View { scenario, cast: &run.cast, trace: &run.trace, ledger: &run.ledger, verdicts: &run.verdicts };
    let scene = timed(work, "ns layout", || lay_out(&view, &Options::default()));
    let drawn = timed(work, "ns draw", || svg::write(&scene, &view, &Carried::default()));
    let elements = scene.spans.len() + scene.arrows.len() + scene.marks.len() + scene.labels.len() + scene.chips.len();
    let said: usize = run.verdicts.iter().map(|verdict| verdict.sentence.len()).sum();
    let outside: usize = seen.timing.iter().chain(&seen.failures).map(|row| row.outside.len()).sum();
    for (what, count) in [
        ("events", run.trace.events.len()),
        ("elements", elements + scene.brackets.len() + scene.callouts.len() + scene.ticks.len()),
        ("bytes drawn", drawn.len()),
        ("bytes said", said + scene.desc.len()),
        ("verdicts", run.verdicts.len()),
        ("objections", outside),
    ] {
        let most = work.entry(what).or_default();
        *most = (*most).max(count as u64);
    }
}

/// Whatever can be counted, against what a page can bear: what is drawn and said grows with the events and no faster.
fn over_budget(work: &Work, text: &str, events: u64) -> Vec<String> {
    let of = |what: &str| work.get(what).copied().unwrap_or_default();
    let lines = text.lines().count() as u64;
    let things = of("events") + 64 * 64 + 4 * lines;
    let budgets = [
        // One step may end after the limit.
        ("events", events + 10_000),
        ("remarks", 1_000),
        ("elements", 4 * things),
        ("bytes drawn", 200_000 + 1_200 * things),
        ("bytes said", 200_000 + 40 * things),
        ("verdicts", 4_000),
        ("objections", 4 * things),
    ];
    let over = budgets.into_iter().filter(|(what, most)| of(what) > *most);
    over.map(|(what, most)| format!("{what}: {} of {most}", of(what))).collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/hangs")
}

/// The kept texts, by name.
fn corpus() -> Vec<(String, String)> {
    let files = std::fs::read_dir(folder()).expect("the corpus is there");
    let paths = files.map(|file| file.expect("it can be listed").path());
    let mut kept: Vec<(String, String)> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "fencepost"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a text")))
        .collect();
    kept.sort();
    kept
}

#[test]
fn nothing_that_was_found_to_cost_much_is_over_its_budget() {
    let kept = corpus();
    assert!(kept.len() >= 10, "the corpus only grows");
    for (name, text) in kept {
        assert_eq!(over_budget(&work_of(&text, KEPT), &text, KEPT), [""; 0], "{name}");
    }
}

/// A number at its edge, where the old one stood.
const EXTREMES: [&str; 16] = [
    "0",
    "1",
    "2",
    "3",
    "7",
    "16",
    "63",
    "64",
    "999",
    "1000",
    "86399",
    "86400",
    "3600000",
    "86400000",
    "4294967295",
    "18446744073709551615",
];
const UNITS: [&str; 4] = ["us", "ms", "s", "m"];

/// A text that is like this one and is not.
fn mutated(text: &str, other: &str, chance: &mut Chance) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=chance.below(3) {
        let (from, to) = (chance.below(lines.len()), chance.below(lines.len()));
        match chance.below(8) {
            0..=2 => lines[from] = with_another_number(&lines[from], chance),
            3 => {
                let line = lines[from].clone();
                let many = 1 << chance.below(7);
                lines.splice(to..to, std::iter::repeat_n(line, many));
            }
            4 => lines.swap(from, to),
            5 if lines.len() > 1 => drop(lines.remove(from)),
            6 => {
                let borrowed: Vec<&str> = other.lines().collect();
                lines.insert(to, borrowed[chance.below(borrowed.len())].to_owned());
            }
            _ => lines[from] = with_another_name(&lines[from], text, chance),
        }
    }
    let mut mutant = lines.join("\n");
    mutant.truncate(mutant.floor_char_boundary(LONGEST));
    mutant
}

fn with_another_number(line: &str, chance: &mut Chance) -> String {
    let digits: Vec<usize> = line.char_indices().filter(|(_, it)| it.is_ascii_digit()).map(|(at, _)| at).collect();
    if digits.is_empty() {
        return line.to_owned();
    }
    let inside = digits[chance.below(digits.len())];
    let is_digit = |it: char| it.is_ascii_digit();
    let start = line[..inside].trim_end_matches(is_digit).len();
    let rest = line[inside..].trim_start_matches(is_digit);
    let unit = ["us", "ms", "s", "m"].into_iter().find(|unit| rest.starts_with(unit)).unwrap_or_default();
    let new_unit = if unit.is_empty() || chance.below(2) == 0 { unit } else { chance.one_of(&UNITS) };
    format!("{}{}{new_unit}{}", &line[..start], chance.one_of(&EXTREMES), &rest[unit.len()..])
}

/// A word of the line gives way to one of the text.
fn with_another_name(line: &str, text: &str, chance: &mut Chance) -> String {
    let (own, all): (Vec<&str>, Vec<&str>) = (line.split(' ').collect(), text.split_whitespace().collect());
    let (out, into) = (chance.below(own.len()), chance.one_of(&all));
    own.iter().enumerate().map(|(at, word)| if at == out { into } else { *word }).collect::<Vec<_>>().join(" ")
}

/// The worst text of each kind of work.
struct Worst(BTreeMap<&'static str, (u64, String)>);

impl Worst {
    /// Takes over what made more work than all before it. A little more on the clock is no more work.
    fn learn(&mut self, work: &Work, text: &str) {
        for (what, amount) in work {
            let known = self.0.get(what).map_or(0, |(known, _)| *known);
            if *amount > known + known / if what.starts_with("ns ") { 10 } else { 1_000 } {
                self.0.insert(what, (*amount, text.to_owned()));
            }
        }
    }

    #[expect(clippy::print_stdout, reason = "what a search found is its result")]
    fn keep(&self) {
        for (what, (amount, text)) in &self.0 {
            let name = format!("{}.fencepost", what.replace(' ', "-"));
            std::fs::write(folder().join(&name), text).expect("the corpus can be written");
            println!(
                "{name}: {amount}, {} lines; uncut: {:?}",
                text.lines().count(),
                work_of(text, Limits::default().events)
            );
        }
    }
}

/// Unasked, a few hundred texts: enough to know that the search itself works.
#[expect(clippy::print_stdout, reason = "what a search found is its result")]
#[test]
fn no_mutation_makes_more_work_than_its_budget() {
    let minutes: Option<u64> = std::env::var("HANGS").ok().map(|minutes| minutes.parse().expect("whole minutes"));
    let seeds: Vec<String> = gallery::all().iter().map(|preset| preset.text.to_owned()).collect();
    let kept: Vec<String> = corpus().into_iter().map(|(_, text)| text).collect();
    let (mut worst, mut chance, began) = (Worst(BTreeMap::new()), Chance(minutes.unwrap_or_default()), processor());
    if minutes.is_some() {
        seeds.iter().chain(&kept).for_each(|text| worst.learn(&work_of(text, SEARCHED), text));
    }
    let events = if minutes.is_some() { SEARCHED } else { 2_000 };
    let mut tried = 0_u64;
    let goes_on = |tried| minutes.map_or(tried < 300, |minutes| processor() - began < minutes * 60_000_000_000);
    while goes_on(tried) {
        let goals: Vec<&(u64, String)> = worst.0.values().collect();
        let parent = match chance.below(4) {
            0 => &seeds[chance.below(seeds.len())],
            _ if goals.is_empty() => &seeds[chance.below(seeds.len())],
            _ => &goals[chance.below(goals.len())].1,
        };
        let mutant = mutated(parent, &seeds[chance.below(seeds.len())], &mut chance);
        let work = work_of(&mutant, events);
        let over = over_budget(&work, &mutant, events);
        if minutes.is_none() {
            assert_eq!(over, [""; 0], "{mutant}");
        } else if !over.is_empty() {
            println!("over its budget: {over:?}\n{mutant}\n");
        }
        worst.learn(&work, &mutant);
        tried += 1;
        if minutes.is_some() && tried.is_multiple_of(500) {
            println!("{tried} texts, {} s", (processor() - began) / 1_000_000_000);
            worst.keep();
        }
    }
    if minutes.is_some() {
        println!("{tried} texts");
        worst.keep();
    }
}
