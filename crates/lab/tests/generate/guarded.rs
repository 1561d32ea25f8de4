//! Small worlds in which up to four clients write with and without locking: up to two locks, two stores, and programs that
//! take locks, nest them, give them back too soon, or never ask. All times are multiples of one, so that much happens at
//! one moment.

use super::dice::Dice;

/// The locks, in the order of their lanes.
pub const LOCKS: [&str; 2] = ["K", "L"];
/// The stores. The second may be kept by the first lock.
pub const STORES: [&str; 2] = ["S", "T"];

/// A step of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Takes the lock of this place.
    Acquire(usize),
    /// Gives it back.
    Release(usize),
    /// Writes to the store of this place.
    Write(usize),
    /// Anything else.
    Other,
}

/// A world as a text, and what its programs do.
pub struct World {
    /// The scenario.
    pub text: String,
    /// The steps of each client.
    pub programs: Vec<Vec<Act>>,
    /// The locks that are said to guard each store, if any are.
    pub said: [Option<Vec<usize>>; 2],
    /// The store's name, by its place.
    pub stores: [&'static str; 2],
}

/// The world of this seed.
pub fn world(seed: u64) -> World {
    let mut dice = Dice(seed);
    let pace = dice.pick(&[0, 10, 10, 50]);
    let mut text = format!("fencepost 2\nuntil 3s\nseed {seed}\nnetwork delay {pace}ms\n");
    let inside = dice.chance(20);
    for lock in LOCKS {
        let lease = 10 * (1 + dice.below(40));
        text += &format!("lock {lock} lease {lease}ms");
        for (clause, percent) in
            [(" release blind", 10), (" reentrant on", 20), (" dedupe off", 20), (" counter volatile", 10)]
        {
            text += if dice.chance(percent) { clause } else { "" };
        }
        text += "\n";
    }
    let stores = [STORES[0], if inside { LOCKS[0] } else { STORES[1] }];
    for store in stores {
        let check = dice.pick(&["none", "none", "none", "ge", "ge+seq", "gt"]);
        text += &format!("store {store} check {check}\n");
    }
    let said = [0, 1].map(|place| guard(stores[place], &mut text, &mut dice));
    let names = ["A", "B", "C", "D"];
    let clients = 1 + dice.below(4) as usize;
    let programs = names[..clients].iter().map(|name| program(name, &stores, &mut text, &mut dice)).collect();
    for _ in 0..dice.below(5) {
        text += &fault(&names[..clients], &stores, &mut dice);
    }
    World { text, programs, said, stores }
}

fn guard(store: &str, text: &mut String, dice: &mut Dice) -> Option<Vec<usize>> {
    if !dice.chance(10) {
        return None;
    }
    let locks: Vec<usize> = (0..2).filter(|_| dice.chance(50)).collect();
    let names: Vec<&str> = locks.iter().map(|lock| LOCKS[*lock]).collect();
    let names = if names.is_empty() { "none".to_owned() } else { names.join(" ") };
    *text += &format!("store {store} guarded-by {names}\n");
    Some(locks)
}

fn program(name: &str, stores: &[&str; 2], text: &mut String, dice: &mut Dice) -> Vec<Act> {
    let mut acts = Vec::new();
    let mut steps = Vec::new();
    let favourite = usize::from(dice.chance(30));
    if dice.chance(70) {
        acts.push(Act::Acquire(favourite));
        steps.push(format!("acquire {}", LOCKS[favourite]));
    }
    for _ in 0..1 + dice.below(7) {
        let (lock, store) = (if dice.chance(75) { favourite } else { 1 - favourite }, usize::from(dice.chance(25)));
        let (act, step) = match dice.below(12) {
            0 | 1 => (Act::Acquire(lock), format!("acquire {}{}", LOCKS[lock], retry(dice))),
            2 => (Act::Release(lock), format!("release {}", LOCKS[lock])),
            3..=5 => (Act::Other, format!("work {}ms", 10 * (1 + dice.below(20)))),
            6 => (Act::Other, format!("read {}", stores[store])),
            7 => (Act::Write(store), format!("write {} token {}", stores[store], 1 + dice.below(99))),
            8 => (Act::Write(store), format!("write {} x2 pipelined", stores[store])),
            _ => (Act::Write(store), format!("write {}", stores[store])),
        };
        acts.push(act);
        steps.push(step);
    }
    *text += &format!("client {name} at {}ms: {}\n", 10 * dice.below(30), steps.join("; "));
    acts
}

fn retry(dice: &mut Dice) -> String {
    if dice.chance(30) { format!(" retry {}ms", 20 + 10 * dice.below(20)) } else { String::new() }
}

fn fault(clients: &[&str], stores: &[&str; 2], dice: &mut Dice) -> String {
    let (client, lock, store) = (dice.pick(clients), dice.pick(&LOCKS), dice.pick(stores));
    let at = 10 * dice.below(60);
    let long = 10 * (1 + dice.below(60));
    let number = 1 + dice.below(2);
    match dice.below(9) {
        0 => format!("pause {client} at {at}ms for {long}ms\n"),
        1 => format!("pause {client} before write {number} for {long}ms\n"),
        2 => {
            let disk = dice.pick(&["kept", "synced", "wiped"]);
            format!("crash {client} at {at}ms, recover at {}ms, disk {disk}\n", at + long)
        }
        3 => format!("crash {lock} at {at}ms, recover at {}ms\n", at + long),
        4 => format!("drop {client}->{store} write {number}\n"),
        5 => format!("delay {client}->{store} write {number} by {long}ms\n"),
        6 => format!("duplicate {client}->{store} write {number} after {long}ms\n"),
        7 => format!("delay {lock}->{client} granted {number} by {long}ms\n"),
        _ => format!("drop {lock}->{client} granted {number}\n"),
    }
}
