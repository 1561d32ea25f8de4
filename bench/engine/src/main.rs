//! The native stopwatch: reads a scenario from stdin and prints events per second, in each depth, as one JSON object.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use fencepost_bench::Engine;

/// How long the stopwatch runs in all, and for one lap: the same as in the browser.
const ALL: Duration = Duration::from_secs(2);
const LAP: Duration = Duration::from_millis(20);

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let engine = Engine::new(&text);
    let events = engine.kernel();
    let kernel = events_per_second(|| engine.kernel());
    let recorded = events_per_second(|| engine.recorded());
    let judged = events_per_second(|| engine.judged());
    let whole = events_per_second(|| engine.whole());
    writeln!(
        std::io::stdout(),
        r#"{{"events": {events}, "kernel": {kernel}, "recorded": {recorded}, "judged": {judged}, "whole": {whole}}}"#
    )
}

/// The median over laps, which one interruption by another process does not move. The first laps only warm up.
fn events_per_second(mut round: impl FnMut() -> u32) -> u64 {
    let mut rates = Vec::new();
    let began = Instant::now();
    while began.elapsed() < ALL || rates.len() < 9 {
        rates.push(lap(&mut round));
    }
    let warm = rates.len() / 3;
    rates[warm..].sort_unstable();
    rates[warm + (rates.len() - warm) / 2]
}

/// Events per second in one lap of many rounds.
fn lap(round: &mut impl FnMut() -> u32) -> u64 {
    let began = Instant::now();
    let mut events = 0;
    while began.elapsed() < LAP {
        events += u64::from(round());
    }
    (events as f64 / began.elapsed().as_secs_f64()) as u64
}
