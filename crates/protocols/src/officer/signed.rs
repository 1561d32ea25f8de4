//! Signed orders, SM(m): an order comes with the signatures of all whose hands it went through, and nobody can alter it.
//!
//! A traitor among those who relay can withhold an order and nothing else: an altered one would bear no signature of the
//! commander. So a lie that it is told to tell about a relay is impossible; it sends what it has, and nothing is noted.
//! Only a treacherous commander can sign two orders, and whoever sees both knows.

use fencepost_vocabulary::Path;

use super::RETREAT;

/// The orders with the commander's signature that an officer has seen: at most two, as there are two orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Signed(Vec<Seen>);

/// An order, and the first signatures with which it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Seen {
    attack: bool,
    path: Path,
    /// Whether it was handed on.
    relayed: bool,
}

impl Signed {
    /// An order that it has seen already tells nothing new, whoever signed it. Only, one that came before its round, from
    /// somebody with a fast clock, must not keep it from handing on what comes in time.
    pub fn hear(&mut self, path: Path, attack: bool) {
        match self.0.iter_mut().find(|seen| seen.attack == attack) {
            Some(seen) if !seen.relayed && path.0.len() < seen.path.0.len() => seen.path = path,
            Some(_) => {}
            None => self.0.push(Seen { attack, path, relayed: false }),
        }
    }

    /// What it is to hand on at the end of a round: what it had not seen before.
    pub fn relays(&mut self, round: usize) -> Vec<(Path, bool)> {
        let new = self.0.iter_mut().filter(|seen| !seen.relayed && seen.path.0.len() <= round);
        new.map(|seen| {
            seen.relayed = true;
            (seen.path.clone(), seen.attack)
        })
        .collect()
    }

    /// One order is obeyed. Two, or none, and the commander is a traitor or out of reach.
    pub fn decision(&self) -> bool {
        match self.0.as_slice() {
            [seen] => seen.attack,
            _ => RETREAT,
        }
    }
}
