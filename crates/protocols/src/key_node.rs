//! One of several independent lock nodes (Redlock): it has one key, and gives it to whoever asks while it is free.
//!
//! It knows nothing of the other nodes and of how many keys make a holder; that is the client's arithmetic, in
//! `client/keys.rs`. It hands out no token either, and keeps nobody in line: who does not get the key is told so at once.
//! What it remembers of the key survives a crash only if it is set up to, and then nothing else is needed; if not, it can
//! at least be patient after a recovery.

use fencepost_sim::{Clock, Disk, Duration, LocalTime, Now, ParticipantId};
use fencepost_vocabulary::{Message, Note, Refusal, RequestId, Timer};

use crate::disk::Memory;
use crate::reading::Reading;
use crate::{Effects, Input, decline};

/// How a lock node is set up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyNodeConfig {
    /// How long a key is taken for at most, as far as a patient node needs to know.
    pub lease: Duration,
    /// The clock on which a key's time ends. The wall clock is a bug to see.
    pub expiry: Clock,
    /// Whether it remembers after a crash who has its key.
    pub keys: Memory,
    /// Give the key to nobody for a full lease after a recovery.
    pub delayed_restart: bool,
}

/// A lock node at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyNode {
    config: KeyNodeConfig,
    /// Who has the key.
    key: Option<Key>,
    /// Until when nobody is given the key.
    closed_until: Option<LocalTime>,
    /// Whether it is back from a crash and has not begun again.
    recovering: bool,
}

/// A key in somebody's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    client: ParticipantId,
    request: RequestId,
    /// What the clock of the keys will show when its time is over.
    expiry: Reading,
}

impl KeyNode {
    /// A node whose key nobody has.
    pub fn new(config: KeyNodeConfig) -> Self {
        Self { config, key: None, closed_until: None, recovering: false }
    }

    /// Takes one step.
    pub fn handle(&mut self, input: Input, now: Now, effects: &mut Effects) {
        if std::mem::take(&mut self.recovering) {
            self.reopen(now, effects);
        }
        // The time of a key with expiry `e` is over at `now == e`, whatever else arrives at that moment.
        self.watch_the_clock(now, effects);
        if let Input::Message { from, message } = input {
            self.serve(from, message, now, effects);
        }
    }

    fn watch_the_clock(&mut self, now: Now, effects: &mut Effects) {
        self.closed_until.take_if(|until| *until <= now.mono);
        if let Some(Key { client, request, .. }) = self.key.take_if(|key| key.expiry.left(now) == Duration::ZERO) {
            effects.note(Note::Unkeyed { client, request, expired: true });
            effects.cancel_timer(Timer::Lease);
        }
    }

    fn serve(&mut self, from: ParticipantId, message: Message, now: Now, effects: &mut Effects) {
        match message {
            Message::Take { request, lease } => self.take(from, request, lease, now, effects),
            Message::Free { request } => self.free(from, request, effects),
            message => decline(from, message, effects),
        }
    }

    /// Gives the key away if it is there. Who asks for what it has is told so again, and its time does not begin anew.
    fn take(&mut self, client: ParticipantId, request: RequestId, lease: Duration, now: Now, effects: &mut Effects) {
        match &self.key {
            Some(key) if (key.client, key.request) == (client, request) => {}
            None if self.closed_until.is_none() => {
                let expiry = Reading::after(self.config.expiry, now, lease);
                self.key = Some(Key { client, request, expiry });
                expiry.wake(Timer::Lease, now, effects);
                effects.note(Note::Keyed { client, request, lease });
            }
            _ => return effects.send(client, Message::Rejected { request, reason: Refusal::KeyTaken }),
        }
        effects.send(client, Message::Taken { request });
    }

    /// Compare and delete: what was asked for under another request is not given back, even by the same client.
    fn free(&mut self, client: ParticipantId, request: RequestId, effects: &mut Effects) {
        if self.key.take_if(|key| (key.client, key.request) == (client, request)).is_some() {
            effects.note(Note::Unkeyed { client, request, expired: false });
            effects.cancel_timer(Timer::Lease);
        }
    }

    /// What a crash leaves: the key, if it was on the disk. How long nobody is given it begins anew.
    pub fn recover(&mut self, disk: Disk) {
        if disk == Disk::Wiped || self.config.keys == Memory::Volatile {
            self.key = None;
        }
        self.closed_until = None;
        self.recovering = true;
    }

    /// Begins again after a crash: says what it still knows, and waits until every key that it may have forgotten would
    /// be back.
    fn reopen(&mut self, now: Now, effects: &mut Effects) {
        effects.note(Note::FoundKey { holder: self.key.map(|key| (key.client, key.request)) });
        if let Some(key) = &self.key {
            key.expiry.wake(Timer::Lease, now, effects);
        }
        self.closed_until = self.config.delayed_restart.then(|| now.mono + self.config.lease);
    }

    /// See [`fencepost_sim::Actor::rebase`].
    pub fn rebase(&mut self, now: Now) {
        if let Some(key) = &mut self.key {
            key.expiry = key.expiry.rebased(now);
        }
        // What is over is forgotten before anything else is done.
        self.closed_until.take_if(|until| *until <= now.mono);
        self.closed_until = self.closed_until.map(|until| until.rebased(now));
    }
}

#[cfg(test)]
mod tests {
    use fencepost_sim::WallTime;

    use super::*;
    use crate::testing::*;

    const GOOD: KeyNodeConfig = KeyNodeConfig {
        lease: Duration::from_millis(10_000),
        expiry: Clock::Mono,
        keys: Memory::Stable,
        delayed_restart: false,
    };
    const TAKEN: Message = Message::Taken { request: RequestId(1) };
    const REJECTED: Message = Message::Rejected { request: RequestId(1), reason: Refusal::KeyTaken };

    impl KeyNode {
        fn gets(&mut self, from: ParticipantId, sent: Message, now: Now) -> Outcome {
            Outcome::of(|effects| self.handle(message(from, sent), now, effects))
        }

        fn take_for(&mut self, client: ParticipantId, request: u32, now: Now) -> Outcome {
            self.gets(client, Message::Take { request: RequestId(request), lease: millis(10_000) }, now)
        }

        fn free_by(&mut self, client: ParticipantId, request: u32) -> Outcome {
            self.gets(client, Message::Free { request: RequestId(request) }, at(500))
        }

        fn comes_back(&mut self, disk: Disk, now: Now) -> Outcome {
            self.recover(disk);
            Outcome::of(|effects| self.handle(Input::Start, now, effects))
        }
    }

    /// A node that has given its key to A at 50 ms, under its request 1.
    fn taken(config: KeyNodeConfig) -> KeyNode {
        let mut node = KeyNode::new(config);
        let given = node.take_for(A, 1, at(50));
        assert_eq!(given.sent, [(A, TAKEN)]);
        assert_eq!(given.notes, [Note::Keyed { client: A, request: RequestId(1), lease: millis(10_000) }]);
        node
    }

    fn wall(mono: u64, wall: i64) -> Now {
        Now { wall: WallTime(wall * 1_000), ..at(mono) }
    }

    #[test]
    fn a_free_key_goes_to_whoever_asks_and_a_taken_one_to_nobody_else() {
        let mut node = taken(GOOD);
        assert_eq!(node.take_for(B, 1, at(60)).sent, [(B, REJECTED)]);
        let again = node.take_for(A, 1, at(70));
        assert_eq!((again.sent, again.notes), (vec![(A, TAKEN)], vec![]), "it has it already");
        assert!(matches!(node.take_for(A, 2, at(80)).sent[..], [(A, Message::Rejected { .. })]), "another attempt");
    }

    #[test]
    fn a_key_is_free_again_when_its_time_is_over_and_not_before() {
        let mut node = taken(GOOD);
        node.take_for(A, 1, at(5_000));
        assert_eq!(node.take_for(B, 1, at(10_049)).sent, [(B, REJECTED)], "asking again does not prolong it");
        let given = node.take_for(B, 1, at(10_050));
        assert_eq!(given.notes[0], Note::Unkeyed { client: A, request: RequestId(1), expired: true });
        assert_eq!(given.sent, [(B, TAKEN)]);
    }

    #[test]
    fn it_wakes_to_say_that_the_time_is_over() {
        let mut node = KeyNode::new(GOOD);
        let given = node.take_for(A, 1, at(50));
        assert_eq!(given.timer(Timer::Lease), Some((Clock::Mono, millis(10_000))));
        let woken = Outcome::of(|effects| node.handle(Input::Timer(Timer::Lease), at(10_050), effects));
        assert_eq!(woken.notes, [Note::Unkeyed { client: A, request: RequestId(1), expired: true }]);
    }

    #[test]
    fn only_its_owner_gives_a_key_back_and_only_under_the_same_request() {
        let mut node = taken(GOOD);
        assert!(node.free_by(B, 1).notes.is_empty());
        assert!(node.free_by(A, 2).notes.is_empty());
        assert_eq!(node.free_by(A, 1).notes, [Note::Unkeyed { client: A, request: RequestId(1), expired: false }]);
        assert_eq!(node.take_for(B, 1, at(600)).sent, [(B, TAKEN)]);
    }

    #[test]
    fn on_the_wall_clock_a_jump_ends_the_time_of_a_key() {
        let mut node = taken(KeyNodeConfig { expiry: Clock::Wall, ..GOOD });
        assert_eq!(node.take_for(B, 1, wall(1_000, 10_049)).sent, [(B, REJECTED)]);
        assert_eq!(node.take_for(B, 1, wall(1_000, 10_050)).sent, [(B, TAKEN)]);
        let mut steady = taken(GOOD);
        assert_eq!(steady.take_for(B, 1, wall(1_000, 99_000)).sent, [(B, REJECTED)]);
    }

    #[test]
    fn what_is_on_the_disk_survives_a_crash_and_what_is_not_does_not() {
        let mut stable = taken(GOOD);
        let back = stable.clone().comes_back(Disk::Synced, at(1_000));
        assert_eq!(back.notes, [Note::FoundKey { holder: Some((A, RequestId(1))) }]);
        assert_eq!(back.timer(Timer::Lease), Some((Clock::Mono, millis(9_050))));
        assert_eq!(stable.comes_back(Disk::Wiped, at(1_000)).notes, [Note::FoundKey { holder: None }]);
        let mut volatile = taken(KeyNodeConfig { keys: Memory::Volatile, ..GOOD });
        assert_eq!(volatile.comes_back(Disk::Kept, at(1_000)).notes, [Note::FoundKey { holder: None }]);
        assert_eq!(volatile.take_for(B, 1, at(1_250)).sent, [(B, TAKEN)]);
    }

    #[test]
    fn a_patient_node_gives_nothing_for_a_lease_after_every_recovery() {
        let mut node = taken(KeyNodeConfig { keys: Memory::Volatile, delayed_restart: true, ..GOOD });
        node.comes_back(Disk::Kept, at(1_000));
        assert_eq!(node.take_for(B, 1, at(10_999)).sent, [(B, REJECTED)]);
        assert_eq!(node.clone().take_for(B, 1, at(11_000)).sent, [(B, TAKEN)]);
        node.comes_back(Disk::Kept, at(5_000));
        assert_eq!(node.take_for(B, 1, at(14_999)).sent, [(B, REJECTED)]);
    }

    #[test]
    fn a_patient_node_that_remembers_still_knows_its_owner() {
        let mut node = taken(KeyNodeConfig { delayed_restart: true, ..GOOD });
        node.comes_back(Disk::Kept, at(1_000));
        assert_eq!(node.take_for(A, 1, at(1_100)).sent, [(A, TAKEN)]);
    }

    #[test]
    fn a_key_whose_time_ended_during_the_crash_is_found_and_free() {
        let mut node = taken(GOOD);
        let back = node.comes_back(Disk::Kept, at(20_000));
        assert!(matches!(back.notes[..], [Note::FoundKey { holder: Some(_) }, Note::Unkeyed { expired: true, .. }]));
    }

    #[test]
    fn for_a_run_that_goes_round_only_what_is_left_counts() {
        let closed = |back: u64| {
            let mut node = taken(KeyNodeConfig { delayed_restart: true, ..GOOD });
            node.comes_back(Disk::Kept, at(back));
            node
        };
        let (mut first, mut second) = (taken(GOOD), KeyNode::new(GOOD));
        second.take_for(A, 1, at(1_050));
        first.rebase(at(100));
        second.rebase(at(1_100));
        assert_eq!(first, second);
        let (mut shut, mut open) = (closed(60), closed(60));
        shut.rebase(at(1_000));
        assert_eq!(shut.closed_until, Some(LocalTime(millis(9_060).0)));
        open.rebase(at(10_060));
        assert_eq!(open.closed_until, None);
    }

    #[test]
    fn it_does_nothing_else() {
        let asked = KeyNode::new(GOOD).gets(A, Message::Get { request: RequestId(4) }, at(0));
        assert_eq!(asked.sent, [(A, Message::Rejected { request: RequestId(4), reason: Refusal::NotMyJob })]);
    }
}
