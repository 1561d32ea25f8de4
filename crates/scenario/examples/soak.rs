//! The random campaign of `tests/fuzz.rs` for as long as it is let: `soak [minutes] [seed]`. A panic is a finding; the
//! seed that was printed last repeats it.

#![allow(clippy::print_stdout)] // It is a command, and tells how far it is.

#[path = "../tests/common/campaign.rs"]
mod campaign;
#[path = "../tests/common/chance.rs"]
mod chance;

use std::time::{Duration, Instant};

use campaign::Campaign;

const ROUNDS: u64 = 100_000;

fn main() {
    let number = |place| std::env::args().nth(place).and_then(|word| word.parse::<u64>().ok());
    let length = Duration::from_secs(60 * number(1).unwrap_or(1));
    let begin = Instant::now();
    let mut seed = number(2).unwrap_or(1_000);
    loop {
        println!("links and texts: seed {seed}, {} s of {} s", begin.elapsed().as_secs(), length.as_secs());
        let mut campaign = Campaign::new(seed);
        (0..ROUNDS).for_each(|_| campaign.round());
        seed += 1;
        if begin.elapsed() >= length {
            return println!("links and texts: no finding");
        }
    }
}
