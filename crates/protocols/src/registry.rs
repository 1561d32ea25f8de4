//! A node that registers names: first come, first served, by what this one node knows. It tells the others later.
//!
//! It decides alone and at once, and sends a copy to the others after a while that nobody waits for. So two registries can
//! each be first. A copy of a name that has another owner here changes nothing, and nobody is told. To decide together
//! would take a group with a leader; that is not here.

use std::collections::BTreeMap;

use fencepost_sim::{Disk, Duration, ParticipantId};
use fencepost_vocabulary::{Message, NameId, Note, Refusal, RequestId, Timer};

use crate::{Effects, Input, decline};

/// How long it takes from the look at the names to the entry, where that is not one step and nothing holds it up.
const GAP: Duration = Duration::from_millis(1);

/// How a registry is set up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RegistryConfig {
    /// The other registries.
    pub peers: Vec<ParticipantId>,
    /// How long after a name was registered the others are told.
    pub replicate_after: Duration,
    /// Look whether a name is free in one step and enter it in another. A bug to see.
    pub nonatomic: bool,
}

/// A registry at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Registry {
    config: RegistryConfig,
    /// Who owns which name. On the disk.
    owners: BTreeMap<NameId, ParticipantId>,
    /// What the others have not been told yet, by its number among these. On the disk.
    copies: BTreeMap<u32, (NameId, ParticipantId)>,
    /// Claims that found their name free and are to be entered, by the worker that has each in hand.
    workers: BTreeMap<u32, Entry>,
    /// Whether it is back from a crash and has not begun again.
    recovering: bool,
}

/// A name to be entered, and who asked for it in which request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Entry {
    client: ParticipantId,
    request: RequestId,
    name: NameId,
}

impl Registry {
    /// A registry without names.
    pub fn new(config: RegistryConfig) -> Self {
        let (owners, copies, workers) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { config, owners, copies, workers, recovering: false }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, effects: &mut Effects) {
        if std::mem::take(&mut self.recovering) {
            self.reopen(effects);
        }
        match input {
            Input::Message { from, message: Message::Claim { request, name } } => {
                self.claim(Entry { client: from, request, name }, effects);
            }
            Input::Message { message: Message::Replicate { name, owner }, .. } => self.hear(name, owner, effects),
            Input::Message { from, message } => decline(from, message, effects),
            Input::Timer(Timer::Apply(worker)) => {
                if let Some(entry) = self.workers.remove(&worker) {
                    self.enter(entry, effects);
                }
            }
            Input::Timer(Timer::Replicate(copy)) => self.tell(copy, effects),
            Input::Start | Input::Timer(_) | Input::Step(_) => {}
        }
    }

    /// Looks whether the name is free. Its owner is told again that it is: it may have missed the answer.
    fn claim(&mut self, entry: Entry, effects: &mut Effects) {
        let Entry { client, request, name } = entry;
        match self.owners.get(&name) {
            Some(owner) if *owner == client => effects.send(client, Message::Claimed { request, name }),
            Some(owner) => {
                let reason = Refusal::NameTaken { owner: *owner };
                effects.send(client, Message::Rejected { request, reason });
            }
            None if self.config.nonatomic => {
                let worker = unused(&self.workers);
                self.workers.insert(worker, entry);
                effects.set_timer(Timer::Apply(worker), GAP);
            }
            None => self.enter(entry, effects),
        }
    }

    /// Enters the name, whatever has been entered since somebody looked.
    fn enter(&mut self, entry: Entry, effects: &mut Effects) {
        let Entry { client, request, name } = entry;
        self.register(name, client, effects);
        if !self.config.peers.is_empty() {
            let copy = unused(&self.copies);
            self.copies.insert(copy, (name, client));
            effects.set_timer(Timer::Replicate(copy), self.config.replicate_after);
        }
        effects.send(client, Message::Claimed { request, name });
    }

    fn register(&mut self, name: NameId, owner: ParticipantId, effects: &mut Effects) {
        if self.owners.insert(name, owner) != Some(owner) {
            effects.note(Note::Registered { name, owner });
        }
    }

    /// Tells the others, who need not believe it.
    fn tell(&mut self, copy: u32, effects: &mut Effects) {
        let Some((name, owner)) = self.copies.remove(&copy) else { return };
        for peer in &self.config.peers {
            effects.send(*peer, Message::Replicate { name, owner });
        }
    }

    /// Another registry says whose a name is. Here the first to come counts.
    fn hear(&mut self, name: NameId, owner: ParticipantId, effects: &mut Effects) {
        if !self.owners.contains_key(&name) {
            self.register(name, owner, effects);
        }
    }

    /// What a crash leaves: the names and what is to be told, on a disk that is still there. Claims in hand are gone.
    pub fn recover(&mut self, disk: Disk) {
        if disk == Disk::Wiped {
            self.owners.clear();
            self.copies.clear();
        }
        self.workers.clear();
        self.recovering = true;
    }

    /// Begins again after a crash: the timers of the copies went with it.
    fn reopen(&self, effects: &mut Effects) {
        for copy in self.copies.keys() {
            effects.set_timer(Timer::Replicate(*copy), self.config.replicate_after);
        }
    }
}

/// The lowest number, from 1, under which nothing is in hand.
fn unused<T>(in_hand: &BTreeMap<u32, T>) -> u32 {
    (1..).find(|number| !in_hand.contains_key(number)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    /// The other registry.
    const PEER: ParticipantId = C;
    const ALICE: NameId = NameId(0);
    const CLAIMED: Message = Message::Claimed { request: RequestId(1), name: ALICE };

    fn registry(nonatomic: bool) -> Registry {
        Registry::new(RegistryConfig { peers: vec![PEER], replicate_after: millis(200), nonatomic })
    }

    fn taken_by(owner: ParticipantId) -> Message {
        Message::Rejected { request: RequestId(1), reason: Refusal::NameTaken { owner } }
    }

    fn registered(owner: ParticipantId) -> Note {
        Note::Registered { name: ALICE, owner }
    }

    impl Registry {
        fn does(&mut self, input: Input) -> Outcome {
            Outcome::of(|effects| self.handle(input, effects))
        }

        fn claim_by(&mut self, client: ParticipantId) -> Outcome {
            self.does(message(client, Message::Claim { request: RequestId(1), name: ALICE }))
        }

        fn hears(&mut self, owner: ParticipantId) -> Outcome {
            self.does(message(PEER, Message::Replicate { name: ALICE, owner }))
        }
    }

    #[test]
    fn who_comes_first_gets_the_name_and_who_comes_later_is_told_whose_it_is() {
        let mut registry = registry(false);
        let first = registry.claim_by(A);
        assert_eq!((first.sent, first.notes), (vec![(A, CLAIMED)], vec![registered(A)]));
        let second = registry.claim_by(B);
        assert_eq!((second.sent, second.notes), (vec![(B, taken_by(A))], vec![]));
    }

    #[test]
    fn the_owner_who_asks_again_is_told_again_and_nothing_is_copied_twice() {
        let mut registry = registry(false);
        registry.claim_by(A);
        let again = registry.claim_by(A);
        assert_eq!((again.sent, again.notes, again.timers), (vec![(A, CLAIMED)], vec![], vec![]));
    }

    #[test]
    fn the_others_are_told_later_and_once() {
        let mut registry = registry(false);
        assert_eq!(registry.claim_by(A).timer(Timer::Replicate(1)).map(|it| it.1), Some(millis(200)));
        let other = registry.does(message(B, Message::Claim { request: RequestId(1), name: NameId(1) }));
        assert!(other.timer(Timer::Replicate(2)).is_some(), "a copy of its own");
        let told = registry.does(Input::Timer(Timer::Replicate(1)));
        assert_eq!(told.sent, [(PEER, Message::Replicate { name: ALICE, owner: A })]);
        assert!(registry.does(Input::Timer(Timer::Replicate(1))).sent.is_empty());
    }

    #[test]
    fn who_is_alone_tells_nobody() {
        let mut alone = registry(false);
        alone.config.peers.clear();
        assert!(alone.claim_by(A).timers.is_empty());
    }

    #[test]
    fn a_copy_counts_where_the_name_is_free_and_is_ignored_where_it_is_not() {
        let mut free = registry(false);
        let heard = free.hears(A);
        assert_eq!((heard.notes, heard.timers), (vec![registered(A)], vec![]), "it is not copied on");
        assert_eq!(free.claim_by(B).sent, [(B, taken_by(A))]);
        let mut owned = registry(false);
        owned.claim_by(B);
        let heard = owned.hears(A);
        assert!(heard.notes.is_empty() && heard.sent.is_empty());
        assert_eq!(owned.claim_by(B).sent, [(B, CLAIMED)]);
    }

    #[test]
    fn where_look_and_entry_are_apart_two_claims_both_pass() {
        let mut registry = registry(true);
        let looked = registry.claim_by(A);
        assert_eq!(looked.timer(Timer::Apply(1)).map(|it| it.1), Some(millis(1)));
        assert!(looked.sent.is_empty() && looked.notes.is_empty());
        registry.claim_by(B);
        assert_eq!(registry.does(Input::Timer(Timer::Apply(1))).sent, [(A, CLAIMED)]);
        let second = registry.does(Input::Timer(Timer::Apply(2)));
        assert_eq!((second.sent, second.notes), (vec![(B, CLAIMED)], vec![registered(B)]));
        assert_eq!(registry.claim_by(A).sent, [(A, taken_by(B))], "the look still counts when it comes in time");
    }

    #[test]
    fn a_claim_in_hand_does_not_survive_a_crash() {
        let mut registry = registry(true);
        registry.claim_by(A);
        registry.recover(Disk::Kept);
        assert!(registry.does(Input::Timer(Timer::Apply(1))).sent.is_empty());
    }

    #[test]
    fn names_and_what_is_to_be_told_are_on_the_disk() {
        let mut kept = registry(false);
        kept.claim_by(A);
        let mut wiped = kept.clone();
        kept.recover(Disk::Synced);
        assert_eq!(kept.does(Input::Start).timer(Timer::Replicate(1)).map(|it| it.1), Some(millis(200)));
        assert!(kept.does(Input::Start).timers.is_empty(), "it has begun again");
        assert_eq!(kept.claim_by(B).sent, [(B, taken_by(A))]);
        wiped.recover(Disk::Wiped);
        assert!(wiped.does(Input::Start).timers.is_empty());
        assert_eq!(wiped.claim_by(B).sent, [(B, CLAIMED)]);
    }

    #[test]
    fn it_does_nothing_else() {
        let asked = registry(false).does(message(A, Message::Read { request: RequestId(1), token: None }));
        assert_eq!(asked.sent, [(A, Message::Rejected { request: RequestId(1), reason: Refusal::NotMyJob })]);
    }
}
