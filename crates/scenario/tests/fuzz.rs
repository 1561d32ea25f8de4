//! A hundred thousand random and damaged inputs: no panic, no bound overrun. `cargo run --release -p
//! fencepost-scenario --example soak` goes on with other seeds for as long as it is let.

#[path = "common/campaign.rs"]
mod campaign;
#[path = "common/chance.rs"]
mod chance;

use campaign::Campaign;

/// A quarter of the campaign, so that four threads can share it.
fn quarter(seed: u64) {
    let mut campaign = Campaign::new(seed);
    (0..25_000).for_each(|_| campaign.round());
}

#[test]
fn the_first_quarter_of_a_hundred_thousand_strange_inputs_does_no_harm() {
    quarter(1);
}

#[test]
fn the_second_quarter_does_no_harm() {
    quarter(2);
}

#[test]
fn the_third_quarter_does_no_harm() {
    quarter(3);
}

#[test]
fn the_fourth_quarter_does_no_harm() {
    quarter(4);
}
