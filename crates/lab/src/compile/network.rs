//! The links: how long messages take on each, and whether they may overtake each other.
//!
//! A delay left to chance is drawn from a *salt* of the seed and the two names, never from a place in the text. So a line
//! more or less elsewhere, a participant moved to another lane or a fault switched off reshuffles no delay.

use fencepost_scenario::model::{DelayRange, Scenario};
use fencepost_sim::{Digest, Network, ParticipantId};
use fencepost_vocabulary::Cast;

/// The network of a scenario. What is said of one link takes precedence over what is said of all.
pub(super) fn network(scenario: &Scenario, cast: &Cast) -> Network {
    let mut network = Network::new(cast.members.len(), scenario.delay.low);
    for (from, _) in cast.iter() {
        for (to, _) in cast.iter() {
            if !scenario.delay.is_fixed() {
                set_delay(&mut network, from, to, scenario.delay, scenario.seed, cast);
            }
            if scenario.fifo {
                network.set_fifo(from, to);
            }
        }
    }
    for link in &scenario.links {
        if let (Some(from), Some(to)) = (cast.lane(&link.from), cast.lane(&link.to)) {
            set_delay(&mut network, from, to, link.delay, scenario.seed, cast);
            if link.fifo {
                network.set_fifo(from, to);
            }
        }
    }
    network
}

fn set_delay(network: &mut Network, from: ParticipantId, to: ParticipantId, delay: DelayRange, seed: u64, cast: &Cast) {
    network.set_range(from, to, delay.low, delay.high, salt(seed, &[cast.name(from), cast.name(to)]));
}

/// What tells the chances of one link, or of one participant, from those of every other.
pub(super) fn salt(seed: u64, names: &[&str]) -> u64 {
    let mut digest = Digest::default();
    digest.number(seed);
    for name in names {
        digest.number(name.len() as u64);
        digest.bytes(name.as_bytes());
    }
    digest.finish()
}
