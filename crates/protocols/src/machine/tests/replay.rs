//! A machine is its log: whoever applies the same commands has the same state, aloud or in silence, at any time.

use fencepost_vocabulary::{NameId, Sequence, Value};

use super::*;

/// Numbers without a pattern: multiplication by an odd constant, of which the upper half is used.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A command that may or may not make sense to who holds the lock.
fn command(dice: &mut Dice, holder: Option<(ParticipantId, u64)>) -> Command {
    let anybody = ([A, B, C][dice.throw(3) as usize], 30 + dice.throw(40));
    let (from, token) = holder.filter(|_| dice.throw(2) == 0).unwrap_or(anybody);
    let request = RequestId(dice.throw(12) as u32);
    match dice.throw(8) {
        0 => Command::Nothing,
        1 => expire(token),
        2 => renew(from, token),
        3 => release(from, token),
        4 => asks(from, Message::Claim { request, name: NameId(dice.throw(3) as u16) }),
        5 => asks(
            from,
            Message::Write {
                request,
                token: Some(FencingToken(token)),
                sequence: Sequence(1),
                value: Value::Number(token),
                base: None,
                seal: None,
            },
        ),
        _ => asks(from, Message::Acquire { request }),
    }
}

#[test]
fn a_machine_that_is_replayed_is_the_same_machine() {
    let mut grants = 0;
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let tokens = if seed % 2 == 0 { TokenSource::Index } else { TokenSource::Counter };
        let rules = LockRules { tokens, reentrant: seed % 3 == 0, dedupe: seed % 5 != 0, ..rules() };
        let (mut leader, mut follower) = (machine(rules.clone()), machine(rules));
        for index in 1..60 {
            let (command, now) = (command(&mut dice, leader.holder()), at(dice.throw(100_000)));
            match dice.throw(12) {
                0 => drop(Outcome::of(|effects| leader.promoted(now, effects))),
                1 => drop(Outcome::of(|effects| leader.demoted(effects))),
                2 => leader.rebase(now),
                _ => {}
            }
            let told = leader.leads(index, &command, now);
            grants += told.of_object(LOCK).iter().filter(|(_, note)| matches!(note, Note::Granted { .. })).count();
            let silent = follower.follows(index, &command);
            assert!(silent.sent.is_empty() && silent.notes.is_empty() && silent.timers.is_empty());
            assert_eq!(leader.kept, follower.kept, "seed {seed}, entry {index}: {command:?}");
        }
        assert_eq!(follower.watch, Watch::default(), "who does not lead looks at no clock");
    }
    assert!(grants > 1_000, "{grants} grants: the commands must make sense often enough");
}

#[test]
fn no_two_grants_of_one_log_have_the_same_token() {
    for seed in 0..100 {
        let (mut dice, mut machine, mut last) = (Dice(seed), machine(rules()), 0);
        for index in 1..60 {
            let holder = machine.holder();
            let told = machine.leads(index, &command(&mut dice, holder), at(0));
            for (_, note) in told.of_object(LOCK) {
                if let Note::Granted { token, .. } = note {
                    assert!(token.0 > last, "seed {seed}");
                    last = token.0;
                }
            }
        }
    }
}
