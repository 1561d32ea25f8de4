//! Where each write comes from: which one of its writer's writes it is, what it was put on top of, and, for an update, the
//! state that it was computed from. All of it by events. A version is a number that a crash can give out twice, and so is
//! a request of a writer whose disk was wiped.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use fencepost_sim::{EventId, ParticipantId};
use fencepost_vocabulary::Version;

use super::{Effect, Write};

/// What a store holds is told by the last write in it: its place in the list of effects. `None` is a store in which
/// nothing was ever written. What was written before follows from [`Lineage::over`], write by write.
pub type Content = Option<usize>;

/// Where an effect comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The first sending of the write. All its repetitions and copies have the same; no other write has it.
    pub origin: Option<EventId>,
    /// What the store held when it was applied.
    pub over: Content,
    /// What the store held when the writer read what it computed the write from. `None` if it was computed from no read.
    pub basis: Option<Content>,
}

/// Builds the list of origins while a trace is read.
#[derive(Default)]
pub(super) struct LineageBook {
    /// For each effect, in the same order.
    pub lineage: Vec<Lineage>,
    /// For each write, in the same order: its first sending.
    pub origins: Vec<EventId>,
    /// What stores that stand alone hold.
    contents: BTreeMap<ParticipantId, Content>,
    /// What a store held when it sent this answer to a read.
    shown: BTreeMap<EventId, Content>,
    /// What a client saw in a store that called it by this version; the latest counts.
    seen: BTreeMap<(ParticipantId, ParticipantId, Version), Content>,
    /// What each update was computed from.
    bases: BTreeMap<EventId, Content>,
}

impl LineageBook {
    /// A write is sent. `behind` is the sending of the request that its sender passes on, if it does.
    pub fn sent(&mut self, write: &Write, base: Option<Version>, behind: Option<EventId>, earlier: &[Write]) {
        let passed_on = behind.and_then(|behind| self.origin_of(behind, earlier));
        self.origins.push(passed_on.unwrap_or(write.footing.made.event));
        if let Some(seen) = base.and_then(|base| self.seen.get(&(write.writer, write.store, base))) {
            self.bases.insert(write.sent.event, *seen);
        }
    }

    /// The first sending of the write that was sent by this event.
    pub fn origin_of(&self, sent: EventId, writes: &[Write]) -> Option<EventId> {
        let place = writes.binary_search_by_key(&sent, |write| write.sent.event).ok()?;
        self.origins.get(place).copied()
    }

    /// A store that stands alone holds this.
    pub fn content(&self, store: ParticipantId) -> Content {
        self.contents.get(&store).copied().flatten()
    }

    /// What a store held in the past of `content` when it had this version; `None` if it never had.
    pub fn at_version(&self, content: Content, version: Version, effects: &[Effect]) -> Option<Content> {
        if version == Version(0) {
            return Some(None);
        }
        let mut past = self.past(content);
        past.find(|place| effects[*place].version == version).map(Some)
    }

    /// The writes in a store, the latest first.
    fn past(&self, content: Content) -> impl Iterator<Item = usize> {
        std::iter::successors(content, |place| self.lineage[*place].over)
    }

    /// A store that stands alone is back from a crash with the writes up to this version.
    pub fn restored(&mut self, store: ParticipantId, version: Version, effects: &[Effect]) {
        let kept = self.past(self.content(store)).find(|place| effects[*place].version <= version);
        self.contents.insert(store, kept);
    }

    /// The store answers a read, and holds this.
    pub fn shows(&mut self, answer: EventId, content: Content) {
        self.shown.insert(answer, content);
    }

    /// The answer has reached the client that asked.
    pub fn sees(&mut self, (client, store): (ParticipantId, ParticipantId), version: Version, answer: EventId) {
        if let Some(content) = self.shown.get(&answer) {
            self.seen.insert((client, store, version), *content);
        }
    }

    /// The newest effect was put on top of this. Where the trace does not tell what its writer read, the version has to.
    pub fn applied(&mut self, over: Content, writes: &[Write], effects: &[Effect]) {
        let Some(effect) = effects.last() else { return };
        let sent = effect.sent.map(|sent| sent.event);
        let told = sent.and_then(|sent| self.bases.get(&sent).copied());
        let basis = effect.base.map(|base| told.unwrap_or_else(|| self.guessed(over, base, effects)));
        let origin = sent.and_then(|sent| self.origin_of(sent, writes));
        self.lineage.push(Lineage { origin, over, basis });
        self.contents.insert(effect.store, Some(effects.len() - 1));
    }

    /// The content with this version: in the past of what the store holds, or else wherever it was last.
    fn guessed(&self, over: Content, base: Version, effects: &[Effect]) -> Content {
        let (newest, before) = effects.split_last()?;
        let anywhere = || before.iter().rposition(|effect| effect.store == newest.store && effect.version == base);
        self.at_version(over, base, before).unwrap_or_else(anywhere)
    }
}

/// The first write in `content` that is not in `basis`, if there is one that `is_other`.
pub(super) fn unseen(
    lineage: &[Lineage],
    content: Content,
    basis: Content,
    is_other: impl Fn(usize) -> bool,
) -> Option<usize> {
    let (mut here, mut there, mut first) = (content, basis, None);
    // Places only fall on the way back, so the later of two that differ is not in the other.
    loop {
        match here.cmp(&there) {
            Ordering::Equal => return first,
            Ordering::Greater => {
                let place = here?;
                first = is_other(place).then_some(place).or(first);
                here = lineage.get(place)?.over;
            }
            Ordering::Less => there = lineage.get(there?)?.over,
        }
    }
}
