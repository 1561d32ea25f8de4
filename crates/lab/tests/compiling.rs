//! From a text to a world: what of the text a delay left to chance depends on, and what order a link keeps.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use fencepost_lab::run;
use fencepost_scenario::Document;
use fencepost_sim::{Duration, EventKind};
use fencepost_vocabulary::MessageKind;

const WORLD: &str = "seed 7\nnetwork delay 20ms..80ms\nlock L lease 10s\nstore S check ge\n\
    client A at 0s: acquire L; write S x5; release L\nclient B at 2s: acquire L; write S x3\n";

/// How long each message was on its way, by its name: sender, receiver, kind, ordinal.
fn delays(text: &str) -> BTreeMap<(String, String, MessageKind, u32), Duration> {
    let parsed = Document::new(format!("fencepost 1\n{text}")).parse();
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let run = run(&parsed.scenario);
    let sent = run.trace.events.iter().filter_map(|event| match &event.kind {
        EventKind::Sent { to, message, ordinal, fate } => {
            let (from, to) = (run.cast.name(event.participant).to_owned(), run.cast.name(*to).to_owned());
            Some(((from, to, message.kind(), *ordinal), fate.arrives()?.since(event.time)))
        }
        _ => None,
    });
    sent.collect()
}

/// Every message that both texts have takes as long in one as in the other.
#[track_caller]
fn agree(one: &str, other: &str) {
    let (one, other) = (delays(one), delays(other));
    let shared: Vec<_> = one.keys().filter(|name| other.contains_key(*name)).collect();
    assert!(shared.len() > 10, "{} messages are in both", shared.len());
    shared.into_iter().for_each(|name| assert_eq!(one[name], other[name], "{name:?}"));
}

#[test]
fn an_edit_elsewhere_reshuffles_no_delay() {
    agree(WORLD, &format!("{WORLD}client C at 1s: acquire L; write S\n"));
    agree(WORLD, &format!("{WORLD}pause B at 2s for 100ms\n"));
    let lines: Vec<&str> = WORLD.lines().collect();
    let moved = [lines[0], lines[1], lines[5], lines[3], lines[2], lines[4], ""].join("\n");
    agree(WORLD, &moved);
}

#[test]
fn a_lost_message_leaves_the_others_their_delays() {
    let lossy = delays(&format!("{WORLD}drop A->S write 2\n"));
    let whole = delays(WORLD);
    let later: Vec<_> = lossy.keys().filter(|(from, to, ..)| (from.as_str(), to.as_str()) == ("A", "L")).collect();
    later.into_iter().for_each(|name| assert_eq!(lossy[name], whole[name], "{name:?}"));
}

#[test]
fn the_seed_and_the_names_decide() {
    let (first, second) = (delays(WORLD), delays(&WORLD.replace("seed 7", "seed 8")));
    assert_ne!(first, second, "another seed");
    let renamed = delays(&WORLD.replace("store S", "store T").replace("write S", "write T"));
    let of = |delays: &BTreeMap<(String, String, MessageKind, u32), Duration>, to: &str| -> Vec<Duration> {
        delays.iter().filter(|((_, other, ..), _)| other == to).map(|(_, delay)| *delay).collect()
    };
    assert_ne!(of(&first, "S"), of(&renamed, "T"), "another name");
    let within = |delay: &Duration| (20_000..=80_000).contains(&delay.0);
    assert!(first.values().all(within), "{first:?}");
    assert!(first.values().collect::<std::collections::BTreeSet<_>>().len() > 5, "they differ");
}

#[test]
fn what_is_said_of_one_link_holds_there_alone() {
    let delays = delays(&format!("{WORLD}network delay A->S 5ms..6ms\n"));
    for ((from, to, ..), delay) in &delays {
        let one = (from.as_str(), to.as_str()) == ("A", "S");
        assert_eq!(one, delay.0 <= 6_000, "{from} to {to}: {delay}");
    }
}

/// Whether every write of A arrives no sooner than the one before it.
fn in_order(text: &str) -> bool {
    let arrivals: Vec<_> = {
        let run = run(&Document::new(format!("fencepost 1\n{text}")).parse().scenario);
        let sent = run.trace.events.iter().filter_map(|event| match &event.kind {
            EventKind::Sent { message, fate, .. } if message.kind() == MessageKind::Write => fate.arrives(),
            _ => None,
        });
        sent.collect()
    };
    assert_eq!(arrivals.len(), 20);
    arrivals.is_sorted()
}

#[test]
fn a_link_keeps_the_order_where_it_is_told_to() {
    let text = "lock L lease 10s\nstore S check none\nclient A at 0s: acquire L; write S x20 pipelined\n";
    assert!(!in_order(&format!("network delay 20ms..80ms\n{text}")));
    assert!(in_order(&format!("network delay 20ms..80ms\nnetwork fifo\n{text}")));
    assert!(in_order(&format!("network delay A->S 20ms..80ms fifo\n{text}")));
    assert!(!in_order(&format!("network delay A->S 20ms..80ms\nnetwork delay S->A 20ms..80ms fifo\n{text}")));
}

/// An object has no lane: nothing can be sent to it, and nothing can happen to it. Whatever a text says, the run goes on.
#[test]
fn whoever_speaks_of_an_object_as_of_a_participant_speaks_of_nobody() {
    let text = "fencepost 1\nuntil 5s\nnetwork delay A->X 5ms\nnodes N1 N2 N3 elect leader N1\n\
        store D replicated on N1 N2 N3\nlock L lease 2s redlock on K1 K2 K3\nregister X on R1 R2 R3\n\
        store S check ask-first L\nmembers M1 M2 observers M1 report L\npair P Q disk D\n\
        client A at 0s: ping L; read X from X L; read D at X; claim alice at L; announce X; ask L; write S\n\
        client B at 0s: acquire L; write S; ping D\nclient C at 0s: acquire X\nclient E at 0s: read L; write L\n\
        client F at 0s: ping D; claim alice at D; write P\n\
        pause L at 1s for 1s\ncrash X at 1s\npartition L | A from 1s to 2s\ndelay A->X put 1 by 1s\nmute L\n\
        clock L jump +1s at 1s\ndrop L->A taken 1\n";
    let run = run(&Document::new(text).parse().scenario);
    let members = run.cast.members.len();
    let to_nobody = run.trace.events.iter().find(|event| match &event.kind {
        EventKind::Sent { to, .. } => to.index() >= members,
        _ => false,
    });
    assert_eq!((to_nobody, run.cast.objects.len()), (None, 4));
    assert!(run.trace.events.len() > 100);
}
