//! How an officer is set up, and what a traitor among them is told to say.

use fencepost_sim::{Duration, ParticipantId};
use fencepost_vocabulary::Path;

/// How an officer is set up. All officers of one council have the same, but for `id`, `traitor` and `lies`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OfficerConfig {
    /// Who it is.
    pub id: ParticipantId,
    /// All of them, the commander first.
    pub officers: Vec<ParticipantId>,
    /// How many rounds of relaying follow the order: the `m` of OM(m) and SM(m), and the number of traitors that it is
    /// made for.
    pub relays: u32,
    /// Whether orders are signed, so that no hand they go through can alter them.
    pub signed: bool,
    /// What the commander orders: to attack, or to retreat.
    pub order: bool,
    /// Whether it may say something else than it should.
    pub traitor: bool,
    /// What it says instead, if it is a traitor.
    pub lies: Vec<Lie>,
    /// How long a round lasts, on its own clock.
    pub round: Duration,
}

/// What a traitor says to somebody, whatever it should say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lie {
    /// To whom.
    pub to: ParticipantId,
    /// Only of what this officer handed over; `None` for everything.
    pub about: Option<ParticipantId>,
    /// To attack, or to retreat.
    pub says: bool,
}

impl OfficerConfig {
    /// Who gives the order.
    pub(super) fn commander(&self) -> Option<ParticipantId> {
        self.officers.first().copied()
    }

    /// Whether this one does.
    pub(super) fn is_commander(&self) -> bool {
        self.commander() == Some(self.id)
    }

    /// Everyone whose hands something with this path has not gone through.
    pub(super) fn others<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = ParticipantId> + 'a {
        self.officers.iter().copied().filter(move |officer| *officer != self.id && !path.0.contains(officer))
    }

    /// Whether an order can have come this way: from the commander through the hands of one officer after another, each
    /// once, the sender last, and never through its own.
    pub(super) fn is_sound(&self, path: &Path, from: ParticipantId) -> bool {
        let hands = &path.0;
        let is_new = |(place, hand): (usize, &ParticipantId)| {
            *hand != self.id && self.officers.contains(hand) && !hands[..place].contains(hand)
        };
        hands.len() <= (self.relays as usize).saturating_add(1)
            && hands.first().copied() == self.commander()
            && hands.last() == Some(&from)
            && hands.iter().enumerate().all(is_new)
    }

    /// What a traitor says in place of `truth` when it sends something with this path, its own hand last.
    pub(super) fn said(&self, to: ParticipantId, path: &Path, truth: bool) -> bool {
        let can_lie = self.traitor && (self.is_commander() || !self.signed);
        let lie = if can_lie { chosen_lie(&self.lies, to, giver(path)) } else { None };
        lie.map_or(truth, |place| self.lies[place].says)
    }
}

/// Who handed over what is now sent with this path, the sender's hand last; `None` for the commander's own word.
pub fn giver(path: &Path) -> Option<ParticipantId> {
    path.0.iter().rev().nth(1).copied()
}

/// Which of these lies is told to somebody about what `giver` handed over, as a place in the list: one that names the
/// giver before one that names nobody, and of two alike the later.
pub fn chosen_lie(lies: &[Lie], to: ParticipantId, giver: Option<ParticipantId>) -> Option<usize> {
    let about = |about: Option<ParticipantId>| lies.iter().rposition(|lie| lie.to == to && lie.about == about);
    giver.and_then(|giver| about(Some(giver))).or_else(|| about(None))
}
