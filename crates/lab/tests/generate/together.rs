//! Scenarios in which several keep something together: nodes with a leader, independent lock nodes, a register, a
//! registry, a pair, generals of whom some lie. Each is written down as a text, because that is shorter.

use std::fmt::Write as _;

use fencepost_scenario::{Document, Scenario};

use super::dice::Dice;

/// The scenario of this seed.
pub fn together(seed: u64) -> Scenario {
    let mut dice = Dice(seed ^ 0x70e7_4e12);
    let family = FAMILIES[(seed % FAMILIES.len() as u64) as usize];
    let mut text = format!(
        "fencepost 1\ntitle Nobody agreed on this, {seed}\nuntil {}s\nseed {}\nnetwork delay {}\n",
        8 + dice.below(8),
        1 + dice.below(1_000),
        dice.pick(&["50ms", "20ms..80ms", "5ms..200ms"]),
    );
    let lanes = family(&mut text, &mut dice);
    for _ in 0..1 + dice.below(4) {
        fault(&mut text, &lanes, &mut dice);
    }
    let parsed = Document::new(&text).parse();
    assert!(parsed.is_sound(), "{text}\n{:?}", parsed.diagnostics);
    parsed.scenario
}

/// Writes its lines and tells the names of the lanes.
type Family = fn(&mut String, &mut Dice) -> Vec<&'static str>;

/// Nodes with a leader come most often, because most can happen there.
const FAMILIES: [Family; 8] = [elections, led, led, keys, register, registry, pair, generals];

const NODES: [&str; 5] = ["N1", "N2", "N3", "N4", "N5"];

fn switch(text: &mut String, clause: &str, percent: u64, dice: &mut Dice) {
    if dice.chance(percent) {
        let _ = write!(text, " {clause}");
    }
}

fn nodes(text: &mut String, dice: &mut Dice) -> Vec<&'static str> {
    let lanes = NODES[..if dice.chance(70) { 3 } else { 5 }].to_vec();
    let patience = dice.pick(&["timeout 1s..2s", "timeout 500ms..900ms", "timeout 400ms..3s"]);
    let _ = write!(text, "nodes {} elect heartbeat 200ms {patience}", lanes.join(" "));
    switch(text, "leader N1", 60, dice);
    switch(text, "quorum 2", 20, dice);
    switch(text, "prevote on", 30, dice);
    switch(text, "checkquorum on", 30, dice);
    switch(text, "sticky on", 20, dice);
    switch(text, "votes volatile", 20, dice);
    switch(text, "traitor N2", 10, dice);
    text.push('\n');
    lanes
}

fn elections(text: &mut String, dice: &mut Dice) -> Vec<&'static str> {
    nodes(text, dice)
}

fn led(text: &mut String, dice: &mut Dice) -> Vec<&'static str> {
    let lanes = nodes(text, dice);
    let all = lanes.join(" ");
    let _ = write!(text, "lock L lease {}s replicated on {all}", 1 + dice.below(5));
    switch(text, "dirty-grant on", 30, dice);
    switch(text, "token counter", 30, dice);
    let check = dice.pick(&["none", "ge", "cas"]);
    let _ = write!(text, "\nstore X replicated on {all} check {check}");
    switch(text, "ack one", 30, dice);
    let _ = writeln!(text, "{}", dice.pick(&["", " reads local", " reads lease", " reads index"]));
    for client in ["A", "B"] {
        let (first, last) = (dice.pick(&lanes), dice.pick(&lanes));
        let steps = dice.pick(&["work 300ms; write X", "read X; write X read+1", "write X x2; read X"]);
        let _ = writeln!(
            text,
            "client {client} at {}ms: acquire L at {first} retry 1s; {steps}; release L; claim alice at {last} retry 1s",
            dice.below(3_000)
        );
    }
    [lanes, vec!["A", "B"]].concat()
}

fn keys(text: &mut String, dice: &mut Dice) -> Vec<&'static str> {
    let lanes = NODES[..if dice.chance(50) { 3 } else { 5 }].to_vec();
    let _ = write!(text, "lock L lease {}s redlock on {}", 1 + dice.below(5), lanes.join(" "));
    switch(text, "keys volatile", 50, dice);
    switch(text, "restart delayed", 30, dice);
    switch(text, "expiry wall", 20, dice);
    text.push_str("\nstore S check none\n");
    for client in ["A", "B"] {
        let at = dice.below(3_000);
        let _ = writeln!(text, "client {client} at {at}ms: acquire L retry 700ms; work 500ms; write S; release L");
    }
    [lanes, vec!["A", "B"]].concat()
}

fn register(text: &mut String, dice: &mut Dice) -> Vec<&'static str> {
    let lanes = NODES[..if dice.chance(60) { 3 } else { 4 }].to_vec();
    let _ = write!(text, "register X on {}", lanes.join(" "));
    switch(text, "quorum 2", 30, dice);
    switch(text, "write-back off", 50, dice);
    text.push('\n');
    for client in ["A", "B", "C"] {
        let at = dice.below(2_000);
        let steps =
            dice.pick(&["write X; read X", "read X; read X from N1 N2", "write X; write X", "read X; write X read+1"]);
        let _ = writeln!(text, "client {client} at {at}ms: {steps}");
    }
    [lanes, vec!["A", "B", "C"]].concat()
}

fn registry(text: &mut String, dice: &mut Dice) -> Vec<&'static str> {
    let _ = write!(text, "registry R1 R2 replicate async {}ms", 50 + dice.below(500));
    switch(text, "nonatomic", 30, dice);
    text.push('\n');
    for (client, name) in [("A", "alice"), ("B", "alice"), ("C", "carol")] {
        let (at, place) = (dice.below(600), dice.pick(&["R1", "R2"]));
        let _ = writeln!(text, "client {client} at {at}ms: claim {name} at {place} retry 1s; claim alice at R1");
    }
    vec!["R1", "R2", "A", "B", "C"]
}

fn pair(text: &mut String, dice: &mut Dice) -> Vec<&'static str> {
    let stonith = dice.pick(&["confirmed", "unconfirmed"]);
    let check = dice.pick(&["none", "ge"]);
    let _ = writeln!(text, "pair P Q heartbeat 300ms timeout 1s stonith {stonith} disk S\nstore S check {check}");
    for (client, node) in [("A", "P"), ("B", "Q")] {
        let _ = writeln!(text, "client {client} at {}ms: write {node}; work 2s; write {node}", dice.below(4_000));
    }
    vec!["P", "Q", "S", "A", "B"]
}

fn generals(text: &mut String, dice: &mut Dice) -> Vec<&'static str> {
    let lanes = NODES[..3 + dice.below(3) as usize].to_vec();
    let (traitor, rounds) = (dice.pick(&lanes), 1 + dice.below(2));
    let _ = write!(text, "generals {} rounds {rounds} traitor {traitor}", lanes.join(" "));
    switch(text, "signed on", 30, dice);
    let _ = writeln!(text, " order {}", dice.pick(&["attack", "retreat"]));
    for whom in lanes.iter().filter(|whom| **whom != traitor) {
        let _ = writeln!(text, "lie {traitor} to {whom} says {}", dice.pick(&["attack", "retreat"]));
    }
    lanes
}

fn fault(text: &mut String, lanes: &[&'static str], dice: &mut Dice) {
    let one = dice.pick(lanes);
    let others: Vec<_> = lanes.iter().copied().filter(|other| *other != one).collect();
    let (other, at) = (dice.pick(&others), dice.below(6_000));
    let until = at + 200 + dice.below(5_000);
    let mode = dice.pick(&["", " hold", " sever"]);
    let disk = dice.pick(&["kept", "synced", "wiped"]);
    let _ = match dice.below(7) {
        0 => writeln!(text, "pause {one} at {at}ms for {}ms", until - at),
        1 => writeln!(text, "crash {one} at {at}ms, recover at {until}ms, disk {disk}"),
        2 => writeln!(text, "partition {one} | {} from {at}ms to {until}ms{mode}", others.join(" ")),
        3 => writeln!(text, "partition {one} -> {other} from {at}ms to {until}ms{mode}"),
        4 => writeln!(text, "deafen {one} from {at}ms to {until}ms"),
        5 => writeln!(text, "mute {one} from {at}ms to {until}ms"),
        _ => writeln!(text, "clock {one} rate -{}% from {at}ms", 1 + dice.below(50)),
    };
}
