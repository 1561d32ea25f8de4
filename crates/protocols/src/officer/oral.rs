//! Orders by word of mouth, OM(m): nobody can show what he was told, so everyone tells everyone, and the majority counts.
//!
//! Each officer relays what each other relayed to it, along every path of different hands, and then works backwards:
//! what somebody was told is what most of those say whom he in turn told, he himself among them. With signatures there
//! is nothing to work out: see [`super::signed`].

use std::collections::BTreeMap;

use fencepost_sim::ParticipantId;
use fencepost_vocabulary::Path;

use super::RETREAT;
use super::config::OfficerConfig;

/// What an officer was told, by the path on which it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Oral(BTreeMap<Path, bool>);

impl Oral {
    /// The first word counts.
    pub fn hear(&mut self, path: Path, attack: bool) {
        self.0.entry(path).or_insert(attack);
    }

    /// What it is to relay at the end of a round: one word for each path on which something should have come.
    pub fn relays(&self, config: &OfficerConfig, round: usize) -> Vec<(Path, bool)> {
        let mut paths: Vec<Path> = config.commander().map(|commander| Path(vec![commander])).into_iter().collect();
        for _ in 1..round {
            paths = paths.iter().flat_map(|path| config.others(path).map(|hand| longer(path, hand))).collect();
        }
        paths
            .into_iter()
            .map(|path| {
                let attack = self.told(&path);
                (path, attack)
            })
            .collect()
    }

    fn told(&self, path: &Path) -> bool {
        self.0.get(path).copied().unwrap_or(RETREAT)
    }

    pub fn decision(&self, config: &OfficerConfig) -> bool {
        let commander = config.commander().map(|commander| Path(vec![commander]));
        commander.map_or(RETREAT, |path| self.believed(config, &path))
    }

    /// What the last hand on this path was told, as far as can be found out: what it says itself, and what the others
    /// were told by it, each counts once.
    fn believed(&self, config: &OfficerConfig, path: &Path) -> bool {
        if path.0.len() > config.relays as usize {
            return self.told(path);
        }
        let others = config.others(path).map(|hand| self.believed(config, &longer(path, hand)));
        majority(std::iter::once(self.told(path)).chain(others))
    }
}

fn longer(path: &Path, hand: ParticipantId) -> Path {
    let mut longer = path.clone();
    longer.0.push(hand);
    longer
}

/// More than half; a tie is a retreat.
fn majority(words: impl Iterator<Item = bool>) -> bool {
    let (attack, all) = words.fold((0, 0), |(attack, all), word| (attack + usize::from(word), all + 1));
    attack * 2 > all
}
