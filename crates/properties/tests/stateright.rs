//! The search for an order beside the one of Stateright, which somebody else has written: on random histories of up to
//! three clients with up to three operations each, some without an answer, both must say the same. `HISTORIES=100000`
//! compares more of them.
#![cfg(not(target_arch = "wasm32"))]

use crate::support::random::Random;
use fencepost_properties::linear::{Act, Answer, Keeping, Op, examine};
use stateright::semantics::register::{Register, RegisterOp, RegisterRet};
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialConsistencyTester};

const HISTORIES: u64 = 20_000;

/// Something that happens in a history: a client begins its next operation, or has its answer.
#[derive(Clone, Copy)]
enum Turn {
    Asks,
    Hears,
}

/// A history: its operations, and when whose began and ended.
struct Tale {
    ops: Vec<Op>,
    turns: Vec<(usize, Turn)>,
}

impl Tale {
    /// Plays clients at a register that works, and then falsifies some of what they read. Without `lies` every write has
    /// a value of its own.
    fn play(random: &mut Random, clients: u64, each: usize, lies: u64) -> Self {
        let (mut ops, mut turns) = (Vec::<Op>::new(), Vec::new());
        // For each client the operation under way, and whether it has taken effect.
        let mut busy: Vec<Option<(usize, bool)>> = vec![None; clients as usize];
        let mut register = 0;
        let last = random.below(each as u64 * clients * 4);
        for moment in 0..=last {
            let client = random.below(clients) as usize;
            match busy[client] {
                None if ops.iter().filter(|op| op.process == client as u32).count() < each => {
                    let act = match random.percent(50) {
                        true if lies > 0 => Act::Write(1 + random.below(3) as u32),
                        true => Act::Write(ops.len() as u32 + 1),
                        false => Act::Read(0),
                    };
                    busy[client] = Some((ops.len(), false));
                    turns.push((ops.len(), Turn::Asks));
                    ops.push(Op { process: client as u32, act, begins: (moment, 0), ends: None });
                }
                Some((place, false)) => {
                    match &mut ops[place].act {
                        Act::Write(value) => register = *value,
                        Act::Read(value) => *value = register,
                        Act::Take(_) | Act::Clear(_) => {}
                    }
                    busy[client] = Some((place, true));
                }
                Some((place, true)) => {
                    ops[place].ends = Some((moment, 0));
                    turns.push((place, Turn::Hears));
                    busy[client] = None;
                }
                None => {}
            }
        }
        for op in &mut ops {
            if let (Act::Read(value), true) = (&mut op.act, random.percent(lies)) {
                *value = random.below(4) as u32;
            }
        }
        Self { ops, turns }
    }

    /// Lets somebody else's tester look at the first so many turns.
    fn is_fine<T: ConsistencyTester<u32, Register<u32>>>(&self, mut tester: T, turns: usize) -> bool {
        for (place, turn) in &self.turns[..turns] {
            let op = self.ops[*place];
            let (asked, answer) = match op.act {
                Act::Write(value) => (RegisterOp::Write(value), RegisterRet::WriteOk),
                Act::Read(value) => (RegisterOp::Read, RegisterRet::ReadOk(value)),
                Act::Take(_) | Act::Clear(_) => continue,
            };
            match turn {
                Turn::Asks => tester.on_invoke(op.process, asked).map(|_| ()),
                Turn::Hears => tester.on_return(op.process, answer).map(|_| ()),
            }
            .expect("each client does one thing at a time");
        }
        tester.is_consistent()
    }

    fn is_linearizable(&self, turns: usize) -> bool {
        self.is_fine(LinearizabilityTester::new(Register(0)), turns)
    }

    fn is_sequential(&self, turns: usize) -> bool {
        self.is_fine(SequentialConsistencyTester::new(Register(0)), turns)
    }

    /// Compares our answer with the other tester's: for every history whether it fits, and for some, because that takes a
    /// look at all its beginnings, also who broke it and never mended it.
    fn compare(&self, keeping: Keeping, is_blame_compared: bool, is_fine: impl Fn(usize) -> bool) -> bool {
        let answer = examine(&self.ops, keeping);
        let fits = is_fine(self.turns.len());
        assert_eq!(answer == Answer::Fits, fits, "{keeping:?}: {:?}", self.ops);
        if !fits && is_blame_compared {
            let last_fine = (0..self.turns.len()).rev().find(|turns| is_fine(*turns));
            let culprit = self.turns[last_fine.expect("nothing at all is fine")].0;
            assert_eq!(answer, Answer::Breaks(culprit), "{keeping:?}: {:?}", self.ops);
        }
        fits
    }
}

fn histories() -> u64 {
    std::env::var("HISTORIES").map_or(HISTORIES, |number| number.parse().expect("a number of histories"))
}

#[test]
fn another_checker_says_the_same() {
    let (mut linear, mut sequential) = (0, 0);
    let all = histories();
    for seed in 0..all {
        let mut random = Random(seed);
        let clients = 1 + random.below(3);
        let tale = Tale::play(&mut random, clients, 3, 15);
        let is_blamed = seed % 8 == 0;
        linear += u64::from(!tale.compare(Keeping::RealTime, is_blamed, |turns| tale.is_linearizable(turns)));
        sequential += u64::from(!tale.compare(Keeping::Program, is_blamed, |turns| tale.is_sequential(turns)));
    }
    // What is never broken, or always, would not be tested.
    assert!((all / 20..all / 2).contains(&linear), "{linear} of {all} are not linearizable");
    assert!((all / 50..all / 2).contains(&sequential), "{sequential} of {all} are not sequentially consistent");
}

/// Histories of close to twenty operations, which work; and with one more read, of what was overwritten.
#[test]
fn a_planted_error_is_found_in_long_histories() {
    let mut planted = 0;
    for seed in 0..2_000 {
        let mut ops = Tale::play(&mut Random(seed), 3, 6, 0).ops;
        assert_eq!(examine(&ops, Keeping::RealTime), Answer::Fits, "seed {seed}");
        let writes: Vec<Op> = ops.iter().copied().filter(|op| matches!(op.act, Act::Write(_))).collect();
        let is_overwritten = |old: &&Op| {
            old.ends.is_some() && writes.iter().any(|new| new.ends.is_some() && old.ends < Some(new.begins))
        };
        let Some(Op { act: Act::Write(value), .. }) = writes.iter().find(is_overwritten) else { continue };
        ops.push(Op { process: 9, act: Act::Read(*value), begins: (2_000, 0), ends: Some((2_001, 0)) });
        assert_eq!(examine(&ops, Keeping::RealTime), Answer::Breaks(ops.len() - 1), "seed {seed}");
        planted += usize::from(ops.len() > 15);
    }
    assert!(planted > 200, "an error was planted in {planted} long histories");
}
