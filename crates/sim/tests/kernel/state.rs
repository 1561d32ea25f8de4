//! The whole state is a value: it can be copied at any moment, compared and hashed, and recording does not touch it.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::puppet::*;
use fencepost_sim::*;

/// A play with something of everything in it.
fn busy() -> World<Puppet> {
    let chatter: Vec<_> = (1..40).map(|at| (at * 7, Act::Send((at % 2) as u16 + 1, 'x'))).collect();
    let steps: Vec<_> = (1..20).map(|at| (at * 13, Act::Steps(3))).collect();
    world(
        &[&chatter, &steps, &[(5, Act::Send(0, 'y'))]],
        vec![
            pause(1, 30, 60),
            partition(&[(0, 2)], 100, 150, PartitionMode::Hold),
            Fault::Duplicate { target: target('x', 3), after: Duration::from_millis(40) },
            Fault::Pause {
                participant: ParticipantId(1),
                start: PauseStart::Before { step: Number(1), ordinal: 9 },
                length: Duration::from_millis(20),
            },
            crash(2, 170),
        ],
    )
}

fn hash(world: &World<Puppet>) -> u64 {
    let mut hasher = DefaultHasher::new();
    world.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn a_copy_made_at_any_event_goes_the_same_way() {
    let mut end = busy();
    let mut steps = 0;
    while end.next_time().is_some() {
        end.advance(&mut Unrecorded::default());
        steps += 1;
    }
    let mut world = busy();
    for _ in 0..steps {
        let mut copy = world.clone();
        assert_eq!((&copy, hash(&copy)), (&world, hash(&world)));
        while copy.next_time().is_some() {
            copy.advance(&mut Unrecorded::default());
        }
        assert_eq!((&copy, hash(&copy)), (&end, hash(&end)));
        world.advance(&mut Unrecorded::default());
        assert_ne!(copy, busy(), "something happened");
    }
}

#[test]
fn whether_anyone_watches_makes_no_difference() {
    let horizon = Time::from_millis(10_000);
    let (mut watched, mut unwatched) = (busy(), busy());
    run(&mut watched, horizon, Limits::default(), &mut Recording::default());
    run(&mut unwatched, horizon, Limits::default(), &mut Unrecorded::default());
    assert_eq!(watched, unwatched);
}

#[test]
fn the_digest_of_a_play_is_what_it_was() {
    // It may change only with the engine's rules; once a version of the language is out, that takes another version.
    assert_eq!(format!("{:016x}", trace(busy()).digest()), "49471c03920aee78");
}

/// Where a fault stands in the plan is no part of the run.
#[test]
fn the_digest_counts_faults_in_the_order_in_which_they_show() {
    let told = |plan: Vec<Fault<Words>>| trace(world(&[&[(10, Act::Send(1, 'x'))], &[]], plan));
    let (nap, idle) = (pause(1, 5, 30), Fault::Drop { target: target('x', 9) });
    let (crash, late) = (crash(0, 50), pause(1, 60, 1));
    let digest = told(vec![nap.clone(), crash.clone(), late.clone()]).digest();
    for plan in [
        vec![late.clone(), nap.clone(), crash.clone()],
        vec![crash.clone(), late.clone(), nap.clone()],
        vec![idle.clone(), nap.clone(), idle, crash.clone(), late.clone()],
    ] {
        assert_eq!(told(plan).digest(), digest);
    }
    let mut renamed = told(vec![late.clone(), nap.clone(), crash.clone()]);
    renamed.rename_faults(|fault| FaultId(2 - fault.0));
    let named = renamed.events.iter().filter_map(|event| match event.kind {
        EventKind::FaultStarted { fault, .. } | EventKind::Crashed { fault, .. } => Some(fault.0),
        _ => None,
    });
    assert_eq!(named.collect::<Vec<_>>(), [1, 0, 2], "the nap, the crash and the late one");
    assert_eq!(renamed.digest(), digest);
    assert_ne!(told(vec![nap, late]).digest(), digest);
}

#[test]
fn the_digest_tells_a_microsecond() {
    let at = |micros| {
        let fault = Fault::Pause {
            participant: ParticipantId(0),
            start: PauseStart::At(Time(5_000)),
            length: Duration(micros),
        };
        trace(world(&[&[(10, Act::Steps(1))]], vec![fault])).digest()
    };
    assert_ne!(at(20_000), at(20_001));
}
